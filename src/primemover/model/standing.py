"""Where a person's value stands beside published ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from primemover.model.measure import Instrument

__all__ = ["NormPlace", "Relation", "Standing"]

Relation = Literal["same", "shifted", "other_tool", "no_tool", "position", "no_position"]
"""How a value compares with a norm: of the same tool and position; of a tool whose offset is known;
of one whose offset is not; of a tool or position that is another or was not told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NormPlace:
    """A value beside one publication's group.

    Attributes
    ----------
    norm : id of the norms table
    percentile : 0-100 by the normal distribution; NaN without a spread
    low, high : the percentile when the offset between the tools is as far off as it may be, one
        standard error either way; equal to it for the same tool
    shift : what was added to the person's value to bring it to this tool, SI
    """

    norm: str
    relation: Relation
    percentile: float
    low: float
    high: float
    shift: float = 0.0

    @property
    def is_apart(self) -> bool:
        """Whether it is shown but kept out of the band."""
        return self.relation not in {"same", "shifted"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A value beside all publications that fit the person.

    Attributes
    ----------
    measure : measure id
    instrument : what the value was taken with
    band : lowest and highest percentile over the comparable publications, None when there is none
    apart_band : the same over those kept apart
    places : every publication, comparable ones first
    """

    measure: str
    instrument: Instrument
    band: tuple[float, float] | None
    apart_band: tuple[float, float] | None
    places: tuple[NormPlace, ...]
