"""Watch a film once: landmarks, silhouettes, the room and pictures for the load in one pass."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from primemover.backends.blazepose import BlazePose
from primemover.load.collect import LoadFrames
from primemover.model.arrays import Floats, Pixels
from primemover.model.pose import PoseFrame, PoseTrack
from primemover.model.recording import Recording
from primemover.pipeline.options import Options, StageProgress
from primemover.pose.edges import RoomEdges
from primemover.pose.engine import PoseEngine
from primemover.pose.level import room_level
from primemover.pose.track import track
from primemover.video.decode import Film, open_film

__all__ = ["Watched", "engine_for", "key_pictures", "watch", "watch_again"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """What one pass over a film leaves behind."""

    film: Film
    recording: Recording
    track: PoseTrack
    load_frames: LoadFrames


def engine_for(options: Options) -> PoseEngine:
    """Return the pose engine that the options ask for.

    Raises
    ------
    WeightsMissingError
        If its network is not on this machine.
    """
    return BlazePose(options.model, threads=options.threads, precision=options.precision)


def watch(path: Path, engine: PoseEngine, *, progress: StageProgress, load: bool) -> Watched:
    """Return landmarks (and pictures for the load tracker) of a film.

    Parameters
    ----------
    path
        The film.
    engine
        The pose engine.
    progress
        Called for the stages ``"open"`` and ``"pose"``.
    load
        Whether pictures are kept for the load tracker.

    Raises
    ------
    NotFoundError, VideoError, QualityError
        If the film is not there, cannot be decoded or shows nobody.
    """
    progress("open", 0, 1)
    film = open_film(path)
    progress("open", 1, 1)
    gathered = _Gathered(film, load=load)

    def keep(index: int, picture: Pixels, pose: PoseFrame | None) -> None:
        gathered.add(index, picture, None if pose is None else pose.xy_px)

    return gathered.watched(track(film, engine, progress=partial(progress, "pose"), observe=keep))


def watch_again(path: Path, found: PoseTrack, *, load: bool) -> Watched:
    """Return what `watch` returned, from the track that it found: decoding without a pose engine.

    Raises
    ------
    NotFoundError, VideoError
        If the film is not there or cannot be decoded.
    """
    film = open_film(path)
    gathered = _Gathered(film, load=load)
    for index, (_, picture) in enumerate(film.frames()):
        gathered.add(index, picture, found.xy_px[index] if found.found[index] else None)
    return gathered.watched(found)


class _Gathered:
    """What is kept of the pictures while a film is decoded once."""

    def __init__(self, film: Film, *, load: bool) -> None:
        self._film = film
        self._load = load
        self._frames = LoadFrames()
        self._edges = RoomEdges(film.time_s.size)

    def add(self, index: int, picture: Pixels, xy_px: Floats | None) -> None:
        """Keep what is needed of one picture."""
        self._edges.add(index, picture, xy_px)
        if self._load:
            self._frames.add(index, picture, xy_px)

    def watched(self, found: PoseTrack) -> Watched:
        """Return it with the landmarks."""
        level = room_level(self._edges.pictures)
        return Watched(
            film=self._film,
            recording=replace(self._film.recording(found.time_s), level=level),
            track=found,
            load_frames=self._frames,
        )


def key_pictures(watched: Watched, key_frames: dict[str, int]) -> dict[str, Pixels]:
    """Return the upright RGB pictures of some frames, by name, decoded once more."""
    times = watched.recording.time_s
    wanted = sorted({int(index) for index in key_frames.values()})
    at = [float(times[index]) for index in wanted]
    pictures = dict(zip(wanted, (picture for _, picture in watched.film.samples(at)), strict=False))
    return {name: pictures[index] for name, index in key_frames.items() if index in pictures}
