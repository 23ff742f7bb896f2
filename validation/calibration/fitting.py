"""The whole fit: readings in, two shipped files out."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
from threadpoolctl import threadpool_limits

from primemover.calibration.front import FRONT_INPUTS, FRONT_OUTPUT, front_doubts
from primemover.calibration.inputs import INPUT_NAMES, doubts
from primemover.calibration.model import Fit, answers, novelty_of
from primemover.calibration.side import CURVES, combined
from primemover.calibration.sight import Sight
from primemover.model.arrays import Floats, Ints, Mask
from validation.calibration.cases import Case
from validation.calibration.doubting import Errors, fit_doubt
from validation.calibration.learning import FRONT, SIDE, Lesson, learn, standardise
from validation.calibration.readings import SEGMENTS, Reading, load_reading
from validation.calibration.shipping import Story, as_bytes, novelty_from, ship

__all__ = ["Told", "fit_all", "told"]

SEED: Final = 20261122
# Every so many frames: neighbours say the same.
_EVERY: Final = {"learn": 2, "calibrate": 3, "test": 3}
_ASTRAY: Final = 0.35  # trunk lengths; a frame in which the network lost the body teaches nothing
_BENT_RAD: Final = float(np.radians(8.0))
_PLAIN: Final = {"thigh": "thigh_rad_change", "shank": "shank_rad_change"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A film, or one leg of it, with its reading."""

    case: Case
    part: str
    reading: Reading


def told(folder: Path, set_name: str, *, view: str) -> list[Told]:
    """Return the kept readings of a set, of ``"side"`` or ``"front"`` films, by number."""
    out = []
    for path in sorted((folder / "readings").glob(f"{set_name}-*.npz")):
        found = re.fullmatch(r"(\w+)-(\d+)\.(\w+)\.npz", path.name)
        if found is None or (found[3] == "side") != (view == "side"):
            continue
        case = Case(set_name, int(found[2]))
        out.append(Told(case=case, part=found[3], reading=load_reading(path)))
    return out


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rows:
    """Frames of many films, thinned."""

    inputs: Floats
    true_rad: Floats
    person: Ints
    weight: Floats


def _rows(films: list[Told], every: int) -> _Rows:
    parts = []
    for number, film in enumerate(films):
        good = np.flatnonzero(_good(film.reading))[::every]
        if good.size:
            parts.append((film, good, np.full(good.size, number)))
    return _Rows(
        inputs=np.concatenate([f.reading.inputs[g] for f, g, _ in parts]),
        true_rad=np.concatenate([f.reading.true_rad[g] for f, g, _ in parts]),
        person=np.concatenate([np.full(g.size, f.case.person) for f, g, _ in parts]),
        # A film counts as much as another, a long one a little more.
        weight=np.concatenate([np.full(g.size, g.size**-0.5) for _, g, _ in parts]),
    )


def _good(reading: Reading) -> Mask:
    good: Mask = (reading.astray < _ASTRAY) & np.isfinite(reading.true_rad).all(axis=1)
    return good


def fit_all(folder: Path, *, views: tuple[str, ...], engine: str) -> None:
    """Fit and ship the corrections of some views from the readings kept in a folder."""
    for view in views:
        learn_films, calibrate_films = (
            told(folder, name, view=view) for name in ("learn", "calibrate")
        )
        with threadpool_limits(1):  # small matrices: threads would wait for each other
            fit = fit_view(learn_films, calibrate_films, view=view)
        story = Story(
            learn_films=len({one.case.name for one in learn_films}),
            learn_people=len({one.case.person for one in learn_films}),
            calibrate_films=len({one.case.name for one in calibrate_films}),
            calibrate_people=len({one.case.person for one in calibrate_films}),
            engine=engine,
        )
        ship(view, as_bytes(fit), story)


def fit_view(learn_films: list[Told], calibrate_films: list[Told], *, view: str) -> Fit:
    """Return the fit of one view."""
    rows = _rows(learn_films, _EVERY["learn"])
    side = view == "side"
    names = INPUT_NAMES if side else FRONT_INPUTS
    outputs = SEGMENTS if side else (FRONT_OUTPUT,)
    learned = learn(
        Lesson(
            inputs=rows.inputs,
            target=rows.true_rad,
            person=rows.person,
            weight=rows.weight / rows.weight.mean(),
        ),
        SIDE if side else FRONT,
        base=_base(names, outputs, side=side),
        hideable=_hideable(names),
        seed=SEED,
    )
    scaled = standardise(rows.inputs, learned.centre, learned.scale)
    others = _rows(calibrate_films, _EVERY["calibrate"])
    novelty = novelty_from(scaled, standardise(others.inputs, learned.centre, learned.scale))
    bare = Fit(
        name=view, inputs=names, outputs=outputs, centre=learned.centre, scale=learned.scale,
        members=learned.members, novelty=novelty, doubts=(),
    )  # fmt: skip
    curves = tuple(CURVES) if side else (FRONT_OUTPUT,)
    found = tuple(
        fit_doubt(errors_of(bare, calibrate_films, curve), curve, seed=SEED) for curve in curves
    )
    return replace(bare, doubts=found)


def _base(names: tuple[str, ...], outputs: tuple[str, ...], *, side: bool) -> Ints:
    if not side:
        return np.array([names.index("shank_rad_change")])
    return np.array([names.index(_PLAIN.get(name, "trunk_rad_change")) for name in outputs])


def _hideable(names: tuple[str, ...]) -> list[Mask]:
    """Return the parts of the outline that plates, arms and hoods take away."""
    low = np.array([_station(name) < 0.0 for name in names])
    loin = np.array([0.0 <= _station(name) < 0.74 for name in names])  # noqa: PLR2004
    upper = np.array([0.74 <= _station(name) < 9.0 for name in names])  # noqa: PLR2004
    return [part for part in (low, loin, upper) if part.any()]


def _station(name: str) -> float:
    """Return where on the back an input of the present frame comes from; 9 for anything else."""
    if name.endswith("_standing") or name.startswith("unseen"):
        return 9.0
    plain = name.removesuffix("_change")
    if plain.startswith("offset_"):
        return float(plain.removeprefix("offset_"))
    if plain.startswith("line_"):
        return float(plain.split("_")[2])
    return {"sacral_rad": 0.0, "thoracolumbar_rad": 0.5, "upper_thoracic_rad": 0.9}.get(plain, 9.0)


def errors_of(fit: Fit, films: list[Told], curve: str) -> Errors:
    """Return the errors of one curve in films of people that were not learned from."""
    parts = []
    for film in films:
        reading = film.reading
        keep = np.flatnonzero(_good(reading) & _moving(reading))[:: _EVERY["calibrate"]]
        if not keep.size:
            continue
        each = _told(fit, reading, curve)
        true = _true(fit, reading, curve)
        doubt = _doubts(fit, reading, each)
        parts.append((doubt[keep], (each.mean(axis=0) - true)[keep], film.case.person))
    return Errors(
        doubts=np.concatenate([d for d, _, _ in parts]),
        error_rad=np.concatenate([e for _, e, _ in parts]),
        person=np.concatenate([np.full(e.size, p) for _, e, p in parts]),
        weight=np.concatenate([np.full(e.size, e.size**-0.5) for _, e, _ in parts]),
    )


def _moving(reading: Reading) -> Mask:
    """Return where something is bent: standing still is easy, and nobody asks for it."""
    moving: Mask = np.abs(reading.true_rad).max(axis=1) > _BENT_RAD
    return moving


def _told(fit: Fit, reading: Reading, curve: str) -> Floats:
    each = answers(fit, reading.inputs)
    if curve == FRONT_OUTPUT:
        return each[:, :, 0]
    return np.stack([combined(one, fit.outputs, curve) for one in each])


def _true(fit: Fit, reading: Reading, curve: str) -> Floats:
    if curve == FRONT_OUTPUT:
        return reading.true_rad[:, 0]
    return combined(reading.true_rad, fit.outputs, curve)


def _doubts(fit: Fit, reading: Reading, each: Floats) -> Floats:
    spread, novelty = each.std(axis=0), novelty_of(fit, reading.inputs)
    if fit.name == "front":
        return front_doubts(reading.seen, spread=spread, novelty=novelty)
    sight = Sight(time_s=reading.time_s, values=reading.seen)
    return doubts(sight, reading.standing, spread=spread, novelty=novelty)
