"""Cloth at rest on a posed body, compiled: what tension, weight and the skin leave of its shape.

Quasi-static and without a past: every frame starts from the cloth moved with the skeleton, falls a
little in each round, is pulled back by its own threads (which pull and hardly push), is smoothed as
stiffly as it is, and is kept outside the skin. So the same posture always looks the same.
"""

from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from validation.virtual.bodies import Indices
from validation.virtual.compiled import compiled
from validation.virtual.rotations import Floats

__all__ = ["Fabric", "Net", "Sheet", "Skin", "cover", "net_of", "settle"]

_PUSH = 0.06  # share of a thread's shortening that it resists: cloth buckles instead
_WALK_EACH = 3  # rounds between two looks for the nearest skin
_WALK_STEPS = 12
_SMOOTH_EACH = 2
_TOUCH_M = 0.002

Flags: TypeAlias = NDArray[np.bool_]


class Net(NamedTuple):
    """Who neighbours whom: of vertex v `ring[start[v]:start[v + 1]]`."""

    start: Indices
    ring: Indices


class Skin(NamedTuple):
    """The body to stay outside of: points and unit normals (V, 3), gap (V,), neighbours."""

    points_m: Floats
    normals: Floats
    gap_m: Floats
    net: Net


class Sheet(NamedTuple):
    """The cloth: threads (E, 2) and their lengths (E,), freedom (G,) 0 = held.

    `net` is who smooths whom (a hem only itself), `cloth` everybody's neighbours.
    """

    threads: Indices
    lengths_m: Floats
    free: Floats
    net: Net
    cloth: Net


class Fabric(NamedTuple):
    """How it behaves: smoothing a round, friction, fall in the first round, rounds.

    `hang` is the share of the way to the plumb line that what touches nothing goes in a round.
    """

    stiffness: float
    friction: float
    fall_m: float
    rounds: int
    hang: float


def net_of(edges: Indices, count: int) -> Net:
    """Return the neighbours of `count` vertices from edges (E, 2)."""
    both = np.concatenate([edges, edges[:, ::-1]])
    both = both[np.argsort(both[:, 0], kind="stable")]
    start = np.searchsorted(both[:, 0], np.arange(count + 1))
    return Net(start=start.astype(np.int64), ring=np.ascontiguousarray(both[:, 1]))


@compiled
def settle(x: Floats, near: Indices, sheet: Sheet, skin: Skin, fabric: Fabric) -> None:
    """Let the cloth x (G, 3) come to rest; x and the nearest skin (G,) change in place."""
    before = np.empty_like(x)
    touches = np.zeros(x.shape[0], dtype=np.bool_)
    for turn in range(fabric.rounds):
        before[:] = x
        left = 1.0 - turn / fabric.rounds
        for v in range(x.shape[0]):
            x[v, 1] -= fabric.fall_m * left * sheet.free[v]
        if fabric.hang > 0.0:
            _hang(x, sheet, touches, fabric.hang)
        _pull(x, sheet, turn % 2 == 0)
        if turn % _SMOOTH_EACH == 0:
            _smooth(x, sheet, fabric.stiffness)
        if turn % _WALK_EACH == 0:
            _walk(x, near, skin)
        touches[:] = sheet.free == 0.0
        _keep_outside(x, before, near, skin, touches, fabric.friction)


@compiled
def _pull(x: Floats, sheet: Sheet, forwards: bool) -> None:  # noqa: FBT001 - compiled
    """Shorten stretched threads, resist shortened ones weakly."""
    count = sheet.threads.shape[0]
    for k in range(count):
        e = k if forwards else count - 1 - k
        a, b = sheet.threads[e, 0], sheet.threads[e, 1]
        total = sheet.free[a] + sheet.free[b]
        if total == 0.0:
            continue
        dx, dy, dz = x[b, 0] - x[a, 0], x[b, 1] - x[a, 1], x[b, 2] - x[a, 2]
        length = np.sqrt(dx * dx + dy * dy + dz * dz) + 1e-12
        excess = (length - sheet.lengths_m[e]) / length / total
        if excess < 0.0:
            excess *= _PUSH
        wa, wb = excess * sheet.free[a], excess * sheet.free[b]
        x[a, 0] += wa * dx
        x[a, 1] += wa * dy
        x[a, 2] += wa * dz
        x[b, 0] -= wb * dx
        x[b, 1] -= wb * dy
        x[b, 2] -= wb * dz


@compiled
def _hang(x: Floats, sheet: Sheet, touches: Flags, share: float) -> None:
    """Move what touches nothing towards the plumb line from its neighbours above.

    Points come from the top of the garment down, so that a whole back follows in one round.
    """
    start, ring = sheet.cloth
    for v in range(x.shape[0]):
        if touches[v] or sheet.free[v] == 0.0:
            continue
        total, steep, ahead, aside = 1e-9, 0.0, 0.0, 0.0
        for k in range(start[v], start[v + 1]):
            u = ring[k]
            above = x[u, 1] - x[v, 1]
            if above > 0.0:
                dx, dz = x[u, 0] - x[v, 0], x[u, 2] - x[v, 2]
                weight = above * above / (dx * dx + above * above + dz * dz + 1e-9)
                total += weight
                steep += weight * weight
                ahead += weight * dx
                aside += weight * dz
        # A thread that lies nearly level does not swing.
        way = share * steep / total
        x[v, 0] += way * ahead / total
        x[v, 2] += way * aside / total


@compiled
def _smooth(x: Floats, sheet: Sheet, share: float) -> None:
    """Move every free vertex a share of the way to the middle of its neighbours."""
    start, ring = sheet.net
    for v in range(x.shape[0]):
        count = start[v + 1] - start[v]
        if count == 0:
            continue
        for axis in range(3):
            middle = 0.0
            for k in range(start[v], start[v + 1]):
                middle += x[ring[k], axis]
            x[v, axis] += share * sheet.free[v] * (middle / count - x[v, axis])


@compiled
def _walk(x: Floats, near: Indices, skin: Skin) -> None:
    """Find nearer skin by walking over it, so that a sleeve never finds the trunk."""
    start, ring = skin.net
    for v in range(x.shape[0]):
        here = near[v]
        best = np.sum((x[v] - skin.points_m[here]) ** 2)
        for _ in range(_WALK_STEPS):
            found = here
            for k in range(start[here], start[here + 1]):
                there = ring[k]
                distance = 0.0
                for axis in range(3):
                    distance += (x[v, axis] - skin.points_m[there, axis]) ** 2
                if distance < best:
                    best, found = distance, there
            if found == here:
                break
            here = found
        near[v] = here


@compiled
def _keep_outside(
    x: Floats, before: Floats, near: Indices, skin: Skin, touches: Flags, friction: float
) -> None:
    """Push free cloth out of the skin; where it touches, it sticks a little and is marked."""
    for v in range(x.shape[0]):
        if touches[v]:
            continue
        at = near[v]
        height = 0.0
        for axis in range(3):
            height += (x[v, axis] - skin.points_m[at, axis]) * skin.normals[at, axis]
        lack = skin.gap_m[at] - height
        touches[v] = lack > -_TOUCH_M
        if lack > 0.0:
            slip = 0.0
            for axis in range(3):
                x[v, axis] += lack * skin.normals[at, axis]
                slip += (x[v, axis] - before[v, axis]) * skin.normals[at, axis]
            for axis in range(3):
                along = x[v, axis] - before[v, axis] - slip * skin.normals[at, axis]
                x[v, axis] -= friction * along


@compiled
def cover(x: Floats, near: Indices, skin: Skin, thickness_m: float) -> Floats:
    """Return the gap (V,) that the next layer has to keep over the skin with this cloth on it."""
    gap = skin.gap_m.copy()
    touched = np.zeros(gap.shape[0], dtype=np.bool_)
    for v in range(x.shape[0]):
        at = near[v]
        height = thickness_m
        for axis in range(3):
            height += (x[v, axis] - skin.points_m[at, axis]) * skin.normals[at, axis]
        gap[at] = max(gap[at], height)
        touched[at] = True
    # Skin between two points of the cloth has the cloth of its neighbours over it.
    start, ring = skin.net
    for at in range(gap.shape[0]):
        if not touched[at]:
            for k in range(start[at], start[at + 1]):
                if touched[ring[k]]:
                    gap[at] = max(gap[at], gap[ring[k]])
    return gap
