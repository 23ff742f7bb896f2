from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from primemover.model.region import Region
from primemover.pose.survey import PersonPath, Seen, choose_person, link, survey_times


def region(x_px: float, side_px: float = 400.0, y_px: float = 300.0) -> Region:
    return Region(x_px=x_px, y_px=y_px, side_px=side_px, angle_rad=0.0)


def seen(x_px: float, side_px: float = 400.0) -> Seen:
    return Seen(region=region(x_px, side_px), shoulder_y_px=150.0)


def path(
    x_px: float, side_px: float = 400.0, *, travel: float = 0.0, looks: int = 10
) -> PersonPath:
    return PersonPath(
        look=tuple(range(looks)),
        time_s=tuple(0.5 * look for look in range(looks)),
        region=(region(x_px, side_px),) * looks,
        shoulder_y_px=tuple(100.0 + travel * side_px * (look % 2) for look in range(looks)),
    )


def test_two_people_become_two_paths_whatever_the_order_of_each_look() -> None:
    looks = [[seen(200), seen(700)], [seen(705), seen(190)], [seen(210), seen(690)]]
    paths = link([0.0, 0.5, 1.0], looks)
    assert [one.look for one in paths] == [(0, 1, 2), (0, 1, 2)]
    assert [round(float(np.mean([r.x_px for r in one.region]))) for one in paths] == [200, 698]


def test_a_person_missed_once_keeps_one_path() -> None:
    (only,) = link([0.0, 0.5, 1.0], [[seen(200)], [], [seen(230)]])
    assert only.look == (0, 2)


def test_somebody_of_another_size_in_the_same_place_is_another_person() -> None:
    paths = link([0.0, 0.5], [[seen(200, 400)], [seen(200, 100)]])
    assert len(paths) == 2


def test_an_empty_first_look_is_no_obstacle() -> None:
    paths = link([0.0, 0.5], [[], [seen(200)]])
    assert [one.look for one in paths] == [(1,)]


def test_two_who_cross_keep_their_paths() -> None:
    walker = [100.0, 220.0, 340.0, 460.0, 580.0, 700.0]
    looks = [[seen(x_px), seen(400 + 5 * (look % 2))] for look, x_px in enumerate(walker)]
    paths = link([0.5 * look for look in range(6)], looks)
    assert [round(each.region[-1].x_px) for each in paths] == [700, 405]


def test_nobody_is_chosen_where_nobody_is() -> None:
    assert choose_person([], width_px=960, looks=4) is None


def test_the_mover_wins_over_a_larger_stander() -> None:
    stander, mover = path(560, 450, travel=0.01), path(400, 400, travel=0.2)
    chosen = choose_person([stander, mover], width_px=960, looks=10)
    assert chosen is mover


def test_a_small_mover_at_the_edge_does_not_win_over_the_person_in_front() -> None:
    person, far = path(480, 450), path(900, 120, travel=0.3)
    chosen = choose_person([person, far], width_px=960, looks=10)
    assert chosen is person


def test_between_two_looks_the_person_is_expected_half_way() -> None:
    walk = PersonPath(
        look=(0, 1), time_s=(0.0, 1.0), region=(region(100), region(300)), shoulder_y_px=(0.0, 0.0)
    )
    expected, age_s = walk.expected(0.5)
    assert expected.x_px == pytest.approx(200)
    assert age_s == pytest.approx(0.5)


def test_before_the_first_look_the_person_is_expected_where_first_seen() -> None:
    walk = PersonPath(
        look=(3, 4), time_s=(1.5, 2.0), region=(region(100), region(300)), shoulder_y_px=(0.0, 0.0)
    )
    expected, age_s = walk.expected(0.5)
    assert expected.x_px == 100
    assert age_s == pytest.approx(1.0)
    assert not walk.covers(0.5)
    assert walk.covers(1.0)


@given(
    count=st.integers(min_value=2, max_value=3000),
    rate_hz=st.sampled_from([8.0, 29.97, 60.0, 240.0]),
)
def test_looks_are_few_increasing_pictures_of_the_film_with_both_ends(
    count: int, rate_hz: float
) -> None:
    time_s = np.arange(count) / rate_hz
    looks = survey_times(time_s)
    assert 1 <= len(looks) <= 40
    assert set(looks) <= set(time_s.tolist())
    assert list(looks) == sorted(set(looks))
    assert (looks[0], looks[-1]) == (time_s[0], time_s[-1])
