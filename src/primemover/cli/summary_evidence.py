"""What stands behind the numbers, for a terminal: quantities that several instruments read."""

from __future__ import annotations

import textwrap
from typing import Final

from primemover.knowledge import load
from primemover.model.assessment import Assessment
from primemover.report.evidence import part_lines
from primemover.report.names import measure_label
from primemover.report.numbers import value_text
from primemover.report.words import INSTRUMENT_WORDS

__all__ = ["instrument_lines"]

_WIDTH: Final = 88  # as the summary's


def instrument_lines(assessment: Assessment) -> list[str]:
    """Return what was read with several instruments and what became of it; empty for nothing."""
    lines: list[str] = []
    for one in assessment.measures.values():
        if one.parts:
            taken = f"{INSTRUMENT_WORDS[one.instrument]}; {'; '.join(part_lines(one))}"
            text = f"{measure_label(one.id, one.side)}: {value_text(one)}, {taken}"
            lines += textwrap.wrap(text, _WIDTH, initial_indent="  ", subsequent_indent="      ")
    return [load().fusing_texts.heading, *lines] if lines else []
