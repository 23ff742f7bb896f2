"""Rows that turn measures into readings: conditions, rules, states, the safety screen.

A condition is a closed vocabulary; nothing is ever evaluated as code::

    { measure = ID, above = X, unit = U }         the measure is above X
    { measure = ID, below = X, unit = U }         below X
    { measure = ID, between = [A, B], unit = U }  at least A and below B
    { all = [...] }  { any = [...] }  { not = {...} }

A leaf may carry ``grey`` (half-width of the zone in which the line itself is not certain, same
unit) and ``if_measured = true`` (the leaf counts as false when nothing was measured, instead of
leaving the rule open).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from primemover.knowledge.evidence_rows import ClinicianLine, Tag
from primemover.model.finding import FindingStatus, Verdict

__all__ = [
    "Condition",
    "Decision",
    "Example",
    "PairingRow",
    "RegionRow",
    "RuleRow",
    "StateExample",
    "StateRow",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One node of a condition: exactly one of leaf, `all`, `any` or ``not``."""

    measure: str = ""
    unit: str = ""
    above: float | None = None
    below: float | None = None
    between: tuple[float, float] | None = None
    grey: Annotated[float, Field(ge=0)] = 0.0
    if_measured: bool = False
    all: tuple[Condition, ...] = ()
    any: tuple[Condition, ...] = ()
    negated: Annotated[Condition | None, Field(alias="not")] = None

    def __post_init__(self) -> None:
        """Refuse a node that says nothing, or two things."""
        kinds = [bool(self.measure), bool(self.all), bool(self.any), self.negated is not None]
        if sum(kinds) != 1:
            raise ValueError("a condition is one of: a measure, all, any, not")
        limits = [v for v in (self.above, self.below, self.between) if v is not None]
        if len(limits) != (1 if self.measure else 0):
            raise ValueError("a measure needs exactly one of above, below, between")
        if self.measure and not self.unit:
            raise ValueError("a threshold needs its unit")
        if self.between is not None and self.between[0] >= self.between[1]:
            raise ValueError("between = [low, high] needs low < high")

    def leaves(self) -> Iterator[Condition]:
        """Yield every leaf, in order."""
        if self.measure:
            yield self
        for child in (*self.all, *self.any, *((self.negated,) if self.negated else ())):
            yield from child.leaves()


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A worked example: measures as ``id = [value, standard error]`` in the rule's units.

    Sided rules are worked for the left side; ``failed_checks`` are ids of failed checks.
    """

    given: dict[str, tuple[float, float]]
    then: FindingStatus
    failed_checks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleRow:
    """One rule: when it holds, what it means, and on whose word.

    Attributes
    ----------
    family : the test it belongs to: hip, bend, lift, felt, entry, pain
    sided : whether it is asked of each side; its measure ids then carry ``{side}``/``{other}``
    blocked_by : check ids that leave the rule open when they failed
    claim : id of the article's claim, or "" when the article does not speak of it
    also_claims : further claims it speaks of
    thresholds : where the thresholds come from
    plain, plain_absent : what present and absent mean, for a lifter
    clinician : what present means, in a clinician's line, and what it is not
    next_step : what would settle it
    """

    id: str
    label: str
    family: Literal["hip", "bend", "lift", "felt", "entry", "pain"]
    present_when: Condition
    verdict: Verdict
    verdict_text: str
    thresholds: str
    plain: str
    plain_absent: str
    clinician: ClinicianLine
    next_step: str
    sources: tuple[str, ...]
    tag: Tag
    example: Annotated[tuple[Example, ...], Field(min_length=2)]
    sided: bool = False
    claim: str = ""
    also_claims: tuple[str, ...] = ()
    blocked_by: tuple[str, ...] = ()

    @property
    def claims(self) -> tuple[str, ...]:
        """The article's claims it speaks of, the main one first."""
        return tuple(name for name in (self.claim, *self.also_claims) if name)


@dataclass(frozen=True, slots=True, kw_only=True)
class StateExample:
    """A worked example of a state; ``then`` is the state that must come out."""

    given: dict[str, tuple[float, float]]
    then: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StateRow:
    """One of several states that exclude each other and leave nothing out.

    `clinician` is the same in a clinician's line.
    """

    id: str
    label: str
    present_when: Condition
    plain: str
    clinician: ClinicianLine
    claim: str
    verdict: Verdict
    thresholds: str
    sources: tuple[str, ...]
    tag: Tag
    example: tuple[StateExample, ...] = ()
    also_claims: tuple[str, ...] = ()

    @property
    def claims(self) -> tuple[str, ...]:
        """The article's claims it speaks of, the main one first."""
        return tuple(name for name in (self.claim, *self.also_claims) if name)


@dataclass(frozen=True, slots=True, kw_only=True)
class PairingRow:
    """Hip state and bend pattern read together; ``*`` stands for any.

    `clinician` is the same in a clinician's line.
    """

    result: Literal["agree_control", "agree_socket", "clear", "disagree", "indeterminate"]
    pairs: tuple[tuple[str, str], ...]
    plain: str
    clinician: ClinicianLine
    claim: str
    sources: tuple[str, ...]
    tag: Tag
    also_claims: tuple[str, ...] = ()

    @property
    def claims(self) -> tuple[str, ...]:
        """The article's claims it speaks of, the main one first."""
        return tuple(name for name in (self.claim, *self.also_claims) if name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """From which probability on something is called present, and below which absent."""

    present_from: float
    absent_to: float
    note: str
    sources: tuple[str, ...]
    tag: Tag


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionRow:
    """A place of the body map where pain can be marked."""

    id: str
    label: str
