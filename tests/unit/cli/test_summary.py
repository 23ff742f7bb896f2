"""What the terminal says of who does the work."""

from __future__ import annotations

from dataclasses import replace

from primemover.cli.summary import trial_summary
from primemover.exam.mechanics.measures import MECHANICS_MEASURES, NO_MASSES, no_mechanics
from primemover.model.measure import Measure, Status
from primemover.model.trial import Trial
from tests.unit.report import sample


def lift_with(measures: dict[str, Measure]) -> Trial:
    trial = sample.deadlift_trial()
    return replace(trial, measures=trial.measures | measures)


def estimated(name: str, value: float) -> Measure:
    return Measure(
        id=name,
        value=value,
        se=0.1 * value,
        unit=MECHANICS_MEASURES[name],
        status=Status.ESTIMATED,
        bounds=(0.8 * value, 1.3 * value),
    )


def known() -> dict[str, Measure]:
    values = dict.fromkeys(MECHANICS_MEASURES, 0.2) | {
        "hip_moment_peak": 560.0,
        "l5s1_moment_peak": 470.0,
        "l5s1_compression_peak": 12000.0,
        "work_share_hips": 0.8,
    }
    return {name: estimated(name, value) for name, value in values.items()}


def test_the_work_is_told_in_three_lines_with_ranges() -> None:
    lines = trial_summary(lift_with(known())).splitlines()
    at = next(k for k, line in enumerate(lines) if line.startswith("Who does the work"))
    moments, work, pressed = lines[at + 1 : at + 4]
    assert "hips 560" in moments
    assert "450\u2013730" in moments
    assert "hips 80 %, knees 20 %, back 20 %" in work
    assert "no limit" in pressed


def test_numbers_of_the_mechanics_do_not_fill_the_table() -> None:
    text = trial_summary(lift_with(known()))
    assert "share of muscle force" not in text


def test_without_masses_it_says_what_to_tell_and_counts_nothing_as_missing() -> None:
    without, plain = (
        trial_summary(lift_with(measures)) for measures in (no_mechanics(NO_MASSES), {})
    )
    assert f"not estimated: {NO_MASSES}" in without
    missing = [[line for line in text.splitlines() if "not measured" in line and "why" in line]
               for text in (without, plain)]  # fmt: skip
    assert missing[0] == missing[1]
