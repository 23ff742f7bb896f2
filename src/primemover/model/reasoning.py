"""What contradicts what, and which measurement would settle most."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

from primemover.model.measure import Side

__all__ = ["Conflict", "FurtherKind", "FurtherMeasurement"]


class FurtherKind(StrEnum):
    """What kind of further measurement is meant."""

    REPEAT = "repeat"
    """More readings like those so far."""
    MEASURE = "measure"
    """Something that was not measured yet."""
    RETAKE = "retake"
    """The same by a trained person with a more precise instrument."""
    FILM_LIFT = "film_lift"
    """The lift, which decides where the tests do not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FurtherMeasurement:
    """A measurement worth taking next.

    Attributes
    ----------
    measures : ids of what to measure
    readings : how many further readings of each
    probability : that what it is meant for can be called afterwards, 0-1; NaN when not known
    bits : expected loss of entropy over all that is open, in bits; NaN when not known
    settles : what it is meant for first, then what else it bears on: ``"hip_left"``,
        ``"hip_right"``, ``"bend"`` or finding ids (with ``_left``/``_right`` where sided)
    text : a sentence that says what to do and what may come of it
    """

    kind: FurtherKind
    measures: tuple[str, ...]
    readings: int
    text: str
    probability: float = math.nan
    bits: float = math.nan
    settles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Readings of one session that contradict each other.

    Attributes
    ----------
    id : row of the conflicts table, ``"tests_disagree"`` or ``"instruments_disagree"``
    label : a few plain words
    what : which readings disagree, with this person's numbers
    why : what may lie behind it, for a lifter; `clinician` the same in a clinician's line
    to_do : what settles it
    probability : that they do disagree, given the errors, 0-1
    measures : ids of the measures that disagree
    """

    id: str
    label: str
    what: str
    why: str
    clinician: str
    to_do: str
    probability: float
    side: Side = Side.NONE
    measures: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
