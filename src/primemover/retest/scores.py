"""Questionnaire totals in two sessions: more than chance, and enough to matter to people."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

from primemover.knowledge.loading import load
from primemover.model.measure import INTERVAL_SE
from primemover.model.outcome import Direction, Score
from primemover.model.retest import ChangeKind, ScoreChange, Towards, Visit
from primemover.retest.changes import how_sure
from primemover.retest.numbers import points, sure_text
from primemover.words import say

__all__ = ["important_change", "improves", "score_changes"]

_Z: Final = {0.90: 1.645, 0.95: 1.96}
_USUAL: Final = 0.95  # taken where a publication does not state the confidence of its MDC: default


def score_changes(earlier: Visit, later: Visit) -> tuple[ScoreChange, ...]:
    """Return the change of every total that either visit has a value for.

    A change is real when it reaches the total's MDC, as the questionnaire rows say it: totals move
    in whole steps, so reaching counts. Its error follows from the MDC and its confidence.
    """
    first, last = _by_id(earlier), _by_id(later)
    ids = dict.fromkeys((*first, *last))
    return tuple(_change(first.get(one), last.get(one)) for one in ids)


def important_change(score: Score) -> float:
    """Return the smallest change from `score` that people call important; NaN when not known.

    The smaller of MIC points and MIC share of the start, where both are published; a share of a
    start of 0 says nothing.
    """
    ways = [math.nan if score.error.mic is None else score.error.mic]
    if score.error.mic_share is not None and score.value:
        ways.append(score.error.mic_share * score.value)
    known = [way for way in ways if math.isfinite(way)]
    return min(known) if known else math.nan


def improves(score: Score, later: Score) -> float:
    """Return by how many points `later` is better than `score`; NaN without values."""
    if score.value is None or later.value is None:
        return math.nan
    change = later.value - score.value
    return -change if score.higher_is is Direction.WORSE else change


def _by_id(visit: Visit) -> Mapping[str, Score]:
    return {score.id: score for score in visit.scores if score.value is not None}


def _change(before: Score | None, after: Score | None) -> ScoreChange:
    if before is None or after is None:
        return _lone(before, after)
    change = (after.value or 0.0) - (before.value or 0.0)
    mdc = _mdc(before, after)
    kind = _kind(change, mdc)
    se = mdc / _z(before)
    gain = improves(before, after)
    way = Towards.NEITHER
    if kind is ChangeKind.REAL:
        way = Towards.BETTER if gain > 0.0 else Towards.WORSE
    mic = important_change(before)
    matters = None if not math.isfinite(mic) else abs(change) >= mic
    return ScoreChange(
        id=before.id,
        questionnaire=before.questionnaire,
        label=before.label,
        unit=before.unit,
        kind=kind,
        before=before.value,
        after=after.value,
        change=change,
        low=change - INTERVAL_SE * se,
        high=change + INTERVAL_SE * se,
        probability=how_sure(change, se),
        mdc=mdc,
        mic=mic,
        towards=way,
        matters=matters,
        plain=_plain(before, after, kind=kind, way=way, mdc=mdc),
        clinician=_clinician(before, change=change, se=se, mdc=mdc),
        category_before=before.category_label,
        category_after=after.category_label,
        tag=before.error.mdc_tag,
        sources=before.sources,
    )


def _mdc(before: Score, after: Score) -> float:
    """Return the larger of the two totals' MDC (one activity errs more than the mean of three)."""
    known = [one.error.mdc for one in (before, after) if one.error.mdc is not None]
    return max(known) if known else math.nan


def _z(score: Score) -> float:
    row = load().questionnaires.get(score.questionnaire)
    level = _USUAL if row is None or row.mdc_confidence is None else row.mdc_confidence
    return _Z.get(round(level, 2), _Z[_USUAL])


def _kind(change: float, mdc: float) -> ChangeKind:
    if not math.isfinite(mdc):
        return ChangeKind.ERROR_UNKNOWN
    return ChangeKind.REAL if abs(change) >= mdc > 0.0 else ChangeKind.WITHIN_ERROR


def _plain(before: Score, after: Score, *, kind: ChangeKind, way: Towards, mdc: float) -> str:
    texts = load().retest_texts
    mic = important_change(before)
    template = {
        ChangeKind.REAL: texts.score_real,
        ChangeKind.WITHIN_ERROR: texts.score_within,
    }.get(kind, texts.score_groups)
    parts = [template]
    if kind is ChangeKind.REAL:
        parts.append(texts.score_better if way is Towards.BETTER else texts.score_worse)
        if math.isfinite(mic):
            reached = abs(improves(before, after)) >= mic
            parts.append(texts.score_real_matters if reached else texts.score_real_small)
    return " ".join(parts).format(
        Label=before.label,
        before=points(before.value or 0.0),
        after=points(after.value or 0.0),
        mdc=points(mdc),
        mic=points(mic),
        group_before=before.category_label or say("retest.value.none"),
        group_after=after.category_label or say("retest.value.none"),
    )


def _clinician(before: Score, *, change: float, se: float, mdc: float) -> str:
    texts, mic = load().retest_texts, important_change(before)
    if not math.isfinite(mdc):
        return texts.clinician_not.format(why=say("retest.why.no_mdc"))
    return texts.score_clinician.format(
        change=f"{change:+.1f}",
        low=f"{change - INTERVAL_SE * se:+.1f}",
        high=f"{change + INTERVAL_SE * se:+.1f}",
        mdc=points(mdc),
        tag=before.error.mdc_tag,
        mic=points(mic) if math.isfinite(mic) else say("retest.value.unknown"),
        sure=sure_text(how_sure(change, se)),
    )


def _lone(before: Score | None, after: Score | None) -> ScoreChange:
    one = before or after
    assert one is not None  # noqa: S101 - called with ids of either visit
    texts, value = load().retest_texts, points(one.value or 0.0)
    template = texts.only_after if before is None else texts.only_before
    return ScoreChange(
        id=one.id,
        questionnaire=one.questionnaire,
        label=one.label,
        unit=one.unit,
        kind=ChangeKind.NOT_MEASURED_AGAIN,
        before=None if before is None else before.value,
        after=None if after is None else after.value,
        change=math.nan,
        low=math.nan,
        high=math.nan,
        probability=math.nan,
        mdc=math.nan,
        mic=math.nan,
        towards=Towards.NEITHER,
        matters=None,
        plain=template.format(Label=one.label, before=value, after=value),
        clinician=texts.clinician_not.format(why=say("retest.why.told_once")),
        category_before="" if before is None else before.category_label,
        category_after="" if after is None else after.category_label,
        sources=one.sources,
    )
