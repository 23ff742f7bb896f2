"""How this person's lift is set up: variant, start height, load and cues, from the findings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from primemover.knowledge.course_rows import LiftAdvice
from primemover.knowledge.loading import load
from primemover.model.course import LiftSetup, PlannedExercise
from primemover.plan.case import Case
from primemover.plan.course.climb import dose_of, first_mark
from primemover.plan.course.lift import stage_now
from primemover.plan.course.prescribe import load_text
from primemover.plan.course.state import State
from primemover.plan.facts import Facts

__all__ = ["lift_setup"]

_FLOOR: Final = "floor_deadlift"
_MOST_CUES: Final = 3  # nobody can think of more at once; engineering default


def lift_setup(
    state: State, case: Case, facts: Facts, lifts: Sequence[PlannedExercise]
) -> LiftSetup | None:
    """Return the lift's set-up in the coming week, None while there is no lift in it.

    The first exercise is the variant; the first finding that speaks of a start height gives it;
    cues of all findings stand in the table's order, at most three at a time.
    """
    if not lifts:
        return None
    stage = load().lift_stages[stage_now(state, case)]
    row = load().exercises[lifts[0].id]
    advice = [one for one in load().lift_advice.values() if _holds(one, facts)]
    heights = [one.start_height for one in advice if one.start_height]
    texts = load().course_texts
    plain = texts.start_floor if row.id == _FLOOR else texts.start_usual
    mark = state.marks.get(row.id) or first_mark(row, state.marks)
    said = load_text(row, mark, case, dose_of(row, stage.stage)) if row.is_loaded else ""
    cues = [one.cue for one in advice if one.cue][:_MOST_CUES]
    return LiftSetup(
        stage=stage.stage,
        label=stage.label,
        plain=stage.plain,
        variant=row.name,
        start_height=heights[0] if heights and row.is_loaded else plain,
        load=said,
        cues=tuple(cues) or (row.cue,),
        because=tuple(one.why for one in advice),
        sources=tuple(
            dict.fromkeys((*stage.sources, *(key for one in advice for key in one.sources)))
        ),
    )


def _holds(advice: LiftAdvice, facts: Facts) -> bool:
    return facts.holds(advice.finding) or facts.holds_on_a_side(advice.finding)
