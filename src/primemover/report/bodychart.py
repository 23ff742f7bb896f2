"""The body chart: muscle groups light up by their share of the model's muscle force.

Three things carry the share, so that none has to be seen: depth of colour, width of the outline,
and the range in words. The role is in the outline (whole: moves, broken: does not) and in the
words too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from primemover.model.mechanics import MuscleInPart
from primemover.report import svg
from primemover.report.bodyshapes import BACK, BODY, FRONT, HEIGHT, MuscleShape, smooth_path
from primemover.report.musclewords import GROUPS, role_word
from primemover.report.ranges import is_known, percent_range
from primemover.words import say, word

__all__ = ["LEVELS", "BodyChart", "body_charts", "level_of", "muscle_title"]

LEVELS: Final = (0.01, 0.05, 0.10, 0.20)
"""Shares at which the next depth of colour begins. Engineering default, for looks only."""
_LABELLED: Final = 0.05  # a group with less of the force keeps its title but gets no label
_WIDTH: Final = 410.0
_MIDDLE: Final = 205.0
_LABEL_X: Final = 2.0
_LABEL_GAP: Final = 40.0  # between two labels, each of two lines
_LABEL_TOP: Final = 20.0
_BOTTOM: Final = HEIGHT - 24.0
_LETTER: Final = 8.3  # width of a letter, roughly: leaders begin behind the words


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyChart:
    """One part of the lift on the body: its back, which lifts, and its front."""

    back: Markup
    front: Markup


def level_of(share: float) -> int:
    """Return how deep a share (0-1) is coloured, 0 to 4."""
    return sum(share >= limit for limit in LEVELS)


def muscle_title(muscle: MuscleInPart) -> str:
    """Return what hovering over a group says: its name, range and role."""
    name = GROUPS[muscle.group]
    return say(
        "drawings.muscles.title",
        name=name.plain,
        latin=name.latin,
        share=percent_range(muscle.force_share),
        role=role_word(muscle.role),
    )


def body_charts(muscles: Sequence[MuscleInPart], part_name: str) -> BodyChart:
    """Return back and front of one part of the lift; both sides of the body look alike."""
    by_group = {one.group: one for one in muscles if is_known(one.force_share)}
    in_back = {shape.group for shape in BACK}
    only_front = {key: one for key, one in by_group.items() if key not in in_back}
    return BodyChart(
        back=_view(BACK, by_group, by_group, say("drawings.muscles.seen_back", part=part_name)),
        front=_view(
            FRONT, by_group, only_front, say("drawings.muscles.seen_front", part=part_name)
        ),
    )


def _view(
    shapes: Sequence[MuscleShape],
    muscles: Mapping[str, MuscleInPart],
    labelled: Mapping[str, MuscleInPart],
    name: str,
) -> Markup:
    groups = [_group(shape, muscles.get(shape.group)) for shape in shapes]
    pairs = [
        (shape, labelled[shape.group])
        for shape in shapes
        if shape.group in labelled and labelled[shape.group].force_share.middle >= _LABELLED
    ]
    spoken = "; ".join(f"{muscle_title(one)}" for _, one in pairs)
    return svg.picture(
        _WIDTH,
        HEIGHT,
        svg.tag("path", class_="body", d=_both_halves(BODY)),
        *groups,
        *_labels(pairs),
        title=say(
            "drawings.muscles.picture", part=name, muscles=spoken or say("drawings.muscles.none")
        ),
        class_="chart muscles",
    )


def _group(shape: MuscleShape, muscle: MuscleInPart | None) -> Markup:
    """Return one group, left and right; a title tells its range."""
    data = _both_halves(shape.outlines)
    if muscle is None:
        name = word("drawings.muscle", shape.group)
        title = svg.tag("title", say("drawings.muscles.unmodelled", name=name))
        return svg.tag("g", title, svg.tag("path", d=data), class_="muscle unmodelled")
    return svg.tag(
        "g",
        svg.tag("title", muscle_title(muscle)),
        svg.tag("path", d=data),
        class_=f"muscle s{level_of(muscle.force_share.middle)} {muscle.role}",
    )


def _both_halves(outlines: Sequence[tuple[tuple[float, float], ...]]) -> str:
    return "".join(
        smooth_path(outline, mirrored=mirrored, at=(_MIDDLE, 0.0))
        for outline in outlines
        for mirrored in (False, True)
    )


def _labels(pairs: Sequence[tuple[MuscleShape, MuscleInPart]]) -> list[Markup]:
    """Return labels, from top to bottom left and right in turn."""
    ordered = sorted(pairs, key=lambda pair: pair[0].label_at[1])
    parts = []
    for turn, side in enumerate((-1.0, 1.0)):
        mine = ordered[turn::2]
        places = _apart([shape.label_at[1] for shape, _ in mine])
        for (shape, muscle), y in zip(mine, places, strict=True):
            parts += _label(shape, muscle, side, y)
    return parts


def _label(shape: MuscleShape, muscle: MuscleInPart, side: float, y: float) -> list[Markup]:
    x = _LABEL_X if side < 0.0 else _WIDTH - _LABEL_X
    anchor = "start" if side < 0.0 else "end"
    words = GROUPS[muscle.group].plain
    elbow = x - side * (_LETTER * len(words) + 6.0)
    tip = (_MIDDLE + side * shape.label_at[0], shape.label_at[1])
    return [
        svg.tag("path", class_="leader", d=svg.path([(elbow, y - 7.0), tip])),
        svg.tag("circle", class_="leader-end", cx=tip[0], cy=tip[1], r=2.0),
        svg.text(x, y - 3.0, words, class_="who", anchor=anchor),
        svg.text(x, y + 12.0, percent_range(muscle.force_share), class_="share", anchor=anchor),
    ]


def _apart(places: list[float]) -> list[float]:
    """Return the places pushed apart, within the drawing; they come in order."""
    moved = [max(place, _LABEL_TOP) for place in places]
    for k in range(1, len(moved)):
        moved[k] = max(moved[k], moved[k - 1] + _LABEL_GAP)
    limit = _BOTTOM
    for k in range(len(moved) - 1, -1, -1):
        moved[k] = min(moved[k], limit)
        limit = moved[k] - _LABEL_GAP
    return moved
