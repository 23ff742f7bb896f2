"""Frames in which something is missing: left out before, filled with NaN after."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any, Final

import numpy as np

from primemover.dynamics.body import Body
from primemover.dynamics.motion import Arms, HeldLoad, SagittalMotion
from primemover.model.arrays import Mask, frozen

__all__ = ["draws_of", "only", "only_load", "seen_frames", "spread"]

_CURVES: Final = (
    "foot_rad",
    "shank_rad",
    "thigh_rad",
    "pelvis_rad",
    "lumbar_rad",
    "chest_rad",
    "head_rad",
)
_POINTS: Final = frozenset(
    {
        "centre_acceleration_m_s2",
        "centre_m",
        "centre_rate_m_s",
        "force_n",
        "hand_force_n",
        "joint_m",
        "joint_rate_m_s",
        "load_m",
        "load_rate_m_s",
    }
)
"""Fields whose frames are the last axis but one."""


def seen_frames(motion: SagittalMotion, load: HeldLoad | None) -> Mask:
    """Return the frames in which everything is known, in every draw, (T,)."""
    known = [np.isfinite(getattr(motion, name)) for name in _CURVES]
    known.append(np.isfinite(motion.ankle_m).all(axis=-1))
    if load is not None:
        known += [np.isfinite(load.path_m).all(axis=-1), np.isfinite(load.carried)]
    elif motion.arms is not None:
        known += [np.isfinite(motion.arms.upper_arm_rad), np.isfinite(motion.arms.forearm_rad)]
    seen = np.ones(motion.time_s.size, dtype=np.bool_)
    for mask in known:
        seen = seen & mask.reshape(-1, mask.shape[-1]).all(axis=0)
    return seen


def draws_of(motion: SagittalMotion, body: Body, load: HeldLoad | None) -> tuple[int, ...]:
    """Return the shape of the Monte-Carlo draws, () where there are none."""
    shapes = [getattr(motion, name).shape[:-1] for name in _CURVES]
    shapes += [motion.ankle_m.shape[:-2], body.mass_kg.shape[1:]]
    if load is not None:
        shapes += [np.shape(load.mass_kg), load.path_m.shape[:-2], load.carried.shape[:-1]]
    elif motion.arms is not None:
        shapes += [motion.arms.upper_arm_rad.shape[:-1], motion.arms.forearm_rad.shape[:-1]]
    return np.broadcast_shapes(*shapes)


def only(motion: SagittalMotion, seen: Mask) -> SagittalMotion:
    """Return the motion in the seen frames alone."""
    if seen.all():
        return motion
    arms = motion.arms
    curves: dict[str, Any] = {
        name: getattr(motion, name)[..., seen] for name in ("time_s", *_CURVES)
    }
    if arms is not None:
        arms = Arms(
            upper_arm_rad=arms.upper_arm_rad[..., seen], forearm_rad=arms.forearm_rad[..., seen]
        )
    return replace(motion, ankle_m=motion.ankle_m[..., seen, :], arms=arms, **curves)


def only_load(load: HeldLoad | None, seen: Mask) -> HeldLoad | None:
    """Return the load in the seen frames alone."""
    if load is None or seen.all():
        return load
    return replace(load, path_m=load.path_m[..., seen, :], carried=load.carried[..., seen])


def spread(record: Any, seen: Mask, usable: Mask) -> dict[str, Any]:  # noqa: ANN401 - any record
    """Return a record's arrays on the film's whole clock, read-only.

    Frames that were not seen, or that rest on too few others (`usable`, one a seen frame), become
    NaN, or false in masks. The record's own ``time_s`` is not touched.
    """
    found: dict[str, Any] = {}
    for field in fields(record):
        value = getattr(record, field.name)
        if field.name == "time_s":
            continue
        if is_dataclass(value) and not isinstance(value, type):
            found[field.name] = replace(value, **spread(value, seen, usable))
        else:
            found[field.name] = _whole(value, seen, usable, point=field.name in _POINTS)
    return found


def _whole(values: Any, seen: Mask, usable: Mask, *, point: bool) -> Any:  # noqa: ANN401 - bool or float
    axis = -2 if point else -1
    if usable.all() and seen.all():
        values.setflags(write=False)
        return values
    shape = list(values.shape)
    shape[axis] = seen.size
    mask = values.dtype == np.bool_
    result = np.full(shape, fill_value=False if mask else np.nan, dtype=values.dtype)
    kept = np.flatnonzero(seen)[usable]
    if point:
        result[..., kept, :] = values[..., usable, :]
    else:
        result[..., kept] = values[..., usable]
    return frozen(result, values.dtype)
