"""Who does what in what clothes, filmed how: the films that corrections are fitted and tested on.

Everything about a film follows from its set and its number. No person is in two sets.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Final, TypeVar

import numpy as np

from validation.virtual.bodies import FIRST, Body, crossed_body, load_body, people_for
from validation.virtual.clothes import KINDS, Clothes, draw_clothes
from validation.virtual.film import film
from validation.virtual.moves import MOVES, TEST_OF, perform
from validation.virtual.performance import Performance
from validation.virtual.shot import Shot
from validation.virtual.shot_draws import HARD, USUAL, draw_shot

__all__ = ["CLOSE", "COUNTS", "SETS", "Case", "cases"]

Choice = TypeVar("Choice")

# Sets: the ensemble learns from the first, intervals are set on the second, the table is made of
# the third. A third of the people kept for fitting are the second's.
SETS: Final = ("learn", "calibrate", "test")
# How many films of each were made for what is shipped: hours of two cores for the first two; the
# last took 36 minutes beside other work. (The seated films to learn from were numbers 1000 to 1399
# of the first set, and the first 150 of the second set.)
COUNTS: Final = {"learn": 1683, "calibrate": 200, "test": 220}
_SEED: Final = {"learn": 1_000_000, "calibrate": 2_000_000, "test": 3_000_000}
# From here on every film to learn from has somebody new, crossed from two of the people to learn
# from: more people teach more than more films of the same.
_CROSSED_FROM: Final = 1500
_CROSSED: Final = 100_000
_CALIBRATE_SHARE: Final = 4  # one in so many of the people for fitting

# Clothes that follow the skin: the target table's left column.
CLOSE: Final = ("bare", "tight")
_CLOSE_SHARE: Final = 0.4
_HARD_SHARE: Final = 0.3
_CROWDED_SHARE: Final = 0.5  # of the films that would have somebody or something in the way

# How often each move is filmed, per hundred.
_MOVES: Final = {
    "conventional": 26,
    "sumo": 9,
    "romanian": 9,
    "kettlebell": 10,
    "forward_bend": 26,
    "hip_rotation_active": 10,
    "hip_rotation_passive": 10,
}
# Small pictures and few a second keep 100,000 of them affordable; the network sees 256 x 256.
_SIZES: Final = (((360, 640), 0.25), ((480, 854), 0.40), ((540, 960), 0.30), ((720, 1280), 0.05))
_RATES: Final = ((15.0, 0.25), (20.0, 0.25), (24.0, 0.25), (30.0, 0.25))
# People, clothes and cameras teach more than frames do: the films that are only learned from show a
# posture ten times a second, so that twice as many can be had.
_SPARSE: Final = 10.0


@dataclass(frozen=True)
class Case:
    """One film.

    Attributes
    ----------
    set_name, number : what everything else follows from
    """

    set_name: str
    number: int

    @property
    def name(self) -> str:
        """Return a unique file name without ending."""
        return f"{self.set_name}-{self.number:04d}"

    @property
    def seed(self) -> int:
        """Return the seed of everything drawn."""
        return _SEED[self.set_name] + self.number

    @cached_property
    def move(self) -> str:
        """Return the move: the same mixture in every hundred films."""
        bag = [name for name, count in _MOVES.items() for _ in range(count)]
        order = np.random.default_rng(_SEED[self.set_name] + self.number // 100).permutation(100)
        return str(bag[int(order[self.number % 100])])

    @cached_property
    def style(self) -> str:
        """Return the style, each equally often."""
        return str(self._random("style").choice(MOVES[self.move]))

    @cached_property
    def person(self) -> int:
        """Return the number of the person; those beyond the drawn people are crossed from two."""
        if self._is_crossed:
            return _CROSSED + self.number
        people = _people(self.set_name)
        return people[int(self._random("person").integers(len(people)))]

    @cached_property
    def body(self) -> Body:
        """Return the body of that person."""
        if not self._is_crossed:
            return load_body(self.person)
        random = self._random("person")
        people = [one for one in _people(self.set_name) if one >= FIRST]
        sexes = {one: load_body(one).sex for one in people}
        first = people[int(random.integers(len(people)))]
        alike = [one for one in people if sexes[one] == sexes[first] and one != first]
        return crossed_body(first, alike[int(random.integers(len(alike)))], seed=self.seed)

    @property
    def _is_crossed(self) -> bool:
        return self.set_name == "learn" and self.number >= _CROSSED_FROM

    @cached_property
    def clothes(self) -> Clothes:
        """Return what is worn: close-fitting in two films of five."""
        random = self._random("clothes")
        loose = tuple(kind for kind in KINDS if kind not in CLOSE)
        kinds = CLOSE if random.random() < _CLOSE_SHARE else loose
        return draw_clothes(random, kind=str(random.choice(kinds)))

    @cached_property
    def shot(self) -> Shot:
        """Return how it is filmed: three films of ten carelessly."""
        random = self._random("shot")
        hard = bool(random.random() < _HARD_SHARE)
        ranges = HARD if hard else USUAL
        drawn = draw_shot(random, view=self.view, ranges=ranges)
        portrait = drawn.size_px[0] < drawn.size_px[1]
        size = _drawn(random, _SIZES)
        fill = drawn.fill if portrait or drawn.fill is None else min(drawn.fill, 0.9)
        return replace(
            drawn,
            size_px=size if portrait else size[::-1],
            fill=fill,
            frames_per_s=_drawn(random, _RATES) if self.set_name != "learn" else _SPARSE,
            extras=drawn.extras if random.random() < _CROWDED_SHARE else frozenset(),
        )

    @property
    def view(self) -> str:
        """Return the view its test wants."""
        return "front" if self.move.startswith("hip_rotation") else "side"

    @property
    def test(self) -> str:
        """Return the test it is filmed for."""
        return TEST_OF[self.move]

    def performance(self) -> Performance:
        """Return the person doing it."""
        return perform(
            self.move,
            self.style,
            self.body,
            seed=self.seed,
            frames_per_s=self.shot.frames_per_s,
            uneven=self.shot.uneven,
            length="short",
        )

    def film(self, path: Path) -> None:
        """Write the film and its truth."""
        film(self.performance(), self.shot, path, clothes=self.clothes)

    def _random(self, part: str) -> np.random.Generator:
        return np.random.default_rng([self.seed, *part.encode()])


def cases(set_name: str, count: int) -> list[Case]:
    """Return the first films of a set."""
    return [Case(set_name, number) for number in range(count)]


def _people(set_name: str) -> tuple[int, ...]:
    if set_name == "test":
        return people_for("test")
    fit = people_for("fit")
    # The first eight were looked at while the program was made: they only teach.
    kept = {one for one in fit[8:] if one % _CALIBRATE_SHARE == 0}
    return tuple(one for one in fit if (one in kept) == (set_name == "calibrate"))


def _drawn(random: np.random.Generator, choices: tuple[tuple[Choice, float], ...]) -> Choice:
    weights = np.array([weight for _, weight in choices])
    return choices[int(random.choice(len(choices), p=weights / weights.sum()))][0]
