"""Rendered people filmed from many bearings: what the estimate of the camera's yaw is fitted on.

Each person stands and bends at random in front of cameras off the exact side, one track of single
pictures a camera, with the true bearing beside it.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from primemover.model.arrays import Floats
from primemover.model.pose import PoseTrack
from primemover.pose.engine import PoseEngine
from validation.kept_tracks import load_track, save_track
from validation.outline_bench import people_at, seen_in
from validation.outline_postures import DESIGNS, STANDING, random_postures
from validation.virtual.bodies import load_body
from validation.virtual.film import Shot, picture_frames

__all__ = ["CAMERAS", "WIDEST_DEG", "Truth", "camera_yaws_deg", "view_pictures"]

Truth = dict[str, Any]
"""A film's truth record: at least ``body.name`` and ``camera.yaw_deg``."""

CAMERAS = 10  # bearings of each person
WIDEST_DEG = 55.0  # beyond the 25 deg that are accepted, so that what is refused is known too
BENT = 3  # postures of each camera, besides the standing ones
PALETTES = 4
_SEED = 400


def camera_yaws_deg(number: int) -> Floats:
    """Return a person's bearings, one drawn from each tenth of the range, towards the front +."""
    edges = np.linspace(-WIDEST_DEG, WIDEST_DEG, CAMERAS + 1)
    random = np.random.default_rng(_SEED + number)
    yaws: Floats = np.round(random.uniform(edges[:-1], edges[1:]), 1)
    return yaws


def view_pictures(
    engine: PoseEngine, people: range, *, keep: Path | None = None
) -> Iterator[tuple[PoseTrack, Truth]]:
    """Yield what the network sees of every person from every bearing, and the truth.

    Parameters
    ----------
    engine
        The pose engine.
    people
        Numbers of the bodies.
    keep
        Folder for what the network saw; what is there is used again.
    """
    start = time.perf_counter()
    for number in people:
        for camera, yaw_deg in enumerate(camera_yaws_deg(number)):
            track = _watched(engine, number, camera, float(yaw_deg), keep=keep)
            truth = {"body": {"name": load_body(number).name}, "camera": {"yaw_deg": yaw_deg}}
            yield track, truth
        spent_s = time.perf_counter() - start
        print(f"person {number + 1} of {people.stop}: {spent_s:.0f} s", file=sys.stderr)


def _watched(
    engine: PoseEngine, number: int, camera: int, yaw_deg: float, *, keep: Path | None
) -> PoseTrack:
    path = None if keep is None else keep / f"{number}-{camera}-{yaw_deg:+.1f}.npz"
    if path is not None and path.exists():
        return load_track(path)
    shot = Shot(seed=number, palette=(number + camera) % PALETTES, yaw_deg=yaw_deg)
    performance = people_at(load_body(number), _postures(number, camera))
    track = seen_in(engine, picture_frames(performance, shot))
    if path is not None:
        save_track(path, track)
    return track


def _postures(number: int, camera: int) -> Floats:
    """Return two standing and three bent postures; every third camera sees a wide stance."""
    design = DESIGNS[2] if camera % 3 == 2 else DESIGNS[0]  # noqa: PLR2004 - one in three
    drawn = random_postures(design, number)
    first = STANDING + BENT * (camera % (design.each // BENT))
    return np.concatenate([drawn[1:STANDING], drawn[first : first + BENT]])
