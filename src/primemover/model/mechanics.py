"""Who does the work of one repetition: moments, work and muscles, each as a range."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from primemover.model.arrays import Floats

__all__ = [
    "Curve90",
    "LiftMechanics",
    "LiftPart",
    "MuscleInPart",
    "Range",
    "StickFigure",
    "WorkInPart",
]


class LiftPart(StrEnum):
    """Parts of the way up, in order."""

    TAKE_UP = "take_up"
    """Set-up to lift-off: the load is still on the floor."""
    FLOOR_TO_KNEES = "floor_to_knees"
    KNEES_TO_LOCKOUT = "knees_to_lockout"


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """A number that is only known as a range: 90 % of the draws lie from `low` to `high`."""

    low: float
    middle: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve90:
    """A curve that is only known as a range, (T,) arrays; NaN = not known."""

    low: Floats
    middle: Floats
    high: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkInPart:
    """Work in one part of the lift, joules, both sides together.

    Attributes
    ----------
    positive_j, negative_j : by ``"ankles"``, ``"knees"``, ``"hips"``, ``"back"`` (L5/S1 and the
        thoracolumbar joint together); negative work is <= 0
    """

    part: LiftPart
    start_s: float
    end_s: float
    positive_j: Mapping[str, Range]
    negative_j: Mapping[str, Range]


@dataclass(frozen=True, slots=True, kw_only=True)
class MuscleInPart:
    """What the model lets one muscle group do in one part of the lift.

    Attributes
    ----------
    group : id of a group of the muscle geometry table
    force_share : its share of the force of all modelled muscles, 0-1, over all formulations
    effort_peak : its largest force over what it could give; may be above 1
    role : ``"prime_mover"``, ``"stabiliser"``, ``"brake"`` or ``"idle"``: what most of the
        ensemble says
    role_share : share of the ensemble that says so, 0-1
    """

    part: LiftPart
    group: str
    force_share: Range
    effort_peak: Range
    role: str
    role_share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StickFigure:
    """The body at one instant.

    Attributes
    ----------
    instant : ``"set_up"``, ``"lift_off"``, ``"knee_pass"`` or ``"lockout"``
    joints_m : ``heel, toe, ankle, knee, hip, l5s1, thoracolumbar, shoulder, elbow, hand, head_top,
        load`` -> (forward, up), metres from the ground under the ankle; what is not known is left
        out
    moment_nm : ``ankle, knee, hip, l5s1`` -> both sides together, plantarflexor and extensor +
    """

    instant: str
    time_s: float
    joints_m: Mapping[str, tuple[float, float]]
    moment_nm: Mapping[str, Range]


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftMechanics:
    """The mechanics of one repetition; everything here is estimated, never measured.

    Attributes
    ----------
    repetition : its number in the trial, from 0
    body_mass_kg, load_mass_kg : as told
    time_s : (T,) seconds of the film's clock, from set-up to lockout
    moment_nm : ``ankle, knee, hip, l5s1`` -> both sides together, plantarflexor and extensor +
    compression_n, shear_n : at L5/S1 over all formulations; shear anterior +, indicative only
    work : parts whose edges were seen
    muscles : groups by part
    figures : in the order of time
    closure : largest share of the whole weight by which the vertical forces do not close
    assumptions : sentences about what was taken for granted, for everybody to read
    """

    repetition: int
    body_mass_kg: float
    load_mass_kg: float
    time_s: Floats
    moment_nm: Mapping[str, Curve90]
    compression_n: Curve90
    shear_n: Curve90
    work: tuple[WorkInPart, ...]
    muscles: tuple[MuscleInPart, ...]
    figures: tuple[StickFigure, ...]
    closure: float
    assumptions: tuple[str, ...]
