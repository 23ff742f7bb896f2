"""The course: weeks of sessions built on the five steps, adapted to what was done and felt."""

from primemover.plan.course.make import make_course, plan_week

__all__ = ["make_course", "plan_week"]
