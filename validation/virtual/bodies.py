"""The people: rest shape, skeleton and skin weights, from one small file."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from validation.virtual.rotations import Floats

Indices: TypeAlias = NDArray[np.int64]

_FILE = Path(__file__).with_name("bodies.npz")

SIDES = ("left", "right")


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A person at rest, soles on Y = 0, X forward, Y up, Z to the person's right.

    Attributes
    ----------
    vertices_m : (V, 3) array, the skin
    joints_m : (J, 3) array, the joint centres
    parents : (J,) array, -1 for the pelvis; a parent comes before its children
    faces : (F, 3) array of vertex numbers, anticlockwise seen from outside
    weight_joints, weights : (V, 4) arrays, the joints that move a vertex and how
        much each does (the weights of a vertex add up to 1)
    eye : (V,) array, true on the eyeballs
    """

    name: str
    sex: str
    height_m: float
    mass_kg: float
    vertices_m: Floats
    joints_m: Floats
    joint_names: tuple[str, ...]
    parents: Indices
    faces: Indices
    weight_joints: Indices
    weights: Floats
    eye: NDArray[np.bool_]

    def joint(self, name: str) -> int:
        """Return the number of a joint."""
        return self.joint_names.index(name)

    def offset_m(self, start: str, end: str) -> Floats:
        """Return the vector between two joint centres at rest, (3,)."""
        difference: Floats = self.joints_m[self.joint(end)] - self.joints_m[self.joint(start)]
        return difference

    def length_m(self, start: str, end: str) -> float:
        """Return the distance between two joint centres at rest."""
        return float(np.linalg.norm(self.offset_m(start, end)))


def body_names() -> tuple[str, ...]:
    """Return the names of the people in the file, in the order of their numbers."""
    return tuple(str(name) for name in _arrays()["body_names"])


@cache
def load_body(index: int) -> Body:
    """Return one person of the file.

    Raises
    ------
    IndexError
        When there is no person of that number.
    """
    data = _arrays()
    if not 0 <= index < len(data["body_names"]):
        message = f"body {index}: there are {len(data['body_names'])}, numbered from 0"
        raise IndexError(message)
    return Body(
        name=str(data["body_names"][index]),
        sex=str(data["sex"][index]),
        height_m=float(data["height_m"][index]),
        mass_kg=float(data["mass_kg"][index]),
        vertices_m=data["vertices"][index].astype(np.float64) * float(data["position_unit_m"]),
        joints_m=data["joints_m"][index].astype(np.float64),
        joint_names=tuple(str(name) for name in data["joint_names"]),
        parents=data["joint_parents"].astype(np.int64),
        faces=data["faces"].astype(np.int64),
        weight_joints=data["weight_joints"].astype(np.int64),
        weights=data["weights"].astype(np.float64) / 255.0,
        eye=data["eye"],
    )


@cache
def _arrays() -> dict[str, Any]:
    with np.load(_FILE) as data:
        return dict(data)
