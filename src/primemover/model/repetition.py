"""Repetitions and their phases."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from enum import StrEnum

from primemover.model.measure import Measure

__all__ = ["Hold", "Phase", "Repetition"]


class Phase(StrEnum):
    """Phases of a lift; lift-off to knee pass to lockout as in Escamilla 2000."""

    SET_UP = "set_up"
    LIFT_OFF = "lift_off"
    KNEE_PASS = "knee_pass"  # noqa: S105 - a phase of the lift
    LOCKOUT = "lockout"
    LOWERING = "lowering"


@dataclass(frozen=True, slots=True, kw_only=True)
class Repetition:
    """One repetition; instants in seconds of the film's clock, NaN = not seen.

    `start_s` is when the set-up ends its approach (the bottom is reached or the film begins);
    the repetition is the half-open window [start_s, end_s). `measures` maps measure id -> Measure.
    `lowering_s` is when the way down begins. For a forward bend `lockout_s` is the end of the
    hold at the bottom and `lift_off_s` the bend's beginning; `bottom_s` is the deepest instant.
    """

    start_s: float
    bottom_s: float
    lift_off_s: float
    knee_pass_s: float
    lockout_s: float
    end_s: float
    lowering_s: float = math.nan
    measures: dict[str, Measure] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """A window [start_s, end_s) in which a limb was held still at an extreme."""

    start_s: float
    end_s: float
    measures: dict[str, Measure] = field(default_factory=dict)
