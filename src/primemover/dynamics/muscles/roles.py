"""Roles from mechanics: who does the work of a phase, who only holds.

A prime mover shortens under force and gives a fair part of the work; a brake lengthens under
force; a stabiliser carries force and hardly changes length, or works little; what hardly pulls is
idle. The thresholds are engineering defaults: the literature names roles, it gives no numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

import numpy as np

from primemover.dynamics.muscles.bands import Window, interpolated
from primemover.dynamics.muscles.sharing import MuscleSharing
from primemover.model.arrays import Floats, Ints, frozen

__all__ = ["GroupRoles", "Role", "roles_in_phases", "roles_of"]

IDLE_EFFORT: Final = 0.05
"""Below this share of what it could give, a group is idle. Engineering default."""
MOVER_WORK: Final = 0.10
"""A prime mover gives at least this share of all positive work. Engineering default."""
ISOMETRIC: Final = 0.03
"""A length change below this share of the optimal fibre length is near-isometric: about 10 degrees
of a deeply bent hip for gluteus maximus, 6 of the lumbar spine. Engineering default."""


class Role(IntEnum):
    """What a muscle group does in a phase."""

    IDLE = 0
    STABILISER = 1
    PRIME_MOVER = 2
    BRAKE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRoles:
    """Roles of G groups in one phase.

    Attributes
    ----------
    groups : G names
    role : G roles, the one that most of the ensemble gives
    belief : (G, 4) array, share of formulations and draws that give each role
    work_j : (G,) array, median work, + shortening
    """

    groups: tuple[str, ...]
    role: tuple[Role, ...]
    belief: Floats
    work_j: Floats


def roles_of(*, work_j: Floats, stretch_change: Floats, effort: Floats) -> Ints:
    """Return the role of each group, values of `Role`, (..., G).

    Parameters
    ----------
    work_j : (..., G) array, net work in the phase, + where the group gives work
    stretch_change : (..., G) array, change of length in optimal fibre lengths, - where it shortens
    effort : (..., G) array, mean force over what the group could give
    """
    given = np.maximum(work_j, 0.0)
    total = given.sum(axis=-1, keepdims=True)
    share = np.divide(given, total, out=np.zeros_like(given), where=total > 0.0)
    moves = np.abs(stretch_change) >= ISOMETRIC
    role = np.full(share.shape, int(Role.STABILISER), dtype=np.int64)
    role[moves & (stretch_change < 0.0) & (share >= MOVER_WORK)] = Role.PRIME_MOVER
    role[moves & (stretch_change > 0.0) & (work_j < 0.0)] = Role.BRAKE
    role[effort < IDLE_EFFORT] = Role.IDLE
    return role


def roles_in_phases(sharing: MuscleSharing, phases: Mapping[str, Window]) -> dict[str, GroupRoles]:
    """Return the roles in each phase that lies, with its ends, within the solved frames.

    Ends that lie outside by less than the solved frames' distance are moved inside.
    """
    found = {}
    for name, (start, end) in phases.items():
        slack = float(np.diff(sharing.time_s).max())
        first, last = float(sharing.time_s[0]), float(sharing.time_s[-1])
        if start < end and start >= first - slack and end <= last + slack:
            found[name] = _phase(sharing, (max(start, first), min(end, last)))
    return found


def _phase(sharing: MuscleSharing, window: Window) -> GroupRoles:
    start, end = window
    clock = sharing.time_s
    times = np.array([start, *clock[(clock > start) & (clock < end)], end])
    work = np.asarray(np.trapezoid(interpolated(clock, sharing.power_w, times), times, axis=-1))
    stretch = interpolated(clock, sharing.stretch, times[[0, -1]])
    roles = roles_of(
        work_j=work,
        stretch_change=np.broadcast_to(stretch[..., 1] - stretch[..., 0], work.shape),
        effort=interpolated(clock, sharing.effort, times).mean(axis=-1),
    )
    belief = np.stack([(roles == role).mean(axis=(0, 1)) for role in Role], axis=-1)
    return GroupRoles(
        groups=sharing.groups,
        role=tuple(Role(int(index)) for index in belief.argmax(axis=-1)),
        belief=frozen(belief),
        work_j=frozen(np.median(work, axis=(0, 1))),
    )
