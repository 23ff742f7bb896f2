from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from primemover.dynamics.body import body_of, foreshortened, lengths_from_stature
from primemover.dynamics.segments import PARENT, SEGMENTS, Segment
from primemover.errors import OutOfRangeError, PrimeMoverError
from primemover.knowledge import segment_rows
from primemover.knowledge.evidence_rows import SourceRow
from primemover.knowledge.loading import read_rows
from primemover.knowledge.segment_rows import (
    BodyRow,
    LandmarkRow,
    SegmentRow,
    TableId,
    segment_table,
)
from primemover.model.person import Sex
from tests.unit.dynamics.lifts import lifter

TABLES: tuple[TableId, ...] = ("de_leva", "winter", "dumas")
EVERY = tuple(product(TABLES, Sex))
PAIRED = {"foot", "shank", "thigh", "upper_arm", "forearm", "hand"}


@pytest.mark.parametrize(("table", "sex"), EVERY)
def test_the_parts_of_a_table_weigh_the_whole_body(table: TableId, sex: Sex) -> None:
    rows = segment_table(table, sex=sex).segments
    total = sum(row.mass * (2 if part in PAIRED else 1) for part, row in rows.items())
    assert total == pytest.approx(1.0, abs=0.003)  # rounded in print
    body = lifter(table, sex=sex, mass_kg=71.0)
    assert float(body.total_mass_kg) == pytest.approx(71.0)


@pytest.mark.parametrize(
    ("table", "sex", "share"),
    [
        ("de_leva", Sex.MALE, 0.4346),  # de Leva's own row for the whole trunk
        ("de_leva", Sex.FEMALE, 0.4257),
        ("winter", Sex.MALE, 0.497),
        ("dumas", Sex.MALE, 0.333 + 0.142),
        ("dumas", Sex.FEMALE, 0.304 + 0.146),
    ],
)
def test_the_parts_of_the_trunk_weigh_the_whole_trunk(
    table: TableId, sex: Sex, share: float
) -> None:
    rows = segment_table(table, sex=sex).segments
    assert sum(rows[part].mass for part in ("pelvis", "lumbar", "chest")) == pytest.approx(share)


@pytest.mark.parametrize(("sex", "share"), [(Sex.MALE, 0.4911), (Sex.FEMALE, 0.4576)])
def test_what_hangs_on_l5s1_weighs_what_others_found_from_the_same_table(
    sex: Sex, share: float
) -> None:
    body = lifter(sex=sex, mass_kg=100.0)
    above = body.mass_kg[Segment.LUMBAR :].sum()
    assert above == pytest.approx(100.0 * share, abs=0.05)


@pytest.mark.parametrize(
    ("sex", "centre", "gyration"), [(Sex.MALE, 0.4310, 0.358), (Sex.FEMALE, 0.3782, 0.361)]
)
def test_the_trunk_put_together_is_the_tables_own_whole_trunk(
    sex: Sex, centre: float, gyration: float
) -> None:
    body = lifter(sex=sex)
    trunk_m = float(body.lengths.trunk_m)
    parts = [Segment.PELVIS, Segment.LUMBAR, Segment.CHEST]
    mass = body.mass_kg[parts]
    joints = np.cumsum([0.0, *body.end_m[parts[:-1], 1]])
    heights = joints + body.centre_m[parts, 1]
    common = (mass * heights).sum() / mass.sum()
    turning = (body.inertia_kg_m2[parts] + mass * (heights - common) ** 2).sum()
    # Rows counted from the shoulders down. Within a hundredth of the trunk and 5 % of the radius.
    assert 1.0 - common / trunk_m == pytest.approx(centre, abs=0.015)
    assert np.sqrt(turning / mass.sum()) / trunk_m == pytest.approx(gyration, rel=0.06)


@pytest.mark.parametrize(("table", "sex"), EVERY)
def test_standing_the_chain_is_as_tall_as_the_person(table: TableId, sex: Sex) -> None:
    body = lifter(table, sex=sex, stature_m=1.75)
    up = body.end_m[[Segment.SHANK, Segment.THIGH, Segment.PELVIS, Segment.LUMBAR], 1].sum()
    top = up + body.neck_m[1] + body.lengths.head_m + body.lengths.ankle_height_m
    assert float(top) == pytest.approx(1.75, rel=0.04)
    ahead = body.end_m[[Segment.PELVIS, Segment.LUMBAR, Segment.CHEST], 0].sum()
    assert ahead == pytest.approx(0.0, abs=1e-12)


@pytest.mark.parametrize(("table", "sex"), EVERY)
def test_every_centre_lies_in_the_body(table: TableId, sex: Sex) -> None:
    body = lifter(table, sex=sex)
    for segment in PARENT:
        along = body.centre_m[segment, 1] / body.end_m[segment, 1]
        assert 0.0 < along < 1.35, segment
        assert 0.0 <= body.inertia_kg_m2[segment] < 3.0


def test_forearm_and_hand_are_one_link_by_parallel_axes() -> None:
    body = lifter(mass_kg=100.0, stature_m=1.741)
    forearm_kg, hand_kg = 3.24, 1.22
    forearm_at, hand_at = 0.4574 * 0.2689, 0.2689 + 0.79 * 0.0862
    centre = (forearm_kg * forearm_at + hand_kg * hand_at) / (forearm_kg + hand_kg)
    inertia = forearm_kg * ((0.265 * 0.2689) ** 2 + (forearm_at - centre) ** 2)
    inertia += hand_kg * ((0.513 * 0.0862) ** 2 + (hand_at - centre) ** 2)
    assert body.mass_kg[Segment.FOREARM] == pytest.approx(forearm_kg + hand_kg)
    assert body.centre_m[Segment.FOREARM, 1] == pytest.approx(-centre)
    assert body.inertia_kg_m2[Segment.FOREARM] == pytest.approx(inertia)


def test_draws_of_mass_and_length_make_bodies_with_their_own_axis() -> None:
    table = segment_table("de_leva", sex=Sex.MALE)
    statures = np.array([1.6, 1.8, 2.0])
    body = body_of(table, lengths_from_stature(table, statures), body_mass_kg=80.0)
    assert body.mass_kg.shape == (len(SEGMENTS), 3)
    for draw, stature in enumerate(statures):
        alone = lifter(stature_m=float(stature))
        assert body.end_m[:, draw] == pytest.approx(alone.end_m)
        assert body.inertia_kg_m2[:, draw] == pytest.approx(alone.inertia_kg_m2)


def test_spread_thighs_are_shorter_in_the_sagittal_plane() -> None:
    lengths = lifter().lengths
    sumo = foreshortened(
        lengths, thigh_abduction_rad=np.deg2rad(40.0), foot_turn_out_rad=np.deg2rad(60.0)
    )
    assert sumo.toe_m == pytest.approx(0.5 * lengths.toe_m)
    assert sumo.thigh_m == pytest.approx(lengths.thigh_m * np.cos(np.deg2rad(40.0)))
    assert sumo.shank_m == lengths.shank_m


@pytest.mark.parametrize("mass", [0.0, -80.0, np.nan, np.inf])
def test_a_body_without_weight_is_refused(mass: float) -> None:
    table = segment_table("de_leva", sex=Sex.MALE)
    with pytest.raises(OutOfRangeError, match="Body mass"):
        body_of(table, lengths_from_stature(table, 1.8), body_mass_kg=mass)


@pytest.mark.parametrize("stature", [0.0, np.nan])
def test_a_person_without_stature_is_refused(stature: float) -> None:
    with pytest.raises(OutOfRangeError, match="Stature"):
        lengths_from_stature(segment_table("de_leva", sex=Sex.MALE), stature)


def test_every_row_has_a_source_that_is_in_the_file() -> None:
    sources = {row.key for row in read_rows("segments", "source", SourceRow)}
    for kind, rows in (("segment", SegmentRow), ("landmark", LandmarkRow), ("body", BodyRow)):
        for row in read_rows("segments", kind, rows):
            assert row.sources, row  # type: ignore[attr-defined]
            assert set(row.sources) <= sources, row  # type: ignore[attr-defined]


def test_no_row_claims_to_have_been_read_in_its_publication() -> None:
    for kind, rows in (("source", SourceRow), ("segment", SegmentRow), ("body", BodyRow)):
        for row in read_rows("segments", kind, rows):
            assert row.tag != "read"  # type: ignore[attr-defined]


def test_a_table_that_misses_a_part_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def fewer(name: str, table: str, kind: type[object]) -> tuple[object, ...]:
        found = read_rows(name, table, kind)
        return found[1:] if table == "segment" else found

    _with_rows(monkeypatch, fewer)
    with pytest.raises(PrimeMoverError, match="not complete"):
        segment_table("de_leva", sex=Sex.MALE)


def test_a_row_that_speaks_of_an_unknown_landmark_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fewer(name: str, table: str, kind: type[object]) -> tuple[object, ...]:
        found = read_rows(name, table, kind)
        return tuple(row for row in found if getattr(row, "name", "") != "xiphion")

    _with_rows(monkeypatch, fewer)
    with pytest.raises(PrimeMoverError, match="speaks of xiphion"):
        segment_table("de_leva", sex=Sex.MALE)


def _with_rows(monkeypatch: pytest.MonkeyPatch, reader: object) -> None:
    monkeypatch.setattr(segment_rows, "read_rows", reader)
    segment_table.cache_clear()
