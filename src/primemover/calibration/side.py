"""The sagittal curves of a side film, corrected for what body, clothes, plates and view do."""

from __future__ import annotations

from typing import Final

import numpy as np

from primemover.calibration.caution import Answer, slide_back
from primemover.calibration.inputs import doubts, lost_body, outline_seen, side_inputs
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
_SPINE: Final = frozenset({"pelvis", "chest", "upper_chest"})  # what the outline alone tells
_USELESS_SE_RAD: Final = float(np.deg2rad(20.0))  # a number this unsure is not measured


def calibrated_side(
    plain: dict[str, Series], sight: Sight, standing: Floats, fit: Fit
) -> dict[str, Series]:
    """Return the curves of `CURVES`, corrected, each with a calibrated standard error.

    Steps: every member of the fit answers for the turns of the segments; curves are made of
    their mean; the standard error follows from the doubts (view, covered outline, roughness,
    disagreement of the members) and is scaled so that 1.645 of it either side held 90 % of the
    errors of people who were left out of the fit. Where a frame is unlike the fitted ones the
    answer slides back to the plain reading and the error grows by what the two differ. Frames in
    which the body's points were lost are not measured, nor the spine where its outline was hidden.

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
    blind = lost | ~outline_seen(sight)
    out = dict(plain)
    for doubt in fit.doubts:
        told = np.stack([combined(one, fit.outputs, doubt.curve) for one in each])
        spread = told.std(axis=0)
        se = _error(doubt, doubts(sight, standing, spread=spread, novelty=novelty))
        gone = blind if _SPINE & CURVES[doubt.curve].keys() else lost
        fitted = Answer(value_rad=np.where(gone, np.nan, told.mean(axis=0)), se_rad=se)
        out[doubt.curve] = _blended(plain[doubt.curve], fitted, np.where(gone, 0.0, novelty))
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


def _blended(plain: Series, fitted: Answer, novelty: Floats) -> Series:
    """Return the corrected curve as far as it can be trusted."""
    kept = slide_back(fitted, Answer(value_rad=plain.value, se_rad=plain.se), novelty)
    known = np.isfinite(kept.value_rad) & (kept.se_rad < _USELESS_SE_RAD)
    return Series(
        id=plain.id,
        unit=plain.unit,
        time_s=plain.time_s,
        value=frozen(np.where(known, kept.value_rad, np.nan)),
        se=frozen(np.where(known, kept.se_rad, np.nan)),
    )
