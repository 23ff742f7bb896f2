"""Findings -> five ordered steps per side, with gates, doses and reasons."""

from primemover.plan.make import make_plan

__all__ = ["make_plan"]
