"""The [questionnaires] table of a session file as answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from primemover.errors import OutOfRangeError, SessionFileError
from primemover.model.outcome import Activity, Questionnaires, RmdqAnswers
from primemover.pipeline import session_schema as schema

__all__ = ["questionnaires_of"]

_PLACE: Final = "[questionnaires]"


def questionnaires_of(table: schema.QuestionnairesTable) -> Questionnaires:
    """Return the answers and totals of a session file.

    Raises
    ------
    SessionFileError
        If a sentence of the Roland-Morris questionnaire is named twice.
    OutOfRangeError
        If a rating or a total is off its scale, or totals contradict each other.
    """
    try:
        return Questionnaires(
            activities=tuple(Activity(name=one.activity, rating=one.rating) for one in table.psfs),
            rmdq=None if table.rmdq is None else _rmdq(table.rmdq),
            rmdq_total=table.rmdq_total,
            odi_percent=table.odi_total,
            start_back=table.start_back_total,
            start_back_distress=table.start_back_distress,
        )
    except OutOfRangeError as error:
        raise OutOfRangeError(f"{_PLACE} {error}") from error


def _rmdq(table: schema.RmdqTable) -> RmdqAnswers:
    return RmdqAnswers(yes=_once(table.yes, "yes"), left_out=_once(table.left_out, "left_out"))


def _once(numbers: Iterable[int], key: str) -> frozenset[int]:
    """Return the numbers; one that stands there twice is a slip that would lose an answer."""
    counted = Counter(numbers)
    twice = sorted(number for number, times in counted.items() if times > 1)
    if twice:
        raise SessionFileError(f"{_PLACE} rmdq.{key} names sentence {twice[0]} twice; keep one.")
    return frozenset(counted)
