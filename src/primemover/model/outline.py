"""The dorsal outline and the angles of pelvis and spine read from it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from enum import StrEnum

from primemover.model.arrays import Floats, Mask, frozen

__all__ = ["BackAngles", "DorsalLine", "Readability", "Tangents", "ZeroPosture"]


class Readability(StrEnum):
    """Why a frame's back outline can or cannot be read."""

    READ = "read"
    NO_SILHOUETTE = "no_silhouette"
    ARM = "arm_in_the_way"
    HAIR_OR_HOOD = "hair_or_hood"
    OTHER_PERSON = "other_person"
    CROPPED = "cropped"
    PLATE = "plate_in_the_way"
    VIEW = "view_too_oblique"
    ROUGH = "outline_too_rough"


@dataclass(frozen=True, slots=True, kw_only=True)
class DorsalLine:
    """The back's outline, frame by frame, between the mid-hip and the mid-shoulder.

    Attributes
    ----------
    time_s : (T,) array, the whole film's clock
    station : (K,) array, position along hip (0) -> shoulder (1)
    xy_px : (T, K, 2) array, sub-pixel outline points, picture pixels, y DOWN; NaN = not read
    offset : (T, K) array, distance from the hip-shoulder axis, backward +, in axis lengths
    reason : one `Readability` a frame: pelvis and loin, up to mid-back
    upper_reason : the same for the upper back alone (a hood spoils only that); empty = as `reason`
    residual : (T,) array, rms distance of the raw outline from the smoothed one, in axis lengths
    pixel : (T,) array, size of one silhouette pixel, in axis lengths
    """

    time_s: Floats
    station: Floats
    xy_px: Floats
    offset: Floats
    reason: tuple[Readability, ...]
    upper_reason: tuple[Readability, ...] = ()
    residual: Floats = field(default_factory=lambda: frozen([]))
    pixel: Floats = field(default_factory=lambda: frozen([]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Tangents:
    """Forward turn from the picture's vertical of three stretches of the back.

    All (T,) in radians, forward +, NaN = not read; `se` twins hold the outline's noise in one frame
    and how far the landmarks' error moves the answer.
    """

    sacral_rad: Floats
    sacral_se_rad: Floats
    thoracolumbar_rad: Floats
    thoracolumbar_se_rad: Floats
    upper_thoracic_rad: Floats
    upper_thoracic_se_rad: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class ZeroPosture:
    """The person's own bar-free standing posture that angles are counted from.

    Attributes
    ----------
    start_s, end_s : half-open window of the film it was read in
    source : ``"this_clip"`` or ``"forward_bend_clip"``
    pelvis_rad, thoracolumbar_rad, upper_thoracic_rad : the tangents' inclinations when standing;
        NaN where the outline could not be read there
    se_rad : standard error of each tangent there
    sight : (F,) what else the film shows of the standing, see `calibration.sight`; None = not kept
    """

    start_s: float
    end_s: float
    source: str
    pelvis_rad: float
    thoracolumbar_rad: float
    upper_thoracic_rad: float
    se_rad: float
    sight: Floats | None = None

    @property
    def has_outline(self) -> bool:
        """Whether the back's tangents are known in this standing."""
        return math.isfinite(self.pelvis_rad) and math.isfinite(self.thoracolumbar_rad)


@dataclass(frozen=True, slots=True, kw_only=True)
class BackAngles:
    """Pelvis, lumbar and thoracic angles through a film.

    All (T,) arrays in radians, NaN = not measured; `_se` twins are standard errors. Inclinations
    are turned forward from vertical +; flexions are flexion +. If `zero` is None they are the
    outline's own absolute tangents, fit only for changes within the clip.

    Attributes
    ----------
    pelvis_rad : sacral tangent's forward turn (anterior pelvic rotation +)
    lumbar_rad : thoracolumbar tangent minus sacral tangent
    thoracic_rad : upper thoracic tangent minus thoracolumbar tangent
    readable : (T,) bool array
    read : the tangents they were made of, or None if not kept
    """

    time_s: Floats
    pelvis_rad: Floats
    pelvis_se_rad: Floats
    lumbar_rad: Floats
    lumbar_se_rad: Floats
    thoracic_rad: Floats
    thoracic_se_rad: Floats
    readable: Mask
    reason: tuple[Readability, ...]
    zero: ZeroPosture | None
    read: Tangents | None = None

    @property
    def view_refused(self) -> bool:
        """Whether no frame was read because the camera stands too far off the side."""
        return set(self.reason) == {Readability.VIEW}
