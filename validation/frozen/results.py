"""What the exam of a frozen film gave, beside what is true."""

from __future__ import annotations

from primemover.errors import QualityError
from primemover.model.trial import Trial
from validation.frozen.exam import exam_of_frozen
from validation.frozen.records import FrozenFilm
from validation.table.records import FilmResult
from validation.table.results import Filmed, film_result

__all__ = ["result_of"]


def result_of(film: FrozenFilm) -> tuple[FilmResult, Trial | None]:
    """Return what the product makes of a film beside the truth, and the trial itself.

    A refused film has everything not measured, and no trial.
    """
    trial: Trial | None = None
    refused = ""
    try:
        trial = exam_of_frozen(film)
    except QualityError as error:
        refused = str(error)
    filmed = Filmed(
        name=film.name,
        seed=film.seed,
        factors=film.factors,
        truth=film.truth,
        time_s=film.track.time_s,
    )
    return film_result(filmed, trial, refused=refused), trial
