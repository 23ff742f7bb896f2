"""Rules and errors -> present, absent or indeterminate, with probability, sources and verdict."""

from primemover.findings.bend import read_bend
from primemover.findings.hips import read_hip
from primemover.findings.joint import complete
from primemover.findings.read import read_bend_findings, read_exam, read_lift_findings
from primemover.findings.safety import questions_for, screen
from primemover.findings.told import session_measures

__all__ = [
    "complete",
    "questions_for",
    "read_bend",
    "read_bend_findings",
    "read_exam",
    "read_hip",
    "read_lift_findings",
    "screen",
    "session_measures",
]
