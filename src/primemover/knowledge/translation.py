"""Sentences of the knowledge files in another language, laid over the English rows.

A language brings files of the same names that hold sentence fields only, by the row's key::

    [rule.back_rounds]
    plain = "..."

A table that stands alone is named as it is (``[texts]``). Rows without a key go by their place,
counted from 1. What is missing stays English; what is no sentence - an id, a number, a threshold -
cannot be changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from string import Formatter
from typing import Any, Final

from primemover.errors import PrimeMoverError
from primemover.words.languages import ENGLISH, edition, folder_of, read_toml

__all__ = ["is_code", "keys_of", "overlaid"]

_KEYS: Final = ("id", "key", "step", "stage", "result", "finding", "number")
# fmt: off - a word list
_CODES: Final = frozenset(
    (
        "actions",
        "activity",
        "also_claims",
        "asked_of",
        "beside",
        "called_by",
        "claim",
        "claims",
        "connects",
        "doi",
        "ends",
        "equipment",
        "equipment_when_not_told",
        "example",
        "family",
        "field",
        "finding",
        "follows",
        "for_findings",
        "group",
        "higher_is",
        "id",
        "instrument",
        "instruments",
        "items",
        "key",
        "kind",
        "leaves_open",
        "level",
        "mdc_tag",
        "measure",
        "measures",
        "mic_tag",
        "mode",
        "must",
        "must_be_present",
        "must_not_be_present",
        "muscles",
        "not_when",
        "of",
        "order_claim",
        "pair",
        "pairs",
        "positions",
        "prefers",
        "present_when",
        "regions",
        "result",
        "role",
        "sd_tag",
        "se_tag",
        "sex",
        "short",
        "sided_by",
        "sides",
        "same_as",
        "sources",
        "tag",
        "tested_by",
        "unit",
        "use",
        "variant",
        "verdict",
        "when",
        "when_found",
    )
)
# fmt: on
_CODES_OF_TABLES: Final = frozenset(
    {"question.within", "cluster.within", "marked.question", "norm.position", "measure.position"}
)
"""Fields that hold ids, words of closed lists or publications, and no sentence."""
_ONLY_SENTENCES: Final = frozenset({"texts", "headings", "labels", "asking", "dose_words"})


def overlaid(name: str, table: str, raw: Mapping[str, Any]) -> Any:  # noqa: ANN401 - parsed TOML
    """Return a table of a knowledge file with the current language's sentences over the English.

    Parameters
    ----------
    name
        The file's name without its ending.
    table
        The table's name.
    raw
        The English file as read; it is left as it is.

    Raises
    ------
    PrimeMoverError
        If the language names a table, row or field that is not there, or changes placeholders.
    """
    told = _told(name, *edition())
    where = f"Language file {edition()[0]}/knowledge/{name}.toml"
    unknown = sorted(set(told) - set(raw))
    if unknown:
        raise PrimeMoverError(f"{where}: the knowledge has no such table: {', '.join(unknown)}.")
    if table not in told:
        return raw.get(table)
    return _table(raw[table], told[table], f"{where}, {table}")


def keys_of(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return what rows are called in a language file: by their keys, else by place from 1."""
    keys = [next((str(row[key]) for key in _KEYS if key in row), "") for row in rows]
    if "" in keys or len(set(keys)) < len(keys):
        return [str(place) for place, _ in enumerate(rows, start=1)]
    return keys


def is_code(table: str, field: str) -> bool:
    """Return whether a field of a table's rows is no sentence."""
    if table in _ONLY_SENTENCES:
        return False
    return field in _CODES or f"{table}.{field}" in _CODES_OF_TABLES


@lru_cache(maxsize=64)
def _told(name: str, code: str, _own_folder: str) -> dict[str, Any]:
    path = None if code == ENGLISH else folder_of(code) / "knowledge" / f"{name}.toml"
    return read_toml(path) if path is not None and path.is_file() else {}


def _table(english: Any, told: Mapping[str, Any], where: str) -> Any:  # noqa: ANN401 - parsed TOML
    if isinstance(english, dict):
        return _row(english, told, where)
    if len(english) == 1 and not any(isinstance(value, dict) for value in told.values()):
        return [_row(english[0], told, where)]
    keys = keys_of(english)
    unknown = sorted(set(told) - set(keys))
    if unknown:
        raise PrimeMoverError(f"{where}: there is no row {', '.join(unknown)}.")
    return [
        _row(row, told[key], f"{where}.{key}") if key in told else row
        for key, row in zip(keys, english, strict=True)
    ]


def _row(english: Mapping[str, Any], told: Mapping[str, Any], where: str) -> dict[str, Any]:
    result = dict(english)
    table = where.rpartition(", ")[2].partition(".")[0].strip()
    for field, text in told.items():
        if field not in english or is_code(table, field):
            raise PrimeMoverError(f"{where}.{field} is no sentence that a language may change.")
        result[field] = _value(english[field], text, f"{where}.{field}")
    return result


def _value(english: Any, told: Any, where: str) -> Any:  # noqa: ANN401 - parsed TOML
    """Return a translated sentence, list of sentences or table of them."""
    if isinstance(english, dict) and isinstance(told, dict):
        return _row(english, told, where)
    if isinstance(english, list) and isinstance(told, list) and len(english) == len(told):
        return [_value(one, text, where) for one, text in zip(english, told, strict=True)]
    if not (isinstance(english, str) and isinstance(told, str)):
        raise PrimeMoverError(f"{where} must be of the same kind as in English.")
    if _placeholders(told) != _placeholders(english):
        raise PrimeMoverError(
            f"{where}: the placeholders must be those of English, "
            f"{', '.join(sorted(_placeholders(english))) or 'none'}."
        )
    return told


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}
