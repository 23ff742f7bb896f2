"""One frozen film: what was seen in it, and what is true."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from primemover.model.level import CameraLevel
from primemover.model.loadtrack import LoadTrack
from primemover.model.pose import PoseTrack
from validation.table.records import Factors

__all__ = ["FrozenFilm"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenFilm:
    """Everything the exam needs of a film, and the truth it is held to.

    Attributes
    ----------
    name : of the case it was made from, e.g. ``"test-0012"``
    seed : of everything drawn for that case
    test : the test it was filmed for, e.g. ``"deadlift"``
    factors : how it was made
    track : with silhouettes, 12 to 20 pictures a second
    level : what the room told of the camera
    load : the plate's path as the load tracker found it in the pictures; None where it needs no
        picture (kettlebell, hands, no load)
    truth : the film's truth record without what only drawing needs
    """

    name: str
    seed: int
    test: str
    factors: Factors
    track: PoseTrack
    level: CameraLevel
    load: LoadTrack | None
    truth: dict[str, Any]
