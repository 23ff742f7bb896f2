"""Fit polynomials to sampled muscle paths, after putting right where the model's paths fail.

A leg muscle's path length is one polynomial of the sagittal angles it depends on, and its arms are
that polynomial's slopes: work and moments agree exactly (the idea of OpenSim's function-based
paths). Beyond the angles that can be trusted the arms are held at their last sane value; the held
part is fitted like a sample, so the table is smooth there too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "LEG_RANGE_DEG",
    "LUMBAR_RANGE_DEG",
    "SANE_DEG",
    "Fit",
    "exponents",
    "fit_curve",
    "fit_path",
    "held",
    "limits_deg",
    "monomials",
    "slope_of",
]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

LEG_RANGE_DEG: Final = {"hip": (-20.0, 130.0), "knee": (0.0, 130.0), "ankle": (-45.0, 40.0)}
LUMBAR_RANGE_DEG: Final = (-20.0, 70.0)

_HIP_LIMIT_DEG: Final = 120.0  # the source model's own limits
_KNEE_LIMIT_DEG: Final = 120.0
# Where a path can no longer be trusted although the source model allows the angle, by muscle and
# angle: found by looking at the arms over the whole range.
SANE_DEG: Final[dict[str, dict[str, float]]] = {
    # iliopsoas slips off its wrap at the front of the hip: 32 mm at 105, -12 mm at 125 deg
    "iliacus": {"hip": 95.0},
    "psoas": {"hip": 95.0},
    # knee arms of the quadriceps have their least value at 95 deg and rise again by half
    "recfem": {"knee": 95.0},
    "vasint": {"knee": 95.0},
    "vaslat": {"knee": 95.0},
    "vasmed": {"knee": 95.0},
    # the short head of biceps drops from 37 to -16 mm between 95 and 130 deg
    "bfsh": {"knee": 95.0},
}
_LENGTH_WEIGHT: Final = 5.0  # per metre, against arms in metres a radian: 1 mm counts as 5
_STEP_DEG: Final = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """A polynomial of angles scaled to [-1, 1] over the table's range.

    Attributes
    ----------
    spans : which angles, in the order of the exponents
    coefficients : in the order of `exponents`, metres
    length_rms_m, arm_rms_m, arm_worst_m : errors against the model, in the sane range only
    """

    spans: tuple[str, ...]
    degree: int
    coefficients: Floats
    length_rms_m: float
    arm_rms_m: float
    arm_worst_m: float


def exponents(variables: int, degree: int) -> Ints:
    """Return the exponents of all monomials up to a total degree, (terms, variables)."""
    grid = np.indices((degree + 1,) * variables).reshape(variables, -1).T
    return np.asarray(grid[grid.sum(axis=1) <= degree])


def monomials(scaled: Floats, powers: Ints) -> Floats:
    """Return the monomials at points (N, V) in [-1, 1], (N, terms)."""
    return np.asarray(np.prod(scaled[:, None, :] ** powers[None], axis=-1), dtype=np.float64)


def slope_of(scaled: Floats, powers: Ints, variable: int, half_rad: float) -> Floats:
    """Return the slopes of the monomials by one angle in radians, (N, terms)."""
    lower = powers.copy()
    lower[:, variable] = np.maximum(lower[:, variable] - 1, 0)
    return np.asarray(monomials(scaled, lower) * powers[:, variable] / half_rad)


def held(
    angles_rad: Floats, length_m: Floats, slope_m: Floats, *, column: int, limits_deg: Floats
) -> tuple[Floats, Floats, Floats]:
    """Return samples in which the arms stay what they are at the end of the sane range.

    Samples beyond `limits_deg[0]` (the sane limit) are dropped; from there to `limits_deg[1]`
    (the table's end) copies of the last sane samples are added, their length grown by the arm.

    Parameters
    ----------
    angles_rad : (N, V); length_m : (N,); slope_m : (N, S), whose first V columns are by the angles
    """
    sane, end = np.radians(limits_deg)
    keep = angles_rad[:, column] <= sane + 1e-6
    angles_rad, length_m, slope_m = angles_rad[keep], length_m[keep], slope_m[keep]
    last = np.isclose(angles_rad[:, column], angles_rad[:, column].max())
    parts = [(angles_rad, length_m, slope_m)]
    start = float(angles_rad[:, column].max())
    for angle in np.arange(start + np.radians(_STEP_DEG), end + 1e-6, np.radians(_STEP_DEG)):
        moved = angles_rad[last].copy()
        moved[:, column] = angle
        longer = length_m[last] + slope_m[last][:, column] * (angle - start)
        parts.append((moved, longer, slope_m[last]))
    return (
        np.concatenate([part[0] for part in parts]),
        np.concatenate([part[1] for part in parts]),
        np.concatenate([part[2] for part in parts]),
    )


def fit_path(
    spans: tuple[str, ...], samples: tuple[Floats, Floats, Floats], sane: int, degree: int
) -> Fit:
    """Return the polynomial whose values and slopes fit a path's lengths and arms best.

    Parameters
    ----------
    samples : angles_rad (N, V), length_m (N,), slope_m (N, V)
    sane : how many samples, from the first, are the model's own (the others are held)
    """
    angles, length, slope = samples
    scaled, half = _scaled(spans, angles)
    powers = exponents(len(spans), degree)
    rows = [monomials(scaled, powers) * _LENGTH_WEIGHT]
    rows += [slope_of(scaled, powers, v, half[v]) for v in range(len(spans))]
    target = np.concatenate([length * _LENGTH_WEIGHT, *slope.T])
    matrix = np.concatenate(rows)
    coefficients = np.asarray(np.linalg.lstsq(matrix, target, rcond=None)[0], dtype=np.float64)
    miss = (matrix @ coefficients - target).reshape(len(spans) + 1, -1)[:, :sane]
    return Fit(
        spans=spans,
        degree=degree,
        coefficients=coefficients,
        length_rms_m=float(np.sqrt(np.mean((miss[0] / _LENGTH_WEIGHT) ** 2))),
        arm_rms_m=float(np.sqrt(np.mean(miss[1:] ** 2))),
        arm_worst_m=float(np.abs(miss[1:]).max()),
    )


def fit_curve(
    spans: tuple[str, ...], angles_rad: Floats, values: Floats, sane: int, degree: int
) -> Fit:
    """Return the polynomial that fits values (N,) at angles (N, V) best."""
    scaled, _ = _scaled(spans, angles_rad)
    matrix = monomials(scaled, exponents(len(spans), degree))
    coefficients = np.asarray(np.linalg.lstsq(matrix, values, rcond=None)[0], dtype=np.float64)
    miss = (matrix @ coefficients - values)[:sane]
    return Fit(
        spans=spans,
        degree=degree,
        coefficients=coefficients,
        length_rms_m=0.0,
        arm_rms_m=float(np.sqrt(np.mean(miss**2))),
        arm_worst_m=float(np.abs(miss).max()),
    )


def limits_deg(muscle: str, span: str) -> Floats:
    """Return the sane limit and the table's end of one muscle's angle."""
    model = {"hip": _HIP_LIMIT_DEG, "knee": _KNEE_LIMIT_DEG}.get(span, LEG_RANGE_DEG[span][1])
    sane = SANE_DEG.get(muscle, {}).get(span, model)
    return np.array([sane, LEG_RANGE_DEG[span][1]])


def _scaled(spans: tuple[str, ...], angles_rad: Floats) -> tuple[Floats, Floats]:
    ranges = {**LEG_RANGE_DEG, "lumbar": LUMBAR_RANGE_DEG}
    low, high = np.radians(np.array([ranges[span] for span in spans])).T
    half = (high - low) / 2.0
    return (angles_rad - (low + high) / 2.0) / half, half
