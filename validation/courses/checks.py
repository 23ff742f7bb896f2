"""Whether a lived course kept the rules: written from clinical.md, not from the planner.

Each check returns sentences of what went wrong, none when all is well. The limits stand here a
second time on purpose: 3 and 5 of 10 in the pain rule, 20 % off after red, 10 % more a week at
most, 2 of 10 before the first load, two weeks a stage, three red sessions in a row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any, Final

from primemover.knowledge import load
from validation.courses.run import LAST_DAY, Day, Lived

__all__ = ["CHECKS", "colour", "faults"]

_GREEN, _AMBER = 3.0, 5.0
_LEAST_OFF: Final = 0.2
_MOST_UP: Final = 0.1 + 1e-6
_WEEK: Final = 7
_LIFT: Final = 5
_REST_BEFORE_LOAD: Final = 2.0
_STOPPING: Final = frozenset({"leg_weakness", "saddle_numbness", "bladder_bowel"})
Json = dict[str, Any]


def faults(lived: Lived) -> list[str]:
    """Return everything that went wrong in a course, by all checks."""
    return [f"{name}: {fault}" for name, check in CHECKS.items() for fault in check(lived)]


def colour(day: Day) -> str:
    """Return how a session counts: green, amber, red, or missed where nothing was logged."""
    if day.logged is None:
        return "missed"
    worst = max((one["pain"] for one in day.logged["exercise"]), default=0.0)
    rose = day.logged["pain_next_day"] - day.logged["pain_before"] >= 1.0
    if worst > _AMBER or rose:
        return "red"
    return "amber" if worst > _GREEN else "green"


def _time(lived: Lived) -> Iterator[str]:
    for day in lived.days:
        for session in day.week["sessions"]:
            if session["minutes"] > lived.story.plan["minutes_per_day"] + 1e-6:
                yield f"day {session['day']} takes {session['minutes']} min"
        if len({one["day"] for one in day.week["sessions"]}) > lived.story.plan["days_per_week"]:
            yield f"the week of day {day.day} has too many sessions"


def _gear(lived: Lived) -> Iterator[str]:
    there = {row.id for row in load().equipment.values() if row.household}
    there |= set(lived.story.plan["equipment"])
    for day in lived.days:
        for one in day.week["exercises"]:
            lacking = set(load().exercises[one["id"]].equipment) - there
            if lacking:
                yield f"day {day.day}: {one['id']} needs {', '.join(sorted(lacking))}"


def _size(lived: Lived) -> Iterator[str]:
    """Whole weeks give each open step two to four exercises."""
    for day in lived.days:
        if len(day.week["sessions"]) < lived.story.plan["days_per_week"]:
            continue
        for step in {one["step"] for one in day.week["exercises"]}:
            count = sum(one["step"] == step for one in day.week["exercises"])
            if not 2 <= count <= 4:  # noqa: PLR2004 - the issue's numbers
                yield f"day {day.day}: step {step} has {count} exercises"


def _pain(lived: Lived) -> Iterator[str]:
    """After red less, after amber no more; above 5 at rest no load."""
    for before, after in pairwise(_trained(lived)):
        hue = colour(before)
        old = {one["id"]: one for one in before.asked}
        for one in after.week["exercises"]:
            was = old.get(one["id"])
            if was is None or hue == "green" or not _felt(before, one["id"], hue):
                continue
            most = was["load_share"] * ((1.0 - _LEAST_OFF) if hue == "red" else 1.0)
            if one["is_loaded"] and one["load_share"] > most + 1e-6:
                yield f"day {after.day}: {one['id']} carries too much after {hue}"
            if not one["is_loaded"] and _amount(one) > _amount(was):
                yield f"day {after.day}: {one['id']} went up after {hue}"
        if before.logged is not None and before.logged["pain_next_day"] > _AMBER:
            loaded = [one["id"] for one in after.week["exercises"] if one["is_loaded"]]
            if loaded:
                yield f"day {after.day}: {loaded[0]} is loaded with pain above 5 at rest"


def _felt(day: Day, name: str, hue: str) -> bool:
    """Whether an exercise's own pain, or the day after, was of the session's colour."""
    if day.logged is None:
        return False
    if day.logged["pain_next_day"] - day.logged["pain_before"] >= 1.0:
        return True
    pain = next(one["pain"] for one in day.logged["exercise"] if one["id"] == name)
    return bool(pain > (_AMBER if hue == "red" else _GREEN))


def _calm(lived: Lived) -> Iterator[str]:
    """After red, two green sessions before anything goes up."""
    green = 2
    for before, after in pairwise(_trained(lived)):
        hue = colour(before)
        green = 0 if hue == "red" else min(green + (hue == "green"), 2)
        if green < 2 and hue != "amber":  # noqa: PLR2004 - two sessions
            up = [one["id"] for one in after.week["exercises"] if one["change"] == "up"]
            if up and green == 0:
                yield f"day {after.day}: {up[0]} goes up right after red"


def _climb(lived: Lived) -> Iterator[str]:
    """No step climbs more than one level; no load more than 10 % in a week."""
    highest: dict[int, int] = {}
    shares: dict[str, list[tuple[int, float]]] = {}
    for day in lived.days:
        for one in day.asked:
            step, level = one["step"], one["level"]
            if level > highest.get(step, 1) + 1:
                yield f"day {day.day}: step {step} jumps to level {level}"
            if one["is_loaded"]:
                past = [s for on, s in shares.get(one["id"], []) if day.day - on <= _WEEK - 1]
                if past and one["load_share"] > min(past) * (1.0 + _MOST_UP):
                    yield f"day {day.day}: {one['id']} rose more than 10 % within a week"
        for one in day.asked if day.logged is not None else ():
            highest[one["step"]] = max(one["level"], highest.get(one["step"], 0))
            shares.setdefault(one["id"], []).append((day.day, one["load_share"]))


def _rest(lived: Lived) -> Iterator[str]:
    """At least a day between loads, and at most two days a week with one."""
    days = [d.day for d in _trained(lived) if any(one["is_loaded"] for one in d.asked)]
    for first, second in pairwise(days):
        if second - first < 2:  # noqa: PLR2004 - a day between
            yield f"loads on days {first} and {second}"
    for week in {(day - 1) // _WEEK for day in days}:
        if sum((day - 1) // _WEEK == week for day in days) > 2:  # noqa: PLR2004 - two a week
            yield f"week {week + 1} has more than two loaded days"


def _gate(lived: Lived) -> Iterator[str]:
    """Look for a first load before its gate: steps trained or met, a calm hinge, little pain."""
    trained = _trained(lived)
    at = next((k for k, d in enumerate(trained) if _lifts(d)), None)
    if at is None or lived.may_deadlift_first:
        return
    first, earlier = trained[at], trained[:at]
    hinge = [d for d in earlier if any(one["step"] == _LIFT for one in d.asked)][-2:]
    pains = [one["pain"] for d in hinge for one in _of_lift(d)]
    if len(hinge) < 2 or max(pains) > _REST_BEFORE_LOAD:  # noqa: PLR2004 - two sessions
        yield f"day {first.day}: a load without two calm sessions of the hinge"
    if earlier and earlier[-1].logged is not None:
        rest = earlier[-1].logged["pain_next_day"]
        if rest > _REST_BEFORE_LOAD:
            yield f"day {first.day}: the first load with pain {rest} at rest"
    usual = load().course_rules.usual_weeks
    for told in first.week["steps"][: _LIFT - 1]:
        needed = lived.needed[told["step"]]
        if needed and told["status"] != "done" and told["trained_weeks"] < usual[told["step"] - 1]:
            yield f"day {first.day}: a load before step {told['step']} was done"


def _order(lived: Lived) -> Iterator[str]:
    """Look for steps 1 to 4 out of the clinic's order, and for work that is not needed."""
    began: dict[int, int] = {}
    for day in lived.days:
        for one in day.asked:
            began.setdefault(one["step"], day.day)
    for step, first in began.items():
        if not lived.needed[step]:
            yield f"step {step} is worked on and not needed"
        late = [s for s in range(1, min(step, _LIFT)) if began.get(s, LAST_DAY) > first]
        late = [s for s in late if lived.needed[s] and step < _LIFT]
        if late:
            yield f"step {step} began before step {late[0]}"


def _stages(lived: Lived) -> Iterator[str]:
    """Look for stages of the lift that are jumped over or last too short."""
    since: dict[int, int] = {}
    last = None
    for day in lived.days:
        stage = None if day.week["lift"] is None else day.week["lift"]["stage"]
        if stage is None:
            continue
        since.setdefault(stage, day.day)
        if last is not None and stage != last:
            if stage > last + 1:
                yield f"day {day.day}: from stage {last} to {stage}"
            if stage > last > 0 and day.day - since[last] < _WEEK:
                yield f"day {day.day}: stage {last} lasted only {day.day - since[last]} days"
            since[stage] = day.day
        last = stage


def _stop(lived: Lived) -> Iterator[str]:
    """Look for a stop without a reason, and a reason (symptom, three red) without a stop."""
    reds, reason, at = 0, "", 0
    for day in _trained(lived):
        if at:
            yield f"day {day.day} was trained after the stop of day {at}"
        reds = reds + 1 if colour(day) == "red" else 0
        told = set() if day.logged is None else set(day.logged["symptoms"])
        if told & _STOPPING or reds >= 3:  # noqa: PLR2004 - three in a row
            reason, at = "symptom" if told & _STOPPING else "red", day.day
    if reason and not lived.stopped:
        yield f"not stopped after {reason} on day {at}"
    if lived.stopped and not reason and "six weeks" not in lived.stopped:
        yield "stopped without a reason that these checks know"


def _sides(lived: Lived) -> Iterator[str]:
    """Look for work that gives the better side more than the short one."""
    short = {
        side
        for side in ("left", "right")
        if lived.story.tests[f"hip_rotation_active_{side}"]
        < lived.story.tests[f"hip_rotation_passive_{side}"] - 10.0
    }
    if len(short) != 1:
        return
    worse = short.pop()
    better = "left" if worse == "right" else "right"
    for day in lived.days:
        for one in day.asked:
            if one[f"sets_{better}"] > one[f"sets_{worse}"]:
                yield f"day {day.day}: {one['id']} works the {better} side more"


def _reasons(lived: Lived) -> Iterator[str]:
    """Every choice, every step and every omission has a sentence."""
    for day in lived.days:
        rows = [*day.week["exercises"], *day.week["steps"], *day.week["left_out"]]
        if not all(one["why"] for one in rows):
            yield f"day {day.day}: something has no reason"


def _trained(lived: Lived) -> list[Day]:
    return [day for day in lived.days if day.logged is not None]


def _lifts(day: Day) -> bool:
    return any(one["is_loaded"] and one["step"] == _LIFT for one in day.asked)


def _of_lift(day: Day) -> list[Json]:
    rows = load().exercises
    told = [] if day.logged is None else day.logged["exercise"]
    return [one for one in told if rows[one["id"]].step == _LIFT]


def _amount(one: Json) -> float:
    return float(max(one["sets_left"], one["sets_right"]) * one["count"])


CHECKS: Final[dict[str, Callable[[Lived], Iterator[str]]]] = {
    "time": _time,
    "equipment": _gear,
    "two to four exercises": _size,
    "pain rule": _pain,
    "calm after red": _calm,
    "one level, one tenth": _climb,
    "rest between loads": _rest,
    "gate of the first load": _gate,
    "order of the steps": _order,
    "stages of the lift": _stages,
    "stop": _stop,
    "sides": _sides,
    "reasons": _reasons,
}
