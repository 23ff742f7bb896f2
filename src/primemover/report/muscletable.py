"""Muscle by muscle: what the article says, what the model estimates, what was felt.

Ranges of groups are never added up: the sum of two ranges is not the range of the sum.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from primemover.knowledge import load
from primemover.knowledge.programme_rows import MuscleRow
from primemover.model.mechanics import LiftPart, MuscleInPart, Range
from primemover.report.musclewords import GROUPS, part_name, role_word
from primemover.report.ranges import is_known, percent_range
from primemover.words import lower_first, say, word

__all__ = ["Agreement", "GroupLine", "MuscleTableRow", "agreement_of", "muscle_table_rows"]

_LIFTING: Final = (LiftPart.FLOOR_TO_KNEES, LiftPart.KNEES_TO_LOCKOUT)
_SURE: Final = 2.0 / 3.0
"""Share of the ensemble from which it is taken to say something. Engineering default."""
_SMALL: Final = 0.02  # groups that never reach this share of the force are told further down
_ALL: Final = 0.995


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Whether model and article agree on a muscle's role in the pull.

    `kind` is ``"agrees"``, ``"differs"``, ``"open"``, or empty where one of them says nothing.
    """

    kind: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupLine:
    """What the model says of one group in one part of the lift, in words.

    `part` is the part's place (1, 2, 3), `share` and `effort` are ranges, `role` has how much of
    the ensemble says so.
    """

    part: int
    part_name: str
    name: str
    share: str
    role: str
    role_id: str
    effort: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MuscleTableRow:
    """One muscle of the felt map (or none of it).

    Attributes
    ----------
    article : role and reason, empty where the article is silent
    lines : what the model says, empty where it has no such muscle
    felt : whether it was felt, in words
    was_felt : the same where it was asked, else False
    small : whether it never carries much, and is told further down
    """

    label: str
    role: str
    article: str
    sources: tuple[str, ...]
    lines: tuple[GroupLine, ...]
    agreement: Agreement
    felt: str
    was_felt: bool
    small: bool


def muscle_table_rows(
    muscles: Sequence[MuscleInPart], felt: Sequence[str] | None
) -> tuple[MuscleTableRow, ...]:
    """Return the table, what carries most first; `felt` are ids of the felt map, None = not asked.

    Every row of the felt map is there, and the groups of the model that it does not have.
    """
    known = [one for one in muscles if one.group in GROUPS and is_known(one.force_share)]
    rows = [_row(row, _of_row(known, row.id), felt) for row in load().muscles.values()]
    strange = dict.fromkeys(one.group for one in known if not GROUPS[one.group].felt)
    rows += [_silent_row([one for one in known if one.group == group]) for group in strange]
    order = {key: _most(_of_row(known, key)) for key in load().muscles}
    labels = [*load().muscles, *strange]
    pairs = sorted(zip(labels, rows, strict=True), key=lambda pair: -order.get(pair[0], -1.0))
    return tuple(row for _, row in pairs)


def _of_row(known: Sequence[MuscleInPart], row_id: str) -> list[MuscleInPart]:
    return [one for one in known if GROUPS[one.group].felt == row_id]


def _most(muscles: Sequence[MuscleInPart]) -> float:
    return max((one.force_share.middle for one in muscles), default=-1.0)


def _row(
    row: MuscleRow, muscles: Sequence[MuscleInPart], felt: Sequence[str] | None
) -> MuscleTableRow:
    was_felt = felt is not None and row.id in felt
    answer = "not_asked" if felt is None else "felt" if was_felt else "not_felt"
    return MuscleTableRow(
        label=row.label[:1].upper() + row.label[1:],
        role=word("drawings.article_role", row.role),
        article=row.why,
        sources=row.sources,
        lines=_lines(muscles),
        agreement=agreement_of(row.role, muscles),
        felt=word("drawings.felt", answer),
        was_felt=was_felt,
        small=_most(muscles) < _SMALL and not was_felt,
    )


def _silent_row(muscles: Sequence[MuscleInPart]) -> MuscleTableRow:
    name = GROUPS[muscles[0].group]
    return MuscleTableRow(
        label=name.plain,
        role="",
        article="",
        sources=(),
        lines=_lines(muscles),
        agreement=Agreement(kind="", text=""),
        felt=word("drawings.felt", "not_asked"),
        was_felt=False,
        small=_most(muscles) < _SMALL,
    )


def _lines(muscles: Sequence[MuscleInPart]) -> tuple[GroupLine, ...]:
    parts = list(LiftPart)
    order = list(GROUPS)
    ordered = sorted(muscles, key=lambda one: (parts.index(one.part), order.index(one.group)))
    return tuple(
        GroupLine(
            part=parts.index(one.part) + 1,
            part_name=part_name(one.part),
            name=GROUPS[one.group].latin,
            share=percent_range(one.force_share),
            role=say(
                "drawings.agreement.believed",
                role=role_word(one.role),
                belief=_belief(one.role_share),
            ),
            role_id=one.role,
            effort=_effort(one.effort_peak),
        )
        for one in ordered
    )


def _belief(share: float) -> str:
    """Return how much of the ensemble says so."""
    if share >= _ALL:
        return say("drawings.agreement.all")
    return say("drawings.agreement.share", percent=f"{100.0 * share:.0f}")


def _effort(effort: Range) -> str:
    return percent_range(effort) if is_known(effort) else say("drawings.agreement.unknown")


def agreement_of(article_role: str, muscles: Sequence[MuscleInPart]) -> Agreement:
    """Return whether the model's roles while lifting fit the article's role of a muscle.

    Prime mover: agrees if one of its groups surely moves in one part of the pull, differs if all
    surely do something else throughout. Stabiliser: the other way round. Groups that carry next to
    nothing do not count beside others. Nothing is said without a model.
    """
    lifting = [one for one in muscles if one.part in _LIFTING]
    lifting = [one for one in lifting if one.force_share.middle >= _SMALL] or lifting
    if not lifting:
        return Agreement(kind="", text="")
    sure = [one for one in lifting if one.role_share >= _SURE]
    moving = {one.part for one in sure if one.role == "prime_mover"}
    if not moving and len(sure) < len(lifting):
        return Agreement(kind="open", text=say("drawings.agreement.open"))
    does = _does([part for part in _LIFTING if part in moving])
    if article_role == ("prime_mover" if moving else "stabiliser"):
        return Agreement(kind="agrees", text=say("drawings.agreement.as_in", does=does))
    return Agreement(kind="differs", text=say("drawings.agreement.not_as_in", does=does))


def _does(moving: Sequence[LiftPart]) -> str:
    """Return what a muscle does in the pull: where it moves, or that it does not."""
    if not moving:
        return say("drawings.agreement.holds")
    *first, last = [lower_first(part_name(part)) for part in moving]
    where = say("common.list.all", head=", ".join(first), last=last) if first else last
    return say("drawings.agreement.moves", where=where)
