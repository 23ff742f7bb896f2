"""Rows for reasoning with errors: what errs together, what contradicts, what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from primemover.knowledge.evidence_rows import Tag
from primemover.knowledge.reading_rows import Condition, Example
from primemover.model.measure import Instrument

__all__ = ["CommonErrorRow", "ConflictRow", "ExpectedRow", "NextTexts", "PairConflictRow"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CommonErrorRow:
    """An error that several readings of one instrument share.

    Attributes
    ----------
    loads : measure stem -> sign with which the shared error enters it; both sides share it
    instruments : it is shared by readings of the same one of these
    share : part of one reading's error variance that is shared
    averages : whether further readings bring the shared part down too (the place is found anew
        each time) or it stays (the instrument's own offset)
    """

    id: str
    loads: dict[str, Literal[-1, 1]]
    instruments: tuple[Instrument, ...]
    share: Annotated[float, Field(gt=0, le=1)]
    averages: bool
    note: str
    sources: tuple[str, ...]
    tag: Tag


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedRow:
    """What a measurement that nobody took may turn out to be, for the value of taking it.

    Never part of a reading. `mean` and `sd` in `unit`; with `beside` they are those of this
    measure minus that one, for when that one is known.
    """

    measure: str
    mean: float
    sd: Annotated[float, Field(gt=0)]
    unit: str
    note: str
    sources: tuple[str, ...]
    tag: Tag
    beside: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictRow:
    """Readings that contradict each other: when, what it may mean, what to do.

    Attributes
    ----------
    present_when : as in a rule; a sided row is asked of each side
    what : the two things that disagree; the person's numbers are put behind it
    why : what may lie behind it, for a lifter; `clinician` the same in a clinician's line
    to_do : what settles it
    leaves_open : the test that cannot be called as long as its readings contradict each other
    """

    id: str
    label: str
    present_when: Condition
    what: str
    why: str
    clinician: str
    to_do: str
    sources: tuple[str, ...]
    tag: Tag
    example: Annotated[tuple[Example, ...], Field(min_length=2)]
    sided: bool = False
    leaves_open: Literal["hip", "bend", ""] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PairConflictRow:
    """A hip state and a bend pattern that do not belong together; ``*`` stands for any."""

    pairs: tuple[tuple[str, str], ...]
    why: str
    clinician: str
    to_do: str
    sources: tuple[str, ...]
    tag: Tag


@dataclass(frozen=True, slots=True, kw_only=True)
class NextTexts:
    """Sentences about the next measurement and about conflicts, with {names} to fill in."""

    in_ten: str
    in_ten_hardly: str
    repeat_one: str
    repeat_more: str
    repeat_each: str
    as_before: str
    as_before_hardly: str
    on_the_line: str
    retake: str
    missing: str
    missing_chance: str
    film_lift: str
    film_lift_decides: str
    clinician_first: str
    straight_knees: str
    both_hips: str
    one_hip: str
    pair_what: str
    contradicted: str
    cannot_call: str
    by_film: str
    instruments_label: str
    instruments_what: str
    instruments_why: str
    instruments_clinician: str
    instruments_to_do: str
    disagree_label: str
