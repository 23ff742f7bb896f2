"""Rows about measuring again: where each measure should go, how people differ from day to day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from primemover.knowledge.evidence_rows import Tag

__all__ = ["AimRow", "DayRow", "RetestLabels", "RetestRules", "RetestTexts"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AimRow:
    """Where the protocol wants some measures to be: from `low` to `high`, in the shown unit.

    Attributes
    ----------
    measures : measure stems
    low, high : None = open; both None = the protocol has no aim for it
    words : the aim in words, "" without one
    listed : False for what repeats or serves another measure
    """

    measures: Annotated[tuple[str, ...], Field(min_length=1)]
    sources: tuple[str, ...]
    tag: Tag
    low: float | None = None
    high: float | None = None
    unit: str = ""
    words: str = ""
    listed: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRow:
    """How far filmed measures differ from day to day in somebody who did not change.

    The errors of a film say how well the picture shows that day; `mdc` (at `mdc_level` percent)
    is what the person adds. Typed-in readings have it in their published error already.
    """

    measures: Annotated[tuple[str, ...], Field(min_length=1)]
    mdc: Annotated[float, Field(gt=0)]
    mdc_level: Literal[90, 95]
    unit: str
    sources: tuple[str, ...]
    tag: Tag
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RetestRules:
    """Numbers of the comparison.

    Attributes
    ----------
    weeks_without_change : after as many weeks without an important change, refer
    fewest_points : sessions a trend needs
    short_days : sessions closer together than this are told so
    load_share : bars that differ by more than this share are another load
    grown_up_years, height_m : from this age on, heights of one person differ by at most so much
    age_slack_years : ages of one person may differ from the calendar by as much
    toward_share : part of a change that must go towards the aim to call it better
    """

    weeks_without_change: float
    fewest_points: Annotated[int, Field(ge=3)]
    short_days: int
    load_share: float
    grown_up_years: float
    height_m: float
    age_slack_years: float
    toward_share: Annotated[float, Field(gt=0, le=1)]
    sources: tuple[str, ...]
    tag: Tag


@dataclass(frozen=True, slots=True, kw_only=True)
class RetestTexts:
    """What is said of a comparison; ``{}`` names are filled in."""

    real: str
    within: str
    better: str
    worse: str
    neither: str
    no_aim: str
    other_instrument: str
    other_network: str
    other_variant: str
    other_load: str
    only_before: str
    only_after: str
    unknown_error: str
    caution_load: str
    clinician: str
    clinician_not: str
    from_readings: str
    day_unknown: str
    lay: str
    score_real: str
    score_real_matters: str
    score_real_small: str
    score_within: str
    score_better: str
    score_worse: str
    score_groups: str
    score_clinician: str
    finding_gone: str
    finding_new: str
    finding_still: str
    finding_still_absent: str
    finding_flipped: str
    finding_open: str
    finding_once: str
    finding_told: str
    state_same: str
    state_changed: str
    state_flipped: str
    state_open: str
    state_parts_open: str
    trend_few: str
    trend_flat: str
    trend_up: str
    trend_down: str
    trend_bent: str
    exit_met: str
    exit_not_met: str
    exit_open: str
    exit_gain_open: str
    exit_instrument: str
    exit_untested: str
    step_move_on: str
    step_hold: str
    step_hold_untested: str
    step_hold_lost: str
    step_not_needed: str
    step_needed_now: str
    step_refer: str
    step_lift: str
    step_lift_ready: str
    step_clinician: str
    review_stopped: str
    review_no_change: str
    review_worse: str
    review_on: str
    review_hold: str
    review_clinician: str
    headline_none: str
    headline_some: str
    headline_nothing: str
    note_chance: str
    note_error: str
    note_film: str
    note_lay_assumed: str
    note_short: str
    note_rules: str
    note_cause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RetestLabels:
    """Short words on the page and in the terminal, by the values of the records."""

    real: str
    within_error: str
    instrument_changed: str
    not_measured_again: str
    error_unknown: str
    better: str
    worse: str
    neither: str
    move_on: str
    hold: str
    refer: str
    not_needed: str
    met: str
    not_met: str
    open: str
    untested: str
    gone: str
    new: str
    still_there: str
    still_absent: str
    cannot_tell: str
    hip_left: str
    hip_right: str
    bend: str
    pairing: str
    figure: str
    table: str
    measured_first: str
    drawn_few: str
