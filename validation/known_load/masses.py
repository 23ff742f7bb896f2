"""What the parts of a virtual person weigh: from their own mesh, not from a table of people.

The body's volume is cut into thin columns along X. A column's pieces go to the joints that move the
skin nearest to them, in the shares of the skin's weights; every part has one density; at the end
all is scaled to the person's mass.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.spatial import cKDTree

from primemover.model.arrays import Floats
from validation.virtual.bodies import Body, Indices

__all__ = ["Masses", "masses_of", "volume_points"]

# Dempster 1955 (WADC technical report 55-159), as Winter 2009 (Biomechanics and Motor Control of
# Human Movement, table 4.1) gives them, kg/l. Joints are those that carry the part.
DENSITY_KG_L: Final = {
    "head": 1.11,
    "neck": 1.11,
    "clavicle": 1.04,
    "t7t8": 0.92,
    "t12l1": 0.92,
    "l3l4": 1.01,
    "l5s1": 1.01,
    "pelvis": 1.01,
    "shoulder": 1.07,
    "elbow": 1.13,
    "wrist": 1.16,
    "knuckle": 1.16,
    "finger": 1.16,
    "hip": 1.05,
    "knee": 1.09,
    "ankle": 1.10,
    "toe": 1.10,
}
_PITCH_M: Final = 0.010  # between columns; halving it moves no part's mass by 1 % of it (a test)
# Columns must not run along edges of the mesh: they lie at odd places.
_OFF: Final = np.array([0.31, 0.47])


@dataclass(frozen=True, slots=True, kw_only=True)
class Masses:
    """What moves with each joint, J in the order of `Body.joint_names`.

    Attributes
    ----------
    mass_kg : (J,) array, adding up to the person's mass
    centre_m : (J, 3) array, of mass, from the joint, at rest
    spread_kg_m2 : (J, 3, 3) array, sum of mass times place times place about the centre, at rest
    """

    mass_kg: Floats
    centre_m: Floats
    spread_kg_m2: Floats


def volume_points(body: Body, *, pitch_m: float = _PITCH_M) -> tuple[Floats, Floats]:
    """Return points inside the skin (N, 3) and the volume each stands for (N,), m^3.

    Where the skin overlaps itself the volume counts once.
    """
    x_m, entering, row, column = _crossings(body.vertices_m, body.faces, pitch_m=pitch_m)
    order = np.lexsort((x_m, column, row))
    x_m, entering, row, column = x_m[order], entering[order], row[order], column[order]
    same = (row[1:] == row[:-1]) & (column[1:] == column[:-1])
    # Every column is closed: what went in comes out, so one running sum serves all.
    inside = (np.cumsum(entering)[:-1] > 0) & same
    start, end = x_m[:-1][inside], x_m[1:][inside]
    pieces = np.maximum(np.ceil((end - start) / pitch_m).astype(np.int64), 1)
    length = np.repeat((end - start) / pieces, pieces)
    number = np.arange(pieces.sum()) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    points = np.stack(
        (
            np.repeat(start, pieces) + (number + 0.5) * length,
            (np.repeat(row[:-1][inside], pieces) + _OFF[0]) * pitch_m,
            (np.repeat(column[:-1][inside], pieces) + _OFF[1]) * pitch_m,
        ),
        axis=1,
    )
    return points, length * pitch_m**2


def _crossings(
    vertices_m: Floats, faces: Indices, *, pitch_m: float
) -> tuple[Floats, Indices, Indices, Indices]:
    """Return where columns along X cross faces: X, +1 in or -1 out, row (Y) and column (Z)."""
    corners = vertices_m[faces]
    flat = corners[:, :, 1:] / pitch_m - _OFF
    first = np.ceil(flat.min(axis=1)).astype(np.int64)
    across = np.maximum(np.floor(flat.max(axis=1)).astype(np.int64) - first + 1, 0)
    count = across.prod(axis=1)
    face = np.repeat(np.arange(len(faces)), count)
    place = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    row = first[face, 0] + place // across[face, 1]
    column = first[face, 1] + place % across[face, 1]
    at = np.stack((row, column), axis=1) - flat[face, 0]
    one, two = flat[face, 1] - flat[face, 0], flat[face, 2] - flat[face, 0]
    area = one[:, 0] * two[:, 1] - one[:, 1] * two[:, 0]
    area = np.where(area == 0.0, np.nan, area)
    u = (at[:, 0] * two[:, 1] - at[:, 1] * two[:, 0]) / area
    v = (one[:, 0] * at[:, 1] - one[:, 1] * at[:, 0]) / area
    hit = (u >= 0.0) & (v >= 0.0) & (u + v <= 1.0)
    x = corners[face, :, 0]
    x_m = x[:, 0] + u * (x[:, 1] - x[:, 0]) + v * (x[:, 2] - x[:, 0])
    # A face that is anticlockwise seen from +X looks to +X: there a column leaves the body.
    entering = np.where(area > 0.0, -1, 1)
    return x_m[hit], entering[hit], row[hit], column[hit]


def masses_of(body: Body, *, pitch_m: float = _PITCH_M) -> Masses:
    """Return what moves with each joint of a person."""
    points, volume = volume_points(body, pitch_m=pitch_m)
    nearest = cKDTree(body.vertices_m).query(points)[1]
    density = np.array([DENSITY_KG_L[name.split("_")[0]] for name in body.joint_names])
    count = len(body.joint_names)
    mass = np.zeros(count)
    moment, second = np.zeros((count, 3)), np.zeros((count, 3, 3))
    for slot in range(body.weight_joints.shape[1]):
        joint = body.weight_joints[nearest, slot]
        kg = body.weights[nearest, slot] * volume * density[joint]
        away = points - body.joints_m[joint]
        np.add.at(mass, joint, kg)
        np.add.at(moment, joint, kg[:, None] * away)
        np.add.at(second, joint, kg[:, None, None] * away[:, :, None] * away[:, None, :])
    centre = moment / np.where(mass > 0.0, mass, 1.0)[:, None]
    spread = second - mass[:, None, None] * centre[:, :, None] * centre[:, None, :]
    scale = body.mass_kg / mass.sum()
    return Masses(mass_kg=scale * mass, centre_m=centre, spread_kg_m2=scale * spread)
