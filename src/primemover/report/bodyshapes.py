"""The body, front and back, as points: one half of it, the other is its mirror image.

Our own drawing, in a box 440 units high: crown at 0, soles at 436. x counts outwards from the
midline. Shapes are closed curves through the points; they are a chart, not an atlas.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

__all__ = ["BACK", "BODY", "FRONT", "HEIGHT", "MuscleShape", "Outline", "smooth_path"]

Outline = tuple[tuple[float, float], ...]

HEIGHT: Final = 440.0
_SIXTH: Final = 1.0 / 6.0  # Catmull-Rom to Bezier: handles are a sixth of the neighbours' distance


@dataclass(frozen=True, slots=True, kw_only=True)
class MuscleShape:
    """One muscle group in one view.

    `group` is an id of the muscle geometry table, or of a part that the model does not have;
    `outlines` are its shapes on one half of the body; `label_at` is where a label points to.
    """

    group: str
    outlines: tuple[Outline, ...]
    label_at: tuple[float, float]


BODY: Final[tuple[Outline, ...]] = (
    # head and neck
    ((-5, 4), (5, 4), (14, 9), (21, 22), (21, 34), (17, 46), (9, 55), (-5, 58)),
    ((-5, 44), (12, 46), (12, 60), (16, 72), (27, 81), (-5, 90)),
    # trunk
    (
        (0, 70),
        (13, 70),
        (22, 77),
        (44, 84),
        (54, 94),
        (50, 112),
        (44, 124),
        (41, 144),
        (36, 166),
        (34, 182),
        (39, 198),
        (46, 218),
        (47, 236),
        (26, 246),
        (0, 242),
    ),
    # leg
    (
        (0, 234),
        (24, 226),
        (46, 222),
        (49, 240),
        (48, 264),
        (44, 288),
        (38, 312),
        (36, 326),
        (39, 346),
        (38, 366),
        (31, 390),
        (26, 408),
        (27, 420),
        (34, 430),
        (31, 436),
        (16, 436),
        (13, 424),
        (15, 408),
        (14, 388),
        (9, 366),
        (10, 346),
        (13, 328),
        (10, 310),
        (5, 284),
        (2, 258),
        (1, 244),
    ),
    # arm
    (
        (44, 84),
        (56, 86),
        (64, 96),
        (67, 112),
        (70, 132),
        (76, 152),
        (81, 170),
        (86, 192),
        (91, 214),
        (97, 226),
        (101, 240),
        (98, 254),
        (90, 256),
        (86, 244),
        (83, 224),
        (76, 206),
        (68, 188),
        (63, 172),
        (58, 152),
        (52, 128),
        (46, 112),
        (42, 98),
    ),
)
"""The silhouette of one half, in overlapping pieces."""

_DELTOID: Final[Outline] = (
    (48, 86),
    (58, 88),
    (65, 100),
    (65, 114),
    (60, 124),
    (54, 112),
    (48, 100),
)
_FOREARM: Final[Outline] = (
    (66, 174),
    (78, 166),
    (82, 182),
    (86, 204),
    (88, 216),
    (83, 218),
    (75, 200),
    (67, 184),
)

FRONT: Final[tuple[MuscleShape, ...]] = (
    MuscleShape(
        group="chest",
        outlines=(((2, 96), (18, 90), (40, 92), (48, 104), (42, 118), (24, 126), (2, 121)),),
        label_at=(24, 108),
    ),
    MuscleShape(group="deltoids", outlines=(_DELTOID,), label_at=(58, 104)),
    MuscleShape(
        group="upper_arms",
        outlines=(((56, 124), (64, 120), (70, 138), (74, 158), (66, 164), (60, 148)),),
        label_at=(66, 144),
    ),
    MuscleShape(group="forearms", outlines=(_FOREARM,), label_at=(78, 196)),
    MuscleShape(
        group="abdominals",
        outlines=(
            ((1.5, 128), (14, 130), (15, 160), (14, 190), (11, 212), (5, 228), (1.5, 230)),
            (
                (17, 132),
                (30, 128),
                (40, 130),
                (37, 150),
                (33, 168),
                (31, 184),
                (35, 197),
                (26, 206),
                (16, 210),
                (17, 180),
            ),
        ),
        label_at=(27, 166),
    ),
    MuscleShape(
        group="hip_flexors",
        outlines=(((20, 214), (35, 203), (37, 212), (27, 230), (14, 244), (8, 238)),),
        label_at=(24, 222),
    ),
    MuscleShape(
        group="gluteus_medius",
        outlines=(((38, 202), (44, 214), (47, 230), (45, 250), (41, 240), (38, 224)),),
        label_at=(43, 222),
    ),
    MuscleShape(
        group="other_adductors",
        outlines=(((3, 245), (12, 246), (20, 242), (19, 256), (14, 276), (11, 294), (7, 276)),),
        label_at=(11, 262),
    ),
    MuscleShape(
        group="quadriceps",
        outlines=(
            (
                (27, 238),
                (35, 226),
                (41, 244),
                (45, 262),
                (42, 286),
                (36, 310),
                (31, 300),
                (27, 274),
            ),
            (
                (25, 240),
                (27, 262),
                (29, 288),
                (29, 310),
                (22, 313),
                (17, 302),
                (14, 286),
                (18, 264),
            ),
            ((13, 288), (19, 304), (19, 317), (13, 313), (11, 300)),
        ),
        label_at=(34, 276),
    ),
    MuscleShape(
        group="shins",
        outlines=(((24, 334), (32, 334), (34, 350), (31, 370), (25, 394), (21, 400), (22, 374)),),
        label_at=(28, 360),
    ),
    MuscleShape(
        group="calves",
        outlines=(
            ((12, 336), (18, 338), (18, 360), (17, 380), (13, 364)),
            ((35, 336), (38, 350), (36, 368), (32, 382), (34, 358)),
        ),
        label_at=(15, 356),
    ),
)
"""The front, from the shoulders down."""

BACK: Final[tuple[MuscleShape, ...]] = (
    MuscleShape(group="deltoids", outlines=(_DELTOID,), label_at=(58, 104)),
    MuscleShape(
        group="upper_arms",
        outlines=(((54, 122), (62, 122), (70, 138), (76, 160), (66, 168), (60, 150)),),
        label_at=(64, 144),
    ),
    MuscleShape(group="forearms", outlines=(_FOREARM,), label_at=(78, 196)),
    MuscleShape(
        group="lats",
        outlines=(
            (
                (16, 134),
                (30, 120),
                (46, 116),
                (44, 130),
                (40, 146),
                (35, 166),
                (28, 178),
                (17, 190),
            ),
        ),
        label_at=(33, 144),
    ),
    MuscleShape(
        group="upper_back",
        outlines=(
            (
                (1.5, 60),
                (10, 62),
                (15, 74),
                (32, 83),
                (47, 87),
                (44, 98),
                (36, 112),
                (24, 116),
                (12, 134),
                (1.5, 152),
            ),
        ),
        label_at=(24, 98),
    ),
    MuscleShape(
        group="quadratus_lumborum",
        outlines=(((20, 184), (29, 176), (32, 184), (33, 193), (24, 197), (18, 196)),),
        label_at=(27, 188),
    ),
    MuscleShape(
        group="erector_spinae",
        outlines=(
            (
                (4, 152),
                (11, 138),
                (15, 138),
                (15.5, 160),
                (16, 184),
                (14, 200),
                (8, 210),
                (7.5, 190),
                (5, 172),
            ),
        ),
        label_at=(11, 166),
    ),
    MuscleShape(
        group="multifidus",
        outlines=(((1.2, 168), (3.4, 172), (5.6, 188), (6.4, 206), (4.4, 220), (1.2, 228)),),
        label_at=(3.5, 206),
    ),
    MuscleShape(
        group="gluteus_medius",
        outlines=(((14, 205), (26, 197), (38, 200), (44, 214), (46, 228), (38, 220), (26, 210)),),
        label_at=(36, 209),
    ),
    MuscleShape(
        group="gluteus_maximus",
        outlines=(
            (
                (6, 216),
                (12, 208),
                (26, 213),
                (38, 223),
                (46, 234),
                (46, 248),
                (38, 258),
                (22, 263),
                (8, 260),
                (2, 248),
                (2, 230),
            ),
        ),
        label_at=(30, 238),
    ),
    MuscleShape(
        group="adductor_magnus",
        outlines=(((2.5, 262), (9, 264), (12, 278), (12, 296), (9, 304), (6, 288)),),
        label_at=(8, 278),
    ),
    MuscleShape(
        group="hamstrings",
        outlines=(
            (
                (28, 265),
                (44, 258),
                (45, 274),
                (42, 296),
                (38, 316),
                (34, 328),
                (30, 316),
                (28, 292),
            ),
            ((12, 266), (25, 266), (26, 290), (25, 312), (17, 326), (13, 314), (14, 292)),
        ),
        label_at=(36, 286),
    ),
    MuscleShape(
        group="calves",
        outlines=(
            ((25, 332), (34, 330), (38, 348), (37, 364), (30, 374), (25, 366)),
            ((13, 334), (23, 332), (23, 368), (17, 374), (11, 362), (11, 346)),
            ((17, 379), (24, 374), (31, 379), (27, 396), (24, 412), (19, 410), (18, 394)),
        ),
        label_at=(31, 352),
    ),
)
"""The back, from the shoulders down; what lies on top comes last."""


def smooth_path(outline: Outline, *, mirrored: bool, at: tuple[float, float]) -> str:
    """Return path data of a closed curve through the points (centripetal enough for a chart).

    `at` is where midline and crown lie; `mirrored` draws the other half.
    """
    sign = -1.0 if mirrored else 1.0
    points = [(at[0] + sign * x, at[1] + y) for x, y in outline]
    if mirrored:  # both halves must run the same way round, or they cut holes where they overlap
        points.reverse()
    count = len(points)
    parts = [f"M{_pair(points[0])}"]
    for k in range(count):
        before, start, end, after = (points[(k + step) % count] for step in (-1, 0, 1, 2))
        first = tuple(s + (e - b) * _SIXTH for b, s, e in zip(before, start, end, strict=True))
        second = tuple(e - (a - s) * _SIXTH for s, e, a in zip(start, end, after, strict=True))
        parts.append(f"C{_pair(first)} {_pair(second)} {_pair(end)}")
    return "".join(parts) + "Z"


def _pair(point: tuple[float, ...]) -> str:
    return " ".join(f"{value:.1f}".rstrip("0").rstrip(".") for value in point)
