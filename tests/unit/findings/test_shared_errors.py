"""What two readings of one instrument share cancels in gaps and side differences."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from primemover.findings.belief import believe
from primemover.findings.joint import complete
from primemover.findings.uncertain import covariance, uncertain
from primemover.knowledge.reading_rows import Condition
from primemover.model.measure import Instrument, Measure
from tests.unit.findings.given import given

GAP = Condition(measure="hip_rotation_gap_left", above=7.0, unit="deg")
HIPS = given(
    hip_rotation_passive_left=(50, 2.65),
    hip_rotation_active_left=(40, 1.95),
    hip_rotation_passive_right=(45, 2.65),
)


def shared(first: Measure, second: Measure) -> float:
    """Return the correlation of two measures' errors."""
    found = covariance((first.id, second.id), {m.id: uncertain(m) for m in (first, second)})[0]
    return float(found[0, 1] / math.sqrt(found[0, 0] * found[1, 1]))


def test_one_reading_each_shares_what_the_row_says() -> None:
    passive, active = HIPS["hip_rotation_passive_left"], HIPS["hip_rotation_active_left"]
    assert shared(passive, active) == pytest.approx(0.15)
    assert shared(passive, HIPS["hip_rotation_passive_right"]) == pytest.approx(0.15)


def test_another_instrument_shares_nothing() -> None:
    passive = HIPS["hip_rotation_passive_left"]
    active = replace(HIPS["hip_rotation_active_left"], instrument=Instrument.GONIOMETER)
    assert shared(passive, active) == 0.0


def test_a_gap_errs_less_than_two_readings_of_strangers() -> None:
    gap = HIPS["hip_rotation_gap_left"]
    apart = math.hypot(math.radians(2.65), math.radians(1.95))
    assert gap.se < apart
    assert gap.se == pytest.approx(
        math.sqrt(apart**2 - 2 * 0.15 * math.radians(2.65) * math.radians(1.95))
    )


def test_what_is_shared_does_not_help_against_the_target() -> None:
    target = Condition(measure="hip_rotation_passive_left", above=47.35, unit="deg")
    assert believe(target, HIPS).lower == pytest.approx(0.8413447, abs=1e-6)  # one full error away


def test_a_wide_lay_error_is_not_the_instruments() -> None:
    wide = given(hip_rotation_passive_left=(50, 5.3), hip_rotation_active_left=(40, 3.9))
    first, second = wide["hip_rotation_passive_left"], wide["hip_rotation_active_left"]
    assert shared(first, second) == pytest.approx(0.15 / 4)


def test_the_sacrum_read_too_far_is_missing_in_the_low_back() -> None:
    bend = given(
        bend_pelvis_rotation=(60, 3), bend_lumbar_excursion=(60, 3), bend_thoracic_excursion=(15, 3)
    )
    pelvis, lumbar = bend["bend_pelvis_rotation"], bend["bend_lumbar_excursion"]
    assert shared(pelvis, lumbar) == pytest.approx(-0.5)
    assert shared(lumbar, bend["bend_thoracic_excursion"]) == pytest.approx(-0.5)
    alone = complete(
        {name: replace(bend[name], instrument=Instrument.VIDEO) for name in (pelvis.id, lumbar.id)}
    )
    # the share of a turn whose two parts err against each other is less sure
    assert bend["bend_lumbar_share"].se > alone["bend_lumbar_share"].se
