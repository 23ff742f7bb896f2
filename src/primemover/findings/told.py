"""What the person told - pain and felt muscles - as measures without error."""

from __future__ import annotations

from primemover.knowledge.loading import load
from primemover.model.measure import Instrument, Measure, not_measured
from primemover.model.session import Pain, Session
from primemover.words import say

__all__ = ["session_measures"]


def session_measures(session: Session) -> dict[str, Measure]:
    """Return pain ratings and counts of felt muscle groups as measures.

    What was not told is "not measured"; ratings and counts carry no error of their own.
    """
    return {**_pain(session.pain), **_felt(session.felt)}


def _pain(pain: Pain) -> dict[str, Measure]:
    told = {
        "pain_now": pain.now,
        "pain_worst": pain.worst,
        "pain_during": pain.during,
        "pain_after": pain.after,
    }
    return {name: _count(name, value, say("findings.told.pain")) for name, value in told.items()}


def _felt(felt: tuple[str, ...] | None) -> dict[str, Measure]:
    names = ("felt_groups", "felt_prime_movers", "felt_others")
    if felt is None:
        return {name: _count(name, None, say("findings.told.felt")) for name in names}
    muscles = load().muscles
    groups = set(felt)
    prime = {name for name in groups if muscles[name].role == "prime_mover"}
    counts = (len(groups), len(prime), len(groups - prime))
    return {name: _count(name, float(n), "") for name, n in zip(names, counts, strict=True)}


def _count(name: str, value: float | None, why: str) -> Measure:
    if value is None:
        return not_measured(name, why, unit="1", instrument=Instrument.COUNT)
    return Measure(id=name, value=value, se=0.0, unit="1", instrument=Instrument.COUNT, repeats=1)
