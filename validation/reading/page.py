"""docs/reading-accuracy.md: how often the reading's calls are true for simulated people."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import isnan
from pathlib import Path
from typing import Final

from validation.pages import markdown_table, put_section
from validation.reading.counting import SURE, WANTED, Call, Seen, right_share, side_errors
from validation.reading.measuring import CASES

__all__ = ["PAGE", "people_section", "write_people"]

PAGE: Final = Path(__file__).resolve().parents[2] / "docs" / "reading-accuracy.md"
_NAME: Final = "simulated people"
_KINDS: Final = ("hip", "bend", "both tests", "finding")
_STATES: Final = ("hip", "bend", "both tests")
_HEAD: Final = ("of", "asked", "open %", "calls with P >= 0.9", "right %")
_CASE_HEAD: Final = (
    "true errors",
    "people",
    "calls with P >= 0.9",
    "right %",
    "states alone: right %",
    "hips alone: right %",
    "open %",
    "side errors",
)
_BINS: Final = ((0.8, 0.9), (0.9, 0.95), (0.95, 0.99), (0.99, 1.01))


def write_people(seen: Mapping[str, Sequence[Seen]], *, page: Path = PAGE) -> None:
    """Put the tables into the page."""
    put_section(page, _NAME, people_section(seen))


def people_section(seen: Mapping[str, Sequence[Seen]]) -> str:
    """Return the section; `seen` is by case id, "published" among them."""
    stated = seen["published"]
    parts = (
        _summary(stated),
        "By how the true errors were (the reading always takes them to be as published):",
        markdown_table(_CASE_HEAD, _case_rows(seen)),
        "Errors as published, by kind of answer:",
        markdown_table(_HEAD, _rows(stated, _by_kind())),
        "By what is true:",
        markdown_table(_HEAD, _rows(stated, _by_truth(stated))),
        "By who measured the hips with what (states of hips only):",
        markdown_table(_HEAD, _tester_rows(stated)),
        "By the probability that was told (states of hips, bend and both tests):",
        markdown_table(("told", "calls", "right %"), _bin_rows(stated)),
    )
    return "\n\n".join(parts)


def _summary(stated: Sequence[Seen]) -> str:
    calls = _all(stated)
    count, share, error = right_share(_sure(calls))
    states = right_share(_sure([call for call in calls if call.kind in _STATES]))
    met = "yes" if min(share, states[1]) >= WANTED else "no"
    return (
        f"{len(stated)} simulated people, {len(calls)} answers. **Of the {count} calls made with a "
        f"probability of at least {SURE:g}, {_percent(share)} % (± {_percent(error)}) are right; "
        f"of the {states[0]} that name a state of a hip, of the bend or of both tests together "
        f"{_percent(states[1])} % (± {_percent(states[2])}). Wanted are at least "
        f"{_percent(WANTED)} %: {met}. Side errors: {side_errors(stated)}.**"
    )


def _case_rows(seen: Mapping[str, Sequence[Seen]]) -> list[tuple[str, ...]]:
    rows = []
    for case in CASES:
        if case.id not in seen:
            continue
        calls = _all(seen[case.id])
        sure = _sure(calls)
        states = [call for call in sure if call.kind in _STATES]
        hips = [call for call in sure if call.kind == "hip"]
        rows.append(
            (
                case.label,
                str(len(seen[case.id])),
                str(len(sure)),
                *(_percent(right_share(some)[1]) for some in (sure, states, hips)),
                _percent(_open(calls)),
                str(side_errors(seen[case.id])),
            )
        )
    return rows


def _rows(
    seen: Sequence[Seen], groups: Sequence[tuple[str, Callable[[Call], bool]]]
) -> list[tuple[str, ...]]:
    calls = _all(seen)
    return [_row(label, [call for call in calls if belongs(call)]) for label, belongs in groups]


def _row(label: str, calls: Sequence[Call]) -> tuple[str, ...]:
    count, share, _ = right_share(_sure(calls))
    return label, str(len(calls)), _percent(_open(calls)), str(count), _percent(share)


def _by_kind() -> list[tuple[str, Callable[[Call], bool]]]:
    return [(kind, _is_kind(kind)) for kind in _KINDS]


def _is_kind(kind: str) -> Callable[[Call], bool]:
    return lambda call: call.kind == kind


def _by_truth(seen: Sequence[Seen]) -> list[tuple[str, Callable[[Call], bool]]]:
    found: dict[tuple[str, str], None] = {}
    for call in _all(seen):
        if call.kind in ("hip", "bend"):
            found[call.kind, next(iter(call.true))] = None
    return [
        (f"{kind}: {state.replace('_', ' ')}", _is_truly(kind, state))
        for kind, state in sorted(found)
    ]


def _is_truly(kind: str, state: str) -> Callable[[Call], bool]:
    return lambda call: call.kind == kind and state in call.true


def _tester_rows(seen: Sequence[Seen]) -> list[tuple[str, ...]]:
    rows = []
    labels = sorted({one.tester.label for one in seen})
    for label in labels:
        for repetitions in (1, 2, 3):
            mine = [
                call
                for one in seen
                if one.tester.label == label and one.tester.repetitions == repetitions
                for call in one.calls
                if call.kind == "hip"
            ]
            if mine:
                rows.append(_row(f"{label}, {repetitions} x", mine))
    return rows


def _bin_rows(seen: Sequence[Seen]) -> list[tuple[str, ...]]:
    calls = [call for call in _all(seen) if call.kind in _STATES and call.said]
    rows: list[tuple[str, ...]] = []
    for low, high in _BINS:
        some = [call for call in calls if low <= call.probability < high]
        count, share, _ = right_share(some)
        rows.append((f"{low:g} to {min(high, 1.0):g}", str(count), _percent(share)))
    return rows


def _all(seen: Sequence[Seen]) -> list[Call]:
    return [call for one in seen for call in one.calls]


def _sure(calls: Sequence[Call]) -> list[Call]:
    return [call for call in calls if call.said and call.probability >= SURE]


def _open(calls: Sequence[Call]) -> float:
    return sum(not call.said for call in calls) / len(calls) if calls else float("nan")


def _percent(share: float) -> str:
    return "-" if isnan(share) else f"{100.0 * share:.1f}"
