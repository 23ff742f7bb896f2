"""A re-test as one self-contained page, in the look of the exam's report."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from primemover.knowledge.loading import load
from primemover.model.retest import (
    ChangeKind,
    FindingShift,
    MeasureChange,
    Retest,
    Shift,
    Towards,
    Trend,
)
from primemover.model.units import from_display
from primemover.report.content import References
from primemover.report.files import json_bytes, make_folder, write_atomically
from primemover.report.names import citation
from primemover.report.page import render_page
from primemover.report.retest_figure import trend_drawing
from primemover.report.retest_rows import ChangeRow, row_of
from primemover.report.wire_retest import retest_to_json
from primemover.report.words import GROUPS, group_word
from primemover.words import say, word

__all__ = ["RetestFiles", "render_retest", "write_retest"]

_ORDER = {kind: place for place, kind in enumerate(ChangeKind)}
_SHIFTS_TOLD = (Shift.NEW, Shift.GONE, Shift.STILL_THERE)
_SHIFTS_OPEN = (Shift.CANNOT_TELL,)


@dataclass(frozen=True, slots=True, kw_only=True)
class RetestFiles:
    """Where the page and the data of a re-test went."""

    html: Path
    json: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class _Panel:
    """One measure's drawing with what is said of it."""

    row: ChangeRow
    trend: Trend
    drawing: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """The rows of one test, those of real changes first."""

    title: str
    rows: tuple[ChangeRow, ...]


def write_retest(
    retest: Retest, out_dir: Path, *, version: str, knowledge_sha256: str
) -> RetestFiles:
    """Write retest.html and retest.json.

    Raises
    ------
    OutputError
        If the folder or a file cannot be written.
    """
    make_folder(out_dir)
    html, json = out_dir / "retest.html", out_dir / "retest.json"
    page = render_retest(retest, version=version)
    write_atomically(html, page.encode("utf-8"))
    data = retest_to_json(retest, version=version, knowledge_sha256=knowledge_sha256)
    write_atomically(json, json_bytes(data))
    return RetestFiles(html=html, json=json)


def render_retest(retest: Retest, *, version: str) -> str:
    """Return a re-test as an HTML page; `version` of the program that made it."""
    first, last = retest.visits[0], retest.visits[-1]
    weeks = (last.date - first.date).days / 7.0
    panels = _panels(retest)
    return render_page(
        "retest.html.j2",
        title=say("report.retest.title"),
        retest=retest,
        first=first,
        last=last,
        weeks=f"{weeks:.0f}" if weeks >= 2.0 else f"{weeks:.1f}",  # noqa: PLR2004 - whole weeks from two on
        labels=load().retest_labels,
        order_note=load().programme.order_note,
        pain_rule=load().programme.pain_rule,
        seen=_seen(retest.real),
        panels=[one for one in panels if one.row.change.kind is ChangeKind.REAL],
        calm_panels=[one for one in panels if one.row.change.kind is not ChangeKind.REAL],
        groups=_groups(retest.changes),
        recent=_groups(one for one in retest.since_last if one.kind is ChangeKind.REAL),
        shifts=_shifts(retest.findings, _SHIFTS_TOLD),
        open_shifts=_shifts(retest.findings, _SHIFTS_OPEN),
        references=_references(retest),
        state_word=_state_word,
        version=version,
    )


def _state_word(place: str, state: str) -> str:
    """Return a state in words: of a hip, the bend, or both tests together."""
    table = {"bend": "report.bend_pattern", "pairing": "report.pairing"}
    return word(table.get(place, "report.hip_state"), state)


def _seen(real: Sequence[MeasureChange]) -> tuple[ChangeRow, ...]:
    """Return the real changes as the answer tells them: towards the aim first, then away."""
    order = (Towards.BETTER, Towards.WORSE, Towards.NEITHER)
    return tuple(row_of(one) for one in sorted(real, key=lambda one: order.index(one.towards)))


def _panels(retest: Retest) -> tuple[_Panel, ...]:
    changes = {one.id: one for one in retest.changes}
    return tuple(
        _Panel(
            row=row_of(changes[trend.id]),
            trend=trend,
            drawing=trend_drawing(trend, aim=_aim(trend.id)),
        )
        for trend in retest.trends
        if trend.listed and trend.id in changes
    )


def _aim(measure_id: str) -> tuple[float, float]:
    """Return the ends of a measure's aim in SI; NaN where it is open."""
    stem = load().measure_of_id[measure_id].id
    row = next(row for row in load().aims if stem in row.measures)
    low, high = (
        math.nan if end is None else from_display(end, row.unit)[0] for end in (row.low, row.high)
    )
    return low, high


def _groups(changes: Iterable[MeasureChange]) -> tuple[_Group, ...]:
    listed = [one for one in changes if one.listed]
    groups = []
    for key in GROUPS:
        own = sorted((one for one in listed if one.group == key), key=lambda one: _ORDER[one.kind])
        groups.append(_Group(title=group_word(key), rows=tuple(row_of(one) for one in own)))
    return tuple(group for group in groups if group.rows)


def _shifts(findings: Iterable[FindingShift], kinds: Sequence[Shift]) -> tuple[FindingShift, ...]:
    """Return the findings of some kinds, in the order of the kinds."""
    found = [one for one in findings if one.shift in kinds and _is_told(one)]
    return tuple(sorted(found, key=lambda one: kinds.index(one.shift)))


def _is_told(shift: FindingShift) -> bool:
    """Return whether a finding was judged in both sessions; else there is nothing to compare."""
    return bool(shift.before) and bool(shift.after)


def _references(retest: Retest) -> References:
    cited = [key for one in retest.changes if one.listed for key in one.sources]
    cited += [key for one in retest.scores for key in one.sources]
    return References(entries=tuple((key, citation(key)) for key in dict.fromkeys(cited)))
