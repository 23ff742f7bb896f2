"""The report's words: ids become plain English here and nowhere else."""

from __future__ import annotations

from typing import Final

from primemover.model.finding import Finding, FindingStatus, Verdict
from primemover.model.measure import Instrument, Status
from primemover.model.plan import StepSide
from primemover.model.trial import TrialKind

__all__ = [
    "BEND_WORDS",
    "CHECK_WORDS",
    "DIRECTION_WORDS",
    "FRAME_WORDS",
    "HEADLINES",
    "HIP_WORDS",
    "INSTRUMENT_WORDS",
    "PAIRING_WORDS",
    "PART_WORDS",
    "SAFETY_WORDS",
    "SERIES_WORDS",
    "STATUS_WORDS",
    "TRIAL_WORDS",
    "VERDICT_WORDS",
    "finding_word",
    "humanise",
    "side_word",
]

HEADLINES: Final[dict[str, str]] = {
    "agree_control": "Your hips have more motion than you can control.",
    "agree_socket": "Your hips run out of room, and your back makes up for it.",
    "clear": "Your hips and your forward bend look free. Look at the lift itself.",
    "disagree": "The two tests point different ways, so the lift decides.",
    "indeterminate": "This exam cannot tell yet. Repeat the open test first.",
}
PAIRING_WORDS: Final[dict[str, str]] = {
    "agree_control": "both tests point to control",
    "agree_socket": "both tests point to the hip socket",
    "clear": "both tests are clear",
    "disagree": "the tests disagree",
    "indeterminate": "cannot tell yet",
}
HIP_WORDS: Final[dict[str, str]] = {
    "target_met": "Target met",
    "control": "Motion is there, control is not",
    "socket": "The motion is not there",
    "mixed": "Some of both",
    "indeterminate": "Cannot tell yet",
}
BEND_WORDS: Final[dict[str, str]] = {
    "mobile_compensating": "Bends easily, the back does much of it",
    "hip_blocked": "The pelvis stays up, the back rounds",
    "even": "Hips and back share the bend",
    "mixed": "Some of both patterns",
    "indeterminate": "Cannot tell yet",
}
DIRECTION_WORDS: Final[dict[str, str]] = {
    "lordosis_held": "the low back keeps its hollow",
    "over_rounded": "the low back rounds far",
}
PART_WORDS: Final[dict[str, str]] = {
    "pelvis": "pelvis",
    "lumbar": "low back",
    "thoracic": "upper back",
}
VERDICT_WORDS: Final[dict[str, str]] = {
    Verdict.SUPPORTS: "Evidence supports this",
    Verdict.MIXED: "Evidence is mixed",
    Verdict.CONTRADICTS: "Evidence contradicts this",
    Verdict.NONE: "Not yet studied",
}
STATUS_WORDS: Final[dict[str, str]] = {
    Status.MEASURED: "measured",
    Status.ESTIMATED: "estimated",
    Status.NOT_MEASURED: "not measured",
}
CHECK_WORDS: Final[dict[str, str]] = {
    "passed": "passed",
    "warning": "take care",
    "failed": "failed",
    "not_checked": "not checked",
}
SAFETY_WORDS: Final[dict[str, str]] = {
    "clear": "No warning sign was reported",
    "caution": "Go carefully",
    "refer": "See a clinician before loading",
    "emergency": "Stop. Get help now",
}
INSTRUMENT_WORDS: Final[dict[str, str]] = {
    Instrument.VIDEO: "video",
    Instrument.GONIOMETER: "goniometer",
    Instrument.INCLINOMETER: "inclinometer",
    Instrument.PHONE: "phone as inclinometer",
    Instrument.TAPE: "tape measure",
    Instrument.STOPWATCH: "stopwatch",
    Instrument.COUNT: "counted",
    Instrument.DERIVED: "worked out",
}
TRIAL_WORDS: Final[dict[str, str]] = {
    TrialKind.DEADLIFT: "The deadlift",
    TrialKind.FORWARD_BEND: "The forward bend",
    TrialKind.HIP_ROTATION: "Hip rotation",
}
FRAME_WORDS: Final[dict[str, str]] = {
    "set_up": "Set-up",
    "lift_off": "Lift-off",
    "knee_pass": "Bar at the knee",
    "lockout": "Lockout",
    "lowering": "Lowering",
    "bottom": "Deepest point",
    "standing": "Standing",
    "hold_left": "Left hip, held",
    "hold_right": "Right hip, held",
    "rest": "At rest",
    "middle": "From the middle of the film",
}
_FINDING_WORDS: Final[dict[str, str]] = {
    FindingStatus.PRESENT: "Seen",
    FindingStatus.ABSENT: "Not seen",
    FindingStatus.INDETERMINATE: "Cannot tell",
}
_STEP_SIDES: Final[dict[str, str]] = {
    StepSide.BOTH: "both sides",
    StepSide.LEFT: "left side only",
    StepSide.RIGHT: "right side only",
    StepSide.LEFT_MORE: "both, more on the left",
    StepSide.RIGHT_MORE: "both, more on the right",
}
# Curves in short; `names.measure_label` says what a measure is.
SERIES_WORDS: Final[dict[str, str]] = {
    "trunk_inclination": "Trunk lean",
    "pelvis_inclination": "Pelvis turn",
    "hip_flexion": "Hip flexion",
    "trunk_thigh": "Trunk to thigh",
    "knee_flexion": "Knee bend",
    "ankle_dorsiflexion": "Ankle bend",
    "lumbar_flexion": "Low back flexion",
    "thoracic_flexion": "Upper back flexion",
    "hip_rotation_left": "Left hip rotation",
    "hip_rotation_right": "Right hip rotation",
    "bar_x": "Bar ahead of mid-foot",
    "bar_y": "Bar height",
}


def humanise(key: str) -> str:
    """Return an id as words: ``"hips_rise_first"`` -> ``"Hips rise first"``."""
    words = " ".join(word for word in key.split("_") if word)
    return words[:1].upper() + words[1:]


def finding_word(finding: Finding) -> str:
    """Return the status of a finding in one or two words."""
    return _FINDING_WORDS[finding.status]


def side_word(side: StepSide) -> str:
    """Return which side a step or an exercise trains."""
    return _STEP_SIDES[side]
