"""Whether a step is needed, why, and on which side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from primemover.knowledge.loading import load
from primemover.knowledge.programme_rows import StepRow
from primemover.model.measure import Side
from primemover.model.plan import StepSide
from primemover.plan.facts import HIP_LIMITED, Fact, Facts
from primemover.words import lower_first, say, word

__all__ = ["Need", "Strength", "need_of"]

_SIDES: Final = (Side.LEFT, Side.RIGHT)
_DEADLIFT_STEP: Final = 5
_ROTATION_STEP: Final = 4
_LIMITED_STATES: Final = ("control", "socket", "mixed")
_NO_ROTATION: Final = ("hip_joint_flag", "hip_version_high")
_ONE_SIDED: Final = "one_side_limited"
_MORE: Final = {Side.LEFT: StepSide.LEFT_MORE, Side.RIGHT: StepSide.RIGHT_MORE}
_ONLY: Final = {Side.LEFT: StepSide.LEFT, Side.RIGHT: StepSide.RIGHT}


class Strength(StrEnum):
    """How firmly a step stands in the programme."""

    FOUND = "found"
    UNTESTED = "untested"
    OPEN = "open"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """Whether a step is needed; `because` lists the finding ids that called for it."""

    needed: bool
    strength: Strength
    why: str
    side: StepSide
    because: tuple[str, ...] = ()


def need_of(row: StepRow, facts: Facts) -> Need:
    """Return whether a step is needed, by the findings that call for it.

    A finding that calls makes it needed; without one it is skipped only when everything that
    tests it is known and absent. What was not tested, or is too close to call, keeps it in.
    """
    if row.step == _ROTATION_STEP and all(_barred(facts, side) for side in _SIDES):
        return _barred_need()
    calling = _calling(row, facts)
    if calling:
        return Need(
            needed=True,
            strength=Strength.FOUND,
            why=_why(row, _named(calling, facts), _side_note(row, facts)),
            side=_side_of(row, facts),
            because=calling,
        )
    if not row.tested_by:
        return Need(
            needed=True,
            strength=Strength.FOUND,
            why=say("plan.need.plain", why=row.why_needed),
            side=_side_of(row, facts),
        )
    return _without_finding(row, facts)


def _calling(row: StepRow, facts: Facts) -> tuple[str, ...]:
    """Return the ids that call for a step; a limited hip by its state where that is called."""
    held = [name for name in row.called_by if facts.holds(name)]
    states = tuple(name for name in _LIMITED_STATES if facts.holds_on_a_side(name))
    named: list[str] = []
    for name in held:
        named += states if name == HIP_LIMITED and states else (name,)
    return tuple(named)


def _without_finding(row: StepRow, facts: Facts) -> Need:
    """Return the need of a step that nothing calls for: untested, open or skipped."""
    known = [fact for name in row.tested_by for fact in _facts_of(name, facts)]
    if Fact.UNTESTED in known:
        return Need(
            needed=True, strength=Strength.UNTESTED, why=row.why_untested, side=StepSide.BOTH
        )
    if Fact.OPEN in known:
        return Need(needed=True, strength=Strength.OPEN, why=row.why_open, side=StepSide.BOTH)
    return Need(needed=False, strength=Strength.SKIPPED, why=row.why_skipped, side=StepSide.BOTH)


def _facts_of(name: str, facts: Facts) -> Iterable[Fact]:
    return facts.on_sides(name).values() or (Fact.UNTESTED,)


def _barred(facts: Facts, side: Side) -> bool:
    """Return whether a hip must not be trained into internal rotation."""
    return any(facts.may_hold(name, side) for name in _NO_ROTATION)


def _barred_need() -> Need:
    return Need(
        needed=False,
        strength=Strength.SKIPPED,
        why=say("plan.need.barred"),
        side=StepSide.BOTH,
    )


def _named(calling: Iterable[str], facts: Facts) -> str:
    parts = []
    for name in calling:
        sides = [side for side in _SIDES if facts.holds(name, side)]
        label = facts.labels.get(name, name.replace("_", " "))
        label = lower_first(label)
        if sides:
            where = say("common.list.all", head=_side(sides[0]), last=_side(sides[-1]))
            where = where if len(sides) > 1 else _side(sides[0])
            label = say("plan.need.on_side", label=label, sides=where)
        parts.append(label)
    return "; ".join(parts)


def _side_of(row: StepRow, facts: Facts) -> StepSide:
    """Return which side a step trains.

    The step's own tests decide first: present on one side and absent on the other trains that
    side alone, where the step may be; with the other side unknown, or only the hips' rotation
    differing, that side more. Both sides present but one clearly worse trains the worse one more.
    """
    if row.step == _ROTATION_STEP:
        barred = [side for side in _SIDES if _barred(facts, side)]
        if barred:
            return _ONLY[Side.RIGHT if barred == [Side.LEFT] else Side.LEFT]
    own = [n for n in row.sided_by if n != HIP_LIMITED or row.step == _ROTATION_STEP]
    side = _lone_side(own, facts)
    if side is not None and row.may_be_one_sided and _clear_on_other(own, facts, side):
        return _ONLY[side]
    lone = side or _lone_side([_ONE_SIDED], facts) or _lone_side(row.sided_by, facts)
    if lone is None or not row.sided_by:
        return StepSide.BOTH
    return _MORE[lone]


def _lone_side(names: Iterable[str], facts: Facts) -> Side | None:
    """Return the one side on which any of `names` is present, None for both or neither."""
    listed = tuple(names)
    sides = [side for side in _SIDES if any(facts.holds(name, side) for name in listed)]
    return sides[0] if len(sides) == 1 else None


def _clear_on_other(names: Iterable[str], facts: Facts, side: Side) -> bool:
    """Return whether the other side is known to be free of all of `names`."""
    other = Side.RIGHT if side is Side.LEFT else Side.LEFT
    found = [facts.on_sides(name).get(other) for name in names]
    tested = [fact for fact in found if fact is not None]
    return bool(tested) and all(fact is Fact.ABSENT for fact in tested)


def _side_note(row: StepRow, facts: Facts) -> str:
    side = _side_of(row, facts)
    if side is StepSide.BOTH:
        return ""
    claim = load().claims["q"].known.rstrip(".")
    return {
        StepSide.LEFT: say("plan.need.only_left", claim=claim),
        StepSide.RIGHT: say("plan.need.only_right", claim=claim),
        StepSide.LEFT_MORE: say("plan.need.mainly_left", claim=claim),
        StepSide.RIGHT_MORE: say("plan.need.mainly_right", claim=claim),
    }[side]


def _why(row: StepRow, findings: str, side: str) -> str:
    if side:
        return say("plan.need.found_sided", why=row.why_needed, findings=findings, side=side)
    return say("plan.need.found", why=row.why_needed, findings=findings)


def _side(side: Side) -> str:
    return word("common.side", side.value)
