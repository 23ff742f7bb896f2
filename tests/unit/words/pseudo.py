"""A language made by the test from English: every text says where it came from."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import primemover
from primemover.knowledge.translation import is_code, keys_of

__all__ = ["CODE", "MARK", "write_pseudo_language"]

CODE: Final = "qps"
MARK: Final = "\u00ac"  # no English sentence has it
_PACKAGE: Final = Path(primemover.__file__).parent
_NOT_TRANSLATED: Final = {"wording", "muscle_geometry", "segments", "sources"}


def write_pseudo_language(folder: Path) -> Path:
    """Write the language into a folder and return that, for ``PRIMEMOVER_WORDS``."""
    own = folder / CODE
    (own / "knowledge").mkdir(parents=True)
    (own / "language.toml").write_text(
        'name = "Pseudo"\nplural = "other"\nlowers_labels = false\n', encoding="utf-8"
    )
    for path in (_PACKAGE / "words" / "en").glob("*.toml"):
        if path.stem != "language":
            said = _toml(_marked_catalogue(tomllib.loads(path.read_text("utf-8"))))
            (own / path.name).write_text(said, encoding="utf-8")
    for path in (_PACKAGE / "knowledge" / "data").glob("*.toml"):
        if path.stem not in _NOT_TRANSLATED:
            raw = tomllib.loads(path.read_text("utf-8"))
            (own / "knowledge" / path.name).write_text(_toml(_marked_tables(raw)), encoding="utf-8")
    return folder


def _marked_catalogue(raw: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in raw.items():
        if isinstance(value, str):
            found[key] = f"{MARK}{value}"
        elif set(value) <= {"one", "few", "many", "other"}:
            found[key] = {"other": f"{MARK}{value['other']}"}
        else:
            found[key] = _marked_catalogue(value)
    return found


def _marked_tables(raw: Mapping[str, Any]) -> dict[str, Any]:
    found = {}
    for table, rows in raw.items():
        if isinstance(rows, dict):
            found[table] = _marked_row(table, rows)
        else:
            found[table] = {
                key: marked
                for key, row in zip(keys_of(rows), rows, strict=True)
                if (marked := _marked_row(table, row))
            }
    return found


def _marked_row(table: str, row: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for field, value in row.items():
        if is_code(table, field):
            continue
        if isinstance(value, str) and value:
            found[field] = f"{MARK}{value}"
        elif isinstance(value, list) and value and all(isinstance(one, str) for one in value):
            found[field] = [f"{MARK}{one}" for one in value]
        elif isinstance(value, dict) and (inner := _marked_row(field, value)):
            found[field] = inner
    return found


def _toml(tables: Mapping[str, Any]) -> str:
    return "\n".join(_lines(tables, ())) + "\n"


def _lines(tables: Mapping[str, Any], above: tuple[str, ...]) -> Iterator[str]:
    inner = {key: value for key, value in tables.items() if isinstance(value, dict)}
    if above:
        yield f"[{'.'.join(json.dumps(part) for part in above)}]"
    for key, value in tables.items():
        if key not in inner:
            yield f"{json.dumps(key)} = {json.dumps(value, ensure_ascii=False)}"
    for key, value in inner.items():
        yield from _lines(value, (*above, key))
