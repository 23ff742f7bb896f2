"""Count the calls that a re-test makes of simulated people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from primemover.knowledge import load
from primemover.model.retest import ChangeKind, Retest, Shift, Visit
from primemover.model.units import to_display
from primemover.retest import compare_visits
from validation.retest.people import PROTOCOL, Film, Rater, film_visit, typed_visit

__all__ = ["Tally", "film_calls", "trend_calls", "typed_calls"]

_TOLD = frozenset({Shift.NEW, Shift.GONE})
_COMPARED = frozenset({ChangeKind.REAL, ChangeKind.WITHIN_ERROR})


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What was called in a crowd of people.

    Attributes
    ----------
    people : how many
    compared, real : comparisons and real changes called, by measure
    wrong_way : real changes called in the other direction than the truth's, by measure
    inside : true changes that the 90 % interval holds, by measure
    shifts, flips : findings called new or gone; findings whose bare status turned over
    stated : mean of the false calls that the product says to expect of a person
    """

    people: int
    compared: Mapping[str, int]
    real: Mapping[str, int]
    wrong_way: Mapping[str, int]
    inside: Mapping[str, int]
    shifts: int
    flips: int
    stated: float

    def share(self, measures: Iterable[str] | None = None) -> float:
        """Return the share of comparisons that were called real changes."""
        names = list(self.compared if measures is None else measures)
        return sum(self.real[name] for name in names) / sum(self.compared[name] for name in names)

    def coverage(self) -> float:
        """Return how often the 90 % interval of a change held the truth."""
        return sum(self.inside.values()) / sum(self.compared.values())

    def calls_a_person(self) -> float:
        """Return how many real changes were called of one person, on average."""
        return sum(self.real.values()) / self.people


def typed_calls(
    people: int,
    rater: Rater,
    *,
    changes: Mapping[str, float] | None = None,
    with_findings: bool = False,
    seed: int = 5,
) -> Tally:
    """Return the calls of people measured twice by hand.

    Parameters
    ----------
    people
        How many.
    rater
        Who reads, both times.
    changes
        True change by measure id, in the shown unit; none where left out.
    with_findings
        Whether findings are read and counted too (slow).
    seed
        Of the draws.
    """
    random = np.random.default_rng(seed)
    usual = {test.measure: test.usual for test in PROTOCOL}
    later = {name: usual[name] + moved for name, moved in (changes or {}).items()}
    pairs = (
        [
            typed_visit(random, rater, weeks=0.0, with_findings=with_findings),
            typed_visit(random, rater, weeks=3.0, truth=later, with_findings=with_findings),
        ]
        for _ in range(people)
    )
    return _tally(pairs, changes or {})


def film_calls(people: int, film: Film, *, moved: float = 0.0, seed: int = 6) -> Tally:
    """Return the calls of people filmed twice whose measure truly moved by some degrees."""
    random = np.random.default_rng(seed)
    pairs = []
    for _ in range(people):
        same = float(random.normal())
        first = film_visit(random, film, weeks=0.0, true=50.0, same=same)
        pairs.append([first, film_visit(random, film, weeks=3.0, true=50.0 + moved, same=same)])
    return _tally(pairs, {film.measure: moved})


def trend_calls(people: int, sessions: int, *, weekly: float = 0.0, seed: int = 7) -> Counter[str]:
    """Return how often passive rotation is called a trend over sessions three weeks apart.

    Counts ``real``, ``within_error`` and ``inside`` (the 90 % interval holds the true slope).
    """
    random = np.random.default_rng(seed)
    name, found = "hip_rotation_passive_left", Counter[str]()
    for _ in range(people):
        visits = [
            typed_visit(random, Rater(), weeks=3.0 * k, truth={name: 36.0 + 3.0 * k * weekly})
            for k in range(sessions)
        ]
        trend = next(one for one in compare_visits(visits).trends if one.id == name)
        found[trend.kind.value] += 1
        low, high = np.degrees([trend.slope_low, trend.slope_high])
        found["inside"] += int(low <= weekly <= high)
    return found


def _tally(pairs: Iterable[list[Visit]], truth: Mapping[str, float]) -> Tally:
    compared, real, wrong, inside = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    people, shifts, flips, stated = 0, 0, 0, 0.0
    for pair in pairs:
        found = compare_visits(pair)
        people += 1
        stated += found.expected_by_chance
        shifts += sum(one.shift in _TOLD for one in found.findings)
        flips += _flips(found)
        for one in found.changes:
            if not one.listed or one.kind not in _COMPARED:
                continue
            moved = _si(one.id, truth)
            compared[one.id] += 1
            real[one.id] += one.kind is ChangeKind.REAL
            wrong[one.id] += one.kind is ChangeKind.REAL and one.change * moved < 0.0
            inside[one.id] += one.low <= moved <= one.high
    return Tally(
        people=people,
        compared=compared,
        real=real,
        wrong_way=wrong,
        inside=inside,
        shifts=shifts,
        flips=flips,
        stated=stated / max(people, 1),
    )


def _flips(found: Retest) -> int:
    """Return how many findings went from present to absent or back, supported or not."""
    return sum({one.before, one.after} == {"present", "absent"} for one in found.findings)


def _si(measure_id: str, truth: Mapping[str, float]) -> float:
    """Return the true change of a measure in SI; a gap moves with its parts."""
    row = load().measure_of_id[measure_id]
    if row.derived is not None and row.derived.kind == "difference":
        side = measure_id.rpartition("_")[2]
        parts = [part.format(side=side, other="") for part in row.derived.of]
        return _si(parts[0], truth) - _si(parts[1], truth)
    return truth.get(measure_id, 0.0) / to_display(1.0, row.unit)[0]
