"""The forward bend's quality checks, as sentences with what to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from primemover.events.bends import Bend
from primemover.exam.bend_measures import (
    KNEE_FAIL_RAD,
    KNEE_WARN_RAD,
    READABLE_SHARE,
    BendCurves,
    readable_share,
)
from primemover.exam.lift_checks import view_check
from primemover.model.check import Check, CheckStatus
from primemover.model.repetition import Repetition
from primemover.model.view import TaskGuess, TaskName, View

__all__ = ["WANTED_REPETITIONS", "bend_checks"]

WANTED_REPETITIONS: Final = 3  # product.md 1.4
_PLANTED_SHARE: Final = 0.9  # of the bends' frames; engineering default


def bend_checks(
    view: View,
    task: TaskGuess,
    curves: BendCurves,
    bends: Sequence[Bend],
    repetitions: Sequence[Repetition],
) -> tuple[Check, ...]:
    """Return the checks of a forward bend filmed from the side."""
    common = (view_check(view), _task_check(task), _zero_check(curves))
    if not bends:
        return (*common, _count_check(bends))
    return (
        *common,
        _count_check(bends),
        _hold_check(bends),
        _knee_check(repetitions),
        _feet_check(curves, bends),
        _outline_check(curves, bends),
        _ruler_check(curves),
    )


def _task_check(task: TaskGuess) -> Check:
    if task.looks_like is TaskName.FORWARD_BEND:
        return Check(id="task", status=CheckStatus.PASSED, detail=task.why)
    if task.looks_like is TaskName.OTHER:
        return Check(
            id="task",
            status=CheckStatus.WARNING,
            detail=f"This is not a deep bend from standing. {task.why}",
        )
    return Check(
        id="task",
        status=CheckStatus.FAILED,
        detail=f"This does not look like a forward bend but like a {task.looks_like.value}. "
        f"{task.why} Film the bend without a load, knees straight.",
    )


def _zero_check(curves: BendCurves) -> Check:
    if curves.back.zero is not None:
        return Check(
            id="standing_zero",
            status=CheckStatus.PASSED,
            detail="Angles are counted from this person's own standing.",
        )
    return Check(
        id="standing_zero",
        status=CheckStatus.FAILED,
        detail="No upright standing was found to count from; stand still for 2 s before the bend.",
    )


def _count_check(bends: Sequence[Bend]) -> Check:
    count = len(bends)
    if count >= WANTED_REPETITIONS:
        return Check(
            id="repetitions", status=CheckStatus.PASSED, detail=f"{count} bends were found."
        )
    return Check(
        id="repetitions",
        status=CheckStatus.WARNING if count else CheckStatus.FAILED,
        detail=f"{count} of {WANTED_REPETITIONS} wanted bends were found; bend at least 25 deg, "
        "hold, come up and repeat.",
    )


def _hold_check(bends: Sequence[Bend]) -> Check:
    short = sum(not bend.held for bend in bends)
    if not short:
        return Check(
            id="hold", status=CheckStatus.PASSED, detail="Each bend was held at the bottom."
        )
    return Check(
        id="hold",
        status=CheckStatus.WARNING,
        detail=f"{short} of {len(bends)} bends were not held still for 0.4 s; the deepest moment "
        "was read instead. Hold the bottom for 2 s.",
    )


def _knee_check(repetitions: Sequence[Repetition]) -> Check:
    knees = [one.measures["bend_knee_flexion"] for one in repetitions]
    known = [knee.value for knee in knees if knee.is_known]
    if not known:
        return Check(
            id="knees_straight",
            status=CheckStatus.NOT_CHECKED,
            detail="The knees could not be seen at the bottom; show them (shorts help).",
        )
    most = max(known)
    said = f"At the bottom the knees were bent by {max(np.rad2deg(most), 0.0):.0f} deg at most."
    if most < KNEE_WARN_RAD:
        return Check(id="knees_straight", status=CheckStatus.PASSED, detail=said)
    every = min(known) >= KNEE_FAIL_RAD
    return Check(
        id="knees_straight",
        status=CheckStatus.FAILED if every else CheckStatus.WARNING,
        detail=f"{said} The test wants less than 15 deg: repeat with straight knees, less deep if "
        "need be.",
    )


def _feet_check(curves: BendCurves, bends: Sequence[Bend]) -> Check:
    share = float(
        np.mean(np.concatenate([curves.pose.feet_planted[one.start : one.end] for one in bends]))
    )
    if share >= _PLANTED_SHARE:
        return Check(id="feet_planted", status=CheckStatus.PASSED, detail="The feet stood still.")
    return Check(
        id="feet_planted",
        status=CheckStatus.WARNING,
        detail="The feet moved during the bend; stand still and repeat.",
    )


def _outline_check(curves: BendCurves, bends: Sequence[Bend]) -> Check:
    share = float(np.mean([readable_share(curves.back, bend) for bend in bends]))
    said = f"The back's outline could be read in {share:.0%} of the holds."
    if share >= READABLE_SHARE:
        return Check(id="outline", status=CheckStatus.PASSED, detail=said)
    return Check(
        id="outline",
        status=CheckStatus.FAILED,
        detail=f"{said} Wear something close-fitting, hair up, arms hanging in front, nobody "
        "behind you.",
    )


def _ruler_check(curves: BendCurves) -> Check:
    if curves.ruler is not None:
        return Check(
            id="scale",
            status=CheckStatus.PASSED,
            detail="Lengths come from the person's height, seen standing.",
        )
    missing = (
        "Without the person's height no length can be read; give it."
        if curves.height_m is None
        else "The standing silhouette is cut off; keep head and feet in the picture."
    )
    return Check(id="scale", status=CheckStatus.NOT_CHECKED, detail=missing)
