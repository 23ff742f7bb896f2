"""Typed-in values -> measures with their errors, put together with what was filmed.

The mean over the trials of one instrument and reader is the value. Its standard error is

    se = f * sqrt(SEM_stays^2 + within^2 / n)

with the SEM of the instrument's table split into what stays (rater, placement, day) and what
averaging n trials brings down, and f = 1.75 when a lay person measured. `within` starts from the
table and gives way to the spread of the person's own trials as they grow in number. Published
reliability is for trained raters and rarely splits the SEM: the split is a default of this
project. A quantity read in several ways is fused or kept apart by `fusing`.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from primemover.errors import UsageError
from primemover.exam.fused_words import fusing_checks
from primemover.exam.fusing import Fused, Taken, fuse, scale_order
from primemover.findings.joint import complete, parts_of
from primemover.knowledge.evidence_rows import PrecisionRow
from primemover.knowledge.loading import load
from primemover.knowledge.precision import precision_of
from primemover.model.check import Check, CheckStatus
from primemover.model.measure import Instrument, Measure, Side, Status
from primemover.model.session import Reading
from primemover.model.units import from_display, to_display
from primemover.words import say, word

__all__ = ["measures_from_readings", "settle_instruments"]

# Weight of the table's within-trial spread, in trials, against the person's own (engineering
# default: two or three trials say little about spread).
_PRIOR_TRIALS: Final = 4
_FEW_TRIALS: Final = 3
# measure id, instrument, whether a lay person measured
_Key = tuple[str, Instrument, bool]
_ROTATIONS: Final = tuple(
    f"hip_rotation_{kind}_{side}" for kind in ("active", "passive") for side in ("left", "right")
)


def measures_from_readings(
    readings: Iterable[Reading], *, filmed: Mapping[str, Measure] | None = None
) -> tuple[dict[str, Measure], tuple[Check, ...]]:
    """Return what typed-in values measure, and what is to be said about them.

    Parameters
    ----------
    readings
        Typed-in trials; several of one quantity, instrument and reader are averaged, several
        instruments are fused where their offset is known.
    filmed
        Measures from film. A typed value outranks a filmed one of the same quantity, which is kept
        beside it; gaps, differences and shares are derived from both together.

    Returns
    -------
    measures
        Per id: the typed ones, the derived ones, and filmed ones whose error had to be widened
        because another instrument was used beside the camera.
    checks
        Few trials, spread, what was fused or kept apart, mixed instruments, a lay reader.

    Raises
    ------
    UsageError
        If a reading names a measure nobody types in, or an instrument not made for it.
    """
    grouped = _grouped(readings)
    films = filmed or {}
    fused = _fused(grouped, films)
    typed = {name: one.measure for name, one in fused.items()}
    seen = {k: m for k, m in films.items() if not _rests_on(k, typed)}
    settled, mixed = settle_instruments({**seen, **typed})
    together = complete(settled)
    changed = {k: m for k, m in together.items() if seen.get(k) != m}
    return changed, (
        *_trial_checks(grouped),
        *fusing_checks(fused),
        *_lay_check(grouped),
        *mixed,
    )


def _fused(
    grouped: Mapping[_Key, Sequence[Reading]], filmed: Mapping[str, Measure]
) -> dict[str, Fused]:
    """Return what all readings of each typed quantity say together, on one scale per test."""
    taken: dict[str, list[Taken]] = defaultdict(list)
    for (measure_id, instrument, lay), trials in grouped.items():
        measure = _measure(measure_id, instrument, trials)
        taken[measure_id].append(Taken(measure=measure, by_lay_person=lay))
    for measure_id, takes in taken.items():
        film = filmed.get(measure_id)
        if film is not None and film.is_known:
            takes.append(Taken(measure=film, by_film=True))
    groups: dict[str, dict[str, list[Taken]]] = defaultdict(dict)
    for measure_id, takes in taken.items():
        groups[load().measure_of_id[measure_id].group][measure_id] = takes
    return {
        measure_id: fuse(takes, scale_order(group))
        for group in groups.values()
        for measure_id, takes in group.items()
    }


def _rests_on(measure_id: str, typed: Mapping[str, Measure]) -> bool:
    """Return whether a filmed measure is typed, or derived from something that is."""
    return measure_id in typed or any(part in typed for part in parts_of(measure_id) or ())


def settle_instruments(
    measures: Mapping[str, Measure],
) -> tuple[dict[str, Measure], tuple[Check, ...]]:
    """Return the measures fit to be compared with each other, with a warning where needed.

    Hip rotations taken with different instruments differ by up to 4-5 deg for no reason of the
    hip's. They are kept, and each one's error is widened so that the error of a difference
    contains the offset. Derived measures must be derived afterwards.
    """
    rotations = [measures[i] for i in _ROTATIONS if i in measures and measures[i].is_known]
    instruments = sorted({measure.instrument.value for measure in rotations})
    if len(instruments) < 2:  # noqa: PLR2004 - one instrument is nothing to compare
        return dict(measures), ()
    widen = from_display(load().unknown_offset.sd_deg, "deg")[0] / math.sqrt(2.0)
    named = ", ".join(word("report.instrument", one) for one in instruments)
    why = say("exam.readings.mixed", instruments=named)
    widened = {
        measure.id: replace(
            measure, se=math.hypot(measure.se, widen), status=Status.ESTIMATED, why=why
        )
        for measure in rotations
    }
    check = Check(
        id="one_instrument",
        status=CheckStatus.WARNING,
        detail=load().fusing_texts.mixed.format(instruments=" and ".join(instruments)),
    )
    return {**measures, **widened}, (check,)


def _grouped(readings: Iterable[Reading]) -> dict[_Key, tuple[Reading, ...]]:
    grouped: dict[_Key, list[Reading]] = defaultdict(list)
    for reading in readings:
        side = "" if reading.side is Side.NONE else f"_{reading.side.value}"
        key = (f"{reading.measure}{side}", reading.instrument, reading.by_lay_person)
        grouped[key].append(reading)
    return {key: tuple(trials) for key, trials in grouped.items()}


def _measure(measure_id: str, instrument: Instrument, trials: Sequence[Reading]) -> Measure:
    precision = _precision(measure_id, instrument)
    unit = load().measure_of_id[measure_id].unit
    values = np.array([from_display(trial.value, trial.unit)[0] for trial in trials])
    sem = from_display(precision.sem, precision.unit)[0]
    stays = sem**2 * (1.0 - precision.repeatable_share)
    within = _within_variance(values, sem**2 * precision.repeatable_share)
    lay = any(trial.by_lay_person for trial in trials)
    factor = load().lay_reader.factor if lay else 1.0
    return Measure(
        id=measure_id,
        value=float(values.mean()),
        se=factor * math.sqrt(stays + within / len(values)),
        unit=unit,
        side=trials[0].side,
        instrument=instrument,
        repeats=len(values),
    )


def _within_variance(values: Sequence[float] | np.ndarray, prior: float) -> float:
    """Return the variance between trials: the table's, pooled with the person's own."""
    own = len(values) - 1
    if own == 0 or prior == 0.0:
        return prior
    spread = float(np.var(values, ddof=1))
    return (_PRIOR_TRIALS * prior + own * spread) / (_PRIOR_TRIALS + own)


def _precision(measure_id: str, instrument: Instrument) -> PrecisionRow:
    row = load().measure_of_id.get(measure_id)
    if row is None:
        raise UsageError(f"Nothing called {measure_id!r} can be typed in.", reason="measure")
    precision = precision_of(measure_id, instrument)
    if precision is not None:
        return precision
    fitting = [p.instrument.value for p in load().precision if row.id in p.measures]
    raise UsageError(
        f"{row.label} cannot be typed in as read with a {instrument.value}; "
        f"use {' or '.join(fitting) or 'a video'}.",
        reason="instrument",
    )


def _trial_checks(grouped: Mapping[_Key, Sequence[Reading]]) -> list[Check]:
    checks = []
    for (measure_id, instrument, _), trials in grouped.items():
        label = _label(measure_id)
        if measure_id in _ROTATIONS and len(trials) < _FEW_TRIALS:
            detail = say("exam.readings.few_trials", label=label, count=len(trials))
            checks.append(_warning(f"trials_{measure_id}", detail))
        spread = _spread(measure_id, instrument, trials)
        if spread:
            detail = say("exam.readings.spread", label=label, size=spread)
            checks.append(_warning(f"spread_{measure_id}", detail))
    return checks


def _spread(measure_id: str, instrument: Instrument, trials: Sequence[Reading]) -> str:
    """Return by how much trials differ if that is over thrice what the instrument explains."""
    precision = _precision(measure_id, instrument)
    values = [from_display(trial.value, trial.unit)[0] for trial in trials]
    sem = from_display(precision.sem, precision.unit)[0]
    width = max(values) - min(values)
    if sem == 0.0 or width <= 3.0 * math.sqrt(2.0) * sem:
        return ""
    shown, unit = to_display(width, load().measure_of_id[measure_id].unit)
    return f"{shown:.0f} {unit}"


def _lay_check(grouped: Mapping[_Key, Sequence[Reading]]) -> list[Check]:
    precise = [
        lay
        for measure_id, _, lay in grouped
        if measure_id in load().measure_of_id and not measure_id.startswith("pain_")
    ]
    return [_warning("lay_reader", load().lay_reader.note)] if any(precise) else []


def _warning(check_id: str, detail: str) -> Check:
    return Check(id=check_id, status=CheckStatus.WARNING, detail=detail)


def _label(measure_id: str) -> str:
    label = load().measure_of_id[measure_id].label
    return label[:1].upper() + label[1:]
