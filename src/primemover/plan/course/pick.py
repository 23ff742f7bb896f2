"""Exercises of a step for a week: which ones, in order of choice, and why not the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from primemover.knowledge.loading import load
from primemover.knowledge.programme_rows import ExerciseRow
from primemover.plan.candidates import Bounds, obstacles, possible, rank
from primemover.plan.case import Case
from primemover.plan.course.lift import DEADLIFT, stage_now
from primemover.plan.course.standing import no_load_why
from primemover.plan.course.state import State
from primemover.plan.facts import Facts
from primemover.plan.ladder import Ladder, followers
from primemover.plan.make import begins_at_once, level_of
from primemover.words import lower_first

__all__ = ["Picked", "pick"]

_LOADED_STAGE: Final = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Picked:
    """The exercises of a step, best first and at most as many as may be, and why not the rest."""

    rows: tuple[ExerciseRow, ...]
    left_out: Mapping[str, str]


def pick(step: int, state: State, case: Case, facts: Facts, *, restrained: bool) -> Picked:
    """Return what a step is worked on with.

    What equipment, a reason against it, the level or the pain leaves out is out. A harder form
    waits for the easier one; a mastered one gives its place to its harder form. When `restrained`,
    nothing new begins as long as two exercises remain.
    """
    rows = [row for row in load().exercises.values() if row.step == step]
    side = case.needs[step].side
    bounds = _bounds(step, state, case, facts)
    reasons = obstacles(rows, side, facts, bounds)
    ladder = Ladder(
        possible=possible(rows, side, facts, bounds),
        mastered=state.mastered(),
        starters=_starters(step, state, case),
    )
    for row in rows:
        reasons[row.id] = reasons[row.id] or _not_yet(row, ladder) or _sharp(row, state)
    reasons = _give_way(rows, reasons, state)
    reasons = _nothing_new(rows, reasons, state) if restrained else reasons
    fitting = [row for row in rows if not reasons[row.id]]
    ordered = sorted(
        fitting,
        key=lambda row: (_unlocked(row, state), *_lift_rank(row, facts), *rank(row, side, facts)),
    )
    chosen = _few_loads(ordered, reasons)[: case.most]
    for row in ordered:
        if row not in chosen:
            reasons[row.id] = reasons[row.id] or load().course_texts.out_enough
    return Picked(
        rows=tuple(chosen),
        left_out={name: why for name, why in reasons.items() if why},
    )


def _few_loads(ordered: list[ExerciseRow], reasons: dict[str, str]) -> list[ExerciseRow]:
    """Leave out loaded exercises beyond those that may be at a time, and say so in `reasons`."""
    loaded = [row for row in ordered if row.is_loaded]
    beyond = loaded[load().course_rules.loaded_lifts :]
    reasons |= {row.id: load().course_texts.out_enough_load for row in beyond}
    return [row for row in ordered if row not in beyond]


def _bounds(step: int, state: State, case: Case, facts: Facts) -> Bounds:
    no_load = no_load_why(state, facts)
    if step != DEADLIFT:
        level, why, _ = level_of(load().steps[step], facts, gate_open=False)
        return Bounds(
            equipment=case.equipment, highest_level=level, level_why=why, load_why=no_load
        )
    stage = load().lift_stages[stage_now(state, case)]
    level = stage.highest_level
    if case.gate[0] and state.gate_holds and stage.stage >= _LOADED_STAGE:
        level = level_of(load().steps[step], facts, gate_open=True)[0]
    later = next((one for one in load().lift_stages.values() if one.highest_level > level), stage)
    why = load().course_texts.out_level.format(stage=lower_first(later.label))
    return Bounds(
        equipment=case.equipment,
        highest_level=0 if no_load else level,
        level_why=no_load or why,
        load_why=no_load,
    )


def _starters(step: int, state: State, case: Case) -> frozenset[str]:
    """Return what may begin at once: by the tests, the gate, or the lift's stage.

    The stage 1 is the reward of the hinge without load, so its light lifts need no other.
    """
    found = begins_at_once(case, step) if state.gate_holds or step != DEADLIFT else frozenset()
    if step == DEADLIFT and stage_now(state, case) >= _LOADED_STAGE:
        light = (row.id for row in load().exercises.values() if row.level == _LOADED_STAGE)
        found |= frozenset(light)
    return found


def _not_yet(row: ExerciseRow, ladder: Ladder) -> str:
    before = ladder.waits_for(row)
    if not before:
        return ""
    return load().course_texts.out_later.format(before=load().exercises[before].name)


def _sharp(row: ExerciseRow, state: State) -> str:
    count = state.mark(row.id).sharp
    if count < load().course_rules.sharp_reports:
        return ""
    return load().course_texts.out_sharp.format(count=count)


def _give_way(rows: list[ExerciseRow], reasons: dict[str, str], state: State) -> dict[str, str]:
    """Let a mastered exercise give its place to a harder form, as long as two remain."""
    found = dict(reasons)
    fewest = load().programme.fewest_exercises
    for row in rows:
        after = [name for name in followers(row.id) if not reasons[name]]
        fitting = sum(not why for why in found.values())
        if found[row.id] or not after or not state.mark(row.id).mastered or fitting <= fewest:
            continue
        name = load().exercises[after[0]].name
        found[row.id] = load().course_texts.out_moved_on.format(after=name)
    return found


def _nothing_new(rows: list[ExerciseRow], reasons: dict[str, str], state: State) -> dict[str, str]:
    """Leave out what was never done, as long as two exercises remain."""
    known = [row for row in rows if not reasons[row.id] and state.mark(row.id).times]
    if len(known) < load().programme.fewest_exercises:
        return reasons
    waits = lower_first(load().course_texts.step_waits_calm.rstrip("."))
    return {row.id: reasons[row.id] or ("" if state.mark(row.id).times else waits) for row in rows}


def _unlocked(row: ExerciseRow, state: State) -> int:
    """Return 0 for a harder form whose easier one is mastered: it takes that one's place."""
    if row.step == DEADLIFT:
        return 0
    return 0 if row.follows and state.mark(row.follows).mastered else 1


def _lift_rank(row: ExerciseRow, facts: Facts) -> tuple[int, int]:
    """Return how early a lift comes: loaded before unloaded, then by what the findings prefer."""
    if row.step != DEADLIFT:
        return (0, 0)
    wanted = [
        advice.prefers.index(row.id)
        for advice in load().lift_advice.values()
        if row.id in advice.prefers and _holds(advice.finding, facts)
    ]
    return (0 if row.is_loaded else 1, min(wanted) if wanted else len(load().lift_advice))


def _holds(name: str, facts: Facts) -> bool:
    return facts.holds(name) or facts.holds_on_a_side(name)
