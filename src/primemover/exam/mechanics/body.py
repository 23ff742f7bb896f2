"""The lifter's own segment lengths: what the film shows, leaned on what such people measure."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from primemover.dynamics.body import Lengths, lengths_from_stature
from primemover.exam.lift_curves import Heights
from primemover.knowledge.segment_rows import SegmentTable, segment_table
from primemover.load.body import body_of
from primemover.load.scale import body_scale, height_scale
from primemover.model.arrays import Floats, Mask
from primemover.model.cleaned import CleanPose
from primemover.model.loadtrack import LoadTrack
from primemover.model.person import Person, Sex

__all__ = ["LifterBody", "LifterScale", "lifter_body", "lifter_scale", "tables_for"]

# Adults' mean stature, women and men together, and how much people differ: engineering default.
_STATURE_M: Final = 1.72
_STATURE_SE: Final = 0.055
_TOLD_SE: Final = 0.006  # 1 cm: told, not measured
_FROM_PIXELS_SE: Final = 0.06  # landmark segments against stature, as `load.scale` has it
_UPRIGHT_RAD: Final = float(np.deg2rad(28.0))
_FEWEST: Final = 5  # frames
_STRETCHED: Final = 0.95  # quantile over the film: bending only shortens what is a chain of two
# Landmarks of people who stand, against the joints' true centres on 18 rendered people filmed
# within 11 deg of the side: scatter of a leg's or trunk's length. A single person differs from a
# table scaled to their stature by 4 % (Drillis and Contini 1966 are means; `load.scale`).
_SEEN_SE: Final[dict[str, float]] = {"leg": 0.03, "trunk": 0.07, "arm": 0.08}
_TABLE_SE: Final = 0.04
# How leg and arm are parted at knee and elbow: the landmark there errs by 7 % on those people, a
# table by 3 % (engineering default).
_SPLIT_SEEN_SE: Final = 0.07
_SPLIT_TABLE_SE: Final = 0.03
_UNLIKELY: Final = 0.25  # a length this far off the table's is a lost landmark, not a body

Pair = tuple[str, str]
_CHAINS: Final[dict[str, tuple[str, ...]]] = {
    "leg": ("ankle", "knee", "hip"),
    "trunk": ("hip", "shoulder"),
    "arm": ("wrist", "elbow", "shoulder"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LifterScale:
    """Metres per pixel in the body's plane, and the stature.

    Attributes
    ----------
    relative_se : of the scale
    stature_m, stature_relative_se : told, else what the film or the average tells
    said : sentences about what was taken for granted
    """

    m_per_px: float
    relative_se: float
    stature_m: float
    stature_relative_se: float
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LifterBody:
    """Lengths with their common error.

    Attributes
    ----------
    relative_se : of all lengths together
    said : sentences about what was not seen
    """

    lengths: Lengths
    relative_se: float
    said: tuple[str, ...]


def lifter_scale(pose: CleanPose, load: LoadTrack, person: Person) -> LifterScale | None:
    """Return scale and stature from the plate, the told height or, last, the average person.

    What is known is averaged by its errors (of the logarithms). None if the body's height in the
    picture is not known.
    """
    height_px = body_of(pose).height_px
    if not (math.isfinite(height_px) and height_px > 0.0):
        return None
    found = [one for one in (_plate(load), _told(pose, person)) if one is not None]
    said: tuple[str, ...] = ()
    if not found:
        relative = math.hypot(_STATURE_SE, _FROM_PIXELS_SE)
        found = [(_STATURE_M / height_px, relative)]
        said = (
            (
                f"Neither a plate nor the height told the scale: a stature of {_STATURE_M:.2f} m "
                "is taken, so every length and moment may be some 8 % off."
            ),
        )
    m_per_px, relative_se = _mean(found)
    stature = person.height_m
    if stature is not None:
        return LifterScale(
            m_per_px=m_per_px,
            relative_se=relative_se,
            stature_m=stature,
            stature_relative_se=_TOLD_SE,
            said=said,
        )
    stature_m, stature_se = _mean(
        [
            (m_per_px * height_px, math.hypot(relative_se, _FROM_PIXELS_SE)),
            (_STATURE_M, _STATURE_SE),
        ]
    )
    return LifterScale(
        m_per_px=m_per_px,
        relative_se=relative_se,
        stature_m=stature_m,
        stature_relative_se=stature_se,
        said=(*said, f"The height was not told; {stature_m:.2f} m is taken from the picture."),
    )


def tables_for(sex: Sex | None) -> tuple[SegmentTable, ...]:
    """Return de Leva's table for a sex, or both where it was not told."""
    sexes = (Sex.MALE, Sex.FEMALE) if sex is None else (sex,)
    return tuple(segment_table("de_leva", sex=one) for one in sexes)


def lifter_body(
    pose: CleanPose, body: Heights, scale: LifterScale, table: SegmentTable
) -> LifterBody:
    """Return the person's lengths.

    Steps: leg, trunk and arm are read off the landmarks (the leg and arm where they are straight,
    the trunk where it is upright), and averaged with the table scaled to the stature, each by its
    error; knee and elbow part them, mostly as the table does, because those landmarks lie worst;
    head, hand and foot are the table's. What is not seen, or a quarter off, is the table's.
    """
    usual = lengths_from_stature(table, scale.stature_m)
    table_se = math.hypot(_TABLE_SE, scale.stature_relative_se)
    wholes = {
        "leg": float(usual.shank_m + usual.thigh_m),
        "trunk": float(usual.trunk_m),
        "arm": float(usual.upper_arm_m + usual.forearm_m),
    }
    own: dict[str, tuple[float, float]] = {}
    unseen = []
    for name, table_m in wholes.items():
        seen_m = _whole_px(pose, body, name) * scale.m_per_px
        if not abs(math.log(seen_m / table_m) if seen_m > 0.0 else math.inf) < _UNLIKELY:
            unseen.append(name)
            own[name] = (table_m, table_se)
            continue
        seen_se = math.hypot(_SEEN_SE[name], scale.relative_se)
        own[name] = _mean([(seen_m, seen_se), (table_m, table_se)])
    shank = own["leg"][0] * _lower_share(pose, "leg", float(usual.shank_m) / wholes["leg"])
    forearm = own["arm"][0] * _lower_share(pose, "arm", float(usual.forearm_m) / wholes["arm"])
    lengths = replace(
        usual,
        shank_m=np.asarray(shank),
        thigh_m=np.asarray(own["leg"][0] - shank),
        trunk_m=np.asarray(own["trunk"][0]),
        forearm_m=np.asarray(forearm),
        upper_arm_m=np.asarray(own["arm"][0] - forearm),
    )
    return LifterBody(lengths=lengths, relative_se=own["leg"][1], said=_said(unseen))


def _said(unseen: list[str]) -> tuple[str, ...]:
    words = {"leg": "legs", "trunk": "trunk", "arm": "arms"}
    usual = "Head, hands and feet have the lengths usual at this height."
    if not unseen:
        return (usual,)
    names = " and ".join(words[name] for name in unseen)
    return (usual, f"The {names} could not be measured in the film; usual lengths are taken.")


def _plate(load: LoadTrack) -> tuple[float, float] | None:
    if load.scale is None or load.scale.source != "plate":
        return None
    scale = body_scale(load)
    if scale is None or not (math.isfinite(scale.m_per_px) and scale.m_per_px > 0.0):
        return None
    return scale.m_per_px, scale.se_m_per_px / scale.m_per_px


def _told(pose: CleanPose, person: Person) -> tuple[float, float] | None:
    scale = height_scale(body_of(pose), person.height_m)
    return None if scale is None else (scale.m_per_px, scale.se_m_per_px / scale.m_per_px)


def _mean(found: list[tuple[float, float]]) -> tuple[float, float]:
    """Return the mean of positive numbers with relative errors, weighed by these."""
    weights = np.array([relative**-2 for _, relative in found])
    logs = np.log([value for value, _ in found])
    return float(np.exp(np.average(logs, weights=weights))), float(weights.sum() ** -0.5)


def _whole_px(pose: CleanPose, body: Heights, name: str) -> float:
    """Return a chain's length from end to end: stretched, or of the trunk upright; NaN unseen."""
    low, high = _CHAINS[name][0], _CHAINS[name][-1]
    length = np.linalg.norm(pose.joints_px[high] - pose.joints_px[low], axis=1)
    seen = _seen(pose, (low, high)) & np.isfinite(length)
    if name == "trunk":
        seen &= np.abs(body.hinge_rad) < _UPRIGHT_RAD
    if np.count_nonzero(seen) < _FEWEST:
        return math.nan
    return float(np.quantile(length[seen], 0.5 if name == "trunk" else _STRETCHED))


def _lower_share(pose: CleanPose, name: str, table_share: float) -> float:
    """Return the lower part's share of a leg or an arm, (0, 1)."""
    low, middle, high = _CHAINS[name]
    joints = pose.joints_px
    lower = np.linalg.norm(joints[middle] - joints[low], axis=1)
    upper = np.linalg.norm(joints[high] - joints[middle], axis=1)
    share: Floats = lower / (lower + upper)
    known = share[_seen(pose, (low, middle, high)) & np.isfinite(share)]
    if known.size < _FEWEST:
        return table_share
    weights = (_SPLIT_SEEN_SE**-2, _SPLIT_TABLE_SE**-2)
    return float(np.average([np.median(known), table_share], weights=weights))


def _seen(pose: CleanPose, names: tuple[str, ...]) -> Mask:
    hidden = np.zeros(pose.raw.time_s.size, dtype=np.bool_)
    for name in names:
        hidden |= pose.hidden[name]
    return ~hidden
