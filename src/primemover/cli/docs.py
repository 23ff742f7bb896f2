"""Write ``docs/cli.md``, ``docs/errors.md`` and ``docs/claims.md`` from code and data.

``python -m primemover.cli.docs`` does it; a test fails when the pages are out of date.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from enum import Enum
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final, get_args

from primemover import errors
from primemover.cli.app import command
from primemover.cli.claims import claims_page
from primemover.cli.console import print_result
from primemover.errors import PrimeMoverError

__all__ = ["cli_page", "commands", "errors_page", "write_pages"]

_MADE: Final = "<!-- Made by `python -m primemover.cli.docs`; change the code, not this page. -->"
_EXITS: Final = (
    (0, "done"),
    (1, "something inside PrimeMover went wrong; `-v` shows the traceback to send in"),
    (2, "the call, a quantity or a session file cannot be understood"),
    (3, "the film was read and cannot carry a measurement"),
    (5, "a file or the pose network is not there"),
    (6, "refused: a red flag of the safety screen, or no permission to write there"),
    (130, "interrupted (Ctrl-C)"),
)
_CLI_INTRO: Final = """\
# Command line

Results go to standard output, progress and notes to standard error. `--json` prints the result as
JSON with a `schema_version`; errors are then printed as JSON too. On a terminal progress is drawn;
elsewhere it is a plain line every few seconds. `NO_COLOR` is honoured. `PRIMEMOVER_CACHE` names
another folder for the pose networks; `PRIMEMOVER_DEBUG=1` shows tracebacks. Nothing is downloaded
without a yes.

In JSON every measure has its `unit`, its `value`, its standard error `se`, and the interval `low`
to `high` that holds the true value in 9 of 10 cases: 1.645 standard errors either side
([accuracy.md](accuracy.md) says how often it did). The numbers are `null` where nothing was
measured. The columns of `--series FILE.csv` are a value and its standard error (`_se`), from which
the same interval follows.
"""
_ERRORS_INTRO: Final = """\
# Errors

Every foreseen failure is one sentence on standard error that says what happened and what to do,
and an exit status. With `--json` it is also printed on standard output:

```json
{"schema_version": 1, "kind": "error",
 "error": {"code": "quality", "reason": "no_person", "message": "..."}}
```

`code` is the kind of failure (first table), `reason` the particular one (second table; it equals
`code` where nothing finer is told).
"""


def cli_page() -> str:
    """Return the command reference as Markdown."""
    parts = [_MADE, _CLI_INTRO, _exit_table()]
    parts += [_section(path, one) for path, one in commands()]
    return "\n".join(parts)


def errors_page() -> str:
    """Return the error reference as Markdown."""
    rows = [
        f"| `{one.code}` | {one.exit_status} | {one.http_status} | {_first_line(one)} |"
        for one in _error_classes()
    ]
    table = ["| code | exit | HTTP | meaning |", "| --- | --- | --- | --- |", *rows, ""]
    reasons = ["| reason | error |", "| --- | --- |", *_reason_rows(), ""]
    return "\n".join(
        [_MADE, _ERRORS_INTRO, _exit_table(), "## Codes\n", *table, "## Reasons\n", *reasons]
    )


def commands() -> Iterator[tuple[str, Any]]:
    """Yield every command that does something with its full name, in the order of the help."""
    yield from _walk("primemover", command())


def write_pages(folder: Path) -> list[Path]:
    """Write the pages into a folder and return where they are."""
    pages = {"cli.md": cli_page(), "errors.md": errors_page(), "claims.md": claims_page()}
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in pages]


def _walk(path: str, one: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - Typer's class is private
    yield path, one
    for name, child in getattr(one, "commands", {}).items():
        yield from _walk(f"{path} {name}", child)


def _section(path: str, one: Any) -> str:  # noqa: ANN401 - as above
    usage = " ".join(["primemover", *path.split()[1:], *_arguments(one)])
    lines = [f"## `{path}`\n", (one.help or "").strip(), "", f"    {usage}", ""]
    rows = [_option_row(option) for option in one.params if not _is_plumbing(option)]
    if rows:
        lines += ["| | value | default | |", "| --- | --- | --- | --- |", *rows, ""]
    return "\n".join(lines)


def _arguments(one: Any) -> list[str]:  # noqa: ANN401 - as above
    arguments = [option for option in one.params if option.param_type_name == "argument"]
    names = [str(option.metavar or option.name.upper()) for option in arguments]
    return ["COMMAND" if getattr(one, "commands", None) else "[OPTIONS]", *names]


def _option_row(option: Any) -> str:  # noqa: ANN401 - as above
    names = [*option.opts, *option.secondary_opts]
    name = ", ".join(f"`{one}`" for one in names)
    if option.param_type_name == "argument":
        name = f"`{option.metavar or option.name.upper()}`"
    return f"| {name} | {_value(option)} | {_default(option)} | {option.help or ''} |"


def _value(option: Any) -> str:  # noqa: ANN401 - as above
    if getattr(option, "is_flag", False) or option.param_type_name == "argument":
        return ""
    annotation = option.type_descriptor.annotation
    for kind in (annotation, *get_args(annotation)):
        if isinstance(kind, type) and issubclass(kind, Enum):
            return ", ".join(f"`{one.value}`" for one in kind)
    return str(option.metavar or option.bare_type().upper())


def _default(option: Any) -> str:  # noqa: ANN401 - as above
    default = getattr(option.default, "value", option.default)
    if default is None or default is False or default == "" or option.required:
        return ""
    return f"`{default}`"


def _is_plumbing(option: Any) -> bool:  # noqa: ANN401 - as above
    return option.name in {"install_completion", "show_completion"}


def _exit_table() -> str:
    rows = [f"| {status} | {meaning} |" for status, meaning in _EXITS]
    return "\n".join(["| exit status | meaning |", "| --- | --- |", *rows, ""])


def _error_classes() -> list[type[PrimeMoverError]]:
    found = [vars(errors)[name] for name in errors.__all__]
    return sorted(found, key=lambda one: (one.exit_status, one.code))


def _first_line(one: type[PrimeMoverError]) -> str:
    return (one.__doc__ or "").strip().splitlines()[0]


def _reason_rows() -> list[str]:
    """Return a row for every reason that the code gives with an error, read from the source."""
    found: dict[str, set[str]] = {}
    for source in _sources(files("primemover")):
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                for reason in _reasons_of(node):
                    found.setdefault(reason, set()).add(node.func.id)
    return [f"| `{key}` | {', '.join(sorted(found[key]))} |" for key in sorted(found)]


def _reasons_of(node: ast.Call) -> list[str]:
    if not (isinstance(node.func, ast.Name) and node.func.id in errors.__all__):
        return []
    given = [keyword.value for keyword in node.keywords if keyword.arg == "reason"]
    plain = [branch for one in given for branch in _branches(one)]
    return [str(one.value) for one in plain if isinstance(one, ast.Constant)]


def _branches(value: ast.expr) -> list[ast.expr]:
    """Return what ``a if condition else b`` can be, or the expression itself."""
    return [value.body, value.orelse] if isinstance(value, ast.IfExp) else [value]


def _sources(folder: Traversable) -> Iterator[Traversable]:
    for item in folder.iterdir():
        if item.is_dir():
            yield from _sources(item)
        elif item.name.endswith(".py"):
            yield item


if __name__ == "__main__":
    for written in write_pages(Path("docs")):
        print_result(f"Written: {written}")
