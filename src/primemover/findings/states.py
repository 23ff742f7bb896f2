"""States that exclude each other: their probabilities, and what would settle an open one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import sqrt
from typing import Final

from primemover.findings.belief import Belief, believe_all, for_side
from primemover.findings.joint import parts_of
from primemover.findings.words import label_of, listing
from primemover.knowledge.loading import load
from primemover.knowledge.reading_rows import Condition, StateRow
from primemover.model.measure import Measure

__all__ = ["INDETERMINATE", "Verdicts", "next_step", "weigh"]

INDETERMINATE: Final = "indeterminate"
_HALF: Final = 0.5  # engineering default, as in the instruments table
_RULED_OUT: Final = 0.05  # engineering default: less likely states are not named
_MOST_REPEATS: Final = 5  # engineering default: nobody repeats a test more often than that


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdicts:
    """Outcome over a set of states.

    Attributes
    ----------
    state : the called state's id, or ``"indeterminate"``
    probabilities : per state; what missing measures leave open is under ``"indeterminate"``;
        they add up to 1
    missing : measure ids that leave it open
    possible : ids of states that are not ruled out
    """

    state: str
    probabilities: dict[str, float]
    missing: tuple[str, ...]
    possible: tuple[str, ...]


def weigh(
    rows: Mapping[str, StateRow], measures: Mapping[str, Measure], *, side: str = ""
) -> Verdicts:
    """Return the probabilities of the states in `rows`, all from the same draws."""
    conditions = [for_side(row.present_when, side) for row in rows.values()]
    beliefs = dict(zip(rows, believe_all(conditions, measures), strict=True))
    known = {name: belief.lower for name, belief in beliefs.items()}
    left_open = max(0.0, 1.0 - sum(known.values()))
    probabilities = dict(known)
    if left_open > _rounding(beliefs):
        probabilities[INDETERMINATE] = left_open
    called = [name for name, value in known.items() if value >= load().decision.present_from]
    return Verdicts(
        state=called[0] if called else INDETERMINATE,
        probabilities=probabilities,
        missing=tuple(dict.fromkeys(m for belief in beliefs.values() for m in belief.missing)),
        possible=tuple(n for n, b in beliefs.items() if b.upper > _RULED_OUT),
    )


def next_step(
    rows: Mapping[str, StateRow], measures: Mapping[str, Measure], *, side: str = ""
) -> str:
    """Return the fewest further readings that would settle an open state, as a sentence.

    Assumes that further readings come out as the ones so far; names the single measure that
    needs the fewest repeats, else all of them together, else says that repeating will not do.
    """
    verdicts = weigh(rows, measures, side=side)
    if verdicts.state != INDETERMINATE:
        return ""
    bases = _bases((for_side(row.present_when, side) for row in rows.values()), optional=True)
    absent = [n for n in _bases_missing(rows, side) if not _known(measures, n)]
    if absent:
        return f"Measure {listing(label_of(name) for name in absent)}."
    known = [name for name in bases if _known(measures, name)]
    settles = partial(_settles, rows, measures, side=side)
    if settles(names=known, more=_MOST_REPEATS):
        for more in range(1, _MOST_REPEATS + 1):
            if settles(names=known, more=more):
                alone = (name for name in known if settles(names=[name], more=more))
                single = next(alone, None)
                return _repeat_sentence(known if single is None else [single], more)
    listed = listing(label_of(name) for name in known)
    return (
        f"Repeat {listed}, three times each; more of these readings alone will not settle it, so "
        "have a trained person measure with a goniometer or an inclinometer."
    )


def _settles(
    rows: Mapping[str, StateRow],
    measures: Mapping[str, Measure],
    *,
    names: Sequence[str],
    more: int,
    side: str,
) -> bool:
    tighter = {name: _repeated(measures[name], more) for name in names}
    return weigh(rows, {**measures, **tighter}, side=side).state != INDETERMINATE


def _repeated(measure: Measure, more: int) -> Measure:
    """Return the measure as it would be with `more` trials of the same outcome.

    Only the repeatable share of the error shrinks; where the number of trials so far is not
    told, one is assumed.
    """
    share = _repeatable_share(measure)
    trials = max(measure.repeats, 1)
    before = (1.0 - share) + share / trials
    after = (1.0 - share) + share / (trials + more)
    return replace(measure, se=measure.se * sqrt(after / before))


def _repeatable_share(measure: Measure) -> float:
    for row in load().precision:
        if row.instrument is measure.instrument and _stem(measure.id) in row.measures:
            return row.repeatable_share
    return _HALF


def _stem(measure_id: str) -> str:
    row = load().measure_of_id.get(measure_id)
    return row.id if row else measure_id


def _repeat_sentence(names: Sequence[str], more: int) -> str:
    readings = "one more reading" if more == 1 else f"{more} more readings"
    of_each = " of each" if len(names) > 1 else ""
    return (
        f"Repeat {listing(label_of(name) for name in names)}: {readings}{of_each} with the same "
        "outcome would settle it."
    )


def _bases(conditions: Iterable[Condition], *, optional: bool) -> tuple[str, ...]:
    """Return the measures read directly that the conditions rest on."""
    found: list[str] = []
    for condition in conditions:
        for leaf in condition.leaves():
            if optional or not leaf.if_measured:
                found += parts_of(leaf.measure) or (leaf.measure,)
    return tuple(dict.fromkeys(found))


def _bases_missing(rows: Mapping[str, StateRow], side: str) -> tuple[str, ...]:
    conditions = (for_side(row.present_when, side) for row in rows.values())
    return _bases(conditions, optional=False)


def _known(measures: Mapping[str, Measure], name: str) -> bool:
    return name in measures and measures[name].is_known


def _rounding(beliefs: Mapping[str, Belief]) -> float:
    """Return what float sums of the draws' shares may miss."""
    return 1e-9 * len(beliefs)
