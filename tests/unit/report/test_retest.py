"""A re-test as JSON, as a page and as drawings."""

from __future__ import annotations

import datetime as dt
import json
import math
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from primemover.model.measure import Instrument, Side
from primemover.model.retest import ChangeKind, Retest, Trend, TrendPoint
from primemover.pipeline.options import Options
from primemover.pipeline.visit_files import open_visit, visit_from
from primemover.pipeline.visits import compare
from primemover.report.contract_retest import RetestJson
from primemover.report.files import json_bytes
from primemover.report.retest_figure import trend_drawing
from primemover.report.retest_page import render_retest, write_retest
from primemover.report.retest_rows import row_of
from primemover.report.wire_retest import retest_to_json
from tests.unit.report.test_page import HOSTILE, Outline

EXAMPLES = Path(__file__).parents[3] / "examples" / "retest"


def compared(*names: str) -> Retest:
    files = [open_visit(EXAMPLES / f"{name}.toml") for name in names]
    return compare([visit_from(file, options=Options()) for file in files])


@pytest.fixture(scope="module")
def pair() -> Retest:
    return compared("first", "second")


@pytest.fixture(scope="module")
def three() -> Retest:
    return compared("first", "second", "third")


def strict(retest: Retest) -> dict[str, Any]:
    data = retest_to_json(retest, version="0.1.0", knowledge_sha256="cd" * 32)
    loaded: dict[str, Any] = json.loads(json_bytes(data))
    return loaded


def outline(page: str) -> Outline:
    found = Outline()
    found.feed(page)
    return found


def test_a_retest_follows_the_contract(pair: Retest, three: Retest) -> None:
    for retest in (pair, three):
        RetestJson.model_validate_json(json.dumps(strict(retest)))
    assert strict(pair)["since_last"] == []
    assert strict(three)["since_last"]


def test_numbers_of_a_retest_are_in_the_units_people_read(pair: Retest) -> None:
    change = {one["id"]: one for one in strict(pair)["changes"]}["hip_rotation_active_left"]
    assert (change["unit"], change["kind"], change["towards"]) == ("deg", "real", "better")
    assert change["change"] == pytest.approx(12.0)
    assert change["mdc"] == pytest.approx(6.1, abs=0.01)
    assert change["low"] < change["change"] < change["high"]
    assert change["before"]["value"] == pytest.approx(29.0)
    lost = {one["id"]: one for one in strict(pair)["changes"]}["knee_to_wall_left"]
    assert (lost["change"], lost["probability"], lost["after"]) == (None, None, None)


def test_the_page_is_well_formed_and_links_to_what_is_there(three: Retest) -> None:
    found = outline(render_retest(three, version="0.1.0"))
    assert found.headings[0] == 1
    assert found.headings.count(1) == 1
    assert all(b - a <= 1 for a, b in zip(found.headings, found.headings[1:], strict=False))
    assert len(found.ids) == len(set(found.ids))
    assert set(found.targets) <= set(found.ids)
    assert not [tag for tag, _ in found.tags if tag in {"img", "iframe", "link"}]


def test_the_page_tells_every_listed_measure_and_every_step(pair: Retest) -> None:
    text = " ".join(outline(render_retest(pair, version="0.1.0")).text.split())
    for change in pair.changes:
        if change.listed:
            assert row_of(change).label in text
    for step in pair.steps:
        assert step.title in text
    assert pair.headline in text
    assert "0.8 of 15" in text  # 5 % of 15 comparisons, rounded
    assert "nan" not in text.lower().replace("finance", "")


def test_a_hostile_file_name_stays_text(pair: Retest) -> None:
    visits = tuple(replace(one, name=HOSTILE) for one in pair.visits)
    page = render_retest(replace(pair, visits=visits, headline=HOSTILE), version="0.1.0")
    assert "<script>alert" not in page
    assert "<img" not in page


def test_a_referral_stands_at_the_top(pair: Retest) -> None:
    first, last = pair.visits
    stopped = replace(last, stopped="Talk to a clinician first.", stops_exam=True)
    page = render_retest(compare([first, stopped]), version="0.1.0")
    assert '<div class="banner refer">' in page
    assert page.index("Talk to a clinician first.") < page.index('id="plan"')


def test_the_files_are_written_complete(pair: Retest, tmp_path: Path) -> None:
    files = write_retest(pair, tmp_path / "new", version="0.1.0", knowledge_sha256="cd")
    assert files.html.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert json.loads(files.json.read_text(encoding="utf-8"))["kind"] == "retest"


def trend(*values: float, mdc: float = 6.0, slope: float = math.nan) -> Trend:
    points = tuple(
        TrendPoint(
            date=dt.date(2026, 9, 7) + dt.timedelta(days=14 * k),
            value=math.radians(value),
            se=math.radians(2.0),
            instrument=Instrument.GONIOMETER,
            comparable=True,
        )
        for k, value in enumerate(values)
    )
    return Trend(
        id="hip_rotation_active_left",
        label="active hip internal rotation, left",
        side=Side.LEFT,
        unit="rad",
        points=points,
        slope=math.radians(slope),
        slope_se=math.radians(0.5),
        slope_low=math.nan,
        slope_high=math.nan,
        level=points[0].value,
        middle=0.0,
        misfit=0.0,
        mdc=math.radians(mdc),
        kind=ChangeKind.REAL,
        plain="",
    )


def attributes(drawing: str, css: str) -> list[dict[str, float]]:
    """Return the numbers of every element of a class."""
    tags = re.findall(rf'<\w+[^>]* class="{css}"[^>]*>|<\w+ class="{css}"[^>]*>', drawing)
    return [
        {key: float(value) for key, value in re.findall(r'(\w+)="(-?[\d.]+)"', tag)} for tag in tags
    ]


@pytest.mark.parametrize(("later", "outside"), [(40.0, True), (33.0, False), (18.0, True)])
def test_a_point_lies_outside_the_band_exactly_when_the_change_is_real(
    later: float,
    outside: bool,  # noqa: FBT001 - a case of the table
) -> None:
    drawing = str(trend_drawing(trend(30.0, later)))
    (band,) = attributes(drawing, "chance")
    point = attributes(drawing, "point")[-1]
    is_inside = band["y"] <= point["cy"] <= band["y"] + band["height"]
    assert is_inside is not outside


def test_a_drawing_stays_in_its_box_and_is_the_same_every_time() -> None:
    course = trend(30.0, 35.0, 41.0, slope=2.7)
    first, again = trend_drawing(course), trend_drawing(course)
    assert first == again
    for name in ("cy", "y1", "y2"):
        found = [float(value) for value in re.findall(rf' {name}="(-?[\d.]+)"', str(first))]
        assert all(0.0 <= value <= 176.0 for value in found), name
    assert "NaN" not in str(first)
    assert str(first).count('class="fit"') == 1


def test_what_cannot_be_compared_is_drawn_hollow_and_without_a_band() -> None:
    course = trend(30.0, 50.0, mdc=math.nan)
    hollow = replace(course.points[0], comparable=False)
    drawing = str(trend_drawing(replace(course, points=(hollow, course.points[1]))))
    assert drawing.count('class="point other"') == 1
    assert 'class="chance"' not in drawing


def test_the_aim_is_drawn_where_it_lies_in_the_picture() -> None:
    course = trend(30.0, 45.0)
    inside = str(trend_drawing(course, aim=(math.radians(40.0), math.radians(60.0))))
    assert inside.count('class="aim"') == 1
    assert 'class="aim"' not in str(trend_drawing(course))
