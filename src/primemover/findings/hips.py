"""One hip's state: target met, control, socket or mixed, with probabilities."""

from __future__ import annotations

from collections.abc import Mapping

from primemover.findings.advice import Advice, advise
from primemover.findings.clinician import because_of, state_line
from primemover.findings.percentiles import percentile_band
from primemover.findings.states import INDETERMINATE, Verdicts, contradiction, question_of, weigh
from primemover.findings.words import choice, sentence_of
from primemover.knowledge.loading import load
from primemover.model.assessment import HipReading
from primemover.model.measure import Measure, Side
from primemover.model.person import Person
from primemover.model.units import to_display
from primemover.words import say, word

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
    numbers = _numbers(ids, measures)
    reading = HipReading(
        state=verdicts.state,
        probabilities=verdicts.probabilities,
        because=_because(numbers, verdicts, _active_note(measures, side)),
        plain=contradicted.what if contradicted else _plain(verdicts, measures, side),
        percentile=percentile_band(_rotation(measures, side), person or Person()),
        next_step=contradicted.to_do if contradicted else advice.further.text if advice else "",
        further=advice.further if advice else None,
        clinician=contradicted.clinician if contradicted else state_line(rows, verdicts, numbers),
    )
    return reading, advice


def _rotation(measures: Mapping[str, Measure], side: Side) -> Measure | None:
    """Return passive rotation, else active, else None."""
    for kind in ("passive", "active"):
        measure = measures.get(f"hip_rotation_{kind}_{side.value}")
        if measure is not None and measure.is_known:
            return measure
    return None


def _numbers(ids: tuple[str, ...], measures: Mapping[str, Measure]) -> str:
    known = [i for i in ids if i in measures and not (i == ids[2] and not measures[i].is_known)]
    return sentence_of(known or ids[:2], measures)


def _because(numbers: str, verdicts: Verdicts, note: str) -> str:
    text = because_of(load().hip_states, verdicts, numbers)
    return f"{text} {note}" if note and verdicts.state != INDETERMINATE else text


def _active_note(measures: Mapping[str, Measure], side: Side) -> str:
    """Say so when a hip with a gap reaches the target by itself."""
    active = measures.get(f"hip_rotation_active_{side.value}")
    target = load().rules["hip_rotation_below_target"].present_when.below or 0.0
    gap = measures.get(f"hip_rotation_gap_{side.value}")
    if active is None or gap is None or not (active.is_known and gap.is_known):
        return ""
    line = load().rules["hip_rotation_gap"].present_when.above or 0.0
    beyond = to_display(active.value, active.unit)[0] >= target
    wide = to_display(gap.value, gap.unit)[0] > line
    return say("findings.hip.active_reaches") if beyond and wide else ""


def _plain(verdicts: Verdicts, measures: Mapping[str, Measure], side: Side) -> str:
    rows = load().hip_states
    if verdicts.state != INDETERMINATE:
        return rows[verdicts.state].plain
    if _rotation(measures, side) is None:
        return say("findings.hip.not_measured", side=word("common.side", side.value))
    possible = choice(rows[name].label for name in verdicts.possible)
    if verdicts.missing:
        return say("findings.hip.half_missing", possible=possible)
    return say("findings.hip.not_settled", possible=possible)
