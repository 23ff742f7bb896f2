"""The report as one self-contained page: no request leaves it, and it works without scripts."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from primemover.knowledge import load
from primemover.model.assessment import Assessment
from primemover.model.trial import Trial
from primemover.report import names, words
from primemover.report.bendfigure import bend_figure, bend_numbers
from primemover.report.camera import camera_line
from primemover.report.claims import (
    bend_claims,
    claims_named,
    hip_claims,
    order_claims,
    pairing_claims,
    places_of,
    step_claims,
)
from primemover.report.content import (
    References,
    all_findings,
    first_step,
    hip_dials,
    measure_groups,
    references_of,
    repeats_of,
    sections_of,
    sorted_findings,
    trial_headline,
)
from primemover.report.courseview import course_sources, course_view, status_word
from primemover.report.evidence import part_lines
from primemover.report.frames import KeyFrame
from primemover.report.guard import guard_of, guard_sources, score_text
from primemover.report.numbers import chance_text, interval_text, percent_text, value_text
from primemover.report.standingview import standing_sources, standing_views
from primemover.words import language, lower_first, say, word

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["render_exam", "render_page", "render_trial"]


def render_exam(
    assessment: Assessment,
    frames: Sequence[tuple[KeyFrame, ...]],
) -> str:
    """Return a whole exam as an HTML page.

    Parameters
    ----------
    assessment
        The exam. When safety stopped it, the page holds the stop text and nothing else.
    frames
        The drawn key frames of each trial, in the order of `assessment.trials`.
    """
    if assessment.reading is None:
        return render_page("stop.html.j2", title=assessment.session.title, assessment=assessment)
    findings = all_findings(assessment)
    sections = sections_of(assessment.trials, frames, assessment.session.felt)
    bend = bend_numbers(assessment.measures)
    guard = guard_of(assessment)
    contradicted = [key for one in assessment.reading.conflicts for key in one.sources]
    claims = claims_named(load().claims)
    extra = [*course_sources(assessment.course), *guard_sources(guard), *contradicted]
    extra += [key for one in claims for key in one.sources]
    extra += standing_sources(assessment)
    return render_page(
        "exam.html.j2",
        title=assessment.session.title,
        assessment=assessment,
        reading=assessment.reading,
        plan=assessment.plan,
        findings=findings,
        first=first_step(assessment.plan),
        repeats=repeats_of(assessment.reading),
        sections=sections,
        hips=hip_dials(assessment.measures),
        bend=bend,
        bend_drawing=bend_figure(bend) if bend.drawable else None,
        groups=measure_groups(assessment.trials, assessment.measures),
        guard=guard,
        course=course_view(assessment.course),
        claims=claims,
        standings=standing_views(assessment),
        references=references_of(findings, assessment.plan, sections, extra),
        provenance=assessment.provenance,
    )


def render_trial(
    trial: Trial,
    frames: tuple[KeyFrame, ...],
    *,
    title: str = "",
) -> str:
    """Return a single test as an HTML page."""
    findings = sorted_findings(trial.findings)
    section = sections_of([trial], [frames])[0]
    claims = claims_named(load().claims)
    cited = [key for one in claims for key in one.sources] if findings else []
    return render_page(
        "trial.html.j2",
        title=title or word("report.trial", trial.kind.value),
        headline=trial_headline(trial),
        trial=trial,
        section=section,
        findings=findings,
        groups=measure_groups([trial], {}),
        references=references_of(findings, None, [section], cited),
        claims=claims,
        provenance=trial.provenance,
    )


def render_page(name: str, **content: Any) -> str:  # noqa: ANN401 - a template takes what it shows
    """Return one of our templates as a whole page with the style and the script of all pages."""
    sheets = ("page.css", "mechanics.css", "course.css", "retest.css")
    style = "".join(_asset(sheet) for sheet in sheets)
    script = _asset("page.js")
    html: str = (
        _environment()
        .get_template(name)
        .render(
            style=Markup(style),  # noqa: S704 - our own file
            script=Markup(script),  # noqa: S704 - our own file
            script_hash=_script_hash(script),
            lang=language(),
            claim_texts=load().claim_texts,
            norm_texts=load().norm_texts,
            **content,
        )
    )
    return html


def _script_hash(script: str) -> str:
    """Return the hash that lets only our own script run."""
    digest = hashlib.sha256(script.encode("utf-8")).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"


@cache
def _asset(name: str) -> str:
    return resources.files("primemover.report").joinpath("templates", name).read_text("utf-8")


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - kept out of import time

    environment = Environment(
        loader=PackageLoader("primemover.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "value": value_text,
        "parts": part_lines,
        "claim_rows": claims_named,
        "claim_places": lambda claim: "; ".join(places_of(claim)),
        "hip_claims": hip_claims,
        "bend_claims": bend_claims,
        "pairing_claims": pairing_claims,
        "step_claims": step_claims,
        "between": interval_text,
        "camera": camera_line,
        "percent": percent_text,
        "chance": chance_text,
        "label": lambda measure: names.measure_label(measure.id, measure.side),
        "id_label": names.measure_label,
        "equipment": names.equipment_label,
        "nice": names.typeset,
        "sentence": _sentence,
        "human": words.humanise,
        "side": words.side_word,
        "status_word": words.finding_word,
        "standing": status_word,
        "lower_first": lower_first,
        "ordinal": _ordinal,
        "percentile_number": _percentile_number,
        "data_uri": _data_uri,
        "cite": _cite,
        "score": score_text,
    }
    environment.globals |= {"order_claims": order_claims, "say": say, "word": word}
    return environment


def _data_uri(jpeg: bytes) -> str:
    return f"data:image/jpeg;base64,{base64.b64encode(jpeg).decode('ascii')}"


def _cite(keys: Iterable[str], references: References) -> Markup:
    """Return links to the numbered sources, empty when there are none."""
    links = [
        Markup('<a href="#source-{0}">{0}</a>').format(number)
        for number in references.numbers(keys)
    ]
    if not links:
        return Markup()
    return Markup('<span class="cite">[{}]</span>').format(Markup(", ").join(links))


def _sentence(text: str) -> str:
    return text[:1].upper() + names.typeset(text[1:])


def _percentile_number(percentile: float) -> int:
    """Return a percentile that claims neither the very first nor the very last place."""
    return min(max(round(percentile), 1), 99)


def _ordinal(number: int) -> str:
    """Return ``"22nd"``."""
    teens = 10 <= number % 100 <= 20  # noqa: PLR2004 - 11th, 12th and 13th break the rule
    return f"{number}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"
