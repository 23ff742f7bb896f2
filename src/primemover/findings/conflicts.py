"""Readings of one session that contradict each other, named."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from scipy.special import ndtr

from primemover.findings.belief import believe, for_side
from primemover.findings.pairing import worse_hip
from primemover.findings.words import label_of, number_of, sentence_of
from primemover.findings.world import world_of
from primemover.knowledge.loading import load
from primemover.knowledge.reading_rows import Condition
from primemover.knowledge.reasoning_rows import ConflictRow, PairConflictRow
from primemover.model.assessment import BendReading, HipReading, Pairing
from primemover.model.finding import FindingStatus
from primemover.model.measure import Measure, Part, Side
from primemover.model.reasoning import Conflict
from primemover.model.units import from_display

__all__ = ["conflicts_of", "instrument_conflicts", "measured_conflicts", "pair_conflict"]

_ANY: Final = "*"
_DISAGREE: Final = "disagree"
_BEYOND: Final = 1.96  # standard errors of a difference: 95 %, as the published MDC
_BEND: Final = ("fingertip_to_floor", "bend_pelvis_rotation", "bend_lumbar_excursion")


def conflicts_of(
    measures: Mapping[str, Measure],
    hips: tuple[HipReading, HipReading],
    bend: BendReading,
    pairing: Pairing,
    *,
    may_lift: bool = True,
) -> tuple[Conflict, ...]:
    """Return every contradiction: of the two tests, of measures, of instruments.

    Parameters
    ----------
    measures
        All of the session, derived ones included, with the parts that they were put together of.
    hips, bend, pairing
        What was read from them; the hips left first.
    may_lift
        Whether a film of the lift may be asked for.
    """
    return (
        *pair_conflict(hips, bend, pairing, may_lift=may_lift),
        *measured_conflicts(measures),
        *instrument_conflicts(measures),
    )


def pair_conflict(
    hips: tuple[HipReading, HipReading],
    bend: BendReading,
    pairing: Pairing,
    *,
    may_lift: bool = True,
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
            to_do=row.to_do if may_lift else texts.clinician_first,
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
    world = world_of(measures)
    found = []
    for row in load().conflicts.values():
        for side in (Side.LEFT, Side.RIGHT) if row.sided else (Side.NONE,):
            condition = for_side(row.present_when, side.value)
            belief = believe(condition, measures, world=world)
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


def instrument_conflicts(measures: Mapping[str, Measure]) -> tuple[Conflict, ...]:
    """Return the quantities that two ways of reading put further apart than their errors explain.

    Each way is held against the one on whose scale the measure stands. An offset between two
    instruments is taken off where it is known, and is part of the error either way.
    """
    found = []
    for measure in measures.values():
        first, *others = measure.parts or (None,)
        for part in others:
            if first is None or part is None:
                continue
            offset = 0.0 if math.isnan(part.offset) else part.offset
            apart = abs(part.value - offset - first.value)
            error = math.sqrt(first.se**2 + part.se**2 + _offset_se(part, measure.unit) ** 2)
            if apart > _BEYOND * error:
                probability = float(1.0 - 2.0 * ndtr(-apart / error))
                found.append(_two_ways(measure, first, part, probability))
    return tuple(found)


def _offset_se(part: Part, unit: str) -> float:
    """Return the error of the offset to another instrument, SI; nobody knows one of lengths."""
    if not math.isnan(part.offset_se):
        return part.offset_se
    return from_display(load().unknown_offset.sd_deg, "deg")[0] if unit == "rad" else 0.0


def _two_ways(measure: Measure, first: Part, part: Part, probability: float) -> Conflict:
    texts = load().next_texts
    label = label_of(measure.id)
    what = texts.instruments_what.format(
        what=f"{label[:1].upper()}{label[1:]}",
        first=_number(measure, first),
        one=_way(first),
        second=_number(measure, part),
        other=_way(part),
    )
    return Conflict(
        id="instruments_disagree",
        label=texts.instruments_label,
        what=what,
        why=texts.instruments_why,
        clinician=texts.instruments_clinician,
        to_do=texts.instruments_to_do,
        probability=probability,
        side=measure.side,
        measures=(measure.id,),
        sources=("roach_s2013", "project_default"),
    )


def _number(measure: Measure, part: Part) -> str:
    return number_of(replace(measure, value=part.value, se=part.se, parts=()))


def _way(part: Part) -> str:
    texts = load().next_texts
    return texts.by_film if part.by_film else load().instruments[part.instrument].label
