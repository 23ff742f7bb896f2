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

from primemover.model.arrays import Floats, Pixels
from primemover.model.pose import Landmark
from primemover.model.region import Region
from primemover.pose.engine import FrameSource, PoseEngine
from primemover.pose.settle import settled

__all__ = [
    "PersonPath",
    "Seen",
    "Survey",
    "choose_person",
    "link",
    "look_at",
    "survey",
    "survey_times",
]

# All numbers below are engineering defaults, chosen once and looked at on the development clips.
# Distances are shares of a region's side; a region is about 1.3 body heights wide, so that
# walking (1.4 m/s) is 0.6 sides a second.
_INTERVAL_S: Final = 0.5  # between looks
_MAX_LOOKS: Final = 40  # so that long films stay cheap
_SAME: Final = 0.15  # two detections this close are one person
_LINK: Final = 0.25  # how far a look may be from where a path points to ...
_LINK_PER_S: Final = 0.4  # ... more for each second since the path's last look ...
_LINK_MAX: Final = 0.8  # ... up to here
_SIZE_COST: Final = 0.3  # a doubled size counts like this distance
_CENTRE_WIDTH: Final = 0.35  # of the picture's width: how fast the edge loses
_MOTION_FULL: Final = 0.15  # shoulders that travel this far count fully
_MOTION_GAIN: Final = 2.0  # a full mover weighs three times a person who stands
_OUTSIDE_S: Final = 0.75  # before the first look and after the last nobody is expected
_MIN_PRESENCE: Final = 0.5  # MediaPipe: below this the region holds nobody
_FAR: Final = 1e6  # cost of what cannot be linked
_SHOULDERS: Final = [Landmark.LEFT_SHOULDER, Landmark.RIGHT_SHOULDER]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One person in one look: where, and how high the mid-shoulder is (y DOWN)."""

    region: Region
    shoulder_y_px: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPath:
    """One person as the detector saw them through the film.

    Attributes
    ----------
    look : which looks of the survey saw the person, increasing
    time_s : when
    region : where
    shoulder_y_px : height of the mid-shoulder, y DOWN
    """

    look: tuple[int, ...]
    time_s: tuple[float, ...]
    region: tuple[Region, ...]
    shoulder_y_px: tuple[float, ...]

    @property
    def shoulder_travel(self) -> float:
        """How far the mid-shoulder goes up and down, in sides of the person's region."""
        side_px = float(np.median([region.side_px for region in self.region]))
        return float(np.ptp(self.shoulder_y_px)) / side_px

    def covers(self, time_s: float) -> bool:
        """Return whether the person can be in the picture at a time, as far as was seen."""
        return self.time_s[0] - _OUTSIDE_S <= time_s <= self.time_s[-1] + _OUTSIDE_S

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
    """Look at pictures spread over the film and choose the person to be examined.

    The detector's boxes are rough and sometimes empty, so each is looked at by the landmark
    network: what has no presence is dropped, what falls onto the same body is one person.
    """
    times: list[float] = []
    seen: list[tuple[Seen, ...]] = []
    for time_s, picture in film.samples(survey_times(film.time_s)):
        times.append(time_s)
        seen.append(look_at(picture, engine))
    return Survey(
        time_s=tuple(times),
        people=tuple(len(people) for people in seen),
        chosen=choose_person(link(times, seen), width_px=film.width_px, looks=len(times)),
    )


def look_at(picture: Pixels, engine: PoseEngine) -> tuple[Seen, ...]:
    """Return everybody in a picture, each once."""
    people: list[Seen] = []
    for person in engine.detect(picture):
        sighting = settled(engine, picture, person.region)
        region = sighting.next_region
        known = any(
            each.region.distance_px(region) < _SAME * max(each.region.side_px, region.side_px)
            for each in people
        )
        if sighting.pose.presence >= _MIN_PRESENCE and not known:
            shoulder_y_px = float(np.mean(sighting.pose.xy_px[_SHOULDERS, 1]))
            people.append(Seen(region=region, shoulder_y_px=shoulder_y_px))
    return tuple(people)


def link(times: Sequence[float], seen: Sequence[Sequence[Seen]]) -> tuple[PersonPath, ...]:
    """Join what single looks saw into one path per person.

    Each look's people are matched to the known paths at the least total distance from where the
    paths point to, plus a cost for a change of size; too far from all, a person is a new one.
    """
    paths: list[list[tuple[int, Seen]]] = []
    for look, people in enumerate(seen):
        cost = np.array([[_cost(path, times, look, person) for person in people] for path in paths])
        taken: set[int] = set()
        if cost.size:
            rows, columns = linear_sum_assignment(cost)
            for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
                if cost[row, column] < _FAR:
                    paths[row].append((look, people[column]))
                    taken.add(column)
        paths.extend([(look, person)] for at, person in enumerate(people) if at not in taken)
    return tuple(
        PersonPath(
            look=tuple(look for look, _ in path),
            time_s=tuple(times[look] for look, _ in path),
            region=tuple(person.region for _, person in path),
            shoulder_y_px=tuple(person.shoulder_y_px for _, person in path),
        )
        for path in paths
    )


def choose_person(paths: Sequence[PersonPath], *, width_px: int, looks: int) -> PersonPath | None:
    """Return the person to be examined, None if there is none.

    The score is size x centrality x share of the looks x motion of the shoulders.
    """
    if not paths:
        return None
    side = np.array([np.median([region.side_px for region in path.region]) for path in paths])
    x_px = np.array([np.median([region.x_px for region in path.region]) for path in paths])
    seen = np.array([len(path.look) / looks for path in paths])
    off_centre = (x_px / width_px - 0.5) / _CENTRE_WIDTH
    motion = np.array([min(1.0, path.shoulder_travel / _MOTION_FULL) for path in paths])
    standing = side * np.exp(-(off_centre**2)) * np.sqrt(seen)
    return paths[int(np.argmax(standing * (1.0 + _MOTION_GAIN * motion)))]


def _cost(
    path: Sequence[tuple[int, Seen]], times: Sequence[float], look: int, person: Seen
) -> float:
    """Return how unlikely it is that a path goes on with a person; `_FAR` if it cannot."""
    last_look, last = path[-1]
    elapsed_s = times[look] - times[last_look]
    across_px = person.region.x_px - last.region.x_px - _speed_px_s(path, times) * elapsed_s
    along_px = person.region.y_px - last.region.y_px
    side_px = max(last.region.side_px, person.region.side_px)
    size = abs(math.log2(person.region.side_px / last.region.side_px))
    cost = math.hypot(across_px, along_px) / side_px + _SIZE_COST * size
    return cost if cost <= min(_LINK_MAX, _LINK + _LINK_PER_S * elapsed_s) else _FAR


def _speed_px_s(path: Sequence[tuple[int, Seen]], times: Sequence[float]) -> float:
    """Return a path's sideways speed: walkers keep walking, lifters stay."""
    if len(path) < 2:  # noqa: PLR2004 - two looks make a speed
        return 0.0
    (look_0, before), (look_1, last) = path[-2:]
    return (last.region.x_px - before.region.x_px) / (times[look_1] - times[look_0])
