"""One measure in two sessions: a real change, or within the error of measuring."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from scipy.special import erf

from primemover.knowledge.loading import load
from primemover.knowledge.retest_rows import AimRow
from primemover.model.measure import INTERVAL_SE, Measure
from primemover.model.retest import ChangeKind, MeasureChange, Towards, Visit
from primemover.model.units import from_display
from primemover.retest.numbers import amount, change_words, label_of, side_of, signed, sure_text
from primemover.retest.yardstick import Yardstick, known, read_with, yardstick
from primemover.words import say, word

__all__ = ["aim_of", "change_of", "changes_between", "how_sure", "towards"]

_COMPARED: Final = frozenset({ChangeKind.REAL, ChangeKind.WITHIN_ERROR})
_LIFTED: Final = frozenset({"deadlift", "mechanics"})


def changes_between(earlier: Visit, later: Visit) -> tuple[MeasureChange, ...]:
    """Return the change of every measure known in either visit, in the order of the measures."""
    either = {*earlier.measures, *later.measures}
    ids = (name for name in load().measure_of_id if name in either)
    found = (change_of(name, earlier, later) for name in ids)
    return tuple(one for one in found if one is not None)


def change_of(measure_id: str, earlier: Visit, later: Visit) -> MeasureChange | None:
    """Return what became of a measure; None when it is known in neither visit.

    A change is real when it is larger than the MDC of `yardstick`: at most 5 of 100 people who did
    not change are called changed, if the errors are as stated.
    """
    before, after = known(earlier, measure_id), known(later, measure_id)
    if before is None and after is None:
        return None
    if before is None or after is None:
        return _lone(measure_id, before, after)
    held = yardstick(measure_id, earlier, later)
    kind = _kind(after.value - before.value, held)
    pair = _Pair(id=measure_id, before=before, after=after, held=held, kind=kind)
    comparable = kind in _COMPARED
    change = after.value - before.value if comparable else math.nan
    se = held.se if comparable else math.nan
    way = pair.towards()
    return _record(
        measure_id,
        before=before,
        after=after,
        kind=kind,
        change=change,
        se=se,
        low=change - INTERVAL_SE * se,
        high=change + INTERVAL_SE * se,
        probability=how_sure(change, se),
        mdc=held.mdc if comparable else math.nan,
        mdc_from=("published" if held.is_published else "readings") if comparable else "",
        towards=way,
        lay=held.lay,
        plain=pair.plain(way, _tools(measure_id, earlier, later)),
        clinician=pair.clinician(),
        caution=_caution(measure_id, earlier, later) if kind is ChangeKind.REAL else "",
        tag=held.tag,
        sources=held.sources,
    )


def how_sure(change: float, se: float) -> float:
    """Return how often two readings of an unchanged person lie closer together than `change`.

    2 Phi(|change| / se) - 1: 0 without a change, 0.95 at the MDC; NaN when either is not known.
    """
    if not (math.isfinite(change) and math.isfinite(se)):
        return math.nan
    if se <= 0.0:
        return 0.0 if change == 0.0 else 1.0
    return float(erf(abs(change) / (se * math.sqrt(2.0))))


def aim_of(measure_id: str) -> AimRow:
    """Return the aim of a measure."""
    stem = load().measure_of_id[measure_id].id
    return next(row for row in load().aims if stem in row.measures)


def towards(measure_id: str, before: float, after: float) -> Towards:
    """Return whether a change goes towards the measure's aim, SI values.

    The way to the aim's nearest end must shrink (or grow) by at least the rules' share of the
    change; what happens within the aim is neither, so more is not always better.
    """
    aim = aim_of(measure_id)
    ends = [
        math.nan if end is None else from_display(end, aim.unit)[0] for end in (aim.low, aim.high)
    ]
    nearer = _away(before, ends[0], ends[1]) - _away(after, ends[0], ends[1])
    enough = load().retest_rules.toward_share * abs(after - before)
    if nearer == 0.0 or abs(nearer) < enough:
        return Towards.NEITHER
    return Towards.BETTER if nearer > 0.0 else Towards.WORSE


def _away(value: float, low: float, high: float) -> float:
    """Return how far a value is outside [low, high]; a NaN end is open."""
    short = low - value if math.isfinite(low) else 0.0
    beyond = value - high if math.isfinite(high) else 0.0
    return max(short, beyond, 0.0)


def _kind(change: float, held: Yardstick) -> ChangeKind:
    if held.obstacle:
        return ChangeKind.INSTRUMENT_CHANGED
    if not math.isfinite(held.mdc):
        return ChangeKind.ERROR_UNKNOWN
    return ChangeKind.REAL if abs(change) > held.mdc else ChangeKind.WITHIN_ERROR


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    """Two known readings and what their change is held against, for the sentences."""

    id: str
    before: Measure
    after: Measure
    held: Yardstick
    kind: ChangeKind

    def towards(self) -> Towards:
        if self.kind is not ChangeKind.REAL:
            return Towards.NEITHER
        return towards(self.id, self.before.value, self.after.value)

    def plain(self, way: Towards, tools: tuple[str, str]) -> str:
        texts = load().retest_texts
        template = {
            ChangeKind.REAL: texts.real,
            ChangeKind.WITHIN_ERROR: texts.within,
            ChangeKind.ERROR_UNKNOWN: texts.unknown_error,
            ChangeKind.INSTRUMENT_CHANGED: self._obstacle_text(),
        }[self.kind]
        said = self._filled(template, tools)
        if self.kind is not ChangeKind.REAL:
            return said
        aim = aim_of(self.id).words
        where = getattr(texts, way.value) if aim else texts.no_aim
        return f"{said} {where.format(aim=aim)}"

    def clinician(self) -> str:
        texts = load().retest_texts
        if self.kind not in _COMPARED:
            told = word("retest.obstacle", self.held.obstacle or "error")
            return texts.clinician_not.format(why=told)
        change, se = self.after.value - self.before.value, self.held.se
        return texts.clinician.format(
            change=signed(self.id, change),
            low=signed(self.id, change - INTERVAL_SE * se),
            high=signed(self.id, change + INTERVAL_SE * se),
            mdc=amount(self.id, self.held.mdc, finer=1),
            mdc_source=self._source(),
            sure=sure_text(how_sure(change, se)),
        )

    def _source(self) -> str:
        texts, held = load().retest_texts, self.held
        parts = [held.tag if held.is_published else ""]
        if not held.is_published:
            parts = [texts.from_readings if held.day_known else texts.day_unknown]
        parts += [texts.lay] if held.lay and held.is_published else []
        return "; ".join((*parts, ", ".join(held.sources)))

    def _obstacle_text(self) -> str:
        texts = load().retest_texts
        return {
            "instrument": texts.other_instrument,
            "network": texts.other_network,
            "variant": texts.other_variant,
            "load": texts.other_load,
        }.get(self.held.obstacle, "")

    def _filled(self, template: str, tools: tuple[str, str]) -> str:
        label, change = label_of(self.id), self.after.value - self.before.value
        # a change and what it must exceed are told apart, also where both round to the same
        alike = amount(self.id, abs(change)) == amount(self.id, self.held.mdc)
        finer = 1 if alike else 0
        return template.format(
            Label=f"{label[:1].upper()}{label[1:]}",
            before=amount(self.id, self.before.value),
            after=amount(self.id, self.after.value),
            change=change_words(self.id, change, finer=finer),
            mdc=amount(self.id, self.held.mdc, finer=finer),
            tool_before=tools[0],
            tool_after=tools[1],
        )


def _tools(measure_id: str, earlier: Visit, later: Visit) -> tuple[str, str]:
    return _named(read_with(earlier, measure_id)), _named(read_with(later, measure_id))


def _named(instruments: Iterable[str]) -> str:
    labels = {row.id: row.label for row in load().instruments.values()}
    named = dict.fromkeys(str(labels.get(one, one)) for one in instruments)  # type: ignore[call-overload]
    return " and ".join(named)


def _caution(measure_id: str, earlier: Visit, later: Visit) -> str:
    before, after = earlier.lift.bar_mass_kg, later.lift.bar_mass_kg
    if load().measure_of_id[measure_id].group not in _LIFTED or before is None or after is None:
        return ""
    if abs(after - before) <= load().retest_rules.load_share * max(before, after):
        return ""
    text = load().retest_texts.caution_load
    return text.format(load_before=f"{before:g}", load_after=f"{after:g}")


def _lone(measure_id: str, before: Measure | None, after: Measure | None) -> MeasureChange:
    """Return the record of a measure that only one visit has."""
    texts, label = load().retest_texts, label_of(measure_id)
    one = before or after
    value = math.nan if one is None else one.value
    template = texts.only_after if before is None else texts.only_before
    shown = amount(measure_id, value)
    return _record(
        measure_id,
        before=before,
        after=after,
        kind=ChangeKind.NOT_MEASURED_AGAIN,
        change=math.nan,
        se=math.nan,
        low=math.nan,
        high=math.nan,
        probability=math.nan,
        mdc=math.nan,
        mdc_from="",
        towards=Towards.NEITHER,
        lay=False,
        plain=template.format(Label=f"{label[:1].upper()}{label[1:]}", before=shown, after=shown),
        clinician=texts.clinician_not.format(why=say("retest.why.once")),
    )


def _record(measure_id: str, **told: object) -> MeasureChange:
    row = load().measure_of_id[measure_id]
    return MeasureChange(
        id=measure_id,
        label=label_of(measure_id),
        group=row.group,
        side=side_of(measure_id),
        unit=row.unit,
        listed=aim_of(measure_id).listed,
        **told,  # type: ignore[arg-type]
    )
