"""The bundled films of a rendered person, examined with the real engine, and their truth."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import numpy as np

from primemover.model.arrays import Floats, Mask
from primemover.model.person import Person
from primemover.model.session import Clip, ClipKind, LiftFacts
from primemover.model.trial import Trial
from primemover.pipeline.analyze import analyze
from primemover.pipeline.options import Options
from primemover.sample import clip_path, truth_path
from validation.virtual.moves import CLIPS
from validation.virtual.skeleton import skin

SIDES = ("left", "right")


@cache
def truth(name: str) -> dict[str, Any]:
    record: dict[str, Any] = json.loads(truth_path(name).read_text(encoding="utf-8"))
    return record


@cache
def examined(name: str, kind: ClipKind) -> Trial:
    person = Person(height_m=truth(name)["body"]["height_m"])
    clip = Clip(kind=kind, path=clip_path(name))
    return analyze(clip, person=person, lift=LiftFacts(), options=Options()).trial


def held(name: str, side: str | None = None) -> Mask:
    """Return the frames in which a repetition was truly held."""
    time_s = np.array(truth(name)["time_s"])
    mask = np.zeros(time_s.size, dtype=bool)
    for one in truth(name)["repetitions"]:
        if side is None or one["side"] == side:
            mask |= (time_s >= one["hold_start_s"]) & (time_s < one["hold_end_s"])
    return mask


@cache
def true_fingertip_m() -> float:
    """Return how far above the soles' level the rendered hands' skin is, mean over the bends."""
    bend = CLIPS["forward_bend_side"].performance()
    body, lowest = bend.body, []
    hand = [body.joint(f"{part}_{side}") for part in ("knuckle", "finger") for side in SIDES]
    is_hand = np.isin(body.weight_joints[:, 0], hand)
    for one in truth("forward_bend_side")["repetitions"]:
        middle_s = 0.5 * (one["hold_start_s"] + one["hold_end_s"])
        frame = int(np.argmin(np.abs(bend.time_s - middle_s)))
        skin_m = skin(
            body,
            body.vertices_m,
            rotations=bend.track.rotations[frame],
            joints_m=bend.track.joints_m[frame],
        )
        lowest.append(float(skin_m[is_hand, 1].min() - skin_m[:, 1].min()))
    return float(np.mean(lowest))


def true_deg(name: str, angle: str, side: str | None = None) -> float:
    """Return the mean of a true angle over the holds, degrees."""
    values: Floats = np.array(truth(name)["angles_deg"][angle])
    return float(values[held(name, side)].mean())
