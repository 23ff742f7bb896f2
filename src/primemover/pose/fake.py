"""A pose engine without a network, for tests: it plays back people you invent.

`FakeFilm` draws nothing but a small code that says which picture it is; `FakeEngine` reads the code
and answers with the people it was made from. Moving or mirroring a picture moves or mirrors the
code, and with it the answer, as a real engine's answer would.

>>> import numpy as np
>>> from primemover.pose.fake import FakeEngine, FakeFilm, standing_person
>>> film = FakeFilm(time_s=np.arange(30) / 30.0, width_px=320, height_px=240)
>>> engine = FakeEngine([standing_person(x_px=160, foot_y_px=220, height_px=180, frames=30)])
>>> time_s, picture = next(film.frames())
>>> len(engine.detect(picture))
1
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from primemover.model.arrays import Floats, Pixels
from primemover.model.pose import LANDMARK_COUNT, Landmark, PoseFrame
from primemover.model.region import CROP_SIDE, PersonBox, Region, Sighting

__all__ = ["FakeEngine", "FakeFilm", "standing_person"]

_GREY: Final = 96
_FIRST: Final = (255, 1, 254)  # colour of the code's first pixel
_LAST: Final = (254, 255, 1)  # and of its last; the other way round means mirrored
_CODE_WIDTH: Final = 4
_MARGIN: Final = 1.25  # region side over the diameter of the body's circle, as BlazePose
_LIMB_SHARE: Final = 0.05  # half thickness of the drawn body, as a share of the region's side
_REACH: Final = 0.5  # of the side: who is further from the region's centre is not in it
_BODY_HEIGHT_M: Final = 1.75  # world coordinates assume this height
_EDGE_PX: Final = 2.0  # crop pixels over which the silhouette's logit rises by one
_BONES: Final = (
    (Landmark.NOSE, Landmark.LEFT_SHOULDER),
    (Landmark.LEFT_SHOULDER, Landmark.LEFT_HIP),
    (Landmark.RIGHT_SHOULDER, Landmark.RIGHT_HIP),
    (Landmark.LEFT_HIP, Landmark.LEFT_KNEE),
    (Landmark.RIGHT_HIP, Landmark.RIGHT_KNEE),
    (Landmark.LEFT_KNEE, Landmark.LEFT_ANKLE),
    (Landmark.RIGHT_KNEE, Landmark.RIGHT_ANKLE),
    (Landmark.LEFT_SHOULDER, Landmark.LEFT_WRIST),
    (Landmark.RIGHT_SHOULDER, Landmark.RIGHT_WRIST),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FakeFilm:
    """A film of grey pictures, each carrying its own number.

    Attributes
    ----------
    time_s : (N,) presentation times, first one 0, strictly increasing
    """

    time_s: Floats
    width_px: int
    height_px: int

    def frames(self, *, stride: int = 1) -> Iterator[tuple[float, Pixels]]:
        """Yield (time in seconds, picture), every `stride`-th one."""
        for index in range(0, self.time_s.size, stride):
            yield float(self.time_s[index]), self.picture(index)

    def samples(self, wanted_s: Sequence[float]) -> Iterator[tuple[float, Pixels]]:
        """Yield the pictures shown at some increasing times."""
        for time_s in wanted_s:
            index = min(int(np.searchsorted(self.time_s, time_s - 1e-9)), self.time_s.size - 1)
            yield float(self.time_s[index]), self.picture(index)

    def picture(self, index: int) -> Pixels:
        """Return one picture, (H, W, 3) uint8; its code lies in the middle."""
        picture = np.full((self.height_px, self.width_px, 3), _GREY, dtype=np.uint8)
        row, column = self.height_px // 2, self.width_px // 2
        picture[row, column : column + _CODE_WIDTH] = [
            _FIRST,
            (index >> 16 & 255, index >> 8 & 255, index & 255),
            (column >> 8, column & 255, row >> 8),
            _LAST,
        ]
        picture[row + 1, column : column + _CODE_WIDTH] = row & 255
        return picture


class FakeEngine:
    """A pose engine that answers from given landmark paths.

    Parameters
    ----------
    people
        One (N, 33, 2) array per person, landmark paths in picture pixels; NaN = not in the
        picture.
    visibility
        The same for all landmarks, 0-1.
    """

    def __init__(self, people: Sequence[Floats], *, visibility: float = 0.99) -> None:
        self._people = tuple(np.asarray(path, dtype=np.float64) for path in people)
        self._visibility = visibility

    @property
    def name(self) -> str:
        """Name and version."""
        return "fake/1"

    @property
    def weights_sha256(self) -> str:
        """SHA-256 of the landmark paths."""
        digest = hashlib.sha256()
        for path in self._people:
            digest.update(np.ascontiguousarray(path).tobytes())
        return digest.hexdigest()

    def detect(self, picture: Pixels) -> tuple[PersonBox, ...]:
        """Return everybody who is in the picture, in the order given."""
        found = (xy_px for xy_px in self._shown(picture))
        return tuple(PersonBox(region=region_of(xy_px), score=0.9) for xy_px in found)

    def landmarks(self, picture: Pixels, region: Region) -> Sighting:
        """Return the person nearest to the region's centre; presence 0 if nobody is near it."""
        shown = self._shown(picture)
        near = sorted(shown, key=lambda xy_px: region_of(xy_px).distance_px(region))[:1]
        if not near or region_of(near[0]).distance_px(region) > _REACH * region.side_px:
            return Sighting(pose=_nobody(region), next_region=region)
        return Sighting(
            pose=_pose(near[0], region, self._visibility), next_region=region_of(near[0])
        )

    def _shown(self, picture: Pixels) -> list[Floats]:
        code = _read_code(picture)
        if code is None:
            return []
        index, shift, mirror = code
        people = [path[index] for path in self._people if index < len(path)]
        shown = [xy_px for xy_px in people if np.isfinite(xy_px).all()]
        return [_moved(xy_px, shift, mirror=mirror) for xy_px in shown]


def standing_person(*, x_px: float, foot_y_px: float, height_px: float, frames: int) -> Floats:
    """Return the (frames, 33, 2) paths of a person who stands still, seen from the front."""
    # share of the height to the person's left (picture right) of the middle, and above the feet
    half = {
        "nose": (0.0, 0.93),
        "eye": (0.02, 0.95),
        "ear": (0.045, 0.94),
        "mouth": (0.015, 0.90),
        "shoulder": (0.11, 0.82),
        "elbow": (0.14, 0.63),
        "wrist": (0.15, 0.48),
        "pinky": (0.155, 0.44),
        "index": (0.15, 0.43),
        "thumb": (0.14, 0.45),
        "hip": (0.055, 0.52),
        "knee": (0.055, 0.28),
        "ankle": (0.055, 0.04),
        "heel": (0.05, 0.01),
        "foot_index": (0.07, 0.0),
    }
    xy_px = np.empty((LANDMARK_COUNT, 2))
    for landmark in Landmark:
        words = landmark.name.lower()
        side = -1.0 if "right" in words else 1.0
        part = words.replace("left_", "").replace("right_", "").replace("_left", "")
        part = part.replace("_right", "").replace("_inner", "").replace("_outer", "")
        across, up = half[part]
        xy_px[landmark] = (x_px + side * across * height_px, foot_y_px - up * height_px)
    return np.repeat(xy_px[np.newaxis], frames, axis=0)


def region_of(xy_px: Floats) -> Region:
    """Return the region of a person with the given (33, 2) landmarks."""
    hip = xy_px[[Landmark.LEFT_HIP, Landmark.RIGHT_HIP]].mean(axis=0)
    neck = xy_px[[Landmark.LEFT_SHOULDER, Landmark.RIGHT_SHOULDER]].mean(axis=0)
    reach = float(np.linalg.norm(xy_px - hip, axis=1).max())
    up = neck - hip
    return Region(
        x_px=float(hip[0]),
        y_px=float(hip[1]),
        side_px=2.0 * _MARGIN * max(reach, 1.0),
        angle_rad=math.atan2(float(up[0]), -float(up[1])),
    )


def _read_code(picture: Pixels) -> tuple[int, tuple[int, int], bool] | None:
    """Return (picture number, shift of the picture, whether it is mirrored), None if unreadable."""
    first = np.argwhere(cv2.inRange(picture, _FIRST, _FIRST))
    last = np.argwhere(cv2.inRange(picture, _LAST, _LAST))
    if not len(first) or not len(last):
        return None
    (row, column), end = first[0], last[0][1]
    step = 1 if end > column else -1
    cells = picture[row, [column + step, column + 2 * step]].astype(int)
    index = cells[0, 0] << 16 | cells[0, 1] << 8 | cells[0, 2]
    home_column = cells[1, 0] << 8 | cells[1, 1]
    home_row = cells[1, 2] << 8 | int(picture[row + 1, column, 0])
    mirror = step < 0
    # mirrored about the line x = 0 first, then shifted; pixel i becomes pixel -i
    shift = (
        int(column + home_column) if mirror else int(column - home_column),
        int(row - home_row),
    )
    return int(index), shift, mirror


def _moved(xy_px: Floats, shift: tuple[int, int], *, mirror: bool) -> Floats:
    """Return landmarks in a moved picture; in a mirrored one left and right change places."""
    if not mirror:
        return xy_px + shift
    swapped = xy_px[_MIRRORED].copy()
    swapped[:, 0] *= -1.0
    return swapped + shift


def _pose(xy_px: Floats, region: Region, visibility: float) -> PoseFrame:
    own = region_of(xy_px)
    metres = _BODY_HEIGHT_M / (own.side_px / _MARGIN)
    world = np.zeros((LANDMARK_COUNT, 3))
    world[:, :2] = (xy_px - (own.x_px, own.y_px)) * metres
    return PoseFrame(
        xy_px=xy_px.copy(),
        depth_px=np.zeros(LANDMARK_COUNT),
        visibility=np.full(LANDMARK_COUNT, visibility),
        presence=0.99,
        world_m=world,
        silhouette_logits=_silhouette(xy_px, region),
        crop_to_frame=region.crop_to_frame(),
    )


def _nobody(region: Region) -> PoseFrame:
    return PoseFrame(
        xy_px=np.tile((region.x_px, region.y_px), (LANDMARK_COUNT, 1)),
        depth_px=np.zeros(LANDMARK_COUNT),
        visibility=np.zeros(LANDMARK_COUNT),
        presence=0.0,
        world_m=np.zeros((LANDMARK_COUNT, 3)),
        silhouette_logits=np.full((CROP_SIDE, CROP_SIDE), -8.0, dtype=np.float32),
        crop_to_frame=region.crop_to_frame(),
    )


def _silhouette(xy_px: Floats, region: Region) -> NDArray[np.float32]:
    """Return logits of a body of thick lines between the landmarks, (256, 256)."""
    matrix = region.crop_to_frame()
    crop_xy = (xy_px - matrix[:, 2]) @ np.linalg.inv(matrix[:, :2]).T
    thickness = 2.0 * _LIMB_SHARE * region_of(xy_px).side_px * CROP_SIDE / region.side_px
    body = np.zeros((CROP_SIDE, CROP_SIDE), dtype=np.uint8)
    for start, end in _BONES:
        ends = [tuple(int(value) for value in np.rint(crop_xy[at])) for at in (start, end)]
        cv2.line(body, ends[0], ends[1], 1, max(1, round(thickness)))
    inside = cv2.distanceTransform(body, cv2.DIST_L2, 5)
    outside = cv2.distanceTransform(1 - body, cv2.DIST_L2, 5)
    logits = np.clip((inside - outside) / _EDGE_PX, -8.0, 8.0)
    return np.asarray(logits, dtype=np.float32)


def _twin(landmark: Landmark) -> int:
    """Return the landmark on the other side, itself for the nose."""
    name = landmark.name
    if "LEFT" in name:
        return int(Landmark[name.replace("LEFT", "RIGHT")])
    return int(Landmark[name.replace("RIGHT", "LEFT")])


_MIRRORED: Final = [_twin(landmark) for landmark in Landmark]
