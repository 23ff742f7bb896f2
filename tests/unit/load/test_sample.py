"""The bundled rendered lift: plate, size of a pixel and instants are known."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

import primemover.sample
from primemover.load.collect import LoadFrames
from primemover.load.floor import load_held
from primemover.load.track import track_load
from primemover.model.arrays import Floats, Pixels
from primemover.model.loadtrack import LoadKind, LoadTrack
from primemover.model.pose import Landmark, PoseTrack
from tests.unit.load.scene import track_of

_JOINTS = {
    "shoulder": Landmark.LEFT_SHOULDER,
    "elbow": Landmark.LEFT_ELBOW,
    "wrist": Landmark.LEFT_WRIST,
    "hip": Landmark.LEFT_HIP,
    "knee": Landmark.LEFT_KNEE,
    "ankle": Landmark.LEFT_ANKLE,
    "toe": Landmark.LEFT_FOOT_INDEX,
}


@dataclass(frozen=True)
class _Sample:
    truth: dict[str, Any]
    pose: PoseTrack
    track: LoadTrack


def _landmarks(joints: dict[str, list[list[float]]]) -> Floats:
    head = np.array(joints["head"])
    xy = np.repeat(head[:, None, :], 33, axis=1)
    for name, left in _JOINTS.items():
        xy[:, left] = joints[f"{name}_left"]
        xy[:, left + 1] = joints[f"{name}_right"]
    for side in (0, 1):
        for finger in (Landmark.LEFT_PINKY, Landmark.LEFT_INDEX, Landmark.LEFT_THUMB):
            xy[:, finger + side] = xy[:, Landmark.LEFT_WRIST + side]
        xy[:, Landmark.LEFT_HEEL + side] = xy[:, Landmark.LEFT_ANKLE + side]
    return xy


@pytest.fixture(scope="module")
def sample() -> _Sample:
    folder = Path(primemover.sample.__file__).parent
    truth = json.loads((folder / "deadlift_side.truth.json").read_text())
    landmarks = _landmarks(truth["joints_px"])
    landmarks += np.random.default_rng(4).normal(0.0, 4.0, landmarks.shape)  # as a network's
    pose = track_of(landmarks, rate_hz=1.0 / float(np.median(np.diff(truth["time_s"]))))
    frames = LoadFrames()
    with av.open(str(folder / "deadlift_side.mp4")) as film:
        for index, frame in enumerate(film.decode(video=0)):
            picture: Pixels = np.asarray(frame.to_ndarray(format="rgb24"), dtype=np.uint8)
            frames.add(index, picture, landmarks[index])
    return _Sample(truth=truth, pose=pose, track=track_load(frames, pose))


def test_the_rendered_plate_is_followed_to_three_pixels(sample: _Sample) -> None:
    assert sample.track.kind is LoadKind.PLATE
    assert sample.track.lost.mean() < 0.02
    away = sample.track.xy_px - np.array(sample.truth["plate"]["centre_px"])
    assert np.nanquantile(np.hypot(away[:, 0], away[:, 1]), 0.95) < 3.0


def test_its_outer_rim_gives_the_scale_not_the_ring_inside(sample: _Sample) -> None:
    scale = sample.track.scale
    assert scale is not None
    true = sample.truth["plate"]["metres_per_pixel"]
    assert scale.m_per_px == pytest.approx(true, abs=2.0 * scale.se_m_per_px)
    lens = sample.truth["metres_per_pixel"] / true
    assert sample.track.magnification == pytest.approx(
        lens, abs=2.0 * sample.track.magnification_se
    )


def test_lift_off_and_touch_down_are_right_to_a_tenth_of_a_second(sample: _Sample) -> None:
    held = load_held(sample.track, sample.pose)
    edges = np.flatnonzero(np.diff(held.astype(int)))
    found = sample.pose.time_s[edges].reshape(-1, 2)
    true = [(r["liftoff_s"], r["touchdown_s"]) for r in sample.truth["repetitions"]]
    assert found == pytest.approx(np.array(true), abs=0.1)
