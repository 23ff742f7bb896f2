"""Rules of the knowledge files applied to measures: present, absent or indeterminate."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from primemover.findings.advice import Advice, advise
from primemover.findings.belief import believe, for_side
from primemover.findings.clinician import finding_line
from primemover.findings.further import Question
from primemover.findings.states import bases_of
from primemover.findings.words import sentence_of, sided
from primemover.findings.world import World, world_of
from primemover.knowledge.loading import load
from primemover.knowledge.reading_rows import Condition, RuleRow
from primemover.model.check import Check, CheckStatus
from primemover.model.finding import Finding, FindingStatus
from primemover.model.measure import Measure, Side
from primemover.words import say

__all__ = ["advised_families", "judge", "judge_families", "tried"]

_BY_HAND = ("hip", "entry")
_GROUP = {
    "hip": "hip_rotation",
    "bend": "forward_bend",
    "lift": "deadlift",
    "felt": "felt",
    "entry": "entry",
    "pain": "pain",
}


def judge_families(
    families: Iterable[str], measures: Mapping[str, Measure], checks: Iterable[Check] = ()
) -> tuple[Finding, ...]:
    """Return the findings of every rule of some families, in the order of the rule base.

    `measures` is taken as it is: derive first with `complete`.
    """
    return tuple(finding for finding, _ in advised_families(families, measures, checks))


def advised_families(
    families: Iterable[str], measures: Mapping[str, Measure], checks: Iterable[Check] = ()
) -> tuple[tuple[Finding, Advice | None], ...]:
    """Return the same findings, each with what would settle it where it is open."""
    wanted = set(families)
    failed = {check.id for check in checks if check.status is CheckStatus.FAILED}
    world = world_of(measures)
    found: list[tuple[Finding, Advice | None]] = []
    for rule in load().rules.values():
        if rule.family in wanted:
            sides = (Side.LEFT, Side.RIGHT) if rule.sided else (Side.NONE,)
            found += [_advised(rule, measures, world, failed=failed, side=side) for side in sides]
    return tuple(found)


def judge(
    rule: RuleRow,
    measures: Mapping[str, Measure],
    *,
    failed: Iterable[str] = (),
    side: Side = Side.NONE,
) -> Finding:
    """Return what one rule says; `failed` are ids of failed checks."""
    return _advised(rule, measures, world_of(measures), failed=failed, side=side)[0]


def _advised(
    rule: RuleRow,
    measures: Mapping[str, Measure],
    world: World,
    *,
    failed: Iterable[str],
    side: Side,
) -> tuple[Finding, Advice | None]:
    """Return what one rule says, and what would settle it where measurement leaves it open."""
    condition = for_side(rule.present_when, side.value)
    belief = believe(condition, measures, world=world)
    blocking = next((check for check in rule.blocked_by if check in set(failed)), "")
    status = FindingStatus.INDETERMINATE if blocking else belief.status
    ids = tuple(dict.fromkeys(leaf.measure for leaf in condition.leaves()))
    claim = load().claims.get(rule.claim)
    is_open = status is FindingStatus.INDETERMINATE
    advice = _advice(rule, side, measures) if is_open and not blocking else None
    numbers = sentence_of(_shown(ids, measures), measures)
    finding = Finding(
        id=rule.id,
        label=rule.label,
        status=status,
        probability=belief.probability,
        side=side,
        measures=_shown(ids, measures),
        because=_because(numbers, blocking),
        plain=_plain(rule, status),
        failed_check=blocking,
        article=claim.idea if claim else "",
        verdict=rule.verdict,
        verdict_text=rule.verdict_text,
        sources=rule.sources,
        claims=rule.claims,
        next_step=_next_step(rule, advice, side) if is_open else "",
        further=advice.further if advice else None,
        clinician=finding_line(rule, status, belief.probability, numbers),
    )
    return finding, advice


def _advice(rule: RuleRow, side: Side, measures: Mapping[str, Measure]) -> Advice | None:
    condition = for_side(rule.present_when, side.value)
    name = rule.id if side is Side.NONE else f"{rule.id}_{side.value}"
    conditions = (condition, Condition(negated=condition))
    question = Question(
        id=name,
        conditions=conditions,
        needed=bases_of([condition]),
        enough=load().decision.present_from,
    )
    return advise(question, measures)


def tried(family: str, measures: Mapping[str, Measure]) -> bool:
    """Return whether anybody tried to measure something that a family of rules reads."""
    rows = load().measure_of_id
    return any(
        name in rows and rows[name].group == _GROUP[family] and rows[name].derived is None
        for name in measures
    )


def _shown(ids: Iterable[str], measures: Mapping[str, Measure]) -> tuple[str, ...]:
    """Return the rule's measures, without alternatives that nobody tried to measure."""
    every = tuple(ids)
    return tuple(name for name in every if name in measures) or every[:1]


def _because(numbers: str, blocking: str) -> str:
    if not blocking:
        return numbers
    return f"{numbers} {say('findings.rule.check_failed', check=blocking.replace('_', ' '))}"


def _plain(rule: RuleRow, status: FindingStatus) -> str:
    if status is FindingStatus.PRESENT:
        return rule.plain
    if status is FindingStatus.ABSENT:
        return rule.plain_absent
    return say("findings.rule.open")


def _next_step(rule: RuleRow, advice: Advice | None, side: Side) -> str:
    """Return what to measure when it can be done by hand, else what the rule's row says."""
    if advice is not None and rule.family in _BY_HAND:
        return advice.further.text
    return f"{sided(rule.next_step.rstrip('.'), side)}."
