"""A drawn person whose joints are known, cleaned."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from primemover.errors import QualityError
from primemover.model.cleaned import Facing
from primemover.model.measure import Side
from primemover.model.pose import LANDMARK_COUNT, Landmark, PoseTrack
from primemover.model.view import ViewLabel
from primemover.pose.clean import clean
from primemover.pose.occlusion import cover_behind_plate
from primemover.pose.view import front_view, side_view

FRAMES = 120
RATE_HZ = 30.0

# A person facing the picture's right, standing, y down; the left side is away from the camera.
_STANDING = {
    "NOSE": (212, 100),
    "EAR": (200, 95),
    "SHOULDER": (200, 150),
    "ELBOW": (200, 210),
    "WRIST": (205, 265),
    "HIP": (200, 270),
    "KNEE": (202, 350),
    "ANKLE": (200, 430),
    "HEEL": (192, 440),
    "FOOT_INDEX": (228, 440),
}


def standing_track(*, turn_rad: float = np.pi / 2, frames: int = FRAMES) -> PoseTrack:
    """Return a still person turned by `turn_rad` from the camera, with a little depth parallax."""
    xy = np.zeros((frames, LANDMARK_COUNT, 2))
    world = np.zeros((frames, LANDMARK_COUNT, 3))
    forward = 1.0 if turn_rad >= 0 else -1.0
    for landmark in Landmark:
        name = landmark.name.removeprefix("LEFT_").removeprefix("RIGHT_")
        x, y = _STANDING.get(name, _STANDING["NOSE"])
        side = {"L": 1.0, "R": -1.0}.get(landmark.name[0], 0.0)
        if name == "NOSE":
            side = 0.0
        shown_x = 200.0 + forward * (x - 200.0) + 25.0 * side * np.cos(turn_rad)
        xy[:, landmark] = (shown_x, y)
        world[:, landmark] = 0.15 * side * np.array([np.cos(turn_rad), 0.0, np.sin(turn_rad)])
    return PoseTrack(
        time_s=np.arange(frames) / RATE_HZ,
        width_px=400,
        height_px=500,
        xy_px=xy,
        depth_px=np.zeros((frames, LANDMARK_COUNT)),
        visibility=np.ones((frames, LANDMARK_COUNT)),
        presence=np.ones(frames),
        world_m=world,
        silhouettes=None,
        other_people=np.zeros(frames),
        engine="drawn",
        weights_sha256="",
    )


def bent(track: PoseTrack, start: int, end: int) -> PoseTrack:
    """Return the track with the trunk folded forward and the knees bent in some frames."""
    xy = np.array(track.xy_px)
    for name, place in {
        "SHOULDER": (270, 260),
        "WRIST": (265, 380),
        "ELBOW": (268, 320),
        "HIP": (150, 290),
        "KNEE": (215, 350),
    }.items():
        for side in ("LEFT_", "RIGHT_"):
            xy[start:end, Landmark[side + name]] = place
    return replace(track, xy_px=xy)


def test_a_person_who_looks_right_shows_the_right_side() -> None:
    pose = clean(standing_track())
    assert (pose.facing, pose.near_side, pose.forward) == (Facing.RIGHT, Side.RIGHT, 1)


def test_a_person_who_looks_left_shows_the_left_side() -> None:
    pose = clean(standing_track(turn_rad=-np.pi / 2))
    assert (pose.facing, pose.near_side, pose.forward) == (Facing.LEFT, Side.LEFT, -1)


@pytest.mark.parametrize(
    ("turn_deg", "label", "accepted"),
    [
        (90, ViewLabel.SIDE, True),
        (-80, ViewLabel.SIDE, True),
        (105, ViewLabel.SIDE, True),
        (50, ViewLabel.OBLIQUE, False),
        (-130, ViewLabel.OBLIQUE, False),
        (5, ViewLabel.FRONT, False),
        (178, ViewLabel.REAR, False),
    ],
)
def test_the_view_is_named_and_judged(turn_deg: float, label: ViewLabel, accepted: bool) -> None:  # noqa: FBT001 - a table of cases
    view = side_view(clean(standing_track(turn_rad=np.deg2rad(turn_deg))))
    assert (view.label, view.accepted) == (label, accepted)
    assert bool(view.why) is not accepted


def test_the_front_view_is_accepted_where_it_is_wanted() -> None:
    view = front_view(clean(standing_track(turn_rad=np.deg2rad(8.0))))
    assert view.accepted
    assert np.rad2deg(view.yaw_rad) == pytest.approx(8.0, abs=0.5)


def test_swapped_legs_are_put_back() -> None:
    track = standing_track(turn_rad=np.deg2rad(60.0))
    legs = [Landmark.LEFT_KNEE, Landmark.LEFT_ANKLE, Landmark.LEFT_HEEL, Landmark.LEFT_FOOT_INDEX]
    xy = np.array(track.xy_px)
    for left in legs:
        xy[40:60, [left, left + 1]] = xy[40:60, [left + 1, left]]
    pose = clean(replace(track, xy_px=xy))
    expected = clean(track)
    assert pose.left_px["knee"] == pytest.approx(expected.left_px["knee"], abs=1e-6)
    assert any("knee" in note for note in pose.notes)


def test_a_foot_drawn_on_the_plate_is_held_where_it_stands() -> None:
    """However sure the network is (visibility stays 1)."""
    track = bent(standing_track(), 50, 80)
    xy = np.array(track.xy_px)
    for name in ("ANKLE", "HEEL", "FOOT_INDEX"):
        for side in ("LEFT_", "RIGHT_"):
            xy[50:80, Landmark[side + name]] = (260, 380)
    pose = clean(replace(track, xy_px=xy))
    assert pose.joints_px["ankle"][65] == pytest.approx([200, 430], abs=1.0)
    assert pose.hidden["ankle"][55:75].all()
    assert not pose.hidden["ankle"][:45].any()


def test_a_step_is_not_held_back() -> None:
    track = bent(standing_track(), 20, 50)
    xy = np.array(track.xy_px)
    xy[80:, :, 0] += 120.0
    pose = clean(replace(track, xy_px=xy))
    assert not pose.feet_planted[95:].any()
    assert pose.joints_px["ankle"][110, 0] == pytest.approx(320, abs=1.0)


def test_one_covered_leg_is_carried_by_the_other_without_a_jump() -> None:
    track = standing_track(turn_rad=np.deg2rad(70.0))
    visibility = np.array(track.visibility)
    visibility[60:, Landmark.LEFT_KNEE] = 0.1
    xy = np.array(track.xy_px)
    xy[60:, Landmark.LEFT_KNEE] += (80.0, -60.0)
    pose = clean(replace(track, visibility=visibility, xy_px=xy))
    assert pose.joints_px["knee"][100] == pytest.approx(pose.joints_px["knee"][20], abs=1.0)


def test_a_knee_behind_the_plate_is_marked_and_a_free_one_is_not() -> None:
    pose = clean(standing_track())
    centre = np.full((FRAMES, 2), np.nan)
    centre[30:60] = (202, 350)
    covered = cover_behind_plate(pose, centre, np.full((FRAMES, 2), 40.0))
    assert covered.hidden["knee"][30:60].all()
    assert not covered.hidden["knee"][:30].any()
    assert (covered.se_px["knee"][30:60] > pose.se_px["knee"][30:60]).all()
    assert covered.se_px["ankle"] == pytest.approx(pose.se_px["ankle"])


def test_nobody_is_refused_with_a_sentence() -> None:
    track = standing_track()
    empty = replace(track, xy_px=np.full_like(track.xy_px, np.nan))
    with pytest.raises(QualityError, match="Nobody could be followed"):
        clean(empty)


@settings(max_examples=15, deadline=None)
@given(turn_deg=st.floats(50.0, 130.0), scale=st.floats(0.5, 3.0))
def test_mirroring_the_film_mirrors_the_person(turn_deg: float, scale: float) -> None:
    track = standing_track(turn_rad=np.deg2rad(turn_deg))
    track = replace(track, xy_px=track.xy_px * scale)
    pairs = {
        landmark: Landmark[
            landmark.name.replace("LEFT", "*").replace("RIGHT", "LEFT").replace("*", "RIGHT")
        ]
        for landmark in Landmark
    }
    order = [int(pairs[landmark]) for landmark in Landmark]
    mirrored = replace(
        track,
        xy_px=(track.xy_px * [-1.0, 1.0] + [400.0 * scale, 0.0])[:, order],
        world_m=(track.world_m * [-1.0, 1.0, 1.0])[:, order],
    )
    one, other = clean(track), clean(mirrored)
    assert one.forward == -other.forward
    assert {one.near_side, other.near_side} == {Side.LEFT, Side.RIGHT}
    flipped = 400.0 * scale - other.joints_px["knee"][:, 0]
    assert one.joints_px["knee"][:, 0] == pytest.approx(flipped, abs=1e-6)
