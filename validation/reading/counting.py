"""How often what the reading calls is true."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isnan, sqrt
from typing import Final

import numpy as np

from primemover.exam.readings import measures_from_readings
from primemover.findings import read_exam
from primemover.model.assessment import ExamReading
from primemover.model.finding import FindingStatus
from primemover.model.measure import Side
from validation.reading.measuring import Case, Tester, measured
from validation.reading.people import Person
from validation.reading.truth import (
    true_answers,
    true_bend,
    true_hip,
    true_pairings,
    worse_side,
)

__all__ = ["SURE", "WANTED", "Call", "Seen", "ask", "right_share", "side_errors"]

SURE: Final = 0.9
WANTED: Final = 0.88
_OPEN: Final = "indeterminate"
_SIDES: Final = ("left", "right")
_ALIKE_DEG: Final = 5.0  # section 1.3: a side difference may be real from 5 deg on


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One answer of the reading.

    Attributes
    ----------
    kind : "hip", "bend", "both tests" or "finding"
    said : the state, or present, absent; "" when open
    true : what was right to say (several where the truth lies between)
    probability : of what was said; NaN when open
    """

    kind: str
    name: str
    said: str
    true: frozenset[str]
    probability: float

    @property
    def is_right(self) -> bool:
        """Whether what was said is true."""
        return self.said in self.true


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One person as read: all answers, who measured, and whether a side was mixed up."""

    tester: Tester
    calls: tuple[Call, ...]
    swapped: bool
    wrong_side: bool


def ask(people: Sequence[Person], testers: Sequence[Tester], case: Case) -> list[Seen]:
    """Return what the reading says of every person, measured anew in this case."""
    rng = np.random.default_rng(88)
    found = []
    for person, tester in zip(people, testers, strict=True):
        session = measured(person, tester, case, rng)
        measures, checks = measures_from_readings(session.readings)
        reading = read_exam(measures, checks, session)
        found.append(_seen(person, tester, reading))
    return found


def _seen(person: Person, tester: Tester, reading: ExamReading) -> Seen:
    calls = (*_states(person, reading), *_findings(person, reading))
    return Seen(
        tester=tester,
        calls=calls,
        swapped=_swapped(person, reading),
        wrong_side=_wrong_side(person, reading),
    )


def _states(person: Person, reading: ExamReading) -> Iterator[Call]:
    for side, hip in zip(_SIDES, (reading.hip_left, reading.hip_right), strict=True):
        yield _call("hip", side, hip.state, frozenset({true_hip(person, side)}), hip.probabilities)
    bend = reading.bend
    yield _call("bend", "bend", bend.pattern, frozenset({true_bend(person)}), bend.probabilities)
    both = reading.pairing
    yield _call("both tests", "pair", both.result, true_pairings(person), both.probabilities)


def _call(
    kind: str, name: str, said: str, true: frozenset[str], probabilities: dict[str, float]
) -> Call:
    called = "" if said == _OPEN else said
    chance = probabilities[said] if called else float("nan")
    return Call(kind=kind, name=name, said=called, true=true, probability=chance)


def _findings(person: Person, reading: ExamReading) -> Iterator[Call]:
    truth = true_answers(person)
    for finding in reading.findings:
        name = finding.id if finding.side is Side.NONE else f"{finding.id}_{finding.side.value}"
        if name not in truth:
            continue
        is_open = finding.status is FindingStatus.INDETERMINATE
        present = finding.status is FindingStatus.PRESENT
        yield Call(
            kind="finding",
            name=name,
            said="" if is_open else finding.status.value,
            true=frozenset({"present" if truth[name] else "absent"}),
            probability=finding.probability if present else 1.0 - finding.probability,
        )


def _swapped(person: Person, reading: ExamReading) -> bool:
    """Return whether the hips were called surely, and called as each other's truth."""
    hips = (reading.hip_left, reading.hip_right)
    said = [hip.state for hip in hips]
    sure = all(hip.probabilities.get(hip.state, 0.0) >= SURE for hip in hips)
    true = [true_hip(person, side) for side in _SIDES]
    return sure and true[0] != true[1] and said == true[::-1]


def _wrong_side(person: Person, reading: ExamReading) -> bool:
    """Return whether one side was surely called the shorter when the other one truly is.

    Truly: passive and active together speak for the other side, by more than what counts as alike.
    """
    for finding in reading.findings:
        sure = finding.status is FindingStatus.PRESENT and finding.probability >= SURE
        if finding.id != "one_side_limited" or not sure:
            continue
        side = finding.side.value
        other = "right" if side == "left" else "left"
        short = max(
            person.passive[other] - person.passive[side], person.active[other] - person.active[side]
        )
        if short < -_ALIKE_DEG and worse_side(person) == other:
            return True
    return False


def right_share(calls: Sequence[Call]) -> tuple[int, float, float]:
    """Return how many calls there are, the share that is right, and its standard error."""
    right = [call.is_right for call in calls if not isnan(call.probability)]
    if not right:
        return 0, float("nan"), float("nan")
    share = sum(right) / len(right)
    return len(right), share, sqrt(share * (1.0 - share) / len(right))


def side_errors(seen: Sequence[Seen]) -> int:
    """Return in how many people a side was mixed up."""
    return sum(one.swapped or one.wrong_side for one in seen)
