"""A whole exam in clinicians' lines, for ``primemover exam --clinician``."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Final

from primemover.model.assessment import Assessment, ExamReading
from primemover.model.finding import Finding, FindingStatus
from primemover.words import say, word

__all__ = ["clinician_summary"]

_WIDTH: Final = 88  # as the summary's


def clinician_summary(assessment: Assessment) -> str:
    """Return safety, reading, what is present or contradictory, and steps, each in one line."""
    told = [*_safety(assessment)]
    if assessment.reading is not None:
        told += [*_reading(assessment.reading), *_steps(assessment)]
    lines = [say("terminal.title.clinician")]
    for one in told:
        lines += textwrap.wrap(f"- {one}", _WIDTH, initial_indent="  ", subsequent_indent="    ")
    return "\n".join(lines)


def _safety(assessment: Assessment) -> Iterator[str]:
    yield from dict.fromkeys(
        flag.clinician for flag in assessment.safety.main_flags if flag.clinician
    )


def _reading(reading: ExamReading) -> Iterator[str]:
    hips = {"left": reading.hip_left, "right": reading.hip_right}
    for side, hip in hips.items():
        yield say(
            "terminal.clinician.named", name=word("report.hip_side", side), line=hip.clinician
        )
    yield say(
        "terminal.clinician.named", name=say("report.answer.bend"), line=reading.bend.clinician
    )
    yield reading.pairing.clinician
    yield from (one.clinician for one in reading.conflicts)
    for finding in reading.findings:
        if finding.status is FindingStatus.PRESENT:
            yield say("terminal.clinician.named", name=_name(finding), line=finding.clinician)


def _name(finding: Finding) -> str:
    side = "" if finding.side == "none" else f", {word('common.side', finding.side.value)}"
    return f"{finding.label}{side}"


def _steps(assessment: Assessment) -> Iterator[str]:
    for step in assessment.plan.steps:
        if step.needed:
            name = say("terminal.clinician.step", step=step.step, title=step.title)
            yield say("terminal.clinician.named", name=name, line=step.clinician)
