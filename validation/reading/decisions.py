"""The decision table: made-up sessions through the real reading and planner, one row each.

Cases are written as a session file's tables and go the whole way: parsed, measured, screened, read,
planned. `tests/golden/decisions.json` keeps what came out; `docs/decisions.md` shows it to people.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from primemover.exam.readings import measures_from_readings
from primemover.findings import read_exam, screen
from primemover.model.assessment import BendReading, ExamReading, HipReading
from primemover.model.finding import FindingStatus
from primemover.model.plan import Plan, StepSide
from primemover.pipeline.session_file import parse_session
from primemover.plan import make_plan

__all__ = ["BENDS", "HIPS", "Case", "cases", "decide", "decide_all", "summary"]

Json = dict[str, Any]
# Exemplars of every state and pattern: far enough from every line for any instrument.
HIPS: Final[dict[str, tuple[float, float]]] = {
    "target_met": (51.0, 49.0),
    "control": (51.0, 30.0),
    "socket": (27.0, 26.0),
    "mixed": (30.0, 12.0),
}
"""State -> passive and active rotation, degrees."""
BENDS: Final[dict[str, tuple[float, float, float, float]]] = {
    "mobile_compensating": (-4.0, 60.0, 84.0, 15.0),
    "hip_blocked": (20.0, 38.0, 54.0, 42.0),
    "even": (0.0, 74.0, 45.0, 12.0),
    "mixed": (22.0, 78.0, 84.0, 15.0),
}
"""Pattern -> fingertips cm, pelvis, low back, upper back degrees."""
_AGREEING: Final = {
    "target_met": "even",
    "control": "mobile_compensating",
    "socket": "hip_blocked",
    "mixed": "hip_blocked",
}
_SIDES: Final = ("left", "right")
_SHOWN: Final = 0.005
_WORDS: Final = {
    StepSide.BOTH: "both",
    StepSide.LEFT: "left",
    StepSide.RIGHT: "right",
    StepSide.LEFT_MORE: "both, left more",
    StepSide.RIGHT_MORE: "both, right more",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One made-up session: its group, what is special about it, and its tables."""

    group: str
    label: str
    tables: Json


def cases() -> list[Case]:
    """Return every case, in groups."""
    return [
        *_pairings(),
        *_one_side(),
        *_two_kinds(),
        *_instruments(),
        *_hip_grid("inclinometer", "clinician", 3),
        *_hip_grid("phone", "self", 1),
        *_missing(),
        *_bend_grid(),
        *_contradictions(),
        *_pain_and_entry(),
    ]


def decide_all() -> list[Json]:
    """Return the outcome of every case."""
    return [decide(case) for case in cases()]


def summary(rows: Sequence[Mapping[str, Any]]) -> str:
    """Return how many cases came out how."""
    pairs = Counter(row["out"]["both tests"].split()[0].strip(":") for row in rows)
    told = ", ".join(f"{name.replace('_', ' ')} {count}" for name, count in pairs.most_common())
    return f"{len(rows)} cases; both tests together: {told}."


def decide(case: Case) -> Json:
    """Return one row: what went in, and what the reading and the planner say."""
    raw = {"title": case.label, "screening": {"answered": True}, **case.tables}
    session = parse_session(raw, folder=Path(), name="case")
    measures, checks = measures_from_readings(session.readings)
    safety = screen(session.screening, measures, session.pain)
    reading = read_exam(measures, checks, session, may_lift=not safety.stops_loading)
    plan = make_plan(reading, safety, session, measures)
    return {
        "group": case.group,
        "label": case.label,
        "in": case.tables,
        "out": _outcome(reading) | _planned(plan),
    }


def _outcome(reading: ExamReading) -> Json:
    present = [
        f.id if str(f.side) == "none" else f"{f.id} {f.side}"
        for f in reading.findings
        if f.status is FindingStatus.PRESENT
    ]
    both = reading.pairing
    return {
        "left hip": _state(reading.hip_left),
        "right hip": _state(reading.hip_right),
        "bend": _pattern(reading.bend),
        "both tests": _chance(both.result, both.probabilities),
        "findings": present,
        "conflicts": [f"{one.id} {one.side}".removesuffix(" none") for one in reading.conflicts],
        "next": [
            f"{one.kind} {'+'.join(one.measures)} x{one.readings}".replace("  ", " ")
            for one in reading.further[:1]
        ],
    }


def _planned(plan: Plan) -> Json:
    steps = {str(s.step): _WORDS[s.side] if s.needed else "skipped" for s in plan.steps}
    return {
        "plan": "stopped" if plan.stopped else steps,
        "deadlift first": plan.may_deadlift_first,
    }


def _state(hip: HipReading) -> str:
    return _chance(hip.state, hip.probabilities)


def _pattern(bend: BendReading) -> str:
    direction = f" ({bend.direction})" if bend.direction else ""
    return _chance(bend.pattern, bend.probabilities) + direction


def _chance(name: str, probabilities: Mapping[str, float]) -> str:
    if name == "indeterminate":
        open_mass = probabilities.get(name, 0.0)
        likely = [(key, value) for key, value in probabilities.items() if key != name]
        most = sorted(likely, key=lambda one: (-round(one[1], 2), one[0]))[:2]
        told = [f"{key} {value:.2f}" for key, value in most if value >= _SHOWN]
        missing = [f"not known {open_mass:.2f}"] if open_mass >= _SHOWN else []
        return "open: " + " or ".join([*told, *missing])
    return f"{name} {probabilities[name]:.2f}"


# ------------------------------------------------------------------ sessions as tables
def _hip(passive: float | None, active: float | None, times: int = 3) -> Json:
    found: Json = {}
    if passive is not None:
        found["passive"] = [passive] * times
    if active is not None:
        found["active"] = [active] * times
    return found


def _hips(
    left: tuple[float | None, float | None],
    right: tuple[float | None, float | None],
    *,
    instrument: str = "inclinometer",
    by: str = "clinician",
    times: int = 3,
) -> Json:
    return {
        "instrument": instrument,
        "by": by,
        "left": _hip(*left, times),
        "right": _hip(*right, times),
    }


def _bend(
    pattern: tuple[float | None, ...],
    *,
    instrument: str = "inclinometer",
    by: str = "clinician",
    times: int = 3,
) -> Json:
    keys = ("fingertip_to_floor", "pelvis_rotation", "lumbar_excursion", "thoracic_excursion")
    found: Json = {"instrument": instrument, "by": by}
    for key, value in zip(keys, pattern, strict=True):
        if value is not None:
            found[key] = [f"{value:g}cm" if key == keys[0] else value] * times
    return found


def _both(state: str, pattern: str, **how: Any) -> Json:  # noqa: ANN401 - passed through
    hips = HIPS[state]
    return {
        "hip_rotation": _hips(hips, hips, **how),
        "forward_bend": _bend(BENDS[pattern], **how),
    }


def _pairings() -> Iterator[Case]:
    for state in HIPS:
        for pattern in BENDS:
            yield Case(
                group="every hip state with every bend",
                label=f"both hips {state}, bend {pattern}",
                tables=_both(state, pattern),
            )


def _one_side() -> Iterator[Case]:
    well = HIPS["target_met"]
    for state in list(HIPS)[1:]:
        for side in _SIDES:
            pair = (HIPS[state], well) if side == "left" else (well, HIPS[state])
            for pattern in BENDS:
                yield Case(
                    group="one hip only",
                    label=f"{side} hip {state}, the other meets the target, bend {pattern}",
                    tables={"hip_rotation": _hips(*pair), "forward_bend": _bend(BENDS[pattern])},
                )


def _two_kinds() -> Iterator[Case]:
    limited = list(HIPS)[1:]
    for left in limited:
        for right in limited:
            if left == right:
                continue
            for pattern in ("mobile_compensating", "hip_blocked", "even"):
                yield Case(
                    group="two hips of different kinds",
                    label=f"left hip {left}, right hip {right}, bend {pattern}",
                    tables={
                        "hip_rotation": _hips(HIPS[left], HIPS[right]),
                        "forward_bend": _bend(BENDS[pattern]),
                    },
                )


def _instruments() -> Iterator[Case]:
    for instrument in ("goniometer", "inclinometer", "phone", "video"):
        for by in ("clinician", "self"):
            for state in HIPS:
                yield Case(
                    group="instruments and who reads them",
                    label=f"{instrument}, {by}, once: hips {state}, bend {_AGREEING[state]}",
                    tables=_both(state, _AGREEING[state], instrument=instrument, by=by, times=1),
                )


def _hip_grid(instrument: str, by: str, times: int) -> Iterator[Case]:
    for passive in (30.0, 36.0, 38.0, 40.0, 42.0, 44.0, 50.0):
        for gap in (0.0, 3.0, 5.0, 7.0, 9.0, 11.0, 15.0):
            pair = (passive, passive - gap)
            yield Case(
                group=f"near the lines: {instrument}, {by}, {times} x",
                label=f"both hips passive {passive:g}, active {passive - gap:g}, no bend",
                tables={
                    "hip_rotation": _hips(pair, pair, instrument=instrument, by=by, times=times)
                },
            )


def _missing() -> Iterator[Case]:
    for state, (passive, active) in HIPS.items():
        both, bend = (passive, active), BENDS[_AGREEING[state]]
        nothing = (None, None)
        hips = {
            "active only": _hips((None, active), (None, active)),
            "passive only": _hips((passive, None), (passive, None)),
            "left hip only": _hips(both, nothing),
            "right hip only": _hips(nothing, both),
            "active missing on the right": _hips(both, (passive, None)),
        }
        for label, table in hips.items():
            yield Case(
                group="parts missing",
                label=f"{state}: {label}",
                tables={"hip_rotation": table, "forward_bend": _bend(bend)},
            )
        names = ("fingertips", "pelvis", "low back", "upper back")
        for index, name in enumerate(names):
            left_out = tuple(None if i == index else value for i, value in enumerate(bend))
            yield Case(
                group="parts missing",
                label=f"{state}: bend without {name}",
                tables={"hip_rotation": _hips(both, both), "forward_bend": _bend(left_out)},
            )
        yield Case(
            group="parts missing",
            label=f"{state}: no bend",
            tables={"hip_rotation": _hips(both, both)},
        )
    for pattern, values in BENDS.items():
        yield Case(
            group="parts missing",
            label=f"no hips, bend {pattern}",
            tables={"forward_bend": _bend(values)},
        )
    yield Case(group="parts missing", label="nothing measured", tables={})


def _bend_grid() -> Iterator[Case]:
    hips = _hips(HIPS["target_met"], HIPS["target_met"])
    for fingers in (-5.0, 3.0, 15.0):
        for pelvis in (42.0, 57.5, 75.0):
            for lumbar in (12.0, 25.0, 45.0, 65.0, 85.0):
                values = (fingers, pelvis, lumbar, None)
                yield Case(
                    group="bends near and far from the lines",
                    label=f"fingertips {fingers:g} cm, pelvis {pelvis:g}, low back {lumbar:g}",
                    tables={"hip_rotation": hips, "forward_bend": _bend(values)},
                )


def _contradictions() -> Iterator[Case]:
    even = _bend(BENDS["even"])
    well = HIPS["target_met"]
    sessions = {
        "left active 14 more than passive": (_hips((32.0, 46.0), well), even),
        "right active 14 more than passive": (_hips(well, (32.0, 46.0)), even),
        "active 3 more than passive on both": (_hips((46.0, 49.0), (46.0, 49.0)), even),
        "passive shorter left, active shorter right": (_hips((30.0, 29.0), (50.0, 12.0)), even),
        "passive shorter right, active shorter left": (_hips((50.0, 12.0), (30.0, 29.0)), even),
        "floor reached without folding": (_hips(well, well), _bend((0.0, 30.0, 28.0, 12.0))),
        "fingers far off in a full bend": (_hips(well, well), _bend((30.0, 90.0, 64.0, 15.0))),
        "left hip hardly turns in": (_hips((9.0, 8.0), HIPS["socket"]), even),
        "right hip hardly turns in": (_hips(HIPS["socket"], (9.0, 8.0)), even),
        "both hips hardly turn in": (_hips((9.0, 8.0), (9.0, 8.0)), even),
        "left hip may turn in too little": (_hips((16.0, 15.0), HIPS["socket"]), even),
    }
    for label, (hips, bend) in sessions.items():
        yield Case(
            group="contradictions and flags",
            label=label,
            tables={"hip_rotation": hips, "forward_bend": bend},
        )


def _pain_and_entry() -> Iterator[Case]:
    passed = {
        "by": "clinician",
        "hip_extension_left": [9, 9],
        "hip_extension_right": [9, 9],
        "single_leg_bridge_left": 18,
        "single_leg_bridge_right": 18,
        "rib_control_hold": "60s",
        "knee_to_wall_left": ["13cm", "13cm"],
        "knee_to_wall_right": ["13cm", "13cm"],
        "sorensen_hold": "150s",
    }
    right_short = passed | {"hip_extension_right": [-9, -9], "single_leg_bridge_right": 7}
    left_short = passed | {"hip_extension_left": [-9, -9], "single_leg_bridge_left": 7}
    for state in ("target_met", "control"):
        for pain in (1, 4, 7):
            for name, entry in (("passed", passed), ("right short", right_short)):
                yield Case(
                    group="pain and entry tests",
                    label=f"hips {state}, pain {pain} of 10, entry tests {name}",
                    tables=_both(state, _AGREEING[state])
                    | {"pain": {"now": pain, "during": pain, "worst": pain}, "entry": entry},
                )
    yield Case(
        group="pain and entry tests",
        label="hips target_met, pain 1 of 10, entry tests left short",
        tables=_both("target_met", "even") | {"pain": {"now": 1, "during": 1}, "entry": left_short},
    )
