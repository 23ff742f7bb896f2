"""One hip's state: target met, control, socket or mixed, with probabilities."""

from __future__ import annotations

from collections.abc import Mapping

from primemover.findings.advice import Advice, advise
from primemover.findings.percentiles import percentile_band
from primemover.findings.states import INDETERMINATE, Verdicts, contradiction, question_of, weigh
from primemover.findings.words import listing, per_cent, sentence_of
from primemover.knowledge.loading import load
from primemover.model.assessment import HipReading
from primemover.model.measure import Measure, Side
from primemover.model.person import Person
from primemover.model.units import to_display

__all__ = ["advised_hip", "read_hip"]


def read_hip(
    side: Side, measures: Mapping[str, Measure], person: Person | None = None
) -> HipReading:
    """Return the state of one hip from its active and passive internal rotation.

    With only one of the two known the state is indeterminate, the probability that is still
    open is under ``"indeterminate"``, and the sentences say what is known and what is not.
    """
    return advised_hip(side, measures, person)[0]


def advised_hip(
    side: Side, measures: Mapping[str, Measure], person: Person | None = None
) -> tuple[HipReading, Advice | None]:
    """Return the state of one hip, and what would settle it where it is open.

    Readings that contradict each other leave the hip open: one of them is wrong, and nobody can
    tell which.
    """
    rows = load().hip_states
    contradicted = contradiction("hip", measures, side=side.value)
    verdicts = weigh(rows, {} if contradicted else measures, side=side.value)
    question = question_of(rows, f"hip_{side.value}", side=side.value)
    is_open = verdicts.state == INDETERMINATE and not contradicted
    advice = advise(question, measures) if is_open else None
    ids = tuple(f"hip_rotation_{kind}_{side.value}" for kind in ("passive", "active", "gap"))
    reading = HipReading(
        state=verdicts.state,
        probabilities=verdicts.probabilities,
        because=_because(ids, measures, verdicts, side),
        plain=contradicted.what if contradicted else _plain(verdicts, measures, side),
        percentile=percentile_band(_rotation(measures, side), person or Person()),
        next_step=contradicted.to_do if contradicted else advice.further.text if advice else "",
        further=advice.further if advice else None,
    )
    return reading, advice


def _rotation(measures: Mapping[str, Measure], side: Side) -> Measure | None:
    """Return passive rotation, else active, else None."""
    for kind in ("passive", "active"):
        measure = measures.get(f"hip_rotation_{kind}_{side.value}")
        if measure is not None and measure.is_known:
            return measure
    return None


def _because(
    ids: tuple[str, ...], measures: Mapping[str, Measure], verdicts: Verdicts, side: Side
) -> str:
    known = [i for i in ids if i in measures and not (i == ids[2] and not measures[i].is_known)]
    text = sentence_of(known or ids[:2], measures)
    if verdicts.state != INDETERMINATE:
        return f"{text} That makes it {_chance(verdicts)}.{_active_note(measures, side)}"
    if verdicts.missing:
        return text
    return f"{text} Measurement error leaves it open: {_chances(verdicts)}."


def _active_note(measures: Mapping[str, Measure], side: Side) -> str:
    """Say so when the hip reaches the target by itself although there is a gap."""
    active = measures.get(f"hip_rotation_active_{side.value}")
    target = load().rules["hip_rotation_below_target"].present_when.below or 0.0
    gap = measures.get(f"hip_rotation_gap_{side.value}")
    if active is None or gap is None or not (active.is_known and gap.is_known):
        return ""
    line = load().rules["hip_rotation_gap"].present_when.above or 0.0
    beyond = to_display(active.value, active.unit)[0] >= target
    wide = to_display(gap.value, gap.unit)[0] > line
    return " Active rotation alone already reaches the target." if beyond and wide else ""


def _plain(verdicts: Verdicts, measures: Mapping[str, Measure], side: Side) -> str:
    rows = load().hip_states
    if verdicts.state != INDETERMINATE:
        return rows[verdicts.state].plain
    if _rotation(measures, side) is None:
        return f"The {side.value} hip's rotation was not measured."
    possible = listing(rows[name].label for name in verdicts.possible).replace(" and ", " or ")
    if verdicts.missing:
        return f"Half of the test is missing, so only this can be said: {possible}."
    return f"The measurements do not settle this hip yet: {possible}."


def _chance(verdicts: Verdicts) -> str:
    label = load().hip_states[verdicts.state].label
    return f"{label!r} with {per_cent(verdicts.probabilities[verdicts.state])}"


def _chances(verdicts: Verdicts) -> str:
    rows = load().hip_states
    return listing(
        f"{rows[name].label} {per_cent(verdicts.probabilities[name])}"
        for name in verdicts.possible
        if name in rows
    )
