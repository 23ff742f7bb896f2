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


def true_deg(name: str, angle: str, side: str | None = None) -> float:
    """Return the mean of a true angle over the holds, degrees."""
    values: Floats = np.array(truth(name)["angles_deg"][angle])
    return float(values[held(name, side)].mean())
