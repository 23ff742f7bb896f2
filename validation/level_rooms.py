"""How true the camera's roll and pitch are read, on rendered rooms and shots drawn by chance.

Run ``python -m validation.level_rooms`` (120 films of three pictures each, about two minutes on one
core). The pose network is not asked: the true joints say where the person is, so this measures the
room's edges alone.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from primemover.model.level import CameraLevel
from primemover.model.pose import LANDMARK_COUNT
from primemover.pose.edges import RoomEdges
from primemover.pose.level import room_level
from validation.comparing import agreement
from validation.pages import markdown_table
from validation.virtual.bodies import load_body
from validation.virtual.film import picture_frames
from validation.virtual.moves import MOVES, perform
from validation.virtual.shot import Shot, shot_camera
from validation.virtual.shot_draws import HARD, USUAL, draw_shot

__all__ = ["Room", "report", "rooms"]

PICTURES = 3
PEOPLE = 8
_SEED = 9000
_SIDE_MOVES = tuple(move for move in MOVES if "rotation" not in move)


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """One film: how it was shot, and what was read."""

    shot: Shot
    hard: bool
    level: CameraLevel


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--films", type=int, default=120)
    print(report(list(rooms(parser.parse_args().films))))


def rooms(count: int) -> Iterator[Room]:
    """Yield so many films, every second one filmed badly."""
    for number in range(count):
        random = np.random.default_rng(_SEED + number)
        hard = bool(number % 2)
        shot = draw_shot(random, view="side", ranges=HARD if hard else USUAL)
        yield Room(shot=shot, hard=hard, level=_read(shot, number))


def _read(shot: Shot, number: int) -> CameraLevel:
    move = _SIDE_MOVES[number % len(_SIDE_MOVES)]
    performance = perform(
        move,
        MOVES[move][0],
        load_body(number % PEOPLE),
        seed=number,
        frames_per_s=shot.frames_per_s,
    )
    camera = shot_camera(performance, shot)
    frames = np.linspace(0, len(performance.time_s), PICTURES + 2)[1:-1].astype(int).tolist()
    edges = RoomEdges(len(performance.time_s))
    for frame in frames:
        (picture,) = picture_frames(performance, shot, frames=range(frame, frame + 1))
        joints_px, _ = camera.project(performance.track.joints_m[frame])
        edges.search(picture, np.resize(joints_px, (LANDMARK_COUNT, 2)))
    return room_level(edges.pictures)


def report(found: list[Room]) -> str:
    """Return roll and pitch against the truth, by how the films were shot and by room."""
    kinds = sorted({one.shot.room for one in found})
    groups = {
        "all": found,
        "filmed as usual": [one for one in found if not one.hard],
        "filmed badly": [one for one in found if one.hard],
    } | {f"room: {kind}": [one for one in found if one.shot.room == kind] for kind in kinds}
    rows = []
    for label, some in groups.items():
        for name in ("roll", "pitch"):
            read = np.degrees([getattr(one.level, f"{name}_rad") for one in some])
            se = np.degrees([getattr(one.level, f"{name}_se_rad") for one in some])
            true = np.array([getattr(one.shot, f"{name}_deg") for one in some])
            one = agreement(read, se, true)
            numbers = [one.bias, one.mae, one.rmse, one.p95, float(np.nanmedian(se))]
            shares = [f"{one.missing:.0%}", f"{one.covered:.0%}"]
            row = [label, name, str(one.count), shares[0]]
            rows.append([*row, *(f"{each:.1f}" for each in numbers), shares[1]])
    head = ["films", "of", "n", "not known", "bias", "MAE", "RMSE", "p95", "median se",
            "within 1.96 se"]  # fmt: skip
    return markdown_table(head, rows) + "\n\nDegrees."


if __name__ == "__main__":
    main()
