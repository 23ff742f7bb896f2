"""A re-test in a page of terminal text; the report and the JSON hold the rest."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from typing import Final

from primemover.knowledge.loading import load
from primemover.model.retest import ChangeKind, Retest, Shift, StepMove
from primemover.report.retest_rows import ChangeRow, row_of

__all__ = ["retest_summary"]

_WIDTH: Final = 88
_LABEL_WIDTH: Final = 47
_VALUE_WIDTH: Final = 18
_TOLD: Final = (Shift.NEW, Shift.GONE)
_COMPARED: Final = frozenset({ChangeKind.REAL, ChangeKind.WITHIN_ERROR})


def retest_summary(retest: Retest) -> str:
    """Return the comparison: the answer, the steps, real changes, the rest in short, the notes."""
    first, last = retest.visits[0], retest.visits[-1]
    span = f"{first.date} to {last.date}, {len(retest.visits)} sessions"
    lines = [f"{retest.headline} ({span})", *_wrapped(retest.review.plain), ""]
    lines += _steps(retest)
    lines += _changes(retest)
    lines += [*_scores(retest), *_shifts(retest)]
    lines += ["", *(line for text in retest.notes for line in _wrapped(f"- {text}"))]
    return "\n".join(lines)


def _steps(retest: Retest) -> list[str]:
    labels = load().retest_labels
    lines = ["What the plan does"] if retest.steps else []
    for step in retest.steps:
        word: str = getattr(labels, step.move.value)
        lines.append(f"  {step.step}. {step.title}: {word}")
        if step.move is not StepMove.NOT_NEEDED:
            lines += [line for one in step.exits for line in _wrapped(one.plain, "       ")]
    return lines


def _changes(retest: Retest) -> list[str]:
    rows = [row_of(one) for one in retest.changes if one.listed]
    lines: list[str] = []
    for kind in ChangeKind:
        own = [row for row in rows if row.change.kind is kind]
        if not own:
            continue
        title: str = getattr(load().retest_labels, kind.value)
        lines += ["", f"{title[:1].upper()}{title[1:]}"]
        if kind in _COMPARED:
            lines += [_columns("", "before, now", "change (90 %)", "needed"), *map(_line, own)]
        else:
            lines += [line for row in own for line in _wrapped(row.change.plain)]
    return lines


def _line(row: ChangeRow) -> str:
    moved = f"{row.moved} ({row.between})"
    return _columns(row.label, f"{row.before}, {row.after}", moved, row.needed)


def _columns(label: str, values: str, change: str, needed: str) -> str:
    return f"  {label:<{_LABEL_WIDTH}} {values:<{_VALUE_WIDTH}} {change:<26} {needed}".rstrip()


def _scores(retest: Retest) -> list[str]:
    lines = ["", "Pain and function"] if retest.scores else []
    return [*lines, *(line for one in retest.scores for line in _wrapped(one.plain))]


def _shifts(retest: Retest) -> list[str]:
    labels = load().retest_labels
    found = [one for one in retest.findings if one.shift in _TOLD]
    lines = ["", "Findings"] if found else []
    for one in found:
        word: str = getattr(labels, one.shift.value)
        side = "" if one.side == "none" else f", {one.side}"
        lines.append(f"  {word:<16}{one.label}{side}")
    return lines


def _wrapped(text: str, indent: str = "  ") -> Iterable[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent=indent, subsequent_indent=f"{indent}  ")
