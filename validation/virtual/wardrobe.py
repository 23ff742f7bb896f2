"""Dressing people, and what a dressed person looks like in a posture.

`dress` once a person, `worn` each frame: the skin with what is painted on it, then every garment
from the inside out, draped under gravity in the world (Y up), then hair that hangs.
"""

from dataclasses import dataclass
from typing import cast

import numpy as np

from validation.virtual import regions
from validation.virtual.bodies import Body
from validation.virtual.clothes import KINDS, Clothes, draw_clothes
from validation.virtual.cutting import edges_of
from validation.virtual.drape import Net, Skin, cover, net_of, settle
from validation.virtual.garments import Garment, belt, top, trousers
from validation.virtual.hair import Hair, hair_layers, hairdo, hairdo_meshes
from validation.virtual.meshes import Mesh, vertex_normals
from validation.virtual.paint import PALETTES, Layer, Painted, Palette, close_clothes, paint, shoe
from validation.virtual.rotations import Floats
from validation.virtual.shoes import Shoe, put_on, shoe_meshes, sole_depth_m
from validation.virtual.skeleton import skin

__all__ = [
    "KINDS", "PALETTES", "Clothes", "Outfit", "Palette", "draw_clothes", "dress", "lift_m", "worn",
]  # fmt: skip

_TUCK_IN_M = 0.006  # covered skin is drawn so much thinner: nothing pokes through
_DEEP_M = 0.03
_UNDER_M = 0.001
_TIGHTS_M = 0.002
_MEN_IN_A_BRA = 0.1  # or a short vest, which looks the same


@dataclass(frozen=True, slots=True, kw_only=True)
class Outfit:
    """A dressed body at rest.

    Attributes
    ----------
    vertices_m : (V, 3) array, the skin with what is painted on it
    scores : (V, K) array, of each painted material
    colours : (K, 3) array
    garments : from the inside out
    under_m : (V,) array, gap that the innermost garment keeps over `vertices_m`
    net : who neighbours whom on the skin
    sole_m : how much shoes lift the foot, already below the foot in the picture
    """

    vertices_m: Floats
    scores: Floats
    colours: Floats
    garments: tuple[Garment, ...] = ()
    under_m: Floats | None = None
    net: Net | None = None
    hair: Hair | None = None
    shoes: tuple[Shoe, ...] = ()
    sole_m: float = 0.0


def dress(body: Body, wear: Palette | Clothes) -> Outfit:
    """Return the body with its clothes on."""
    if isinstance(wear, Palette):
        return _outfit(paint(body, close_clothes(body, wear), skin=wear.skin, hair=wear.hair))
    garments = _garments(body, wear)
    painted = paint(
        body, [*_close_layers(body, wear), *hair_layers(body, wear)],
        skin=wear.skin_rgb, hair=wear.hair_rgb,
    )  # fmt: skip
    covered = _covered(body, garments)
    inward = vertex_normals(body.vertices_m, body.faces) * (_TUCK_IN_M * covered)[:, None]
    return Outfit(
        vertices_m=painted.vertices_m - inward,
        scores=painted.scores,
        colours=painted.colours,
        garments=garments,
        under_m=_UNDER_M + _TUCK_IN_M * covered,
        net=net_of(edges_of(body.faces), len(body.vertices_m)),
        hair=hairdo(body, wear),
        shoes=put_on(body, wear),
        sole_m=0.0 if wear.shoes == "barefoot" else sole_depth_m(wear),
    )


def worn(body: Body, outfit: Outfit, *, rotations: Floats, joints_m: Floats) -> list[Mesh]:
    """Return everything the person consists of in one frame.

    Parameters
    ----------
    rotations : (J, 3, 3), rest to world
    joints_m : (J, 3), world
    """
    points = skin(body, outfit.vertices_m, rotations=rotations, joints_m=joints_m)
    normals = vertex_normals(points, body.faces)
    meshes = [
        Mesh(
            vertices_m=points,
            faces=body.faces,
            normals=normals,
            scores=outfit.scores,
            colours=outfit.colours,
        )
    ]
    if outfit.under_m is None or outfit.net is None:
        return meshes
    under = Skin(points_m=points, normals=normals, gap_m=outfit.under_m, net=outfit.net)
    shift = joints_m - np.einsum("jab,jb->ja", rotations, body.joints_m)
    affine = np.concatenate([rotations, shift[:, :, None]], axis=2).reshape(-1, 12)
    lean = _leans(body, rotations)
    for garment in outfit.garments:
        below = under if garment.over_all else under._replace(gap_m=outfit.under_m)
        cloth, near = _draped(garment, below, affine, lean)
        under = under._replace(gap_m=cover(cloth, near, under, garment.thickness_m))
        meshes.append(_surface(garment, cloth))
    if outfit.hair is not None:
        head = body.joint("head")
        meshes += hairdo_meshes(outfit.hair, under, rotations[head], joints_m[head])
    return meshes + shoe_meshes(outfit.shoes, rotations, joints_m)


def lift_m(outfit: Outfit) -> float:
    """Return how far soles reach below the bare foot: raise a person by it to stand on Y = 0."""
    return outfit.sole_m


def _outfit(painted: Painted) -> Outfit:
    return Outfit(vertices_m=painted.vertices_m, scores=painted.scores, colours=painted.colours)


def _garments(body: Body, wear: Clothes) -> tuple[Garment, ...]:
    """Return the garments from the inside out."""
    tops = [] if wear.kind == "bare" else [top(body, wear)]
    below = [] if wear.legs == "tights" else [trousers(body, wear)]
    belts = [belt(body, wear)] if wear.belt_m > 0.0 else []
    inner, outer = (tops, below) if wear.kind == "tucked" else (below, tops)
    return (*inner, *outer, *belts)


def _close_layers(body: Body, wear: Clothes) -> list[Layer]:
    """Return what is painted on: tights, underwear, shoes."""
    waist, random = regions.waist_m(body), np.random.default_rng(wear.seed)
    layers: list[Layer] = []
    tights = wear.legs == "tights"
    end = wear.leg_end if tights else max(0.25, wear.leg_end - 0.1)
    layers.append(
        (regions.legs(body, top_m=waist + wear.rise_m - 0.02 * (not tights), end=end),
         wear.legs_rgb, _TIGHTS_M if tights else 0.0)
    )  # fmt: skip
    if wear.kind == "bare" and (body.sex == "female" or random.random() < _MEN_IN_A_BRA):
        layers.append((regions.bra(body), wear.top_rgb, 0.003))
    if wear.kind != "bare":
        under = regions.shirt(
            body, sleeve=max(0.1, wear.sleeve - 0.12), hem_m=waist - 0.02, collar_m=-0.012
        )
        rgb = wear.second_rgb if wear.kind == "jacket" else wear.top_rgb
        layers.append((under, rgb, 0.002 if wear.kind == "jacket" else 0.0))
    if wear.shoes != "barefoot":
        layers.append((shoe(body) - 0.01, wear.shoes_rgb, 0.0))
    return layers


def _covered(body: Body, garments: tuple[Garment, ...]) -> Floats:
    """Return 1 where the skin is surely under cloth at rest, (V,)."""
    out = np.zeros(len(body.vertices_m))
    for garment in garments:
        whole = np.zeros(len(out))
        piece = garment.piece
        whole[piece.base[piece.share == 0.0, 0]] = 1.0
        edges = edges_of(body.faces)
        for _ in range(2):  # two rings of skin beside a hem stay as they are
            least = whole.copy()
            np.minimum.at(least, edges[:, 0], whole[edges[:, 1]])
            np.minimum.at(least, edges[:, 1], whole[edges[:, 0]])
            whole = least
        out = np.maximum(out, whole)
    return out


def _leans(body: Body, rotations: Floats) -> Floats:
    """Return pitch of pelvis and chest and the swing of a thigh, radians, (3,)."""
    joints = [body.joint(name) for name in ("pelvis", "t7t8", "hip_right")]
    return cast("Floats", np.arctan2(rotations[joints, 0, 1], rotations[joints, 1, 1]))


def _draped(
    garment: Garment, under: Skin, affine: Floats, lean: Floats
) -> tuple[Floats, np.ndarray[tuple[int, ...], np.dtype[np.int64]]]:
    """Return the points of a garment (G, 3) at rest on the posed body and their nearest skin."""
    cloth = _moved(garment, under.points_m, affine)
    clear = np.where(garment.cover_m > 0.0, np.maximum(under.gap_m, garment.cover_m), under.gap_m)
    own = under._replace(gap_m=clear + garment.thickness_m)
    near = garment.near.copy()
    held = garment.sheet.free == 0.0
    lifted = (
        garment.piece.of(under.normals)[held]
        * (garment.held_m[held] + under.gap_m[near[held]])[:, None]
    )
    cloth[held] = garment.piece.of(under.points_m)[held] + lifted
    if garment.fabric.rounds == 0:
        return cloth, near
    settle(cloth, near, garment.sheet, own, garment.fabric)
    cloth = _folded(garment, cloth, lean)
    last = garment.fabric._replace(stiffness=0.0, friction=0.0, fall_m=0.0, rounds=1)
    settle(cloth, near, garment.sheet, own, last)
    return cloth, near


def _moved(garment: Garment, points_m: Floats, affine: Floats) -> Floats:
    """Return the cloth moved with the skeleton, as far off the posed skin as off the resting."""
    blended = (garment.weights @ affine).reshape(-1, 3, 4)
    if garment.skin_m is None:
        stiff: Floats = np.einsum("vij,vj->vi", blended[:, :, :3], garment.rest_m)
        return stiff + blended[:, :, 3]
    off_skin = np.einsum("vij,vj->vi", blended[:, :, :3], garment.rest_m - garment.skin_m)
    cloth: Floats = garment.piece.of(points_m) + off_skin
    return cloth


def _folded(garment: Garment, cloth: Floats, lean: Floats) -> Floats:
    """Return the cloth with folds, which wander with the posture, and the hood on its back."""
    normals = vertex_normals(cloth, garment.piece.faces)
    waves = garment.waves
    phase = garment.rest_m @ waves[:, :3].T + waves[:, 3] + waves[:, 4:7] @ lean
    height = np.sin(phase) @ waves[:, 7]
    if garment.hood is not None:
        hood, upright = garment.hood, np.cos(lean[1])
        # Lying on a bent back the hood slides towards the neck and gets flatter.
        under = hood.under_m + 0.04 * (1.0 - upright)
        along = np.clip(under / hood.drop_m, 0.0, 1.0)
        shape = np.sin(np.pi * along**1.3) ** 0.8
        width = np.clip(1.6 - hood.aside_m / 0.09, 0.0, 1.0)
        height = height + hood.thickness_m * (0.7 + 0.3 * upright) * shape * width * hood.behind
    return cloth + (garment.sheet.free * height)[:, None] * normals


def _surface(garment: Garment, cloth: Floats) -> Mesh:
    """Return cloth as it is drawn, seen from the inside too."""
    faces = garment.piece.faces
    return Mesh(
        vertices_m=cloth,
        faces=faces,
        normals=vertex_normals(cloth, faces),
        scores=garment.scores,
        colours=garment.colours,
        two_sided=True,
    )
