"""The fitted correction in the exam of a side film."""

from __future__ import annotations

from dataclasses import dataclass, replace

from primemover.calibration.caution import unbroken
from primemover.calibration.inputs import standing_sight
from primemover.calibration.model import fit_for
from primemover.calibration.side import calibrated_side
from primemover.calibration.sight import Sight, side_sight
from primemover.model.arrays import Floats
from primemover.model.cleaned import CleanPose
from primemover.model.loadtrack import LoadTrack
from primemover.model.outline import BackAngles, DorsalLine, ZeroPosture
from primemover.model.series import Series
from primemover.model.view import View

__all__ = ["Corrected", "corrected_side"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """A side film's curves after the correction, and the standing they count from.

    Attributes
    ----------
    series : all sagittal curves; the plain ones where there is no standing to count from
    zero : with its `sight`, so that another film of the session can count from it
    applied : whether a correction was made at all
    """

    series: dict[str, Series]
    zero: ZeroPosture | None
    applied: bool


def corrected_side(
    plain: dict[str, Series],
    pose: CleanPose,
    line: DorsalLine,
    back: BackAngles,
    *,
    view: View,
    load: LoadTrack | None = None,
) -> Corrected:
    """Return the curves with the shipped correction for side films, without what stands alone.

    A standing of this film is read here; one of another film of the session brings its own sight.
    """
    zero, fit = back.zero, fit_for("side")
    if zero is None or back.read is None or not view.accepted or fit is None:
        return Corrected(series=_trusted(plain), zero=zero, applied=False)
    sight = side_sight(pose, line, back.read, yaw_rad=view.yaw_rad, load=load)
    standing = _standing(sight, zero)
    if standing is None:
        return Corrected(series=_trusted(plain), zero=zero, applied=False)
    return Corrected(
        series=_trusted(calibrated_side(plain, sight, standing, fit)),
        zero=replace(zero, sight=standing),
        applied=True,
    )


def _trusted(series: dict[str, Series]) -> dict[str, Series]:
    return {name: unbroken(curve) for name, curve in series.items()}


def _standing(sight: Sight, zero: ZeroPosture) -> Floats | None:
    if zero.source != "this_clip":
        return zero.sight
    return standing_sight(sight, (zero.start_s, zero.end_s))
