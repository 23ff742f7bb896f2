"""Follow one person through a film.

A landmark network looks at the region that the previous picture's landmarks point to, so the
detector runs only to begin and after a loss. The person is chosen by a survey of the whole film
first (`primemover.pose.survey`); a region that jumps, or that is found away from the chosen
person when the survey saw them, is taken back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from primemover.errors import QualityError
from primemover.model.arrays import Floats, Pixels, frozen
from primemover.model.pose import LANDMARK_COUNT, PoseFrame, PoseTrack, Silhouettes
from primemover.model.region import Region, Sighting
from primemover.pose.engine import FrameSource, PoseEngine
from primemover.pose.proportions import Proportions
from primemover.pose.settle import settled
from primemover.pose.survey import PersonPath, Survey, survey

__all__ = ["Observer", "Progress", "quantised", "track"]

Progress = Callable[[int, int], None]
Observer = Callable[[int, Pixels, PoseFrame | None], None]

_MIN_PRESENCE: Final = 0.5  # MediaPipe: below this the region holds nobody
# All numbers below are engineering defaults.
_MIN_FOUND_SHARE: Final = 0.2  # of all pictures: less is not a film of somebody
_MIN_FOUND: Final = 10
# Distances are shares of a region's side, about 1.3 body heights: walking is 0.6 sides a second.
_JUMP: Final = 0.1  # further in one step is another person ...
_JUMP_PER_S: Final = 2.0  # ... plus this much a second: a jump of the hips at 4.5 m/s
_RESIZE: Final = 1.6  # a region that grows or shrinks by more in one step is another person
_GATE: Final = 0.2  # how far from where expected a lost person may reappear ...
_GATE_PER_S: Final = 0.6  # ... and how that grows with the age of what is known ...
_GATE_MAX: Final = 0.6  # ... up to here
_REMEMBER_S: Final = 0.5  # how long the last region is a better guess than the survey
_STOLEN: Final = 0.3  # further from where the survey expects the person is somebody else
_LONGEST_REST: Final = 15  # pictures without a second look when none has helped so far
_WIDER: Final = 1.3  # of a second look when the landmarks have run off onto something else
_FRESH_S: Final = 0.3  # how near a look must be for that
_MAX_SILHOUETTES: Final = 4000  # 64 KiB each: 250 MB


def track(
    film: FrameSource,
    engine: PoseEngine,
    *,
    stride: int = 1,
    progress: Progress | None = None,
    observe: Observer | None = None,
) -> PoseTrack:
    """Return landmarks and silhouettes of the person examined, for every picture of a film.

    Parameters
    ----------
    film
        The film; it is read twice, once in samples.
    engine
        The pose engine.
    stride
        1 analyses every picture, k every k-th.
    progress
        Called with (pictures done, pictures expected).
    observe
        Called with (index in the track, picture, pose or None): whoever else needs the pictures
        gets them without a second decoding.

    Raises
    ------
    QualityError
        ``reason`` ``"no_person"`` if nobody is seen, or in too few pictures.
    """
    looks = survey(film, engine)
    if looks.chosen is None:
        raise QualityError(
            "Nobody can be seen in this film; film the whole person, well lit, from the side.",
            reason="no_person",
        )
    expected = -(-film.time_s.size // stride)
    follower = _Follower(engine=engine, path=looks.chosen)
    sheet = _Sheet(keep_every=-(-expected // _MAX_SILHOUETTES))
    for done, (time_s, picture) in enumerate(film.frames(stride=stride), start=1):
        pose = follower.step(time_s, picture)
        sheet.add(time_s, pose)
        if observe is not None:
            observe(done - 1, picture, pose)
        if progress is not None:
            progress(done, max(expected, done))
    return _checked(sheet.track(film, engine, looks))


@dataclass(slots=True, kw_only=True)
class _Follower:
    """The state of following: where the person was last, and when."""

    engine: PoseEngine
    path: PersonPath
    region: Region | None = None
    last: Region | None = None
    last_s: float = float("-inf")
    own: Proportions = field(default_factory=Proportions)
    in_vain: int = 0
    rest: int = 0

    def step(self, time_s: float, picture: Pixels) -> PoseFrame | None:
        """Return the person in the next picture, None if not found."""
        sighting = self._followed(time_s, picture)
        if sighting is None:
            sighting = self._acquired(picture, *self._expected(time_s))
        elif self._is_elsewhere(time_s, sighting):
            # somebody else, unless the person is not where the survey expects them either
            sighting = self._acquired(picture, *self.path.expected(time_s)) or sighting
        if sighting is None:
            self.region = None
            return None
        sighting = self._less_strange(picture, sighting)
        self.own.learn(sighting.pose)
        self.region = self.last = sighting.next_region
        self.last_s = time_s
        return sighting.pose

    def _less_strange(self, picture: Pixels, sighting: Sighting) -> Sighting:
        """Return a second opinion if the landmarks do not have the person's proportions.

        The detector is asked where the person is, and a wider look is taken round the same place;
        of all answers the one nearest to the person's own proportions counts.
        """
        if self.own.strangeness(sighting.pose) < 1.0:
            self.in_vain = self.rest = 0
            return sighting
        if self.rest:
            self.rest -= 1
            return sighting
        here = sighting.next_region
        people = [person.region for person in self.engine.detect(picture)]
        guesses = sorted(people, key=here.distance_px)[:1]
        guesses.append(replace(here, side_px=_WIDER * here.side_px))
        opinions = [sighting]
        for guess in guesses:
            if guess.distance_px(here) <= _GATE_MAX * here.side_px:
                found = settled(self.engine, picture, guess)
                if _is_same(found, here, _GATE_MAX):
                    opinions.append(found)
        best = min(opinions, key=lambda one: self.own.strangeness(one.pose))
        # Somebody who sits down looks strange for good: ask less and less often then.
        self.in_vain = 0 if best is not sighting else self.in_vain + 1
        self.rest = min(self.in_vain, _LONGEST_REST)
        return best

    def _followed(self, time_s: float, picture: Pixels) -> Sighting | None:
        """Look where the last picture points to."""
        if self.region is None:
            return None
        sighting = self.engine.landmarks(picture, self.region)
        allowed = _JUMP + _JUMP_PER_S * (time_s - self.last_s)
        return sighting if _is_same(sighting, self.region, allowed) else None

    def _acquired(self, picture: Pixels, near: Region | None, age_s: float) -> Sighting | None:
        """Look for the person near a region, with the detector first, then right there."""
        if near is None:
            return None
        gate = min(_GATE_MAX, _GATE + _GATE_PER_S * age_s)
        people = [person.region for person in self.engine.detect(picture)]
        guesses = [*sorted(people, key=near.distance_px)[:1], near]
        for guess in guesses:
            if guess.distance_px(near) > gate * near.side_px:
                continue
            sighting = settled(self.engine, picture, guess)
            if _is_same(sighting, near, gate):
                return sighting
        return None

    def _expected(self, time_s: float) -> tuple[Region | None, float]:
        """Return where the person should be, and how old that knowledge is in seconds."""
        if self.last is not None and time_s - self.last_s <= _REMEMBER_S:
            return self.last, time_s - self.last_s
        return self.path.expected(time_s) if self.path.covers(time_s) else (None, 0.0)

    def _is_elsewhere(self, time_s: float, sighting: Sighting) -> bool:
        """Return whether the survey expects the person far from here."""
        expected, age_s = self.path.expected(time_s)
        apart = sighting.next_region.distance_px(expected)
        return age_s <= _FRESH_S and apart > _STOLEN * expected.side_px


def _is_same(sighting: Sighting, near: Region, allowed: float) -> bool:
    """Return whether somebody was found, and not in a place or size the person cannot be in."""
    found = sighting.next_region
    ratio = found.side_px / near.side_px
    return (
        sighting.pose.presence >= _MIN_PRESENCE
        and found.distance_px(near) <= allowed * near.side_px
        and 1.0 / _RESIZE <= ratio <= _RESIZE
    )


@dataclass(slots=True, kw_only=True)
class _Sheet:
    """Collects frames, and at the end becomes a track."""

    keep_every: int
    times: list[float] = field(default_factory=list)
    poses: list[PoseFrame | None] = field(default_factory=list)
    kept: list[int] = field(default_factory=list)
    logits_q: list[NDArray[np.int8]] = field(default_factory=list)
    affines: list[Floats] = field(default_factory=list)

    def add(self, time_s: float, pose: PoseFrame | None) -> None:
        """Note one picture's result; the silhouette is reduced to bytes at once."""
        index = len(self.times)
        self.times.append(time_s)
        self.poses.append(pose)
        if pose is None or pose.silhouette_logits is None or index % self.keep_every:
            return
        self.kept.append(index)
        self.logits_q.append(quantised(pose.silhouette_logits))
        self.affines.append(pose.crop_to_frame)

    def track(self, film: FrameSource, engine: PoseEngine, looks: Survey) -> PoseTrack:
        """Return everything noted as one record."""
        time_s = np.array(self.times)
        return PoseTrack(
            time_s=frozen(time_s),
            width_px=film.width_px,
            height_px=film.height_px,
            xy_px=self._column("xy_px", (LANDMARK_COUNT, 2), np.nan),
            depth_px=self._column("depth_px", (LANDMARK_COUNT,), np.nan),
            visibility=self._column("visibility", (LANDMARK_COUNT,), 0.0),
            presence=self._column("presence", (), 0.0),
            world_m=self._column("world_m", (LANDMARK_COUNT, 3), np.nan),
            silhouettes=self._silhouettes(),
            other_people=frozen(_other_people(time_s, looks)),
            engine=engine.name,
            weights_sha256=engine.weights_sha256,
        )

    def _column(self, name: str, shape: tuple[int, ...], missing: float) -> Floats:
        column = np.full((len(self.poses), *shape), missing)
        for row, pose in enumerate(self.poses):
            if pose is not None:
                column[row] = getattr(pose, name)
        return frozen(column)

    def _silhouettes(self) -> Silhouettes | None:
        if not self.kept:
            return None
        stack = np.stack(self.logits_q)
        stack.setflags(write=False)
        return Silhouettes(
            frame_index=frozen(self.kept, np.int64),
            logits_q=stack,
            crop_to_frame=frozen(np.stack(self.affines)),
        )


def quantised(logits: NDArray[np.float32]) -> NDArray[np.int8]:
    """Return silhouette logits as bytes; see `Silhouettes.LOGIT_SCALE`."""
    scaled = np.rint(logits * np.float32(Silhouettes.LOGIT_SCALE))
    return np.asarray(np.clip(scaled, -127, 127), dtype=np.int8)


def _other_people(time_s: Floats, looks: Survey) -> Floats:
    """Return (T,) how many further people were seen, NaN where nobody looked."""
    others = np.full(time_s.size, np.nan)
    chosen = set(looks.chosen.look) if looks.chosen else set()
    for look, (seen_s, people) in enumerate(zip(looks.time_s, looks.people, strict=True)):
        nearest = int(np.argmin(np.abs(time_s - seen_s)))
        others[nearest] = people - (look in chosen)
    return others


def _checked(found: PoseTrack) -> PoseTrack:
    count = int(found.found.sum())
    if count < max(_MIN_FOUND, _MIN_FOUND_SHARE * found.time_s.size):
        raise QualityError(
            f"A person could be followed in only {count} of {found.time_s.size} pictures; film "
            "the whole person, well lit, with nobody in front.",
            reason="no_person",
        )
    return found
