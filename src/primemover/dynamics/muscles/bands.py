"""Ranges over the ensemble: per frame of the film, and per phase of the lift. Never one answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from primemover.dynamics.muscles.sharing import MuscleSharing
from primemover.model.arrays import Floats, Ints, Mask, frozen

__all__ = [
    "Band",
    "FrameBands",
    "PhaseBands",
    "Window",
    "band",
    "frame_bands",
    "frames_in",
    "interpolated",
    "phase_bands",
]

Window = tuple[float, float]
"""Half-open [start, end) in seconds of the film's clock."""

_QUANTILES: Final = (0.0, 0.05, 0.5, 0.95, 1.0)
# Between solved frames further apart than this nothing is said. Engineering default: a gap that
# long in the film hides a tenth of a repetition.
_LONGEST_GAP_S: Final = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A range over all formulations and draws, each an array (...).

    `low` and `high` are the least and the largest value of all, `low90` and `high90` hold 90 % of
    them, every formulation counting alike; `middle` is the median.
    """

    low: Floats
    low90: Floats
    middle: Floats
    high90: Floats
    high: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameBands:
    """Ranges on the film's clock; NaN before, after and in long gaps of the solved frames.

    Attributes
    ----------
    groups : G names
    force_n, force_share, effort : Bands of (G, T); both sides together, share of all modelled
        muscles' force, force over what the group could give
    compression_n, shear_n : Bands of (T,), shear only an indication
    """

    groups: tuple[str, ...]
    force_n: Band
    force_share: Band
    effort: Band
    compression_n: Band
    shear_n: Band


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseBands:
    """Ranges in one phase.

    Attributes
    ----------
    groups : G names
    force_n, force_share : Bands of (G,), mean force, and its share of all modelled muscles' mean
    hip_extension_share : Band of (G,), share of the mean extending moment at the hip
    effort_peak : Band of (G,)
    compression_peak_n, shear_peak_n : Bands of ()
    """

    groups: tuple[str, ...]
    force_n: Band
    force_share: Band
    hip_extension_share: Band
    effort_peak: Band
    compression_peak_n: Band
    shear_peak_n: Band


def band(values: Floats) -> Band:
    """Return the range over the first two axes (formulations, draws) of (E, D, ...)."""
    flat = values.reshape(-1, *values.shape[2:])
    low, low90, middle, high90, high = np.quantile(flat, _QUANTILES, axis=0)
    return Band(
        low=frozen(low),
        low90=frozen(low90),
        middle=frozen(middle),
        high90=frozen(high90),
        high=frozen(high),
    )


def frame_bands(sharing: MuscleSharing, time_s: Floats) -> FrameBands:
    """Return ranges at every frame, interpolated between the solved ones.

    Parameters
    ----------
    time_s : (T,) array, the film's clock
    """
    told = _told(sharing.time_s, time_s)

    def spread(values: Floats) -> Band:
        found = band(values)
        curves = {
            name: interpolated(sharing.time_s, getattr(found, name), time_s)
            for name in Band.__slots__
        }
        return Band(**{name: frozen(np.where(told, c, np.nan)) for name, c in curves.items()})

    return FrameBands(
        groups=sharing.groups,
        force_n=spread(sharing.force_n),
        force_share=spread(sharing.force_share()),
        effort=spread(sharing.effort),
        compression_n=spread(sharing.compression_n),
        shear_n=spread(sharing.shear_n),
    )


def phase_bands(sharing: MuscleSharing, phases: Mapping[str, Window]) -> dict[str, PhaseBands]:
    """Return the ranges of each phase; a phase with no solved frame in it is left out."""
    found = {}
    for name, window in phases.items():
        inside = frames_in(sharing.time_s, window)
        if inside.size:
            found[name] = _phase(sharing, inside)
    return found


def frames_in(time_s: Floats, window: Window) -> Ints:
    """Return the solved frames in [start, end); the nearest one if the window falls between two.

    None if the window lies outside the solved frames altogether.
    """
    start, end = window
    inside = np.flatnonzero((time_s >= start) & (time_s < end))
    if inside.size or not (time_s[0] <= start and end <= time_s[-1] and start < end):
        return inside
    return np.array([np.argmin(np.abs(time_s - 0.5 * (start + end)))], dtype=np.int64)


def _phase(sharing: MuscleSharing, inside: Ints) -> PhaseBands:
    force = sharing.force_n[..., inside].mean(axis=-1)
    extending = np.maximum(sharing.hip_moment_nm[..., inside], 0.0).mean(axis=-1)
    return PhaseBands(
        groups=sharing.groups,
        force_n=band(force),
        force_share=band(_share(force)),
        hip_extension_share=band(_share(extending)),
        effort_peak=band(sharing.effort[..., inside].max(axis=-1)),
        compression_peak_n=band(sharing.compression_n[..., inside].max(axis=-1)),
        shear_peak_n=band(sharing.shear_n[..., inside].max(axis=-1)),
    )


def _share(values: Floats) -> Floats:
    total = values.sum(axis=2, keepdims=True)
    share: Floats = np.divide(values, total, out=np.zeros_like(values), where=total > 0.0)
    return share


def interpolated(from_s: Floats, values: Floats, to_s: Floats) -> Floats:
    """Interpolate (..., F) at `from_s` (F,) linearly to (..., T) at `to_s` (T,).

    Beyond the ends the line through the last two frames goes on.
    """
    after = np.searchsorted(from_s, to_s, side="left").clip(1, from_s.size - 1)
    weight = (to_s - from_s[after - 1]) / (from_s[after] - from_s[after - 1])
    found: Floats = values[..., after - 1] * (1.0 - weight) + values[..., after] * weight
    return found


def _told(from_s: Floats, to_s: Floats) -> Mask:
    """Return where something can be said, (T,): between solved frames that are not far apart."""
    after = np.searchsorted(from_s, to_s, side="left").clip(1, from_s.size - 1)
    near = from_s[after] - from_s[after - 1] <= _LONGEST_GAP_S
    told: Mask = near & (to_s >= from_s[0]) & (to_s <= from_s[-1])
    return told
