"""Postures laid out in time: beats through any number of key postures, unrest, frame times."""

from dataclasses import dataclass

import numpy as np
from scipy.interpolate import PchipInterpolator

from validation.virtual.rotations import Floats
from validation.virtual.timing import minimum_jerk

__all__ = ["Beat", "Take", "Timeline", "unrest"]

_SHORTEST_STEP = 0.04  # of a beat's way between two key postures
_DROPPED = 0.02  # share of frames that an uneven camera loses
_JITTER = 0.12  # of a frame's time


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """How one clip is asked for.

    Attributes
    ----------
    uneven : frame times as a phone has them, else as a clock's
    length : "full" is three repetitions, "short" one brisk one (a leg, when seated)
    """

    seed: int
    frames_per_s: float
    uneven: bool = False
    length: str = "full"

    @property
    def brisk(self) -> bool:
        """Whether the clip shall be short."""
        return self.length == "short"

    def random(self, *names: str) -> np.random.Generator:
        """Return the numbers that the seed gives for a move and style of these names."""
        return np.random.default_rng([self.seed, sum(map(ord, "".join(names)))])

    def frame_times_s(self, length_s: float, random: np.random.Generator) -> Floats:
        """Return when the frames are taken, (T,)."""
        time_s = np.arange(int(np.floor(length_s * self.frames_per_s))) / self.frames_per_s
        if not self.uneven:
            return time_s
        late = random.uniform(-_JITTER, _JITTER, size=time_s.size) / self.frames_per_s
        kept = random.uniform(size=time_s.size) >= _DROPPED
        kept[:2] = True
        moved: Floats = time_s[kept] + late[kept] - late[0]
        return moved


@dataclass(frozen=True, slots=True, kw_only=True)
class Beat:
    """One movement through key postures, or a hold of one.

    Attributes
    ----------
    label : what it is, such as "pull"
    postures : (N, C) array; one posture holds
    knots : (N,) array, at which share of the way each is passed; None spreads them evenly
    skew : above 1 starts slowly and ends fast, below 1 the other way round
    """

    label: str
    duration_s: float
    postures: Floats
    knots: Floats | None = None
    skew: float = 1.0

    def at(self, share: Floats) -> Floats:
        """Return the postures (T, C) at shares of the beat's time; never beyond the keys."""
        if len(self.postures) == 1:
            return np.repeat(self.postures, len(share), axis=0)
        knots = np.linspace(0.0, 1.0, len(self.postures)) if self.knots is None else self.knots
        steps = np.maximum(np.diff(knots), _SHORTEST_STEP)
        places = np.concatenate([[0.0], np.cumsum(steps) / steps.sum()])
        way = minimum_jerk(np.clip(share, 0.0, 1.0) ** self.skew)
        path: Floats = PchipInterpolator(places, self.postures, axis=0)(way)
        return path


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Beats one after the other."""

    beats: tuple[Beat, ...]

    @property
    def ends_s(self) -> Floats:
        """When each beat ends, (B,)."""
        ends: Floats = np.cumsum([beat.duration_s for beat in self.beats], dtype=np.float64)
        return ends

    def span_s(self, label: str, number: int = 0) -> tuple[float, float]:
        """Return start and end of the nth beat of a label."""
        index = [i for i, beat in enumerate(self.beats) if beat.label == label][number]
        end = float(self.ends_s[index])
        return end - self.beats[index].duration_s, end

    def spans_s(self, label: str) -> list[tuple[float, float]]:
        """Return start and end of every beat of a label."""
        count = sum(beat.label == label for beat in self.beats)
        return [self.span_s(label, number) for number in range(count)]

    def postures(self, time_s: Floats) -> Floats:
        """Return the postures (T, C)."""
        index = np.minimum(np.searchsorted(self.ends_s, time_s, side="right"), len(self.beats) - 1)
        out = np.empty((len(time_s), self.beats[0].postures.shape[1]))
        for number, (beat, end) in enumerate(zip(self.beats, self.ends_s, strict=True)):
            inside = index == number
            start = end - beat.duration_s
            out[inside] = beat.at((time_s[inside] - start) / beat.duration_s)
        return out


def unrest(time_s: Floats, *, amplitude: Floats, random: np.random.Generator) -> Floats:
    """Return the slow small sway of a living body, (T, C).

    A sum of four sines under 0.7 Hz a column, with the standard deviations `amplitude` (C,).
    """
    shape = (4, len(amplitude))
    frequency_hz = random.uniform(0.08, 0.7, size=shape)
    phase = random.uniform(0.0, 2.0 * np.pi, size=shape)
    waves = np.sin(2.0 * np.pi * time_s[:, None, None] * frequency_hz + phase).sum(axis=1)
    swayed: Floats = waves * amplitude / np.sqrt(2.0)
    return swayed
