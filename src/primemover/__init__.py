"""PrimeMover: why does this low back hurt after deadlifting, and what to do first.

Layers, top to bottom (`import-linter` holds them):
`cli` > `pipeline` > `exam` > stages, `backends`, `report` > `knowledge`, `signal` > `model`
> `errors`.
"""

__version__ = "0.1.0"
__all__ = ["__version__"]
