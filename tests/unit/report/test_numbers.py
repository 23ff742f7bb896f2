from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from primemover.model.measure import Measure, not_measured
from primemover.report.numbers import (
    chance_text,
    interval_text,
    percent_text,
    quantity_text,
    value_text,
)


@pytest.mark.parametrize(
    ("value_deg", "se_deg", "text"),
    [
        (31.4, 5.2, "31 ± 5°"),
        (-12.6, 4.4, "\u221213 ± 4°"),
        (12.34, 0.4, "12.3 ± 0.4°"),
        (-0.2, 3.0, "0 ± 3°"),
        (88.0, 14.0, "88 ± 14°"),
        (31.4, math.nan, "31°"),
    ],
)
def test_an_angle_is_told_no_finer_than_its_error(
    value_deg: float, se_deg: float, text: str
) -> None:
    assert quantity_text(math.radians(value_deg), math.radians(se_deg), "rad") == text


def test_lengths_are_told_in_centimetres_and_shares_in_percent() -> None:
    assert quantity_text(-0.021, 0.012, "m") == "\u22122 ± 1 cm"
    share = Measure(id="trunk_rise_share_hips", value=0.58, se=0.08, unit="1")
    assert value_text(share) == "58 ± 8 %"
    assert value_text(share, with_error=False) == "58 %"
    reach = Measure(id="fingertip_to_floor", value=0.057, se=0.011, unit="m")
    assert value_text(reach, with_error=False) == "6 cm"


@pytest.mark.parametrize(
    ("value", "se", "unit", "text"),
    [
        (math.radians(33.0), math.radians(5.2), "rad", "24 and 42°"),
        (math.radians(-12.6), math.radians(4.4), "rad", "\u221220 and \u22125°"),
        (math.radians(12.34), math.radians(0.4), "rad", "11.7 and 13.0°"),
        (-0.021, 0.012, "m", "\u22124 and 0 cm"),
        (1.03, 0.09, "m/s", "0.88 and 1.18 m/s"),
        (0.58, 0.08, "1", "0.45 and 0.71"),
    ],
)
def test_an_interval_is_as_fine_as_its_value(value: float, se: float, unit: str, text: str) -> None:
    assert interval_text(Measure(id="any", value=value, se=se, unit=unit)) == text


def test_an_interval_of_a_share_is_in_percent() -> None:
    share = Measure(id="trunk_rise_share_hips", value=0.58, se=0.08, unit="1")
    assert interval_text(share) == "45 and 71 %"


def test_what_has_no_interval_says_nothing() -> None:
    assert interval_text(not_measured("knee_flexion_bottom", "A plate hides it.")) == ""
    assert interval_text(Measure(id="pushups", value=12.0, se=0.0, unit="1")) == ""
    assert interval_text(Measure(id="pushups", value=12.0, se=math.nan, unit="1")) == ""


def test_what_was_not_measured_is_said_in_words() -> None:
    assert value_text(not_measured("knee_flexion_bottom", "A plate hides it.")) == "not measured"


def test_a_percentage_never_claims_certainty() -> None:
    assert percent_text(0.9999) == "over 99 %"
    assert percent_text(0.0) == "under 1 %"
    assert percent_text(math.nan) == "not measured"


def test_words_for_chances_grow_with_the_chance() -> None:
    words = [chance_text(p) for p in (0.005, 0.05, 0.2, 0.5, 0.7, 0.95, 0.995)]
    assert len(set(words)) == len(words)
    assert words[3] == "could be either way"


@given(
    value=st.floats(-1e4, 1e4) | st.just(math.nan),
    se=st.floats(0.0, 1e4) | st.just(math.nan),
    unit=st.sampled_from(["rad", "m", "s", "m/s", "kg", "1", "%"]),
)
def test_no_number_ever_reads_nan_or_minus_zero(value: float, se: float, unit: str) -> None:
    si_unit = unit.replace("%", "1")
    between = interval_text(Measure(id="any_share", value=value, se=se, unit=si_unit))
    for text in (quantity_text(value, se, unit), *between.split(" and ")):
        assert "nan" not in text.lower()
        assert "inf" not in text.lower()
        assert not text.startswith(("\u22120 ", "\u22120°", "\u22120.0 "))
        assert text not in {"\u22120", "\u22120.0", "\u22120.00", "\u22120.000"}
