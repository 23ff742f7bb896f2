"""Hair, face and clothes: what covers which part of a body, and how far cloth stands off.

Every material has a score at every vertex: how deep inside its region the vertex is, in
metres, negative outside. Skin scores 0, so it shows where nothing else does.
"""

from dataclasses import dataclass
from typing import cast

import numpy as np

from validation.virtual.bodies import SIDES, Body
from validation.virtual.meshes import Rgb, vertex_normals
from validation.virtual.rotations import Floats

_NEVER = -1.0
_SLEEVE_ENDS = 0.62
_SHORTS_END = 0.68
_HEM_M = 0.012
_MOSTLY = 0.5
_PARTLY = 0.2
_EAR_OUT = 0.044
_FACE_FRONT_M = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """What somebody wears; `loose_m` is how far the shirt stands off the skin."""

    skin: Rgb = (0.80, 0.60, 0.48)
    hair: Rgb = (0.16, 0.10, 0.07)
    shirt: Rgb = (0.20, 0.36, 0.62)
    shorts: Rgb = (0.13, 0.13, 0.15)
    shoes: Rgb = (0.75, 0.75, 0.78)
    loose_m: float = 0.008


PALETTES = (
    Palette(),
    Palette(skin=(0.87, 0.69, 0.58), hair=(0.32, 0.20, 0.10), shirt=(0.62, 0.22, 0.26)),
    Palette(skin=(0.55, 0.37, 0.27), hair=(0.06, 0.05, 0.05), shirt=(0.72, 0.70, 0.66)),
    Palette(skin=(0.72, 0.52, 0.38), hair=(0.10, 0.07, 0.05), shirt=(0.22, 0.48, 0.38)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outfit:
    """A dressed body at rest.

    Attributes
    ----------
    vertices_m : (V, 3) array
    scores : (V, K) array, of each material
    colours : (K, 3) array
    """

    vertices_m: Floats
    scores: Floats
    colours: Floats


def dress(body: Body, palette: Palette) -> Outfit:
    """Return the body with its clothes on."""
    layers = (
        (_shirt(body), palette.shirt, palette.loose_m),
        (_shorts(body), palette.shorts, 0.010),
        (_shoes(body), palette.shoes, 0.006),
        (_hair(body), palette.hair, 0.012),
    )
    stand_off = np.zeros(len(body.vertices_m))
    for score, _, thickness_m in layers:
        stand_off = np.maximum(stand_off, thickness_m * np.clip(score / _HEM_M, 0.0, 1.0))
    normals = vertex_normals(body.vertices_m, body.faces)
    features = _face(body, palette)
    skin = np.zeros(len(body.vertices_m))
    scores = [skin, *(score for score, _, _ in layers), *(score for score, _ in features)]
    colours = [palette.skin, *(rgb for _, rgb, _ in layers), *(rgb for _, rgb in features)]
    return Outfit(
        vertices_m=body.vertices_m + stand_off[:, None] * normals,
        scores=np.stack(scores, axis=1),
        colours=np.array(colours),
    )


def _on(body: Body, *parts: str) -> Floats:
    """Return how much of each vertex hangs on joints whose names start so, (V,)."""
    chosen = np.array([name.startswith(parts) for name in body.joint_names])
    share: Floats = np.sum(body.weights * chosen[body.weight_joints], axis=1)
    return share


def _before(body: Body, start: str, end: str, share: float) -> Floats:
    """Return how far each vertex is before a share of the way along a bone, metres, (V,)."""
    origin, bone = body.joints_m[body.joint(start)], body.offset_m(start, end)
    length_m = float(np.linalg.norm(bone))
    return cast("Floats", share * length_m - (body.vertices_m - origin) @ bone / length_m)


def _waist(body: Body) -> Floats:
    """Return the height over the waist band, (V,)."""
    waist_m = float(body.joints_m[body.joint("l5s1"), 1]) - 0.02
    return body.vertices_m[:, 1] - waist_m


def _shirt(body: Body) -> Floats:
    neck = body.joints_m[body.joint("neck")]
    ahead, above = (body.vertices_m - neck)[:, 0], (body.vertices_m - neck)[:, 1]
    collar = 0.012 - above - 0.45 * np.maximum(ahead, -0.02)
    # The waist ends the shirt on the trunk, the sleeve on the arm (whose hand hangs lower).
    arm = _on(body, "shoulder", "elbow", "wrist", "knuckle", "finger") > _PARTLY
    sleeves = [_before(body, f"shoulder_{s}", f"elbow_{s}", _SLEEVE_ENDS) for s in SIDES]
    ends: Floats = np.where(arm, np.minimum(*sleeves), _waist(body))
    score: Floats = np.minimum(ends, collar)
    return score


def _shorts(body: Body) -> Floats:
    left = body.vertices_m[:, 2] < 0.0
    legs = [_before(body, f"hip_{side}", f"knee_{side}", _SHORTS_END) for side in SIDES]
    score = np.minimum(-_waist(body), np.where(left, legs[0], legs[1]))
    arm = _on(body, "shoulder", "elbow", "wrist", "knuckle", "finger") > _PARTLY
    return np.where(arm, _NEVER, score)


def _shoes(body: Body) -> Floats:
    left = body.vertices_m[:, 2] < 0.0
    legs = [_before(body, f"knee_{side}", f"ankle_{side}", 0.955) for side in SIDES]
    return cast("Floats", -np.where(left, legs[0], legs[1]))


def _eyes_m(body: Body) -> Floats:
    """Return the middle between the eyes, (3,)."""
    return cast("Floats", body.vertices_m[body.eye].mean(axis=0))


def _hair(body: Body) -> Floats:
    """Take the scalp: on the head, above a line that falls from the forehead to the nape."""
    eyes = _eyes_m(body)
    behind = eyes[0] - body.vertices_m[:, 0]
    line = np.interp(behind, [0.0, 0.03, 0.07, 0.10, 0.14], [0.060, 0.050, 0.0, -0.045, -0.075])
    score = body.vertices_m[:, 1] - eyes[1] - line
    ears = np.abs(body.vertices_m[:, 2]) > _EAR_OUT * body.height_m
    return np.where((_on(body, "head") > _MOSTLY) & ~ears & ~body.eye, score, _NEVER)


def _face(body: Body, palette: Palette) -> list[tuple[Floats, Rgb]]:
    """Return scores and colours of the eyes, pupils, brows and lips."""
    eyes = _eyes_m(body)
    pupil_z = float(np.abs(body.vertices_m[body.eye, 2]).mean())
    ahead, up, _ = (body.vertices_m - eyes).T
    aside = np.abs(body.vertices_m[:, 2])
    white = np.where(body.eye, 0.02, _NEVER)
    off_pupil = np.hypot(up, aside - pupil_z)
    pupil = np.where(body.eye & (ahead > 0.0), 0.0265 - off_pupil, _NEVER)
    skin_front = (ahead > -_FACE_FRONT_M) & ~body.eye & (_on(body, "head") > _MOSTLY)
    brow = np.minimum(0.0045 - np.abs(up - 0.022), 0.019 - np.abs(aside - pupil_z))
    lips = 0.024 - np.hypot((up + 0.072) / 0.40, aside)
    dark = cast("Rgb", tuple(0.7 * part + 0.06 for part in palette.hair))
    red = cast("Rgb", tuple(p * f for p, f in zip(palette.skin, (0.85, 0.60, 0.60), strict=True)))
    return [
        (white, (0.92, 0.92, 0.90)),
        (pupil, (0.12, 0.08, 0.06)),
        (np.where(skin_front, brow, _NEVER), dark),
        (np.where(skin_front & (ahead > 0.0), lips, _NEVER), red),
    ]
