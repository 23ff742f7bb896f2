"""What was checked about a filmed lift, and what to do when a check did not pass."""

from __future__ import annotations

import numpy as np

from primemover.model.check import Check, CheckStatus
from primemover.model.loadtrack import LoadKind, LoadTrack
from primemover.model.outline import BackAngles
from primemover.model.repetition import Repetition
from primemover.model.view import TaskGuess, TaskName, View

__all__ = ["lift_checks", "view_check"]

_READ_ENOUGH = 0.6  # share of the lift in which the outline should be read; engineering default
_YAW_WARN_RAD = np.deg2rad(12.0)  # outline angles drift from here on (vision.md 2, 3d)


def lift_checks(
    view: View,
    task: TaskGuess,
    load: LoadTrack,
    back: BackAngles,
    repetitions: tuple[Repetition, ...],
) -> tuple[Check, ...]:
    """Return the checks of a side-view lift."""
    return (
        view_check(view),
        _task_check(task),
        _repetition_check(repetitions),
        _load_check(load),
        _zero_check(back),
        _outline_check(back, repetitions),
    )


def view_check(view: View) -> Check:
    """Return whether the camera stood at the side."""
    way = "front" if view.yaw_rad > 0.0 else "back"
    off = f"{abs(np.rad2deg(view.yaw_rad)):.0f} ± {np.rad2deg(view.yaw_se_rad):.0f}°"
    yaw = f"about {off} off the side, towards the person's {way}"
    if not view.accepted:
        return Check(id="view", status=CheckStatus.FAILED, detail=f"{view.why} It is {yaw}.")
    if view.likely_yaw_rad > _YAW_WARN_RAD:
        return Check(
            id="view",
            status=CheckStatus.WARNING,
            detail=f"The camera stands {yaw}; errors are wider for that.",
        )
    return Check(id="view", status=CheckStatus.PASSED, detail="Filmed from the side.")


def _task_check(task: TaskGuess) -> Check:
    if task.looks_like is TaskName.DEADLIFT:
        return Check(id="task", status=CheckStatus.PASSED, detail=task.why)
    wrong = task.looks_like in {TaskName.SQUAT, TaskName.CLEAN}
    named = {TaskName.FORWARD_BEND: "a forward bend", TaskName.OTHER: "something else"}.get(
        task.looks_like, f"a {task.looks_like.value}"
    )
    return Check(
        id="task",
        status=CheckStatus.FAILED if wrong else CheckStatus.WARNING,
        detail=f"This does not look like a deadlift but like {named}. {task.why}",
    )


def _repetition_check(repetitions: tuple[Repetition, ...]) -> Check:
    count = len(repetitions)
    if count:
        plural = "repetition was" if count == 1 else "repetitions were"
        return Check(id="repetitions", status=CheckStatus.PASSED, detail=f"{count} {plural} found.")
    return Check(
        id="repetitions",
        status=CheckStatus.FAILED,
        detail="No repetition was found; film from the floor to standing tall and down again.",
    )


def _load_check(load: LoadTrack) -> Check:
    if load.kind is LoadKind.HANDS:
        return Check(
            id="load",
            status=CheckStatus.WARNING,
            detail=(load.why or "No plate or bell was recognised.")
            + " The hands stand in for the load.",
        )
    seen = 1.0 - float(load.lost.mean())
    status = CheckStatus.PASSED if not load.why else CheckStatus.WARNING
    detail = load.why or f"The {load.kind.value} was followed in {seen:.0%} of the film."
    return Check(id="load", status=status, detail=detail)


def _zero_check(back: BackAngles) -> Check:
    if back.view_refused:
        return Check(
            id="standing_zero",
            status=CheckStatus.WARNING,
            detail="The camera stands too far off the side to read the back's outline, so there "
            "is no standing to count from; film exactly from the side.",
        )
    if back.zero is not None:
        return Check(
            id="standing_zero",
            status=CheckStatus.PASSED,
            detail="Angles are counted from this person's own standing without the bar.",
        )
    return Check(
        id="standing_zero",
        status=CheckStatus.WARNING,
        detail="No standing without the bar was found, so only changes within the lift are known; "
        "stand upright for two seconds before you grip the bar.",
    )


def _outline_check(back: BackAngles, repetitions: tuple[Repetition, ...]) -> Check:
    lifting = np.zeros(back.time_s.size, dtype=bool)
    for one in repetitions:
        lifting |= (back.time_s >= one.lift_off_s) & (back.time_s <= one.lockout_s)
    share = float(back.readable[lifting].mean()) if lifting.any() else 0.0
    detail = f"The back's outline could be read in {share:.0%} of the pull."
    if share >= _READ_ENOUGH:
        return Check(id="outline", status=CheckStatus.PASSED, detail=detail)
    return Check(
        id="outline",
        status=CheckStatus.WARNING,
        detail=detail + " Wear something close-fitting, arms in front, nothing behind you.",
    )
