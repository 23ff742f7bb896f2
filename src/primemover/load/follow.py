"""Follow a rim through the film, from where it is seen best, both ways."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from primemover.load.collect import LoadFrames, Snapshot
from primemover.load.rim import SURE, Rim, read_rim
from primemover.load.vote import Carried
from primemover.model.arrays import Floats

__all__ = ["SEEN", "RimPath", "follow", "look", "refined"]

SEEN: Final = 0.33  # share of the rim, chance removed, from which a frame counts as tracked
_TIE: Final = 0.05  # a better share than this is needed to prefer a less likely prediction
_LARGER: Final = (1.09, 1.18, 1.28, 1.40, 1.52)  # half axes tried about a ring; 9 % steps
_NEARLY: Final = 0.70  # of the best ring's share: an outer rim is often darker than the inside
_APART: Final = 0.08  # of the vertical half axis: nearer predictions are one


@dataclass(frozen=True, slots=True, kw_only=True)
class RimPath:
    """A rim through the kept frames; picture pixels; rows as `index`.

    Attributes
    ----------
    index : (S,) int array, frames of the recording
    xy_px : (S, 2) array, the centre, NaN where it was not seen
    axes_px : (S, 2) array, half axes (horizontal, vertical)
    share : (S,) array, share of the rim seen, chance removed
    se_px : (S,) array, of a coordinate of the centre
    """

    index: NDArray[np.int64]
    xy_px: Floats
    axes_px: Floats
    share: Floats
    se_px: Floats


def look(snapshot: Snapshot, centre_px: Floats, axes_px: Floats) -> Rim:
    """Return the rim near a place of a kept picture, in picture pixels."""
    seen = read_rim(snapshot.grey, snapshot.to_crop(centre_px), axes_px * snapshot.zoom)
    return Rim(
        centre=snapshot.to_picture(seen.centre),
        axes=seen.axes / snapshot.zoom,
        share=seen.share,
        se_px=seen.se_px / float(snapshot.zoom.mean()),
    )


def refined(carried: Carried, wrist_px: Floats, rims: list[Rim]) -> Carried:
    """Return a candidate whose place about the hands and size are those of rims really seen.

    Parameters
    ----------
    carried
        From the vote.
    wrist_px
        (N, 2) wrists in the frames of `rims`.
    rims
        N rims with a good share.
    """
    centre = np.array([rim.centre for rim in rims])
    wrist = wrist_px - carried.anchor_px
    offset = centre - carried.anchor_px - carried.magnification * wrist
    return Carried(
        anchor_px=carried.anchor_px,
        offset_px=np.median(offset, axis=0),
        axes_px=np.median([rim.axes for rim in rims], axis=0),
        magnification=carried.magnification,
        evidence=carried.evidence,
    )


def outer_rim(
    pictures: list[Snapshot], rims: list[Rim], axes_px: Floats, largest_px: float
) -> tuple[Floats, Rim]:
    """Return the half axes of the outermost concentric ring, and its rim in the first picture.

    Plates carry rings: a steel insert, a lip, lettering. Larger and larger ellipses about the same
    centre are tried in some pictures; the largest that is seen nearly as well as the best wins.

    Parameters
    ----------
    pictures, rims
        Where a ring was seen well, the clearest first.
    axes_px
        Its half axes.
    largest_px
        The largest vertical half axis that can be.
    """
    sizes = [g for g in _LARGER if g * axes_px[1] <= largest_px]
    rings: list[tuple[float, Floats, Rim]] = []
    for growth in (1.0, *sizes):
        seen = [
            look(picture, rim.centre, growth * axes_px)
            for picture, rim in zip(pictures, rims, strict=True)
        ]
        share = float(np.median([rim.share for rim in seen]))
        rings.append((share, np.median([rim.axes for rim in seen], axis=0), seen[0]))
    best = max(share for share, _, _ in rings)
    good = [ring for ring in rings if ring[0] >= _NEARLY * best]
    _, axes, first = max(good, key=lambda ring: float(ring[1][1]))
    return axes, first


def follow(
    frames: LoadFrames, carried: Carried, wrist_px: Floats, start: int, first: Rim
) -> RimPath:
    """Return the rim through all kept frames.

    Steps: from frame `start`, forwards and backwards; each frame tries where the rim was going,
    where it was, where the hands would have taken it and, once lost, where the hands usually
    carry it; the best-seen ellipse wins.

    Parameters
    ----------
    frames
        The kept pictures.
    carried
        Size, and place about the hands.
    wrist_px
        (T, 2) wrists; NaN = unknown.
    start
        A kept frame ...
    first
        ... and the rim that was seen there.
    """
    index = np.array(frames.indices, dtype=np.int64)
    rims: dict[int, Rim] = {}
    at = int(np.searchsorted(index, start))
    for order in (index[at:], index[: at + 1][::-1]):
        rims |= _one_way(frames, carried, wrist_px, order, first)
    ordered = [rims[int(i)] for i in index]
    share = np.array([rim.share for rim in ordered])
    seen = share >= SEEN
    return RimPath(
        index=index,
        xy_px=np.where(seen[:, None], [rim.centre for rim in ordered], np.nan),
        axes_px=np.where(seen[:, None], [rim.axes for rim in ordered], np.nan),
        share=share,
        se_px=np.where(seen, [rim.se_px for rim in ordered], np.nan),
    )


def _one_way(
    frames: LoadFrames,
    carried: Carried,
    wrist_px: Floats,
    order: NDArray[np.int64],
    first: Rim,
) -> dict[int, Rim]:
    rims: dict[int, Rim] = {}
    place = first.centre
    velocity = np.zeros(2)
    lost, before = False, int(order[0])
    for index in (int(i) for i in order):
        pull = carried.magnification * (wrist_px[index] - wrist_px[before])
        guesses = [place + velocity, place, place + pull]
        if lost:
            guesses.append(carried.expected_px(wrist_px[index]))
        rim = _best_rim(
            frames.snapshot(index), _distinct(guesses, carried.axes_px), carried.axes_px
        )
        rims[index] = rim
        lost = rim.share < SEEN
        if lost:
            # Without a rim the hands are the better guess, unless they are unknown.
            place, velocity = _finite(guesses[2], place), np.zeros(2)
        else:
            velocity = rim.centre - place if index != before else velocity
            place = rim.centre
        before = index
    return rims


def _best_rim(snapshot: Snapshot, guesses: list[Floats], axes_px: Floats) -> Rim:
    best: Rim | None = None
    for guess in guesses:
        rim = look(snapshot, guess, axes_px)
        if best is None or rim.share > best.share + _TIE:
            best = rim
        if best.share >= SURE:
            break
    assert best is not None  # noqa: S101 - there is always a first guess
    return best


def _distinct(guesses: list[Floats], axes_px: Floats) -> list[Floats]:
    kept: list[Floats] = []
    for guess in guesses:
        known = bool(np.isfinite(guess).all())
        if known and all(np.hypot(*(guess - k)) > _APART * axes_px[1] for k in kept):
            kept.append(guess)
    return kept


def _finite(value: Floats, otherwise: Floats) -> Floats:
    return value if bool(np.isfinite(value).all()) else otherwise
