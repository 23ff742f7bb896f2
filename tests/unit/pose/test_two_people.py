"""The right person, with the real network: a lifter beside somebody who stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

import primemover.sample
from primemover.backends.blazepose import BlazePose
from primemover.model.arrays import Floats, Pixels
from primemover.model.pose import Landmark
from primemover.pose.track import track
from primemover.video.decode import open_film

SAMPLE = Path(primemover.sample.__file__).parent / "forward_bend_side.mp4"
STRIDE = 24  # a look every 0.4 s is enough to follow a slow bend


class SideBySide:
    """Two films in one: the left half stands still, the right half moves."""

    def __init__(self) -> None:
        self._shown = list(open_film(SAMPLE).frames(stride=STRIDE))
        self.time_s: Floats = np.array([time_s for time_s, _ in self._shown])
        self.height_px = self._shown[0][1].shape[0]
        self.half_px = self._shown[0][1].shape[1]
        self.width_px = 2 * self.half_px

    def _pair(self, index: int) -> tuple[float, Pixels]:
        time_s, moving = self._shown[index]
        return time_s, np.ascontiguousarray(np.hstack([self._shown[0][1], moving]))

    def frames(self, *, stride: int = 1) -> Iterator[tuple[float, Pixels]]:
        """Yield every `stride`-th picture."""
        for index in range(0, len(self._shown), stride):
            yield self._pair(index)

    def samples(self, wanted_s: Sequence[float]) -> Iterator[tuple[float, Pixels]]:
        """Yield the pictures at some times."""
        for time_s in wanted_s:
            yield self._pair(int(np.argmin(np.abs(self.time_s - time_s))))


@pytest.mark.slow
@pytest.mark.weights
def test_the_one_who_bends_is_followed_not_the_one_who_stands() -> None:
    film = SideBySide()
    found = track(film, BlazePose("heavy", threads=1))
    hip_x_px = found.midpoint_px(Landmark.LEFT_HIP, Landmark.RIGHT_HIP)[:, 0]
    assert found.found.all()
    assert np.all(hip_x_px > film.half_px)
    shoulder_y_px = found.midpoint_px(Landmark.LEFT_SHOULDER, Landmark.RIGHT_SHOULDER)[:, 1]
    assert np.ptp(shoulder_y_px) > 0.15 * film.height_px
    assert np.nanmax(found.other_people) == 1
