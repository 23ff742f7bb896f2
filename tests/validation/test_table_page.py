"""The published section says what the films say, whatever is missing from them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from tests.validation.pretend import Errors, pretend_films
from validation.pages import section
from validation.table.bounds import HARD, TARGETS, USUAL
from validation.table.cells import few, interval, number, shares, verdict
from validation.table.figures import FIGURES, calibration, file_name
from validation.table.judged import headline_table, judge
from validation.table.observations import of_curves
from validation.table.page import SECTION, write_page
from validation.table.records import FilmResult
from validation.table.rows import Seen, chosen, faces_as_asked, in_yaw_band, is_hard, is_usual
from validation.table.statistics import summary
from validation.table.words import plain_words

Films = list[FilmResult]


def refused(films: Films) -> Films:
    """Return the films as they are when the program refuses all of them."""

    def nothing(film: FilmResult) -> FilmResult:
        gaps = np.full(film.curves[0].time_s.size, np.nan)
        curves = tuple(
            replace(c, measured=gaps, se=gaps, low=gaps, high=gaps, why="the view")
            for c in film.curves
        )
        measures = tuple(
            replace(m, measured=np.nan, se=np.nan, low=np.nan, high=np.nan) for m in film.measures
        )
        return replace(
            film, curves=curves, measures=measures, track=None, refused="Nobody was found."
        )

    return [nothing(film) for film in films]


def moved(films: Films, *moves: str) -> Films:
    return [film for film in films if film.factors.move in moves]


def turned(film: FilmResult, yaw_deg: float) -> FilmResult:
    factors = replace(film.factors, yaw_rad=np.deg2rad(yaw_deg), plates=False, close_fitting=True)
    return replace(film, factors=factors)


def written(films: Films, folder: Path) -> str:
    page = folder / "accuracy.md"
    write_page(films, page=page, images=folder / "images")
    return section(page, SECTION)


CASES: dict[str, Callable[[], Films]] = {
    "plenty": lambda: pretend_films(20, seed=1),
    "few people": lambda: pretend_films(3, seed=1),
    "all refused": lambda: refused(pretend_films(8, seed=1)),
    "seated only": lambda: moved(pretend_films(8, seed=1), "hip_rotation"),
    "bends only": lambda: moved(pretend_films(8, seed=1), "forward_bend"),
    "one film": lambda: pretend_films(1, seed=1)[:1],
    "no films": list,
}


@pytest.mark.parametrize("case", CASES)
def test_every_table_is_whole_whatever_is_missing(case: str, tmp_path: Path) -> None:
    text = written(CASES[case](), tmp_path)
    blocks = [block for block in text.split("\n\n") if block.startswith("|")]
    assert blocks
    for block in blocks:
        assert len({line.count(" | ") for line in block.splitlines()}) == 1, block
    assert "nan" not in text.lower().replace("nanometre", "")
    assert "inf" not in text.replace("information", "")
    assert "Virtual people are not patients" in text


@pytest.mark.parametrize("case", CASES)
def test_every_figure_is_sound_and_has_no_missing_numbers_in_it(case: str, tmp_path: Path) -> None:
    text = written(CASES[case](), tmp_path)
    for name in FIGURES:
        assert f"(images/{file_name(name)})" in text
        drawing = (tmp_path / "images" / file_name(name)).read_text(encoding="utf-8")
        assert ET.fromstring(drawing).tag.endswith("svg")  # noqa: S314 - our own file
        assert "nan" not in drawing
        assert "prefers-color-scheme: dark" in drawing


def test_the_same_films_give_the_same_page_and_hand_written_text_stays(tmp_path: Path) -> None:
    page = tmp_path / "accuracy.md"
    page.write_text("# By hand\n\nkept\n", encoding="utf-8")
    films = pretend_films(8, seed=2)
    first = written(films, tmp_path)
    again = written(films, tmp_path)
    assert first == again
    assert page.read_text(encoding="utf-8").startswith("# By hand\n\nkept\n")


def test_the_headline_judges_what_was_measured_against_the_issues_numbers() -> None:
    films = pretend_films(
        40, seed=3, errors=Errors(bias=2.0, person_sd=0.2, frame_sd=0.3, hard=1.0)
    )
    judged = judge(films, Seen.every(films))
    by = {(one.target.id, one.column): one for one in judged if one.kind == "curves"}
    assert not by["trunk", USUAL].met
    assert by["trunk", HARD].met
    assert by["lumbar", USUAL].met
    lines = headline_table(judged, "curves").splitlines()
    trunk = next(line for line in lines if "trunk inclination" in line)
    assert "**missed by 0.5**" in trunk
    assert trunk.endswith("| met |")


def test_the_two_columns_share_no_film_and_leave_out_only_turned_cameras() -> None:
    films = pretend_films(30, seed=4)
    usual, hard = chosen(films, is_usual), chosen(films, is_hard)
    assert usual.any()
    assert hard.any()
    assert not (usual & hard).any()
    assert ((usual | hard) == chosen(films, faces_as_asked)).all()


@pytest.mark.parametrize(
    ("yaw_deg", "band"), [(0.0, 0), (10.0, 0), (-10.0, 0), (10.1, 1), (20.0, 1)]
)
def test_a_camera_at_the_limit_belongs_to_the_better_band(yaw_deg: float, band: int) -> None:
    film = turned(pretend_films(1)[0], yaw_deg)
    bands = [in_yaw_band(film, low=low, high=low + 10.0) for low in (0.0, 10.0)]
    assert bands == [band == 0, band == 1]


def test_plain_words_take_their_numbers_from_the_rows() -> None:
    films = pretend_films(
        40, seed=5, errors=Errors(bias=-6.0, person_sd=0.1, frame_sd=1.0, hard=1.0)
    )
    judged = judge(films, Seen.every(films))
    line = next(one for one in plain_words(judged).splitlines() if "lumbar" in one)
    assert "off by 6.0 deg on average" in line
    assert "8 deg too small to 4 deg too small" in line


def test_few_people_are_named_and_enough_are_not() -> None:
    assert few("2.0", 4) == "2.0 (4 people)"
    assert few("2.0", 1) == "2.0 (1 person)"
    assert few("2.0", 5) == "2.0"


def test_a_few_people_have_no_interval_on_the_page(tmp_path: Path) -> None:
    text = written(pretend_films(3, seed=1), tmp_path)
    assert "(3 people)" in text
    headline = text.split("Through the repetitions:")[1].split("At the instants")[0]
    assert "[" not in headline


def test_out_of_bounds_shares_are_bold_and_shown_finely_enough() -> None:
    films = pretend_films(20, seed=6, errors=Errors(interval=0.4))
    row = summary(of_curves(films, ["lumbar_flexion"]))
    covered = shares(row).split(" · ")[0]
    assert covered == f"**{row['covered'].value:.1%}**"


def test_a_small_miss_never_reads_as_none() -> None:
    assert verdict(2.02, 2.0) == "**missed by 0.02**"
    assert verdict(2.0, 2.0) == "met"
    assert verdict(float("nan"), 2.0) == "not measured"


def test_numbers_have_a_true_minus_and_no_negative_zero() -> None:
    assert number(-1.25) == "\N{MINUS SIGN}1.2"
    assert number(-0.01) == "0.0"
    assert number(float("nan")) == "\N{EN DASH}"


def test_an_interval_without_ends_is_its_value() -> None:
    row = summary(of_curves(pretend_films(2), ["knee_flexion"]))
    assert "[" not in interval(row["mae"])


def test_honest_intervals_lie_on_the_diagonal_at_every_level() -> None:
    levels = np.array([0.5, 0.8, 0.9, 0.95])
    films = pretend_films(60, seed=7, errors=Errors(person_sd=0.0, hard=1.0))
    held = calibration(of_curves(films, ["pelvis_inclination"]), levels)
    np.testing.assert_allclose(held, levels, atol=0.02)


def test_a_refused_film_counts_as_refused_in_every_row() -> None:
    films = refused(pretend_films(8, seed=1))
    for one in Seen.every(films):
        assert one.row(np.ones(len(films), dtype=bool))["refused"].value == 1.0


def test_every_target_has_a_panel_of_its_own(tmp_path: Path) -> None:
    written(pretend_films(6, seed=1), tmp_path)
    drawing = (tmp_path / "images" / file_name("by_yaw")).read_text(encoding="utf-8")
    assert drawing.count('class="panel"') == len(TARGETS)
