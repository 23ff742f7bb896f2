"""Rows about what is known: sources, claims, measures, norms, instruments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from primemover.model.finding import Verdict
from primemover.model.measure import Instrument
from primemover.model.person import Sex

__all__ = [
    "ClaimRow",
    "ClaimTexts",
    "ClinicianLine",
    "Derivation",
    "FusingTexts",
    "InstrumentRow",
    "LayReader",
    "MeasureRow",
    "NormRow",
    "NormTexts",
    "OffsetRow",
    "Position",
    "PrecisionRow",
    "SourceRow",
    "Tag",
    "UnknownOffset",
]

Tag = Literal["read", "secondary", "unverified", "default"]
"""How far a row was checked: read in the publication (mostly its abstract), read in somebody
else's notes, from memory and still to be verified, or a default chosen for this project."""

ClinicianLine = Annotated[str, Field(min_length=20)]
"""One line in the field's terms: what it is, with numbers and errors, and what it is not."""

Position = Literal["seated", "supine", "prone", "standing", "lifting", "not told"]
"""How somebody is placed when a value is taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """A publication, or the project's own default; `key` is what other rows cite."""

    key: str
    citation: str
    tag: Tag
    doi: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow:
    """One claim of the article in our words, and what published evidence says of it.

    Attributes
    ----------
    paragraph : where the article speaks of it, 1 = its first paragraph
    idea : the article's idea, our words
    verdict : supports, mixed, contradicts or none
    known : the verdict as a sentence a lifter understands
    product : what the product does about it
    clinician : the same in a clinician's line, with the numbers
    page_only : why it stands beside nothing but on the page of all claims; "" = it does
    """

    id: str
    paragraph: Annotated[tuple[int, ...], Field(min_length=1)]
    idea: Annotated[str, Field(min_length=20)]
    verdict: Verdict
    known: Annotated[str, Field(min_length=20)]
    product: Annotated[str, Field(min_length=10)]
    clinician: Annotated[str, Field(min_length=10)]
    sources: tuple[str, ...]
    tag: Tag
    page_only: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimTexts:
    """The words around the claims: headings, and what stands above the page of all of them."""

    title: str
    intro: str
    article: str
    known: str
    product: str
    clinician: str
    beside: str
    beside_nothing: str
    all_claims: str
    in_terminal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Derivation:
    """How a measure follows from two others; ``{side}`` and ``{other}`` stand for the sides.

    `kind`: difference = a - b; share = a / (a + b); ratio = a / b;
    imbalance = |a - b| / max(a, b).
    """

    kind: Literal["difference", "share", "ratio", "imbalance"]
    of: tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureRow:
    """One quantity the product can output.

    Attributes
    ----------
    id : stem; a sided measure has the ids ``id_left`` and ``id_right``
    unit : SI unit of its `Measure`
    meaning : what it is, with sign and zero
    group : the test it belongs to
    low, high : what a typed value can be, in the unit shown to people; None = not typed in
    derived : how it follows from others, None when it is read directly
    position : how the person is placed, where norms of another position exist or may
    """

    id: str
    label: str
    unit: Literal["rad", "m", "s", "m/s", "kg", "N", "N·m", "weight", "1"]
    meaning: str
    group: str
    sources: tuple[str, ...]
    tag: Tag
    sided: bool = False
    low: float | None = None
    high: float | None = None
    derived: Derivation | None = None
    position: Position = "not told"

    @property
    def ids(self) -> tuple[str, ...]:
        """The measure ids of this row."""
        return (f"{self.id}_left", f"{self.id}_right") if self.sided else (self.id,)


@dataclass(frozen=True, slots=True, kw_only=True)
class NormRow:
    """Values of healthy people, or of trained lifters, in one publication.

    Attributes
    ----------
    measures : measure stems it may stand beside
    position : seated, supine, prone, standing, lifting, or not told
    mode : active, passive or unstated
    instrument : its tool, where that is one of ours; None = not told, or none of ours
    mean, sd : in `unit`; None = not read
    low, high : a usual range in `unit`, instead of a mean
    sd_tag : how far the SD was checked, where that differs from `tag`
    sex, age_low, age_high : None = both, not told; ages are whole years, both ends in
    variant : the lift's variant it belongs to, "" = any
    """

    id: str
    measures: Annotated[tuple[str, ...], Field(min_length=1)]
    position: Position
    mode: Literal["active", "passive", "unstated"]
    population: str
    unit: str
    sources: tuple[str, ...]
    tag: Tag
    instrument: Instrument | None = None
    mean: float | None = None
    sd: Annotated[float | None, Field(gt=0)] = None
    low: float | None = None
    high: float | None = None
    sd_tag: Tag | None = None
    n: int | None = None
    sex: Sex | None = None
    age_low: float | None = None
    age_high: float | None = None
    variant: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        """Refuse a row that gives neither a mean nor a range, or both."""
        ranged = self.low is not None and self.high is not None and self.low < self.high
        if ranged is (self.mean is not None):
            raise ValueError("a norm gives either a mean or low < high")
        if self.sd is not None and self.mean is None:
            raise ValueError("an SD needs its mean")


@dataclass(frozen=True, slots=True, kw_only=True)
class NormTexts:
    """The words around norms: how a value was compared with each, with places for numbers."""

    title: str
    intro: str
    band: str
    one: str
    only_apart: str
    same: str
    shifted: str
    other_tool: str
    no_tool: str
    position: str
    no_position: str
    no_spread: str
    a_range: str
    apart: str
    sd_assumed: str
    unverified: str
    among: str
    column_who: str
    column_value: str
    column_place: str
    column_how: str
    yours: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrecisionRow:
    """The standard error of one reading of some measures with one instrument.

    Attributes
    ----------
    measures : measure stems it holds for
    sem : of a single reading by a trained rater, in `unit`
    mdc : minimal detectable change as published, in `unit`; None where only a SEM is known
    mdc_level : its confidence in percent, as published
    repeatable_share : share of the SEM's variance that averaging repetitions brings down; the
        rest (rater, placement, day) stays
    position, population, n : how and on whom it was found, "" or None where not told
    """

    instrument: Instrument
    measures: tuple[str, ...]
    sem: float
    unit: str
    sources: tuple[str, ...]
    tag: Tag
    mdc: float | None = None
    mdc_level: Literal[90, 95] = 95
    repeatable_share: float = 0.5
    position: str = ""
    population: str = ""
    n: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OffsetRow:
    """How far two instruments differ on the same thing for no reason of the body's.

    Attributes
    ----------
    pair : (a, b); a reads `offset` more than b
    measures : measure stems it holds for
    offset, se : of the mean difference a - b, and how uncertain it is for one person, in `unit`
    se_tag : how far `se` was checked, where that differs from `tag`
    """

    pair: tuple[Instrument, Instrument]
    measures: tuple[str, ...]
    offset: float
    se: float
    unit: str
    sources: tuple[str, ...]
    tag: Tag
    se_tag: Tag
    n: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownOffset:
    """What is reckoned with where nobody compared two instruments, degrees."""

    sd_deg: float
    note: str
    sources: tuple[str, ...]
    tag: Tag


@dataclass(frozen=True, slots=True, kw_only=True)
class FusingTexts:
    """What is said where one quantity was read in several ways, with places for the numbers.

    `together` and `disagree` for readings that were fused, `apart` and `far_apart` for one that
    was not; each is filled with {label}, {readings}, {result}, {used}, {offset}, {other}. The
    `row_` ones stand beside a number in a table.
    """

    together: str
    disagree: str
    apart: str
    far_apart: str
    shifted: str
    row_fused: str
    row_beside: str
    row_conflict: str
    heading: str
    mixed: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InstrumentRow:
    """An instrument and how it compares with the others."""

    id: Instrument
    label: str
    note: str
    sources: tuple[str, ...]
    tag: Tag


@dataclass(frozen=True, slots=True, kw_only=True)
class LayReader:
    """How much wider the error is when people measure themselves."""

    factor: float
    note: str
    sources: tuple[str, ...]
    tag: Tag
