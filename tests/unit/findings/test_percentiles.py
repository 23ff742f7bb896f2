"""Percentiles against closed forms, and which publications may stand beside a value."""

from __future__ import annotations

import math

import pytest
from scipy.stats import norm as normal

from primemover.findings.percentiles import (
    fitting_norms,
    percentile_band,
    standing_of,
    standings,
)
from primemover.knowledge import load
from primemover.knowledge.evidence_rows import NormRow
from primemover.model.measure import Instrument, Measure, not_measured
from primemover.model.person import Person, Sex
from primemover.model.session import Variant
from primemover.model.standing import NormPlace, Standing

MAN = Person(sex=Sex.MALE, age_years=33)
WOMAN = Person(sex=Sex.FEMALE, age_years=30)


def rotation(
    degrees: float, instrument: Instrument = Instrument.GONIOMETER, mode: str = "passive"
) -> Measure:
    return Measure(
        id=f"hip_rotation_{mode}_left",
        value=math.radians(degrees),
        se=0.03,
        unit="rad",
        instrument=instrument,
    )


def standing(measure: Measure, person: Person = MAN) -> Standing:
    found = standing_of(measure, person)
    assert found is not None
    return found


def place(measure: Measure, norm: str) -> NormPlace:
    return next(one for one in standing(measure).places if one.norm == norm)


def test_the_same_tool_and_position_give_the_normal_percentile() -> None:
    found = place(rotation(40), "nhanes_25_39")
    assert found.relation == "same"
    assert found.percentile == pytest.approx(100 * normal.cdf(40, 33, 7))
    assert found.low == found.percentile == found.high


def test_a_tool_of_known_offset_is_moved_first_and_its_error_is_told() -> None:
    found = place(rotation(30), "krause_seated")
    assert found.relation == "shifted"
    assert math.degrees(found.shift) == pytest.approx(4.5)
    expected = [100 * normal.cdf(30 + shift, 31.8, 7) for shift in (4.5, 1.5, 7.5)]
    assert (found.percentile, found.low, found.high) == pytest.approx(tuple(expected))


@pytest.mark.parametrize(
    ("instrument", "norm", "relation"),
    [
        (Instrument.PHONE, "krause_seated", "other_tool"),
        (Instrument.GONIOMETER, "kouyoumdjian_seated", "other_tool"),
        (Instrument.GONIOMETER, "kouyoumdjian_prone", "position"),
        (Instrument.GONIOMETER, "tennis_men", "no_position"),
    ],
)
def test_another_position_or_a_tool_nobody_compared_is_kept_apart(
    instrument: Instrument, norm: str, relation: str
) -> None:
    found = place(rotation(35, instrument), norm)
    assert (found.relation, found.is_apart) == (relation, True)


def test_the_band_goes_from_the_lowest_to_the_highest_comparable_publication() -> None:
    found = standing(rotation(33))
    ranks = {one.norm: one.percentile for one in found.places if not one.is_apart}
    assert set(ranks) == {"krause_seated", "nhanes_25_39", "boone_men"}
    assert found.band == (min(ranks.values()), max(ranks.values()))
    assert percentile_band(rotation(33), MAN) == found.band


def test_a_phone_has_only_publications_kept_apart_and_still_a_band() -> None:
    found = standing(rotation(33, Instrument.PHONE))
    assert found.band is None
    assert percentile_band(rotation(33, Instrument.PHONE), MAN) == found.apart_band


def test_sex_age_and_the_lifts_variant_choose_the_publications() -> None:
    women = {row.id for row in fitting_norms("hip_rotation_passive", WOMAN)}
    men = {row.id for row in fitting_norms("hip_rotation_passive", MAN)}
    anyone = {row.id for row in fitting_norms("hip_rotation_passive", Person())}
    assert "tennis_women" in women - men
    assert {"boone_men", "roaas_men"} <= men - women
    assert women | men <= anyone
    old = {row.id for row in fitting_norms("hip_rotation_active", Person(age_years=74.9))}
    assert "nhanes_60_74" in old
    assert "nhanes_60_74" not in {
        row.id for row in fitting_norms("hip_rotation_active", Person(age_years=75.0))
    }
    assert fitting_norms("knee_flexion_bottom", Person()) == ()
    sumo = fitting_norms("knee_flexion_bottom", Person(), Variant.SUMO)
    assert [row.id for row in sumo] == ["knee_sumo"]


def test_active_rotation_is_not_set_beside_passive_norms() -> None:
    active = {row.id for row in fitting_norms("hip_rotation_active", MAN)}
    assert {"roaas_men", "mosler_soccer"}.isdisjoint(active)


def test_more_rotation_never_has_a_lower_percentile() -> None:
    bands = [percentile_band(rotation(value), MAN) for value in range(5, 70, 5)]
    lows = [band[0] for band in bands if band]
    highs = [band[1] for band in bands if band]
    assert lows == sorted(lows)
    assert highs == sorted(highs)


def test_what_has_no_number_or_no_norm_stands_nowhere() -> None:
    assert standing_of(not_measured("hip_rotation_passive_left", "no"), MAN) is None
    bar = Measure(id="bar_drift", value=0.1, se=0.01, unit="m")
    assert standing_of(bar, MAN) is None
    assert standings({"bar_drift": bar, "x": rotation(33)}, MAN) == (standing(rotation(33)),)
    assert percentile_band(None, MAN) is None


def test_a_norm_without_a_spread_is_shown_without_a_percentile() -> None:
    pelvis = Measure(id="bend_pelvis_rotation", value=1.0, se=0.05, unit="rad")
    places = {one.norm: one for one in standing(pelvis, Person()).places}
    assert math.isnan(places["laird_pelvis"].percentile)
    assert places["gajdosik_pelvis"].percentile == pytest.approx(
        100 * normal.cdf(math.degrees(1.0), 72, 4)
    )


@pytest.mark.parametrize(
    ("norm", "below", "published"),
    [
        ("nhanes_25_39", (45, 40, 30, 24, 15), (95, 84, 40, 16, 2)),
        ("fan_men", (45, 40, 30, 24, 15), (98, 85, 14, 1, 0)),
        ("fan_women", (45, 40, 30, 24, 15), (59, 40, 11, 3, 0)),
        ("howard_active_people", (45, 40, 30, 24, 15), (93, 84, 54, 32, 10)),
        ("tennis_men", (45, 40, 30, 24, 15), (94, 85, 50, 27, 6)),
        ("tennis_women", (45, 40, 30, 24, 15), (87, 70, 25, 8, 1)),
        ("kouyoumdjian_seated", (45, 40, 30, 24, 15), (81, 60, 16, 4, 0)),
    ],
)
def test_the_rows_give_the_evidence_reviews_share_of_healthy_people_below_a_line(
    norm: str, below: tuple[int, ...], published: tuple[int, ...]
) -> None:
    row: NormRow = load().norms[norm]
    assert row.mean is not None
    assert row.sd is not None
    tolerance = 7 if norm == "nhanes_25_39" else 1.1  # the review took all ages together: 32 (8)
    for line, share in zip(below, published, strict=True):
        assert 100 * normal.cdf(line, row.mean, row.sd) == pytest.approx(share, abs=tolerance)
