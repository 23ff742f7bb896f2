"""Two or more sessions of one person -> what really changed, and what the plan does with it.

A sibling stage: it reads finished visits, knows no files and draws nothing.
"""

from primemover.retest.compare import compare_visits
from primemover.retest.order import check_visits

__all__ = ["check_visits", "compare_visits"]
