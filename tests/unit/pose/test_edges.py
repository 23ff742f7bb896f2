"""Pictures with drawn edges, and a person before them."""

import cv2
import numpy as np
import pytest

from primemover.model.arrays import Floats, Pixels
from primemover.pose.edges import RoomEdges, straight_edges

WIDTH, HEIGHT = 640, 360


def picture(*edges: tuple[int, int, int, int]) -> Pixels:
    drawn = np.full((HEIGHT, WIDTH, 3), 90, dtype=np.uint8)
    for x0, y0, x1, y1 in edges:
        cv2.line(drawn, (x0, y0), (x1, y1), (240, 240, 240), 6, cv2.LINE_AA)
    return drawn


def person(x_px: float) -> Floats:
    """Return landmarks in a column about x."""
    random = np.random.default_rng(3)
    return np.array([x_px, 180.0]) + random.uniform(-1.0, 1.0, size=(33, 2)) * [25.0, 120.0]


def test_an_edge_is_found_where_it_was_drawn_in_long_sides_from_the_middle() -> None:
    ends = straight_edges(picture((480, 40, 480, 320)))
    assert len(ends) >= 1
    assert ends[:, :, 0] == pytest.approx(160 / WIDTH, abs=0.01)
    assert ends[:, :, 1].max() == pytest.approx(140 / WIDTH, abs=0.02)


def test_resolution_drops_out() -> None:
    small = picture((480, 40, 460, 320))
    large = cv2.resize(small, None, fx=3.0, fy=3.0, interpolation=cv2.INTER_CUBIC)
    one, other = (np.median(straight_edges(each).mean(axis=1), axis=0) for each in (small, large))
    assert one == pytest.approx(other, abs=0.01)


def test_an_empty_wall_has_no_edges() -> None:
    assert straight_edges(picture()).shape == (0, 2, 2)


def test_edges_on_the_person_are_left_out_and_others_stay() -> None:
    room = RoomEdges(1)
    room.add(0, picture((200, 100, 200, 260), (500, 40, 500, 320)), person(200.0))
    (ends,) = room.pictures
    assert len(ends)
    assert (ends[:, :, 0] > 0.2).all()


def test_a_few_pictures_spread_over_the_film_are_searched() -> None:
    room = RoomEdges(100)
    for index in range(100):
        room.add(index, picture((500, 40, 500, 320)))
    assert 5 <= len(room.pictures) <= 9
