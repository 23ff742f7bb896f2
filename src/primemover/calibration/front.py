"""The seated hip rotation of a front film, corrected for what the network and the view do.

Seen leg by leg, mirrored so that outward (away from the other leg) is + for both; lengths in shank
lengths. What the leg shows at its own rest is subtracted and kept beside it.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from primemover.calibration.caution import Answer, slide_back
from primemover.calibration.inputs import median_seen
from primemover.calibration.model import Fit, answers, novelty_of
from primemover.kinematics.frontal import (
    hip_rotation_rad,
    line_tilt_rad,
    side_lean_rad,
    space_flexion_rad,
)
from primemover.model.arrays import Floats
from primemover.model.cleaned import CleanPose
from primemover.model.measure import Side
from primemover.model.pose import Landmark

__all__ = [
    "FRONT_DOUBTS",
    "FRONT_INPUTS",
    "FRONT_OUTPUT",
    "calibrated_leg",
    "front_doubts",
    "front_inputs",
    "front_worries",
]

FRONT_OUTPUT: Final = "hip_rotation"
_COLUMNS: Final = (
    "shank_rad",
    "shank_length",
    "thigh_out",
    "thigh_up",
    "foot_out",
    "foot_up",
    "knee_toe_rad",
    "knees_apart",
    "ankles_apart",
    "hip_tilt_rad",
    "shoulder_tilt_rad",
    "lean_rad",
    "other_shank_rad",
    "shank_space_rad",
    "shank_space_depth",
    "thigh_space_out",
    "thigh_space_up",
    "knee_space_rad",
    "yaw_rad",
    "roll_rad",
)
FRONT_INPUTS: Final[tuple[str, ...]] = (
    *(f"{name}_change" for name in _COLUMNS),
    *_COLUMNS,
    *(f"{name}_rest" for name in _COLUMNS),
)
FRONT_DOUBTS: Final = ("off_the_front", "turned", "leg_hidden", "spread", "novelty")
_LOGIT_LIMIT: Final = 4.0


def front_inputs(
    pose: CleanPose, side: Side, *, rest: tuple[int, int], yaw_rad: float, roll_rad: float
) -> Floats:
    """Return what a leg shows, its change from rest and the rest itself, (T, D).

    Parameters
    ----------
    pose
        Of a person who faces the camera.
    side
        The leg.
    rest
        Half-open range of frames in which the leg hangs still.
    yaw_rad
        The camera's estimated place off the exact front, towards the person's right +.
    roll_rad
        The camera's estimated roll, clockwise seen from behind it +; NaN = unknown.
    """
    now = _leg(pose, side, yaw_rad=yaw_rad, roll_rad=roll_rad)
    own = np.broadcast_to(median_seen(now[rest[0] : rest[1]]), now.shape)
    return np.concatenate([now - own, now, own], axis=1)


def _leg(pose: CleanPose, side: Side, *, yaw_rad: float, roll_rad: float) -> Floats:
    outward = 1 if side is Side.LEFT else -1
    own, other = (
        (pose.left_px, pose.right_px) if side is Side.LEFT else (pose.right_px, pose.left_px)
    )
    length_px = float(np.nanmedian(np.linalg.norm(own["ankle"] - own["knee"], axis=1)))

    def out_and_up(start: Floats, end: Floats) -> tuple[Floats, Floats]:
        along = (end - start) / length_px
        return outward * along[:, 0], -along[:, 1]

    thigh, foot = out_and_up(own["hip"], own["knee"]), out_and_up(own["ankle"], own["toe"])
    left, right, middle = pose.left_px, pose.right_px, pose.joints_px
    columns = {
        "shank_rad": hip_rotation_rad(own["knee"], own["ankle"], side=side),
        "shank_length": np.linalg.norm(own["ankle"] - own["knee"], axis=1) / length_px,
        "thigh_out": thigh[0],
        "thigh_up": thigh[1],
        "foot_out": foot[0],
        "foot_up": foot[1],
        "knee_toe_rad": hip_rotation_rad(own["knee"], own["toe"], side=side),
        "knees_apart": out_and_up(other["knee"], own["knee"])[0],
        "ankles_apart": out_and_up(other["ankle"], own["ankle"])[0],
        "hip_tilt_rad": outward * line_tilt_rad(left["hip"], right["hip"]),
        "shoulder_tilt_rad": outward * line_tilt_rad(left["shoulder"], right["shoulder"]),
        "lean_rad": outward * side_lean_rad(middle["hip"], middle["shoulder"]),
        "other_shank_rad": hip_rotation_rad(
            other["knee"], other["ankle"], side=Side.RIGHT if side is Side.LEFT else Side.LEFT
        ),
        "yaw_rad": np.full(pose.raw.time_s.size, -outward * yaw_rad),
        "roll_rad": np.full(pose.raw.time_s.size, outward * roll_rad),
    } | _in_space(pose, side, outward=outward)
    return np.stack([columns[name] for name in _COLUMNS], axis=1)


def _in_space(pose: CleanPose, side: Side, *, outward: int) -> dict[str, Floats]:
    hip, knee, ankle = (
        pose.raw.world_m[:, Landmark[f"{side}_{name}".upper()]] for name in ("hip", "knee", "ankle")
    )
    shank, thigh = ankle - knee, knee - hip
    shank_m, thigh_m = np.linalg.norm(shank, axis=1), np.linalg.norm(thigh, axis=1)
    return {
        "shank_space_rad": np.arctan2(outward * shank[:, 0], shank[:, 1]),
        "shank_space_depth": shank[:, 2] / shank_m,
        "thigh_space_out": outward * thigh[:, 0] / thigh_m,
        "thigh_space_up": -thigh[:, 1] / thigh_m,
        "knee_space_rad": space_flexion_rad(hip, knee, ankle),
    }


def front_worries(pose: CleanPose, side: Side, *, yaw_rad: float) -> Floats:
    """Return what can be seen to make a leg's angle less sure, (T, 3): see `FRONT_DOUBTS`."""
    own = pose.left_px if side is Side.LEFT else pose.right_px
    seen = np.minimum(
        *(pose.raw.visibility[:, Landmark[f"{side}_{n}".upper()]] for n in ("knee", "ankle"))
    )
    clear = np.clip(seen, 1e-6, 1.0 - 1e-6)
    hidden = np.clip(-np.log(clear / (1.0 - clear)), 0.0, _LOGIT_LIMIT)
    turned = np.abs(hip_rotation_rad(own["knee"], own["ankle"], side=side))
    off = np.full(turned.size, abs(yaw_rad) if np.isfinite(yaw_rad) else np.pi / 4)
    return np.stack([off, turned, hidden], axis=1)


def front_doubts(worries: Floats, *, spread: Floats, novelty: Floats) -> Floats:
    """Return what makes a leg's angle less sure, (T, len(FRONT_DOUBTS)), all finite."""
    columns = np.column_stack([worries, spread, novelty])
    worst = np.nanmax(np.where(np.isfinite(columns), columns, -np.inf), axis=0, initial=0.0)
    return np.where(np.isfinite(columns), columns, worst)


def calibrated_leg(fit: Fit, inputs: Floats, worries: Floats, plain: Answer) -> Answer:
    """Return a leg's internal rotation against gravity and its standard error, (T,) each.

    Where a frame is unlike the fitted ones the answer slides back to the plain reading.

    Parameters
    ----------
    fit
        The shipped fit for front films.
    inputs, worries
        Of `front_inputs` and `front_worries`.
    plain
        The leg's angle from its own rest, as the landmarks have it.
    """
    each = answers(fit, inputs)[:, :, 0]
    novelty = novelty_of(fit, inputs)
    doubt = fit.doubts[0]
    values = front_doubts(worries, spread=each.std(axis=0), novelty=novelty)
    fitted = Answer(value_rad=each.mean(axis=0), se_rad=np.exp(values @ doubt.weight + doubt.bias))
    return slide_back(fitted, plain, novelty)
