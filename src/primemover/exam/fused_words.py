"""What is said where one quantity was read in several ways: the knowledge's sentences, filled."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from primemover.exam.fusing import Fused
from primemover.findings.words import label_of, listing, number_of
from primemover.knowledge.loading import load
from primemover.model.check import Check, CheckStatus
from primemover.model.measure import Measure, Part
from primemover.model.units import to_display

__all__ = ["fusing_checks"]


def fusing_checks(fused: Mapping[str, Fused]) -> list[Check]:
    """Return checks for every quantity that was read in more than one way.

    Their ids begin with ``fused_`` for readings put together, ``apart_`` for readings kept apart,
    and ``conflict_`` for either when they disagree by more than their errors.
    """
    checks = []
    texts = load().fusing_texts
    for one in fused.values():
        used, *others = one.measure.parts or (None,)
        if used is None:
            continue
        with_it = [part for part in others if part.fused]
        beside = [part for part in others if not part.fused]
        if with_it:
            said = texts.together if one.agree else texts.disagree
            kind = "fused" if one.agree else "conflict"
            checks.append(_check(kind, said, one.measure, used, with_it))
        if beside:
            said = texts.apart if one.near else texts.far_apart
            kind = "apart" if one.near else "conflict"
            checks.append(_check(kind, said, one.measure, used, beside))
    return checks


def _check(kind: str, template: str, measure: Measure, used: Part, others: Sequence[Part]) -> Check:
    label = label_of(measure.id)
    detail = template.format(
        label=label[:1].upper() + label[1:],
        readings=listing(f"{_name(part)} {_read(part, measure)}" for part in (used, *others)),
        result=number_of(measure),
        used=_name(used),
        other=listing(_name(part) for part in others),
        offset="".join(_shift(part, used, measure) for part in others),
    )
    status = CheckStatus.PASSED if kind == "fused" else CheckStatus.WARNING
    return Check(id=f"{kind}_{measure.id}", status=status, detail=detail)


def _name(part: Part) -> str:
    """Return what a reading was taken with, and by whom where that tells readings apart."""
    if part.by_film:
        return "film"
    label = load().instruments[part.instrument.value].label
    return f"{label} (self)" if part.by_lay_person else label


def _read(part: Part, measure: Measure) -> str:
    return number_of(Measure(id=measure.id, value=part.value, se=part.se, unit=measure.unit))


def _shift(part: Part, used: Part, measure: Measure) -> str:
    """Return by how much a reading was shifted before it was put together, "" for not at all."""
    if not part.fused or part.offset == 0.0 or math.isnan(part.offset):
        return ""
    by, unit = to_display(abs(part.offset), measure.unit)
    error, _ = to_display(part.offset_se, measure.unit)
    more = "more" if part.offset > 0.0 else "less"
    said = f"{by:.1f} {unit} (± {error:.1f}) {more}"
    return load().fusing_texts.shifted.format(other=_name(part), used=_name(used), by=said)
