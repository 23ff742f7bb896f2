"""What the rules would say of a rendered film if every measure were known without error."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from primemover.exam.bend_measures import BEND_MEASURES
from primemover.exam.lift_measures import LIFT_MEASURES
from primemover.findings.belief import believe, for_side
from primemover.findings.joint import complete
from primemover.knowledge import load
from primemover.knowledge.reading_rows import Condition, RuleRow
from primemover.model.finding import FindingStatus
from primemover.model.measure import Measure
from validation.exam_truth import true_bend, true_rotation
from validation.lift_truth import true_curves, true_lift

__all__ = ["true_findings", "true_measures"]

_EXACT = 1e-9  # a standard error that leaves nothing open
_FAMILY = {"forward_bend": "bend", "hip_rotation_active": "hip", "hip_rotation_passive": "hip"}


def true_measures(truth: dict[str, Any]) -> dict[str, float]:
    """Return a film's true measures by id, means over its repetitions: degrees, else SI.

    A measure that the film's truth does not have is left out.
    """
    curves, move = true_curves(truth), truth["move"]
    if move.startswith("hip_rotation_"):
        found = true_rotation(curves, truth, mode=move.removeprefix("hip_rotation_"))
    else:
        of_one = true_bend if move == "forward_bend" else true_lift
        each = [of_one(curves, one) for one in truth["repetitions"]]
        found = {name: float(np.mean([one[name] for one in each])) for name in each[0]}
        tips = [one.get("fingertip_to_floor_m", np.nan) for one in truth["repetitions"]]
        found["fingertip_to_floor"] = float(np.mean(tips))
    return {name: value for name, value in found.items() if np.isfinite(value)}


def true_findings(truth: dict[str, Any]) -> dict[str, bool]:
    """Return whether each rule of the film's test truly holds: rule id -> bool.

    A sided rule gives ``ID_left`` and ``ID_right``. The grey zones of the rules' lines are left
    out: what is true lies on one side. A rule that needs what this film cannot tell is left out.
    """
    family = _FAMILY.get(truth["move"], "lift")
    measures = complete(_exact(true_measures(truth)))
    found: dict[str, bool] = {}
    for rule in load().rules.values():
        if rule.family == family:
            found |= _judged(rule, measures)
    return found


def _judged(rule: RuleRow, measures: dict[str, Measure]) -> dict[str, bool]:
    out: dict[str, bool] = {}
    for side in ("left", "right") if rule.sided else ("",):
        condition = _sharp(for_side(rule.present_when, side))
        status = believe(condition, measures).status
        if status is not FindingStatus.INDETERMINATE:
            name = f"{rule.id}_{side}" if side else rule.id
            out[name] = status is FindingStatus.PRESENT
    return out


def _sharp(condition: Condition) -> Condition:
    """Return the condition with lines that are certain."""
    negated = condition.negated
    return replace(
        condition,
        grey=0.0,
        all=tuple(_sharp(one) for one in condition.all),
        any=tuple(_sharp(one) for one in condition.any),
        negated=None if negated is None else _sharp(negated),
    )


def _exact(values: dict[str, float]) -> dict[str, Measure]:
    units = LIFT_MEASURES | BEND_MEASURES
    found = {}
    for name, value in values.items():
        unit = units.get(name, "rad")
        in_si = float(np.radians(value)) if unit == "rad" else value
        found[name] = Measure(id=name, value=in_si, se=_EXACT, unit=unit)
    return found
