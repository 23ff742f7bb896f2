"""One person's planar body: how long, how heavy and how hard to turn each segment is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from primemover.dynamics.segments import Segment
from primemover.errors import OutOfRangeError
from primemover.knowledge.segment_rows import Part, SegmentTable
from primemover.model.arrays import Floats, frozen

__all__ = ["Body", "Lengths", "body_of", "foreshortened", "lengths_from_stature"]

_PARTS: Final[tuple[Part, ...]] = (
    "foot",
    "shank",
    "thigh",
    "pelvis",
    "lumbar",
    "chest",
    "head",
    "upper_arm",
    "forearm",
)
"""Parts in the order of `Segment`; the hand joins the forearm."""
_PAIRED: Final = frozenset({"foot", "shank", "thigh", "upper_arm", "forearm", "hand"})
_TRUNK: Final = frozenset({"pelvis", "lumbar", "chest"})
# The foot's centre lies half-way between the ankle's axis and the sole; engineering default.
_FOOT_CENTRE_DOWN: Final = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Lengths:
    """A person's lengths in the sagittal plane, metres; each a number or an array (...,).

    The leading axes are those of Monte-Carlo draws, e.g. ``(D,)``.

    Attributes
    ----------
    heel_m, toe_m : how far the heel lies behind, the toes' tip before the ankle
    ankle_height_m : the ankle's axis above the sole
    trunk_m : mid-hip to mid-shoulder, standing upright
    head_m : lower neck to vertex
    forearm_m : elbow to wrist
    hand_m : wrist to the middle of the grip
    """

    heel_m: Floats
    toe_m: Floats
    ankle_height_m: Floats
    shank_m: Floats
    thigh_m: Floats
    trunk_m: Floats
    head_m: Floats
    upper_arm_m: Floats
    forearm_m: Floats
    hand_m: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """Rigid segments of both sides together, S = 9 in the order of `Segment`.

    Places are in the segment's own frame, (forward, up) in standing, counted from the joint that
    carries it (the foot's from the ankle).

    Attributes
    ----------
    mass_kg : (S, ...) array
    inertia_kg_m2 : (S, ...) array, about the centre of mass, for turning in the sagittal plane
    centre_m : (S, ..., 2) array, the centre of mass
    end_m : (S, ..., 2) array, the next joint: of the chest the shoulder, of the forearm the middle
        of the grip, of the foot the ankle itself
    neck_m : (..., 2) array, the lower neck in the chest's frame
    lengths : what the body was built from
    """

    mass_kg: Floats
    inertia_kg_m2: Floats
    centre_m: Floats
    end_m: Floats
    neck_m: Floats
    lengths: Lengths

    @property
    def total_mass_kg(self) -> Floats:
        """The whole body's mass, (...,)."""
        total: Floats = self.mass_kg.sum(axis=0)
        return total

    @property
    def arm_m(self) -> tuple[Floats, Floats]:
        """Shoulder to elbow and elbow to grip, (...,) each."""
        return -self.end_m[Segment.UPPER_ARM, ..., 1], -self.end_m[Segment.FOREARM, ..., 1]

    def over(self, draws: tuple[int, ...]) -> Body:
        """Return the same body with every array repeated over the draws, (S, *draws)."""

        def many(values: Floats, *last: int) -> Floats:
            return np.stack([np.broadcast_to(value, (*draws, *last)) for value in values])

        return replace(
            self,
            mass_kg=many(self.mass_kg),
            inertia_kg_m2=many(self.inertia_kg_m2),
            centre_m=many(self.centre_m, 2),
            end_m=many(self.end_m, 2),
            neck_m=np.broadcast_to(self.neck_m, (*draws, 2)),
        )


def lengths_from_stature(table: SegmentTable, stature_m: float | Floats) -> Lengths:
    """Return segment lengths of the table's reference people, scaled to a stature.

    Lengths from the person's own film are better (the women's thigh of de Leva is known to be
    short because of where the hip's centre was put).

    Parameters
    ----------
    table
        From `primemover.knowledge.segment_rows.segment_table`.
    stature_m : a number or an array (...,)

    Raises
    ------
    OutOfRangeError
        If the stature is not a positive number.
    """
    stature = np.asarray(stature_m, dtype=np.float64)
    _must_be_positive(stature, "Stature")
    body = table.body
    scale = stature / body.stature_m
    ankle = table.level("foot", "ankle")
    return Lengths(
        heel_m=frozen(scale * body.foot_m * ankle),
        toe_m=frozen(scale * body.foot_m * (1.0 - ankle)),
        ankle_height_m=frozen(scale * body.ankle_height_m),
        shank_m=frozen(scale * body.shank_m),
        thigh_m=frozen(scale * body.thigh_m),
        trunk_m=frozen(scale * body.trunk_m),
        head_m=frozen(scale * body.head_m),
        upper_arm_m=frozen(scale * body.upper_arm_m),
        forearm_m=frozen(scale * body.forearm_m),
        hand_m=frozen(scale * body.hand_m),
    )


def foreshortened(
    lengths: Lengths, *, thigh_abduction_rad: float, foot_turn_out_rad: float = 0.0
) -> Lengths:
    """Return the lengths that remain in the sagittal plane when the thighs are spread (sumo).

    A limit of the planar model: it shortens the thighs, and the feet that are turned out, by the
    cosine of the angle out of the plane. It knows nothing of the moments that spread or close the
    legs, and takes the shanks as upright in the frontal plane.
    """
    across = np.cos(foot_turn_out_rad)
    return replace(
        lengths,
        thigh_m=frozen(lengths.thigh_m * np.cos(thigh_abduction_rad)),
        heel_m=frozen(lengths.heel_m * across),
        toe_m=frozen(lengths.toe_m * across),
    )


def body_of(table: SegmentTable, lengths: Lengths, *, body_mass_kg: float | Floats) -> Body:
    """Return a person's body: mass shares, centres and radii of a table on the person's lengths.

    Steps: the table's shares are scaled to add up to exactly 1 (rounding in print leaves up to
    0.3 %); centres and radii are carried from the table's landmarks to the chain's joints; hand
    and forearm become one link that ends at the grip (parallel axes); both sides are summed.
    Centres of the trunk lie on the line from hip to shoulder, the spine's joints behind it. A
    centre may lie beyond its link's end where a table cuts the trunk elsewhere than the chain.

    Parameters
    ----------
    table
        From `primemover.knowledge.segment_rows.segment_table`.
    lengths : numbers or arrays (...,)
    body_mass_kg : a number or an array (...,)

    Raises
    ------
    OutOfRangeError
        If body mass or a length is not a positive number.
    """
    mass = np.asarray(body_mass_kg, dtype=np.float64)
    _must_be_positive(mass, "Body mass")
    for name in Lengths.__slots__:
        _must_be_positive(np.asarray(getattr(lengths, name)), name.removesuffix("_m"))
    shares = _shares(table)
    masses = {part: share * mass for part, share in shares.items()}
    links = {part: _link(table, lengths, part) for part in masses}
    forearm = _joined(
        links["forearm"], links["hand"], upper_kg=masses["forearm"], lower_kg=masses["hand"]
    )
    chain = [*(links[part] for part in _PARTS[:-1]), forearm]
    weights = [masses[part] for part in _PARTS]
    weights[-1] = weights[-1] + masses["hand"]
    shape = np.broadcast_shapes(*(link.gyration_m.shape for link in chain), mass.shape)

    def stacked(values: list[Floats], *last: int) -> Floats:
        return frozen(np.stack([np.broadcast_to(value, (*shape, *last)) for value in values]))

    neck = _point(table, lengths, "trunk", "lower_neck") - _point(
        table, lengths, "trunk", "thoracolumbar"
    )
    return Body(
        mass_kg=stacked(weights),
        inertia_kg_m2=stacked(
            [kg * link.gyration_m**2 for kg, link in zip(weights, chain, strict=True)]
        ),
        centre_m=stacked([link.centre_m for link in chain], 2),
        end_m=stacked([link.end_m for link in chain], 2),
        neck_m=frozen(np.broadcast_to(neck, (*shape, 2))),
        lengths=lengths,
    )


def _shares(table: SegmentTable) -> dict[Part, float]:
    """Return each part's share of the body's mass, both sides together, adding up to 1."""
    both = {
        part: row.mass * (2.0 if part in _PAIRED else 1.0) for part, row in table.segments.items()
    }
    total = sum(both.values())
    return {part: share / total for part, share in both.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Link:
    """A part in its own frame, from the joint that carries it; places (..., 2), forward and up."""

    end_m: Floats
    centre_m: Floats
    gyration_m: Floats


_JOINTS: Final[dict[Part, tuple[str, str]]] = {
    "foot": ("ankle", "ankle"),
    "shank": ("ankle", "knee"),
    "thigh": ("knee", "hip"),
    "pelvis": ("mid_hip", "l5s1"),
    "lumbar": ("l5s1", "thoracolumbar"),
    "chest": ("thoracolumbar", "mid_shoulder"),
    "head": ("lower_neck", "vertex"),
    "upper_arm": ("shoulder", "elbow"),
    "forearm": ("elbow", "wrist"),
    "hand": ("wrist", "knuckle"),
}
"""The landmarks at which a part begins and ends on its way from the ground to the load."""


def _link(table: SegmentTable, lengths: Lengths, part: Part) -> _Link:
    row = table.segments[part]
    axis = "trunk" if part in _TRUNK else part
    start, end = table.level(axis, row.start), table.level(axis, row.end)
    level = start + row.com * (end - start)
    axis_m = _axis_m(lengths, axis)
    begin, onward = (_point(table, lengths, axis, name) for name in _JOINTS[part])
    return _Link(
        end_m=onward - begin,
        centre_m=_on_axis(lengths, axis, level) - begin,
        gyration_m=row.gyration * abs(end - start) * axis_m,
    )


def _axis_m(lengths: Lengths, axis: str) -> Floats:
    if axis == "foot":
        return np.asarray(lengths.heel_m) + np.asarray(lengths.toe_m)
    return np.asarray(getattr(lengths, f"{axis}_m"), dtype=np.float64)


def _on_axis(lengths: Lengths, axis: str, level: float) -> Floats:
    """Return a place on an axis, (..., 2); the foot's axis lies flat, half-way under the ankle."""
    axis_m = _axis_m(lengths, axis)
    if axis == "foot":
        down = _FOOT_CENTRE_DOWN * np.asarray(lengths.ankle_height_m)
        return np.stack(np.broadcast_arrays(level * axis_m - lengths.heel_m, -down), axis=-1)
    return np.stack((np.zeros_like(axis_m), level * axis_m), axis=-1)


def _point(table: SegmentTable, lengths: Lengths, axis: str, name: str) -> Floats:
    """Return a landmark in its axis' frame, (..., 2); the foot's frame begins at the ankle."""
    axis_m = _axis_m(lengths, axis)
    if axis == "foot":
        return np.zeros((*axis_m.shape, 2))
    place = table.ahead(axis, name) * axis_m, table.level(axis, name) * axis_m
    return np.stack(place, axis=-1)


def _joined(upper: _Link, lower: _Link, *, upper_kg: Floats, lower_kg: Floats) -> _Link:
    """Return two links in one line as one: the lower begins where the upper ends."""
    mass = upper_kg + lower_kg
    lower_at = upper.end_m + lower.centre_m
    shares = (upper_kg / mass)[..., None], (lower_kg / mass)[..., None]
    centre = shares[0] * upper.centre_m + shares[1] * lower_at
    turning = shares[0][..., 0] * (
        upper.gyration_m**2 + _squared(upper.centre_m - centre)
    ) + shares[1][..., 0] * (lower.gyration_m**2 + _squared(lower_at - centre))
    return _Link(end_m=upper.end_m + lower.end_m, centre_m=centre, gyration_m=np.sqrt(turning))


def _squared(vector: Floats) -> Floats:
    length: Floats = np.sum(vector**2, axis=-1)
    return length


def _must_be_positive(values: Floats, name: str) -> None:
    if not (np.all(np.isfinite(values)) and np.all(values > 0.0)):
        raise OutOfRangeError(f"{name} must be a positive number; check it.")
