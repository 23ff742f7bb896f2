"""What every estimate of a lift's mechanics takes for granted, in sentences for everybody."""

from __future__ import annotations

from typing import Final

import numpy as np

from primemover.dynamics.muscles.sharing import MuscleSharing
from primemover.dynamics.muscles.spine import PLATE_ANGLE_RAD
from primemover.exam.mechanics.film import LiftFilm
from primemover.model.loadtrack import LoadKind
from primemover.model.session import Variant

__all__ = ["assumptions"]

_ALWAYS: Final = (
    "Nothing here was measured with a force plate or electrodes: it is a model's estimate.",
    "Left and right are taken to do the same.",
    "The feet are taken to lie flat on level ground.",
    (
        "The bar is taken not to rub shins or thighs; where it does, hips and knees work a little "
        "less."
    ),
    (
        "Every muscle is taken to be as strong as usual for this height and body mass; effort "
        "above 1 means that this lifter is stronger than that."
    ),
    (
        "Muscles share the moments with least effort in ten different ways of asking; muscles that "
        "work against each other beyond that are not seen."
    ),
    (
        "The upper end of the sacrum is taken to slope by "
        f"{np.degrees(PLATE_ANGLE_RAD):.0f} degrees in standing: shear depends on it strongly."
    ),
    "Pressure in the belly and ligaments are left out.",
)
_OFTEN: Final = 0.1  # of the solved postures outside the muscle table; less is not worth a sentence


def assumptions(film: LiftFilm, sharing: MuscleSharing) -> tuple[str, ...]:
    """Return the sentences that hold for this film."""
    said = list(_ALWAYS)
    variant = film.facts.variant
    if variant is Variant.SUMO:
        said.append(
            "Spreading the legs is not seen from the side: what hips and knees do to hold them "
            "apart comes on top, so their numbers are lower bounds. The thighs are taken to be "
            "spread by 30 degrees."
        )
    if variant is None and film.load.kind is LoadKind.PLATE:
        said.append("The kind of deadlift was not told: feet under the hips are taken.")
    if float(sharing.out_of_range.mean()) > _OFTEN:
        said.append(
            "Part of the lift is bent further than the muscle tables reach; muscles are taken as "
            "at the tables' end there."
        )
    return tuple(said)
