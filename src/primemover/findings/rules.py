"""Rules of the knowledge files applied to measures: present, absent or indeterminate."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from primemover.findings.belief import believe, for_side
from primemover.findings.joint import parts_of
from primemover.findings.words import label_of, listing, sentence_of
from primemover.knowledge.loading import load
from primemover.knowledge.reading_rows import RuleRow
from primemover.model.check import Check, CheckStatus
from primemover.model.finding import Finding, FindingStatus
from primemover.model.measure import Measure, Side

__all__ = ["judge", "judge_families", "tried"]

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
    wanted = set(families)
    failed = {check.id for check in checks if check.status is CheckStatus.FAILED}
    found = []
    for rule in load().rules.values():
        if rule.family in wanted:
            sides = (Side.LEFT, Side.RIGHT) if rule.sided else (Side.NONE,)
            found += [judge(rule, measures, failed=failed, side=side) for side in sides]
    return tuple(found)


def judge(
    rule: RuleRow,
    measures: Mapping[str, Measure],
    *,
    failed: Iterable[str] = (),
    side: Side = Side.NONE,
) -> Finding:
    """Return what one rule says; `failed` are ids of failed checks."""
    condition = for_side(rule.present_when, side.value)
    belief = believe(condition, measures)
    blocking = next((check for check in rule.blocked_by if check in set(failed)), "")
    status = FindingStatus.INDETERMINATE if blocking else belief.status
    ids = tuple(dict.fromkeys(leaf.measure for leaf in condition.leaves()))
    claim = load().claims.get(rule.claim)
    return Finding(
        id=rule.id,
        label=rule.label,
        status=status,
        probability=belief.probability,
        side=side,
        measures=_shown(ids, measures),
        because=_because(ids, measures, blocking),
        plain=_plain(rule, status),
        failed_check=blocking,
        article=claim.idea if claim else "",
        verdict=rule.verdict,
        verdict_text=rule.verdict_text,
        sources=rule.sources,
        next_step=(
            _next_step(rule, _roots(belief.missing, measures), side)
            if status is FindingStatus.INDETERMINATE
            else ""
        ),
    )


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


def _because(ids: Iterable[str], measures: Mapping[str, Measure], blocking: str) -> str:
    text = sentence_of(_shown(ids, measures), measures)
    if blocking:
        text += f" The check {blocking.replace('_', ' ')!r} failed, so this cannot be called."
    return text


def _plain(rule: RuleRow, status: FindingStatus) -> str:
    if status is FindingStatus.PRESENT:
        return rule.plain
    if status is FindingStatus.ABSENT:
        return rule.plain_absent
    return "This cannot be called yet."


def _next_step(rule: RuleRow, roots: tuple[str, ...], side: Side) -> str:
    """Return what to measure when it can be done by hand, else what the rule's row says."""
    if roots and rule.family in _BY_HAND:
        return f"Measure {listing(label_of(name) for name in roots)}."
    where = "" if side is Side.NONE else f" ({side.value})"
    return f"{rule.next_step.rstrip('.')}{where}."


def _roots(missing: Iterable[str], measures: Mapping[str, Measure]) -> tuple[str, ...]:
    """Return what is to be measured: the unknown parts of derived measures, not themselves."""
    roots: list[str] = []
    for name in missing:
        roots += parts_of(name) or (name,)
    unknown = (name for name in roots if name not in measures or not measures[name].is_known)
    return tuple(dict.fromkeys(unknown))
