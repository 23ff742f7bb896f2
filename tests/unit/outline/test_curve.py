from __future__ import annotations

import numpy as np
import pytest

from primemover.outline.curve import choose, smooth_line

RAYS = np.linspace(0.0, 1.0, 120)
BACK = 0.2 + 0.05 * np.sin(3.0 * RAYS)


def test_the_exit_continuous_with_its_neighbours_wins_over_the_nearest() -> None:
    nearest = BACK.copy()
    nearest[50:55] = 0.02  # a hole in the silhouette, in front of the back
    further = np.full_like(BACK, np.nan)
    further[50:55] = BACK[50:55]

    chosen = choose(np.stack([nearest, further], axis=-1)[None])

    assert chosen[0] == pytest.approx(BACK)


def test_a_stray_exit_does_not_bend_the_line() -> None:
    raw = BACK.copy()
    raw[[30, 31, 80]] += 0.2

    line, kept = smooth_line(raw[None])

    assert not kept[0, [30, 31, 80]].any()
    assert line[0] == pytest.approx(BACK, abs=2e-3)


def test_missing_exits_are_bridged_inside_and_left_open_at_the_ends() -> None:
    raw = BACK.copy()
    raw[:10] = np.nan
    raw[60:66] = np.nan

    line, _ = smooth_line(raw[None])

    assert np.isnan(line[0, :10]).all()
    assert line[0, 60:66] == pytest.approx(BACK[60:66], abs=2e-3)


def test_too_few_exits_make_no_line() -> None:
    raw = np.full_like(BACK, np.nan)
    raw[:5] = 0.2
    line, _ = smooth_line(raw[None])
    assert np.isnan(line).all()
