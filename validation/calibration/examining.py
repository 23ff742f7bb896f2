"""The product's own exam of a kept film."""

from __future__ import annotations

from typing import Any

from primemover.model.person import Person
from primemover.model.session import Clip, ClipKind, LiftFacts, Variant
from primemover.model.trial import Trial
from primemover.pipeline.analyze import examined
from validation.calibration.cases import Case
from validation.calibration.watching import Kept, reopen

__all__ = ["exam_of"]

_KINDS = {
    "deadlift": ClipKind.DEADLIFT,
    "forward_bend": ClipKind.FORWARD_BEND,
    "hip_rotation_active": ClipKind.HIP_ROTATION_ACTIVE,
    "hip_rotation_passive": ClipKind.HIP_ROTATION_PASSIVE,
}
_VARIANTS = {
    "conventional": Variant.CONVENTIONAL,
    "sumo": Variant.SUMO,
    "romanian": Variant.ROMANIAN,
    "kettlebell": Variant.KETTLEBELL,
}


def exam_of(
    case: Case, kept: Kept, *, person: Person | None = None, bar_mass_kg: float | None = None
) -> tuple[Trial, dict[str, Any]]:
    """Return what the product makes of a film and what is true in it.

    The person's height is told, and which lift it is: as a careful user would.

    Parameters
    ----------
    person
        What is told of the person; None = the true height alone.
    bar_mass_kg
        What is told of the load's mass, if anything.

    Raises
    ------
    QualityError
        If the product refuses the film.
    """
    watched, truth = reopen(kept, load=case.test == "deadlift")
    trial = examined(
        watched,
        Clip(kind=_KINDS[case.test], path=kept.film),
        person=Person(height_m=truth["body"]["height_m"]) if person is None else person,
        lift=LiftFacts(variant=_VARIANTS.get(case.move), bar_mass_kg=bar_mass_kg),
        zero=None,
    )
    return trial, truth
