"""Smallest changes against the figures published for them, in degrees, centimetres and seconds."""

from __future__ import annotations

import math

import pytest

from primemover.knowledge import load
from primemover.knowledge.precision import (
    offset_si,
    precision_of,
    smallest_change,
    smallest_difference,
)
from primemover.model.measure import Instrument
from primemover.model.units import from_display, to_display

GONIOMETER, INCLINOMETER = Instrument.GONIOMETER, Instrument.INCLINOMETER
PHONE, VIDEO = Instrument.PHONE, Instrument.VIDEO


def shown(measure: str, instrument: Instrument, *, lay: bool = False) -> float:
    change = smallest_change(measure, instrument, instrument, by_lay_person=lay)
    assert change.kind == "mdc"
    return to_display(change.mdc, change.unit)[0]


@pytest.mark.parametrize(
    ("measure", "instrument", "published"),
    [
        ("hip_rotation_active", INCLINOMETER, 5.4),
        ("hip_rotation_passive_left", INCLINOMETER, 7.35),
        ("hip_rotation_passive_right", PHONE, 8.6),
        ("fingertip_to_floor", Instrument.TAPE, 4.5),
        ("sorensen_hold", Instrument.STOPWATCH, 32.0),
    ],
)
def test_the_smallest_change_is_the_published_mdc(
    measure: str, instrument: Instrument, published: float
) -> None:
    assert shown(measure, instrument) == pytest.approx(published, abs=0.2)


def test_an_mdc_of_90_per_cent_is_brought_to_95() -> None:
    assert shown("bend_lumbar_excursion", INCLINOMETER) == pytest.approx(7.0 * 1.96 / 1.645, 0.01)


def test_a_lay_persons_mdc_of_hip_rotation_lies_at_the_wide_end_of_ten_to_fifteen_degrees() -> None:
    assert 10.0 <= shown("hip_rotation_passive", GONIOMETER, lay=True) <= 15.1
    assert shown("hip_rotation_passive", PHONE, lay=True) == pytest.approx(1.75 * 8.6, abs=0.1)
    lay = smallest_change("hip_rotation_passive", PHONE, PHONE, by_lay_person=True)
    assert lay.lay
    assert "project_default" in lay.sources


def test_a_gap_is_more_than_error_from_5_to_9_degrees_by_instrument() -> None:
    best = smallest_difference("hip_rotation_difference_active", INCLINOMETER)
    worst = smallest_difference("hip_rotation_gap_left", PHONE)
    assert math.degrees(best.mdc) == pytest.approx(5.4, abs=0.05)
    assert math.degrees(worst.mdc) == pytest.approx(8.6, abs=0.05)


def test_a_change_of_a_difference_errs_by_both_parts() -> None:
    active, passive = (
        smallest_change(f"hip_rotation_{kind}", INCLINOMETER, INCLINOMETER).mdc
        for kind in ("active", "passive")
    )
    gap = smallest_change("hip_rotation_gap_right", INCLINOMETER, INCLINOMETER)
    assert gap.mdc == pytest.approx(math.hypot(active, passive))
    assert {"krause2015", "gradoz2018"} <= set(gap.sources)


@pytest.mark.parametrize("other", [PHONE, VIDEO, INCLINOMETER])
def test_another_instrument_is_said_and_never_given_a_number(other: Instrument) -> None:
    changed = smallest_change("hip_rotation_active_left", GONIOMETER, other)
    assert changed.kind == "instrument_changed"
    assert math.isnan(changed.mdc)
    assert changed.sources
    assert changed.note


def test_where_nobody_published_a_figure_the_readings_own_errors_decide() -> None:
    change = smallest_change("lumbar_flexion_bottom", VIDEO, VIDEO)
    assert (change.kind, change.tag) == ("own_error", "default")
    share = smallest_change("bend_lumbar_share", INCLINOMETER, INCLINOMETER)
    assert share.kind == "own_error"


def test_an_unknown_measure_or_one_that_is_no_difference_is_refused() -> None:
    with pytest.raises(KeyError):
        smallest_change("knee_wobble", PHONE, PHONE)
    with pytest.raises(KeyError):
        smallest_difference("hip_rotation_active", PHONE)


def test_an_offset_changes_its_sign_with_the_order_and_an_instrument_has_none_to_itself() -> None:
    name = "hip_rotation_active_left"
    there, back = (
        offset_si(name, *pair) for pair in ((INCLINOMETER, GONIOMETER), (GONIOMETER, INCLINOMETER))
    )
    assert there is not None
    assert back is not None
    assert math.degrees(there[0]) == pytest.approx(4.5)
    assert (back[0], back[1]) == (-there[0], there[1])
    assert offset_si(name, PHONE, PHONE) == (0.0, 0.0)
    assert offset_si(name, PHONE, GONIOMETER) is None
    assert offset_si("knee_to_wall_left", INCLINOMETER, GONIOMETER) is None


def test_a_published_mdc_and_its_sem_belong_together() -> None:
    """The SEM that a row states is never smaller than the one that its MDC comes from."""
    z = {90: 1.645, 95: 1.96}
    for row in load().precision:
        if row.mdc is not None and row.measures != ("fingertip_to_floor",):
            from_mdc = row.mdc / (z[row.mdc_level] * math.sqrt(2.0))
            assert row.sem >= from_mdc - 0.06, row


def test_every_measure_that_is_typed_in_can_be_read_with_its_instrument() -> None:
    for row in load().precision:
        for stem in row.measures:
            assert precision_of(stem, row.instrument) is row
            assert from_display(row.sem, row.unit)[1] == load().measures[stem].unit
