"""The skin and what is painted on it: hair, face, shoes, close clothes.

Every material has a score at every vertex: how deep inside its region the vertex is, in
metres, negative outside. Skin scores 0, so it shows where nothing else does.
"""

from dataclasses import dataclass
from typing import TypeAlias, cast

import numpy as np

from validation.virtual import regions
from validation.virtual.bodies import Body
from validation.virtual.meshes import Rgb, vertex_normals
from validation.virtual.rotations import Floats

Layer: TypeAlias = tuple[Floats, Rgb, float]  # score, colour, how far it stands off the skin

_HEM_M = 0.012
_FACE_FRONT_M = 0.02
_SLEEVE_ENDS = 0.62
_SHORTS_END = 0.68


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """What somebody of the bundled films wears; `loose_m` is how far the shirt stands off."""

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
class Painted:
    """A body at rest with its painted layers.

    Attributes
    ----------
    vertices_m : (V, 3) array
    scores : (V, K) array, of each material
    colours : (K, 3) array
    """

    vertices_m: Floats
    scores: Floats
    colours: Floats


def close_clothes(body: Body, palette: Palette) -> list[Layer]:
    """Return shirt, shorts, shoes and hair of the bundled films."""
    waist = regions.waist_m(body)
    return [
        (regions.shirt(body, sleeve=_SLEEVE_ENDS, hem_m=waist), palette.shirt, palette.loose_m),
        (regions.legs(body, top_m=waist, end=_SHORTS_END), palette.shorts, 0.010),
        (shoe(body), palette.shoes, 0.006),
        (regions.scalp(body), palette.hair, 0.012),
    ]


def paint(body: Body, layers: list[Layer], *, skin: Rgb, hair: Rgb) -> Painted:
    """Return the body with layers and a face on it; a later layer wins where both are as deep."""
    stand_off = np.zeros(len(body.vertices_m))
    for score, _, thickness_m in layers:
        stand_off = np.maximum(stand_off, thickness_m * np.clip(score / _HEM_M, 0.0, 1.0))
    normals = vertex_normals(body.vertices_m, body.faces)
    features = _face(body, skin=skin, hair=hair)
    bare = np.zeros(len(body.vertices_m))
    scores = [bare, *(score for score, _, _ in layers), *(score for score, _ in features)]
    colours = [skin, *(rgb for _, rgb, _ in layers), *(rgb for _, rgb in features)]
    return Painted(
        vertices_m=body.vertices_m + stand_off[:, None] * normals,
        scores=np.stack(scores, axis=1),
        colours=np.array(colours),
    )


def shoe(body: Body) -> Floats:
    """Score the foot below the ankle."""
    return -regions.by_side(body, "knee", "ankle", 0.955)


def _face(body: Body, *, skin: Rgb, hair: Rgb) -> list[tuple[Floats, Rgb]]:
    """Return scores and colours of the eyes, pupils, brows and lips."""
    eyes = regions.eyes_m(body)
    pupil_z = float(np.abs(body.vertices_m[body.eye, 2]).mean())
    ahead, up, _ = (body.vertices_m - eyes).T
    aside = np.abs(body.vertices_m[:, 2])
    white = np.where(body.eye, 0.02, regions.NEVER)
    off_pupil = np.hypot(up, aside - pupil_z)
    pupil = np.where(body.eye & (ahead > 0.0), 0.0265 - off_pupil, regions.NEVER)
    on_head = regions.on(body, "head") > regions.MOSTLY
    skin_front = (ahead > -_FACE_FRONT_M) & ~body.eye & on_head
    brow = np.minimum(0.0045 - np.abs(up - 0.022), 0.019 - np.abs(aside - pupil_z))
    lips = 0.024 - np.hypot((up + 0.072) / 0.40, aside)
    dark = cast("Rgb", tuple(0.7 * part + 0.06 for part in hair))
    red = cast("Rgb", tuple(p * f for p, f in zip(skin, (0.85, 0.60, 0.60), strict=True)))
    return [
        (white, (0.92, 0.92, 0.90)),
        (pupil, (0.12, 0.08, 0.06)),
        (np.where(skin_front, brow, regions.NEVER), dark),
        (np.where(skin_front & (ahead > 0.0), lips, regions.NEVER), red),
    ]
