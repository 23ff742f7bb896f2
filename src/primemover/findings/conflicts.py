"""Readings of one session that contradict each other, named."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Final

from scipy.special import ndtr

from primemover.findings.belief import believe, for_side
from primemover.findings.pairing import worse_hip
from primemover.findings.uncertain import stem_of
from primemover.findings.words import label_of, number_of, sentence_of
from primemover.knowledge.loading import load
from primemover.knowledge.reading_rows import Condition
from primemover.knowledge.reasoning_rows import ConflictRow, PairConflictRow
from primemover.model.assessment import BendReading, HipReading, Pairing
from primemover.model.finding import FindingStatus
from primemover.model.measure import Measure, Side
from primemover.model.reasoning import Conflict
from primemover.model.units import from_display

__all__ = ["conflicts_of", "measured_conflicts", "rival_conflicts", "tests_conflict"]

_ANY: Final = "*"
_DISAGREE: Final = "disagree"
_BEYOND: Final = 1.96  # standard errors of a difference: 95 %, as the published MDC
# Goniometer and inclinometer for hip internal rotation, Roach S 2013; for others none is known.
_OFFSET_DEG: Final = 4.5
_OFFSET_STEMS: Final = ("hip_rotation_active", "hip_rotation_passive", "hip_external_rotation")
_BEND: Final = ("fingertip_to_floor", "bend_pelvis_rotation", "bend_lumbar_excursion")


def conflicts_of(
    measures: Mapping[str, Measure],
    hips: tuple[HipReading, HipReading],
    bend: BendReading,
    pairing: Pairing,
    rivals: Iterable[Measure] = (),
) -> tuple[Conflict, ...]:
    """Return every contradiction: of the two tests, of measures, of instruments.

    Parameters
    ----------
    measures
        All of the session, derived ones included.
    hips, bend, pairing
        What was read from them; the hips left first.
    rivals
        Readings of quantities in `measures` that another instrument outranked.
    """
    return (
        *tests_conflict(hips, bend, pairing),
        *measured_conflicts(measures),
        *rival_conflicts(measures, rivals),
    )


def tests_conflict(
    hips: tuple[HipReading, HipReading], bend: BendReading, pairing: Pairing
) -> tuple[Conflict, ...]:
    """Return how the hips and the bend disagree, when they are read as disagreeing."""
    if pairing.result != _DISAGREE:
        return ()
    left, right = hips
    hip = worse_hip(left, right)
    row = _pair_row(hip.state, bend.pattern)
    both = left.state == right.state
    side = Side.NONE if both else (Side.LEFT if hip is left else Side.RIGHT)
    knowledge = load()
    texts = knowledge.next_texts
    named = texts.both_hips if both else texts.one_hip.format(side=side.value)
    sides = ("left", "right") if both else (side.value,)
    what = texts.pair_what.format(
        hip=named,
        state=knowledge.hip_states[hip.state].label,
        pattern=knowledge.bend_patterns[bend.pattern].label,
    )
    return (
        Conflict(
            id="tests_disagree",
            label=texts.disagree_label,
            what=what,
            why=row.why,
            clinician=row.clinician,
            to_do=row.to_do,
            probability=pairing.probabilities[_DISAGREE],
            side=side,
            measures=(
                *(f"hip_rotation_{kind}_{s}" for s in sides for kind in ("passive", "active")),
                *_BEND,
            ),
            sources=row.sources,
        ),
    )


def _pair_row(state: str, pattern: str) -> PairConflictRow:
    for row in load().pair_conflicts:
        for first, second in row.pairs:
            if first in (state, _ANY) and second in (pattern, _ANY):
                return row
    raise KeyError(f"no row says what {state} with {pattern} means")


def measured_conflicts(measures: Mapping[str, Measure]) -> tuple[Conflict, ...]:
    """Return the contradictions between measures; one that is only possible is none."""
    found = []
    for row in load().conflicts.values():
        for side in (Side.LEFT, Side.RIGHT) if row.sided else (Side.NONE,):
            condition = for_side(row.present_when, side.value)
            belief = believe(condition, measures)
            if belief.status is FindingStatus.PRESENT:
                found.append(_measured(row, condition, side, belief.probability, measures))
    return tuple(found)


def _measured(
    row: ConflictRow,
    condition: Condition,
    side: Side,
    probability: float,
    measures: Mapping[str, Measure],
) -> Conflict:
    ids = [leaf.measure for leaf in condition.leaves() if leaf.measure in measures]
    known = tuple(dict.fromkeys(name for name in ids if measures[name].is_known))
    return Conflict(
        id=row.id,
        label=row.label,
        what=f"{row.what} {sentence_of(known, measures)}",
        why=row.why,
        clinician=row.clinician,
        to_do=row.to_do,
        probability=probability,
        side=side,
        measures=known,
        sources=row.sources,
    )


def rival_conflicts(
    measures: Mapping[str, Measure], rivals: Iterable[Measure]
) -> tuple[Conflict, ...]:
    """Return the quantities that two instruments read further apart than their errors explain."""
    found = []
    for rival in rivals:
        used = measures.get(rival.id)
        if used is None or not (used.is_known and rival.is_known):
            continue
        if used.instrument is rival.instrument:
            continue
        apart = abs(used.value - rival.value)
        error = math.sqrt(used.se**2 + rival.se**2 + _offset(rival.id) ** 2)
        if apart > _BEYOND * error:
            found.append(_rivals(used, rival, float(1.0 - 2.0 * ndtr(-apart / error))))
    return tuple(found)


def _offset(measure_id: str) -> float:
    """Return the offset that two instruments may have for no reason of the body's, SI."""
    return from_display(_OFFSET_DEG, "deg")[0] if stem_of(measure_id) in _OFFSET_STEMS else 0.0


def _rivals(used: Measure, rival: Measure, probability: float) -> Conflict:
    texts = load().next_texts
    label = label_of(used.id)
    what = texts.instruments_what.format(
        what=f"{label[:1].upper()}{label[1:]}",
        first=number_of(used),
        one=load().instruments[used.instrument].label,
        second=number_of(rival),
        other=load().instruments[rival.instrument].label,
    )
    return Conflict(
        id="instruments_disagree",
        label=texts.instruments_label,
        what=what,
        why=texts.instruments_why,
        clinician=texts.instruments_clinician,
        to_do=texts.instruments_to_do,
        probability=probability,
        side=used.side,
        measures=(used.id,),
        sources=("roach_s2013", "project_default"),
    )
