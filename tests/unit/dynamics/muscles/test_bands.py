import numpy as np
import pytest

from primemover.dynamics.muscles.bands import Band, band, frame_bands, frames_in, phase_bands
from primemover.dynamics.muscles.sharing import share_muscles
from tests.unit.dynamics.muscles.lifting import LIFTER, PHASES, lift

POSTURE, LOADS = lift(12)
SHARED = share_muscles(POSTURE, LOADS, LIFTER)


def ordered(found: Band) -> bool:
    values = np.stack([found.low, found.low90, found.middle, found.high90, found.high])
    return bool((np.diff(values, axis=0) >= -1e-12).all())


def test_a_band_runs_over_formulations_and_draws() -> None:
    found = band(np.arange(200.0).reshape(10, 20))
    assert (float(found.low), float(found.high)) == (0.0, 199.0)
    assert float(found.low90) == pytest.approx(9.95)
    assert float(found.high90) == pytest.approx(189.05)


def test_frame_bands_lie_on_the_film_s_clock_and_are_ordered() -> None:
    found = frame_bands(SHARED, POSTURE.time_s)
    assert found.force_share.low.shape == (len(SHARED.groups), POSTURE.time_s.size)
    assert found.compression_n.middle.shape == POSTURE.time_s.shape
    for one in (found.force_n, found.force_share, found.effort, found.compression_n, found.shear_n):
        assert ordered(one)
        assert np.isfinite(one.low).all()
    inside = band(SHARED.force_n)
    np.testing.assert_allclose(found.force_n.high[:, SHARED.frames], inside.high, rtol=1e-9)


def test_nothing_is_said_outside_the_solved_frames() -> None:
    found = frame_bands(SHARED, np.array([-0.5, 1.0, 2.5]))
    assert np.isnan(found.compression_n.low).tolist() == [True, False, True]


def test_phase_shares_add_up_to_one_and_the_band_holds_them() -> None:
    found = phase_bands(SHARED, PHASES)
    assert set(found) == set(PHASES)
    for one in found.values():
        assert ordered(one.force_share)
        assert one.force_share.low.sum() <= 1.0 <= one.force_share.high.sum()
        assert (one.force_share.low >= 0.0).all()
        assert (one.force_share.high <= 1.0).all()
        assert (one.hip_extension_share.high <= 1.0).all()
        assert float(one.compression_peak_n.low) > 1000.0


def test_the_peak_of_a_phase_is_the_largest_of_its_frames() -> None:
    found = phase_bands(SHARED, {"all": (0.0, 2.1)})["all"]
    assert float(found.compression_peak_n.high) == pytest.approx(SHARED.compression_n.max())


def test_a_phase_between_two_solved_frames_takes_the_nearest() -> None:
    time = np.array([0.0, 0.1, 0.2])
    assert frames_in(time, (0.11, 0.13)).tolist() == [1]
    assert frames_in(time, (0.1, 0.2)).tolist() == [1]
    assert frames_in(time, (0.3, 0.4)).size == 0


def test_a_phase_that_was_not_filmed_is_left_out() -> None:
    assert phase_bands(SHARED, {"later": (5.0, 6.0)}) == {}
