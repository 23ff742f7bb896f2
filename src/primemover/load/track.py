"""From kept pictures and landmarks to the load's path."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Final

import numpy as np

from primemover.load.body import Body, body_of
from primemover.load.collect import LoadFrames
from primemover.load.follow import SEEN, RimPath, follow, look, outer_rim, refined
from primemover.load.gate import plate_doubt, without_strays
from primemover.load.midline import in_the_midline, magnification
from primemover.load.rim import SURE, Rim
from primemover.load.scale import height_scale, plate_scale
from primemover.load.vote import Carried, Search, candidates
from primemover.model.arrays import Floats, Ints, frozen
from primemover.model.cleaned import CleanPose
from primemover.model.loadtrack import LoadKind, LoadTrack
from primemover.model.pose import PoseTrack

__all__ = ["COMPETITION_PLATE_M", "track_load"]

COMPETITION_PLATE_M: Final = 0.450  # bumper discs from 10 kg up (IWF, IPF technical rules)
_STATURE_M: Final = (1.40, 2.10)  # statures the search allows for when none is told
_NEAREST: Final = 1.55  # a near plate looks this much larger than one in the body's plane
_SHORTENED: Final = 0.85  # hidden ankles make the body look this much shorter
_RATIOS: Final = (1.0, 0.88, 0.73)  # cosines of about 0, 28 and 43 deg of turn
_REACH: Final = (0.32, 0.30, 0.32)  # body heights about the hands; (sideways, above, below)
_LEVELS: Final = 8  # heights of the hands that are sampled ...
_PER_LEVEL: Final = 3  # ... this often each; engineering defaults
_TRIED: Final = 4  # candidates of the vote that are looked at
_CLEAREST: Final = 6  # pictures in which a larger rim is looked for
_SEEN_OFTEN: Final = 3  # a candidate is judged by the best third of the samples
_RIM_BIAS: Final = 0.02  # of the vertical half axis: the outline of a thick disc is not its face's;
# 1 % at no turn, 2-3 % at 10 deg and 6 % at 20 deg on rendered plates, nearly constant in time
_HAND_SE: Final = 0.012  # body heights; a wrist landmark's error, about 2 cm
_BELL_BELOW: Final = 0.14  # body heights from the wrists to a hanging bell's middle; 28 cm tall
# competition kettlebell, handle in the fist: 8 + 16 cm of a 1.75 m person
_BELL_SE: Final = 0.03  # body heights, of that offset
_NO_HANDS: Final = "The hands were not seen often enough to look for a load."
_NO_PLATE: Final = (
    "No plate that moves with the hands was found; film exactly from the side with the whole "
    "near plate in the picture, or say so if the load is a kettlebell."
)


def track_load(
    frames: LoadFrames,
    pose: CleanPose | PoseTrack,
    *,
    plate_diameter_m: float | None = COMPETITION_PLATE_M,
    person_height_m: float | None = None,
    kettlebell: bool = False,
) -> LoadTrack:
    """Return where the load went.

    Steps: vote for a circle that goes with the hands, look at the likeliest ones in single
    pictures, follow the best one through the film, and doubt the result (`plate_doubt`). Without
    a plate the hands stand in.

    Parameters
    ----------
    frames
        Collected while the film was decoded.
    pose
        The person.
    plate_diameter_m
        Of the near plate; None when unknown: the plate is followed but gives no scale.
    person_height_m
        Stature; narrows the search and gives a scale when there is no plate.
    kettlebell
        The person says that the load is a kettlebell: no plate is looked for, and the bell is put
        under the hands. It is not recognised by itself.
    """
    body = body_of(pose)
    if kettlebell:
        return _in_the_hands(body, person_height_m, bell=True, why="")
    sampled = _sampled(frames.indices, body.wrist_px)
    if sampled.size < _LEVELS or not np.isfinite(body.height_px):
        return _in_the_hands(body, person_height_m, bell=False, why=_NO_HANDS)
    search = _plate_search(plate_diameter_m or COMPETITION_PLATE_M, person_height_m)
    plate = _find(frames, body, sampled, search)
    why = _NO_PLATE if plate is None else plate_doubt(plate, body)
    if plate is None or why:
        return _in_the_hands(body, person_height_m, bell=False, why=why)
    return _plate_track(plate, body, plate_diameter_m, person_height_m)


def _plate_search(diameter_m: float, person_height_m: float | None) -> Search:
    shortest, tallest = (person_height_m,) * 2 if person_height_m else _STATURE_M
    return Search(
        radius_range=(
            0.9 * 0.5 * diameter_m / tallest,
            min(_NEAREST / _SHORTENED * 0.5 * diameter_m / shortest, 0.25),
        ),
        ratios=_RATIOS,
        reach=_REACH,
        plane_radius=0.5 * diameter_m / float(np.sqrt(shortest * tallest)),
    )


def _sampled(kept: tuple[int, ...], wrist_px: Floats) -> Ints:
    """Return frames spread over the heights of the hands, so that what stands still blurs."""
    index = np.array([i for i in kept if np.isfinite(wrist_px[i]).all()], dtype=np.int64)
    if not index.size:
        return index
    y = wrist_px[index, 1]
    low, high = np.quantile(y, [0.03, 0.97])
    level = np.clip((y - low) / max(high - low, 1.0) * _LEVELS, 0, _LEVELS - 1).astype(int)
    chosen: list[int] = []
    for one in range(_LEVELS):
        here = index[level == one]
        picks = np.linspace(0, here.size - 1, min(_PER_LEVEL, here.size)).astype(int)
        chosen.extend(int(i) for i in here[picks])
    return np.unique(np.array(chosen, dtype=np.int64))


def _find(frames: LoadFrames, body: Body, sampled: Ints, search: Search) -> RimPath | None:
    best: tuple[float, Carried, list[Rim]] | None = None
    found = candidates(frames, sampled, body.wrist_px, body.height_px, search)
    for carried in found[:_TRIED]:
        expected = carried.expected_px(body.wrist_px[sampled])
        rims = [
            look(frames.snapshot(int(i)), at, carried.axes_px)
            for i, at in zip(sampled, expected, strict=True)
        ]
        shares = np.sort([rim.share for rim in rims])[-max(len(rims) // _SEEN_OFTEN, 1) :]
        score = float(shares.mean())
        if best is None or score > best[0]:
            best = (score, carried, rims)
        if score >= SURE:
            break
    if best is None:
        return None
    _, carried, rims = best
    shares = np.array([rim.share for rim in rims])
    seen = shares >= SEEN
    if np.count_nonzero(seen) < _SEEN_OFTEN:
        return None
    good = [rim for rim, ok in zip(rims, seen, strict=True) if ok]
    carried = refined(carried, body.wrist_px[sampled[seen]], good)
    clearest = np.argsort(shares)[::-1][:_CLEAREST]
    pictures = [frames.snapshot(int(sampled[i])) for i in clearest]
    largest = search.radius_range[1] * body.height_px
    axes, first = outer_rim(pictures, [rims[i] for i in clearest], carried.axes_px, largest)
    start = int(sampled[clearest[0]])
    path = follow(frames, replace(carried, axes_px=axes), body.wrist_px, start, first)
    return without_strays(path)


def _plate_track(
    path: RimPath, body: Body, diameter_m: float | None, height_m: float | None
) -> LoadTrack:
    count = len(body.wrist_px)
    xy, axes = (
        _all_frames(path.index, path.xy_px, count),
        _all_frames(path.index, path.axes_px, count),
    )
    lost = ~np.isfinite(xy[:, 0])
    rim_se = _all_frames(path.index, path.se_px[:, None], count)[:, 0]
    se = np.hypot(rim_se, _RIM_BIAS * axes[:, 1])
    lens, lens_se = magnification(axes, body, diameter_m=diameter_m, height_m=height_m)
    midline, midline_se = in_the_midline(xy, se, body, lens=lens, lens_se=lens_se)
    seen = path.share >= SEEN
    share = float(lost.mean())
    return LoadTrack(
        kind=LoadKind.PLATE,
        xy_px=frozen(xy),
        se_px=frozen(se),
        axes_px=frozen(axes),
        lost=frozen(lost, np.bool_),
        confidence=float(path.share[seen].mean()),
        scale=plate_scale(axes, diameter_m) if diameter_m else None,
        why=f"The plate was out of sight in {share:.0%} of the film." if share > _MISSED else "",
        magnification=lens,
        magnification_se=lens_se,
        midline_px=frozen(midline),
        midline_se_px=frozen(midline_se),
    )


_MISSED: Final = 0.10  # of the film: less is not worth a sentence


def _in_the_hands(body: Body, person_height_m: float | None, *, bell: bool, why: str) -> LoadTrack:
    """Return the hands' path, moved down to a bell's middle if there is one."""
    below = _BELL_BELOW * body.height_px if bell else 0.0
    xy = body.wrist_px + np.array([0.0, below])
    lost = ~np.isfinite(xy[:, 0])
    se = np.hypot(_HAND_SE, _BELL_SE if bell else 0.0) * body.height_px
    error = np.where(lost, np.nan, se)
    return LoadTrack(
        kind=LoadKind.KETTLEBELL if bell else LoadKind.HANDS,
        xy_px=frozen(xy),
        se_px=frozen(error),
        axes_px=frozen(np.full(xy.shape, np.nan)),
        lost=frozen(lost, np.bool_),
        confidence=0.0,
        scale=height_scale(body, person_height_m),
        why=why,
        magnification=1.0,
        magnification_se=0.0,
        midline_px=frozen(xy),
        midline_se_px=frozen(error),
    )


def _all_frames(index: Ints, values: Floats, count: int) -> Floats:
    """Return values (S, D) of the kept frames for all frames, bridged between seen neighbours."""
    full = np.full((count, values.shape[1]), np.nan)
    full[index] = values
    if index.size < 2:  # noqa: PLR2004 - nothing lies between
        return full
    for before, after in pairwise(index):
        gap = np.arange(before + 1, after)
        if gap.size and gap.size <= _STRIDE_MOST:
            part = ((gap - before) / (after - before))[:, None]
            full[gap] = (1.0 - part) * full[before] + part * full[after]
    return full


_STRIDE_MOST: Final = 15  # frames that were not kept; longer gaps are lost, not bridged
