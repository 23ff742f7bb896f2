"""The sagittal curves of a side film, corrected for what body, clothes, plates and view do."""

from __future__ import annotations

from typing import Final

import numpy as np

from primemover.calibration.inputs import doubts, lost_body, side_inputs
from primemover.calibration.model import Doubt, Fit, answers, novelty_of
from primemover.calibration.sight import Sight
from primemover.model.arrays import Floats, frozen
from primemover.model.series import Series

__all__ = ["CURVES", "calibrated_side", "combined"]

# series id -> how it is made of the turns of segments since own standing
CURVES: Final[dict[str, dict[str, float]]] = {
    "ankle_dorsiflexion": {"shank": 1.0},
    "knee_flexion": {"shank": 1.0, "thigh": -1.0},
    "hip_flexion": {"pelvis": 1.0, "thigh": -1.0},
    "trunk_thigh": {"trunk": 1.0, "thigh": -1.0},
    "trunk_inclination": {"trunk": 1.0},
    "pelvis_inclination": {"pelvis": 1.0},
    "lumbar_flexion": {"chest": 1.0, "pelvis": -1.0},
    "thoracic_flexion": {"upper_chest": 1.0, "chest": -1.0},
}
# From here on a frame is unlike the fitted ones and the plain reading gets a say, ...
_UNUSUAL: Final = 1.0
# ... from here on it alone counts, and what it cannot read is not measured. Engineering defaults:
# 1 is kept by 99 % of the frames of people that were left out of the fit.
_STRANGE: Final = 1.6
_USELESS_SE_RAD: Final = float(np.deg2rad(12.0))  # a number this unsure is not measured


def calibrated_side(
    plain: dict[str, Series], sight: Sight, standing: Floats, fit: Fit
) -> dict[str, Series]:
    """Return the curves of `CURVES`, corrected, each with a calibrated standard error.

    Steps: every member of the fit answers for the turns of the segments; curves are made of
    their mean; the standard error follows from the doubts (view, covered outline, roughness,
    disagreement of the members) and is scaled so that 1.645 of it either side held 90 % of the
    errors of people who were left out of the fit. Where a frame is unlike the fitted ones the
    answer slides back to the plain reading and the error grows by what the two differ. Frames in
    which the body's points were lost are not measured.

    Parameters
    ----------
    plain
        The curves as read off tangents and landmarks, counted from own standing; others than
        `CURVES` are handed through.
    sight, standing
        What the film shows, and in own standing (`inputs.standing_sight`).
    fit
        The shipped fit for side films.
    """
    inputs = side_inputs(sight, standing)
    each = answers(fit, inputs)
    novelty = novelty_of(fit, inputs)
    lost = lost_body(sight, standing)
    out = dict(plain)
    for doubt in fit.doubts:
        told = np.stack([combined(one, fit.outputs, doubt.curve) for one in each])
        spread = told.std(axis=0)
        se = _error(doubt, doubts(sight, standing, spread=spread, novelty=novelty))
        value = np.where(lost, np.nan, told.mean(axis=0))
        out[doubt.curve] = _blended(plain[doubt.curve], value, se, novelty)
    return out


def combined(turns_rad: Floats, outputs: tuple[str, ...], curve: str) -> Floats:
    """Return a curve (T,) from the turns of segments (T, O)."""
    total: Floats = sum(
        (sign * turns_rad[:, outputs.index(name)] for name, sign in CURVES[curve].items()),
        np.zeros(turns_rad.shape[0]),
    )
    return total


def _error(doubt: Doubt, values: Floats) -> Floats:
    return np.exp(values @ doubt.weight + doubt.bias)


def _blended(plain: Series, value_rad: Floats, se_rad: Floats, novelty: Floats) -> Series:
    """Return the corrected curve, sliding back to the plain one where a frame is unlike the fit."""
    strange = np.clip((novelty - _UNUSUAL) / (_STRANGE - _UNUSUAL), 0.0, 1.0)
    strange = np.where(np.isfinite(novelty), strange, 1.0)
    apart = plain.value - value_rad
    value = np.where(strange > 0.0, value_rad + strange * apart, value_rad)
    wide = np.hypot(np.maximum(se_rad, plain.se), strange * (1.0 - strange) * apart)
    se = np.where(strange > 0.0, wide, se_rad)
    known = np.isfinite(value) & (se < _USELESS_SE_RAD)
    return Series(
        id=plain.id,
        unit=plain.unit,
        time_s=plain.time_s,
        value=frozen(np.where(known, value, np.nan)),
        se=frozen(np.where(known, se, np.nan)),
    )
