"""One lifter's film: what the product estimates beside what is true."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from primemover.errors import PrimeMoverError
from primemover.model.arrays import Floats, Mask
from primemover.model.mechanics import Curve90, LiftMechanics, LiftPart
from primemover.model.person import Person, Sex
from primemover.model.repetition import Repetition
from primemover.model.trial import Trial
from validation.calibration.cases import CLOSE
from validation.calibration.examining import exam_of
from validation.calibration.watching import Kept
from validation.known_load.lifting import LifterCase
from validation.known_load.mechanics import JOINTS, WORKERS, TrueMechanics, true_mechanics
from validation.virtual.bodies import SIDES
from validation.virtual.performance import Performance

__all__ = ["PARTS", "PEAK", "PULL", "Seen", "observe"]

PARTS: Final = (LiftPart.FLOOR_TO_KNEES, LiftPart.KNEES_TO_LOCKOUT)
PEAK: Final = "peak"
PULL: Final = "pull"
_SAME_S: Final = 0.6  # two lockouts further apart are not of one repetition
_FEWEST: Final = 3  # instants of a part
_LIFTED_M: Final = 0.01  # over its rest: the load is off it, as `virtual.lift_events` has it
NO_REPETITION: Final = "no repetition found"
NO_PART: Final = "the part's edges were not seen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One quantity of one film; NaN in `low`, `value`, `high` where it was not measured.

    Attributes
    ----------
    film, person, move : which
    close : whether the clothes follow the skin
    quantity : a joint, or ``work_share_`` and who
    part : a part of the lift, `PEAK` or `PULL`
    true, low, value, high : N·m, or a share; the estimate is the middle of the draws
    scale : the largest true moment at that joint in the pull, either way; 1 for a share
    instants_inside : share of the part's instants at which the true moment lies in the band
    why : why it was not measured
    """

    film: str
    person: int
    move: str
    close: bool
    quantity: str
    part: str
    true: float
    scale: float
    low: float = float("nan")
    value: float = float("nan")
    high: float = float("nan")
    instants_inside: float = float("nan")
    why: str = ""

    @property
    def measured(self) -> bool:
        """Whether there is an estimate."""
        return bool(np.isfinite(self.value))

    @property
    def inside(self) -> bool:
        """Whether the true value lies in the 90 % interval."""
        return bool(self.low <= self.true <= self.high)


def observe(case: LifterCase, kept: Kept) -> list[Seen]:
    """Return what the product makes of a kept film, told all masses, beside what is true.

    The mean moment of a part is compared over the same instants of the film: those of the part as
    the product found it, from the true lift-off on. How well it finds a part's edges is counted in
    docs/accuracy.md. Peaks and shares of work are of the whole true pull.
    """
    truth = kept.read_truth()
    lifted = case.fine_performance()
    true = _truth(lifted, true_mechanics(lifted, case.masses), truth["repetitions"][0])
    body = truth["body"]
    person = Person(height_m=body["height_m"], body_mass_kg=body["mass_kg"], sex=Sex(body["sex"]))
    try:
        trial, _ = exam_of(case, kept, person=person, bar_mass_kg=truth["posed"]["load_kg"])
    except PrimeMoverError as error:
        return _nothing(case, true, str(error))
    if not trial.mechanics:
        return _nothing(case, true, trial.measures[f"{JOINTS[0]}_moment_peak"].why)
    repetition = _same(trial, truth["repetitions"][0])
    if repetition is None:
        return _nothing(case, true, NO_REPETITION)
    number = trial.repetitions.index(repetition)
    record = next((one for one in trial.mechanics if one.repetition == number), None)
    return [_estimated(case, true, what, repetition, record) for what in true.asked()]


What = tuple[str, str]
"""Quantity and part."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Truth:
    """What is true of one film; `windows`: part -> from, until, seconds."""

    mechanics: TrueMechanics
    windows: dict[str, tuple[float, float]]

    def asked(self) -> Iterator[What]:
        """Yield what there is in this lift: a lift from above the knees has no first part."""
        for joint in JOINTS:
            yield joint, PEAK
            for part in PARTS:
                if np.count_nonzero(self.during(str(part))) >= _FEWEST:
                    yield joint, str(part)
        for who in WORKERS:
            yield f"work_share_{who}", PULL

    def during(self, part: str) -> Mask:
        """Return the instants of a part, (T,)."""
        start_s, end_s = self.windows[part]
        inside: Mask = (self.mechanics.time_s >= start_s) & (self.mechanics.time_s <= end_s)
        return inside

    def scale(self, quantity: str) -> float:
        """Return what errors are told in per cent of."""
        if quantity not in JOINTS:
            return 1.0
        return float(np.abs(self.mechanics.moment_nm[quantity][self.during(PULL)]).max())

    def value(self, what: What, *, direction: float = 1.0) -> float:
        """Return the true value; a peak in the direction in which it is estimated."""
        quantity, part = what
        if quantity not in JOINTS:
            return self._work_share(quantity.removeprefix("work_share_"))
        moment = self.mechanics.moment_nm[quantity]
        if part == PEAK:
            return float(direction * np.max(direction * moment[self.during(PULL)]))
        return float(np.mean(moment[self.during(part)]))

    def _work_share(self, who: str) -> float:
        pull = self.during(PULL)
        work = {
            name: np.maximum(power[pull], 0.0) for name, power in self.mechanics.power_w.items()
        }
        return float(work[who].sum() / sum(one.sum() for one in work.values()))


def _truth(lifted: Performance, mechanics: TrueMechanics, at: dict[str, Any]) -> _Truth:
    """Return what is true, parted where the load leaves its rest for good and passes the knees.

    The film's truth tells the lift-off by the load's speed too; a load that falters on its way
    would be off the floor too late for sums over the pull.
    """
    bar_m = np.asarray(lifted.bar_m)[:, 1]
    sides = [lifted.body.joint(f"knee_{side}") for side in SIDES]
    knee_m = lifted.track.joints_m[:, sides, 1].mean(axis=1)
    start_s, locked_s = float(at["start_s"]), float(at["lockout_s"])
    way = (lifted.time_s >= start_s) & (lifted.time_s <= locked_s)
    low = way & (bar_m <= bar_m[way].min() + _LIFTED_M)
    off_s = float(lifted.time_s[low][-1])
    passed = way & (lifted.time_s > off_s) & (bar_m >= knee_m)
    knees_s = float(lifted.time_s[passed][0]) if passed.any() else locked_s
    windows = {
        str(PARTS[0]): (off_s, knees_s),
        str(PARTS[1]): (knees_s, locked_s),
        PULL: (off_s, locked_s),
    }
    return _Truth(mechanics=mechanics, windows=windows)


def _nothing(case: LifterCase, true: _Truth, why: str) -> list[Seen]:
    return [_row(case, true, what, why=why) for what in true.asked()]


def _row(
    case: LifterCase, true: _Truth, what: What, found: dict[str, float] | None = None, why: str = ""
) -> Seen:
    """Return what was found; a peak is compared in the direction in which it was estimated."""
    told = {} if found is None else found
    direction = -1.0 if told.get("value", 0.0) < 0.0 else 1.0
    known = {"true": true.value(what, direction=direction)} | told
    return Seen(
        film=case.name,
        person=case.person,
        move=case.move,
        close=case.clothes.kind in CLOSE,
        quantity=what[0],
        part=what[1],
        scale=true.scale(what[0]),
        why=why,
        **known,
    )


def _same(trial: Trial, true: dict[str, Any]) -> Repetition | None:
    """Return the repetition that ends where the true one does."""
    apart = [(abs(one.lockout_s - float(true["lockout_s"])), one) for one in trial.repetitions]
    near = [pair for pair in apart if pair[0] <= _SAME_S]
    return min(near, key=lambda pair: pair[0])[1] if near else None


def _estimated(
    case: LifterCase,
    true: _Truth,
    what: What,
    repetition: Repetition,
    record: LiftMechanics | None,
) -> Seen:
    quantity, part = what
    if part in {PEAK, PULL}:
        name = f"{quantity}_moment_peak" if part == PEAK else quantity
        measure = repetition.measures[name]
        if measure.bounds is None or not measure.is_known:
            return _row(case, true, what, why=measure.why)
        low, high = measure.bounds
        return _row(case, true, what, {"low": low, "value": measure.value, "high": high})
    if record is None:
        return _row(case, true, what, why=repetition.measures[f"{quantity}_moment_peak"].why)
    window = next(((w.start_s, w.end_s) for w in record.work if w.part == part), None)
    if window is None:
        return _row(case, true, what, why=NO_PART)
    inside = (record.time_s >= window[0]) & (record.time_s <= window[1])
    curve = record.moment_nm[quantity]
    inside &= np.isfinite(curve.middle) & (record.time_s >= true.windows[PULL][0])
    if np.count_nonzero(inside) < _FEWEST:
        return _row(case, true, what, why=NO_PART)
    moment = np.interp(
        record.time_s[inside], true.mechanics.time_s, true.mechanics.moment_nm[quantity]
    )
    return _row(case, true, what, _mean(curve, inside, moment))


def _mean(curve: Curve90, inside: Mask, true_nm: Floats) -> dict[str, float]:
    """Return the means over some instants: one draw errs alike all through a lift."""
    low, middle, high = curve.low[inside], curve.middle[inside], curve.high[inside]
    return {
        "true": float(true_nm.mean()),
        "low": float(low.mean()),
        "value": float(middle.mean()),
        "high": float(high.mean()),
        "instants_inside": float(np.mean((low <= true_nm) & (true_nm <= high))),
    }
