"""Who does the work, as the page shows it: every number with its range, no word too much."""

from __future__ import annotations

import math
import re
from dataclasses import replace

import numpy as np
import pytest

from primemover.dynamics.muscles.table import muscle_table
from primemover.knowledge import load
from primemover.model.assessment import Assessment
from primemover.model.measure import Measure, not_measured
from primemover.model.mechanics import LiftMechanics, LiftPart, MuscleInPart, Range, WorkInPart
from primemover.model.trial import Trial
from primemover.report.bodychart import body_charts, level_of
from primemover.report.bodyshapes import BACK, BODY, FRONT, HEIGHT, smooth_path
from primemover.report.mechanics import mechanics_of
from primemover.report.muscletable import agreement_of, muscle_table_rows
from primemover.report.musclewords import GROUPS, NOT_DRAWN, UNMODELLED
from primemover.report.ranges import percent_range
from primemover.report.spineload import peak_of, spine_load
from primemover.report.stickfigure import draw_figures
from primemover.report.workbars import WorkBar, share_bounds, work_bars, work_sentence
from primemover.words import say
from tests.unit.report import sample
from tests.unit.report.lifted import mechanics
from tests.unit.report.test_page import exam_page, outline, trial_page


def lift(count: int = 1) -> Trial:
    return replace(
        sample.deadlift_trial(), mechanics=tuple(mechanics(number) for number in range(count))
    )


def exam(felt: tuple[str, ...] | None) -> Assessment:
    whole = sample.assessment()
    return replace(
        whole,
        trials=(*whole.trials[:2], lift(3)),
        session=replace(whole.session, felt=felt),
    )


def section(html: str) -> str:
    """Return the part of a page that tells of the mechanics."""
    start = html.index('class="mech"')
    return html[start : html.index('class="phases"', start)]


@pytest.fixture(scope="module")
def page() -> str:
    return trial_page(lift(3))


def muscle(role: str, *, share: float = 0.2, sure: float = 1.0, part: int = 1) -> MuscleInPart:
    return MuscleInPart(
        part=list(LiftPart)[part],
        group="gluteus_maximus",
        force_share=Range(low=share - 0.01, middle=share, high=share + 0.01),
        effort_peak=Range(low=0.5, middle=0.6, high=0.7),
        role=role,
        role_share=sure,
    )


def test_every_group_of_the_model_has_a_name_and_its_row_of_the_felt_map() -> None:
    assert {row.id: row.felt for row in muscle_table().groups} == {
        key: name.felt for key, name in GROUPS.items()
    }


def test_every_group_is_drawn_or_lies_under_another() -> None:
    drawn = {shape.group for shape in (*FRONT, *BACK)}
    assert drawn | NOT_DRAWN == GROUPS.keys() | UNMODELLED
    assert not drawn & NOT_DRAWN


def test_every_shape_lies_within_the_drawing_and_beside_the_midline() -> None:
    for shape in (*FRONT, *BACK):
        for outline_points in shape.outlines:
            points = np.array(outline_points)
            assert (points >= 0.0).all(), shape.group
            assert points[:, 1].max() < HEIGHT
    assert max(y for piece in BODY for _, y in piece) < HEIGHT


def test_the_other_half_of_the_body_is_the_mirror_image_and_runs_the_same_way_round() -> None:
    def area(path: str) -> float:
        corners = [
            tuple(float(one) for one in re.findall(r"-?[\d.]+", step)[-2:])
            for step in re.findall(r"[MC][^MCZ]+", path)
        ]
        return 0.5 * sum(
            x0 * y1 - x1 * y0
            for (x0, y0), (x1, y1) in zip(corners, corners[1:] + corners[:1], strict=True)
        )

    for piece in BODY:
        right, left = (smooth_path(piece, mirrored=m, at=(200.0, 0.0)) for m in (False, True))
        assert area(left) == pytest.approx(area(right), abs=5.0)
        assert abs(area(right)) > 100.0


def test_hovering_over_a_group_tells_its_range() -> None:
    for part in LiftPart:
        muscles = [one for one in mechanics().muscles if one.part is part]
        chart = body_charts(muscles, "Part")
        drawing = str(chart.back) + str(chart.front)
        for one in muscles:
            if one.group not in NOT_DRAWN:
                share = percent_range(one.force_share)
                assert f"({GROUPS[one.group].latin}): {share} of all muscle force" in drawing


def test_a_larger_share_is_coloured_deeper_and_outlined_wider() -> None:
    depths = [level_of(share) for share in (0.0, 0.02, 0.07, 0.15, 0.4)]
    assert depths == [0, 1, 2, 3, 4]
    chart = body_charts([muscle("prime_mover", share=0.3)], "Part")
    assert 'class="muscle s4 prime_mover"' in chart.back
    chart = body_charts([muscle("stabiliser", share=0.03)], "Part")
    assert 'class="muscle s1 stabiliser"' in chart.back


def test_what_the_model_does_not_have_is_said_so_on_the_chart() -> None:
    chart = body_charts([muscle("prime_mover")], "Part")
    assert "<title>Lats: not in the model</title>" in chart.back
    assert "<title>Calves: not in the model</title>" in chart.back


def sweep_rad(drawing: str, joint: str) -> float:
    """Return how far a joint's arc goes round its dot."""
    dot = re.search(rf'<circle class="joint {joint}" cx="([\d.]+)" cy="([\d.]+)"', drawing)
    arc = re.search(rf'<path class="arc {joint}" d="M([^"]+)"', drawing)
    assert dot is not None
    assert arc is not None
    numbers = np.array(arc[1].split(), dtype=float).reshape(-1, 2)
    x, y = (numbers - [float(dot[1]), float(dot[2])]).T
    angles = np.unwrap(np.arctan2(x, y))
    return float(angles[-1] - angles[0])


def test_arcs_of_all_instants_are_of_one_scale() -> None:
    figures = mechanics().figures
    drawings = [str(view.drawing) for view in draw_figures(figures)]
    per_nm = [
        sweep_rad(drawing, joint) / figure.moment_nm[joint].middle
        for drawing, figure in zip(drawings, figures, strict=True)
        for joint in ("ankle", "hip", "l5s1")
    ]
    assert len(per_nm) == 12
    assert max(per_nm) / min(per_nm) < 1.1  # coordinates have one decimal
    boxes = {re.search(r'viewBox="([^"]+)"', drawing)[1] for drawing in drawings}  # type: ignore[index]
    assert len(boxes) == 1


def test_a_knee_that_is_bent_by_its_muscles_is_turned_the_other_way() -> None:
    figures = {one.instant: one for one in mechanics().figures}
    views = {view.instant: str(view.drawing) for view in draw_figures(tuple(figures.values()))}
    assert figures["lift_off"].moment_nm["knee"].low > 0.0
    assert figures["lockout"].moment_nm["knee"].high < 0.0
    assert sweep_rad(views["lift_off"], "knee") < 0.0 < sweep_rad(views["lockout"], "knee")
    assert sweep_rad(views["lift_off"], "hip") > 0.0
    said = r"Knee \u2212\d+ N·m, from \u2212\d+ to \u2212\d+, bending"
    assert re.search(said, views["lockout"])


def test_a_moment_that_could_turn_either_way_has_no_arrow() -> None:
    figure = mechanics().figures[0]
    open_ones = dict.fromkeys(figure.moment_nm, Range(low=-40.0, middle=8.0, high=60.0))
    drawing = str(draw_figures([replace(figure, moment_nm=open_ones)])[0].drawing)
    assert drawing.count('class="arc-range') == 4
    assert 'class="tip' not in drawing
    assert "Hip 10 N·m, from \u221240 to 60, either way" in drawing


def test_a_figure_with_joints_missing_is_drawn_from_the_rest() -> None:
    figure = mechanics().figures[1]
    joints = {key: at for key, at in figure.joints_m.items() if key not in {"knee", "head_top"}}
    broken = replace(
        figure,
        joints_m=joints,
        moment_nm=dict(figure.moment_nm) | {"hip": Range(low=math.nan, middle=1.0, high=2.0)},
    )
    drawing = str(draw_figures([broken])[0].drawing)
    assert "nan" not in drawing
    assert ">Knee<" not in drawing
    assert ">Hip<" not in drawing
    assert ">L5/S1<" in drawing


def test_bars_of_all_parts_are_of_one_scale_and_stay_in_their_room() -> None:
    work = mechanics().work
    bars = work_bars(work)
    assert not bars[0].pieces  # the load still stands on the floor
    for part, bar in zip(work[1:], bars[1:], strict=True):
        for piece in bar.pieces:
            joules = part.positive_j[piece.worker].middle
            assert piece.width == pytest.approx(100.0 * joules * _percent_per_j(bars, work))
            assert piece.low <= piece.start + piece.width <= piece.high <= 100.0


def _percent_per_j(bars: tuple[WorkBar, ...], work: tuple[WorkInPart, ...]) -> float:
    first, part = bars[1].pieces[0], work[1]
    return float(first.width / 100.0 / part.positive_j[first.worker].middle)


def test_the_widest_share_holds_every_share_that_the_ranges_allow() -> None:
    work = {
        "hips": Range(low=300.0, middle=350.0, high=380.0),
        "back": Range(low=20.0, middle=40.0, high=70.0),
        "knees": Range(low=10.0, middle=30.0, high=50.0),
    }
    bounds = share_bounds(work, "hips")
    rng = np.random.default_rng(3)
    for _ in range(200):
        drawn = {key: rng.uniform(one.low, one.high) for key, one in work.items()}
        assert bounds.low <= drawn["hips"] / sum(drawn.values()) <= bounds.high
    assert bounds.low == pytest.approx(300.0 / 420.0)


def test_the_sentence_tells_measured_shares_where_there_are_some() -> None:
    measured = {
        "hips": Range(low=0.55, middle=0.6, high=0.65),
        "back": Range(low=0.2, middle=0.25, high=0.3),
        "knees": Range(low=0.1, middle=0.15, high=0.2),
    }
    assert work_sentence(mechanics().work, measured) == (
        "Of the work that hips, knees and back did to lift, the hips did 55\u201365\u00a0%, "
        "the back 20\u201330\u00a0% and the knees 10\u201320\u00a0%."
    )
    assert work_sentence(mechanics().work[:2], {}) == ""


def test_the_page_takes_the_shares_of_the_repetition_it_shows() -> None:
    trial = lift()
    share = Measure(id="work_share_hips", value=0.5, se=0.02, unit="1")
    told = replace(
        trial,
        repetitions=(replace(trial.repetitions[0], measures={"work_share_hips": share}),),
    )
    view = mechanics_of(told, None)
    assert view is not None
    assert "the hips did 47\u201353\u00a0%" in view.work_line


@pytest.mark.parametrize(
    ("article", "roles", "kind"),
    [
        ("prime_mover", [muscle("prime_mover"), muscle("stabiliser", part=2)], "agrees"),
        ("prime_mover", [muscle("stabiliser"), muscle("stabiliser", part=2)], "differs"),
        ("prime_mover", [muscle("stabiliser", sure=0.5)], "open"),
        ("prime_mover", [muscle("prime_mover", part=0)], ""),
        ("stabiliser", [muscle("stabiliser"), muscle("idle", part=2)], "agrees"),
        ("stabiliser", [muscle("prime_mover"), muscle("idle", part=2)], "differs"),
        ("stabiliser", [muscle("prime_mover", sure=0.4)], "open"),
        ("stabiliser", [muscle("brake"), muscle("idle", share=0.01, sure=0.4)], "agrees"),
        ("stabiliser", [], ""),
    ],
)
def test_model_and_article_agree_only_where_the_ensemble_is_sure(
    article: str, roles: list[MuscleInPart], kind: str
) -> None:
    assert agreement_of(article, roles).kind == kind


def test_the_back_is_said_to_hold_only_where_the_model_says_so() -> None:
    def told(role: str) -> str:
        muscles = tuple(
            replace(one, role=role, role_share=1.0) if one.group == "erector_spinae" else one
            for one in mechanics().muscles
        )
        view = mechanics_of(
            replace(lift(), mechanics=(replace(mechanics(), muscles=muscles),)), None
        )
        assert view is not None
        return view.claims[0].here

    assert "They hold" in told("stabiliser")
    assert "They do not only hold" in told("prime_mover")


def test_every_row_of_the_felt_map_stands_in_the_table() -> None:
    rows = muscle_table_rows(mechanics().muscles, ("lats",))
    labels = [row.label.lower() for row in rows]
    assert {row.label.lower() for row in load().muscles.values()} <= set(labels)
    assert labels[0] == "front of the thigh"
    assert {row.label: row.felt for row in rows}["Lats"] == "felt"
    assert {row.label: row.felt for row in rows}["Low back"] == "not felt"
    assert {row.felt for row in muscle_table_rows(mechanics().muscles, None)} == {"not asked"}


def test_every_group_and_part_of_the_model_stands_in_the_table_with_its_range() -> None:
    rows = muscle_table_rows(mechanics().muscles, None)
    lines = [(line.part, line.name, line.share) for row in rows for line in row.lines]
    expected = [
        (
            list(LiftPart).index(one.part) + 1,
            GROUPS[one.group].latin,
            percent_range(one.force_share),
        )
        for one in mechanics().muscles
    ]
    assert sorted(lines) == sorted(expected)


def test_the_largest_compression_has_the_range_of_its_own_instant() -> None:
    curve = mechanics().compression_n
    peak = peak_of(curve)
    assert peak is not None
    row = int(np.nanargmax(curve.middle))
    assert (peak.low, peak.high) == (curve.low[row], curve.high[row])
    unknown = np.full_like(curve.middle, np.nan)
    assert peak_of(replace(curve, low=unknown)) is None
    assert spine_load(replace(mechanics(), compression_n=replace(curve, high=unknown))) is None


NUMBER = re.compile(r"(\u2212?\d[\d\u202f]*)\u00a0(?:N·m|N|J)(?![·\w])(?! \()")


def test_no_estimate_stands_on_the_page_without_its_range(page: str) -> None:
    """Drawings keep the range on its own line, notes explain units; everything else has both."""
    html = re.sub(r"<svg.*?</svg>|<p class=\"note\">.*?</p>|17\u202f000\u00a0N", "", section(page))
    html = html.replace("1\u202f000\u00a0N is about", "")
    text = outline(html).text
    assert len(re.findall(r"\d\u00a0(?:N·m|N|J) \(", text)) > 12
    assert NUMBER.findall(text) == ["1"] * text.count("under 1\u00a0J")
    percents = re.findall(r"[\d\u2013]+[\u00a0 ]%", re.sub(r"in \d+ % of the answers", "", html))
    legend = {"1 %", "5 %", "10 %", "20 %", "100 %", "1\u20135 %", "5\u201310 %", "10\u201320 %"}
    alone = {one for one in percents if "\u2013" not in one} - legend
    assert alone <= {"1\u00a0%"}  # under 1 %


def test_labels_of_figures_have_their_range_below(page: str) -> None:
    figures = re.findall(r'<svg[^>]*class="chart stick".*?</svg>', page, flags=re.DOTALL)
    assert len(figures) == 4
    for drawing in figures:
        assert drawing.count('class="moment"') == drawing.count('class="share"') == 4


def test_the_page_says_that_all_of_it_is_estimated_and_frightens_nobody(page: str) -> None:
    text = outline(section(page)).text.lower()
    assert "estimated" in text
    assert "indicative only" in text
    assert "not a limit" in text
    assert "injur" not in text
    assert "danger" not in text


def test_assumptions_are_folded_and_all_there(page: str) -> None:
    found = re.search(r"<details[^>]*><summary>What was taken for granted.*?</details>", page)
    assert found is not None
    for sentence in mechanics().assumptions:
        assert sentence in found.group()


def test_parts_can_be_switched_without_scripts_and_are_named_for_all(page: str) -> None:
    tags = outline(page).tags
    radios = [found for tag, found in tags if tag == "input"]
    labels = {found["for"] for tag, found in tags if tag == "label"}
    assert [one["type"] for one in radios] == ["radio"] * 3
    assert {one["id"] for one in radios} == labels
    assert len([one for one in radios if "checked" in one]) == 1
    assert len({one["name"] for one in radios}) == 1


def test_several_repetitions_show_the_middle_one_and_list_all(page: str) -> None:
    peaks = [float(np.nanmax(mechanics(k).moment_nm["hip"].middle)) for k in range(3)]
    shown = int(np.argsort(peaks)[1]) + 1
    text = outline(page).text
    assert f"Repetition {shown} of 3 is shown" in text
    assert "All repetitions" in text
    assert "All repetitions" not in trial_page(lift(1))


def test_the_felt_answer_is_told_in_the_exam_only(page: str) -> None:
    felt = outline(section(exam_page(exam(("low_back",))))).text
    assert "low back" in felt
    assert felt.count("not asked") == 1  # shins, which the felt map does not have
    assert load().claims["k"].idea in felt
    for html in (page, exam_page(exam(None))):
        assert "not asked" in outline(section(html)).text
        assert load().claims["k"].idea not in outline(section(html)).text


def test_claims_of_the_article_stand_beside_this_lift_and_evidence(page: str) -> None:
    text = outline(page).text
    for key in ("g", "h", "i"):
        row = load().claims[key]
        assert row.known.replace("29-43", "29\u201343") in text
        for source in row.sources:
            assert load().sources[source].citation in text


def test_pages_with_mechanics_are_whole(page: str) -> None:
    for html in (page, exam_page(exam(("low_back",)))):
        seen = outline(html)
        steps = zip(seen.headings, seen.headings[1:], strict=False)
        assert all(after <= before + 1 for before, after in steps)
        assert len(seen.ids) == len(set(seen.ids))
        assert set(seen.targets) <= set(seen.ids)
        assert not re.search(r"url\(|@import|https?://(?!www\.w3\.org)", html)
        assert not re.search(r"\b(nan|None|undefined|inf)\b", seen.text)
        starts = re.findall(r'<svg[^>]*role="img"[^>]*>(.{0,8})', html)
        assert all(start.startswith("<title>") for start in starts)


def bare(one: LiftMechanics) -> LiftMechanics:
    """Return mechanics of which next to nothing is known."""
    unknown = np.full_like(one.time_s, np.nan)
    dark = replace(one.compression_n, low=unknown, middle=unknown, high=unknown)
    return replace(
        one,
        moment_nm=dict.fromkeys(one.moment_nm, dark),
        compression_n=dark,
        shear_n=dark,
        work=(),
        muscles=(),
        figures=(),
        assumptions=(),
    )


def test_what_is_not_known_is_left_out() -> None:
    html = trial_page(replace(lift(), mechanics=(bare(mechanics()), bare(mechanics(1)))))
    text = outline(section(html)).text
    assert "Who does the work" in text
    assert "Load on the lowest disc" not in text
    assert not re.search(r"\b(nan|None)\b", text)


def test_without_masses_the_page_says_how_to_tell_them() -> None:
    text = outline(trial_page(sample.deadlift_trial())).text
    assert f"Not measured: {say('drawings.lift.how_to_tell')}" in text
    trial = sample.deadlift_trial()
    refused = not_measured("hip_moment_peak", "The load was lost.")
    told = replace(trial, measures=trial.measures | {refused.id: refused})
    assert "Not measured: The load was lost." in outline(trial_page(told)).text
    assert "Who does the work" not in outline(trial_page(sample.bend_trial())).text
