"""The published scoring rules: answers -> one number each. Pure functions without any words.

Sources
-------
Roland-Morris: Roland & Morris 1983, one point for each sentence that was ticked; sentences left
out: Kent & Lauridsen 2011, the share among the answered ones. PSFS: Stratford 1995, mean of the
activities. STarT Back: Hill 2008 and the scoring sheet of Keele University.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from statistics import fmean

from primemover.knowledge.outcome_rows import BandRow, GroupRow
from primemover.model.outcome import RMDQ_SENTENCES, Activity, RmdqAnswers

__all__ = ["Tally", "band_of", "psfs_mean", "rmdq_tally", "start_back_group"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """A count with sentences left out.

    `value` is None when too few were answered; `possible` holds what the total is if all
    sentences left out are no, and if all are yes.
    """

    value: float | None
    possible: tuple[float, float]
    answered: int
    of: int


def rmdq_tally(answers: RmdqAnswers, *, least_answered: int) -> Tally:
    """Return the Roland-Morris total, 0 (nothing is harder) to 24.

    Steps: count the sentences answered yes; with sentences left out, take the share among the
    answered ones to all 24. The printed form counts a sentence without a tick as no, which is
    the lower end of `possible`.

    Parameters
    ----------
    answers
        Sentences answered yes and left out.
    least_answered
        With fewer answered sentences there is no total.
    """
    ticked, missing = len(answers.yes), len(answers.left_out)
    answered = RMDQ_SENTENCES - missing
    enough = answered >= max(least_answered, 1)
    return Tally(
        value=RMDQ_SENTENCES * ticked / answered if enough else None,
        possible=(float(ticked), float(ticked + missing)),
        answered=answered,
        of=RMDQ_SENTENCES,
    )


def psfs_mean(activities: Collection[Activity]) -> float:
    """Return the mean rating of the activities, 0-10; there must be at least one."""
    return fmean(activity.rating for activity in activities)


def band_of(value: float, bands: Iterable[BandRow]) -> BandRow | None:
    """Return the first band that a total does not lie above; None without bands."""
    return next((band for band in bands if value <= band.up_to), None)


def start_back_group(
    total: int, distress: int | None, groups: Iterable[GroupRow]
) -> GroupRow | None:
    """Return the STarT Back group, None when the total alone does not tell it.

    The first group whose limits hold. Without the distress subscale (items 5-9) a group is told
    only if every subscale that the total allows leads to it: items 1-4 give at most 4 points.
    """
    rows = tuple(groups)
    first = max(total - 4, 0)
    allowed = range(first, min(total, 5) + 1) if distress is None else (distress,)
    found = {_group(total, one, rows).id: _group(total, one, rows) for one in allowed}
    return next(iter(found.values())) if len(found) == 1 else None


def _group(total: int, distress: int, rows: tuple[GroupRow, ...]) -> GroupRow:
    return next(row for row in rows if _fits(row, total, distress))


def _fits(row: GroupRow, total: int, distress: int) -> bool:
    by_total = row.total_up_to is None or total <= row.total_up_to
    return by_total and (row.distress_up_to is None or distress <= row.distress_up_to)
