"""How much of a bend comes from the low back, over the whole bend and in its thirds."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from primemover.events.bends import Bend
from primemover.model.measure import Measure, not_measured
from primemover.model.series import Series
from primemover.signal.smooth import noise_sd

__all__ = ["lumbar_share", "third_shares"]

# Thirds of the trunk's forward lean, as Esola 1996 cut the bend; the names are the measures'.
_THIRDS: Final[tuple[tuple[str, float, float], ...]] = (
    ("early", 0.0, 30.0),
    ("middle", 30.0, 60.0),
    ("late", 60.0, 90.0),
)
_LEAST_SPAN_RAD: Final = float(np.deg2rad(15.0))  # of a third that must have been bent through
_LEAST_TURN_RAD: Final = float(np.deg2rad(8.0))  # a share of less than this is noise
_FULL_TURN: Final = 2.0  # a share this unsure is no number


def lumbar_share(lumbar: Measure, pelvis: Measure, measure_id: str) -> Measure:
    """Return lumbar / (lumbar + pelvis) with its error.

    Both angles share the sacral tangent, with opposite signs: lumbar flexion is the thoracolumbar
    minus the sacral tangent, pelvis rotation is the sacral one. So their errors' covariance is
    minus the pelvis's variance, which makes the share less sure than independent errors would.
    """
    if not (lumbar.is_known and pelvis.is_known):
        return not_measured(measure_id, lumbar.why or pelvis.why, unit="1")
    total = lumbar.value + pelvis.value
    if total < _LEAST_TURN_RAD:
        return not_measured(
            measure_id, "Pelvis and low back together turned too little for a share.", unit="1"
        )
    share = lumbar.value / total
    covariance = -(min(pelvis.se, lumbar.se) ** 2)
    variance = (
        (1.0 - share) ** 2 * lumbar.se**2
        + share**2 * pelvis.se**2
        - 2.0 * share * (1.0 - share) * covariance
    )
    se = math.sqrt(variance) / total
    if se > _FULL_TURN:
        return not_measured(measure_id, "The share is too unsure to be a number.", unit="1")
    return Measure(id=measure_id, value=share, se=se, unit="1")


def third_shares(
    series: dict[str, Series], bend: Bend, *, lumbar: Measure, pelvis: Measure
) -> dict[str, Measure]:
    """Return the share on the way down within 0-30, 30-60 and 60-90 deg of trunk lean.

    Within a third, the systematic errors of both angles are taken to grow in step with the bend
    (a gain, as the outline's under-reading is), so a third carries its part of the whole bend's
    error, plus the curves' noise at its two ends.

    Parameters
    ----------
    series
        ``trunk_inclination, lumbar_flexion, pelvis_inclination`` of the film.
    bend
        Its way down is [start, hold_end).
    lumbar, pelvis
        The whole bend's excursions of the same repetition.
    """
    found: dict[str, Measure] = {}
    for name, low_deg, high_deg in _THIRDS:
        measure_id = f"bend_lumbar_share_{name}"
        if not (lumbar.is_known and pelvis.is_known):
            found[measure_id] = not_measured(measure_id, lumbar.why or pelvis.why, unit="1")
            continue
        instants = _instants(series["trunk_inclination"], bend, np.deg2rad((low_deg, high_deg)))
        if instants is None:
            why = f"The way down through {low_deg:.0f}-{high_deg:.0f} deg of lean was not seen."
            found[measure_id] = not_measured(measure_id, why, unit="1")
            continue
        whole = max(lumbar.value + pelvis.value, _LEAST_TURN_RAD)
        low_back, sacrum = (
            _part(series[curve], instants, of=measure, whole_rad=whole, turned=series)
            for curve, measure in (("lumbar_flexion", lumbar), ("pelvis_inclination", pelvis))
        )
        found[measure_id] = lumbar_share(low_back, sacrum, measure_id)
    return found


def _instants(trunk: Series, bend: Bend, limits_rad: np.ndarray) -> tuple[int, int] | None:
    """Return the frames at which the lean passes two limits on the way down, or None."""
    if not bend.from_upright:
        return None
    down = trunk.value[bend.start : bend.hold_end]
    below, above = (np.flatnonzero(down >= limit) for limit in limits_rad)
    first = 0 if limits_rad[0] <= 0.0 else int(below[0]) if below.size else None
    if first is None:
        return None
    last = int(above[0]) if above.size else int(np.nanargmax(down))
    if last <= first or down[last] - max(down[first], limits_rad[0]) < _LEAST_SPAN_RAD:
        return None
    return bend.start + first, bend.start + last


def _part(
    curve: Series,
    instants: tuple[int, int],
    *,
    of: Measure,
    whole_rad: float,
    turned: dict[str, Series],
) -> Measure:
    """Return how far one angle turned between two instants, with its part of the error."""
    first, last = instants
    change = float(curve.value[last] - curve.value[first])
    if not math.isfinite(change):
        return not_measured(of.id, "The back could not be read on the way down.")
    both = sum(
        abs(float(turned[name].value[last] - turned[name].value[first]))
        for name in ("lumbar_flexion", "pelvis_inclination")
    )
    noise = noise_sd(curve.time_s, curve.value)
    se = math.hypot(of.se * min(both / whole_rad, 1.0), math.sqrt(2.0) * noise)
    return Measure(id=of.id, value=change, se=se, unit="rad")
