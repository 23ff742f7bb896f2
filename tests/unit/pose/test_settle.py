from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from primemover.model.arrays import Pixels
from primemover.model.region import Region, Sighting
from primemover.pose.fake import FakeEngine, FakeFilm, standing_person
from primemover.pose.settle import settled

FILM = FakeFilm(time_s=np.arange(2) / 30.0, width_px=640, height_px=480)
PERSON = standing_person(x_px=300, foot_y_px=440, height_px=380, frames=2)


class TakenIn(FakeEngine):
    """Draws people upside down, less surely, in regions that point down, as networks do."""

    looks = 0

    def landmarks(self, picture: Pixels, region: Region) -> Sighting:
        """Return the person, upside down if the region is."""
        self.looks += 1
        sighting = super().landmarks(picture, region)
        if math.cos(region.angle_rad) > 0:
            return sighting
        flipped = sighting.pose.xy_px.copy()
        flipped[:, 1] = 2 * region.y_px - flipped[:, 1]
        return Sighting(
            pose=replace(sighting.pose, xy_px=flipped, presence=0.9),
            next_region=replace(sighting.next_region, angle_rad=math.pi),
        )


def _region(angle_rad: float) -> Region:
    return Region(x_px=300.0, y_px=242.0, side_px=500.0, angle_rad=angle_rad)


@pytest.mark.parametrize("angle_deg", [100, 180, -140, 260, 350])
def test_a_person_is_the_right_way_up_whatever_way_the_detector_points(angle_deg: int) -> None:
    engine = TakenIn([PERSON])
    sighting = settled(engine, FILM.picture(0), _region(math.radians(angle_deg)))
    np.testing.assert_allclose(sighting.pose.xy_px, PERSON[0])


def test_an_upright_region_is_looked_at_from_one_direction_only() -> None:
    engine = TakenIn([PERSON])
    settled(engine, FILM.picture(0), _region(math.radians(-60)))
    assert engine.looks == 2


def test_where_nobody_is_nobody_appears() -> None:
    engine = FakeEngine([PERSON])
    away = replace(_region(math.pi), x_px=3000.0)
    assert settled(engine, FILM.picture(0), away).pose.presence == 0.0
