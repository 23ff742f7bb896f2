"""What stands on the page, gathered from the records; templates only lay it out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from primemover.model.assessment import Assessment, ExamReading
from primemover.model.finding import Finding, FindingStatus
from primemover.model.measure import Measure, Side
from primemover.model.plan import Plan, PlanStep
from primemover.model.trial import Trial, TrialKind
from primemover.report.bendfigure import BendNumbers, bend_figure, bend_numbers
from primemover.report.dials import HipNumbers, dial, hip_numbers
from primemover.report.frames import KeyFrame
from primemover.report.mechanics import MechanicsView, mechanics_of, mechanics_sources
from primemover.report.movers import Movers, movers_of
from primemover.report.names import citation, measure_group
from primemover.report.plots import PlotSet, bar_path, plots_of
from primemover.report.words import GROUPS, group_word
from primemover.words import lower_first, say, word

__all__ = [
    "HipDial",
    "MeasureGroup",
    "References",
    "TestSection",
    "all_findings",
    "first_step",
    "hip_dials",
    "measure_groups",
    "references_of",
    "repeats_of",
    "sections_of",
    "sorted_findings",
    "trial_headline",
]

_READING_ORDER = (TrialKind.HIP_ROTATION, TrialKind.FORWARD_BEND, TrialKind.DEADLIFT)
_FILMED = frozenset({"hip_rotation", "forward_bend", "deadlift"})
_TESTS = frozenset({"hip_left", "hip_right", "bend"})
_STATUS_ORDER = (FindingStatus.PRESENT, FindingStatus.INDETERMINATE, FindingStatus.ABSENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class HipDial:
    """One hip: its numbers and its drawing, None where nothing is known."""

    numbers: HipNumbers
    drawing: Markup | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TestSection:
    """One filmed or typed test with its pictures and drawings."""

    __test__ = False  # the name is no invitation to pytest

    trial: Trial
    anchor: str
    title: str
    frames: tuple[KeyFrame, ...]
    plots: PlotSet | None
    bar: Markup | None
    movers: Movers | None
    mechanics: MechanicsView | None
    bend: BendNumbers
    bend_drawing: Markup | None
    hips: tuple[HipDial, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureGroup:
    """A table of measures; with repetitions, one column a repetition."""

    title: str
    rows: tuple[Measure, ...]
    repetitions: tuple[Mapping[str, Measure], ...] = ()
    repetition_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class References:
    """The numbered list of sources: (key, text) in the order they are first cited."""

    entries: tuple[tuple[str, str], ...]

    def numbers(self, keys: Iterable[str]) -> list[int]:
        """Return the numbers of some keys."""
        order = [key for key, _ in self.entries]
        return sorted(order.index(key) + 1 for key in set(keys) if key in order)


def sections_of(
    trials: Sequence[Trial],
    frames: Sequence[tuple[KeyFrame, ...]],
    felt: Sequence[str] | None = None,
) -> tuple[TestSection, ...]:
    """Return a section per trial, in the order the exam is read; `felt` as in the session."""
    pairs = [
        _section(trial, f"test-{index + 1}", shown, felt)
        for index, (trial, shown) in enumerate(zip(trials, frames, strict=True))
    ]
    return tuple(sorted(pairs, key=lambda one: _READING_ORDER.index(one.trial.kind)))


def _section(
    trial: Trial, anchor: str, frames: tuple[KeyFrame, ...], felt: Sequence[str] | None
) -> TestSection:
    bend = bend_numbers(trial.measures)
    is_bend = trial.kind is TrialKind.FORWARD_BEND
    is_hip = trial.kind is TrialKind.HIP_ROTATION
    return TestSection(
        trial=trial,
        anchor=anchor,
        title=word("report.trial", trial.kind.value),
        frames=frames,
        plots=plots_of(trial),
        bar=bar_path(trial) if trial.kind is TrialKind.DEADLIFT else None,
        movers=movers_of(trial.measures) if trial.kind is TrialKind.DEADLIFT else None,
        mechanics=mechanics_of(trial, felt),
        bend=bend,
        bend_drawing=bend_figure(bend) if is_bend and bend.drawable else None,
        hips=hip_dials(trial.measures) if is_hip else (),
    )


def hip_dials(measures: Mapping[str, Measure]) -> tuple[HipDial, ...]:
    """Return both hips, the person's right one first, as seen from the front."""
    numbers = [hip_numbers(dict(measures), side) for side in (Side.RIGHT, Side.LEFT)]
    return tuple(
        HipDial(numbers=one, drawing=dial(one) if one.any_known else None) for one in numbers
    )


def sorted_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return what was seen first, then what cannot be told, then what was not seen."""
    return tuple(sorted(findings, key=lambda one: _STATUS_ORDER.index(one.status)))


def all_findings(assessment: Assessment) -> tuple[Finding, ...]:
    """Return the reading's findings and those that only a trial carries."""
    reading = assessment.reading.findings if assessment.reading else ()
    seen = {(one.id, one.side) for one in reading}
    extra = [
        one
        for trial in assessment.trials
        for one in trial.findings
        if (one.id, one.side) not in seen
    ]
    return sorted_findings([*reading, *extra])


def first_step(plan: Plan) -> PlanStep | None:
    """Return the step to begin with: the first needed one, or the lift where the gate is open."""
    needed = [step for step in plan.steps if step.needed]
    if plan.may_deadlift_first and needed:
        return needed[-1]
    return next(iter(needed), None)


def repeats_of(reading: ExamReading) -> tuple[str, ...]:
    """Return what to measure again when the tests together leave the answer open."""
    if reading.pairing.result != "indeterminate":
        return ()
    best = [one.text for one in reading.further if one.settles[:1] and one.settles[0] in _TESTS]
    if best:
        return tuple(best)
    open_ones = (reading.hip_right.next_step, reading.hip_left.next_step, reading.bend.next_step)
    return tuple(dict.fromkeys(one for one in open_ones if one))


def measure_groups(
    trials: Sequence[Trial], others: Mapping[str, Measure]
) -> tuple[MeasureGroup, ...]:
    """Return every measure once: a table per test, and one of what belongs to none."""
    groups = [_trial_group(trial) for trial in trials]
    shown = {(key, one.value) for trial in trials for key, one in trial.measures.items()}
    unknown = {key for trial in trials for key, one in trial.measures.items() if not one.is_known}
    rest = tuple(
        one
        for key, one in others.items()
        if (key, one.value) not in shown and (one.is_known or key not in unknown)
    )
    for key in GROUPS:
        title = group_word(key)
        rows = tuple(one for one in rest if measure_group(one.id) == key)
        known_as = say("report.numbers.typed_in", title=title) if trials else title
        groups.append(MeasureGroup(title=known_as if key in _FILMED else title, rows=rows))
    return tuple(group for group in groups if group.rows or group.repetition_ids)


def _trial_group(trial: Trial) -> MeasureGroup:
    windows = [one.measures for one in trial.repetitions] or [one.measures for one in trial.holds]
    ids = dict.fromkeys(key for window in windows for key in window)
    return MeasureGroup(
        title=word("report.trial", trial.kind.value),
        rows=tuple(trial.measures.values()),
        repetitions=tuple(windows) if ids else (),
        repetition_ids=tuple(ids),
    )


def references_of(
    findings: Iterable[Finding],
    plan: Plan | None,
    sections: Iterable[TestSection] = (),
    others: Iterable[str] = (),
) -> References:
    """Return the sources cited on the page: findings, plan, the mechanics of lifts, others."""
    cited = [key for finding in findings for key in finding.sources]
    for step in plan.steps if plan else ():
        cited += [*step.sources, *(key for one in step.exercises for key in one.sources)]
    cited += [key for section in sections for key in mechanics_sources(section.mechanics)]
    cited += others
    return References(entries=tuple((key, citation(key)) for key in dict.fromkeys(cited)))


def trial_headline(trial: Trial) -> str:
    """Return the answer of a single test in one sentence."""
    if trial.view is not None and not trial.view.accepted:
        return say("report.trial_page.refused")
    present = [one for one in trial.findings if one.status is FindingStatus.PRESENT]
    if present:
        *first, last = [lower_first(one.label) for one in present]
        named = say("common.list.all", head=", ".join(first), last=last) if first else last
        return say("report.trial_page.present", findings=named)
    if not trial.findings:
        return say("report.trial_page.only_measured", test=word("report.trial", trial.kind.value))
    open_ones = [one for one in trial.findings if one.status is FindingStatus.INDETERMINATE]
    if len(open_ones) == len(trial.findings):
        return say("report.trial_page.open")
    return say("report.trial_page.none_seen", count=len(trial.findings))
