"""What is known of a person, in one or many cases at once, for conditions to be asked of.

A case is the session as it is, or as it may look after a further reading.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from primemover.findings.joint import apply, parts_of
from primemover.findings.uncertain import Uncertain, uncertain
from primemover.knowledge.evidence_rows import Derivation
from primemover.knowledge.loading import load
from primemover.model.measure import Measure

__all__ = ["World", "cases_of", "derivation", "world_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Measures with errors, and how the others follow from them.

    Attributes
    ----------
    known : measures read directly (or derived ones whose parts are not known), by id
    offsets : derived measures with known parts: by how much the value that was measured differs
        from the one that follows from the parts, SI; 0 where it was not measured itself
    refused : derived measures that are "not measured" although their parts may be known
    """

    known: Mapping[str, Uncertain]
    offsets: Mapping[str, float]
    refused: frozenset[str]

    def parts(self, measure_id: str) -> tuple[str, str] | None:
        """Return the known parts a derived measure follows from, else None."""
        parts = parts_of(measure_id)
        if parts is None or measure_id in self.refused:
            return None
        return parts if all(part in self.known for part in parts) else None

    def bases(self, measure_id: str) -> tuple[str, ...]:
        """Return the measures read directly that a measure rests on; empty when it is open."""
        return self.parts(measure_id) or ((measure_id,) if measure_id in self.known else ())

    def with_readings(self, changes: Mapping[str, Uncertain]) -> World:
        """Return the world with some measures read directly replaced or added."""
        fresh = {
            name
            for name in self.refused
            if any(part in changes and part not in self.known for part in parts_of(name) or ())
        }
        return replace(self, known={**self.known, **changes}, refused=self.refused - fresh)


def world_of(measures: Mapping[str, Measure]) -> World:
    """Return a session's measures as a world of one case.

    A number without an error counts as not known: nothing can be said of how sure it is.
    """
    rows = load().measure_of_id
    known = {
        name: uncertain(one)
        for name, one in measures.items()
        if one.is_known and math.isfinite(one.se)
    }
    derived = [n for n in measures if n in rows and rows[n].derived is not None]
    refused = frozenset(name for name in derived if name not in known)
    offsets: dict[str, float] = {}
    for name in derived:
        parts = parts_of(name)
        if name in refused or parts is None or not all(part in known for part in parts):
            continue
        means = [known[part].mean for part in parts]
        offsets[name] = measures[name].value - float(apply(derivation(name).kind, *means)[0])
    direct = {name: one for name, one in known.items() if name not in offsets}
    return World(known=direct, offsets=offsets, refused=refused)


def derivation(measure_id: str) -> Derivation:
    """Return how a derived measure follows from its parts.

    Raises
    ------
    ValueError
        If it is read directly.
    """
    derived = load().measure_of_id[measure_id].derived
    if derived is None:
        raise ValueError(f"{measure_id} is not a derived measure")
    return derived


def cases_of(known: Iterable[Uncertain]) -> int:
    """Return how many cases there are."""
    return max((np.size(one.mean) for one in known), default=1)
