"""Sewing: a piece of the body's surface, made so much wider, becomes a garment."""

from dataclasses import dataclass

import numpy as np

from validation.virtual.bodies import Body, Indices
from validation.virtual.cutting import Piece, edges_of, rim
from validation.virtual.drape import Fabric, Net, Sheet, net_of
from validation.virtual.meshes import vertex_normals
from validation.virtual.rotations import Floats

__all__ = ["Folds", "Garment", "Hood", "Plan", "sewn"]

_ROUNDS = 26
_FOLDS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Folds:
    """The folds of a cloth: their height and wave length, and the seed of where they are."""

    height_m: float = 0.0
    size_m: float = 0.12
    seed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Hood:
    """A hood lying on the upper back: padding.

    Attributes
    ----------
    thickness_m, drop_m : greatest thickness, how far it reaches down
    aside_m, under_m : (G,) arrays, off the midline and under the neck
    behind : (G,) array, 1 on the back, 0 on the front
    """

    thickness_m: float
    drop_m: float
    aside_m: Floats
    under_m: Floats
    behind: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Garment:
    """A piece of clothing at rest.

    Attributes
    ----------
    piece : where it was cut out
    rest_m : (G, 3) array, on the resting body
    weights : (G, J) array, share of each joint in a point's movement
    near : (G,) array, the vertex of the body it starts looking for skin at
    held_m : (G,) array, height over the skin of points that are held on it, NaN = free
    sheet, fabric : for `drape.settle`
    thickness_m : its own, kept over what is underneath
    cover_m : (V,) array, what it has to clear beside the skin (a waist band it hangs over)
    scores : (G, K) array, colours : (K, 3) array
    waves : (W, 8) array of folds: wave vector (3), phase, phase by posture (3), height in metres
    skin_m : (G, 3) array, resting skin where it was cut out, None = stiff, moves on its own
    hood : padding or None
    over_all : lies over all garments inside of it; else it presses them down to their thickness
    """

    piece: Piece
    rest_m: Floats
    weights: Floats
    near: Indices
    held_m: Floats
    sheet: Sheet
    fabric: Fabric
    thickness_m: float
    cover_m: Floats
    scores: Floats
    colours: Floats
    waves: Floats
    skin_m: Floats | None = None
    hood: Hood | None = None
    over_all: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What `sewn` makes a garment from; arrays are (G,), see `Garment`.

    Attributes
    ----------
    offset_m : how far off the skin it is cut
    stretch : length of its threads over their length as cut; < 1 pulls
    fall_m : how far it falls in the first round, 0 = cannot fall
    rigid_joint : what a stiff thing turns with as a whole
    smoothing : rounds of ironing the cut shape
    hold : share of what ironing took off its distance to the skin that is given back
    rounds, hang, folds, over_all : see `Fabric`, `Folds` and `Garment`
    """

    piece: Piece
    offset_m: Floats
    held_m: Floats
    stretch: float
    stiffness: float
    fall_m: float
    thickness_m: float
    cover_m: Floats
    rigid_joint: int | None = None
    smoothing: int = 6
    hold: float = 0.8
    hang: float = 0.0
    rounds: int = _ROUNDS
    folds: Folds = Folds()
    over_all: bool = True


def sewn(body: Body, plan: Plan, colours: tuple[Floats, Floats]) -> Garment:
    """Return the garment: rest shape smoothed, threads measured, weights mixed.

    Parameters
    ----------
    colours : (K, 3) and the scores (G, K) of each
    """
    piece = plan.piece
    normals = vertex_normals(body.vertices_m, body.faces)
    skin_m = piece.of(body.vertices_m)
    skin_m[:, 1] -= piece.drop_m
    outward = piece.of(normals)
    outward[piece.drop_m > 0.0, 1] = 0.0
    outward /= np.linalg.norm(outward, axis=1, keepdims=True) + 1e-9
    edges = edges_of(piece.faces)
    net = _hem_net(piece.faces, edges, len(skin_m))
    rest_m = _smoothed(skin_m + plan.offset_m[:, None] * outward, net, plan.smoothing)
    # Smoothing must not take the cloth nearer than it was cut.
    lack = np.maximum(plan.offset_m - np.sum((rest_m - skin_m) * outward, axis=1), 0.0)
    rest_m = rest_m + plan.hold * lack[:, None] * outward
    edges = edges[np.argsort(-rest_m[edges, 1].max(axis=1), kind="stable")]
    lengths = np.linalg.norm(rest_m[edges[:, 0]] - rest_m[edges[:, 1]], axis=1)
    free = np.where(np.isnan(plan.held_m), 1.0, 0.0)
    return Garment(
        piece=piece,
        skin_m=piece.of(body.vertices_m) if plan.rigid_joint is None else None,
        rest_m=rest_m,
        weights=_weights(body, plan),
        near=piece.nearest(),
        held_m=plan.held_m,
        sheet=Sheet(
            threads=edges,
            lengths_m=plan.stretch * lengths,
            free=free,
            net=net,
            cloth=net_of(edges, len(skin_m)),
        ),
        fabric=Fabric(
            stiffness=plan.stiffness,
            friction=0.35,
            fall_m=plan.fall_m,
            rounds=plan.rounds,
            hang=plan.hang,
        ),
        thickness_m=plan.thickness_m,
        cover_m=plan.cover_m,
        scores=colours[1],
        colours=colours[0],
        waves=_waves(plan.folds),
        over_all=plan.over_all,
    )


def _hem_net(faces: Indices, edges: Indices, count: int) -> Net:
    """Return who pulls at whom: a point on a hem only at its neighbours along the hem."""
    border = np.zeros(count, dtype=np.bool_)
    hem = np.sort(rim(faces), axis=1)
    border[hem.ravel()] = True
    both = np.concatenate([edges, edges[:, ::-1]])
    kept = both[~border[both[:, 0]]]
    ways = np.concatenate([kept, hem, hem[:, ::-1]])
    ways = ways[np.argsort(ways[:, 0], kind="stable")]
    start = np.searchsorted(ways[:, 0], np.arange(count + 1))
    return Net(start=start.astype(np.int64), ring=np.ascontiguousarray(ways[:, 1]))


def _smoothed(points_m: Floats, net: Net, rounds: int) -> Floats:
    count = np.diff(net.start)
    owner = np.repeat(np.arange(len(points_m)), count)
    out = points_m
    for _ in range(rounds):
        middle = (
            np.stack(
                [
                    np.bincount(owner, weights=out[net.ring, k], minlength=len(out))
                    for k in range(3)
                ],
                1,
            )
            / np.maximum(count, 1)[:, None]
        )
        out = np.where(count[:, None] > 0, 0.5 * out + 0.5 * middle, out)
    return out


def _weights(body: Body, plan: Plan) -> Floats:
    joints = len(body.parents)
    if plan.rigid_joint is not None:
        alone = np.zeros((len(plan.piece.share), joints))
        alone[:, plan.rigid_joint] = 1.0
        return alone
    whole = np.zeros((len(body.vertices_m), joints))
    rows = np.repeat(np.arange(len(whole)), body.weight_joints.shape[1])
    np.add.at(whole, (rows, body.weight_joints.ravel()), body.weights.ravel())
    return plan.piece.of(whole)


def _waves(folds: Folds) -> Floats:
    """Return six folds of random way and length; they wander as the posture changes."""
    random = np.random.default_rng(folds.seed)
    count = _FOLDS
    way = random.normal(size=(count, 3)) * np.array([0.6, 1.0, 1.0])
    way /= np.linalg.norm(way, axis=1, keepdims=True)
    length_m = folds.size_m * random.uniform(0.6, 1.8, size=(count, 1))
    phase = random.uniform(0.0, 2.0 * np.pi, size=(count, 1))
    by_posture = random.normal(0.0, 2.0, size=(count, 3))
    height = folds.height_m / np.sqrt(count) * random.uniform(0.7, 1.6, size=(count, 1))
    return np.concatenate([2.0 * np.pi * way / length_m, phase, by_posture, height], axis=1)
