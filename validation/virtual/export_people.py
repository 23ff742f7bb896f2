"""Make the people after the first eight and write `people.npz`.

Run once from the root of the repository, in the environment of `export_bodies.py`::

    python -m validation.virtual.export_people validation/virtual/people.npz

Every person is a cell of a Latin hypercube (sex, age, stature, mass index, muscle) with a
local shape, posture and tissue drawn besides (`builds.py`). MakeHuman's height and weight
sliders are solved so that stature and mass index are the ones drawn. Who lies outside the
limits of `proportions.py`, or cannot have that mass index, is drawn again.

The file holds the mean of the left-right halves of all and the components of a principal
component analysis, as integers of SHAPE_UNIT_M; bodies are mirrored when read. Frame and
licences are those of `export_bodies.py`.
"""

import sys
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

import anny
import numpy as np
import torch

from validation.virtual.bodies import FIRST, shared_skin
from validation.virtual.builds import Build, Cell, age_slider_of, cells, draw_build
from validation.virtual.export_bodies import JOINTS, to_project_frame
from validation.virtual.proportions import beyond_limits, mass_kg, proportions
from validation.virtual.rotations import Floats, forward_pitch, turn
from validation.virtual.skeleton import blend, chain_m
from validation.virtual.tissue import FLESH, Indices, Tissue, flesh_of, outward_x

SEED = 20261122
EACH_SEX = 116
TEST_SHARE = 0.3
COMPONENTS = 160
PROBES = 40
SHAPE_UNIT_M = 1.0 / 16000.0
JOINT_UNIT_M = 1.0 / 16000.0
NAMES = tuple(name for name, _, _ in JOINTS)

# MakeHuman's own range is 0 to 1; a little further makes the short and heavy.
WEIGHT_SLIDER = (-0.05, 1.35)
# When a solved person is near enough to what was drawn.
NEAR_M, NEAR_KG_M2 = 0.0005, 0.1
_STATURE_PER_SLIDER_M, _BMI_PER_SLIDER_KG_M2, _CLOSED = 1.09, 14.0, 0.004
# A joint centre of the spine lies at least so deep under the skin of the back's middle.
SPINE_DEPTH_M, _FURROW_M = 0.035, 0.03
_TRIES, _PATIENT = 60, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """One solved person: (V, 3) skin, (J, 3) joints, soles on Y = 0."""

    vertices_m: Floats
    joints_m: Floats
    stature_m: float
    mass_kg: float

    @property
    def bmi_kg_m2(self) -> float:
        """Return the mass index."""
        return self.mass_kg / self.stature_m**2


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """What all people are made with."""

    model: anny.Anny
    weights: Floats
    trunk: Floats
    faces: Indices
    parents: Indices


def make(shop: Workshop, build: Build, *, height: float, weight: float) -> Rest:
    """Return a person at one setting of MakeHuman's height and weight."""
    local = {}
    for shape, value in build.local.items():
        local[shape] = value
        if shape.startswith("l-"):
            local[f"r-{shape[2:]}"] = value
    african, asian, caucasian = build.ancestry
    out = shop.model(
        phenotype_kwargs={
            "gender": 1.0 if build.sex == "female" else 0.0,
            "age": age_slider_of(build.age_years),
            "muscle": build.muscle,
            "weight": weight,
            "height": height,
            "proportions": build.proportions,
            "cupsize": build.cup,
            "firmness": build.firmness,
            "african": african,
            "asian": asian,
            "caucasian": caucasian,
        },
        local_changes_kwargs=local,
    )
    vertices = out["rest_vertices"][0].numpy()
    heads = out["rest_bone_heads"][0].numpy()
    wanted = [shop.model.bone_labels.index(bone) for _, _, bone in JOINTS]
    floor = vertices[:, 2].min()
    return _posed(
        shop,
        build,
        vertices_m=to_project_frame(vertices, floor),
        joints_m=to_project_frame(heads[wanted], floor),
    )


def _posed(shop: Workshop, build: Build, *, vertices_m: Floats, joints_m: Floats) -> Rest:
    """Give the person its standing posture, the bumps of its outline, its joint centres."""
    joints_m = _symmetric(joints_m)
    rotations = _standing(build, joints_m, shop.parents)
    placed = chain_m(joints_m, shop.parents, rotations[None])[0]
    hips = [NAMES.index("hip_left"), NAMES.index("hip_right")]
    placed += (joints_m[hips] - placed[hips]).mean(axis=0)
    shifts_m = placed - turn(rotations, joints_m)
    skin_m = blend(shop.weights, vertices_m, rotations=rotations, shifts_m=shifts_m)
    flesh = flesh_of(skin_m, placed, NAMES, shop.trunk)
    bump = np.array(
        [build.bumps_m.get(r.removesuffix("_left").removesuffix("_right"), 0.0) for r in FLESH]
    )
    skin_m[:, 0] += flesh @ (outward_x() * bump)
    _shift_joints(build, placed, skin_m)
    floor = skin_m[:, 1].min()
    for points in (skin_m, placed):
        points[:, 1] -= floor
    return Rest(
        vertices_m=skin_m,
        joints_m=placed,
        stature_m=float(np.ptp(skin_m[:, 1])),
        mass_kg=mass_kg(skin_m, shop.faces),
    )


def _symmetric(joints_m: Floats) -> Floats:
    """Average the joints of left and right: the rig's differ by a millimetre or two."""
    swap = {"left": "right", "right": "left"}
    twins = []
    for name in NAMES:
        stem, _, side = name.rpartition("_")
        twins.append(NAMES.index(f"{stem}_{swap[side]}" if side in swap else name))
    mirrored: Floats = joints_m[twins] * np.array([1.0, 1.0, -1.0])
    return 0.5 * (joints_m + mirrored)


def _shift_joints(build: Build, joints_m: Floats, skin_m: Floats) -> None:
    """Move the joint centres where this person has them, those of the spine under the skin."""
    for number, name in enumerate(NAMES):
        joint = name.removesuffix("_left").removesuffix("_right")
        if joint not in build.joint_shifts_m:
            continue
        outward = 1.0 if name.endswith("_right") else -1.0
        joints_m[number] += np.array(build.joint_shifts_m[joint]) * np.array([1.0, 1.0, outward])
        if name == joint:
            off = np.abs(skin_m - joints_m[number])[:, 1:]
            near = (off < _FURROW_M).all(axis=1)
            joints_m[number, 0] = max(joints_m[number, 0], skin_m[near, 0].min() + SPINE_DEPTH_M)


def _standing(build: Build, joints_m: Floats, parents: Indices) -> Floats:
    """Return the rotations (J, 3, 3) of the standing posture, the neck over where it was."""
    hollow, round_ = build.lordosis_rad, build.kyphosis_rad
    neck, pelvis = NAMES.index("neck"), NAMES.index("hip_left")
    wanted = (joints_m[neck] - joints_m[pelvis])[0]
    tilt = 0.5 * hollow
    for _ in range(4):
        rotations = _tipped(tilt, hollow, round_)
        at = chain_m(joints_m, parents, rotations[None])[0]
        trunk = at[neck] - at[pelvis]
        tilt -= float((trunk[0] - wanted) / trunk[1])
    return _tipped(tilt, hollow, round_)


def _tipped(tilt: float, hollow: float, round_: float) -> Floats:
    chest = tilt - hollow + round_
    pitch = {
        "pelvis": tilt,
        "l5s1": tilt - 0.40 * hollow,
        "l3l4": tilt - 0.75 * hollow,
        "t12l1": tilt - hollow,
        "t7t8": chest,
        "clavicle_left": chest,
        "clavicle_right": chest,
        "neck": 0.5 * chest,
    }
    return forward_pitch(np.array([pitch.get(name, 0.0) for name in NAMES]))


def solve(shop: Workshop, build: Build) -> Rest | None:
    """Find the sliders that give stature and mass index; None where there are none.

    Stature is nearly linear in the height slider and hardly depends on the other; the mass
    index rises with the weight slider, in pieces, so that its root is kept bracketed.
    """
    height, weight = 0.45, 0.5
    low, high = WEIGHT_SLIDER
    for _ in range(22):
        rest = make(shop, build, height=height, weight=weight)
        short, light = build.stature_m - rest.stature_m, build.bmi_kg_m2 - rest.bmi_kg_m2
        if abs(short) < NEAR_M and abs(light) < NEAR_KG_M2:
            return rest
        height += short / _STATURE_PER_SLIDER_M
        if abs(short) > 10.0 * NEAR_M:
            continue
        low, high = (weight, high) if light > 0.0 else (low, weight)
        if high - low < _CLOSED:
            return None
        guess = weight + light / _BMI_PER_SLIDER_KG_M2
        inside = low + 0.1 * (high - low) < guess < high - 0.1 * (high - low)
        weight = guess if inside else 0.5 * (low + high)
    return None


def find(shop: Workshop, cell: Cell, number: int) -> tuple[Build, Rest]:
    """Return the first plausible person of a cell.

    A mass index that cannot be had is first tried with less muscle (MakeHuman's strong are
    never very heavy), then a little nearer to the middle.
    """
    for attempt in range(_TRIES):
        build = draw_build(cell, np.random.default_rng([SEED, number, attempt]))
        rest = solve(shop, build)
        if rest is None:
            nearer = 24.0 + (0.97 if attempt > _PATIENT else 1.0) * (cell.bmi_kg_m2 - 24.0)
            cell = replace(cell, muscle_share=0.75 * cell.muscle_share, bmi_kg_m2=nearer)
            continue
        seen = proportions(
            rest.vertices_m, rest.joints_m, NAMES, body_kg=rest.mass_kg, trunk=shop.trunk
        )
        beyond = beyond_limits(seen)
        if not beyond:
            return build, rest
        print(f"  {number} again:", {n: round(v, 3) for n, v in beyond.items()})
    message = f"no plausible person in cell {number}: {cell}"
    raise RuntimeError(message)


def halves(vertices_m: Floats) -> tuple[Indices, Indices, Floats]:
    """Return the vertices that are kept, and how the others follow from them.

    Returns
    -------
    kept : (H,), right side and middle
    half_of : (V,), position among the kept of a vertex or of its mirror image
    mirrored : (V,), -1 where Z changes its sign
    """
    mirror = vertices_m * np.array([1.0, 1.0, -1.0])
    twin = np.empty(len(vertices_m), dtype=np.int64)
    for start in range(0, len(vertices_m), 500):
        apart = ((mirror[start : start + 500, None] - vertices_m[None]) ** 2).sum(axis=2)
        twin[start : start + 500] = apart.argmin(axis=1)
    if not np.array_equal(twin[twin], np.arange(len(twin))):
        message = "the mesh is not symmetric"
        raise RuntimeError(message)
    right = (vertices_m[:, 2] > 0.0) | (twin == np.arange(len(twin)))
    kept = np.flatnonzero(right)
    place = np.full(len(twin), -1, dtype=np.int64)
    place[kept] = np.arange(len(kept))
    return kept, np.where(right, place, place[twin]), np.where(right, 1.0, -1.0)


def components(shapes: Floats) -> dict[str, Any]:
    """Return mean, components and coefficients (P, K) of shapes (P, 3 H), in integers."""
    mean = shapes.mean(axis=0)
    left, sizes, right = np.linalg.svd(shapes - mean, full_matrices=False)
    scores = (left * sizes)[:, :COMPONENTS]
    largest = np.abs(scores).max(axis=0)
    basis = np.round(right[:COMPONENTS] * largest[:, None] / SHAPE_UNIT_M).astype(np.int32)
    return {
        "mean": np.round(mean / SHAPE_UNIT_M).astype(np.int32),
        "components": basis.astype(np.int16),
        "coefficients": np.round(scores / largest * 32767.0).astype(np.int16),
    }


def testing(builds: list[Build], *, seed: int) -> np.ndarray:
    """Choose 30 in 100 for testing, alike in sex, mass index and age, (P,) of truth."""
    random = np.random.default_rng(seed)
    out = np.zeros(len(builds), dtype=bool)
    for sex in ("female", "male"):
        those = [number for number, build in enumerate(builds) if build.sex == sex]
        those.sort(key=lambda number: builds[number].bmi_kg_m2)
        for start in range(0, len(those), 10):
            group = those[start : start + 10]
            out[random.permutation(group)[: round(TEST_SHARE * len(group))]] = True
    return out


def main(path: Path) -> None:
    """Make everybody and write the file."""
    torch.set_grad_enabled(False)
    shop = _workshop()
    people = []
    for number, cell in enumerate(cells(EACH_SEX, seed=SEED)):
        build, rest = find(shop, cell, number)
        people.append((build, rest))
        print(f"{number} {build.sex} {rest.stature_m:.3f} m {rest.mass_kg:.1f} kg", flush=True)
    builds, rests = [build for build, _ in people], [rest for _, rest in people]
    kept, half_of, mirrored = halves(rests[0].vertices_m)
    # Kept as they were, so that a test can hold what the components give against them.
    probes = np.random.default_rng(SEED).choice(len(half_of), PROBES, replace=False)
    factors = [build.factors() for build in builds]
    tissue_names = [field.name for field in fields(Tissue)]
    tissues = [asdict(build.tissue) for build in builds]
    np.savez_compressed(
        path,
        body_names=np.array([_name(n, b) for n, b in enumerate(builds)]),
        sex=np.array([build.sex for build in builds]),
        height_m=np.array([rest.stature_m for rest in rests]),
        mass_kg=np.array([rest.mass_kg for rest in rests]),
        test=testing(builds, seed=SEED),
        factor_names=np.array(list(factors[0])),
        factor_values=np.array([list(row.values()) for row in factors], dtype=np.float32),
        tissue_names=np.array(tissue_names),
        tissue_values=np.array(
            [[row[name] for name in tissue_names] for row in tissues], dtype=np.float32
        ),
        joints=np.stack([np.round(r.joints_m / JOINT_UNIT_M) for r in rests]).astype(np.int16),
        joint_unit_m=np.array(JOINT_UNIT_M),
        shape_unit_m=np.array(SHAPE_UNIT_M),
        half_of=half_of.astype(np.uint16),
        mirrored=mirrored.astype(np.int8),
        probes=probes.astype(np.uint16),
        probes_m=np.stack([rest.vertices_m[probes] for rest in rests]).astype(np.float32),
        **components(np.stack([rest.vertices_m[kept].ravel() for rest in rests])),
    )


def _workshop() -> Workshop:
    wanted = next(iter(cells(1, seed=SEED)))
    local = draw_build(wanted, np.random.default_rng(SEED)).local
    labels = [*local, *(f"r-{shape[2:]}" for shape in local if shape.startswith("l-"))]
    model = anny.Anny(
        rig="makehuman",
        topology="anny-notongue",
        local_changes=labels,
        phenotypes="all",
        extrapolate_phenotypes=True,
    )
    skin = shared_skin()
    if not np.array_equal(model.faces.numpy(), skin.faces):
        message = "bodies.npz has another topology"
        raise RuntimeError(message)
    return Workshop(
        model=model,
        weights=skin.weights,
        trunk=skin.trunk,
        faces=skin.faces,
        parents=skin.parents,
    )


def _name(number: int, build: Build) -> str:
    word = "woman" if build.sex == "female" else "man"
    size = f"{100 * build.stature_m:.0f}_bmi{build.bmi_kg_m2:.0f}"
    return f"{word}_{build.age_years:.0f}y_{size}_{number + FIRST:03d}"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
