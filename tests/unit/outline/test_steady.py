from __future__ import annotations

import math

import numpy as np

from primemover.model.arrays import Floats
from primemover.model.outline import DorsalLine, Readability
from primemover.model.pose import Silhouettes
from primemover.outline.angles import back_angles
from primemover.outline.dorsal import trace_back
from primemover.outline.steady import leaps
from tests.unit.outline.figures import Scene, draw

# A plate on a rack behind the buttock: half grown onto the outline.
PLATE = (0.02, 0.18, 0.14)
FRAMES = 40
STEP_S = 1.0 / 30.0
TIME_S: Floats = STEP_S * np.arange(FRAMES, dtype=np.float64)


def _line(spoilt: slice, tilt_rad: Floats | None = None) -> DorsalLine:
    """Return the outline of a film in which a plate is caught in the frames `spoilt`."""
    tilt = np.full(FRAMES, 0.6) if tilt_rad is None else tilt_rad
    clean, pose = draw(Scene(tilt_rad=tilt, step_s=STEP_S))
    grown, _ = draw(Scene(tilt_rad=tilt, step_s=STEP_S, blob=(PLATE,)))
    logits = clean.logits_q.copy()
    logits[spoilt] = grown.logits_q[spoilt]
    film = Silhouettes(
        frame_index=clean.frame_index, logits_q=logits, crop_to_frame=clean.crop_to_frame
    )
    return trace_back(film, pose)


def test_a_plate_caught_for_a_tenth_of_a_second_is_too_rough_and_the_rest_is_read() -> None:
    line = _line(slice(18, 21))
    assert {line.reason[frame] for frame in range(18, 21)} == {Readability.ROUGH}
    others = [reason for frame, reason in enumerate(line.reason) if not 15 <= frame <= 23]
    assert set(others) == {Readability.READ}


def test_a_plate_caught_for_a_moment_does_not_move_the_answer() -> None:
    _, pose = draw(Scene(tilt_rad=np.full(FRAMES, 0.6), step_s=STEP_S))
    bare = back_angles(_line(slice(0, 0)), pose, None)
    spoilt = back_angles(_line(slice(18, 21)), pose, None)

    known = spoilt.readable
    assert known.sum() >= FRAMES - 9
    assert np.abs(spoilt.pelvis_rad - bare.pelvis_rad)[known].max() < math.radians(0.5)
    assert np.abs(spoilt.lumbar_rad - bare.lumbar_rad)[known].max() < math.radians(0.5)


def test_a_trunk_that_jerks_upright_does_not_leap() -> None:
    tilt = 1.2 / (1.0 + np.exp((TIME_S - TIME_S.mean()) / 0.05))
    assert set(_line(slice(0, 0), tilt).reason) == {Readability.READ}


def test_a_back_that_rounds_within_a_third_of_a_second_does_not_leap() -> None:
    rise = 0.15 / (1.0 + np.exp((TIME_S.mean() - TIME_S) / 0.05))
    shape = np.sin(np.linspace(0.0, math.pi, 80))
    assert not leaps(TIME_S, 0.2 + rise[:, None] * shape).any()


def test_a_whole_line_that_shifts_is_the_landmarks_doing() -> None:
    offset = np.full((FRAMES, 80), 0.2)
    offset[20] += 0.1
    assert not leaps(TIME_S, offset).any()
    offset[20, 60:] -= 0.1
    assert leaps(TIME_S, offset)[20]


def test_the_frames_in_which_the_object_comes_and_goes_are_spoilt_too() -> None:
    offset = np.full((FRAMES, 80), 0.2)
    offset[20, :12] += 0.12
    found = np.flatnonzero(leaps(TIME_S, offset))
    assert found.tolist() == [17, 18, 19, 20, 21, 22, 23]


def test_single_frames_far_apart_never_leap() -> None:
    offset = np.random.default_rng(1).uniform(0.0, 0.5, (5, 80))
    assert not leaps(np.arange(5.0), offset).any()
