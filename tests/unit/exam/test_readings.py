from __future__ import annotations

import math

import pytest

from primemover.errors import UsageError
from primemover.exam.entry_tests import entry_measures, entry_tests
from primemover.exam.readings import measures_from_readings, settle_instruments
from primemover.knowledge import load
from primemover.model.measure import Instrument, Measure, Side, Status, not_measured
from primemover.model.session import Reading


def trials(
    *degrees: float,
    kind: str = "passive",
    side: Side = Side.LEFT,
    instrument: Instrument = Instrument.INCLINOMETER,
    lay: bool = False,
) -> tuple[Reading, ...]:
    return tuple(
        Reading(
            measure=f"hip_rotation_{kind}",
            value=math.radians(value),
            unit="rad",
            instrument=instrument,
            side=side,
            by_lay_person=lay,
        )
        for value in degrees
    )


def se_deg(readings: tuple[Reading, ...], name: str = "hip_rotation_passive_left") -> float:
    return math.degrees(measures_from_readings(readings)[0][name].se)


def test_one_trial_errs_by_the_instruments_sem() -> None:
    assert se_deg(trials(30.0)) == pytest.approx(2.65)


def test_three_equal_trials_keep_what_repeating_cannot_bring_down() -> None:
    stays = 0.5 * 2.65**2
    within = (4 * 0.5 * 2.65**2) / 6  # four prior trials of the table, two free own ones of 0
    assert se_deg(trials(30, 30, 30)) == pytest.approx(math.sqrt(stays + within / 3))


def test_a_wide_spread_of_trials_widens_the_error() -> None:
    assert se_deg(trials(22, 30, 38)) > se_deg(trials(29, 30, 31))


def test_the_value_is_the_mean_and_the_number_of_trials_is_kept() -> None:
    measure = measures_from_readings(trials(28, 30, 35))[0]["hip_rotation_passive_left"]
    assert math.degrees(measure.value) == pytest.approx(31.0)
    assert measure.repeats == 3


def test_people_who_measure_themselves_err_more() -> None:
    assert se_deg(trials(30, lay=True)) == pytest.approx(1.75 * se_deg(trials(30)))
    checks = measures_from_readings(trials(30, 30, 30, lay=True))[1]
    assert "lay_reader" in {check.id for check in checks}


def test_gap_and_side_difference_follow_with_the_errors_that_are_not_common_to_both() -> None:
    readings = (*trials(50, 50, 50), *trials(30, 30, 30, kind="active"))
    found, _ = measures_from_readings((*readings, *trials(40, 40, 40, side=Side.RIGHT)))
    gap = found["hip_rotation_gap_left"]
    assert math.degrees(gap.value) == pytest.approx(20.0)
    parts = [found[f"hip_rotation_{kind}_left"].se for kind in ("active", "passive")]
    assert 0.7 * math.hypot(*parts) < gap.se < math.hypot(*parts)  # reasoning.toml: hip_instrument
    assert math.degrees(found["hip_rotation_difference_passive"].value) == pytest.approx(10.0)
    assert math.degrees(found["hip_rotation_shortfall_passive_right"].value) == pytest.approx(10)


def test_a_gap_with_half_of_it_missing_says_which_half() -> None:
    gap = measures_from_readings(trials(50))[0]["hip_rotation_gap_left"]
    assert gap.status is Status.NOT_MEASURED
    assert "active hip internal rotation (left)" in gap.why


def test_mixed_instruments_are_warned_of_and_widen_the_error() -> None:
    mixed = (*trials(50), *trials(30, kind="active", instrument=Instrument.GONIOMETER))
    found, checks = measures_from_readings(mixed)
    assert "one_instrument" in {check.id for check in checks}
    gap = found["hip_rotation_gap_left"]
    assert math.degrees(gap.se) > 4.5
    assert gap.status is Status.ESTIMATED


def test_one_quantity_with_two_instruments_nobody_compared_is_not_averaged() -> None:
    twice = (*trials(30), *trials(40, instrument=Instrument.PHONE))
    found, checks = measures_from_readings(twice)
    assert math.degrees(found["hip_rotation_passive_left"].value) == pytest.approx(30.0)
    assert "apart_hip_rotation_passive_left" in {check.id for check in checks}


def test_one_quantity_with_two_instruments_of_known_offset_is_put_together() -> None:
    twice = (*trials(34), *trials(30, instrument=Instrument.GONIOMETER))
    found, checks = measures_from_readings(twice)
    measure = found["hip_rotation_passive_left"]
    assert len(measure.parts) == 2
    assert math.degrees(measure.se) < 2.65
    assert "fused_hip_rotation_passive_left" in {check.id for check in checks}


def test_a_film_beside_a_typed_value_is_shown_and_a_film_far_from_it_widens_the_error() -> None:
    name = "hip_rotation_active_left"
    near, far = (
        measures_from_readings(trials(41, kind="active"), filmed=filmed_active(degrees))[0][name]
        for degrees in (36, 10)
    )
    assert [part.by_film for part in near.parts] == [False, True]
    assert math.degrees(near.se) == pytest.approx(1.95)
    assert math.degrees(far.interval[0]) == pytest.approx(10.0, abs=0.01)


def test_few_trials_and_a_wide_spread_are_said_so() -> None:
    ids = {check.id for check in measures_from_readings(trials(20, 45))[1]}
    assert ids >= {"trials_hip_rotation_passive_left", "spread_hip_rotation_passive_left"}
    assert measures_from_readings(trials(30, 31, 32))[1] == ()


def filmed_active(degrees: float) -> dict[str, Measure]:
    name = "hip_rotation_active_left"
    gap = "hip_rotation_gap_left"
    active = Measure(
        id=name, value=math.radians(degrees), se=math.radians(3), unit="rad", side=Side.LEFT
    )
    return {name: active, gap: not_measured(gap, "passive was not filmed", side=Side.LEFT)}


def test_typed_and_filmed_values_meet_in_the_gap_with_a_warning() -> None:
    found, checks = measures_from_readings(trials(50, 50, 50), filmed=filmed_active(30))
    assert math.degrees(found["hip_rotation_gap_left"].value) == pytest.approx(20.0)
    assert found["hip_rotation_active_left"].se > math.radians(4)
    assert "one_instrument" in {check.id for check in checks}


def test_a_typed_value_outranks_a_filmed_one() -> None:
    found, _ = measures_from_readings(trials(41, kind="active"), filmed=filmed_active(30))
    assert math.degrees(found["hip_rotation_active_left"].value) == pytest.approx(41.0)


def test_one_instrument_is_left_alone() -> None:
    measures = filmed_active(30)
    assert settle_instruments(measures) == (measures, ())


def test_an_instrument_not_made_for_it_is_refused_with_the_ones_that_are() -> None:
    with pytest.raises(UsageError, match="goniometer"):
        measures_from_readings(trials(30, instrument=Instrument.TAPE))


def test_an_unknown_measure_is_refused() -> None:
    reading = Reading(measure="knee_wobble", value=1.0, unit="1", instrument=Instrument.COUNT)
    with pytest.raises(UsageError, match="knee_wobble"):
        measures_from_readings([reading])


def test_entry_tests_are_declared_in_the_order_of_the_steps() -> None:
    steps = [row.step for row in entry_tests()]
    assert steps == sorted(steps)
    assert {stem for row in entry_tests() for stem in row.measures} <= set(load().measures)


def test_entry_measures_are_only_those_of_the_entry_tests() -> None:
    bridge = Reading(
        measure="single_leg_bridge", value=9, unit="1", instrument=Instrument.COUNT, side=Side.LEFT
    )
    found = entry_measures((*trials(30), bridge))
    assert "single_leg_bridge_left" in found
    assert "hip_rotation_passive_left" not in found
