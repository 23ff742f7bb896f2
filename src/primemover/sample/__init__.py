"""Four short films of a person who does not exist, with the truth beside each.

Rendered by `python -m validation.virtual sample` from CC0 body data; every angle in
`NAME.truth.json` is exact, so they serve as demonstration and as a check of the whole chain.
"""

from pathlib import Path

CLIPS = (
    "deadlift_side",
    "forward_bend_side",
    "hip_rotation_front_active",
    "hip_rotation_front_passive",
)

__all__ = ["CLIPS", "clip_path", "truth_path"]


def clip_path(name: str) -> Path:
    """Return the film of one of `CLIPS`."""
    return _file(name, ".mp4")


def truth_path(name: str) -> Path:
    """Return the true angles, repetitions and camera of one of `CLIPS`, a JSON file."""
    return _file(name, ".truth.json")


def _file(name: str, ending: str) -> Path:
    if name not in CLIPS:
        raise KeyError(f"no sample clip {name!r}; there are: {', '.join(CLIPS)}")
    return Path(__file__).with_name(name + ending)
