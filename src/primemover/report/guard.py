"""What guards a person on the page: when to stop, and the totals of the questionnaires."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from primemover.knowledge import load
from primemover.knowledge.outcome_rows import OutcomeHeadings
from primemover.knowledge.safety_rows import StopHeadings
from primemover.model.assessment import Assessment
from primemover.model.outcome import Score
from primemover.model.safety import StopLevel, StopReason

__all__ = ["Guard", "ScoreCard", "StopGroup", "guard_of", "guard_sources", "score_text"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StopGroup:
    """The stop rules of one level; `ends` says what each of them ends, in their order."""

    level: StopLevel
    heading: str
    rules: tuple[StopReason, ...]
    ends: tuple[str, ...]

    @property
    def in_short(self) -> str:
        """All rules of the level in one line."""
        return "; ".join(rule.label[:1].lower() + rule.label[1:] for rule in self.rules)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreCard:
    """The totals of one questionnaire; `plain` says what they mean, where numbers do not."""

    title: str
    short: str
    scores: tuple[Score, ...]
    plain: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """Everything of this part; groups worst first, empty where there is no programme."""

    stops: tuple[StopGroup, ...]
    cards: tuple[ScoreCard, ...]
    stop_words: StopHeadings
    score_words: OutcomeHeadings


def guard_of(assessment: Assessment) -> Guard:
    """Return the stop rules beside a programme, and the totals of what was answered."""
    words = load().stop_headings
    rules = assessment.stop_rules if assessment.plan.steps else ()
    levels = dict.fromkeys(rule.level for rule in rules)
    return Guard(
        stops=tuple(_group(level, rules, words) for level in levels),
        cards=_cards(assessment.scores),
        stop_words=words,
        score_words=load().outcome_headings,
    )


def guard_sources(guard: Guard) -> tuple[str, ...]:
    """Return the source keys this part cites, in its order."""
    scores = (key for card in guard.cards for score in card.scores for key in score.sources)
    rules = (key for group in guard.stops for rule in group.rules for key in rule.sources)
    return tuple(dict.fromkeys((*rules, *scores)))


def score_text(score: Score) -> str:
    """Return a total with the end of its scale: ``"9 of 24"``, ``"24 %"``."""
    if score.value is None:
        return load().outcome_headings.no_total
    shown = f"{round(score.value, 1):g}"
    return f"{shown} %" if score.unit == "%" else f"{shown} of {score.high:g}"


def _group(level: StopLevel, rules: Iterable[StopReason], words: StopHeadings) -> StopGroup:
    mine = tuple(rule for rule in rules if rule.level is level)
    heading: str = getattr(words, level.value)
    return StopGroup(
        level=level,
        heading=heading,
        rules=mine,
        ends=tuple(getattr(words, f"ends_{rule.ends.value}") for rule in mine),
    )


def _cards(scores: tuple[Score, ...]) -> tuple[ScoreCard, ...]:
    names = dict.fromkeys(score.questionnaire for score in scores)
    return tuple(
        _card(name, [one for one in scores if one.questionnaire == name]) for name in names
    )


def _card(name: str, scores: Sequence[Score]) -> ScoreCard:
    row = load().questionnaires[name]
    said = () if row.numbers_only else tuple(one.plain for one in scores if one.plain)
    return ScoreCard(title=row.label, short=row.short, scores=tuple(scores), plain=said)
