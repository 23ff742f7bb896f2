"""Texts by key: ``say("plan.pain_high")`` in the current language, filled in.

A key is the catalogue's name and the place in it, joined by dots. A text may hold named
placeholders; one that changes with a number is a table of plural forms and is chosen by ``count``::

    repetitions = { one = "{count} repetition", other = "{count} repetitions" }

Keys are literals, so that tests can tell that each one exists, is used and gets what it asks for;
`word` is for tables whose members are ids (a state, a side).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from string import Formatter
from typing import Any, Final

from primemover.errors import PrimeMoverError
from primemover.words.languages import ENGLISH, Plural, edition, folder_of, read_toml, spoken

__all__ = ["Text", "fields_of", "form_of", "room_texts", "say", "word"]

Text = str | Mapping[str, str]
"""One text, or its plural forms by name."""
_FORMS: Final = frozenset({"one", "few", "many", "other"})


def say(key: str, /, **parts: object) -> str:
    """Return a text of the current language with its placeholders filled.

    Parameters
    ----------
    key
        ``"catalogue.place"``.
    parts
        What stands in the placeholders; ``count`` also chooses the plural form.

    Raises
    ------
    KeyError
        If there is no such text, or a placeholder gets nothing: a mistake in the code.
    """
    room, _, place = key.partition(".")
    text = _texts(*edition(), room)[place]
    if not isinstance(text, str):
        text = text[form_of(parts["count"], spoken().plural)]
    return text.format(**parts) if parts else text


def word(table: str, member: str, /) -> str:
    """Return what an id is called: ``word("common.side", "left")``; the id as words if unknown."""
    room, _, place = table.partition(".")
    text = _texts(*edition(), room).get(f"{place}.{member}")
    return text if isinstance(text, str) else member.replace("_", " ")


def form_of(count: object, plural: Plural) -> str:
    """Return the name of the plural form of a count: one, few, many or other."""
    number = abs(int(count)) if isinstance(count, int | float) else 0
    if plural == "other":
        return "other"
    if plural == "one_few_many":
        return _slavic(number)
    return "one" if number == 1 or (number == 0 and plural == "zero_one_other") else "other"


def _slavic(number: int) -> str:
    """Return the form of East Slavic languages (CLDR): 1, 21 one; 2-4, 22-24 few; the rest many."""
    last, last_two = number % 10, number % 100
    if last == 1 and last_two != 11:  # noqa: PLR2004 - eleven is many
        return "one"
    return "few" if last in (2, 3, 4) and last_two not in (12, 13, 14) else "many"


@lru_cache(maxsize=64)
def _texts(code: str, _own_folder: str, room: str) -> Mapping[str, Text]:
    return room_texts(code, room)


def room_texts(code: str, room: str) -> dict[str, Text]:
    """Return a catalogue by place, English where the language has nothing.

    Raises
    ------
    PrimeMoverError
        If a language names a text that English does not have, or other placeholders.
    """
    english = _flat(read_toml(folder_of(ENGLISH) / f"{room}.toml"))
    own = folder_of(code) / f"{room}.toml"
    if code == ENGLISH or not own.is_file():
        return english
    translated = _flat(read_toml(own))
    for place, text in translated.items():
        _check(f"{code}/{room}.toml, {place}", text, english.get(place))
    return english | translated


def _check(where: str, text: Text, english: Text | None) -> None:
    if english is None:
        raise PrimeMoverError(f"Language file {where}: English has no such text.")
    if isinstance(text, str) != isinstance(english, str):
        raise PrimeMoverError(f"Language file {where}: plural forms only where English has them.")
    extra = fields_of(text) ^ fields_of(english)
    if extra - {"count"}:
        raise PrimeMoverError(
            f"Language file {where}: the placeholders must be those of English, "
            f"{', '.join(sorted(fields_of(english))) or 'none'}."
        )


def fields_of(text: Text) -> frozenset[str]:
    """Return the names of a text's placeholders."""
    forms = (text,) if isinstance(text, str) else tuple(text.values())
    return frozenset(name for form in forms for _, name, _, _ in Formatter().parse(form) if name)


def _flat(raw: Mapping[str, Any], above: str = "") -> dict[str, Text]:
    found: dict[str, Text] = {}
    for key, value in raw.items():
        place = f"{above}{key}"
        if isinstance(value, Mapping) and not set(value) <= _FORMS:
            found |= _flat(value, f"{place}.")
        elif isinstance(value, str | Mapping):
            found[place] = value
        else:
            raise PrimeMoverError(f"A catalogue holds texts only; {place} is none.")
    return found
