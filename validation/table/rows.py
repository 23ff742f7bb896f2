"""Which films make a row of the table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np

from primemover.model.arrays import Mask
from validation.table.bounds import COMPARED, HARD, TARGETS, USUAL, Target
from validation.table.observations import Observations, of_curves, of_measures
from validation.table.records import FilmResult
from validation.table.statistics import Summary, summary

__all__ = [
    "COLUMNS",
    "GROUPS",
    "YAW_BANDS_DEG",
    "Group",
    "Level",
    "Seen",
    "chosen",
    "clothing_levels",
    "faces_as_asked",
    "in_yaw_band",
    "is_hard",
    "is_usual",
    "measure_ids",
    "other_curves",
    "yaw_deg",
]

Keeps = Callable[[FilmResult], bool]

YAW_ASKED_DEG: Final = 10.0  # the target table's limit
_OPEN_DEG: Final = 180.0
YAW_BANDS_DEG: Final = ((0.0, 5.0), (5.0, 10.0), (10.0, 15.0), (15.0, 20.0), (20.0, _OPEN_DEG))
_EDGE: Final = 1e-6  # deg: a camera at exactly 10 deg belongs to the lower band
_TILT_DEG: Final = 3.0
_SMALL_PX, _LARGE_PX = 600, 1000  # short side of the picture
_SLOW_PER_S, _FAST_PER_S = 27.0, 45.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One row: which films it keeps."""

    label: str
    keeps: Keeps


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The rows of one factor; `everywhere` if films of every yaw count, not only up to 10 deg."""

    title: str
    levels: Callable[[Sequence[FilmResult]], list[Level]]
    everywhere: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """All observations of a target in all films.

    Attributes
    ----------
    curves, events : of its curves, and of its measures at events
    """

    target: Target
    curves: Observations
    events: Observations

    @classmethod
    def every(cls, films: Sequence[FilmResult]) -> tuple[Seen, ...]:
        """Return the observations of every target."""
        return tuple(cls._of(films, target) for target in TARGETS)

    @classmethod
    def beside(cls, films: Sequence[FilmResult]) -> tuple[Seen, ...]:
        """Return the observations of what has no target but is compared with others."""
        return tuple(cls._of(films, target) for target in COMPARED)

    @classmethod
    def _of(cls, films: Sequence[FilmResult], target: Target) -> Seen:
        return cls(
            target=target,
            curves=of_curves(films, target.curves),
            events=of_measures(films, target.measures),
        )

    def row(self, films: Mask) -> Summary:
        """Return the statistics of the curves in the films marked in (F,)."""
        return summary(self.curves.of_films(films))


def chosen(films: Sequence[FilmResult], *keeps: Keeps) -> Mask:
    """Return (F,) which films all the conditions keep."""
    return np.array([all(keep(film) for keep in keeps) for film in films], dtype=bool)


def yaw_deg(film: FilmResult) -> float:
    """Return how far the camera is off the view the test wants, whichever way."""
    return abs(float(np.rad2deg(film.factors.yaw_rad)))


def in_yaw_band(film: FilmResult, *, low: float, high: float) -> bool:
    """Return whether the camera's yaw is in (low, high] deg; 0 belongs to the first band."""
    return (low + _EDGE if low else -1.0) < yaw_deg(film) <= high + _EDGE


def faces_as_asked(film: FilmResult) -> bool:
    """Return whether the camera is at most 10 deg off."""
    return yaw_deg(film) <= YAW_ASKED_DEG + _EDGE


def is_usual(film: FilmResult) -> bool:
    """Return whether a film belongs in the target table's first column."""
    factors = film.factors
    return faces_as_asked(film) and factors.close_fitting and not factors.plates


def is_hard(film: FilmResult) -> bool:
    """Return whether a film belongs in the target table's second column."""
    factors = film.factors
    return faces_as_asked(film) and (factors.plates or not factors.close_fitting)


COLUMNS: Final[dict[str, Keeps]] = {USUAL: is_usual, HARD: is_hard}


def _has(film: FilmResult, *, name: str, value: object) -> bool:
    return bool(getattr(film.factors, name) == value)


def _each(name: str, films: Sequence[FilmResult]) -> list[Level]:
    """Return a row for every value of a factor that occurs."""
    values = sorted({str(getattr(film.factors, name)) for film in films})
    return [
        Level(label=_words(value), keeps=partial(_has, name=name, value=value)) for value in values
    ]


def _is_style(film: FilmResult, *, move: str, style: str) -> bool:
    return (film.factors.move, film.factors.style) == (move, style)


def _styles(films: Sequence[FilmResult]) -> list[Level]:
    pairs = sorted({(film.factors.move, film.factors.style) for film in films})
    return [
        Level(
            label=f"{_words(move)}: {_words(style)}",
            keeps=partial(_is_style, move=move, style=style),
        )
        for move, style in pairs
    ]


def _views(_: Sequence[FilmResult]) -> list[Level]:
    return [
        Level(
            label=f"yaw over {low:.0f} deg"
            if high >= _OPEN_DEG
            else f"yaw {low:.0f} to {high:.0f}",
            keeps=partial(in_yaw_band, low=low, high=high),
        )
        for low, high in YAW_BANDS_DEG
    ]


def clothing_levels(films: Sequence[FilmResult]) -> list[Level]:
    """Return a row for every kind, close-fitting ones first."""
    kinds = {(not film.factors.close_fitting, film.factors.clothing) for film in films}
    return [
        Level(
            label=f"{_words(kind)} ({'loose' if loose else 'close'})",
            keeps=partial(_has, name="clothing", value=kind),
        )
        for loose, kind in sorted(kinds)
    ]


def _plates(_: Sequence[FilmResult]) -> list[Level]:
    return [
        Level(label="no plates, close", keeps=is_usual),
        Level(
            label="no plates, loose",
            keeps=lambda film: not (film.factors.plates or film.factors.close_fitting),
        ),
        Level(
            label="plates, close",
            keeps=lambda film: film.factors.plates and film.factors.close_fitting,
        ),
        Level(
            label="plates, loose",
            keeps=lambda film: film.factors.plates and not film.factors.close_fitting,
        ),
    ]


def _camera(films: Sequence[FilmResult]) -> list[Level]:
    """Return rows for tilt, picture size, frame rate, light and what else is in the film."""
    rows = [
        Level(label="upright (pitch, roll within 3 deg)", keeps=lambda film: not _tilted(film)),
        Level(label="tilted (pitch or roll over 3 deg)", keeps=_tilted),
        Level(label="short side under 600 px", keeps=lambda film: _short_px(film) < _SMALL_PX),
        Level(
            label="short side 600 to 999 px",
            keeps=lambda film: _SMALL_PX <= _short_px(film) < _LARGE_PX,
        ),
        Level(label="short side 1000 px and more", keeps=lambda f: _short_px(f) >= _LARGE_PX),
        Level(label="under 27 frames/s", keeps=lambda f: f.factors.frames_per_s < _SLOW_PER_S),
        Level(
            label="27 to 45 frames/s",
            keeps=lambda f: _SLOW_PER_S <= f.factors.frames_per_s <= _FAST_PER_S,
        ),
        Level(label="over 45 frames/s", keeps=lambda f: f.factors.frames_per_s > _FAST_PER_S),
        Level(label="uneven frames", keeps=partial(_has, name="uneven", value=True)),
    ]
    lights = [Level(label=f"light: {one.label}", keeps=one.keeps) for one in _each("light", films)]
    extras = sorted({extra for film in films for extra in film.factors.extras})
    return [*rows, *lights, *(_extra(name) for name in extras)]


def _extra(name: str) -> Level:
    return Level(label=f"with {_words(name)}", keeps=lambda film: name in film.factors.extras)


def _people(films: Sequence[FilmResult]) -> list[Level]:
    return [*_each("sex", films), *_each("build", films)]


def _tilted(film: FilmResult) -> bool:
    most = max(abs(film.factors.pitch_rad), abs(film.factors.roll_rad))
    return float(np.rad2deg(most)) > _TILT_DEG


def _short_px(film: FilmResult) -> int:
    return min(film.factors.width_px, film.factors.height_px)


def _words(name: str) -> str:
    return name.replace("_", " ")


GROUPS: Final = (
    Group(title="By move", levels=partial(_each, "move")),
    Group(title="By style of the move", levels=_styles),
    Group(title="By view", levels=_views, everywhere=True),
    Group(title="By plates and fit of the clothes", levels=_plates),
    Group(title="By clothing", levels=clothing_levels),
    Group(title="By camera, light and surroundings", levels=_camera),
    Group(title="By person", levels=_people),
)


def other_curves(films: Iterable[FilmResult]) -> list[str]:
    """Return the ids of curves that no target has, sorted."""
    targeted = {name for target in TARGETS for name in target.curves}
    return sorted({curve.id for film in films for curve in film.curves} - targeted)


def measure_ids(films: Iterable[FilmResult]) -> list[str]:
    """Return the ids of all measures, sorted."""
    return sorted({measure.id for film in films for measure in film.measures})
