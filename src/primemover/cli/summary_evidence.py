"""What stands behind the numbers, for a terminal: instruments, norms, the article's claims."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from typing import Final

from primemover.knowledge import load
from primemover.model.assessment import Assessment
from primemover.model.finding import Finding
from primemover.report.evidence import part_lines
from primemover.report.names import measure_label
from primemover.report.numbers import value_text
from primemover.report.standingview import standing_views
from primemover.report.words import instrument_word

__all__ = ["claim_letters", "claim_note", "instrument_lines", "standing_lines"]

_WIDTH: Final = 88  # as the summary's


def instrument_lines(assessment: Assessment) -> list[str]:
    """Return what was read with several instruments and what became of it; empty for nothing."""
    lines: list[str] = []
    for one in assessment.measures.values():
        if one.parts:
            taken = f"{instrument_word(one.instrument)}; {'; '.join(part_lines(one))}"
            text = f"{measure_label(one.id, one.side)}: {value_text(one)}, {taken}"
            lines += textwrap.wrap(text, _WIDTH, initial_indent="  ", subsequent_indent="      ")
    return [load().fusing_texts.heading, *lines] if lines else []


def standing_lines(assessment: Assessment) -> list[str]:
    """Return where hip rotation lies among healthy people; empty where nothing can be compared."""
    texts = load().norm_texts
    lines: list[str] = []
    for view in standing_views(assessment):
        if not view.id.startswith("hip_rotation_"):
            continue
        apart = texts.only_apart.format(band=view.apart_band) if view.apart_band else ""
        band = view.band or apart
        if band:
            lines += textwrap.wrap(
                f"{view.title}: {band}", _WIDTH, initial_indent="  ", subsequent_indent="      "
            )
    return [texts.among, *lines] if lines else []


def claim_letters(finding: Finding) -> str:
    """Return the letters of the article's claims that a finding speaks of, "" for none."""
    return f" [{', '.join(finding.claims)}]" if finding.claims else ""


def claim_note(findings: Iterable[Finding]) -> list[str]:
    """Return what the letters are; nothing where there are none."""
    example = next((one.claims[0] for one in findings if one.claims), "")
    return [f"  {load().claim_texts.in_terminal.format(example=example)}"] if example else []
