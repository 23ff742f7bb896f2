"""Sagittal joint angles of a person filmed from the side."""

from __future__ import annotations

import numpy as np

from primemover.kinematics.errors import SHARE_OF_ANGLE, systematic_se_rad
from primemover.kinematics.planar import inclination_rad, inclination_se_rad, joint_flexion_rad
from primemover.model.arrays import Floats, Mask, frozen
from primemover.model.cleaned import CleanPose
from primemover.model.outline import BackAngles
from primemover.model.series import Series

__all__ = ["back_tangents", "sagittal_series", "standing_offsets_rad"]

_USELESS_SE_RAD = np.deg2rad(20.0)  # a number this unsure is not measured; engineering default


def sagittal_series(
    pose: CleanPose, back: BackAngles | None, *, zero_s: tuple[float, float] | None, yaw_rad: float
) -> dict[str, Series]:
    """Return the sagittal angles through a film, by series id.

    Segments' inclinations are taken from left-right midpoints; joint angles are their differences:
    ankle dorsiflexion = shank (the foot lies flat), knee flexion = shank - thigh, trunk-thigh =
    trunk - thigh, hip flexion = pelvis (from the outline) - thigh. If `zero_s`, a window of the
    film with the person standing without the bar, is given, its median is subtracted from every
    angle that was seen there, and the standard error is that of angles counted from own standing.

    Parameters
    ----------
    pose
        With `forward` of +1 or -1.
    back
        Pelvis, lumbar and thoracic angles from the outline; None leaves them not measured.
    zero_s
        Half-open window [start, end) in seconds, or None.
    yaw_rad
        Camera off the exact side.

    Returns
    -------
    Series ``ankle_dorsiflexion, knee_flexion, hip_flexion, trunk_thigh, trunk_inclination,
    pelvis_inclination, lumbar_flexion, thoracic_flexion``, radians.
    """
    raw = _raw_angles(pose)
    offset = standing_offsets_rad(pose.raw.time_s, raw, zero_s)
    noise = _noise_se_rad(pose)
    series = {
        name: _series(
            name,
            pose,
            raw[name] - offset.get(name, 0.0),
            np.hypot(noise[name], systematic_se_rad(name, yaw_rad=yaw_rad, zeroed=name in offset)),
        )
        for name in ("ankle_dorsiflexion", "knee_flexion", "trunk_thigh", "trunk_inclination")
    }
    thigh = raw["thigh_inclination"] - offset.get("thigh_inclination", 0.0)
    thigh_se = np.hypot(
        noise["thigh_inclination"],
        systematic_se_rad(
            "thigh_inclination", yaw_rad=yaw_rad, zeroed="thigh_inclination" in offset
        ),
    )
    return series | _back_series(pose, back, thigh, thigh_se)


def standing_offsets_rad(
    time_s: Floats, angles: dict[str, Floats], zero_s: tuple[float, float] | None
) -> dict[str, float]:
    """Return each angle's median over the standing window, of those that were seen there."""
    if zero_s is None:
        return {}
    window: Mask = (time_s >= zero_s[0]) & (time_s < zero_s[1])
    offsets = {}
    for name, values in angles.items():
        known = values[window][np.isfinite(values[window])]
        if known.size:
            offsets[name] = float(np.median(known))
    return offsets


def _raw_angles(pose: CleanPose) -> dict[str, Floats]:
    joints, forward = pose.joints_px, pose.forward
    trunk = inclination_rad(joints["hip"], joints["shoulder"], forward=forward)
    thigh = inclination_rad(joints["knee"], joints["hip"], forward=forward)
    shank = inclination_rad(joints["ankle"], joints["knee"], forward=forward)
    covered = pose.hidden["knee"]
    return {
        "trunk_inclination": trunk,
        "thigh_inclination": np.where(covered, np.nan, thigh),
        "ankle_dorsiflexion": np.where(covered, np.nan, shank),
        "knee_flexion": np.where(covered, np.nan, joint_flexion_rad(shank, thigh)),
        "trunk_thigh": np.where(covered, np.nan, joint_flexion_rad(trunk, thigh)),
    }


def _noise_se_rad(pose: CleanPose) -> dict[str, Floats]:
    joints, se = pose.joints_px, pose.se_px

    def segment(low: str, high: str) -> Floats:
        return inclination_se_rad(joints[low], joints[high], low_se_px=se[low], high_se_px=se[high])

    lean = inclination_rad(joints["hip"], joints["shoulder"], forward=pose.forward)
    trunk = np.hypot(segment("hip", "shoulder"), SHARE_OF_ANGLE * lean)
    thigh, shank = segment("knee", "hip"), segment("ankle", "knee")
    return {
        "trunk_inclination": trunk,
        "thigh_inclination": thigh,
        "ankle_dorsiflexion": shank,
        "knee_flexion": np.hypot(shank, thigh),
        "trunk_thigh": np.hypot(trunk, thigh),
    }


def _back_series(
    pose: CleanPose, back: BackAngles | None, thigh_rad: Floats, thigh_se_rad: Floats
) -> dict[str, Series]:
    missing = np.full(pose.raw.time_s.size, np.nan)
    names = ("pelvis_inclination", "lumbar_flexion", "thoracic_flexion", "hip_flexion")
    if back is None:
        return {name: _series(name, pose, missing, missing) for name in names}
    if back.zero is None or not back.zero.has_outline:
        # The outline's own tangents are no flexions: only their changes mean anything.
        return {name: _series(name, pose, missing, missing) for name in names}
    return back_tangents(pose, back) | {
        "hip_flexion": _series(
            "hip_flexion",
            pose,
            joint_flexion_rad(back.pelvis_rad, thigh_rad),
            np.hypot(back.pelvis_se_rad, thigh_se_rad),
        ),
    }


def back_tangents(pose: CleanPose, back: BackAngles) -> dict[str, Series]:
    """Return pelvis, lumbar and thoracic curves whether or not there is a zero.

    Without one only changes between two instants of the same film mean anything.
    """
    return {
        "pelvis_inclination": _series(
            "pelvis_inclination", pose, back.pelvis_rad, back.pelvis_se_rad
        ),
        "lumbar_flexion": _series("lumbar_flexion", pose, back.lumbar_rad, back.lumbar_se_rad),
        "thoracic_flexion": _series(
            "thoracic_flexion", pose, back.thoracic_rad, back.thoracic_se_rad
        ),
    }


def _series(name: str, pose: CleanPose, value: Floats, se: Floats) -> Series:
    known = np.isfinite(value) & (se < _USELESS_SE_RAD)
    return Series(
        id=name,
        unit="rad",
        time_s=pose.raw.time_s,
        value=frozen(np.where(known, value, np.nan)),
        se=frozen(np.where(known, se, np.nan)),
    )
