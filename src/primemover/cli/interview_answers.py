"""The interview's questions about pain, own activities and daily life."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from primemover.cli.asking import Asker
from primemover.knowledge import Knowledge
from primemover.model.outcome import (
    MOST_ACTIVITIES,
    Activity,
    Questionnaires,
    RmdqAnswers,
)
from primemover.model.session import Pain

__all__ = ["ask_pain", "ask_questionnaires"]

_RATING: Final = (0.0, 10.0)  # NPRS and PSFS


def ask_pain(asker: Asker, knowledge: Knowledge) -> Pain:
    """Ask the four pain ratings, and where it hurts if anything does."""
    asker.say("\nWhat hurts, 0 (nothing) to 10 (the worst you can think of)")
    low, high = _RATING
    ratings = {
        key: asker.number(f"Pain {words}", low=low, high=high)
        for key, words in (
            ("now", "now"),
            ("worst", "at its worst this week"),
            ("during", "while you deadlift"),
            ("after", "after deadlifting"),
        )
    }
    regions = {row.id: row.label for row in knowledge.regions.values()}
    where = asker.several_of("Where", regions) if any(ratings.values()) else None
    return Pain(where=where or (), **ratings)


def ask_questionnaires(asker: Asker, knowledge: Knowledge) -> Questionnaires:
    """Ask for own activities, and offer the Roland-Morris sentences; both can be skipped."""
    texts = knowledge.outcome_asking
    asker.say(f"\n{texts.activities}")
    activities = tuple(_activities(asker, knowledge))
    asker.say(f"\n{texts.offer_rmdq}")
    rmdq = _rmdq(asker, knowledge) if asker.yes(texts.answer_rmdq) else None
    return Questionnaires(activities=activities, rmdq=rmdq)


def _activities(asker: Asker, knowledge: Knowledge) -> Iterator[Activity]:
    """Ask for activities until one is skipped; the same one again is not taken twice."""
    texts = knowledge.outcome_asking
    named: set[str] = set()
    for number in range(1, MOST_ACTIVITIES + 1):
        name = asker.text(texts.activity.format(number=number))
        if name is None:
            return
        if name.casefold() in named:
            asker.say(f"  {texts.again}")
            continue
        low, high = _RATING
        rating = asker.number(texts.rating.format(name=name), low=low, high=high)
        if rating is not None:
            named.add(name.casefold())
            yield Activity(name=name, rating=rating)


def _rmdq(asker: Asker, knowledge: Knowledge) -> RmdqAnswers | None:
    """Ask the sentences as one list; None when it is skipped after all."""
    texts = knowledge.outcome_asking
    asker.say(f"\n{knowledge.questionnaires['rmdq'].intro}")
    rows = {str(number): item.text for number, item in knowledge.rmdq_items.items()}
    picks = asker.several_of(texts.which, rows)
    return None if picks is None else RmdqAnswers(yes=frozenset(map(int, picks)))
