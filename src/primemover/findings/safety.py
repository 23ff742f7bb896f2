"""The safety screen: answers, answers together and hip flags -> a level, and what each asks for.

The text never says that all is well: a questionnaire cannot rule anything out. All sentences are
rows of ``screening.toml``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Final

from primemover.findings.belief import believe, for_side
from primemover.findings.joint import complete
from primemover.findings.rules import judge
from primemover.knowledge.loading import load
from primemover.knowledge.reading_rows import RuleRow
from primemover.knowledge.safety_rows import ClusterRow, MarkedRow, ScreeningRow
from primemover.model.finding import FindingStatus
from primemover.model.measure import Measure, Side
from primemover.model.person import Person
from primemover.model.safety import SafetyFlag, SafetyLevel, SafetyResult
from primemover.model.session import Pain, Screening

__all__ = ["questions_for", "screen"]

_ORDER: Final = tuple(SafetyLevel)
_SIDES: Final = (Side.LEFT, Side.RIGHT)


def screen(
    screening: Screening, measures: Mapping[str, Measure], pain: Pain | None = None
) -> SafetyResult:
    """Return the outcome of the safety screen.

    Parameters
    ----------
    screening
        The questions answered yes; a screen that was skipped is a caution. Whoever answers yes
        is taken at their word, whatever their age or sex.
    measures
        For the hip flags: very little internal rotation asks for a look at the joint.
    pain
        Pain marked in some places asks for the questions that belong to them.
    """
    answered = screening.answered or bool(screening.yes)
    known = complete(measures)
    flags = (
        *_clusters(screening, known),
        *_asked(screening),
        *_hip_flags(known),
        *_marked(pain, screening),
    )
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
    """Return the questions to ask a person; what is not known of them excludes nothing."""
    return tuple(row for row in load().screening.values() if _concerns(row, person))


def _concerns(row: ScreeningRow, person: Person) -> bool:
    age, sex = person.age_years, person.sex
    young = row.age_below is None or age is None or age < row.age_below
    old = row.age_above is None or age is None or age > row.age_above
    return young and old and (row.sex is None or sex is None or sex is row.sex)


def _text(level: SafetyLevel, *, answered: bool) -> str:
    texts = load().screening_texts
    said: str = getattr(texts, level.value)
    if answered:
        return said
    return texts.not_answered if level is SafetyLevel.CAUTION else f"{said} {texts.not_answered}"


def _asked(screening: Screening) -> list[SafetyFlag]:
    """Return a flag for each yes; an answer this version does not know is referred."""
    rows, texts = load().screening, load().screening_texts
    known = [_answer(row) for row in rows.values() if row.id in screening.yes]
    unknown = [
        SafetyFlag(
            id=name,
            level=SafetyLevel.REFER,
            asked=texts.unknown_asked.format(name=name),
            action=texts.unknown_action,
        )
        for name in sorted(screening.yes - set(rows))
    ]
    return known + unknown


def _answer(row: ScreeningRow) -> SafetyFlag:
    return SafetyFlag(
        id=row.id,
        level=row.level,
        asked=row.question,
        action=row.action,
        sources=row.sources,
        clinician=row.clinician,
        within=row.within,
    )


def _clusters(screening: Screening, measures: Mapping[str, Measure]) -> list[SafetyFlag]:
    """Return a flag for each set of answers that point the same way."""
    found = (
        _cluster(row, screening, measures)
        for row in load().screening_clusters.values()
        if set(row.must) <= screening.yes
    )
    return [flag for flag in found if flag is not None]


def _cluster(
    row: ClusterRow, screening: Screening, measures: Mapping[str, Measure]
) -> SafetyFlag | None:
    ids = [name for name in row.of if name in screening.yes]
    labels = [load().screening[name].label for name in ids] + _measured(row, measures)
    if not ids or len(labels) < row.needs:
        return None
    return SafetyFlag(
        id=row.id,
        level=row.level,
        asked=load().screening_texts.together.format(labels="; ".join(labels)),
        action=row.action,
        sources=row.sources,
        clinician=row.clinician,
        within=row.within,
        together=tuple(ids),
    )


def _measured(row: ClusterRow, measures: Mapping[str, Measure]) -> list[str]:
    """Return the cluster's measured sign in words, if a side surely has it."""
    if row.measured is None:
        return []
    sides = [
        side.value
        for side in _SIDES
        if believe(for_side(row.measured, side.value), measures).status is FindingStatus.PRESENT
    ]
    return [row.measured_label.format(side=" and ".join(sides))] if sides else []


def _hip_flags(measures: Mapping[str, Measure]) -> list[SafetyFlag]:
    rules, texts = load().rules, load().screening_texts
    flags = []
    for side in _SIDES:
        flags += _joint_flag(rules["hip_joint_flag"], measures, side)
        version = judge(rules["hip_version_high"], measures, side=side)
        if version.status is FindingStatus.PRESENT:
            action = f"{version.plain} {texts.version.format(side=side.value)}"
            flags.append(
                _flag(
                    rules["hip_version_high"],
                    side,
                    SafetyLevel.CAUTION,
                    asked=version.because,
                    action=action,
                    clinician=texts.version_clinician,
                )
            )
    return flags


def _joint_flag(rule: RuleRow, measures: Mapping[str, Measure], side: Side) -> list[SafetyFlag]:
    """Refer when rotation is clearly too little, be careful when it may be."""
    texts = load().screening_texts
    finding = judge(rule, measures, side=side)
    open_but_measured = finding.status is FindingStatus.INDETERMINATE and not math.isnan(
        finding.probability
    )
    if finding.status is FindingStatus.PRESENT:
        level, action = SafetyLevel.REFER, texts.joint_refer
    elif open_but_measured or _active_is_tiny(measures, side):
        level, action = SafetyLevel.CAUTION, texts.joint_caution
    else:
        return []
    return [
        _flag(
            rule,
            side,
            level,
            asked=finding.because,
            action=action.format(side=side.value),
            clinician=texts.joint_clinician,
        )
    ]


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


def _flag(
    rule: RuleRow, side: Side, level: SafetyLevel, *, asked: str, action: str, clinician: str
) -> SafetyFlag:
    return SafetyFlag(
        id=f"{rule.id}_{side.value}",
        level=level,
        asked=asked,
        action=action,
        sources=rule.sources,
        clinician=clinician,
        within="before_training",
    )


def _marked(pain: Pain | None, screening: Screening) -> Iterable[SafetyFlag]:
    """Yield what pain marked on the body map asks for, unless its question was answered yes."""
    places = () if pain is None else pain.where
    for row in load().screening_marked:
        if row.question not in screening.yes:
            yield from (_mark(row, place) for place in row.regions if place in places)


def _mark(row: MarkedRow, place: str) -> SafetyFlag:
    return SafetyFlag(
        id=place,
        level=row.level,
        asked=row.asked.format(region=load().regions[place].label),
        action=row.action,
        sources=row.sources,
        clinician=row.clinician,
        within="before_training",
    )
