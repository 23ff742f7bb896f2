from __future__ import annotations

import math

import numpy as np
import pytest

from primemover.model.arrays import Floats, Mask
from primemover.model.loadtrack import LoadKind, LoadTrack
from primemover.model.outline import ZeroPosture
from primemover.outline.angles import tangents
from primemover.outline.dorsal import trace_back
from primemover.outline.zero import find_zero
from tests.unit.outline.figures import Scene, draw

HANDS_DOWN = {"wrist": (0.1, -0.15), "elbow": (0.5, -0.2)}
ARMS_UP = {"wrist": (1.5, -0.4), "elbow": (1.2, -0.3)}


def _tilts(*pieces: tuple[float, float]) -> Floats:
    """Return tilts from (seconds, degrees) pieces at ten frames a second."""
    return np.concatenate([np.full(int(10 * span), math.radians(tilt)) for span, tilt in pieces])


def _zero(scene: Scene, held: Mask, load: LoadTrack | None = None) -> ZeroPosture | None:
    silhouettes, pose = draw(scene)
    return find_zero(trace_back(silhouettes, pose, load=load), pose, load, load_held=held)


def _held(scene: Scene, start: int, end: int) -> Mask:
    mask = np.zeros(scene.tilt_rad.size, dtype=bool)
    mask[start:end] = True
    return mask


def test_zero_is_the_free_standing_before_the_lift_not_the_lockout() -> None:
    scene = Scene(tilt_rad=_tilts((1.5, 3.0), (1.5, 60.0), (2.0, 0.0)), joints=HANDS_DOWN)

    zero = _zero(scene, _held(scene, 15, 50))

    assert zero is not None
    assert zero.start_s < zero.end_s <= 1.5
    silhouettes, pose = draw(scene)
    standing = tangents(trace_back(silhouettes, pose), pose)
    assert zero.pelvis_rad == pytest.approx(standing.sacral_rad[6], abs=1e-3)
    assert zero.source == "this_clip"


def test_standing_after_the_load_was_put_down_counts_too() -> None:
    scene = Scene(tilt_rad=_tilts((1.5, 60.0), (1.5, 0.0)), joints=HANDS_DOWN)
    zero = _zero(scene, _held(scene, 0, 10))
    assert zero is not None
    assert zero.start_s >= 1.5


def test_a_film_that_starts_bent_and_ends_locked_out_has_no_zero() -> None:
    scene = Scene(tilt_rad=_tilts((1.5, 60.0), (1.5, 0.0)), joints=HANDS_DOWN)
    assert _zero(scene, _held(scene, 10, 30)) is None


def test_a_third_of_a_second_of_standing_is_too_short() -> None:
    scene = Scene(tilt_rad=_tilts((0.3, 0.0), (2.0, 60.0)), joints=HANDS_DOWN)
    assert _zero(scene, _held(scene, 10, 23)) is None


def test_a_swaying_walk_in_is_not_standing() -> None:
    sway = np.radians(8.0 * np.sin(np.arange(30) * 1.2))
    scene = Scene(tilt_rad=sway, joints=HANDS_DOWN)
    assert _zero(scene, _held(scene, 0, 0)) is None


def test_bent_knees_are_not_standing() -> None:
    scene = Scene(tilt_rad=_tilts((2.0, 0.0)), joints=HANDS_DOWN | {"knee": (-0.6, -0.5)})
    assert _zero(scene, _held(scene, 0, 0)) is None


def test_a_raised_arm_is_second_choice_with_a_wider_error() -> None:
    down = _zero(*_free(HANDS_DOWN))
    raised = _zero(*_free(ARMS_UP))
    assert down is not None
    assert raised is not None
    assert math.sqrt(raised.se_rad**2 - down.se_rad**2) == pytest.approx(math.radians(3.0))


def test_hands_on_the_kettlebell_are_not_free() -> None:
    scene, held = _free(HANDS_DOWN)
    _, pose = draw(scene)
    frames = scene.tilt_rad.size
    bell = LoadTrack(
        kind=LoadKind.KETTLEBELL,
        xy_px=pose.joints_px["wrist"] + np.array([0.0, 25.0]),
        se_px=np.ones(frames),
        axes_px=np.full((frames, 2), np.nan),
        lost=np.zeros(frames, dtype=bool),
        confidence=0.9,
        scale=None,
    )
    assert _zero(scene, held, bell) is None


def _free(joints: dict[str, tuple[float, float]]) -> tuple[Scene, Mask]:
    scene = Scene(tilt_rad=_tilts((2.0, 0.0)), joints=joints)
    return scene, _held(scene, 0, 0)


def test_a_bell_that_was_only_put_under_the_hands_does_not_hold_them() -> None:
    scene, held = _free(HANDS_DOWN)
    _, pose = draw(scene)
    frames = scene.tilt_rad.size
    assumed = LoadTrack(
        kind=LoadKind.KETTLEBELL,
        xy_px=pose.joints_px["wrist"] + np.array([0.0, 25.0]),
        se_px=np.ones(frames),
        axes_px=np.full((frames, 2), np.nan),
        lost=np.zeros(frames, dtype=bool),
        confidence=0.0,
        scale=None,
    )
    assert _zero(scene, held, assumed) is not None


def test_standing_still_does_not_take_away_what_the_landmarks_leave_open() -> None:
    scene, held = _free(HANDS_DOWN)
    zero = _zero(scene, held)
    silhouettes, pose = draw(scene)
    read = tangents(trace_back(silhouettes, pose), pose)
    assert zero is not None
    known = math.hypot(float(read.sacral_se_rad[5]), float(read.thoracolumbar_se_rad[5]))
    assert zero.se_rad >= 0.99 * known / math.sqrt(2.0)
