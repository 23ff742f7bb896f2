"""The course of an examined person after what was logged."""

from __future__ import annotations

from primemover.model.assessment import Assessment
from primemover.model.course import Course
from primemover.model.training import TrainingLog
from primemover.plan.case import case_of
from primemover.plan.course import make_course

__all__ = ["course_after"]


def course_after(
    assessment: Assessment,
    log: TrainingLog,
    *,
    from_day: int | None = None,
    weeks: int | None = None,
) -> Course:
    """Return the course after a log.

    Parameters
    ----------
    assessment
        The exam that the course began with.
    log
        What was done since.
    from_day
        Day of the course to plan from; None = the one after the last logged.
    weeks
        How far the outlook goes, counted from week 1; None = as far as the rules say.
    """
    case = None
    if assessment.reading is not None:
        case = case_of(
            assessment.reading, assessment.safety, assessment.session, assessment.measures
        )
    return make_course(assessment.plan, case, log, from_day=from_day, weeks=weeks)
