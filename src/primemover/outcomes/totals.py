"""A session's answers -> its totals, each with its error and its sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from primemover.knowledge.loading import load
from primemover.knowledge.outcome_rows import QuestionnaireRow, ScoreRow
from primemover.model.outcome import Activity, Direction, Questionnaires, Score, ScoreError
from primemover.model.session import Pain, Session
from primemover.outcomes.scoring import Tally, band_of, psfs_mean, rmdq_tally, start_back_group

__all__ = ["score_all"]


def score_all(session: Session) -> tuple[Score, ...]:
    """Return the total of every questionnaire that was answered, in the order of the rows.

    Pain ratings are scores of their own (no mean is published). What was not answered gives no
    score; what was answered too little gives one without a value that says why.
    """
    told = session.questionnaires
    found = [*_pain(session.pain), *_activities(told.activities), *_rmdq(told)]
    return (*found, *_odi(told), *_start_back(told))


def _pain(pain: Pain) -> Iterator[Score]:
    row = load().questionnaires["nprs"]
    ratings = {
        "nprs_now": pain.now,
        "nprs_worst": pain.worst,
        "nprs_during": pain.during,
        "nprs_after": pain.after,
    }
    for score in row.score:
        rating = ratings[score.id]
        if rating is not None:
            yield _score(row, score, _whole(rating))


def _activities(activities: tuple[Activity, ...]) -> Iterator[Score]:
    if not activities:
        return
    row = load().questionnaires["psfs"]
    count = len(activities)
    # an MDC is known for one activity and for the mean of three to five: two are taken as one
    single = count < 3  # noqa: PLR2004 - the published form has three to five
    limits = replace(_error(row), mdc=row.mdc_single) if single else _error(row)
    tally = replace(_whole(psfs_mean(activities)), answered=count, of=count)
    yield _score(row, row.score[0], tally, error=limits)


def _rmdq(told: Questionnaires) -> Iterator[Score]:
    row = load().questionnaires["rmdq"]
    if told.rmdq is not None:
        least = row.least_answered or int(row.high)
        yield _score(row, row.score[0], rmdq_tally(told.rmdq, least_answered=least))
    elif told.rmdq_total is not None:
        count = int(row.high)
        yield _score(row, row.score[0], replace(_whole(told.rmdq_total), answered=count, of=count))


def _odi(told: Questionnaires) -> Iterator[Score]:
    if told.odi_percent is None:
        return
    row = load().questionnaires["odi"]
    score = _score(row, row.score[0], _whole(told.odi_percent))
    band = band_of(told.odi_percent, row.band)
    if band is None:
        yield score
        return
    yield replace(
        score,
        category=band.id,
        category_label=band.label,
        plain=f"{score.plain} {band.plain}",
        clinician=f"{score.clinician} Band: {band.label} ({band.tag}).",
    )


def _start_back(told: Questionnaires) -> Iterator[Score]:
    row = load().questionnaires["start_back"]
    rows = {score.id: score for score in row.score}
    if told.start_back is not None:
        score = _score(row, rows["start_back"], _whole(told.start_back))
        group = start_back_group(told.start_back, told.start_back_distress, row.group)
        texts = load().outcome_texts
        yield replace(
            score,
            category=group.id if group else "",
            category_label=group.label if group else "",
            plain=f"{score.plain} {group.plain if group else texts.no_distress}",
            clinician=f"{score.clinician} {group.clinician if group else texts.no_distress}",
        )
    if told.start_back_distress is not None:
        yield _score(row, rows["start_back_distress"], _whole(told.start_back_distress))


def _whole(value: float) -> Tally:
    """Return a total that was told as it is."""
    return Tally(value=float(value), possible=(float(value), float(value)), answered=1, of=1)


def _error(row: QuestionnaireRow) -> ScoreError:
    return ScoreError(
        mdc=row.mdc,
        mic=row.mic,
        mic_share=row.mic_share,
        mdc_tag=row.mdc_tag or "",
        mic_tag=row.mic_tag or "",
    )


def _score(
    row: QuestionnaireRow, score: ScoreRow, tally: Tally, *, error: ScoreError | None = None
) -> Score:
    words = _Words(row=row, score=score, tally=tally, error=error or _error(row))
    return Score(
        id=score.id,
        questionnaire=row.id,
        label=score.label,
        value=tally.value,
        unit=row.unit,
        low=row.low,
        high=row.high if score.high is None else score.high,
        higher_is=row.higher_is,
        possible=tally.possible,
        answered=tally.answered,
        of=tally.of,
        error=words.error,
        plain=words.plain(),
        clinician=words.clinician(),
        error_plain=words.error_plain(),
        why=words.why(),
        sources=row.sources,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """The sentences of one total."""

    row: QuestionnaireRow
    score: ScoreRow
    tally: Tally
    error: ScoreError

    def plain(self) -> str:
        """Return what the total says, and what was left out."""
        if self.tally.value is None:
            return ""
        said = self._filled(self.score.plain or self.row.plain)
        missing = self.tally.of - self.tally.answered
        return f"{said} {self._filled(load().outcome_texts.prorated)}" if missing else said

    def clinician(self) -> str:
        """Return the clinician's line with MDC, MIC and their tags."""
        texts = load().outcome_texts
        if self.tally.value is None:
            return ""
        said = self._filled(self.score.clinician or self.row.clinician)
        known = self.error.mdc is not None and self.error.mic is not None
        limits = texts.clinician_error if known else texts.clinician_error_none
        return f"{said} {self._filled(limits)}"

    def error_plain(self) -> str:
        """Return which change is more than chance, and which matters."""
        texts = load().outcome_texts
        worse = self.row.higher_is is Direction.WORSE
        direction = texts.higher_worse if worse else texts.higher_better
        if self.error.mdc is None or self.error.mic is None:
            return f"{direction} {texts.error_none}"
        text = texts.error if self.error.mic_share is None else texts.error_share
        text = texts.error_wide if self.error.mic < self.error.mdc else text
        return f"{direction} {self._filled(text)}"

    def why(self) -> str:
        """Return why there is no total, empty when there is one."""
        return "" if self.tally.value is not None else self._filled(load().outcome_texts.too_few)

    def _filled(self, text: str) -> str:
        tally, error = self.tally, self.error
        return text.format(
            value=_shown(tally.value),
            low=_shown(self.row.low),
            high=_shown(self.score.high or self.row.high),
            answered=tally.answered,
            of=tally.of,
            missing=tally.of - tally.answered,
            least=self.row.least_answered,
            possible_low=_shown(tally.possible[0]),
            possible_high=_shown(tally.possible[1]),
            mdc=_shown(error.mdc),
            mic=_shown(error.mic),
            share=_shown(None if error.mic_share is None else 100.0 * error.mic_share),
            unit=self.row.unit,
            mdc_tag=error.mdc_tag,
            mic_tag=error.mic_tag,
        )


def _shown(number: float | None) -> str:
    """Return a number with at most one decimal."""
    return "" if number is None else f"{round(number, 1):g}"
