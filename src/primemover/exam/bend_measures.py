"""What is measured of one forward bend."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from primemover.events.bends import Bend
from primemover.exam.bend_fingers import Ruler, fingertip_to_floor
from primemover.exam.bend_shares import lumbar_share, third_shares
from primemover.model.cleaned import CleanPose
from primemover.model.measure import Measure, Status, not_measured
from primemover.model.outline import BackAngles, Readability
from primemover.model.repetition import Repetition
from primemover.model.series import Series

__all__ = [
    "BEND_MEASURES",
    "KNEE_FAIL_RAD",
    "KNEE_WARN_RAD",
    "BendCurves",
    "measure_bend",
    "readable_share",
]

BEND_MEASURES: Final[dict[str, str]] = {
    "fingertip_to_floor": "m",
    "bend_pelvis_rotation": "rad",
    "bend_lumbar_excursion": "rad",
    "bend_thoracic_excursion": "rad",
    "bend_hip_flexion": "rad",
    "bend_knee_flexion": "rad",
    "bend_lumbar_share": "1",
    "bend_lumbar_share_early": "1",
    "bend_lumbar_share_middle": "1",
    "bend_lumbar_share_late": "1",
}
_FROM_SERIES: Final[dict[str, str]] = {
    "bend_pelvis_rotation": "pelvis_inclination",
    "bend_lumbar_excursion": "lumbar_flexion",
    "bend_thoracic_excursion": "thoracic_flexion",
    "bend_hip_flexion": "hip_flexion",
    "bend_knee_flexion": "knee_flexion",
}
# The test wants straight knees. Bent knees let the hamstrings go and the pelvis turn further:
# from 15 deg on the numbers are only estimates of the straight-legged bend, from 30 deg on it is
# another movement. Engineering defaults (the knee is read to about 6 deg).
KNEE_WARN_RAD: Final = float(np.deg2rad(15.0))
KNEE_FAIL_RAD: Final = float(np.deg2rad(30.0))
READABLE_SHARE: Final = 0.6  # of the hold; engineering default

_WHY_UNREADABLE: Final[dict[Readability, str]] = {
    Readability.NO_SILHOUETTE: "no silhouette was kept",
    Readability.ARM: "an arm hides the back",
    Readability.HAIR_OR_HOOD: "hair or a hood hides the back",
    Readability.OTHER_PERSON: "another person hides the back",
    Readability.CROPPED: "the picture's edge cuts the back off",
    Readability.PLATE: "a plate hides the back",
    Readability.VIEW: "the camera stands too far off the side",
    Readability.ROUGH: "clothes or light make the outline too rough",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class BendCurves:
    """What a bend is measured from.

    Attributes
    ----------
    series : the sagittal angles by id, counted from standing
    back : pelvis, lumbar and thoracic angles with their reasons
    ruler : scale and floor, or None
    height_m : the person's height, or None
    """

    pose: CleanPose
    series: dict[str, Series]
    back: BackAngles
    ruler: Ruler | None
    height_m: float | None


def measure_bend(curves: BendCurves, bend: Bend) -> Repetition:
    """Return one bend with its measures, all of the posture held at the bottom.

    A value is the median over the hold, its error the median of the curve's standard errors: they
    are systematic within a repetition and do not shrink by averaging frames.
    """
    time_s = curves.pose.raw.time_s
    hold = slice(bend.hold_start, bend.hold_end)
    measures = {
        measure_id: _at_hold(curves, series_id, measure_id, hold)
        for measure_id, series_id in _FROM_SERIES.items()
    }
    lumbar, pelvis = measures["bend_lumbar_excursion"], measures["bend_pelvis_rotation"]
    measures["fingertip_to_floor"] = fingertip_to_floor(
        curves.pose, curves.ruler, hold, height_m=curves.height_m
    )
    measures["bend_lumbar_share"] = lumbar_share(lumbar, pelvis, "bend_lumbar_share")
    measures |= third_shares(curves.series, bend, lumbar=lumbar, pelvis=pelvis)
    knee = measures["bend_knee_flexion"]
    ordered = {measure_id: measures[measure_id] for measure_id in BEND_MEASURES}
    last = time_s.size - 1
    return Repetition(
        start_s=float(time_s[bend.start]),
        bottom_s=float(time_s[bend.deepest]),
        lift_off_s=float(time_s[bend.start]),
        knee_pass_s=float("nan"),
        lockout_s=float(time_s[min(bend.hold_end, last)]),
        end_s=float(time_s[min(bend.end, last)]),
        measures={name: _given_knees(one, knee) for name, one in ordered.items()},
    )


def readable_share(back: BackAngles, bend: Bend) -> float:
    """Return the share of the hold in which the back's outline could be read."""
    return float(back.readable[bend.hold_start : bend.hold_end].mean())


def _at_hold(curves: BendCurves, series_id: str, measure_id: str, hold: slice) -> Measure:
    series = curves.series[series_id]
    needs_back = series_id != "knee_flexion"
    if needs_back and curves.back.zero is None:
        why = "No upright standing was found to count from; stand still for 2 s first."
        return not_measured(measure_id, why)
    values, errors = series.value[hold], series.se[hold]
    known = np.isfinite(values) & np.isfinite(errors)
    if known.mean() < READABLE_SHARE:
        return not_measured(measure_id, _why_missing(curves.back, series_id, hold))
    return Measure(
        id=measure_id,
        value=float(np.median(values[known])),
        se=float(np.median(errors[known])),
        unit="rad",
    )


def _why_missing(back: BackAngles, series_id: str, hold: slice) -> str:
    spoilt = Counter(reason for reason in back.reason[hold] if reason is not Readability.READ)
    if series_id == "knee_flexion":
        return "The knees could not be seen at the bottom."
    if spoilt:
        reason = spoilt.most_common(1)[0][0]
        return f"The back's outline could not be read at the bottom: {_WHY_UNREADABLE[reason]}."
    if series_id == "hip_flexion":
        return "The knees could not be seen at the bottom."
    return "The upper back's outline could not be read at the bottom."


def _given_knees(measure: Measure, knee: Measure) -> Measure:
    """Return the measure as far as the knees let it stand."""
    if measure.id == "bend_knee_flexion" or not measure.is_known or not knee.is_known:
        return measure
    bent = f"The knees were bent by {np.rad2deg(knee.value):.0f} deg"
    if knee.value >= KNEE_FAIL_RAD:
        why = f"{bent}; repeat with straight knees."
        return not_measured(measure.id, why, unit=measure.unit)
    if knee.value >= KNEE_WARN_RAD:
        why = f"{bent}, which lets the pelvis turn further than straight ones."
        return replace(measure, status=Status.ESTIMATED, why=why)
    return measure
