"""The whole comparison of two or more sessions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from primemover.knowledge.loading import load
from primemover.model.measure import Instrument
from primemover.model.retest import (
    ChangeKind,
    MeasureChange,
    Retest,
    Review,
    StepMove,
    StepVerdict,
    Visit,
)
from primemover.retest.changes import changes_between
from primemover.retest.order import check_visits
from primemover.retest.scores import score_changes
from primemover.retest.shifts import finding_shifts, state_shifts
from primemover.retest.trends import trends_of
from primemover.retest.verdicts import review_of, step_verdicts
from primemover.retest.yardstick import read_with

__all__ = ["FALSE_ALARM", "compare_visits"]

FALSE_ALARM: Final = 0.05
"""Share of unchanged people whom a comparison at the MDC95 calls changed, at most."""
_COMPARED: Final = frozenset({ChangeKind.REAL, ChangeKind.WITHIN_ERROR})


def compare_visits(visits: Sequence[Visit]) -> Retest:
    """Return everything that two or more visits of one person say together.

    Steps: the visits belong together (`check_visits`); every measure and total first against last;
    findings and states, which change only where a real change stands behind them; with three or
    more visits the last two against each other and a trend; what the plan does.

    Raises
    ------
    UsageError
        If the visits are too few, out of order, of one day or of two people.
    """
    check_visits(visits)
    first, last = visits[0], visits[-1]
    changes = changes_between(first, last)
    scores = score_changes(first, last)
    review = review_of(visits, score_changes(visits[-2], last))
    steps = step_verdicts(visits, {one.id: one for one in changes}, review)
    listed = [one for one in changes if one.listed and one.kind in _COMPARED]
    return Retest(
        visits=tuple(visits),
        changes=changes,
        since_last=changes_between(visits[-2], last) if len(visits) > 2 else (),  # noqa: PLR2004 - two are first and last
        scores=scores,
        findings=finding_shifts(first, last, changes, scores),
        states=state_shifts(first, last, changes),
        trends=trends_of(visits),
        steps=steps,
        review=_with_words(review, steps),
        compared=len(listed),
        expected_by_chance=FALSE_ALARM * len(listed),
        headline=_headline(listed),
        notes=_notes(visits, len(listed)),
    )


def _headline(listed: Sequence[MeasureChange]) -> str:
    texts = load().retest_texts
    real = sum(one.kind is ChangeKind.REAL for one in listed)
    if not listed:
        return texts.headline_nothing
    if not real:
        return texts.headline_none
    return texts.headline_some.format(count=real, compared=len(listed))


def _with_words(review: Review, steps: Sequence[StepVerdict]) -> Review:
    """Return the review with its sentence; one that carries on says how many steps move."""
    texts = load().retest_texts
    if review.plain:
        return review
    moving = [one for one in steps if one.move is StepMove.MOVE_ON]
    still = [one for one in steps if one.move is not StepMove.NOT_NEEDED]
    if not moving:
        return replace(review, move=StepMove.HOLD, plain=texts.review_hold)
    return replace(review, plain=texts.review_on.format(moved=len(moving), open=len(still)))


def _notes(visits: Sequence[Visit], compared: int) -> tuple[str, ...]:
    texts, rules = load().retest_texts, load().retest_rules
    days = (visits[-1].date - visits[-2].date).days
    expected = f"{FALSE_ALARM * compared:.1f}"
    hashes = {visit.knowledge_sha256 for visit in visits} - {""}
    notes = [
        texts.note_error,
        texts.note_chance.format(compared=compared, expected=expected),
        texts.note_film if any(_is_filmed(visit) for visit in visits) else "",
        *(
            texts.note_lay_assumed.format(session=visit.name)
            for visit in visits
            if visit.read_by_lay is None
        ),
        texts.note_short.format(days=days) if days < rules.short_days else "",
        texts.note_rules if len(hashes) > 1 else "",
        texts.note_cause,
    ]
    return tuple(note for note in notes if note)


def _is_filmed(visit: Visit) -> bool:
    return any(Instrument.VIDEO in read_with(visit, name) for name in visit.measures)
