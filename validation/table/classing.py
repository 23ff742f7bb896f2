"""How well yes-or-no findings are told apart, with intervals over people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from primemover.model.arrays import Floats, Mask
from validation.table.bootstrap import Estimate, estimates, weighted_estimates
from validation.table.moments import group_sums
from validation.table.records import FindingResult, FindingState
from validation.table.statistics import SEED

__all__ = ["Called", "area_under_curve", "called"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """How a finding was called.

    Attributes
    ----------
    present, absent : films posed with and without it
    people : how many different ones
    balanced, sensitivity, specificity : among the films that got an answer
    open_share : share of all films left indeterminate
    """

    present: int
    absent: int
    people: int
    balanced: Estimate
    sensitivity: Estimate
    specificity: Estimate
    open_share: Estimate


def called(findings: Sequence[FindingResult], person: Sequence[int]) -> Called:
    """Return how one finding was called in films of these people."""
    true = np.array([one.true for one in findings], dtype=bool)
    said = [one.state for one in findings]
    yes = np.array([state is FindingState.PRESENT for state in said], dtype=bool)
    no = np.array([state is FindingState.ABSENT for state in said], dtype=bool)
    people, index = np.unique(np.asarray(person), return_inverse=True)
    cells = (true & yes, true & no, ~true & yes, ~true & no, ~yes & ~no, np.ones_like(true))
    sums = np.stack(
        [group_sums(index, cell.astype(np.float64), people.size) for cell in cells], axis=1
    )
    found = estimates(sums, _rates, seed=SEED)
    return Called(
        present=int(true.sum()),
        absent=int((~true).sum()),
        people=people.size,
        balanced=found["balanced"],
        sensitivity=found["sensitivity"],
        specificity=found["specificity"],
        open_share=found["open"],
    )


def area_under_curve(scores: Floats, true: Mask, person: Sequence[int]) -> Estimate:
    """Return the chance that a film with the finding scores above one without (ties count half).

    Mann and Whitney's statistic; a film without a score is left out.
    """
    known = np.isfinite(scores)
    people, index = np.unique(np.asarray(person)[known], return_inverse=True)
    score, label = scores[known], np.asarray(true, dtype=bool)[known]
    above = np.sign(score[label][:, None] - score[~label][None, :]) * 0.5 + 0.5

    def area(weights: Floats) -> dict[str, Floats]:
        on, off = weights[:, index[label]], weights[:, index[~label]]
        with np.errstate(divide="ignore", invalid="ignore"):
            pairs = on.sum(axis=1) * off.sum(axis=1)
            return {"auc": np.sum((on @ above) * off, axis=1) / pairs}

    return weighted_estimates(people.size, area, seed=SEED)["auc"]


def _rates(totals: Floats) -> dict[str, Floats]:
    hit, miss, alarm, right, left_open, films = np.moveaxis(totals, -1, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        sensitivity = hit / (hit + miss)
        specificity = right / (right + alarm)
        return {
            "sensitivity": sensitivity,
            "specificity": specificity,
            "balanced": 0.5 * (sensitivity + specificity),
            "open": left_open / films,
        }
