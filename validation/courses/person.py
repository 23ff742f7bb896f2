"""A simulated person: a simple model of capacity and pain that knows nothing of the planner.

An exercise asks for a demand between 0 and about 1. What goes beyond the person's capacity hurts,
in the exercise and a day later; training below it makes capacity grow and pain at rest fade. The
numbers are chosen so that five stories come out; none of them is measured on people.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

__all__ = ["Event", "Person", "Traits"]

_HALF: Final = 2.0  # people rate in halves of a point
_MOST_PAIN: Final = 10.0
_EASY: Final = 4.0
# What a step's sessions train, per session: measure -> gain in its own unit.
_GAINS: Final[dict[int, dict[str, float]]] = {
    1: {"hip_extension": 0.8, "single_leg_bridge": 0.6},
    2: {"rib_control_hold": 2.5},
    3: {"knee_to_wall": 0.3},
    4: {"hip_rotation_active": 1.1, "hip_rotation_passive": 0.1},
}
_NOISE: Final = {
    "hip_extension": 1.5,
    "single_leg_bridge": 0.6,
    "rib_control_hold": 2.0,
    "knee_to_wall": 0.3,
    "hip_rotation_active": 1.5,
    "hip_rotation_passive": 1.5,
}
_CEILING: Final = {
    "hip_extension": 10.0,
    "single_leg_bridge": 22.0,
    "rib_control_hold": 75.0,
    "knee_to_wall": 13.0,
    "hip_rotation_active": 46.0,
    "hip_rotation_passive": 50.0,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something from outside on a day: pain at rest more, a tenderness that fades, a symptom."""

    day: int
    rest_pain: float = 0.0
    tenderness: float = 0.0
    symptoms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """How a person responds.

    Attributes
    ----------
    capacity : demand that does not hurt at first
    growth : gain of capacity by a session that stayed below it
    recovery : share of the pain at rest that fades in a day
    gain : factor on what training does to the tests
    irritability : points of pain per unit of demand beyond capacity
    misses : share of sessions that are missed
    """

    capacity: float
    growth: float
    recovery: float
    gain: float
    irritability: float = 12.0
    misses: float = 0.08


@dataclass(slots=True, kw_only=True)
class Person:
    """One person over a course; `tests` by measure and side (``"hip_extension_left"``)."""

    traits: Traits
    rest_pain: float
    tests: dict[str, float]
    seed: int
    events: tuple[Event, ...] = ()
    tenderness: float = 0.0
    day: int = 1
    _chance: np.random.Generator = field(init=False)
    _capacity: float = field(init=False)

    def __post_init__(self) -> None:
        self._chance = np.random.default_rng(self.seed)
        self._capacity = self.traits.capacity

    def live_until(self, day: int) -> None:
        """Let days pass: pain at rest and tenderness fade, events happen."""
        for now in range(self.day + 1, day + 1):
            self.rest_pain *= 1.0 - self.traits.recovery
            self.tenderness *= 0.88
            for event in self.events:
                if event.day == now:
                    self.rest_pain += event.rest_pain
                    self.tenderness += event.tenderness
        self.day = max(day, self.day)

    def misses(self) -> bool:
        """Whether the session of the day is missed."""
        return bool(self._chance.random() < self.traits.misses)

    def train(self, day: int, exercises: list[Mapping[str, Any]]) -> dict[str, Any]:
        """Return the session's entry in the log, after doing the exercises on a day."""
        self.live_until(day)
        before = self._rated(self.rest_pain)
        entries, beyond = [], 0.0
        for one in exercises:
            demand = _demand(one)
            over = max(0.0, demand - self._capacity + self.tenderness)
            beyond = max(beyond, over)
            entries.append(self._entry(one, demand, over))
        self._adapt(exercises, beyond)
        next_day = self._rated(self.rest_pain + 0.6 * self.traits.irritability * beyond)
        symptoms = [name for event in self.events if event.day <= day for name in event.symptoms]
        return {
            "day": day,
            "pain_before": before,
            "pain_next_day": next_day,
            "symptoms": symptoms,
            "exercise": entries,
        }

    def measured(self) -> dict[str, float]:
        """Return the tests done today, each with an error of measuring."""
        found = {}
        for name, value in self.tests.items():
            stem = name.removesuffix("_left").removesuffix("_right")
            found[name] = round(value + float(self._chance.normal(0.0, _NOISE[stem])), 1)
        return found

    def _entry(self, one: Mapping[str, Any], demand: float, over: float) -> dict[str, Any]:
        pain = self._rated(self.rest_pain + self.traits.irritability * over)
        effort = float(np.clip(round(2.5 + 4.5 * demand / self._capacity), 2.0, 10.0))
        return {
            "id": one["id"],
            "sets": min(sets for sets in (one["sets_left"], one["sets_right"]) if sets),
            one["counts"]: one["count"],
            "pain": pain,
            "effort": effort,
            "too_easy": bool(effort <= _EASY and pain <= 1.0),
        }

    def _adapt(self, exercises: list[Mapping[str, Any]], beyond: float) -> None:
        if beyond <= 0.0:
            self._capacity += self.traits.growth
        for one in exercises:
            sides = {"left": one["sets_left"], "right": one["sets_right"]}
            for stem, gain in _GAINS.get(one["step"], {}).items():
                for name in self.tests:
                    side = name.rpartition("_")[2]
                    if name.startswith(stem) and sides.get(side, 1):
                        more = gain * self.traits.gain / 3.0  # about three exercises a step
                        self.tests[name] = min(self.tests[name] + more, _CEILING[stem])

    def _rated(self, pain: float) -> float:
        return round(min(max(pain, 0.0), _MOST_PAIN) * _HALF) / _HALF


def _demand(one: Mapping[str, Any]) -> float:
    """Return what an exercise asks for: its level, its load, and a little for its amount."""
    sets = max(one["sets_left"], one["sets_right"])
    load = 0.30 * one["load_share"] if one["is_loaded"] else 0.0
    return float(0.10 + 0.10 * one["level"] + load + 0.01 * sets)
