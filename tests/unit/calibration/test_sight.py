"""What a film shows depends neither on distance nor on side; changes count from standing."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from primemover.calibration.inputs import (
    INPUT_NAMES,
    lost_body,
    median_seen,
    side_inputs,
    standing_sight,
)
from primemover.calibration.sight import NAMES, Sight, side_sight
from primemover.model.loadtrack import LoadKind, LoadTrack
from primemover.outline.angles import tangents
from primemover.outline.dorsal import trace_back
from tests.unit.outline.figures import Scene, draw


def seen(scene: Scene, load: LoadTrack | None = None) -> Sight:
    silhouettes, pose = draw(scene)
    line = trace_back(silhouettes, pose)
    return side_sight(pose, line, tangents(line, pose), yaw_rad=0.1, load=load)


def comparable() -> list[int]:
    return [k for k, name in enumerate(NAMES) if name != "face_rad"]  # a drawn figure has none


@settings(max_examples=10, deadline=None)
@given(st.floats(0.7, 1.6), st.floats(-0.2, 1.2))
def test_distance_changes_nothing(scale: float, tilt: float) -> None:
    tilts = np.full(7, tilt)
    near = seen(Scene(tilt_rad=tilts, scale=scale)).values[:, comparable()]
    far = seen(Scene(tilt_rad=tilts)).values[:, comparable()]
    assert near == pytest.approx(far, abs=0.02, nan_ok=True)


def test_facing_left_gives_the_same_numbers_as_facing_right() -> None:
    tilts = np.full(7, 0.6)
    right, left = (seen(Scene(tilt_rad=tilts, forward=way)).values for way in (1, -1))
    assert left[:, comparable()] == pytest.approx(right[:, comparable()], abs=0.01, nan_ok=True)


def test_a_turn_of_the_trunk_is_seen_as_that_turn() -> None:
    sight = seen(Scene(tilt_rad=np.linspace(0.0, 0.9, 7)))
    assert sight.column("trunk_rad") == pytest.approx(np.linspace(0.0, 0.9, 7), abs=1e-9)


def test_standing_is_the_median_and_changes_count_from_it() -> None:
    sight = seen(Scene(tilt_rad=np.array([0.1, 0.1, 0.1, 0.1, 0.5, 0.7, 0.9])))
    standing = standing_sight(sight, (0.0, 0.35))
    inputs = side_inputs(sight, standing)
    change = inputs[:, INPUT_NAMES.index("trunk_rad_change")]
    assert change == pytest.approx(np.array([0.0, 0.0, 0.0, 0.0, 0.4, 0.6, 0.8]), abs=1e-9)


def test_a_stiff_back_that_turns_is_seen_to_turn_so_all_along_its_line() -> None:
    sight = seen(Scene(tilt_rad=np.array([0.1, 0.1, 0.1, 0.1, 0.5, 0.7, 0.9])))
    inputs = side_inputs(sight, standing_sight(sight, (0.0, 0.35)))
    line = [k for k, n in enumerate(INPUT_NAMES) if n.startswith("line_") and n.endswith("_change")]
    turned = inputs[:, [k for k in line if np.isfinite(inputs[:, k]).all()]]
    assert turned.shape[1] > 30
    true = np.array([0.0, 0.0, 0.0, 0.0, 0.4, 0.6, 0.8])
    assert np.median(turned, axis=1) == pytest.approx(true, abs=0.02)
    assert np.abs(turned - true[:, None]).mean() < 0.04


def test_a_plate_takes_away_the_part_of_the_outline_that_it_covers() -> None:
    scene = Scene(tilt_rad=np.zeros(7))
    free = seen(scene)
    plate = LoadTrack(
        kind=LoadKind.PLATE,
        xy_px=np.tile(np.array([290.0, 340.0]), (7, 1)),
        se_px=np.ones(7),
        axes_px=np.full((7, 2), 30.0),
        lost=np.zeros(7, dtype=bool),
        confidence=1.0,
        scale=None,
    )
    covered = seen(scene, plate)
    assert np.isfinite(free.column("offset_+0.00")).all()
    assert np.isnan(covered.column("offset_+0.00")).all()
    assert covered.column("offset_+0.50") == pytest.approx(free.column("offset_+0.50"))


def test_a_trunk_that_is_twice_as_long_is_not_this_persons() -> None:
    sight = seen(Scene(tilt_rad=np.zeros(7)))
    standing = standing_sight(sight, (0.0, 1.0))
    assert not lost_body(sight, standing).any()
    longer = sight.values.copy()
    longer[3, NAMES.index("trunk_length")] *= 2.0
    lost = lost_body(replace(sight, values=longer), standing)
    np.testing.assert_array_equal(np.flatnonzero(lost), [3])


def test_what_was_never_seen_stays_unseen() -> None:
    values = np.array([[1.0, np.nan], [3.0, np.nan], [2.0, np.nan]])
    found = median_seen(values)
    assert found[0] == 2.0
    assert np.isnan(found[1])
