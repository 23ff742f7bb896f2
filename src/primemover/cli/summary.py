"""Results in a few lines for a terminal; the report and the JSON hold the rest."""

from __future__ import annotations

import textwrap
from typing import Final

from primemover.cli.summary_course import course_lines
from primemover.cli.summary_evidence import (
    claim_letters,
    claim_note,
    instrument_lines,
    standing_lines,
)
from primemover.cli.summary_guard import score_lines, stop_lines
from primemover.model.assessment import Assessment, BendReading, ExamReading, HipReading
from primemover.model.check import CheckStatus
from primemover.model.finding import Finding, FindingStatus
from primemover.model.measure import Measure
from primemover.model.mechanics import Range
from primemover.model.plan import Plan
from primemover.model.repetition import Repetition
from primemover.model.trial import Trial, TrialKind
from primemover.report.names import measure_group, measure_label
from primemover.report.numbers import interval_text, percent_text, quantity_text, value_text
from primemover.report.ranges import range_text
from primemover.report.words import finding_word, side_word
from primemover.words import lower_first, say, word

__all__ = ["exam_summary", "trial_summary", "why_nothing"]

_WIDTH: Final = 88
_LABEL_WIDTH: Final = 44
_VALUE_WIDTH: Final = 20
_OPEN: Final = "indeterminate"
_MECHANICS: Final = "mechanics"  # a group of measures that the terminal tells in short


def trial_summary(trial: Trial) -> str:
    """Return one film's result: what was seen, the numbers, the findings, the failed checks."""
    lines = [f"{word('report.trial', trial.kind.value)}: {_seen(trial)}"]
    lines += _measure_lines(trial)
    lines += _mechanics_lines(trial)
    lines += _finding_lines(trial.findings)
    lines += _check_lines(trial)
    return "\n".join(lines)


def why_nothing(trial: Trial) -> str:
    """Return the sentence for a film that carries no number."""
    reasons = [trial.view.why if trial.view is not None and not trial.view.accepted else ""]
    reasons += [check.detail for check in trial.checks if check.status is CheckStatus.FAILED]
    reason = next((one for one in reasons if one), "")
    return f"{say('terminal.film.nothing')} {reason}".strip()


def exam_summary(assessment: Assessment) -> str:
    """Return a whole exam's result: safety first, then the reading, then the plan."""
    safety = assessment.safety
    lines = [f"{word('report.safety_level', safety.level.value)}.", *_wrapped(safety.text)]
    for flag in safety.main_flags:
        said = f"{flag.asked} {flag.action}" if flag.together else flag.action
        lines += _wrapped(f"- {said}")
    if assessment.reading is None:
        return "\n".join([*lines, *_wrapped(assessment.plan.stopped)])
    return "\n".join(
        [
            *lines,
            "",
            *score_lines(assessment),
            *_reading_lines(assessment.reading),
            *standing_lines(assessment),
            *instrument_lines(assessment),
            *_plan_lines(assessment.plan),
            *course_lines(assessment),
            *stop_lines(assessment),
        ]
    )


def _seen(trial: Trial) -> str:
    parts = []
    if trial.kind is TrialKind.DEADLIFT:
        parts.append(say("terminal.film.repetitions", count=len(trial.repetitions)))
    if trial.view is not None:
        yaw = quantity_text(trial.view.yaw_rad, trial.view.yaw_se_rad, "rad")
        seen_from = word("terminal.view", trial.view.label.value)
        parts.append(say("terminal.film.view", view=seen_from, off=yaw))
    if trial.task is not None and str(trial.task.looks_like) != str(trial.kind):
        looks = word("report.task", trial.task.looks_like.value)
        parts.append(say("terminal.film.looks_like", task=looks))
    return ", ".join(parts) or say("terminal.film.read")


def _measure_lines(trial: Trial) -> list[str]:
    told = trial.measures or _of_first(trial.repetitions)
    measures = {key: one for key, one in told.items() if measure_group(key) != _MECHANICS}
    known = [measure for measure in measures.values() if measure.is_known]
    rows = [(measure_label(one.id, one.side), value_text(one), interval_text(one)) for one in known]
    head = ("", say("terminal.numbers.value"), say("terminal.numbers.between"))
    lines = [_row(*row) for row in ([head, *rows] if rows else [])]
    missing = len(measures) - len(known)
    if missing:
        lines.append(f"  {say('terminal.numbers.missing', count=missing)}")
    return lines


def _mechanics_lines(trial: Trial) -> list[str]:
    """Return who did the work in three lines, or why nobody can tell; the report holds the rest."""
    measures = {k: one for k, one in trial.measures.items() if measure_group(k) == _MECHANICS}
    hip = measures.get("hip_moment_peak")
    if hip is None:
        return []
    if not hip.is_known:
        why = say("terminal.mechanics.not_estimated", why=hip.why)
        return [say("terminal.mechanics.title_bare"), *_wrapped(why)]
    between = {key: range_text(_drawn(one), one.unit) for key, one in measures.items()}
    work = ", ".join(
        f"{word('terminal.worker', who)} "
        f"{value_text(measures[f'work_share_{who}'], with_error=False)}"
        for who in ("hips", "knees", "back")
        if measures[f"work_share_{who}"].is_known
    )
    return [
        say("terminal.mechanics.title"),
        *_wrapped(
            say(
                "terminal.mechanics.moments",
                hips=between["hip_moment_peak"],
                back=between["l5s1_moment_peak"],
            )
        ),
        *_wrapped(say("terminal.mechanics.work", work=work or say("terminal.mechanics.none"))),
        *_wrapped(say("terminal.mechanics.compression", most=between["l5s1_compression_peak"])),
    ]


def _drawn(measure: Measure) -> Range:
    low, high = measure.interval
    return Range(low=low, middle=measure.value, high=high)


def _row(label: str, value: str, between: str) -> str:
    return f"  {label:<{_LABEL_WIDTH}} {value:<{_VALUE_WIDTH}} {between}".rstrip()


def _of_first(repetitions: tuple[Repetition, ...]) -> dict[str, Measure]:
    return repetitions[0].measures if repetitions else {}


def _finding_lines(findings: tuple[Finding, ...]) -> list[str]:
    if not findings:
        return []
    ordered = sorted(findings, key=lambda one: list(FindingStatus).index(one.status))
    lines = [say("terminal.title.findings")]
    for one in ordered:
        side = "" if one.side == "none" else f", {word('common.side', one.side.value)}"
        chance = percent_text(one.probability)
        letters = claim_letters(one)
        lines.append(f"  {finding_word(one):<12}{one.label}{side} ({chance}){letters}")
    return [*lines, *claim_note(findings)]


def _check_lines(trial: Trial) -> list[str]:
    bad = [one for one in trial.checks if one.status in {CheckStatus.WARNING, CheckStatus.FAILED}]
    title = say("terminal.title.checks")
    return [title, *(line for one in bad for line in _wrapped(f"- {one.detail}"))] if bad else []


def _reading_lines(reading: ExamReading) -> list[str]:
    return [
        *_wrapped(word("report.headline", reading.pairing.result), indent=""),
        _hip_line(word("report.hip_side", "left"), reading.hip_left),
        _hip_line(word("report.hip_side", "right"), reading.hip_right),
        _bend_line(reading.bend),
        *_wrapped(reading.pairing.plain),
        *_conflict_lines(reading),
        *_next_steps(reading),
        *_finding_lines(tuple(f for f in reading.findings if f.status is FindingStatus.PRESENT)),
    ]


def _conflict_lines(reading: ExamReading) -> list[str]:
    """Return what contradicts what, and what to do about it."""
    lines = []
    for one in reading.conflicts:
        side = "" if one.side == "none" else f", {word('common.side', str(one.side))}"
        lines.append(say("terminal.title.conflict", label=f"{lower_first(one.label)}{side}"))
        lines += _wrapped(f"{one.what} {one.to_do}")
    return lines


def _next_steps(reading: ExamReading) -> list[str]:
    """Return what would settle most of what is open, best first; each advice once."""
    hips = [one for one in (reading.hip_left, reading.hip_right) if one.state == _OPEN]
    steps = [one.text for one in reading.further]
    steps += [one.next_step for one in hips]
    steps += [reading.bend.next_step] if reading.bend.pattern == _OPEN else []
    told = [line for step in dict.fromkeys(steps) if step for line in _wrapped(f"- {step}")]
    return [say("terminal.title.next"), *told] if told else []


def _hip_line(name: str, hip: HipReading) -> str:
    words = word("report.hip_state", hip.state)
    return f"  {name + ':':<14}{words}{_chance(hip.state, hip.probabilities)}"


def _bend_line(bend: BendReading) -> str:
    words = word("report.bend_pattern", bend.pattern)
    return (
        f"  {say('report.answer.bend') + ':':<14}{words}{_chance(bend.pattern, bend.probabilities)}"
    )


def _chance(state: str, probabilities: dict[str, float]) -> str:
    return f" ({percent_text(probabilities[state])})" if state in probabilities else ""


def _plan_lines(plan: Plan) -> list[str]:
    if plan.stopped:
        return ["", *_wrapped(plan.stopped)]
    lines = ["", say("terminal.title.plan")]
    for step in plan.steps:
        what = side_word(step.side) if step.needed else say("terminal.plan.not_needed")
        lines.append(f"  {step.step}. {step.title} ({what})")
        lines += [f"       {one.name}: {one.dose}" for one in step.exercises]
    lines += _wrapped(plan.gate_why) if plan.may_deadlift_first else []
    again = say("terminal.plan.again", count=plan.retest_days)
    return [*lines, *_wrapped(plan.pain_rule), f"  {again}"]


def _wrapped(text: str, indent: str = "  ") -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent=indent, subsequent_indent=indent)
