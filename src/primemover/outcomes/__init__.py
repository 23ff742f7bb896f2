"""Questionnaires -> totals with their errors, in plain words and in a clinician's line.

A stage of its own beside `findings`: totals are not findings of the rule base. They are compared
between sessions by their own smallest changes and never call a step of the programme.
"""

from primemover.outcomes.scoring import start_back_group
from primemover.outcomes.totals import score_all

__all__ = ["score_all", "start_back_group"]
