"""What the plan does after a re-test: each step moves on, holds or is referred.

The 6-week rule is the evidence review's (section 5 of its notes): stop and refer where nothing
changed by more than its MIC for 6 weeks.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from primemover.knowledge.loading import load
from primemover.model.outcome import Direction, Score
from primemover.model.retest import (
    ExitResult,
    ExitStatus,
    MeasureChange,
    Review,
    ScoreChange,
    StepMove,
    StepVerdict,
    Towards,
    Visit,
)
from primemover.retest.exits import exit_results
from primemover.retest.numbers import points
from primemover.retest.scores import important_change, improves
from primemover.words import say

__all__ = ["review_of", "step_verdicts", "weeks_without_change"]

_LIFT: Final = 5
_DAYS_A_WEEK: Final = 7.0
_DONE: Final = frozenset({StepMove.MOVE_ON, StepMove.NOT_NEEDED})


def step_verdicts(
    visits: Sequence[Visit], changes: Mapping[str, MeasureChange], review: Review
) -> tuple[StepVerdict, ...]:
    """Return what becomes of each step; empty when neither plan has steps.

    Parameters
    ----------
    visits
        By date.
    changes
        First against last session, by measure id.
    review
        Of the programme as a whole: REFER stops every needed step, HOLD lets none move on.
    """
    first, last = visits[0], visits[-1]
    listed = sorted({*first.steps, *last.steps})
    before_lift = [_step(step, visits, changes) for step in listed if step != _LIFT]
    verdicts = [*before_lift, *(_lift(before_lift) for step in listed if step == _LIFT)]
    return tuple(_bounded(one, review) for one in verdicts)


def review_of(visits: Sequence[Visit], since_last: Sequence[ScoreChange]) -> Review:
    """Return what the programme as a whole does, before any step is looked at.

    `since_last` are the totals of the last two sessions. A stop of the safety screen comes first,
    then six weeks without an important change, then a real and important worsening.
    """
    texts, last = load().retest_texts, visits[-1]
    weeks = weeks_without_change(visits)
    told = say("retest.value.unknown") if weeks is None else f"{weeks:.1f}"
    clinician = texts.review_clinician.format(weeks=told)
    worse = [
        one.label for one in since_last if one.towards is Towards.WORSE and one.matters is not False
    ]
    move, plain = StepMove.MOVE_ON, ""
    if last.stopped or last.stops_exam:
        move, plain = StepMove.REFER, texts.review_stopped.format(action=last.stopped).strip()
    elif weeks is not None and weeks >= load().retest_rules.weeks_without_change:
        move, plain = StepMove.REFER, texts.review_no_change.format(weeks=points(weeks))
    elif worse:
        move, plain = StepMove.HOLD, texts.review_worse.format(what=", ".join(worse))
    return Review(move=move, plain=plain, clinician=clinician, weeks_without_change=weeks)


def weeks_without_change(visits: Sequence[Visit]) -> float | None:
    """Return the weeks since pain or function last got better by what matters to people.

    None when fewer than two sessions tell the same total, or no total has room left to get better
    by its MIC: nothing is missing then.
    """
    shared = {one for one in _scores(visits[0]) if one in _scores(visits[-1])}
    room = [name for name in shared if _has_room(_scores(visits[-1])[name])]
    if not room:
        return None
    since = visits[0]
    for visit in visits[1:]:
        if any(_got_better(since, visit, name) for name in shared):
            since = visit
    return (visits[-1].date - since.date).days / _DAYS_A_WEEK


def _scores(visit: Visit) -> dict[str, Score]:
    """Return a visit's totals that have a value and a smallest important change."""
    return {
        one.id: one for one in visit.scores if one.value is not None and one.error.mic is not None
    }


def _got_better(before: Visit, after: Visit, name: str) -> bool:
    first, last = _scores(before).get(name), _scores(after).get(name)
    if first is None or last is None:
        return False
    return improves(first, last) >= important_change(first)


def _has_room(score: Score) -> bool:
    best = score.low if score.higher_is is Direction.WORSE else score.high
    mic = score.error.mic or math.inf
    return abs((score.value or 0.0) - best) >= mic


def _step(step: int, visits: Sequence[Visit], changes: Mapping[str, MeasureChange]) -> StepVerdict:
    texts, first, last = load().retest_texts, visits[0], visits[-1]
    was, is_now = (visit.steps.get(step) is not None for visit in (first, last))
    if not (was or is_now):
        return _verdict(step, StepMove.NOT_NEEDED, texts.step_not_needed)
    exits = exit_results(step, first, last, changes)
    statuses = [one.status for one in exits]
    if statuses and all(one is ExitStatus.MET for one in statuses):
        return _verdict(step, StepMove.MOVE_ON, texts.step_move_on, exits)
    if _lost(step, visits, exits):
        return _verdict(step, StepMove.HOLD, texts.step_hold_lost, exits)
    if not was:
        return _verdict(step, StepMove.HOLD, texts.step_needed_now, exits)
    missing = ExitStatus.UNTESTED in statuses and ExitStatus.NOT_MET not in statuses
    text = texts.step_hold_untested if missing else texts.step_hold
    return _verdict(step, StepMove.HOLD, text, exits)


def _lost(step: int, visits: Sequence[Visit], exits: Sequence[ExitResult]) -> bool:
    """Return whether a test that was met at an earlier session is clearly not met now."""
    not_met = {(one.id, one.side) for one in exits if one.status is ExitStatus.NOT_MET}
    for visit in visits[:-1]:
        earlier = exit_results(step, visits[0], visit, {})
        met = {(one.id, one.side) for one in earlier if one.status is ExitStatus.MET}
        if not met.isdisjoint(not_met):
            return True
    return False


def _lift(before: Sequence[StepVerdict]) -> StepVerdict:
    texts = load().retest_texts
    ready = all(one.move in _DONE for one in before)
    if ready:
        return _verdict(_LIFT, StepMove.MOVE_ON, texts.step_lift_ready)
    return _verdict(_LIFT, StepMove.HOLD, texts.step_lift)


def _bounded(verdict: StepVerdict, review: Review) -> StepVerdict:
    """Return a step's verdict, no bolder than the programme's as a whole."""
    texts = load().retest_texts
    if verdict.move is StepMove.NOT_NEEDED:
        return verdict
    if review.move is StepMove.REFER:
        return replace(verdict, move=StepMove.REFER, plain=texts.step_refer)
    if review.move is StepMove.HOLD and verdict.move is StepMove.MOVE_ON:
        return replace(verdict, move=StepMove.HOLD, plain=f"{verdict.plain} {review.plain}")
    return verdict


def _verdict(
    step: int, move: StepMove, plain: str, exits: tuple[ExitResult, ...] = ()
) -> StepVerdict:
    met = sum(one.status is ExitStatus.MET for one in exits)
    line = load().retest_texts.step_clinician.format(met=met, all=len(exits))
    return StepVerdict(
        step=step,
        title=load().steps[step].title,
        move=move,
        plain=plain,
        clinician=line if exits else "",
        exits=exits,
    )
