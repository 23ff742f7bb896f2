"""Roll and pitch of a still camera, from straight edges of the room.

Upright edges (door frames, racks, corners) lean by the camera's roll, and converge with its pitch;
level edges (skirtings, shelves, floor joints) dip by the roll where the horizon is. Both are told
from clutter by a vote and refined by weighted least squares that leave outliers out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from primemover.model.arrays import Floats, Mask
from primemover.model.level import CameraLevel

__all__ = ["combined", "room_level"]

# Focal length of an unknown phone in long sides of its picture: main cameras of 24-28 mm equivalent
# have 0.67-0.78, twofold and cropped video up to 1.2. Engineering default.
_FOCAL: Final = 0.85
_FOCAL_SE: Final = 0.25
# Engineering defaults, all below.
_STEEPEST_RAD: Final = float(np.deg2rad(25.0))  # off upright or level: other edges are not asked
_SCATTER_RAD: Final = float(np.deg2rad(1.0))  # of truly upright edges about the fit
_INLIER: Final = 3.0  # scatters
_VOTERS: Final = 60  # longest edges whose pairs propose a fit
_APART: Final = 0.08  # long sides between two edges that propose a fit
_ROLL_PRIOR_RAD: Final = float(np.deg2rad(10.0))  # hand-placed phones
_CONVERGENCE_PRIOR: Final = 0.35  # tan(17 deg) / focal: the same for pitch
_DISTINCT: Final = 0.03  # long sides: edges nearer than this are one (a frame has two sides)
_FEWEST: Final = 3  # distinct edges that agree
_AGREEING: Final = 0.30  # share of the near-upright length that agrees; clutter alone gives 0.12
_BUILT_RAD: Final = float(np.deg2rad(0.5))  # nothing is built exactly upright
_LEVEL_BUILT_RAD: Final = float(np.deg2rad(2.5))  # and level edges run away from the camera
_PITCH_BUILT_RAD: Final = float(np.deg2rad(1.0))
_PITCH_UNKNOWN_RAD: Final = float(np.deg2rad(8.0))  # a pitch this unsure is not known
_ROUNDS: Final = 8
_STAYS: Final = 1.0 / 3.0  # share of the other pictures that show an edge of the room again
_SAME_RAD: Final = float(np.deg2rad(1.5))  # two edges this near in direction ...
_SAME: Final = 0.005  # ... and this near across, in long sides, are one edge
_TOO_FEW: Final = "Too few straight upright edges of the room are in the picture."


@dataclass(frozen=True, slots=True, kw_only=True)
class _Edges:
    """Edges of one family: tangent of the lean, where, and how much each weighs, (N,) each."""

    tangent: Floats
    place: Floats
    weight: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """tangent = lean + convergence x place, with the covariance of both, (2, 2)."""

    lean: float
    convergence: float
    covariance: Floats
    distinct: int


def room_level(pictures: Sequence[Floats]) -> CameraLevel:
    """Return roll and pitch of a camera that stood still.

    Parameters
    ----------
    pictures
        (N, 2, 2) ends of straight edges in each of some pictures, from the picture's middle, x
        right, y DOWN, in long sides; see `primemover.pose.edges`.

    Returns
    -------
    NaN with a reason where too few edges agree. The pitch needs upright edges at both sides of the
    picture and rests on an assumed lens: its error says so.
    """
    ends = _that_stay(pictures)
    upright = _fit(_upright(ends))
    pitch, pitch_se = _pitch(upright)
    level = _fit(_level(ends, horizon=_FOCAL * np.tan(pitch) if np.isfinite(pitch) else 0.0))
    witnesses = [
        (-np.arctan(one.lean), np.hypot(np.sqrt(one.covariance[0, 0]), built))
        for one, built in ((upright, _BUILT_RAD), (level, _LEVEL_BUILT_RAD))
        if one is not None
    ]
    roll, roll_se = combined(witnesses)
    return CameraLevel(
        roll_rad=roll,
        roll_se_rad=roll_se,
        pitch_rad=pitch,
        pitch_se_rad=pitch_se,
        lines=sum(one.distinct for one in (upright, level) if one is not None),
        why="" if upright is not None else _TOO_FEW,
    )


def combined(witnesses: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Return the inverse-variance mean of (value, standard error) pairs and its error.

    Witnesses that are not finite are left out, none gives NaN; where they disagree by more than
    their errors allow, the error grows accordingly (Birge 1932).
    """
    known = np.array([one for one in witnesses if np.isfinite(one).all()])
    if not len(known):
        return np.nan, np.nan
    value, weight = known[:, 0], known[:, 1] ** -2.0
    mean = float(value @ weight / weight.sum())
    se = float(weight.sum() ** -0.5)
    if len(known) == 1:
        return mean, se
    ratio = float(np.sqrt(weight @ (value - mean) ** 2 / (len(known) - 1)))
    return mean, se * max(1.0, ratio)


def _that_stay(pictures: Sequence[Floats]) -> Floats:
    """Return the edges (N, 2, 2) that other pictures show too: people and bars move."""
    if not len(pictures):
        return np.empty((0, 2, 2))
    if len(pictures) == 1:
        return pictures[0]
    wanted = max(1.0, _STAYS * (len(pictures) - 1))
    kept = []
    for number, ends in enumerate(pictures):
        others = (other for at, other in enumerate(pictures) if at != number)
        again = sum((_same(ends, other).any(axis=1) for other in others), np.zeros(len(ends)))
        kept.append(ends[again >= wanted])
    return np.concatenate(kept)


def _same(ends: Floats, other: Floats) -> Mask:
    """Return which edges lie on which, (N, M)."""
    along, along_2 = ends[:, 1] - ends[:, 0], other[:, 1] - other[:, 0]
    length, length_2 = np.linalg.norm(along, axis=1), np.linalg.norm(along_2, axis=1)
    unit = along / length[:, None]
    cross = np.abs(unit[:, None, 0] * along_2[:, 1] - unit[:, None, 1] * along_2[:, 0]) / length_2
    gap = other.mean(axis=1) - ends.mean(axis=1)[:, None]
    across = np.abs(unit[:, None, 0] * gap[..., 1] - unit[:, None, 1] * gap[..., 0])
    ahead = np.abs(np.sum(gap * unit[:, None], axis=2))
    overlap = ahead < 0.5 * (length[:, None] + length_2)
    same: Mask = (cross < np.sin(_SAME_RAD)) & (across < _SAME) & overlap
    return same


def _pitch(upright: _Line | None) -> tuple[float, float]:
    """Return the pitch and its error, which the unknown lens widens."""
    if upright is None:
        return np.nan, np.nan
    pitch = -float(np.arctan(upright.convergence * _FOCAL))
    fitted = _FOCAL * float(np.sqrt(upright.covariance[1, 1]))
    lens = abs(upright.convergence) * _FOCAL_SE
    se = float(np.sqrt(fitted**2 + lens**2 + _PITCH_BUILT_RAD**2))
    return (pitch, se) if se < _PITCH_UNKNOWN_RAD else (np.nan, np.nan)


def _upright(ends: Floats) -> _Edges:
    """Return near-upright edges.

    The image of the room's vertical at (x, y), the camera turned anticlockwise by r and looking
    down by p, leans to the right with a tangent t that obeys t = tan r + k (x + t y),
    k = tan p / (f cos r).
    """
    along = ends[:, 1] - ends[:, 0]
    chosen = np.abs(along[:, 0]) < np.tan(_STEEPEST_RAD) * np.abs(along[:, 1])
    along, middle = along[chosen], ends[chosen].mean(axis=1)
    tangent = -along[:, 0] / along[:, 1]
    place = middle[:, 0] + tangent * middle[:, 1]
    return _Edges(tangent=tangent, place=place, weight=np.linalg.norm(along, axis=1))


def _level(ends: Floats, *, horizon: float) -> _Edges:
    """Return near-level edges; their place is how far below the horizon they are.

    An edge along the picture dips to the right with the tangent of the roll wherever it is; one
    that also runs away from the camera does so at the horizon, and more or less below and above.
    """
    along = ends[:, 1] - ends[:, 0]
    chosen = np.abs(along[:, 1]) < np.tan(_STEEPEST_RAD) * np.abs(along[:, 0])
    along, middle = along[chosen], ends[chosen].mean(axis=1)
    tangent = along[:, 1] / along[:, 0]
    place = middle[:, 1] - tangent * middle[:, 0] - horizon
    return _Edges(tangent=tangent, place=place, weight=np.linalg.norm(along, axis=1))


def _fit(edges: _Edges) -> _Line | None:
    """Return the line on which the most length of edges agrees, None where too little does."""
    if edges.tangent.size < _FEWEST:
        return None
    coefficients = _vote(edges)
    for _ in range(_ROUNDS):
        weight = _weights(edges, coefficients)
        coefficients = _solve(edges, weight)[0]
    agrees = _residual(edges, coefficients) < _INLIER * _SCATTER_RAD
    distinct = _distinct(edges.place[agrees])
    share = edges.weight[agrees].sum() / edges.weight.sum()
    if distinct < _FEWEST or share < _AGREEING:
        return None
    covariance = _solve(edges, _weights(edges, coefficients))[1]
    # Several edges of one frame are one witness, and few witnesses may agree by chance.
    return _Line(
        lean=float(coefficients[0]),
        convergence=float(coefficients[1]),
        covariance=covariance * agrees.sum() / distinct * (1.0 + 2.0 / (distinct - 1)) ** 2,
        distinct=distinct,
    )


def _vote(edges: _Edges) -> Floats:
    """Return the (lean, convergence) of the pair of long edges that most length agrees with."""
    longest = np.argsort(edges.weight)[::-1][:_VOTERS]
    tangent, place = edges.tangent[longest], edges.place[longest]
    one, other = np.triu_indices(longest.size, 1)
    gap = place[one] - place[other]
    apart = np.abs(gap) >= _APART
    one, gap, rise = one[apart], gap[apart], (tangent[one] - tangent[other])[apart]
    convergence = np.concatenate([rise / gap, np.zeros(longest.size)])
    lean = np.concatenate([tangent[one] - rise / gap * place[one], tangent])
    offered = np.stack([lean, convergence])
    off = np.abs(edges.tangent - lean[:, None] - convergence[:, None] * edges.place)
    agreement = np.maximum(1.0 - (off / (_INLIER * _SCATTER_RAD)) ** 2, 0.0) @ edges.weight
    belief = (lean / _ROLL_PRIOR_RAD) ** 2 + (convergence / _CONVERGENCE_PRIOR) ** 2
    chosen: Floats = offered[:, int(np.argmax(agreement * np.exp(-0.5 * belief)))]
    return chosen


def _residual(edges: _Edges, coefficients: Floats) -> Floats:
    residual: Floats = np.abs(edges.tangent - coefficients[0] - coefficients[1] * edges.place)
    return residual


def _weights(edges: _Edges, coefficients: Floats) -> Floats:
    """Return length x Tukey's biweight, mean 1 over what is not left out."""
    off = _residual(edges, coefficients) / (_INLIER * _SCATTER_RAD)
    weight = edges.weight * np.maximum(1.0 - off**2, 0.0) ** 2
    mean = weight[weight > 0.0].mean() if (weight > 0.0).any() else 1.0
    scaled: Floats = weight / mean
    return scaled


def _solve(edges: _Edges, weight: Floats) -> tuple[Floats, Floats]:
    """Return (lean, convergence) by weighted least squares with the prior of the convergence."""
    design = np.stack([np.ones_like(edges.place), edges.place], axis=1)
    precision = _SCATTER_RAD**-2.0
    normal = precision * (design * weight[:, None]).T @ design
    normal += np.diag([_ROLL_PRIOR_RAD**-2.0, _CONVERGENCE_PRIOR**-2.0])
    covariance = np.linalg.inv(normal)
    coefficients: Floats = covariance @ (precision * (design * weight[:, None]).T @ edges.tangent)
    return coefficients, covariance


def _distinct(place: Floats) -> int:
    """Return how many places are apart from each other."""
    count, last = 0, -np.inf
    for one in np.sort(place):
        if one - last >= _DISTINCT:
            count, last = count + 1, one
    return count
