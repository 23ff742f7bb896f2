"""Which languages there are, and which one is spoken now.

A language is a folder: ``language.toml``, catalogues of texts (``report.toml`` ...) and, under
``knowledge/``, the sentence fields of the knowledge files. English is shipped here; its knowledge
sentences stand in the knowledge files themselves. Further languages are folders beside ``en``, or
in the folder that ``PRIMEMOVER_WORDS`` names.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final, Literal, cast, get_args

from primemover.errors import PrimeMoverError, UsageError

__all__ = [
    "ENGLISH",
    "Language",
    "edition",
    "folder_of",
    "language",
    "languages",
    "lower_first",
    "read_toml",
    "spoken",
    "using",
]

ENGLISH: Final = "en"
_FOLDER_VARIABLE: Final = "PRIMEMOVER_WORDS"
_ABOUT: Final = "language.toml"
_CODE: Final = re.compile(r"[a-z]{2,8}(?:-[A-Za-z0-9]{2,8})*")
Plural = Literal["one_other", "zero_one_other", "one_few_many", "other"]
"""How counts choose a form: ``one_other`` as in English (1 book, 0 books); ``zero_one_other`` as in
French (0 livre, 1 livre); ``one_few_many`` as in Russian; ``other`` where there is only one form.
"""
_CURRENT: ContextVar[str] = ContextVar("primemover_language", default=ENGLISH)


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """What the program must know of a language besides its texts.

    Attributes
    ----------
    code : as in ``<html lang=...>``
    name : what its speakers call it
    plural : how counts choose a form
    lowers_labels : whether a label begins small inside a sentence; False where nouns are capital
    """

    code: str
    name: str
    plural: Plural
    lowers_labels: bool


def language() -> str:
    """Return the code of the language that is spoken now."""
    return _CURRENT.get()


def edition(code: str = "") -> tuple[str, str]:
    """Return what caches of texts go by: a language's code, and where else it may come from."""
    code = code or language()
    return code, "" if code == ENGLISH else os.environ.get(_FOLDER_VARIABLE, "")


@contextmanager
def using(code: str) -> Iterator[None]:
    """Speak a language while the block runs.

    Raises
    ------
    UsageError
        ``reason`` ``"unknown_language"``.
    """
    spoken(code)
    token = _CURRENT.set(code)
    try:
        yield
    finally:
        _CURRENT.reset(token)


def languages() -> tuple[str, ...]:
    """Return the codes of all languages that are there, sorted."""
    found = {item.name for folder in _folders() for item in folder.iterdir() if _is_language(item)}
    return tuple(sorted(found))


def spoken(code: str = "") -> Language:
    """Return what is known of a language, of the current one by default.

    Raises
    ------
    UsageError
        ``reason`` ``"unknown_language"``.
    PrimeMoverError
        If its ``language.toml`` cannot be used.
    """
    return _about(*edition(code))


def folder_of(code: str) -> Traversable:
    """Return the folder of a language.

    Raises
    ------
    UsageError
        ``reason`` ``"unknown_language"``.
    """
    shipped = files("primemover.words")
    for folder in (shipped,) if code == ENGLISH else _folders():
        if _CODE.fullmatch(code) and _is_language(folder / code):
            return folder / code
    raise UsageError(
        f"There is no language {code!r} here; there is {', '.join(languages())}.",
        reason="unknown_language",
    )


def lower_first(text: str) -> str:
    """Return a label as it stands inside a sentence of the current language."""
    return text[:1].lower() + text[1:] if spoken().lowers_labels else text


def read_toml(path: Traversable) -> dict[str, Any]:
    """Return a TOML file of a language.

    Raises
    ------
    PrimeMoverError
        If it is not TOML; the sentence names the file.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PrimeMoverError(f"Language file {path} is not TOML: {error}.") from error


@lru_cache(maxsize=8)
def _about(code: str, _own_folder: str) -> Language:
    folder = folder_of(code)
    raw = read_toml(folder / _ABOUT)
    name, plural, lowers = raw.get("name"), raw.get("plural"), raw.get("lowers_labels", True)
    if not isinstance(name, str) or plural not in get_args(Plural) or not isinstance(lowers, bool):
        forms = ", ".join(get_args(Plural))
        raise PrimeMoverError(f"{folder}/{_ABOUT} needs name, and plural as one of {forms}.")
    return Language(code=code, name=name, plural=cast("Plural", plural), lowers_labels=lowers)


def _folders() -> Iterator[Traversable]:
    """Yield where languages lie: a translator's own folder first, then what is shipped."""
    own = os.environ.get(_FOLDER_VARIABLE, "")
    if own and Path(own).is_dir():
        yield Path(own)
    yield files("primemover.words")


def _is_language(item: Traversable) -> bool:
    return item.is_dir() and (item / _ABOUT).is_file()
