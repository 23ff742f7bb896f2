"""The errors of a test's measures, scaled to what they were on people left out of the fits."""

from __future__ import annotations

from dataclasses import replace

from primemover.calibration.model import shipped
from primemover.model.measure import Measure

__all__ = ["calibrated_errors"]


def calibrated_errors(measures: dict[str, Measure], fit: str) -> dict[str, Measure]:
    """Return measures whose 90 % intervals held nine of ten on people left out of a fit.

    A measure's error follows from its curves' errors and from how repetitions differ; what one adds
    to the other is known only afterwards. The factor of each measure lies beside the fit
    (``fits.toml``); a name there stands for itself and for all that continue it after an
    underscore (``hip_rotation`` for ``hip_rotation_active_left``). Others are handed through.

    Parameters
    ----------
    measures
        Of a test whose curves that fit corrected.
    fit
        ``"side"`` or ``"front"``.
    """
    factors: dict[str, float] = shipped().get(fit, {}).get("measures", {})
    return {name: _scaled(one, _factor(factors, name)) for name, one in measures.items()}


def _factor(factors: dict[str, float], measure_id: str) -> float:
    found = [name for name in factors if f"{measure_id}_".startswith(f"{name}_")]
    return factors[max(found, key=len)] if found else 1.0


def _scaled(measure: Measure, factor: float) -> Measure:
    if not measure.is_known or factor == 1.0:
        return measure
    return replace(measure, se=measure.se * factor)
