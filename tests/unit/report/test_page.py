from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from importlib import resources

import pytest

from primemover.model.assessment import Assessment
from primemover.model.safety import SafetyLevel
from primemover.model.session import Session
from primemover.model.trial import Trial
from primemover.report.camera import camera_line
from primemover.report.frames import draw_key_frames
from primemover.report.names import citation, measure_label, typeset
from primemover.report.numbers import interval_text
from primemover.report.page import render_exam, render_trial
from tests.unit.report import sample
from tests.unit.report.test_frames import pictures_of

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)> {{ 7 * 7 }}"


class Outline(HTMLParser):
    """Collects what the checks need from a page: tags, headings, ids, links, text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.headings: list[int] = []
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        found = dict(attrs)
        self.tags.append((tag, found))
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if found.get("id"):
            self.ids.append(str(found["id"]))
        href = found.get("href") or ""
        if href.startswith("#"):
            self.targets.append(href[1:])
        self._silent += tag in {"script", "style"}

    def handle_endtag(self, tag: str) -> None:
        """Note that scripts and styles end."""
        self._silent -= tag in {"script", "style"}

    def handle_data(self, data: str) -> None:
        """Collect what a reader sees."""
        if not self._silent:
            self.text += data


def outline(html: str) -> Outline:
    parser = Outline()
    parser.feed(html)
    return parser


def exam_page(exam: Assessment) -> str:
    frames = [
        draw_key_frames(trial, pictures_of(trial) if trial.film else {}) for trial in exam.trials
    ]
    return render_exam(exam, frames)


def trial_page(trial: Trial) -> str:
    return render_trial(trial, draw_key_frames(trial, pictures_of(trial)))


@pytest.fixture(scope="module")
def page() -> str:
    return exam_page(sample.assessment())


@pytest.fixture(scope="module")
def pages(page: str) -> dict[str, str]:
    return {
        "exam": page,
        "typed": exam_page(sample.typed_assessment()),
        "stopped": exam_page(sample.stopped_assessment()),
        "deadlift": trial_page(sample.deadlift_trial()),
        "bend": trial_page(sample.bend_trial()),
        "hips": trial_page(sample.hip_trial()),
    }


def test_nothing_is_fetched_from_anywhere(pages: dict[str, str]) -> None:
    for html in pages.values():
        for _, attributes in outline(html).tags:
            for name in ("src", "href", "action", "poster", "srcset", "xlink:href"):
                value = attributes.get(name) or ""
                assert value.startswith(("#", "data:image/")) or not value, value
        assert not re.search(r"url\(|@import|https?://(?!www\.w3\.org)", html)
        assert "default-src 'none'" in html


def test_no_page_says_nan_or_none(pages: dict[str, str]) -> None:
    for html in pages.values():
        assert not re.search(r"\b(nan|None|undefined|inf)\b", outline(html).text)


def test_headings_are_in_order_and_links_lead_somewhere(pages: dict[str, str]) -> None:
    for name, html in pages.items():
        seen = outline(html)
        assert seen.headings.count(1) == 1, name
        steps = zip(seen.headings, seen.headings[1:], strict=False)
        assert all(after <= before + 1 for before, after in steps), name
        assert len(seen.ids) == len(set(seen.ids)), name
        assert set(seen.targets) <= set(seen.ids), name


def test_every_drawing_says_what_it_shows(pages: dict[str, str]) -> None:
    for html in pages.values():
        drawings = re.findall(r'<svg[^>]*role="img"[^>]*>(.{0,8})', html)
        assert all(start.startswith("<title>") for start in drawings)


def test_every_finding_and_every_measure_stands_on_the_page(page: str) -> None:
    exam = sample.assessment()
    text = outline(page).text
    assert exam.reading is not None
    for finding in exam.reading.findings:
        assert finding.label in text
        assert typeset(finding.because) in text
        assert typeset(finding.verdict_text) in text
        for key in finding.sources:
            assert citation(key) in text
    measures = [one for trial in exam.trials for one in trial.measures.values()]
    for measure in [*measures, *exam.measures.values()]:
        assert measure.id in text
        assert measure_label(measure.id, measure.side) in text
        assert typeset(measure.why) in text
    for trial in exam.trials:
        for check in trial.checks:
            assert typeset(check.detail) in text


def test_every_measure_says_its_interval_in_words_once(page: str) -> None:
    exam = sample.assessment()
    numbers = outline(page[page.index('id="numbers"') :]).text
    assert "in nine of ten cases the true value lies there" in numbers
    told = {
        (key, one.value): interval_text(one)
        for measures in (exam.measures, *(trial.measures for trial in exam.trials))
        for key, one in measures.items()
        if one.is_known
    }
    said = [f"In 9 of 10 cases between {text}" for text in told.values()]
    assert len(said) > 15
    assert numbers.count("In 9 of 10 cases between") == len(said)
    for sentence in said:
        assert numbers.count(sentence) == said.count(sentence)


def test_a_number_without_interval_shows_a_dash_in_its_place() -> None:
    trial = sample.deadlift_trial()
    exact = replace(trial.measures["bar_drift"], se=float("nan"))
    bare = replace(trial, measures={"bar_drift": exact}, repetitions=())
    assert "In 9 of 10 cases" not in trial_page(bare)
    assert '<td class="range none">\u2013</td>' in trial_page(bare)


def test_a_film_says_where_its_camera_stood(pages: dict[str, str]) -> None:
    assert camera_line(sample.deadlift_trial()) in outline(pages["deadlift"]).text
    for trial in sample.assessment().trials:
        assert outline(pages["exam"]).text.count(camera_line(trial)) == 1
    assert "The camera stood" not in pages["typed"]


def test_the_plan_shows_all_five_steps_and_why_one_is_skipped(page: str) -> None:
    text = outline(page).text
    for step in sample.plan().steps:
        assert step.title in text
        assert typeset(step.why) in text
        for exercise in step.exercises:
            assert exercise.name in text
            assert typeset(exercise.must_not) in text
    assert "skipped" in text
    assert "start here" in text


def test_an_exam_of_typed_values_is_complete(pages: dict[str, str]) -> None:
    text = outline(pages["typed"]).text
    assert "43 ± 3°" in text
    assert "The lift was not filmed" in text
    assert "Your plan" in text
    assert 'class="chart dial"' in pages["typed"]
    assert 'class="chart bend"' in pages["typed"]


def test_a_red_flag_leaves_nothing_but_the_stop(pages: dict[str, str]) -> None:
    html = pages["stopped"]
    text = outline(html).text
    assert "Stop. Get help now" in text
    assert "Go to an emergency department now." in text
    assert "Your plan" not in text
    assert "<svg viewBox" in html
    assert 'class="chart' not in html
    assert "exercise" not in text.lower()


def test_a_refusal_to_load_is_said_at_the_top(page: str) -> None:
    exam = sample.assessment()
    held = replace(
        exam,
        safety=replace(
            exam.safety, level=SafetyLevel.REFER, text="A leg gets weaker.", stops_loading=True
        ),
    )
    html = exam_page(held)
    assert html.index("See a clinician before loading") < html.index("What we saw")
    assert "See a clinician before loading" not in page


def test_a_skipped_safety_screen_is_said(page: str) -> None:
    exam = sample.assessment()
    html = exam_page(replace(exam, safety=replace(exam.safety, answered=False)))
    assert "The safety questions were not answered" in html
    assert "The safety questions were not answered" not in page


def test_an_open_answer_asks_to_measure_again_first(page: str) -> None:
    exam = sample.assessment()
    reading = exam.reading
    assert reading is not None
    undecided = replace(reading, pairing=replace(reading.pairing, result="indeterminate"))
    text = outline(exam_page(replace(exam, reading=undecided))).text
    assert "Measure again" in text
    assert text.count(reading.hip_left.next_step) == 2
    assert "See what is open" not in outline(page).text


def test_hostile_text_stays_text() -> None:
    exam = sample.assessment()
    reading = exam.reading
    assert reading is not None
    finding = replace(reading.findings[0], label=HOSTILE, because=HOSTILE, plain=HOSTILE)
    hostile = replace(
        exam,
        session=Session(title=HOSTILE),
        reading=replace(reading, findings=(finding,)),
    )
    html = exam_page(hostile)
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert HOSTILE in outline(html).text
    assert len(re.findall(r"<script", html)) == len(re.findall(r"<script", exam_page(exam)))


def test_the_same_exam_gives_the_same_page(page: str) -> None:
    assert exam_page(sample.assessment()) == page


def test_a_wrong_view_is_the_headline() -> None:
    trial = sample.deadlift_trial()
    assert trial.view is not None
    wrong = replace(
        trial,
        view=replace(trial.view, accepted=False, why="Filmed from the front; film the side."),
    )
    text = outline(trial_page(wrong)).text
    assert "This film cannot be measured." in text
    assert "Filmed from the front; film the side." in text


def test_the_page_never_frightens_or_soothes(pages: dict[str, str]) -> None:
    for html in pages.values():
        text = outline(html).text.lower()
        assert "injury risk" not in text
        assert "nothing serious" not in text
    assert "not a diagnosis" in outline(pages["exam"]).text.lower()


def test_the_page_stays_small(page: str) -> None:
    assert len(page.encode("utf-8")) < 2_500_000


def palettes() -> dict[str, dict[str, str]]:
    """Return the colours of each scheme of the page, by name."""
    css = resources.files("primemover.report").joinpath("templates", "page.css").read_text("utf-8")
    blocks = re.findall(r":root \{([^}]*)\}", css)
    schemes = {}
    for name, block in zip(("light", "dark", "print"), blocks, strict=True):
        own = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})", block))
        schemes[name] = {
            key: value if len(value) == 7 else f"#{value[1:] * 2}" for key, value in own.items()
        }
    return schemes


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb`` (WCAG 2.2)."""
    parts = [int(colour[k : k + 2], 16) / 255.0 for k in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", ["light", "dark", "print"])
@pytest.mark.parametrize(
    ("ink", "paper"),
    [
        *((ink, paper) for ink in ("ink", "muted") for paper in ("bg", "surface", "sunken")),
        ("muted", "accent-soft"),
        ("accent", "bg"),
        ("accent", "surface"),
        ("accent", "accent-soft"),
        ("accent-ink", "accent"),
        ("warm", "warm-soft"),
        ("stop", "stop-soft"),
        ("stop", "bg"),
        ("muted", "stop-soft"),
    ],
)
def test_text_stands_out_from_its_paper(scheme: str, ink: str, paper: str) -> None:
    colours = palettes()[scheme]
    lights = sorted(luminance(colours[name]) for name in (ink, paper))
    assert (lights[1] + 0.05) / (lights[0] + 0.05) >= 4.5
