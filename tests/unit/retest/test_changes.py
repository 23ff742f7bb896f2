from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest

from primemover.knowledge import load
from primemover.model.measure import Instrument, Measure, not_measured
from primemover.model.retest import ChangeKind, MeasureChange, Towards, Visit
from primemover.model.session import LiftFacts, Variant
from primemover.retest.changes import change_of, changes_between, how_sure, towards
from tests.unit.retest.visits import measure, visit

ACTIVE = "hip_rotation_active_left"


def between(before: Measure, after: Measure, **other: Any) -> MeasureChange:  # noqa: ANN401 - fields
    """Return the change from one reading to another, three weeks later."""
    found = change_of(before.id, visit(before, **other), visit(after, weeks=3, **other))
    assert found is not None
    return found


# clinical notes 1.2, 2.3 and 6.3: SEM -> MDC95 = 1.96 * sqrt(2) * SEM, or the published MDC where
# that is larger (fingertip to floor: 3.3 from the SEM, 4.5 published).
@pytest.mark.parametrize(
    ("measure_id", "instrument", "mdc"),
    [
        ("hip_rotation_active_left", Instrument.INCLINOMETER, 5.4),
        ("hip_rotation_passive_left", Instrument.GONIOMETER, 7.35),
        ("hip_rotation_passive_left", Instrument.PHONE, 8.6),
        ("fingertip_to_floor", Instrument.TAPE, 4.5),
        ("sorensen_hold", Instrument.STOPWATCH, 32.2),
        ("knee_to_wall_left", Instrument.TAPE, 1.96 * math.sqrt(2.0) * 0.6),
    ],
)
def test_the_published_smallest_change_decides_for_exact_readings(
    measure_id: str, instrument: Instrument, mdc: float
) -> None:
    start = measure(measure_id, 20.0, 0.1, instrument)
    under = between(start, measure(measure_id, 20.0 + 0.99 * mdc, 0.1, instrument))
    over = between(start, measure(measure_id, 20.0 + 1.01 * mdc, 0.1, instrument))
    assert under.kind is ChangeKind.WITHIN_ERROR
    assert over.kind is ChangeKind.REAL
    assert over.mdc_from == "published"
    assert over.probability == pytest.approx(0.95, abs=0.005)


def test_errors_of_the_readings_decide_where_they_are_larger_than_any_published_figure() -> None:
    change = between(measure(ACTIVE, 20.0, 6.0), measure(ACTIVE, 32.0, 6.0))
    assert change.kind is ChangeKind.WITHIN_ERROR
    assert change.mdc_from == "readings"
    assert math.degrees(change.mdc) == pytest.approx(1.96 * 6.0 * math.sqrt(2.0))


def test_the_interval_of_a_change_holds_it_and_is_of_ninety_per_cent() -> None:
    change = between(measure(ACTIVE, 20.0, 6.0), measure(ACTIVE, 32.0, 6.0))
    assert math.degrees(change.change) == pytest.approx(12.0)
    half = math.degrees(change.high - change.low) / 2.0
    assert half == pytest.approx(1.645 * 6.0 * math.sqrt(2.0))
    assert (change.low + change.high) / 2.0 == pytest.approx(change.change)


def test_a_lay_reader_needs_a_larger_change_and_an_unknown_one_counts_as_lay() -> None:
    readings = measure(ACTIVE, 30.0, 1.0), measure(ACTIVE, 38.0, 1.0)
    by_clinician = between(*readings)
    by_self = between(*readings, read_by_lay=frozenset({ACTIVE}))
    by_nobody_knows = between(*readings, read_by_lay=None)
    assert by_clinician.kind is ChangeKind.REAL
    assert by_self.kind is by_nobody_knows.kind is ChangeKind.WITHIN_ERROR
    assert by_self.mdc == pytest.approx(load().lay_reader.factor * by_clinician.mdc)
    assert by_self.lay
    assert "lay" in by_self.clinician


def test_another_instrument_is_never_compared() -> None:
    change = between(measure(ACTIVE, 20.0, 1.0), measure(ACTIVE, 60.0, 1.0, Instrument.PHONE))
    assert change.kind is ChangeKind.INSTRUMENT_CHANGED
    assert math.isnan(change.change)
    assert math.isnan(change.probability)
    assert "goniometer" in change.plain
    assert "phone" in change.plain


def test_a_gap_takes_the_instruments_of_its_parts() -> None:
    def with_gap(active: Instrument, weeks: float, gap: float) -> Visit:
        parts = (
            measure(ACTIVE, 30.0, 1.0, active),
            measure("hip_rotation_passive_left", 30.0 + gap, 1.0),
        )
        derived = measure("hip_rotation_gap_left", gap, 1.4, Instrument.DERIVED)
        return visit(*parts, derived, weeks=weeks)

    same = Instrument.GONIOMETER, Instrument.GONIOMETER
    other = Instrument.GONIOMETER, Instrument.PHONE
    found = {
        tools: change_of(
            "hip_rotation_gap_left", with_gap(tools[0], 0, 20.0), with_gap(tools[1], 3, 5.0)
        )
        for tools in (same, other)
    }
    kept, changed = found[same], found[other]
    assert kept is not None
    assert changed is not None
    assert kept.kind is ChangeKind.REAL
    # both parts err: sqrt(6.1^2 + 7.35^2)
    assert math.degrees(kept.mdc) == pytest.approx(math.hypot(6.1, 7.35), abs=0.05)
    assert changed.kind is ChangeKind.INSTRUMENT_CHANGED


def test_what_only_one_session_has_is_not_measured_again() -> None:
    missing = not_measured(ACTIVE, "a plate hides it")
    gone = between(measure(ACTIVE, 30.0, 2.0), missing)
    first = between(missing, measure(ACTIVE, 30.0, 2.0))
    assert gone.kind is first.kind is ChangeKind.NOT_MEASURED_AGAIN
    assert "not measured again" in gone.plain
    assert "first time" in first.plain
    assert change_of(ACTIVE, visit(missing), visit(missing, weeks=3)) is None


def test_a_film_needs_more_change_than_its_own_errors_because_people_differ_from_day_to_day() -> (
    None
):
    film = Instrument.VIDEO
    lumbar = "bend_lumbar_excursion"
    change = between(measure(lumbar, 50.0, 3.0, film), measure(lumbar, 62.0, 3.0, film))
    own = 1.96 * 3.0 * math.sqrt(2.0)
    day = 1.96 * 15.0 / 1.645
    assert math.degrees(change.mdc) == pytest.approx(math.hypot(own, day), abs=0.01)
    assert change.kind is ChangeKind.WITHIN_ERROR
    assert "laird2016" in change.sources


def test_two_networks_two_lifts_and_two_loads_are_obstacles() -> None:
    film = Instrument.VIDEO
    knee = measure("knee_flexion_bottom", 60.0, 2.0, film)
    hip = replace(knee, id="hip_moment_peak", value=500.0, se=30.0, unit="N·m")
    before = visit(knee, hip, network="a", lift=LiftFacts(bar_mass_kg=100.0))
    same = visit(knee, hip, weeks=3, network="a", lift=LiftFacts(bar_mass_kg=100.0))
    network = replace(same, network="b")
    variant = replace(same, lift=LiftFacts(bar_mass_kg=100.0, variant=Variant.SUMO))
    told = replace(before, lift=LiftFacts(bar_mass_kg=100.0, variant=Variant.CONVENTIONAL))
    heavy = replace(same, lift=LiftFacts(bar_mass_kg=120.0))

    def kinds(earlier: Visit, later: Visit) -> dict[str, ChangeKind]:
        return {one.id: one.kind for one in changes_between(earlier, later)}

    open_, shut = ChangeKind.WITHIN_ERROR, ChangeKind.INSTRUMENT_CHANGED
    assert kinds(before, same) == {"knee_flexion_bottom": open_, "hip_moment_peak": open_}
    assert set(kinds(before, network).values()) == {shut}
    assert set(kinds(told, variant).values()) == {shut}
    assert kinds(before, heavy) == {"knee_flexion_bottom": open_, "hip_moment_peak": shut}


def test_a_real_change_of_the_lift_at_another_load_says_that_the_load_may_explain_it() -> None:
    film = Instrument.VIDEO
    before = visit(
        measure("lumbar_flexion_bottom", 20.0, 2.0, film), lift=LiftFacts(bar_mass_kg=60.0)
    )
    after = visit(
        measure("lumbar_flexion_bottom", 45.0, 2.0, film), lift=LiftFacts(bar_mass_kg=100.0)
    )
    change = change_of("lumbar_flexion_bottom", before, after)
    assert change is not None
    assert change.kind is ChangeKind.REAL
    assert "60 kg" in change.caution
    assert "100 kg" in change.caution


@pytest.mark.parametrize(
    ("measure_id", "before", "after", "way"),
    [
        (ACTIVE, 25.0, 38.0, Towards.BETTER),
        (ACTIVE, 38.0, 25.0, Towards.WORSE),
        (ACTIVE, 45.0, 56.0, Towards.NEITHER),  # within the aim: more is not better
        (ACTIVE, 50.0, 75.0, Towards.WORSE),  # far beyond it
        (ACTIVE, 39.0, 55.0, Towards.NEITHER),  # nearly all of it beyond the target
        ("fingertip_to_floor", 20.0, 8.0, Towards.BETTER),
        ("hip_extension_left", -6.0, 7.0, Towards.BETTER),
        ("bend_lumbar_excursion", 80.0, 40.0, Towards.NEITHER),  # no aim
    ],
)
def test_better_means_towards_the_aim_and_more_is_not_always_better(
    measure_id: str, before: float, after: float, way: Towards
) -> None:
    first, last = measure(measure_id, before, 1.0), measure(measure_id, after, 1.0)
    assert towards(measure_id, first.value, last.value) is way


def test_a_change_within_error_goes_nowhere() -> None:
    change = between(measure(ACTIVE, 30.0, 2.0), measure(ACTIVE, 34.0, 2.0))
    assert change.kind is ChangeKind.WITHIN_ERROR
    assert change.towards is Towards.NEITHER


def test_how_sure_follows_the_normal_distribution() -> None:
    assert how_sure(0.0, 1.0) == 0.0
    assert how_sure(1.96, 1.0) == pytest.approx(0.95, abs=1e-4)
    assert how_sure(-1.645, 1.0) == pytest.approx(0.90, abs=1e-4)
    assert math.isnan(how_sure(math.nan, 1.0))
    assert (how_sure(0.0, 0.0), how_sure(1.0, 0.0)) == (0.0, 1.0)


def test_a_change_and_what_it_must_exceed_never_read_alike() -> None:
    change = between(measure(ACTIVE, 30.0, 0.5), measure(ACTIVE, 36.15, 0.5))
    assert change.kind is ChangeKind.REAL
    assert "6.2 deg more" in change.plain or "6.1 deg more" in change.plain
    assert "6.1 deg" in change.plain


def test_what_repeats_another_measure_is_compared_but_not_listed() -> None:
    names = ("hip_rotation_shortfall_passive_left", "hip_rotation_passive_left")
    before = visit(*(measure(name, 20.0, 2.0) for name in names))
    found = {one.id: one.listed for one in changes_between(before, replace(before))}
    assert found == {names[0]: False, names[1]: True}
