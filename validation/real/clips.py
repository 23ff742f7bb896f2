"""The real recordings beside the project, watched once each, and kept if a folder is given."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from primemover.errors import PrimeMoverError
from primemover.model.person import Person
from primemover.model.session import Clip, ClipKind, LiftFacts
from primemover.model.trial import Trial
from primemover.pipeline.analyze import examined
from primemover.pipeline.options import Options, silent
from primemover.pipeline.watch import Watched, engine_for, watch, watch_again
from primemover.pose.engine import PoseEngine
from validation.kept_tracks import load_track, save_track

__all__ = [
    "CLIPS",
    "HELD",
    "NAMES",
    "OBLIQUE",
    "REPETITIONS",
    "ROUNDED",
    "SETS",
    "RealFilm",
    "clip_path",
    "examined_films",
    "fingerprint",
]

CLIPS: Final = Path(__file__).resolve().parents[3] / "shared" / "data" / "clips"
HELD: Final = "kettlebell-correct-side"
OBLIQUE: Final = "kettlebell-correct-oblique"
ROUNDED: Final = "kettlebell-rounded-side"
# What one man lifted again and again in one place: set -> the films that show it.
SETS: Final[dict[str, tuple[str, ...]]] = {
    "held": (HELD,),
    "rounded": (ROUNDED,),
    "outdoors": ("barbell-outdoor-01", "barbell-outdoor-02", "barbell-outdoor-03"),
    "gym": ("barbell-gym-01", "barbell-gym-02", "barbell-gym-03"),
}
NAMES: Final = (
    "sumo-side-1rep",
    *SETS["outdoors"],
    *SETS["gym"],
    HELD,
    ROUNDED,
    OBLIQUE,
    "deadlift-front-oblique",
    "deadlift-rear-oblique",
    "power-clean-side",
    "back-squat-side",
)


# Repetitions that the side films show, counted by eye; the others are not to be measured.
REPETITIONS: Final[dict[str, int]] = {
    **dict.fromkeys(("sumo-side-1rep", *SETS["outdoors"], *SETS["gym"]), 1),
    HELD: 10,
    ROUNDED: 10,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RealFilm:
    """A real film and what the product says of it.

    Attributes
    ----------
    fingerprint : first 12 digits of the file's SHA-256
    trial : None if the film was refused as a whole
    refused : the sentence that refused it
    """

    name: str
    fingerprint: str
    trial: Trial | None
    refused: str = ""


def clip_path(name: str, folder: Path = CLIPS) -> Path:
    """Return where a clip is."""
    return folder / f"{name}.mp4"


def fingerprint(path: Path) -> str:
    """Return the first 12 digits of a file's SHA-256: a table of another film shows."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def examined_films(
    names: Sequence[str], *, folder: Path, keep: Path | None, options: Options
) -> dict[str, RealFilm]:
    """Return every clip as `primemover analyze` would read it, telling the progress on stderr.

    The pose network runs once a clip; with `keep` what it saw stays there, and the next time
    nothing but the decoding is done again.
    """
    looker = _Looker(keep, options)
    return {name: looker.examined(name, clip_path(name, folder)) for name in names}


class _Looker:
    """Watches films; the network is loaded when the first film needs it."""

    def __init__(self, keep: Path | None, options: Options) -> None:
        self._keep = keep
        self._options = options
        self._engine: PoseEngine | None = None

    def examined(self, name: str, path: Path) -> RealFilm:
        print(f"looking at {name} ...", file=sys.stderr, flush=True)
        mark = fingerprint(path)
        try:
            watched = self._watched(name, path, mark)
            clip = Clip(kind=ClipKind.DEADLIFT, path=path)
            trial = examined(watched, clip, person=Person(), lift=LiftFacts(), zero=None)
        except PrimeMoverError as error:
            return RealFilm(name=name, fingerprint=mark, trial=None, refused=str(error))
        return RealFilm(name=name, fingerprint=mark, trial=trial)

    def _watched(self, name: str, path: Path, mark: str) -> Watched:
        kept = None if self._keep is None else self._keep / f"{name}.{mark}.track.npz"
        if kept is not None and kept.exists():
            return watch_again(path, load_track(kept), load=True)
        if self._engine is None:
            self._engine = engine_for(self._options)
        watched = watch(path, self._engine, progress=silent, load=True)
        if kept is not None:
            save_track(kept, watched.track)
        return watched
