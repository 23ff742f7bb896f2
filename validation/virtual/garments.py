"""Garments: what is cut, how wide, where it is held and how it is coloured."""

from dataclasses import dataclass, replace

import numpy as np

from validation.virtual import regions
from validation.virtual.bodies import Body, Indices
from validation.virtual.clothes import Clothes
from validation.virtual.cutting import Piece, cut, edges_of, lengthened, rim
from validation.virtual.drape import Fabric, Net, Sheet
from validation.virtual.meshes import vertex_normals
from validation.virtual.rotations import Floats

__all__ = ["Garment", "belt", "top", "trousers"]

_ROUNDS = 30
_FALL_M = 0.006
_HELD_M = 0.03  # of a tucked shirt inside the trousers
_ABOVE_CROTCH_M = 0.02
_RIB_M = 0.06
_BLOUSE_M = 0.14  # the stretch above a band that bulges
_PATTERN_SMOOTHING = 6
_TRUNK = ("pelvis", "l5s1", "l3l4", "t12l1", "t7t8", "hip", "clavicle", "shoulder", "neck")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hood:
    """Padding on the upper back; `at_m` (G, 2): behind the spine's side and under the neck."""

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
    hood : padding or None
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
    hood: Hood | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """What `_sewn` makes a garment from; arrays are (G,), see `Garment`."""

    piece: Piece
    offset_m: Floats
    held_m: Floats
    stretch: float
    stiffness: float
    fall_m: float
    thickness_m: float
    cover_m: Floats
    rigid_joint: int | None = None
    smoothing: int = _PATTERN_SMOOTHING


def top(body: Body, clothes: Clothes) -> Garment:
    """Return shirt, sweater, hoodie or jacket."""
    hem_m, tucked = _hem_m(body, clothes), clothes.kind == "tucked"
    cut_m = max(hem_m, regions.crotch_m(body) + _ABOVE_CROTCH_M)
    piece = cut(body, _top_score(body, clothes, cut_m))
    if hem_m < cut_m:
        below = piece.of(body.vertices_m)[:, 1] < cut_m + 0.5 * _ABOVE_CROTCH_M
        border = np.zeros(len(below), dtype=np.float64)
        border[np.unique(rim(piece.faces))] = 1.0
        piece = lengthened(piece, (border > 0.0) & below, cut_m - hem_m)
    height = piece.of(body.vertices_m)[:, 1] - piece.drop_m
    held = np.full(len(height), np.nan)
    arm = piece.of(regions.is_arm(body).astype(np.float64)) > 0.0
    if tucked:
        held[(height < hem_m + _HELD_M) & ~arm] = 0.003
    if clothes.belt_m > 0.0:
        band = np.abs(height - _belt_middle_m(body)) < 0.5 * _BELT_M
        held[band & ~arm] = clothes.thickness_m + 0.004
    cover = np.zeros(len(body.vertices_m))
    if tucked:
        cover[np.abs(body.vertices_m[:, 1] - _band_m(body, clothes)) < _HELD_M] = 0.012
    plan = _Plan(
        piece=piece,
        offset_m=_top_offset(body, clothes, piece, hem_m),
        held_m=held,
        stretch=clothes.stretch,
        stiffness=clothes.stiffness,
        fall_m=_FALL_M if clothes.ease_m > 0.05 else 0.0,  # noqa: PLR2004 - close cloth cannot fall
        thickness_m=clothes.thickness_m + 0.002,
        cover_m=cover,
        smoothing=14 if clothes.kind == "hood_up" else _PATTERN_SMOOTHING,
    )
    garment = _sewn(body, clothes, plan, _top_colours(body, clothes, piece, height))
    return replace(garment, hood=_hood(body, clothes, garment)) if clothes.hood_m > 0.0 else garment


def trousers(body: Body, clothes: Clothes) -> Garment:
    """Return shorts, joggers or baggy trousers."""
    band_m = _band_m(body, clothes)
    piece = cut(body, regions.legs(body, top_m=band_m, end=clothes.leg_end))
    at = piece.of(body.vertices_m)
    below_band = band_m - at[:, 1]
    seat = np.clip((below_band - 0.04) / 0.10, 0.0, 1.0)
    width = clothes.leg_ease_m / (2.0 * np.pi)
    offset = 0.005 + width * seat
    held = np.where(below_band < 0.035, 0.006, np.nan)  # noqa: PLR2004 - width of a waist band
    if clothes.legs == "joggers":
        to_cuff = regions.legs(body, top_m=band_m, end=clothes.leg_end)
        ankle = np.clip(piece.of(to_cuff) / 0.08, 0.0, 1.0)
        offset = 0.004 + (offset - 0.004) * np.where(below_band < _BLOUSE_M, 1.0, ankle)
        held[(piece.of(to_cuff) < 0.03) & (below_band > _BLOUSE_M)] = 0.005  # noqa: PLR2004 - a cuff
    plan = _Plan(
        piece=piece,
        offset_m=offset,
        held_m=held,
        stretch=1.0,
        stiffness=clothes.stiffness,
        fall_m=0.4 * _FALL_M,
        thickness_m=0.004,
        cover_m=np.zeros(len(body.vertices_m)),
    )
    colours = np.array([clothes.legs_rgb]), np.ones((len(at), 1))
    return _sewn(body, clothes, plan, colours)


_BELT_M = 0.10


def belt(body: Body, clothes: Clothes) -> Garment:
    """Return a lifting belt: a stiff band that turns with the middle of the lumbar spine."""
    away = np.abs(body.vertices_m[:, 1] - _belt_middle_m(body))
    score = np.where(regions.is_arm(body), regions.NEVER, 0.5 * _BELT_M - away)
    piece = cut(body, score)
    count = len(piece.share)
    plan = _Plan(
        piece=piece,
        offset_m=np.full(count, 0.008 + clothes.belt_m),
        held_m=np.full(count, np.nan),
        stretch=1.0,
        stiffness=0.6,
        fall_m=0.0,
        thickness_m=clothes.belt_m,
        cover_m=np.zeros(len(body.vertices_m)),
        rigid_joint=body.joint("l3l4"),
        smoothing=20,
    )
    grey = (0.09, 0.08, 0.08) if clothes.seed % 2 else (0.35, 0.22, 0.12)
    return _sewn(body, clothes, plan, (np.array([grey]), np.ones((count, 1))))


def _belt_middle_m(body: Body) -> float:
    return regions.waist_m(body) + 0.055


def _band_m(body: Body, clothes: Clothes) -> float:
    return regions.waist_m(body) + clothes.rise_m


def _hem_m(body: Body, clothes: Clothes) -> float:
    """Return the height at which the top ends at rest."""
    if clothes.kind == "tucked":
        return _band_m(body, clothes) - _HELD_M
    waist = regions.waist_m(body)
    return waist - clothes.hem * (waist - regions.crotch_m(body))


def _top_score(body: Body, clothes: Clothes, cut_m: float) -> Floats:
    score = regions.shirt(body, sleeve=clothes.sleeve, hem_m=cut_m)
    if clothes.kind == "jacket":
        ahead = body.vertices_m[:, 0] - body.joints_m[body.joint("t7t8"), 0]
        aside = np.abs(body.vertices_m[:, 2]) - (0.03 + 0.04 * clothes.straight)
        return np.where(ahead > 0.0, np.minimum(score, aside), score)
    if clothes.kind != "hood_up":
        return score
    eyes = regions.eyes_m(body)
    whole = regions.shirt(body, sleeve=clothes.sleeve, hem_m=cut_m, collar_m=1.0)
    # The face stays free: everything ahead of a plane through the temples, above the chin.
    chin = eyes[1] - 0.12
    face = np.minimum(body.vertices_m[:, 0] - (eyes[0] - 0.055), body.vertices_m[:, 1] - chin)
    return np.where(body.eye, regions.NEVER, np.minimum(whole, -face))


def _top_offset(body: Body, clothes: Clothes, piece: Piece, hem_m: float) -> Floats:
    """Return how far the top is cut off the skin, (G,): its girth less the body's, over 2 pi."""
    at = piece.of(body.vertices_m)
    height = at[:, 1] - piece.drop_m
    heights, girths = _girths(body)
    armpit_m = float(body.joints_m[body.joint("shoulder_left"), 1]) - 0.09
    below_armpit = (heights < armpit_m) & (heights > max(hem_m, regions.crotch_m(body)))
    widest = float(girths[below_armpit].max())
    chest = float(np.interp(armpit_m, heights, girths))
    straight = clothes.straight * widest + (1.0 - clothes.straight) * np.maximum(
        girths, 0.9 * chest
    )
    target = np.maximum(straight, girths) + clothes.ease_m
    own = np.interp(height, heights, (target - girths) / (2.0 * np.pi))
    own = own * np.clip((armpit_m + 0.08 - height) / 0.10, 0.10, 1.0)
    arm = piece.of(regions.is_arm(body).astype(np.float64))
    sleeve = max(0.3 * clothes.ease_m, 0.0) / (2.0 * np.pi) + 0.003
    offset = 0.002 + clothes.thickness_m + arm * sleeve + (1.0 - arm) * np.maximum(own, 0.0)
    if clothes.kind == "hood_up":
        neck_m = float(body.joints_m[body.joint("neck"), 1])
        offset = np.maximum(offset, 0.028 * np.clip((height - neck_m) / 0.05, 0.0, 1.0))
    return (
        offset + _blouse(clothes, height, hem_m, arm) - _rib(clothes, offset, height - hem_m, arm)
    )


def _blouse(clothes: Clothes, height: Floats, hem_m: float, arm: Floats) -> Floats:
    above = (height - hem_m - _HELD_M) / _BLOUSE_M
    bulge = np.where(
        (above > 0.0) & (above < 1.0), np.sin(np.pi * np.sqrt(np.clip(above, 0, 1))), 0
    )
    return 0.5 * clothes.blouse_m * bulge * (1.0 - arm)


def _rib(clothes: Clothes, offset: Floats, above_hem_m: Floats, arm: Floats) -> Floats:
    """Return how much a tucked or ribbed hem draws the cloth back to the skin."""
    if clothes.blouse_m <= 0.0:
        return np.zeros(len(offset))
    drawn = np.clip(1.0 - (above_hem_m - 0.5 * _RIB_M) / _RIB_M, 0.0, 1.0)
    return (1.0 - arm) * drawn * np.maximum(offset - 0.004, 0.0)


def _girths(body: Body) -> tuple[Floats, Floats]:
    """Return heights and the girth of the trunk's hull there (as a tape measures it)."""
    trunk = ~regions.is_arm(body)
    low, high = regions.crotch_m(body) - 0.10, body.joints_m[body.joint("neck"), 1]
    heights = np.arange(low, high, 0.03)
    angle = np.linspace(0.0, np.pi, 24, endpoint=False)
    ways = np.stack([np.cos(angle), np.sin(angle)])
    girths = np.empty(len(heights))
    for k, height in enumerate(heights):
        near = trunk & (np.abs(body.vertices_m[:, 1] - height) < 0.022)  # noqa: PLR2004 - a slice
        # Cauchy: the girth of a hull is pi times its mean width.
        along = body.vertices_m[near][:, [0, 2]] @ ways
        girths[k] = np.pi * float(np.ptp(along, axis=0).mean())
    return heights, girths


def _sewn(body: Body, clothes: Clothes, plan: _Plan, colours: tuple[Floats, Floats]) -> Garment:
    """Return the garment: rest shape smoothed, threads measured, weights mixed."""
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
    rest_m = rest_m + 0.8 * lack[:, None] * outward
    edges = edges[np.argsort(-rest_m[edges, 1].max(axis=1), kind="stable")]
    lengths = np.linalg.norm(rest_m[edges[:, 0]] - rest_m[edges[:, 1]], axis=1)
    free = np.where(np.isnan(plan.held_m), 1.0, 0.0)
    return Garment(
        piece=piece,
        rest_m=rest_m,
        weights=_weights(body, plan),
        near=piece.nearest(),
        held_m=plan.held_m,
        sheet=Sheet(threads=edges, lengths_m=plan.stretch * lengths, free=free, net=net),
        fabric=Fabric(stiffness=plan.stiffness, friction=0.35, fall_m=plan.fall_m, rounds=_ROUNDS),
        thickness_m=plan.thickness_m,
        cover_m=plan.cover_m,
        scores=colours[1],
        colours=colours[0],
        waves=_waves(clothes),
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


def _weights(body: Body, plan: _Plan) -> Floats:
    joints = len(body.parents)
    if plan.rigid_joint is not None:
        alone = np.zeros((len(plan.piece.share), joints))
        alone[:, plan.rigid_joint] = 1.0
        return alone
    whole = np.zeros((len(body.vertices_m), joints))
    rows = np.repeat(np.arange(len(whole)), body.weight_joints.shape[1])
    np.add.at(whole, (rows, body.weight_joints.ravel()), body.weights.ravel())
    return plan.piece.of(whole)


def _waves(clothes: Clothes) -> Floats:
    """Return six folds of random way and length; they wander as the posture changes."""
    random = np.random.default_rng(clothes.seed)
    count = 6
    way = random.normal(size=(count, 3)) * np.array([0.6, 1.0, 1.0])
    way /= np.linalg.norm(way, axis=1, keepdims=True)
    length_m = clothes.wrinkle_size_m * random.uniform(0.6, 1.8, size=(count, 1))
    phase = random.uniform(0.0, 2.0 * np.pi, size=(count, 1))
    by_posture = random.normal(0.0, 2.0, size=(count, 3))
    height = clothes.wrinkle_m / np.sqrt(count) * random.uniform(0.7, 1.6, size=(count, 1))
    return np.concatenate([2.0 * np.pi * way / length_m, phase, by_posture, height], axis=1)


def _hood(body: Body, clothes: Clothes, garment: Garment) -> Hood:
    skin_m = garment.piece.of(body.vertices_m)
    neck = body.joints_m[body.joint("neck")]
    spine = body.joints_m[body.joint("t7t8")]
    return Hood(
        thickness_m=clothes.hood_m,
        drop_m=clothes.hood_drop_m,
        aside_m=np.abs(skin_m[:, 2]),
        under_m=neck[1] + 0.03 - skin_m[:, 1],
        behind=np.clip((spine[0] + 0.05 - skin_m[:, 0]) / 0.06, 0.0, 1.0),
    )


def _top_colours(
    body: Body, clothes: Clothes, piece: Piece, height: Floats
) -> tuple[Floats, Floats]:
    """Return two colours (2, 3) and their scores (G, 2) by the pattern."""
    at = piece.of(body.vertices_m)
    turn = 2.0 * np.pi / clothes.pattern_m
    random = np.random.default_rng(clothes.seed + 1)
    way = random.normal(size=(5, 3)) * turn
    second = {
        "plain": np.full(len(at), -1.0),
        "rings": np.sin(turn * height),
        "pinstripe": np.sin(turn * at[:, 2] + 0.7) - 0.3,
        "halves": (height - body.joints_m[body.joint("t12l1"), 1]) / 0.1,
        "print": np.sin(at @ way.T + random.uniform(0.0, 6.0, 5)).sum(axis=1) - 0.8,
    }[clothes.pattern]
    scores = np.stack([np.zeros(len(at)), second], axis=1)
    return np.array([clothes.top_rgb, clothes.second_rgb]), scores
