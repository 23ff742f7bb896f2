"""From a kept film of a virtual person to a frozen one."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from primemover.model.arrays import Ints, frozen
from primemover.model.loadtrack import LoadKind, LoadTrack
from primemover.model.pose import PoseTrack, Silhouettes
from primemover.model.trial import Trial
from validation.calibration.cases import Case
from validation.calibration.collecting import factors_of
from validation.calibration.examining import exam_of
from validation.calibration.watching import kept_files, reopen
from validation.frozen.records import FrozenFilm
from validation.frozen.silhouettes import signs_only

__all__ = ["freeze", "thinned"]

# A lift-off lasts 0.3 s; the product asks for 8 pictures a second at least (video/container.py).
LEAST_PER_S: Final = 12.0
_ROUNDING: Final = 0.05  # 24 pictures a second are 23.98 by the clock
_DRAWN_ONLY: Final = frozenset({"joints_px", "sideways_deg", "definitions", "clip", "posed"})


def freeze(case: Case, folder: Path) -> FrozenFilm:
    """Return a kept film as landmarks, silhouettes, the load's path and the truth.

    Raises
    ------
    QualityError
        If the product refuses the whole film: there is nothing to hold then.
    ValueError
        If the kept film is not this case's: an older generator made it.
    """
    kept = kept_files(folder, case)
    trial, truth = exam_of(case, kept)
    if (truth["move"], truth["clothes"]["seed"]) != (case.move, case.clothes.seed):
        raise ValueError(f"{kept.film.name} was made by an older generator; delete it.")
    watched, _ = reopen(kept, load=False)
    stride = max(1, int(watched.recording.frame_rate_hz / LEAST_PER_S + _ROUNDING))
    shown = np.arange(0, watched.track.time_s.size, stride)
    track = thinned(watched.track, shown)
    if case.view == "front" and track.silhouettes is not None:
        # No outline is read there, only what the picture's edge cuts.
        track = replace(track, silhouettes=signs_only(track.silhouettes))
    return FrozenFilm(
        name=case.name,
        seed=case.seed,
        test=case.test,
        factors=factors_of(case, truth),
        track=track,
        level=watched.recording.level,
        load=_load(trial, shown),
        truth={name: value for name, value in truth.items() if name not in _DRAWN_ONLY},
    )


def thinned(track: PoseTrack, shown: Ints) -> PoseTrack:
    """Return the track of some of its frames."""
    seen = track.silhouettes
    alike = ("xy_px", "depth_px", "visibility", "presence", "world_m")
    columns: dict[str, Any] = {name: frozen(getattr(track, name)[shown]) for name in alike}
    # The detector looked now and then; what it saw counts for the nearest frame that stays.
    looks = np.flatnonzero(np.isfinite(track.other_people))
    others = np.full(shown.size, np.nan)
    others[np.searchsorted(shown, looks, side="right") - 1] = track.other_people[looks]
    columns["other_people"] = frozen(others)
    return replace(
        track,
        time_s=frozen(track.time_s[shown]),
        silhouettes=None if seen is None else _thinned_silhouettes(seen, shown),
        **columns,
    )


def _thinned_silhouettes(seen: Silhouettes, shown: Ints) -> Silhouettes:
    place = {int(frame): place for place, frame in enumerate(shown)}
    rows = [row for row, frame in enumerate(seen.frame_index) if int(frame) in place]
    return Silhouettes(
        frame_index=frozen([place[int(seen.frame_index[row])] for row in rows], np.int64),
        logits_q=seen.logits_q[rows],
        crop_to_frame=frozen(seen.crop_to_frame[rows]),
    )


def _load(trial: Trial, shown: Ints) -> LoadTrack | None:
    """Return the plate's path at some frames; what is put under the hands needs no picture."""
    load = trial.film.load if trial.film is not None else None
    if load is None or load.kind is not LoadKind.PLATE:
        return None
    columns: dict[str, Any] = {
        field.name: frozen(value[shown], value.dtype)
        for field in fields(load)
        if isinstance(value := getattr(load, field.name), np.ndarray)
    }
    return replace(load, **columns)
