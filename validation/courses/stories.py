"""The five stories: what the exam found, how the person responds, what happens on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from validation.courses.person import Event, Person, Traits

__all__ = ["STORIES", "Story", "exam_of", "person_of", "tests_as_typed"]

_BOTH_SHORT: Final = {
    "hip_extension_left": -6.0,
    "hip_extension_right": -5.0,
    "single_leg_bridge_left": 7.0,
    "single_leg_bridge_right": 7.0,
    "rib_control_hold": 15.0,
    "knee_to_wall_left": 7.5,
    "knee_to_wall_right": 8.0,
    "hip_rotation_active_left": 28.0,
    "hip_rotation_active_right": 29.0,
    "hip_rotation_passive_left": 47.0,
    "hip_rotation_passive_right": 48.0,
}
_RIGHT_SHORT: Final = _BOTH_SHORT | {
    "hip_extension_left": 9.0,
    "single_leg_bridge_left": 18.0,
    "rib_control_hold": 48.0,
    "knee_to_wall_left": 12.0,
    "knee_to_wall_right": 12.0,
    "hip_rotation_active_left": 45.0,
}
_UNITS: Final = {"rib_control_hold": "s", "knee_to_wall": "cm"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One story.

    Attributes
    ----------
    told : the story in two sentences, for the page
    pain : now, during and worst, as the exam was told
    tests : of the exam, in the units of a session file
    plan : equipment, minutes and days, as a session file says them
    """

    id: str
    title: str
    told: str
    traits: Traits
    pain: dict[str, float]
    tests: dict[str, float]
    plan: dict[str, Any]
    bar_mass_kg: float = 100.0
    events: tuple[Event, ...] = field(default_factory=tuple)
    seed: int = 1


STORIES: Final = (
    Story(
        id="quick",
        title="The quick responder",
        told="Short hips, weak trunk control, moderate pain that fades fast. Much feels easy.",
        traits=Traits(capacity=0.42, growth=0.012, recovery=0.055, gain=1.5),
        pain={"now": 2, "during": 4, "worst": 5},
        tests=_BOTH_SHORT,
        plan={"equipment": ["barbell", "blocks"], "minutes_per_day": 30, "days_per_week": 5},
        seed=11,
    ),
    Story(
        id="slow",
        title="The slow one",
        told="The same findings and more pain; capacity grows slowly and sessions are missed.",
        traits=Traits(capacity=0.36, growth=0.003, recovery=0.016, gain=0.6, misses=0.2),
        pain={"now": 3, "during": 5, "worst": 6},
        tests=_BOTH_SHORT,
        plan={"equipment": ["kettlebell"], "minutes_per_day": 20, "days_per_week": 4},
        seed=12,
    ),
    Story(
        id="flare",
        title="The flare-up",
        told="Goes well until day 58: a day of moving furniture, and the back is sore for days.",
        traits=Traits(capacity=0.42, growth=0.007, recovery=0.05, gain=1.2),
        pain={"now": 2, "during": 4, "worst": 5},
        tests=_BOTH_SHORT,
        plan={"equipment": ["barbell", "blocks"], "minutes_per_day": 30, "days_per_week": 5},
        events=(Event(day=58, rest_pain=3.0, tenderness=0.45),),
        seed=13,
    ),
    Story(
        id="one-sided",
        title="One side",
        told="Only the right hip is short. The left has nothing to gain from the same work.",
        traits=Traits(capacity=0.45, growth=0.008, recovery=0.045, gain=1.0),
        pain={"now": 2, "during": 4, "worst": 4},
        tests=_RIGHT_SHORT,
        plan={"equipment": ["barbell", "blocks"], "minutes_per_day": 25, "days_per_week": 5},
        seed=14,
    ),
    Story(
        id="red-flag",
        title="A red flag appears",
        told="Begins like the others. From day 31 on one foot gets weaker.",
        traits=Traits(capacity=0.42, growth=0.008, recovery=0.04, gain=1.0),
        pain={"now": 2, "during": 4, "worst": 5},
        tests=_BOTH_SHORT,
        plan={"equipment": ["barbell", "blocks"], "minutes_per_day": 30, "days_per_week": 5},
        events=(Event(day=31, rest_pain=1.0, symptoms=("leg_weakness",)),),
        seed=15,
    ),
)


def person_of(story: Story) -> Person:
    """Return the person of a story on day 1."""
    return Person(
        traits=story.traits,
        rest_pain=story.pain["now"],
        tests=dict(story.tests),
        seed=story.seed,
        events=story.events,
    )


def exam_of(story: Story) -> dict[str, Any]:
    """Return the story's exam as a session file says it: typed in by a clinician."""
    bend = {"instrument": "inclinometer", "by": "clinician", "fingertip_to_floor": "2cm"}
    return {
        "title": story.title,
        "screening": {"answered": True},
        "pain": {**story.pain, "where": ["low_back"]},
        "forward_bend": {**bend, "pelvis_rotation": [66], "lumbar_excursion": [50]},
        "deadlift": {"bar_mass": f"{story.bar_mass_kg:g}kg"},
        "plan": story.plan,
        **tests_as_typed(story.tests),
    }


def tests_as_typed(tests: dict[str, float]) -> dict[str, Any]:
    """Return measured tests as the tables of a session file or a log."""
    hips: dict[str, Any] = {"instrument": "inclinometer", "by": "clinician"}
    entry: dict[str, Any] = {"by": "clinician"}
    for name, value in tests.items():
        stem = name.removesuffix("_left").removesuffix("_right")
        if stem.startswith("hip_rotation"):
            side = name.rpartition("_")[2]
            hips.setdefault(side, {})[stem.removeprefix("hip_rotation_")] = [value]
        elif stem == "single_leg_bridge":
            entry[name] = round(value)
        else:
            entry[name] = f"{value:g}{_UNITS[stem]}" if stem in _UNITS else value
    return {"hip_rotation": hips, "entry": entry}
