"""Who is in the film, and who of them is being examined.

A film of a lift shows spotters, examiners and passers-by. Before anyone is followed, the detector
looks at pictures spread over the whole film; what it sees is linked into one path per person, and
the person examined is the one who is large, central, there most of the time, and whose shoulders
go up and down (passers-by move sideways, spotters stand).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.optimize import linear_sum_assignment

from primemover.model.arrays import Floats
from primemover.model.pose import Landmark
from primemover.model.region import Region
from primemover.pose.engine import FrameSource, PoseEngine

__all__ = ["PersonPath", "Survey", "choose_person", "link", "survey", "survey_times"]

# All numbers below are engineering defaults, chosen once and looked at on the development clips.
_INTERVAL_S: Final = 0.5  # between looks: a bystander at 1.5 m/s moves a third of a region
_MAX_LOOKS: Final = 40  # so that long films stay cheap
_LINK_DISTANCE: Final = 0.6  # of the region's side, for two looks in a row
_LINK_GROWTH: Final = 0.3  # more for each look in which the person was not seen
_LINK_MAX: Final = 1.2
_SIZE_COST: Final = 0.5  # a doubled size counts like this share of a side in distance
_CENTRE_WIDTH: Final = 0.35  # of the picture's width: how fast the edge loses
_MOTION_FULL: Final = 0.15  # of the region's side: shoulders that travel this far count fully
_MOTION_GAIN: Final = 2.0  # a full mover weighs three times a person who stands
_RIVAL: Final = 0.2  # people below this share of the best score without motion are no rivals
_MIN_PRESENCE: Final = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPath:
    """One person as the detector saw them through the film.

    Attributes
    ----------
    look : which looks of the survey saw the person, increasing
    time_s : when
    region : where
    """

    look: tuple[int, ...]
    time_s: tuple[float, ...]
    region: tuple[Region, ...]

    def expected(self, time_s: float) -> tuple[Region, float]:
        """Return where the person is expected, and how far that is from a look in seconds."""
        times = np.asarray(self.time_s)
        nearest = int(np.argmin(np.abs(times - time_s)))
        age_s = abs(float(times[nearest]) - time_s)
        after = int(np.searchsorted(times, time_s))
        if after in {0, len(times)}:
            return self.region[nearest], age_s
        first, second = self.region[after - 1], self.region[after]
        share = (time_s - self.time_s[after - 1]) / (self.time_s[after] - self.time_s[after - 1])
        between = Region(
            x_px=(1 - share) * first.x_px + share * second.x_px,
            y_px=(1 - share) * first.y_px + share * second.y_px,
            side_px=(1 - share) * first.side_px + share * second.side_px,
            angle_rad=self.region[nearest].angle_rad,
        )
        return between, age_s


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What the looks at the whole film found.

    Attributes
    ----------
    time_s : when the detector looked
    people : how many people each look saw
    chosen : the person to be examined, None if nobody was seen
    """

    time_s: tuple[float, ...]
    people: tuple[int, ...]
    chosen: PersonPath | None


def survey_times(time_s: Floats) -> tuple[float, ...]:
    """Return when to look at a film whose pictures are shown at `time_s`."""
    duration_s = float(time_s[-1])
    looks = min(_MAX_LOOKS, max(2, math.ceil(duration_s / _INTERVAL_S) + 1))
    wanted = np.linspace(0.0, duration_s, looks)
    nearest = np.unique(np.clip(np.searchsorted(time_s, wanted - 1e-9), 0, time_s.size - 1))
    return tuple(float(time) for time in time_s[nearest])


def survey(film: FrameSource, engine: PoseEngine) -> Survey:
    """Look at pictures spread over the film and choose the person to be examined."""
    times: list[float] = []
    seen: list[tuple[Region, ...]] = []
    for time_s, picture in film.samples(survey_times(film.time_s)):
        times.append(time_s)
        seen.append(tuple(person.region for person in engine.detect(picture)))
    paths = link(times, seen)
    rivals = _rivals(paths, film.width_px, len(times))
    travel = np.zeros(len(rivals))
    if len(rivals) > 1:
        travel = np.array([_shoulder_travel(film, engine, path) for path in rivals])
    return Survey(
        time_s=tuple(times),
        people=tuple(len(regions) for regions in seen),
        chosen=choose_person(rivals, travel, width_px=film.width_px, looks=len(times)),
    )


def link(times: Sequence[float], seen: Sequence[Sequence[Region]]) -> tuple[PersonPath, ...]:
    """Join what single looks saw into one path per person.

    Each look's people are matched to the known paths at the least total distance (sides of the
    region, plus a cost for a change of size); too far from all, a person is a new one.
    """
    paths: list[list[tuple[int, Region]]] = []
    for look, regions in enumerate(seen):
        cost = np.array([[_cost(path, look, region) for region in regions] for path in paths])
        taken: set[int] = set()
        if cost.size:
            for row, column in zip(*linear_sum_assignment(np.minimum(cost, 1e6)), strict=True):
                if np.isfinite(cost[row, column]):
                    paths[row].append((look, regions[column]))
                    taken.add(int(column))
        paths.extend([(look, region)] for at, region in enumerate(regions) if at not in taken)
    return tuple(
        PersonPath(
            look=tuple(look for look, _ in path),
            time_s=tuple(times[look] for look, _ in path),
            region=tuple(region for _, region in path),
        )
        for path in paths
    )


def choose_person(
    paths: Sequence[PersonPath], travel: Floats, *, width_px: int, looks: int
) -> PersonPath | None:
    """Return the person to be examined, None if there is none.

    Parameters
    ----------
    travel
        (len(paths),) up-and-down travel of each person's shoulders in sides of their region.
    looks
        How many looks there were.
    """
    if not paths:
        return None
    motion = np.clip(np.nan_to_num(travel) / _MOTION_FULL, 0.0, 1.0)
    score = _standing_score(paths, width_px, looks) * (1.0 + _MOTION_GAIN * motion)
    return paths[int(np.argmax(score))]


def _rivals(paths: Sequence[PersonPath], width_px: int, looks: int) -> tuple[PersonPath, ...]:
    """Return the paths that could win, so that nobody far away costs time."""
    if not paths:
        return ()
    score = _standing_score(paths, width_px, looks)
    return tuple(path for path, own in zip(paths, score, strict=True) if own >= _RIVAL * max(score))


def _standing_score(paths: Sequence[PersonPath], width_px: int, looks: int) -> Floats:
    """Return size x centrality x share of looks for each person, before any motion counts."""
    side = np.array([np.median([region.side_px for region in path.region]) for path in paths])
    x_px = np.array([np.median([region.x_px for region in path.region]) for path in paths])
    seen = np.array([len(path.look) / looks for path in paths])
    off_centre = (x_px / width_px - 0.5) / _CENTRE_WIDTH
    score: Floats = (side / side.max()) * np.exp(-(off_centre**2)) * np.sqrt(seen)
    return score


def _shoulder_travel(film: FrameSource, engine: PoseEngine, path: PersonPath) -> float:
    """Return how far the mid-shoulder goes up and down, in sides of the person's region."""
    heights = []
    for (_, picture), region in zip(film.samples(path.time_s), path.region, strict=False):
        pose = engine.landmarks(picture, region).pose
        if pose.presence >= _MIN_PRESENCE:
            heights.append(float(np.mean(pose.xy_px[_SHOULDERS, 1])))
    if not heights:
        return 0.0
    side_px = float(np.median([region.side_px for region in path.region]))
    return float(np.ptp(heights)) / side_px


def _cost(path: Sequence[tuple[int, Region]], look: int, region: Region) -> float:
    """Return how unlikely it is that a path goes on at `region`; infinite if too far."""
    last_look, last = path[-1]
    side_px = max(last.side_px, region.side_px)
    distance = last.distance_px(region) / side_px
    size = abs(math.log2(region.side_px / last.side_px))
    cost = distance + _SIZE_COST * size
    gate = min(_LINK_MAX, _LINK_DISTANCE + _LINK_GROWTH * (look - last_look - 1))
    return cost if cost <= gate else math.inf


_SHOULDERS: Final = [Landmark.LEFT_SHOULDER, Landmark.RIGHT_SHOULDER]
