"""The safety screen: answers and hip flags -> a level, and what each asks for.

The text never says that all is well: a questionnaire cannot rule anything out.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

from primemover.findings.joint import complete
from primemover.findings.rules import judge
from primemover.knowledge.loading import load
from primemover.knowledge.reading_rows import RuleRow, ScreeningRow
from primemover.model.finding import FindingStatus
from primemover.model.measure import Measure, Side
from primemover.model.person import Person
from primemover.model.safety import SafetyFlag, SafetyLevel, SafetyResult
from primemover.model.session import Pain, Screening

__all__ = ["questions_for", "screen"]

_ORDER: Final = (
    SafetyLevel.CLEAR,
    SafetyLevel.CAUTION,
    SafetyLevel.REFER,
    SafetyLevel.EMERGENCY,
)
_GROIN: Final = ("groin_left", "groin_right")


def screen(
    screening: Screening, measures: Mapping[str, Measure], pain: Pain | None = None
) -> SafetyResult:
    """Return the outcome of the safety screen.

    Parameters
    ----------
    screening
        The questions answered yes; a screen that was skipped is a caution.
    measures
        For the hip flags: very little internal rotation asks for a look at the joint.
    pain
        Pain marked in a groin is a caution.
    """
    answered = screening.answered or bool(screening.yes)
    flags = (*_asked(screening), *_hip_flags(complete(measures)), *_groin(pain))
    level = max((flag.level for flag in flags), key=_ORDER.index, default=SafetyLevel.CLEAR)
    if not answered and level is SafetyLevel.CLEAR:
        level = SafetyLevel.CAUTION
    return SafetyResult(
        level=level,
        flags=tuple(sorted(flags, key=lambda flag: -_ORDER.index(flag.level))),
        text=_text(level, answered=answered),
        answered=answered,
        stops_exam=level is SafetyLevel.EMERGENCY,
        stops_loading=level in (SafetyLevel.REFER, SafetyLevel.EMERGENCY),
    )


def questions_for(person: Person) -> tuple[ScreeningRow, ...]:
    """Return the questions to ask a person; with an unknown age, all of them."""
    age = person.age_years
    return tuple(
        row
        for row in load().screening.values()
        if age is None
        or (
            (row.age_below is None or age < row.age_below)
            and (row.age_above is None or age > row.age_above)
        )
    )


def _text(level: SafetyLevel, *, answered: bool) -> str:
    texts = load().screening_texts
    said = {
        SafetyLevel.CLEAR: texts.clear,
        SafetyLevel.CAUTION: texts.caution,
        SafetyLevel.REFER: texts.refer,
        SafetyLevel.EMERGENCY: texts.emergency,
    }[level]
    if answered:
        return said
    return texts.not_answered if level is SafetyLevel.CAUTION else f"{said} {texts.not_answered}"


def _asked(screening: Screening) -> list[SafetyFlag]:
    """Return a flag for each yes; an answer this version does not know is referred."""
    rows = load().screening
    known = [
        SafetyFlag(
            id=row.id, level=row.level, asked=row.question, action=row.action, sources=row.sources
        )
        for row in rows.values()
        if row.id in screening.yes
    ]
    unknown = [
        SafetyFlag(
            id=name,
            level=SafetyLevel.REFER,
            asked=f"An answer this version does not know: {name}.",
            action="Answer the safety screen again with this version before any loading.",
        )
        for name in sorted(screening.yes - set(rows))
    ]
    return known + unknown


def _hip_flags(measures: Mapping[str, Measure]) -> list[SafetyFlag]:
    rules = load().rules
    flags = []
    for side in (Side.LEFT, Side.RIGHT):
        flags += _joint_flag(rules["hip_joint_flag"], measures, side)
        version = judge(rules["hip_version_high"], measures, side=side)
        if version.status is FindingStatus.PRESENT:
            action = f"{version.plain} Leave out turning-in exercises for the {side.value} hip."
            flags.append(
                _flag(rules["hip_version_high"], side, SafetyLevel.CAUTION, version.because, action)
            )
    return flags


def _joint_flag(rule: RuleRow, measures: Mapping[str, Measure], side: Side) -> list[SafetyFlag]:
    """Refer when rotation is clearly too little, be careful when it may be."""
    finding = judge(rule, measures, side=side)
    if finding.status is FindingStatus.PRESENT:
        action = (
            f"Have the {side.value} hip joint looked at by a clinician before training it; do not "
            "train into the end of its rotation."
        )
        return [_flag(rule, side, SafetyLevel.REFER, finding.because, action)]
    open_but_measured = finding.status is FindingStatus.INDETERMINATE and not math.isnan(
        finding.probability
    )
    if open_but_measured or _active_is_tiny(measures, side):
        action = (
            f"Measure passive rotation of the {side.value} hip again; below 15 deg a clinician "
            "should look at the joint first. Until then leave turning-in exercises out."
        )
        return [_flag(rule, side, SafetyLevel.CAUTION, finding.because, action)]
    return []


def _active_is_tiny(measures: Mapping[str, Measure], side: Side) -> bool:
    """Return whether only active rotation is known and lies below the joint flag's line."""
    passive = measures.get(f"hip_rotation_passive_{side.value}")
    active = measures.get(f"hip_rotation_active_{side.value}")
    if active is None or not active.is_known or (passive is not None and passive.is_known):
        return False
    stand_in = {f"hip_rotation_passive_{side.value}": active}
    return judge(load().rules["hip_joint_flag"], stand_in, side=side).status is (
        FindingStatus.PRESENT
    )


def _flag(rule: RuleRow, side: Side, level: SafetyLevel, because: str, action: str) -> SafetyFlag:
    return SafetyFlag(
        id=f"{rule.id}_{side.value}",
        level=level,
        asked=because,
        action=action,
        sources=rule.sources,
    )


def _groin(pain: Pain | None) -> list[SafetyFlag]:
    row = load().screening["groin_pain_rotation"]
    marked = [place for place in _GROIN if pain is not None and place in pain.where]
    return [
        SafetyFlag(
            id=place,
            level=SafetyLevel.CAUTION,
            asked=f"Pain was marked in the {load().regions[place].label}.",
            action="Answer the hip questions of the screen; if turning the bent hip in gives a "
            "sharp pain in the groin, have the hip joint looked at.",
            sources=row.sources,
        )
        for place in marked
    ]
