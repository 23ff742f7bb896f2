"""Cutting cloth out of a body's surface: where a score is positive, lengthened below the crotch."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from validation.virtual.bodies import Body, Indices
from validation.virtual.rotations import Floats

__all__ = ["Piece", "cut", "edges_of", "lengthened", "rim"]

_RING_M = 0.025
_LEAST = 0.04  # share of an edge: no slivers at a hem


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A piece of the body's surface.

    Attributes
    ----------
    base : (G, 2) array, the two vertices of the body a point lies between
    share : (G,) array, how far it is from the first to the second
    drop_m : (G,) array, how far it hangs under that point (a skirt), else 0
    faces : (F, 3) array
    """

    base: Indices
    share: Floats
    drop_m: Floats
    faces: Indices

    def of(self, values: Floats) -> Floats:
        """Return the values (V, ...) of the body at the points of the piece (G, ...)."""
        share = self.share.reshape(-1, *([1] * (values.ndim - 1)))
        mixed: Floats = (1.0 - share) * values[self.base[:, 0]] + share * values[self.base[:, 1]]
        return mixed

    def nearest(self) -> Indices:
        """Return the vertex of the body that is nearest to each point, (G,)."""
        return np.where(self.share < 0.5, self.base[:, 0], self.base[:, 1])  # noqa: PLR2004


def cut(body: Body, score: Floats) -> Piece:
    """Return the surface where the score (V,) is positive, its hem cut where it is zero."""
    inside = score > 0.0
    count = inside[body.faces].sum(axis=1)
    kept = np.flatnonzero(inside)
    number = np.full(len(score), -1, dtype=np.int64)
    number[kept] = np.arange(len(kept))
    whole = number[body.faces[count == 3]]  # noqa: PLR2004 - corners
    hem = _Hem(score=score, number=number, first=len(kept))
    parts = [
        triangle
        for face in body.faces[(count == 1) | (count == 2)]  # noqa: PLR2004 - corners
        for triangle in hem.clipped(face)
    ]
    base = np.concatenate([np.stack([kept, kept], axis=1), hem.base()])
    faces = np.concatenate([whole, np.array(parts, dtype=np.int64).reshape(-1, 3)])
    share = np.concatenate([np.zeros(len(kept)), hem.share()])
    return Piece(base=base, share=share, drop_m=np.zeros(len(share)), faces=faces)


class _Hem:
    """The new points of a hem, one an edge that crosses it."""

    def __init__(self, *, score: Floats, number: Indices, first: int) -> None:
        self._score, self._number, self._first = score, number, first
        self._points: dict[tuple[int, int], int] = {}

    def clipped(self, face: Indices) -> list[tuple[int, int, int]]:
        """Return the part of a triangle that is inside, as triangles."""
        corners: list[int] = []
        for here, after in zip(face, np.roll(face, -1), strict=True):
            if self._score[here] > 0.0:
                corners.append(int(self._number[here]))
            if (self._score[here] > 0.0) != (self._score[after] > 0.0):
                corners.append(self._point(int(here), int(after)))
        return [(corners[0], one, two) for one, two in pairwise(corners[1:])]

    def _point(self, one: int, two: int) -> int:
        edge = (one, two) if self._score[one] > 0.0 else (two, one)
        return self._points.setdefault(edge, self._first + len(self._points))

    def base(self) -> Indices:
        return np.array(list(self._points), dtype=np.int64).reshape(-1, 2)

    def share(self) -> Floats:
        inner, outer = self._score[self.base()].T
        crossing: Floats = np.clip(inner / (inner - outer + 1e-12), _LEAST, 1.0 - _LEAST)
        return crossing


def rim(faces: Indices) -> Indices:
    """Return the directed edges (B, 2) that belong to one triangle only."""
    edges = np.concatenate([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]])
    key, reverse = edges @ [1 << 32, 1], edges @ [1, 1 << 32]
    return edges[~np.isin(key, reverse)]


def edges_of(faces: Indices) -> Indices:
    """Return every edge once, (E, 2)."""
    edges = np.concatenate([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]])
    return np.unique(np.sort(edges, axis=1), axis=0)


def lengthened(piece: Piece, hem: NDArray[np.bool_], length_m: float) -> Piece:
    """Return the piece with a skirt hung on its lower hem.

    Parameters
    ----------
    hem : (G,) array, true where a point is on the hem to lengthen
    """
    border = rim(piece.faces)
    border = border[hem[border].all(axis=1)]
    top = np.unique(border)
    rings = max(1, round(length_m / _RING_M))
    number = np.full(len(piece.share), -1, dtype=np.int64)
    number[top] = np.arange(len(top))
    first, second = border.T
    faces, above, below = [piece.faces], first, second
    for ring in range(rings):
        at = len(piece.share) + ring * len(top)
        new_first, new_second = at + number[first], at + number[second]
        faces += [
            np.stack([below, above, new_first], axis=1),
            np.stack([below, new_first, new_second], axis=1),
        ]
        above, below = new_first, new_second
    drops = np.repeat(length_m * np.arange(1, rings + 1) / rings, len(top))
    return Piece(
        base=np.concatenate([piece.base, np.tile(piece.base[top], (rings, 1))]),
        share=np.concatenate([piece.share, np.tile(piece.share[top], rings)]),
        drop_m=np.concatenate([piece.drop_m, drops]),
        faces=np.concatenate(faces),
    )
