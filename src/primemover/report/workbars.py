"""Work by part of the lift: who gave it, as bars of one scale with the range of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from primemover.model.mechanics import LiftPart, Range, WorkInPart
from primemover.report.musclewords import part_line, part_name
from primemover.report.ranges import is_known, percent_range, range_text
from primemover.words import lower_first, say, word

__all__ = ["WORKERS", "WorkBar", "WorkPiece", "share_bounds", "work_bars", "work_sentence"]

WORKERS: Final = ("hips", "knees", "back", "ankles")
_LIFTING: Final = (LiftPart.FLOOR_TO_KNEES, LiftPart.KNEES_TO_LOCKOUT)
_NOTHING_J: Final = 5.0  # of all joints together; less is not drawn. Engineering default.


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkPiece:
    """One worker's piece of a bar; places are percent of the longest bar's room.

    Attributes
    ----------
    start, width : where the piece lies, by the middle of its range
    low, high : where it would end at either end of its range
    joules, share : the range in joules, and as a share of this part's work
    """

    worker: str
    name: str
    start: float
    width: float
    low: float
    high: float
    joules: str
    share: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkBar:
    """One part of the lift; no pieces where next to nothing was worked."""

    name: str
    line: str
    pieces: tuple[WorkPiece, ...]


def work_bars(work: Sequence[WorkInPart]) -> tuple[WorkBar, ...]:
    """Return a bar per part, all of one scale."""
    room = max((_most_j(one.positive_j) for one in work), default=0.0)
    return tuple(
        WorkBar(
            name=part_name(one.part),
            line=part_line(one.part),
            pieces=_pieces(one.positive_j, room),
        )
        for one in work
    )


def _most_j(positive_j: Mapping[str, Range]) -> float:
    """Return how far a bar with its whiskers can reach."""
    known = [one for one in positive_j.values() if is_known(one)]
    middles = sum(one.middle for one in known)
    return middles + max((one.high - one.middle for one in known), default=0.0)


def _pieces(positive_j: Mapping[str, Range], room_j: float) -> tuple[WorkPiece, ...]:
    known = {key: one for key, one in positive_j.items() if key in WORKERS and is_known(one)}
    if sum(one.middle for one in known.values()) < _NOTHING_J:
        return ()
    pieces, start = [], 0.0
    for worker in WORKERS:
        if worker not in known:
            continue
        one = known[worker]
        pieces.append(
            WorkPiece(
                worker=worker,
                name=word("drawings.worker", worker),
                start=100.0 * start / room_j,
                width=100.0 * one.middle / room_j,
                low=100.0 * (start + one.low) / room_j,
                high=100.0 * (start + one.high) / room_j,
                joules=range_text(one, "J"),
                share=percent_range(share_bounds(known, worker)),
            )
        )
        start += one.middle
    return tuple(pieces)


def share_bounds(work_j: Mapping[str, Range], worker: str) -> Range:
    """Return the widest range of a worker's share that the ranges of the work allow.

    Least when it gives its least and all others their most, and the other way round: wider than a
    90 % range, because the ranges do not tell how the works go together.
    """
    own = work_j[worker]
    others = [one for key, one in work_j.items() if key != worker]
    least, middle, most = (
        sum(getattr(one, end) for one in others) for end in ("low", "middle", "high")
    )
    return Range(
        low=_part(own.low, most), middle=_part(own.middle, middle), high=_part(own.high, least)
    )


def _part(own: float, others: float) -> float:
    return own / (own + others) if own + others > 0.0 else 0.0


def work_sentence(work: Sequence[WorkInPart], shares: Mapping[str, Range]) -> str:
    """Return who did the lifting work in one plain sentence; empty where it is not known.

    Parameters
    ----------
    work
        The parts of the lift.
    shares
        Measured shares of the whole pull by worker; where one is missing, the widest range that
        the parts allow stands in.
    """
    whole = _whole(work)
    told = [
        (
            lower_first(word("drawings.worker", worker)),
            shares.get(worker) or share_bounds(whole, worker),
        )
        for worker in WORKERS
        if worker in shares or worker in whole
    ]
    if not told:
        return ""
    told.sort(key=lambda pair: -pair[1].middle)
    (first, share), *rest = told
    *head, last = [
        say("drawings.work.first", who=first, share=percent_range(share)),
        *(say("drawings.work.further", who=who, share=percent_range(one)) for who, one in rest),
    ]
    shares_told = say("common.list.all", head=", ".join(head), last=last) if head else last
    return say("drawings.work.sentence", shares=shares_told)


def _whole(work: Sequence[WorkInPart]) -> dict[str, Range]:
    """Return the work of hips, knees and back to lockout, empty unless both parts are known."""
    parts = {one.part: one.positive_j for one in work if one.part in _LIFTING}
    if len(parts) < len(_LIFTING):
        return {}
    known = [w for w in WORKERS if all(w in p and is_known(p[w]) for p in parts.values())]
    known = [worker for worker in known if worker != "ankles"]
    return {
        worker: Range(
            low=sum(part[worker].low for part in parts.values()),
            middle=sum(part[worker].middle for part in parts.values()),
            high=sum(part[worker].high for part in parts.values()),
        )
        for worker in known
    }
