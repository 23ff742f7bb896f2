"""Render a case, let the pose engine look at it, and keep film, truth and track."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from primemover.errors import PrimeMoverError
from primemover.model.pose import PoseTrack
from primemover.pipeline.options import silent
from primemover.pipeline.watch import Watched, watch, watch_again
from primemover.pose.engine import PoseEngine
from validation.calibration.cases import Case
from validation.kept_tracks import load_track, save_track
from validation.virtual.film import truth_path

__all__ = ["Kept", "kept_files", "look", "reopen"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Where a case's film and what was seen in it are kept."""

    film: Path
    track: Path

    @property
    def truth(self) -> Path:
        """Return where the truth is kept."""
        return truth_path(self.film)

    @property
    def refused(self) -> Path:
        """Return where it is noted that the product refused the film."""
        return self.film.with_suffix(".refused.txt")

    def read_truth(self) -> dict[str, Any]:
        """Return what is true in the film."""
        truth: dict[str, Any] = json.loads(self.truth.read_text(encoding="utf-8"))
        return truth

    def read_landmarks(self) -> PoseTrack:
        """Return the kept track without its silhouettes."""
        return replace(load_track(self.track), silhouettes=None)

    @property
    def complete(self) -> bool:
        """Whether everything is there."""
        return self.film.exists() and self.track.exists() and self.truth.exists()


def kept_files(folder: Path, case: Case) -> Kept:
    """Return where a case is kept in a folder."""
    return Kept(film=folder / f"{case.name}.mp4", track=folder / f"{case.name}.track.npz")


def look(case: Case, folder: Path, engine: PoseEngine) -> Kept:
    """Render a case and look at it, unless that is done; the track is written last.

    That the product refuses a film is noted beside it and raised: it is a result too.

    Raises
    ------
    PrimeMoverError
        If the engine cannot follow the person.
    """
    kept = kept_files(folder, case)
    if kept.complete:
        return kept
    folder.mkdir(parents=True, exist_ok=True)
    case.film(kept.film)
    try:
        watched = watch(kept.film, engine, progress=silent, load=False)
    except PrimeMoverError as error:
        kept.refused.write_text(str(error), encoding="utf-8")
        raise
    save_track(kept.track, watched.track)
    return kept


def reopen(kept: Kept, *, load: bool) -> tuple[Watched, dict[str, Any]]:
    """Return what watching the film left behind, from the kept track, and the truth."""
    return watch_again(kept.film, load_track(kept.track), load=load), kept.read_truth()
