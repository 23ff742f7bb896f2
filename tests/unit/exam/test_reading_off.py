import math
from dataclasses import replace

import numpy as np
import pytest

from primemover.exam.reading_off import at_instant, change_between, over_repetitions
from primemover.model.measure import Measure, Status, not_measured
from primemover.model.repetition import Repetition
from primemover.model.series import Series


def ramp(*, missing: tuple[float, float] | None = None) -> Series:
    """Return a curve that rises by 1 a second, with an error of 0.1."""
    time_s = np.arange(0.0, 4.0, 1.0 / 60.0)
    value = time_s.copy()
    if missing:
        value[(time_s >= missing[0]) & (time_s < missing[1])] = np.nan
    return Series(id="ramp", unit="rad", time_s=time_s, value=value, se=np.full(time_s.size, 0.1))


def repetition(value: float, se: float) -> Repetition:
    measure = (
        not_measured("m", "hidden")
        if math.isnan(value)
        else Measure(id="m", value=value, se=se, unit="rad")
    )
    return Repetition(
        start_s=0.0,
        bottom_s=0.5,
        lift_off_s=0.5,
        knee_pass_s=1.0,
        lockout_s=2.0,
        end_s=3.0,
        measures={"m": measure},
    )


def test_an_instant_is_read_with_its_error() -> None:
    measure = at_instant(ramp(), 2.0, "m")
    assert measure.value == pytest.approx(2.0, abs=0.01)
    assert measure.se == pytest.approx(0.1)


@pytest.mark.parametrize("instant_s", [2.0, math.nan])
def test_an_instant_that_was_not_seen_is_not_measured_and_says_why(instant_s: float) -> None:
    measure = at_instant(ramp(missing=(1.5, 2.5)), instant_s, "m", why="a plate hides it")
    assert measure.status is Status.NOT_MEASURED
    assert measure.why == "a plate hides it"


def test_a_change_shares_part_of_its_systematic_error() -> None:
    change = change_between(ramp(), 1.0, 3.0, "m")
    assert change.value == pytest.approx(2.0, abs=0.02)
    assert change.se == pytest.approx(0.1)  # sqrt(0.1^2 + 0.1^2 - 2 * 0.5 * 0.1 * 0.1)


def test_a_change_needs_both_ends() -> None:
    assert not change_between(ramp(missing=(2.5, 4.0)), 1.0, 3.0, "m").is_known


def test_repetitions_average_out_scatter_but_not_the_systematic_error() -> None:
    same = tuple(repetition(1.0, 0.1) for _ in range(50))
    assert over_repetitions(same, "m", "rad").se == pytest.approx(0.1)
    scattered = tuple(repetition(value, 0.1) for value in (0.8, 1.0, 1.2, 1.0))
    mean = over_repetitions(scattered, "m", "rad")
    assert mean.value == pytest.approx(1.0)
    assert mean.se == pytest.approx(math.hypot(0.1, np.std([0.8, 1, 1.2, 1], ddof=1) / 2))


def test_repetitions_in_which_it_was_hidden_do_not_count() -> None:
    mean = over_repetitions((repetition(1.0, 0.1), repetition(math.nan, 0.1)), "m", "rad")
    assert mean.value == pytest.approx(1.0)


def test_hidden_in_every_repetition_is_not_measured_with_the_reason() -> None:
    mean = over_repetitions((repetition(math.nan, 0.1),), "m", "rad")
    assert (mean.is_known, mean.why) == (False, "hidden")


def test_no_repetition_is_not_measured() -> None:
    assert over_repetitions((), "m", "rad").why == "no repetition"


def bounded(value: float, low: float, high: float) -> Repetition:
    one = repetition(value, (high - low) / 3.29)
    return replace(one, measures={"m": replace(one.measures["m"], bounds=(low, high))})


def test_drawn_ends_of_equal_repetitions_stay_and_scatter_widens_them() -> None:
    same = over_repetitions((bounded(1.0, 0.8, 1.5), bounded(1.0, 0.8, 1.5)), "m", "rad")
    assert same.interval == pytest.approx((0.8, 1.5))
    low, high = over_repetitions(
        (bounded(0.9, 0.7, 1.4), bounded(1.1, 0.9, 1.6)), "m", "rad"
    ).interval
    assert low < 0.8
    assert high > 1.5
    assert high - 1.0 > 1.0 - low


def test_ends_are_not_told_when_a_repetition_has_none() -> None:
    assert (
        over_repetitions((bounded(1.0, 0.8, 1.5), repetition(1.0, 0.1)), "m", "rad").bounds is None
    )
