"""Garments: what is cut, how wide, where it is held and how it is coloured."""

from dataclasses import replace

import numpy as np

from validation.virtual import regions
from validation.virtual.bodies import Body
from validation.virtual.clothes import Clothes
from validation.virtual.cutting import Piece, cut, lengthened, rim
from validation.virtual.rotations import Floats
from validation.virtual.sewing import Folds, Garment, Hood, Plan, sewn

__all__ = ["Garment", "belt", "top", "trousers"]

_FALL_M = 0.009
_HELD_M = 0.03  # of a tucked shirt inside the trousers
_ABOVE_CROTCH_M = 0.02
_RIB_M = 0.06
_BLOUSE_M = 0.14  # the stretch above a band that bulges
_BELT_M = 0.10
_BELT_PRESS_M = 0.012  # beyond its edges it presses the shirt too
_CLOSE_M = 0.05  # girth ease under which cloth cannot fall
_WAIST_BAND_M = 0.035
_CUFF_M = 0.03
_UP = 0.5


def top(body: Body, clothes: Clothes) -> Garment:
    """Return shirt, sweater, hoodie or jacket."""
    hem_m = _hem_m(body, clothes)
    cut_m = max(hem_m, regions.crotch_m(body) + _ABOVE_CROTCH_M)
    piece = cut(body, _top_score(body, clothes, cut_m))
    if hem_m < cut_m:
        below = piece.of(body.vertices_m)[:, 1] < cut_m + 0.5 * _ABOVE_CROTCH_M
        border = np.zeros(len(below), dtype=np.float64)
        border[np.unique(rim(piece.faces))] = 1.0
        piece = lengthened(piece, (border > 0.0) & below, cut_m - hem_m)
    height = piece.of(body.vertices_m)[:, 1] - piece.drop_m
    cover = np.zeros(len(body.vertices_m))
    if clothes.kind == "tucked":
        cover[np.abs(body.vertices_m[:, 1] - _band_m(body, clothes)) < _HELD_M] = 0.012
    plan = Plan(
        piece=piece,
        offset_m=_top_offset(body, clothes, piece, hem_m),
        held_m=_top_held(body, clothes, piece, hem_m),
        stretch=clothes.stretch,
        stiffness=clothes.stiffness,
        hang=clothes.hang,
        fall_m=_FALL_M if clothes.ease_m > _CLOSE_M else 0.0,
        thickness_m=clothes.thickness_m + 0.0005,
        cover_m=cover,
        folds=Folds(height_m=clothes.wrinkle_m, size_m=clothes.wrinkle_size_m, seed=clothes.seed),
    )
    garment = sewn(body, plan, _top_colours(body, clothes, piece, height))
    has_hood = clothes.hood_m > 0.0
    return replace(garment, hood=_hood(body, clothes, garment)) if has_hood else garment


def _top_held(body: Body, clothes: Clothes, piece: Piece, hem_m: float) -> Floats:
    """Return the height of what trousers or a belt hold on the skin, NaN = free, (G,)."""
    height = piece.of(body.vertices_m)[:, 1] - piece.drop_m
    trunk = piece.of(regions.is_arm(body).astype(np.float64)) <= 0.0
    held = np.full(len(height), np.nan)
    if clothes.kind == "tucked":
        held[(height < hem_m + _HELD_M) & trunk] = 0.003
    if clothes.belt_m > 0.0:
        band = np.abs(height - _belt_middle_m(body)) < 0.5 * _BELT_M + _BELT_PRESS_M
        held[band & trunk] = clothes.thickness_m + 0.002
    return held


def trousers(body: Body, clothes: Clothes) -> Garment:
    """Return shorts, joggers or baggy trousers."""
    band_m = _band_m(body, clothes)
    piece = cut(body, regions.legs(body, top_m=band_m, end=clothes.leg_end))
    at = piece.of(body.vertices_m)
    below_band = band_m - at[:, 1]
    seat = np.clip((below_band - 0.04) / 0.10, 0.0, 1.0)
    width = clothes.leg_ease_m / (2.0 * np.pi)
    offset = 0.005 + width * seat
    held = np.where(below_band < _WAIST_BAND_M, 0.006, np.nan)
    if clothes.legs == "joggers":
        to_cuff = piece.of(regions.legs(body, top_m=band_m, end=clothes.leg_end))
        ankle = np.clip(to_cuff / 0.08, 0.0, 1.0)
        offset = 0.004 + (offset - 0.004) * np.where(below_band < _BLOUSE_M, 1.0, ankle)
        held[(to_cuff < _CUFF_M) & (below_band > _BLOUSE_M)] = 0.005
    plan = Plan(
        piece=piece,
        offset_m=offset,
        held_m=held,
        stretch=1.0,
        stiffness=clothes.stiffness,
        fall_m=0.4 * _FALL_M,
        hang=0.5 * clothes.hang,
        rounds=14,
        thickness_m=0.004,
        over_all=clothes.kind != "tucked",
        cover_m=np.zeros(len(body.vertices_m)),
        folds=Folds(
            height_m=min(0.5 * width, 0.006), size_m=clothes.wrinkle_size_m, seed=clothes.seed + 3
        ),
    )
    colours = np.array([clothes.legs_rgb]), np.ones((len(at), 1))
    return sewn(body, plan, colours)


def belt(body: Body, clothes: Clothes) -> Garment:
    """Return a lifting belt: a stiff band that turns with the middle of the lumbar spine."""
    away = np.abs(body.vertices_m[:, 1] - _belt_middle_m(body))
    score = np.where(regions.is_arm(body), regions.NEVER, 0.5 * _BELT_M - away)
    piece = cut(body, score)
    count = len(piece.share)
    plan = Plan(
        piece=piece,
        offset_m=np.full(count, clothes.thickness_m + 0.006 + clothes.belt_m),
        held_m=np.full(count, np.nan),
        stretch=1.0,
        stiffness=0.6,
        fall_m=0.0,
        thickness_m=clothes.thickness_m + 0.004 + clothes.belt_m,
        cover_m=np.zeros(len(body.vertices_m)),
        rigid_joint=body.joint("l3l4"),
        smoothing=20,
        over_all=False,
    )
    grey = (0.09, 0.08, 0.08) if clothes.seed % 2 else (0.35, 0.22, 0.12)
    return sewn(body, plan, (np.array([grey]), np.ones((count, 1))))


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
    return score


def _top_offset(body: Body, clothes: Clothes, piece: Piece, hem_m: float) -> Floats:
    """Return how far the top is cut off the skin, (G,): its girth less the body's, over 2 pi."""
    at = piece.of(body.vertices_m)
    height = at[:, 1] - piece.drop_m
    heights, girths = _girths(body)
    armpit_m = float(body.joints_m[body.joint("shoulder_left"), 1]) - 0.09
    below_armpit = (heights < armpit_m) & (heights > max(hem_m, regions.crotch_m(body)))
    widest = float(girths[below_armpit].max())
    straight = clothes.straight * widest + (1.0 - clothes.straight) * girths
    target = np.maximum(straight, girths) + clothes.ease_m
    own = np.interp(height, heights, (target - girths) / (2.0 * np.pi))
    own = own * np.clip((armpit_m + 0.08 - height) / 0.10, 0.10, 1.0)
    arm = piece.of(regions.is_arm(body).astype(np.float64))
    sleeve = max(0.3 * clothes.ease_m, 0.0) / (2.0 * np.pi) + 0.003
    offset = 0.001 + clothes.thickness_m + arm * sleeve + (1.0 - arm) * np.maximum(own, 0.0)
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


def _hood(body: Body, clothes: Clothes, garment: Garment) -> Hood:
    skin_m = garment.piece.of(body.vertices_m)
    neck = body.joints_m[body.joint("neck")]
    spine = body.joints_m[body.joint("t7t8")]
    return Hood(
        # Of a hood that is up only a fold in the nape is left.
        thickness_m=clothes.hood_m * (_UP if clothes.kind == "hood_up" else 1.0),
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
