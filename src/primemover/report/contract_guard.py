"""The JSON contract of what guards a person: safety flags, stop rules, questionnaires."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from primemover.report.shape import Shape

__all__ = ["FlagJson", "ScoreJson", "StopRuleJson"]


class FlagJson(Shape):
    """One answer of the safety screen, or several together, that raised concern.

    `within` is how soon somebody should look; `together` holds the ids of a cluster's answers.
    """

    id: str
    level: Literal["clear", "caution", "refer", "emergency"]
    asked: str
    action: str
    sources: list[str]
    clinician: str = ""
    within: Literal["now", "same_day", "promptly", "days", "weeks", "before_training", ""] = ""
    together: list[str] = Field(default_factory=list)


class StopRuleJson(Shape):
    """What ends an exercise, a session or the programme, and what then."""

    id: str
    level: Literal["carry_on", "hold", "step_back", "stop_refer", "emergency"]
    ends: Literal["nothing", "exercise", "session", "programme"]
    label: str
    asked: str
    action: str
    then: str
    clinician: str
    sources: list[str]


class ScoreJson(Shape):
    """One total of a questionnaire in `unit`; `value` is null when it could not be made.

    `possible_low` and `possible_high` are the ends that items left out leave open. `mdc` is the
    smallest change that is more than chance, `mic` the smallest that people call important
    (`mic_share` as a share of the first total); their tags say how far each was checked.
    """

    id: str
    questionnaire: str
    label: str
    value: float | None
    unit: str
    low: float
    high: float
    higher_is: Literal["worse", "better"]
    possible_low: float | None
    possible_high: float | None
    answered: int
    of: int
    mdc: float | None
    mdc_tag: str
    mic: float | None
    mic_share: float | None
    mic_tag: str
    category: str
    category_label: str
    plain: str
    error_plain: str
    clinician: str
    why: str
    sources: list[str]
