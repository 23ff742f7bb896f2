"""Check that one whole body is in the picture and was followed."""

from __future__ import annotations

import numpy as np

from primemover.errors import QualityError
from primemover.exam.edges import cut_share
from primemover.model.arrays import Mask
from primemover.model.check import Check, CheckStatus
from primemover.model.cleaned import CleanPose
from primemover.model.pose import Landmark

__all__ = [
    "check_framing",
    "check_people",
    "check_tracking",
    "outside_shares",
    "refuse_half_a_body",
]

# Engineering defaults: shares of the followed frames.
_REFUSE_SHARE = 0.30
_WARN_SHARE = 0.05
_FOUND_REFUSE = 0.50
_FOUND_WARN = 0.95
_MARGIN = 0.005  # of the picture: landmarks this close to its edge are at it

_FEET = (Landmark.LEFT_HEEL, Landmark.RIGHT_HEEL, Landmark.LEFT_ANKLE, Landmark.RIGHT_ANKLE)
_HEAD = (Landmark.NOSE, Landmark.LEFT_EAR, Landmark.RIGHT_EAR)
_TRUNK = (
    Landmark.LEFT_SHOULDER,
    Landmark.RIGHT_SHOULDER,
    Landmark.LEFT_HIP,
    Landmark.RIGHT_HIP,
)


def check_framing(outside: dict[str, float]) -> Check:
    """Return whether feet, trunk and head are inside the picture; see `refuse_half_a_body`."""
    cut = [part for part, share in outside.items() if share > _WARN_SHARE]
    if not cut:
        return Check(
            id="whole_body", status=CheckStatus.PASSED, detail="The whole body is in the picture."
        )
    worst = max(outside.values()) > _REFUSE_SHARE
    return Check(
        id="whole_body",
        status=CheckStatus.FAILED if worst else CheckStatus.WARNING,
        detail=f"The picture's edge cuts the {' and the '.join(cut)} at times; step back.",
    )


def refuse_half_a_body(outside: dict[str, float]) -> None:
    """Stop when the picture does not hold the person; `outside` is from `outside_shares`.

    Raises
    ------
    QualityError
        If the feet, the trunk or the head are outside in more than 30 % of the frames: nothing
        that is measured from them would be the person's.
    """
    for part, share in outside.items():
        if share > _REFUSE_SHARE:
            raise QualityError(
                f"The {part} {'are' if part == 'feet' else 'is'} outside the picture in "
                f"{share:.0%} of the film; step back until the whole body is in view, "
                "from the feet to above the head.",
                reason=f"{part}_outside",
            )


def outside_shares(pose: CleanPose) -> dict[str, float]:
    """Return the share of frames in which feet, trunk and head are outside the picture."""
    return {
        "feet": max(_outside_share(pose, _FEET), cut_share(pose.raw, top=False)),
        "trunk": _outside_share(pose, _TRUNK),
        "head": max(_outside_share(pose, _HEAD), cut_share(pose.raw, top=True)),
    }


def check_tracking(pose: CleanPose) -> Check:
    """Return whether the person was followed through the film.

    Raises
    ------
    QualityError
        If the person was lost in more than half of the frames.
    """
    share = float(pose.raw.found.mean())
    if share < _FOUND_REFUSE:
        raise QualityError(
            f"The person could be followed in only {share:.0%} of the film; film one person, "
            "whole body, in good light, with a steady camera.",
            reason="person_lost",
        )
    status = CheckStatus.PASSED if share >= _FOUND_WARN else CheckStatus.WARNING
    return Check(
        id="tracking", status=status, detail=f"The person was followed in {share:.0%} of the film."
    )


def check_people(pose: CleanPose) -> Check:
    """Return whether other people were in the picture."""
    others = pose.raw.other_people
    most = float(np.nanmax(others)) if np.isfinite(others).any() else 0.0
    if most < 1.0:
        return Check(id="one_person", status=CheckStatus.PASSED, detail="One person is in view.")
    return Check(
        id="one_person",
        status=CheckStatus.WARNING,
        detail="Other people are in view; the person who is largest and moves most was followed. "
        "Look at the pictures below: is it the right person?",
    )


def _outside_share(pose: CleanPose, landmarks: tuple[Landmark, ...]) -> float:
    """Return the share of followed frames in which most of these landmarks are outside."""
    track = pose.raw
    x = track.xy_px[:, list(landmarks), 0] / track.width_px
    y = track.xy_px[:, list(landmarks), 1] / track.height_px
    out: Mask = (x < _MARGIN) | (x > 1 - _MARGIN) | (y < _MARGIN) | (y > 1 - _MARGIN)
    most = out[track.found].mean(axis=1) >= 0.5  # noqa: PLR2004 - half of them or more
    return float(most.mean()) if most.size else 1.0
