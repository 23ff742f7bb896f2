"""Keep what the pose network saw in a file, so that what reads it can be tried again in seconds."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np

from primemover.model.pose import PoseTrack, Silhouettes

__all__ = ["load_track", "save_track"]

_TEXTS = ("engine", "weights_sha256")
_NUMBERS = ("width_px", "height_px")
_PARTS = tuple(field.name for field in fields(Silhouettes))


def save_track(path: Path, track: PoseTrack) -> None:
    """Write a track with its silhouettes."""
    whole = {f.name: getattr(track, f.name) for f in fields(track) if f.name != "silhouettes"}
    seen = track.silhouettes
    parts = {} if seen is None else {f"silhouettes_{n}": getattr(seen, n) for n in _PARTS}
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, allow_pickle=False, **whole, **parts)


def load_track(path: Path) -> PoseTrack:
    """Return a track that `save_track` wrote."""
    with np.load(path, allow_pickle=False) as data:
        kept: dict[str, Any] = {name: data[name] for name in data.files}
    parts = {name: kept.pop(f"silhouettes_{name}", None) for name in _PARTS}
    silhouettes = None if parts["logits_q"] is None else Silhouettes(**parts)
    kept |= {name: str(kept[name]) for name in _TEXTS}
    kept |= {name: int(kept[name]) for name in _NUMBERS}
    return PoseTrack(silhouettes=silhouettes, **kept)
