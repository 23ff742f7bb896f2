"""The people: rest shape, skeleton and skin, from two small files.

`bodies.npz` holds the first eight and what all share (faces, skin weights); `people.npz`
holds the others as a mean shape and components, made by `export_people.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from validation.virtual.builds import BMI_KG_M2, draw_tissue, years_of
from validation.virtual.rotations import Floats
from validation.virtual.tissue import (
    PLAIN,
    SOFT_JOINTS,
    SPREAD_ROUNDS,
    Binding,
    Tissue,
    anchored_weights,
    bind,
    flesh_of,
    spread_weights,
)

Indices: TypeAlias = NDArray[np.int64]

_FILE = Path(__file__).with_name("bodies.npz")
_PEOPLE_FILE = Path(__file__).with_name("people.npz")

SIDES = ("left", "right")
# The first people: exported one by one, looked at often, in the films that are bundled.
FIRST = 8
# How two people are mixed in a third: from mostly the one to mostly the other.
_CROSS_RAD = (float(np.radians(15.0)), float(np.radians(75.0)))
# MakeHuman's age slider of the first eight, see `export_bodies.py`, in years.
_FIRST_AGE_SLIDERS = (0.70, 0.70, 0.83, 0.83, 0.72, 0.68, 0.97, 0.95)


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A person at rest, soles on Y = 0, X forward, Y up, Z to the person's right.

    Attributes
    ----------
    age_years : the age MakeHuman's shape stands for (25 at its "young", 90 at its "old")
    vertices_m : (V, 3) array, the skin
    joints_m : (J, 3) array, the joint centres
    parents : (J,) array, -1 for the pelvis; a parent comes before its children
    faces : (F, 3) array of vertex numbers, anticlockwise seen from outside
    weight_joints, weights : (V, 4) arrays, the joints that move a vertex and how
        much each does (the weights of a vertex add up to 1); for telling parts of the
        body apart: the skin moves by `binding`
    eye : (V,) array, true on the eyeballs
    build : what was drawn of the person, see `builds.Build.factors`; empty for the first eight
    tissue : how the skin follows the bones; plain linear blending for the first eight
    binding : the skin's weights with this tissue
    flesh : (V, 6) array, how much each region of `tissue.FLESH` takes of a vertex
    """

    name: str
    sex: str
    age_years: float
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
    build: Mapping[str, float]
    tissue: Tissue
    binding: Binding
    flesh: Floats

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
    """Return the names of all people, in the order of their numbers."""
    return tuple(str(name) for part in (_arrays(), _people()) for name in part["body_names"])


def first_names() -> tuple[str, ...]:
    """Return the names of the first eight, whom older tables are about."""
    return body_names()[:FIRST]


def people_for(split: str) -> tuple[int, ...]:
    """Return the numbers of the people for fitting or for testing.

    About 30 in 100 are for testing, alike in sex and mass index to the others; the choice
    lies in the file. The first eight are for fitting: they were looked at.

    Parameters
    ----------
    split
        "fit" or "test".

    Raises
    ------
    ValueError
        When the split is another.
    """
    if split not in {"fit", "test"}:
        message = f"split {split!r}: it is 'fit' or 'test'"
        raise ValueError(message)
    test = np.concatenate([np.zeros(FIRST, dtype=bool), _people()["test"]])
    return tuple(int(number) for number in np.flatnonzero(test == (split == "test")))


@cache
def load_body(index: int) -> Body:
    """Return one person.

    Raises
    ------
    IndexError
        When there is no person of that number.
    """
    count = len(body_names())
    if not 0 <= index < count:
        message = f"body {index}: there are {count}, numbered from 0"
        raise IndexError(message)
    if index < FIRST:
        return _whole(_first_person(index), anchored=False)
    return _whole(_drawn_person(index - FIRST), anchored=True)


@cache
def crossed_body(first: int, second: int, *, seed: int) -> Body:
    """Return somebody new between and around two people of one sex.

    Both persons' differences from the mean of their sex are added with weights whose squares add
    up to 1, so that such people differ among each other as much as their parents do. Tissue is
    drawn anew.

    Raises
    ------
    ValueError
        When one is of the first eight, who have no place among the components, or when the
        sexes differ.
    """
    if min(first, second) < FIRST:
        message = f"bodies {first} and {second}: only those from {FIRST} on can be crossed"
        raise ValueError(message)
    data = _people()
    sexes = {str(data["sex"][one - FIRST]) for one in (first, second)}
    if len(sexes) > 1:
        message = f"bodies {first} and {second}: their sexes differ"
        raise ValueError(message)
    random = np.random.default_rng([seed, first, second])
    angle = float(random.uniform(*_CROSS_RAD))
    alike = data["sex"] == data["sex"][first - FIRST]

    def crossed(name: str) -> Floats:
        values = data[name].astype(np.float64)
        mean = values[alike].mean(axis=0)
        differ = values[[first - FIRST, second - FIRST]] - mean
        out: Floats = mean + np.cos(angle) * differ[0] + np.sin(angle) * differ[1]
        return out

    build = dict(zip(data["factor_names"].astype(str), crossed("factor_values"), strict=True))
    fat = (build["bmi_kg_m2"] - BMI_KG_M2[1]) / 10.0
    source = {
        "name": f"cross_{first}_{second}_{seed}",
        "sex": sexes.pop(),
        "age_years": build["age_years"],
        "height_m": float(crossed("height_m")),
        "mass_kg": float(crossed("mass_kg")),
        "vertices_m": _shape_m(crossed("coefficients") / 32767.0),
        "joints_m": crossed("joints") * float(data["joint_unit_m"]),
        "build": MappingProxyType(build),
        "tissue": draw_tissue(random, fat=fat),
    }
    return _whole(source, anchored=True)


def _whole(source: dict[str, Any], *, anchored: bool) -> Body:
    shared = _shared()
    tissue: Tissue = source["tissue"]
    return Body(
        **source,
        **shared,
        binding=_binding(tissue.spread, anchored=anchored),
        flesh=flesh_of(source["vertices_m"], source["joints_m"], shared["joint_names"], _trunk()),
    )


def _first_person(index: int) -> dict[str, Any]:
    data = _arrays()
    return {
        "name": str(data["body_names"][index]),
        "sex": str(data["sex"][index]),
        "age_years": years_of(_FIRST_AGE_SLIDERS[index]),
        "height_m": float(data["height_m"][index]),
        "mass_kg": float(data["mass_kg"][index]),
        "vertices_m": data["vertices"][index].astype(np.float64) * float(data["position_unit_m"]),
        "joints_m": data["joints_m"][index].astype(np.float64),
        "build": MappingProxyType({}),
        "tissue": PLAIN,
    }


def _drawn_person(index: int) -> dict[str, Any]:
    data = _people()
    tissue = _row(data, "tissue", index)
    build = _row(data, "factor", index)
    return {
        "name": str(data["body_names"][index]),
        "sex": str(data["sex"][index]),
        "age_years": build["age_years"],
        "height_m": float(data["height_m"][index]),
        "mass_kg": float(data["mass_kg"][index]),
        "vertices_m": _vertices_m(index),
        "joints_m": data["joints"][index].astype(np.float64) * float(data["joint_unit_m"]),
        "build": MappingProxyType(build),
        "tissue": Tissue(spread=int(tissue.pop("spread")), **tissue),
    }


def _row(data: dict[str, Any], kind: str, index: int) -> dict[str, float]:
    """Return one person's numbers of a kind by their names."""
    names, values = data[f"{kind}_names"], data[f"{kind}_values"][index]
    return {str(name): float(value) for name, value in zip(names, values, strict=True)}


def _vertices_m(index: int) -> Floats:
    coefficients: NDArray[np.int16] = _people()["coefficients"][index]
    return _shape_m(coefficients.astype(np.float32) / np.float32(32767.0))


def _shape_m(shares: NDArray[np.floating]) -> Floats:
    """Put the mean and the components together and mirror the half, (V, 3)."""
    data, components = _people(), _components()
    half = (_mean_half() + shares.astype(np.float32) @ components).astype(np.float64)
    half_m = (half * float(data["shape_unit_m"])).reshape(-1, 3)
    out: Floats = half_m[data["half_of"]]
    out[:, 2] *= data["mirrored"]
    return out


@cache
def _components() -> NDArray[np.float32]:
    components: NDArray[np.float32] = _people()["components"].astype(np.float32)
    return components


@cache
def _mean_half() -> NDArray[np.float32]:
    mean: NDArray[np.float32] = _people()["mean"].astype(np.float32)
    return mean


@cache
def _shared() -> dict[str, Any]:
    """Return what all bodies have in common; read-only by habit, one copy for all."""
    data = _arrays()
    return {
        "joint_names": tuple(str(name) for name in data["joint_names"]),
        "parents": data["joint_parents"].astype(np.int64),
        "faces": data["faces"].astype(np.int64),
        "weight_joints": data["weight_joints"].astype(np.int64),
        "weights": data["weights"].astype(np.float64) / 255.0,
        "eye": data["eye"],
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedSkin:
    """What `export_people` needs of the common mesh.

    Attributes
    ----------
    weights : (V, J) array, a little spread, to give people their standing posture
    trunk : (V,) array, how much of each vertex hangs on pelvis, spine and thighs
    faces : (F, 3) array
    parents : (J,) array
    """

    weights: Floats
    trunk: Floats
    faces: Indices
    parents: Indices


def shared_skin() -> SharedSkin:
    """Return the common mesh; needs `bodies.npz` only."""
    shared = _shared()
    return SharedSkin(
        weights=_weights(2), trunk=_trunk(), faces=shared["faces"], parents=shared["parents"]
    )


@cache
def _weights(spread: int) -> Floats:
    """Return the skin weights as one full table (V, J), each spread from the one before."""
    shared = _shared()
    if spread:
        rounds = SPREAD_ROUNDS[spread] - SPREAD_ROUNDS[spread - 1]
        before = _weights(spread - 1)
        return spread_weights(before, shared["faces"], shared["joint_names"], rounds=rounds)
    out = np.zeros((len(shared["weights"]), len(shared["joint_names"])))
    # A joint may stand twice in a row of four with weight 0: add, never assign.
    np.add.at(out, (np.arange(len(out))[:, None], shared["weight_joints"]), shared["weights"])
    return out


@cache
def _binding(spread: int, *, anchored: bool) -> Binding:
    """Return the binding of a spread; the first people are not anchored, as they were filmed."""
    weights, names = _weights(spread), _shared()["joint_names"]
    if anchored:
        first = _first_person(0)
        weights = anchored_weights(
            weights, vertices_m=first["vertices_m"], joints_m=first["joints_m"], joint_names=names
        )
    return bind(weights, names)


@cache
def _trunk() -> Floats:
    """Return how much of each vertex hangs on pelvis, spine and thighs, (V,)."""
    chosen = [_shared()["joint_names"].index(name) for name in SOFT_JOINTS]
    share: Floats = _weights(0)[:, chosen].sum(axis=1)
    return share


@cache
def _arrays() -> dict[str, Any]:
    with np.load(_FILE) as data:
        return dict(data)


@cache
def _people() -> dict[str, Any]:
    with np.load(_PEOPLE_FILE) as data:
        return dict(data)
