"""Every sentence that people may read, with the file it stands in."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import primemover

__all__ = [
    "PACKAGE",
    "ROOT",
    "Sentence",
    "every_sentence",
    "of_json",
    "of_python",
    "of_template",
    "of_toml",
]

PACKAGE: Final = Path(primemover.__file__).parent
ROOT: Final = PACKAGE.parents[1]
_OWN_LIST: Final = "wording.toml"  # the list names what it forbids
_INLINE: Final = re.compile(r"</?(?:a|abbr|b|code|em|i|small|span|strong)\b[^>]*>", re.IGNORECASE)
_FILLED_IN: Final = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_BREAKS: Final = re.compile(r"\{#.*?#\}|\{%.*?%\}|<[^>]*>", re.DOTALL)
_QUOTED_IN_TEMPLATE: Final = re.compile(r"\{[{%].*?[%}]\}", re.DOTALL)
_STRING: Final = re.compile(r"\"([^\"]*)\"|'([^']*)'")
_CODE: Final = re.compile(r"```.*?```", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One text; `field` is its key in a knowledge file, "" elsewhere."""

    text: str
    where: str
    field: str = ""


def every_sentence() -> tuple[Sentence, ...]:
    """Return all texts of the knowledge files, templates, Python files and pages."""
    found: list[Sentence] = []
    for path in sorted((PACKAGE / "knowledge" / "data").glob("*.toml")):
        if path.name != _OWN_LIST:
            found += of_toml(path.read_text("utf-8"), _name(path))
    for path in sorted((PACKAGE / "words").rglob("*.toml")):
        found += of_toml(path.read_text("utf-8"), _name(path))
    for path in sorted((PACKAGE / "report" / "templates").iterdir()):
        found += of_template(path.read_text("utf-8"), _name(path))
    for path in sorted(PACKAGE.rglob("*.py")):
        helps = path.parent.name == "cli"
        found += of_python(path.read_text("utf-8"), _name(path), docstrings=helps)
    for path in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))):
        text = _CODE.sub(" ", path.read_text("utf-8"))
        found += [Sentence(text=_flat(one), where=_name(path)) for one in text.split("\n\n")]
    return tuple(one for one in found if one.text)


def of_toml(text: str, where: str) -> Iterator[Sentence]:
    """Yield every string value of a TOML text with its key; comments are not read."""
    yield from _values(tomllib.loads(text), where, "")


def of_json(data: Any) -> Iterator[Sentence]:  # noqa: ANN401 - parsed JSON
    """Yield every string value of a result with its key."""
    yield from _values(data, "result", "")


def of_template(text: str, where: str) -> Iterator[Sentence]:
    """Yield the words of a template between its tags, and the strings inside them.

    Tags within a line of text do not part a sentence; what is filled in stands as ``{}``.
    """
    for part in _BREAKS.split(_INLINE.sub("", _FILLED_IN.sub("{}", text))):
        yield Sentence(text=_flat(part), where=where)
    for tag in _QUOTED_IN_TEMPLATE.findall(text):
        for one, other in _STRING.findall(tag):
            yield Sentence(text=_flat(one or other), where=where)
    if where.endswith(".js"):
        for one, other in _STRING.findall(text):
            yield Sentence(text=_flat(one or other), where=where)


def of_python(text: str, where: str, *, docstrings: bool) -> Iterator[Sentence]:
    """Yield the string literals of a Python text; docstrings only where help is made of them.

    An f-string is one sentence with ``{}`` for what is filled in.
    """
    tree = ast.parse(text)
    parts = (node.values for node in ast.walk(tree) if isinstance(node, ast.JoinedStr))
    skipped = {id(one) for values in parts for one in values}
    skipped |= set() if docstrings else _docstrings(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield Sentence(text=_flat(_joined(node)), where=where)
        elif isinstance(node, ast.Constant) and id(node) not in skipped:
            yield Sentence(text=_flat(str(node.value)), where=where)


def _docstrings(tree: ast.AST) -> set[int]:
    holders = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
    bodies = [node.body for node in ast.walk(tree) if isinstance(node, holders)]
    loose = [statement for body in bodies for statement in body if isinstance(statement, ast.Expr)]
    return {id(one.value) for one in loose}


def _joined(node: ast.JoinedStr) -> str:
    parts = (str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return "".join(parts)


def _values(value: Any, where: str, field: str) -> Iterator[Sentence]:  # noqa: ANN401 - parsed TOML
    if isinstance(value, str):
        yield Sentence(text=_flat(value), where=where, field=field)
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _values(one, where, key)
    elif isinstance(value, list):
        for one in value:
            yield from _values(one, where, field)


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _flat(text: str) -> str:
    return " ".join(text.split())
