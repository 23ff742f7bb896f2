"""Two instruments for one quantity: worked examples in degrees."""

from __future__ import annotations

import math
from itertools import permutations

import pytest

from primemover.exam.fused_words import fusing_checks
from primemover.exam.fusing import Fused, Taken, fuse, scale_order
from primemover.model.check import CheckStatus
from primemover.model.measure import Instrument, Measure, Status

NAME = "hip_rotation_passive_left"
GONIOMETER, INCLINOMETER = Instrument.GONIOMETER, Instrument.INCLINOMETER
PHONE, VIDEO = Instrument.PHONE, Instrument.VIDEO
# The inclinometer reads 4.5 deg (± 3) more than the goniometer: instruments.toml.
OFFSET, OFFSET_SE = 4.5, 3.0


def taken(
    degrees: float, se: float, instrument: Instrument, *, film: bool = False, lay: bool = False
) -> Taken:
    measure = Measure(
        id=NAME,
        value=math.radians(degrees),
        se=math.radians(se),
        unit="rad",
        instrument=instrument,
        repeats=3,
    )
    return Taken(measure=measure, by_film=film, by_lay_person=lay)


def result(fused: Fused) -> tuple[float, float]:
    return math.degrees(fused.measure.value), math.degrees(fused.measure.se)


def test_one_reading_is_left_as_it_is() -> None:
    one = taken(30, 2, GONIOMETER)
    assert fuse([one]) == Fused(measure=one.measure)


def test_two_that_agree_weigh_by_their_variances_after_the_offset_is_taken_off() -> None:
    fused = fuse([taken(30, 2, GONIOMETER), taken(33, 2, INCLINOMETER)])
    other, variance = 33 - OFFSET, 2**2 + OFFSET_SE**2
    weights = (1 / 4, 1 / variance)
    expected = (30 * weights[0] + other * weights[1]) / sum(weights)
    assert result(fused) == pytest.approx((expected, math.sqrt(1 / sum(weights))))
    assert fused.measure.instrument is GONIOMETER
    assert fused.measure.status is Status.MEASURED
    assert fused.measure.repeats == 6


def test_two_readers_of_one_instrument_need_no_offset() -> None:
    fused = fuse([taken(30, 2, PHONE), taken(32, 2, PHONE, lay=True)])
    assert result(fused) == pytest.approx((31.0, math.sqrt(2)))


def test_two_that_disagree_lie_in_the_middle_with_half_their_distance_as_error() -> None:
    fused = fuse([taken(20, 2, PHONE), taken(40, 2, PHONE, lay=True)])
    assert result(fused) == pytest.approx((30.0, 10.0))
    assert not fused.agree
    assert fused.measure.status is Status.ESTIMATED
    low, high = fused.measure.interval
    assert low < math.radians(20)
    assert high > math.radians(40)


def test_a_reading_whose_offset_nobody_knows_stands_beside_the_surer_one() -> None:
    fused = fuse([taken(36, 3, PHONE), taken(30, 2, GONIOMETER)])
    assert result(fused) == pytest.approx((30.0, 2.0))
    assert [part.fused for part in fused.measure.parts] == [True, False]
    assert math.isnan(fused.measure.parts[1].offset)


def test_one_kept_apart_and_too_far_away_widens_the_error_until_it_is_reached() -> None:
    fused = fuse([taken(52, 3, PHONE), taken(30, 2, GONIOMETER)])
    assert not fused.near
    assert fused.measure.interval[1] == pytest.approx(math.radians(52))


def test_a_typed_value_outranks_a_film_however_sure_the_film_is() -> None:
    fused = fuse([taken(36, 1, VIDEO, film=True), taken(30, 5, GONIOMETER)])
    assert fused.measure.instrument is GONIOMETER
    assert result(fused) == pytest.approx((30.0, 5.0))


def test_a_value_typed_in_from_a_video_is_not_put_together_with_the_film() -> None:
    fused = fuse([taken(31, 3, VIDEO, film=True), taken(30, 4, VIDEO)])
    assert result(fused) == pytest.approx((30.0, 4.0))


def test_both_hips_are_told_on_the_scale_of_the_instrument_that_read_most() -> None:
    left = [taken(30, 1, INCLINOMETER), taken(30, 3, GONIOMETER)]
    order = scale_order({"left": left, "right": [taken(30, 3, GONIOMETER)]})
    assert order == (GONIOMETER, INCLINOMETER)
    assert fuse(left, order).measure.instrument is GONIOMETER


def test_three_readings_give_the_same_in_any_order() -> None:
    three = [taken(30, 2, GONIOMETER), taken(31, 2, INCLINOMETER), taken(38, 4, PHONE)]
    found = {fuse(one) for one in permutations(three)}
    assert len(found) == 1


@pytest.mark.parametrize(
    ("readings", "ids", "words"),
    [
        ([(30, GONIOMETER), (33, INCLINOMETER)], ["fused"], "taken off first"),
        ([(30, GONIOMETER), (60, INCLINOMETER)], ["conflict"], "disagree"),
        ([(30, GONIOMETER), (34, PHONE)], ["apart"], "stands beside"),
        ([(30, GONIOMETER), (70, PHONE)], ["conflict"], "widened"),
        ([(30, GONIOMETER), (33, INCLINOMETER), (34, PHONE)], ["fused", "apart"], "put together"),
    ],
)
def test_what_was_done_with_the_readings_is_said(
    readings: list[tuple[float, Instrument]], ids: list[str], words: str
) -> None:
    fused = fuse([taken(value, 2, instrument) for value, instrument in readings])
    checks = fusing_checks({NAME: fused})
    assert [check.id for check in checks] == [f"{one}_{NAME}" for one in ids]
    assert words in checks[0].detail
    assert all("{" not in check.detail for check in checks)
    fine = checks[0].status is CheckStatus.PASSED
    assert fine == (ids[0] == "fused")
