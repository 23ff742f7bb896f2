"""Who moved: how much of the trunk's rise came from the hips and how much from the low back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from primemover.model.measure import Measure

__all__ = ["Movers", "movers_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Movers:
    """The two shares of the trunk's rise, 0-1 each; they need not add up to one exactly.

    Attributes
    ----------
    hips, back : the measures
    hips_part, back_part : their widths in a bar, adding up to one
    """

    hips: Measure
    back: Measure | None
    hips_part: float
    back_part: float


def movers_of(measures: Mapping[str, Measure]) -> Movers | None:
    """Return who raised the trunk, None where it was not measured."""
    hips = measures.get("trunk_rise_share_hips")
    back = measures.get("trunk_rise_share_lumbar")
    if hips is None or not hips.is_known:
        return None
    from_hips = min(max(hips.value, 0.0), 1.0)
    if back is None or not back.is_known:
        return Movers(hips=hips, back=None, hips_part=from_hips, back_part=1.0 - from_hips)
    from_back = max(back.value, 0.0)
    total = from_hips + from_back
    if total <= 0.0:
        return None
    return Movers(hips=hips, back=back, hips_part=from_hips / total, back_part=from_back / total)
