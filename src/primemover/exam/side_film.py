"""What every film from the side begins with: one whole person, and where the camera stood."""

from __future__ import annotations

from dataclasses import dataclass

from primemover.exam.camera_level import level_check
from primemover.exam.framing import (
    check_framing,
    check_people,
    check_tracking,
    outside_shares,
    refuse_half_a_body,
)
from primemover.model.check import Check
from primemover.model.cleaned import CleanPose
from primemover.model.level import CameraLevel
from primemover.model.pose import PoseTrack
from primemover.model.view import View
from primemover.pose.clean import clean
from primemover.pose.view import side_view

__all__ = ["SideFilm", "side_film"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SideFilm:
    """A cleaned person, the view, and the checks every side test shares."""

    pose: CleanPose
    view: View
    checks: tuple[Check, ...]

    @property
    def shows_a_side(self) -> bool:
        """Whether anything can be read in the sagittal plane, accepted or not."""
        return self.pose.forward != 0


def side_film(track: PoseTrack, level: CameraLevel) -> SideFilm:
    """Return the person of a film that should be from the side.

    Parameters
    ----------
    track
        The person's landmarks.
    level
        What the room says of the camera's tilt.

    A wrong view is named before a cut body is refused: it is what to mend first.

    Raises
    ------
    QualityError
        If nobody, or only half a person, can be followed.
    """
    pose = clean(track)
    outside = outside_shares(pose)
    view = side_view(pose, level)
    checks = (
        check_tracking(pose),
        check_framing(outside),
        check_people(pose),
        level_check(view),
    )
    if view.accepted:
        refuse_half_a_body(outside)
    return SideFilm(pose=pose, view=view, checks=checks)
