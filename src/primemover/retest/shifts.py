"""Findings and states in two sessions: an answer changes only where a real change is behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from primemover.knowledge.loading import load
from primemover.model.finding import Finding, FindingStatus
from primemover.model.measure import Side
from primemover.model.retest import (
    ChangeKind,
    FindingShift,
    MeasureChange,
    ScoreChange,
    Shift,
    StateShift,
    Visit,
    VisitState,
)
from primemover.retest.numbers import label_of

__all__ = ["finding_shifts", "state_shifts"]

_OPEN: Final = FindingStatus.INDETERMINATE.value
_PAIRING: Final = "pairing"
_OPEN_STATES: Final = frozenset({"indeterminate", ""})
_PAIN_SCORES: Final = {f"pain_{one}": f"nprs_{one}" for one in ("now", "worst", "during", "after")}
_HIP_STEMS: Final = ("hip_rotation_active", "hip_rotation_passive", "hip_rotation_gap")


def finding_shifts(
    earlier: Visit,
    later: Visit,
    changes: Sequence[MeasureChange],
    scores: Sequence[ScoreChange],
) -> tuple[FindingShift, ...]:
    """Return what became of every finding that either visit looked for."""
    real = _really_changed(changes, scores)
    first = {(one.id, one.side): one for one in earlier.findings}
    last = {(one.id, one.side): one for one in later.findings}
    keys = dict.fromkeys((*first, *last))
    return tuple(_finding(first.get(key), last.get(key), real) for key in keys)


def state_shifts(
    earlier: Visit, later: Visit, changes: Sequence[MeasureChange]
) -> tuple[StateShift, ...]:
    """Return what became of both hips' states, the bend's pattern and the pairing.

    The pairing changes only where both tests that it is read from are settled.
    """
    real = {one.id for one in changes if one.kind is ChangeKind.REAL}
    first = {one.id: one for one in earlier.states}
    last = {one.id: one for one in later.states}
    found = [_state(name, first[name], last[name], real) for name in first if name in last]
    parts_settled = all(one.settled for one in found if one.id != _PAIRING)
    return tuple(
        one if parts_settled or not one.changed or one.id != _PAIRING else _unsettled(one)
        for one in found
    )


def _really_changed(
    changes: Iterable[MeasureChange], scores: Iterable[ScoreChange]
) -> frozenset[str]:
    """Return the ids of measures that really changed; pain ratings count as their totals do."""
    totals = {one.id for one in scores if one.kind is ChangeKind.REAL}
    pains = {name for name, score in _PAIN_SCORES.items() if score in totals}
    return frozenset({one.id for one in changes if one.kind is ChangeKind.REAL} | pains)


def _finding(before: Finding | None, after: Finding | None, real: Iterable[str]) -> FindingShift:
    one = after or before
    assert one is not None  # noqa: S101 - called with keys of either visit
    behind = dict.fromkeys((*(before.measures if before else ()), *one.measures))
    support = tuple(name for name in behind if name in set(real))
    statuses = tuple("" if each is None else each.status.value for each in (before, after))
    shift = _shift(statuses, is_supported=bool(support))
    return FindingShift(
        id=one.id,
        label=one.label,
        side=one.side,
        before=statuses[0],
        after=statuses[1],
        shift=shift,
        supported_by=support,
        plain=_finding_text(statuses, shift, support, behind),
    )


def _shift(statuses: tuple[str, ...], *, is_supported: bool) -> Shift:
    present, absent = FindingStatus.PRESENT.value, FindingStatus.ABSENT.value
    same = {(present, present): Shift.STILL_THERE, (absent, absent): Shift.STILL_ABSENT}
    flips = {(present, absent): Shift.GONE, (absent, present): Shift.NEW}
    pair = (statuses[0], statuses[1])
    if pair in same:
        return same[pair]
    return flips[pair] if pair in flips and is_supported else Shift.CANNOT_TELL


def _finding_text(
    statuses: tuple[str, ...], shift: Shift, support: tuple[str, ...], behind: Iterable[str]
) -> str:
    texts = load().retest_texts
    fixed = {
        Shift.GONE: texts.finding_gone,
        Shift.NEW: texts.finding_new,
        Shift.STILL_THERE: texts.finding_still,
        Shift.STILL_ABSENT: texts.finding_still_absent,
    }
    if shift in fixed:
        return fixed[shift].format(support=_named(support))
    if "" in statuses:
        return texts.finding_once
    if _OPEN in statuses:
        return texts.finding_open
    template = texts.finding_told if _is_told(behind) else texts.finding_flipped
    return template.format(before=statuses[0], after=statuses[1])


def _is_told(measures: Iterable[str]) -> bool:
    rows = [load().measure_of_id.get(name) for name in measures]
    return all(row is not None and row.group in {"felt", "pain"} for row in rows)


def _state(name: str, before: VisitState, after: VisitState, real: Iterable[str]) -> StateShift:
    texts = load().retest_texts
    support = tuple(one for one in _behind(name) if one in set(real))
    is_open = not _OPEN_STATES.isdisjoint({before.state, after.state})
    same = before.state == after.state
    changed = not is_open and not same and bool(support)
    text = texts.state_changed if changed else texts.state_flipped
    if same and not is_open:
        text = texts.state_same
    return StateShift(
        id=name,
        before=before.state,
        after=after.state,
        changed=changed,
        settled=changed or (same and not is_open),
        supported_by=support,
        plain=(texts.state_open if is_open else text).format(support=_named(support)),
    )


def _unsettled(shift: StateShift) -> StateShift:
    said = load().retest_texts.state_parts_open
    return replace(shift, changed=False, settled=False, plain=said)


def _behind(state: str) -> tuple[str, ...]:
    """Return the measures that a state is read from."""
    hips: Mapping[str, tuple[str, ...]] = {
        f"hip_{side.value}": tuple(f"{stem}_{side.value}" for stem in _HIP_STEMS)
        for side in (Side.LEFT, Side.RIGHT)
    }
    bend = tuple(row.id for row in load().measures.values() if row.group == "forward_bend")
    if state == _PAIRING:
        return (*hips["hip_left"], *hips["hip_right"], *bend)
    return hips.get(state, bend)


def _named(measures: Iterable[str]) -> str:
    return "; ".join(label_of(name) for name in measures)
