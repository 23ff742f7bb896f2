"""Smooth motion between key postures."""

from dataclasses import dataclass

import numpy as np

from validation.virtual.posture import Channel
from validation.virtual.rotations import Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Stroke:
    """One movement, or one hold.

    Attributes
    ----------
    label : what it is, such as "lift"
    duration_s : how long it takes
    postures : one posture (C,) to hold, two to go between, or three: the
        middle one is passed at `middle` of the way (a parabola through all three)
    """

    label: str
    duration_s: float
    postures: tuple[Floats, ...]
    middle: float = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Strokes laid out in time.

    Attributes
    ----------
    time_s : (T,) array
    postures : (T, C) array
    strokes : the strokes
    starts_s : when each begins, and at last the end of all
    """

    time_s: Floats
    postures: Floats
    strokes: tuple[Stroke, ...]
    starts_s: tuple[float, ...]

    def starts_of(self, label: str) -> list[float]:
        """Return when each stroke of that label begins."""
        starts = zip(self.strokes, self.starts_s[:-1], strict=True)
        return [start for stroke, start in starts if stroke.label == label]


def minimum_jerk(share: Floats) -> Floats:
    """Return the share of the way at a share of the time (Flash and Hogan 1985)."""
    s = np.clip(share, 0.0, 1.0)
    return s**3 * (10.0 - 15.0 * s + 6.0 * s**2)


def play(strokes: tuple[Stroke, ...], *, frames_per_s: float) -> Score:
    """Sample the strokes one after the other."""
    starts = np.concatenate([[0.0], np.cumsum([stroke.duration_s for stroke in strokes])])
    time_s = np.arange(int(np.floor(starts[-1] * frames_per_s))) / frames_per_s
    postures = np.empty((len(time_s), len(Channel)))
    for stroke, start, end in zip(strokes, starts[:-1], starts[1:], strict=True):
        inside = (time_s >= start - 1e-9) & (time_s < end - 1e-9)
        way = minimum_jerk((time_s[inside] - start) / stroke.duration_s)
        postures[inside] = _along(stroke, way)
    return Score(
        time_s=time_s,
        postures=postures,
        strokes=strokes,
        starts_s=tuple(float(start) for start in starts),
    )


def _along(stroke: Stroke, way: Floats) -> Floats:
    """Return the postures (N, C) at shares of the way (N,)."""
    knots = np.linspace(0.0, 1.0, len(stroke.postures))
    if len(knots) > 2:  # noqa: PLR2004 - a middle posture besides the two ends
        knots[1] = stroke.middle
    out = np.zeros((len(way), len(Channel)))
    for index, value in enumerate(stroke.postures):
        others = np.delete(knots, index)
        basis = np.prod((way[:, None] - others) / (knots[index] - others), axis=1)
        out += basis[:, None] * value
    return out


def sway(score: Score, *, amplitude_deg: float, channels: tuple[Channel, ...], seed: int) -> Floats:
    """Return the postures with the slow small unrest of a living body added.

    A sum of four sines under 0.7 Hz per channel, with the given standard deviation.
    """
    random = np.random.default_rng(seed)
    out = score.postures.copy()
    for channel in channels:
        frequency_hz = random.uniform(0.08, 0.7, size=4)
        phase = random.uniform(0.0, 2.0 * np.pi, size=4)
        waves = np.sin(2.0 * np.pi * np.outer(score.time_s, frequency_hz) + phase)
        out[:, channel] += np.radians(amplitude_deg) * waves.sum(axis=1) / np.sqrt(2.0)
    return out
