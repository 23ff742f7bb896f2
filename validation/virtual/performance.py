"""What a person does in front of the camera."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from validation.virtual.bodies import SIDES, Body
from validation.virtual.rotations import Floats, unit
from validation.virtual.skeleton import Track


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What is lifted; its path is `Performance.bar_m`.

    Attributes
    ----------
    kind : "barbell" or "kettlebell"
    mass_kg : of all of it
    plate_radius_m : of the largest plates of a barbell
    rests_on : "floor", or "rack": hooks under the bar where `Performance.bar_m` begins
    bell_radius_m : of a kettlebell's ball
    grip_over_base_m : how high the middle of a kettlebell's grip is above its base; it hangs
        straight down from there
    grip_half_m : half the width of a kettlebell's handle
    """

    kind: str
    mass_kg: float
    plate_radius_m: float = 0.225
    rests_on: str = "floor"
    bell_radius_m: float = 0.10
    grip_over_base_m: float = 0.24
    grip_half_m: float = 0.075


@dataclass(frozen=True, slots=True, kw_only=True)
class Performance:
    """One person doing one move, posed frame by frame.

    Attributes
    ----------
    move : its name
    view : "side" (the right side faces the camera) or "front"
    time_s : (T,) array
    track : the skeleton
    standing_s : when the person stands (or sits) at rest, half-open: the zero of all
        changes from the own standing
    repetitions : times of each repetition, and its side where there is one
    bar_m : (T, 3) array, the middle of the bar or of a kettlebell's grip, or None without one
    seat_m : height of the seat, or None when standing
    helper_m : (T, 2, 3) array, hand and elbow of an examiner, NaN while away, or None
    load : what `bar_m` is the path of; None for a plain barbell on the floor, or for no load
    style : how the move was posed, "" where a move has no styles
    posed : what was drawn for it, by name: amounts in degrees, metres, seconds or shares
    """

    move: str
    view: str
    time_s: Floats
    body: Body
    track: Track
    standing_s: tuple[float, float]
    repetitions: tuple[dict[str, float | str | bool], ...]
    bar_m: Floats | None = None
    seat_m: float | None = None
    helper_m: Floats | None = None
    load: Load | None = None
    style: str = ""
    posed: Mapping[str, float] = field(default_factory=dict)


def hanging_wrists_m(body: Body, track: Track) -> Floats:
    """Return where the wrists hang, (T, 2, 3): outward when upright, straight down when bent."""
    reach = 0.985 * (
        body.length_m("shoulder_right", "elbow_right") + body.length_m("elbow_right", "wrist_right")
    )
    chest = track.rotations[:, body.joint("t7t8")]
    upright = np.clip(chest[:, 1, 1], 0.0, 1.0) ** 2
    out = np.empty((len(upright), 2, 3))
    for number, side in enumerate(SIDES):
        outward = 1.0 if side == "right" else -1.0
        aim = np.stack(
            [
                0.10 - 0.04 * upright,
                -np.ones_like(upright),
                outward * (0.02 + 0.13 * upright),
            ],
            axis=1,
        )
        out[:, number] = track.joints_m[:, body.joint(f"shoulder_{side}")] + reach * unit(aim)
    return out
