"""Tangents of the back's outline, and the pelvis, lumbar and thoracic angles between them."""

from __future__ import annotations

from typing import Final

import numpy as np

from primemover.model.arrays import Floats, Mask, frozen
from primemover.model.cleaned import CleanPose
from primemover.model.outline import BackAngles, DorsalLine, Readability, Tangents, ZeroPosture
from primemover.outline.axis import trunk_axis
from primemover.outline.correction import IDENTITY, Correction
from primemover.outline.tangent import Lean, along_axis, on_the_pelvis
from primemover.outline.zones import SACRAL, THORACOLUMBAR, UPPER_THORACIC, Zone
from primemover.signal.gaps import bridged
from primemover.signal.smooth import smooth

__all__ = ["back_angles", "tangents"]

# Full width of the local parabola over time for the trunk's inclination: a quarter of a second
# holds the turn at the bottom of a 1 s lift to a degree.
_WINDOW_S: Final = 0.3
# And for the back's shape against the trunk, which changes more slowly than the trunk turns: the
# landmarks wander by several degrees' worth within half a second, the spine does not.
_SHAPE_WINDOW_S: Final = 0.6
# Neighbouring rays see the same silhouette pixels: one independent sample a pixel. The edge of a
# pixel is known to about this share of it even where the smooth line fits perfectly.
_EDGE_SHARE: Final = 0.15


def tangents(line: DorsalLine, pose: CleanPose) -> Tangents:
    """Return the tangents of every readable frame, smoothed over time.

    Steps: least-squares direction of the outline in each zone, the sacral zone turning with the
    pelvis, the others lying along the trunk; smoothed over time as a shape; added to the trunk's
    own inclination, which is smoothed less. The upper thoracic tangent is missing where a hood,
    hair or an arm spoils only the upper back.
    """
    inclination = np.unwrap(bridged(trunk_axis(pose).inclination_rad))
    lower = np.array([reason is Readability.READ for reason in line.reason], dtype=bool)
    upper_reason = line.upper_reason or line.reason
    upper = lower & np.array([reason is Readability.READ for reason in upper_reason], dtype=bool)
    sacral = _tangent(line, inclination, on_the_pelvis(line, SACRAL), SACRAL, lower)
    middle = _tangent(line, inclination, along_axis(line, THORACOLUMBAR), THORACOLUMBAR, lower)
    top = _tangent(line, inclination, along_axis(line, UPPER_THORACIC), UPPER_THORACIC, upper)
    return Tangents(
        sacral_rad=sacral[0],
        sacral_se_rad=sacral[1],
        thoracolumbar_rad=middle[0],
        thoracolumbar_se_rad=middle[1],
        upper_thoracic_rad=top[0],
        upper_thoracic_se_rad=top[1],
    )


def back_angles(
    line: DorsalLine,
    pose: CleanPose,
    zero: ZeroPosture | None,
    *,
    correction: Correction = IDENTITY,
) -> BackAngles:
    """Return pelvis, lumbar and thoracic angles through the film.

    Parameters
    ----------
    line, pose
        Of the same film.
    zero
        The person's own standing posture; None, or one without an outline, leaves the outline's own
        tangents, which depend on body and clothes: fit for changes within the film, not for "so
        much flexion".
    correction
        What turns tangents into angles of the skeleton, with its own error.

    Returns
    -------
    Angles with standard errors made of the frame's noise, what the landmarks' error does to it, the
    zero's noise and the systematic error that `correction` states. All but the first do not
    shrink by averaging over frames.
    """
    read = tangents(line, pose)
    standing = (
        (zero.pelvis_rad, zero.thoracolumbar_rad, zero.upper_thoracic_rad)
        if zero is not None and zero.has_outline
        else (0.0, 0.0, 0.0)
    )
    zero_se = zero.se_rad if zero is not None and zero.has_outline else 0.0
    sacral = read.sacral_rad - standing[0]
    middle = read.thoracolumbar_rad - standing[1]
    top = read.upper_thoracic_rad - standing[2]

    def error(systematic_rad: float, *parts: Floats) -> Floats:
        total = sum((part**2 + zero_se**2 for part in parts), systematic_rad**2)
        return frozen(np.sqrt(total))

    return BackAngles(
        time_s=line.time_s,
        pelvis_rad=frozen(correction.corrected(sacral, gain=correction.pelvis_gain)),
        pelvis_se_rad=error(correction.pelvis_se_rad, read.sacral_se_rad),
        lumbar_rad=frozen(correction.corrected(middle - sacral, gain=correction.lumbar_gain)),
        lumbar_se_rad=error(
            correction.lumbar_se_rad, read.sacral_se_rad, read.thoracolumbar_se_rad
        ),
        thoracic_rad=frozen(correction.corrected(top - middle, gain=correction.thoracic_gain)),
        thoracic_se_rad=error(
            correction.thoracic_se_rad, read.thoracolumbar_se_rad, read.upper_thoracic_se_rad
        ),
        readable=frozen(np.isfinite(sacral) & np.isfinite(middle), dtype=np.bool_),
        reason=line.reason,
        zero=zero,
        read=read,
    )


def _tangent(
    line: DorsalLine, inclination_rad: Floats, lean: Lean, zone: Zone, readable: Mask
) -> tuple[Floats, Floats]:
    """Return one zone's forward turn over time, smoothed, and its standard error."""
    seen = readable & np.isfinite(lean.value_rad)
    shape = smooth(
        line.time_s, np.where(seen, lean.value_rad, np.nan), window_s=_SHAPE_WINDOW_S, order=2
    )
    trunk = smooth(line.time_s, inclination_rad, window_s=_WINDOW_S)
    noise = np.hypot(line.residual, _EDGE_SHARE * line.pixel)
    width = zone.high - zone.low
    samples = np.maximum(width / line.pixel, 2.0)
    # Standard error of a least-squares slope over evenly spread points.
    slope_se = noise / (width * np.sqrt(samples / 12.0))
    # The line running away from the axis (lean +) is the back leaning backwards.
    return trunk - shape, np.where(seen, np.hypot(slope_se, lean.se_rad), np.nan)
