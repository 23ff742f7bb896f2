"""The virtual lifters once more, as slow as a body must be to stay on its feet.

The lifts of the calibration are posed briskly, to save frames: from the floor to lockout in less
than a second. Postures and films do not mind, but nobody could do it: the centre of pressure would
leave the feet by far. Here the same movement is played slower while the load is in the hands, over
a time that real lifts take, and slower still until the centre of pressure stays under the feet.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np

from primemover.model.arrays import Floats
from validation.calibration.cases import Case
from validation.known_load.masses import Masses, masses_of
from validation.known_load.mechanics import TrueMechanics, true_mechanics
from validation.virtual.bodies import SIDES, Body
from validation.virtual.lifts import lift
from validation.virtual.motion import Take
from validation.virtual.performance import Performance
from validation.virtual.rotations import turn

__all__ = ["FINE_PER_S", "LifterCase", "Tempo", "lifters", "on_the_feet"]

FINE_PER_S: Final = 120.0
# From the floor to lockout: light and moderate lifts take 1 to 2 s, near-maximal ones longer
# (engineering default; no publication's figures were checked for it).
_PULL_S: Final = (1.3, 2.4)
_SLOWER: Final = 1.15
_TRIES: Final = 8
_ON_FEET: Final = 0.99  # of the instants from lift-off to lockout
_SHAKE: Final = 0.12  # of a frame's time, as `motion.Take` has it


@dataclass(frozen=True, slots=True, kw_only=True)
class Tempo:
    """How posed time runs in the film: `slower` times as long from `start_s` to `end_s`."""

    start_s: float
    end_s: float
    slower: float

    def film_s(self, posed_s: Floats) -> Floats:
        """Return when in the film posed instants are."""
        loaded = np.clip(posed_s, self.start_s, self.end_s) - self.start_s
        film: Floats = posed_s + (self.slower - 1.0) * loaded
        return film

    def posed_s(self, film_s: Floats) -> Floats:
        """Return which posed instants are at times of the film."""
        loaded = (self.end_s - self.start_s) * self.slower
        inside = np.clip(film_s - self.start_s, 0.0, loaded)
        posed: Floats = film_s - (1.0 - 1.0 / self.slower) * inside
        return posed


_AS_POSED: Final = Tempo(start_s=0.0, end_s=0.0, slower=1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class _TimedTake(Take):
    """A take on a clock of its own; everything else is drawn as for the brisk one."""

    tempo: Tempo
    rate_per_s: float
    shaky: bool

    def frame_times_s(self, length_s: float, random: np.random.Generator) -> Floats:
        """Return the posed instants of the frames."""
        super(_TimedTake, self).frame_times_s(length_s, random)
        end_s = float(self.tempo.film_s(np.array([length_s]))[0])
        film_s = np.arange(int(np.floor(end_s * self.rate_per_s))) / self.rate_per_s
        if self.shaky:
            own = np.random.default_rng([self.seed, film_s.size])
            late = own.uniform(-_SHAKE, _SHAKE, size=film_s.size) / self.rate_per_s
            film_s = film_s + late - late[0]
        return self.tempo.posed_s(film_s)


@dataclass(frozen=True)
class LifterCase(Case):
    """A lift of the calibration, same person, load, clothes and camera, in a lifter's tempo."""

    @property
    def name(self) -> str:
        """Return a unique file name without ending."""
        return f"lifter-{super().name}"

    @cached_property
    def masses(self) -> Masses:
        """Return what the parts of the person weigh."""
        return masses_of(self.body)

    @cached_property
    def tempo(self) -> Tempo:
        """Return the drawn tempo, or the quickest slower one that stays on the feet.

        Raises
        ------
        ValueError
            If not even the slowest does.
        """
        brisk = self._lifted(_AS_POSED, FINE_PER_S, shaky=False)
        at = brisk.repetitions[0]
        lift_off, lockout, lowering = (
            float(at[f"{name}_s"]) for name in ("liftoff", "lockout", "lowering")
        )
        racked = brisk.load is not None and brisk.load.rests_on == "rack"
        pull_s = float(self._random("tempo").uniform(*_PULL_S))
        tempo = Tempo(
            start_s=brisk.standing_s[1] if racked else float(at["start_s"]),
            end_s=0.5 * (lockout + lowering),
            slower=max(pull_s / (lockout - lift_off), 1.0),
        )
        for _ in range(_TRIES):
            lifted = self._lifted(tempo, FINE_PER_S, shaky=False)
            if on_the_feet(lifted, true_mechanics(lifted, self.masses)) >= _ON_FEET:
                return tempo
            tempo = replace(tempo, slower=tempo.slower * _SLOWER)
        raise ValueError(f"{self.name}: nobody could stand so")

    @property
    def stands(self) -> bool:
        """Whether some tempo keeps the person on the feet."""
        try:
            return self.tempo.slower > 0.0
        except ValueError:
            return False

    def performance(self) -> Performance:
        """Return the person doing it, at the film's frames."""
        return self._lifted(self.tempo, self.shot.frames_per_s, shaky=self.shot.uneven)

    def fine_performance(self) -> Performance:
        """Return the same movement, 120 times a second."""
        return self._lifted(self.tempo, FINE_PER_S, shaky=False)

    def _lifted(self, tempo: Tempo, rate_per_s: float, *, shaky: bool) -> Performance:
        take = _TimedTake(
            seed=self.seed,
            frames_per_s=self.shot.frames_per_s,
            uneven=self.shot.uneven,
            length="short",
            tempo=tempo,
            rate_per_s=rate_per_s,
            shaky=shaky,
        )
        posed = lift(self.body, kind=self.move, style=self.style, take=take)
        return replace(
            posed,
            time_s=tempo.film_s(posed.time_s),
            repetitions=tuple(_in_film(one, tempo) for one in posed.repetitions),
        )


def _in_film(
    repetition: dict[str, float | str | bool], tempo: Tempo
) -> dict[str, float | str | bool]:
    return {
        name: float(tempo.film_s(np.array([value]))[0]) if isinstance(value, float) else value
        for name, value in repetition.items()
    }


def lifters(set_name: str, count: int) -> list[LifterCase]:
    """Return the lifts among the first films of a set that somebody could stand in.

    A few postures have their centre of pressure off the feet however slowly they are taken.
    """
    found = (LifterCase(set_name, number) for number in range(count))
    return [case for case in found if case.test == "deadlift" and case.stands]


def on_the_feet(lifted: Performance, true: TrueMechanics) -> float:
    """Return in which share of the pull the centre of pressure is between heels and toes."""
    at = lifted.repetitions[0]
    pull = (true.time_s >= float(at["liftoff_s"])) & (true.time_s <= float(at["lockout_s"]))
    heel_m, toe_m = _feet_m(lifted.body, lifted)
    pressure = true.pressure_m[pull]
    return float(np.mean((pressure > heel_m) & (pressure < toe_m)))


def _feet_m(body: Body, lifted: Performance) -> tuple[float, float]:
    """Return heels and toes ahead of the middle between the ankles as the feet stand."""
    track, ends = lifted.track, []
    middle = np.mean([track.joints_m[0, body.joint(f"ankle_{side}"), 0] for side in SIDES])
    for side in SIDES:
        ankle = body.joint(f"ankle_{side}")
        foot = np.isin(body.weight_joints[:, 0], [ankle, body.joint(f"toe_{side}")])
        turned = turn(track.rotations[0, ankle], body.vertices_m[foot] - body.joints_m[ankle])
        x = turned[:, 0] + track.joints_m[0, ankle, 0] - middle
        ends.append((x.min(), x.max()))
    heel, toe = np.mean(ends, axis=0)
    return float(heel), float(toe)
