"""What guards a person, for a terminal: totals of questionnaires, and when to stop."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Final

from primemover.model.assessment import Assessment
from primemover.report.guard import ScoreCard, guard_of, score_text

__all__ = ["score_lines", "stop_lines"]

_WIDTH: Final = 88  # as the summary's
_LABEL_WIDTH: Final = 44


def score_lines(assessment: Assessment) -> list[str]:
    """Return the totals of questionnaires with what a change means; empty without any."""
    guard = guard_of(assessment)
    if not guard.cards:
        return []
    lines = [guard.score_words.title]
    for card in guard.cards:
        lines += [*_rows(card), *_wrapped(card.scores[0].error_plain, indent="      ")]
    return [*lines, ""]


def stop_lines(assessment: Assessment) -> list[str]:
    """Return when to stop, worst first, one line a level; empty without a programme."""
    guard = guard_of(assessment)
    if not guard.stops:
        return []
    levels = (f"{group.heading}: {group.in_short}." for group in guard.stops)
    return ["", guard.stop_words.title, *(line for one in levels for line in _wrapped(one))]


def _rows(card: ScoreCard) -> Iterator[str]:
    for score in card.scores:
        label = score.label if card.short in score.label else f"{score.label} ({card.short})"
        category = f" ({score.category_label})" if score.category_label else ""
        yield f"  {label:<{_LABEL_WIDTH}} {score_text(score)}{category}"
        if score.why:
            yield from _wrapped(f"{score.why}.", indent="      ")


def _wrapped(text: str, indent: str = "  ") -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent=indent, subsequent_indent=indent)
