"""A person's values beside published ones, as words and as JSON."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from primemover.knowledge import load
from primemover.knowledge.evidence_rows import NormRow
from primemover.model.assessment import Assessment
from primemover.model.measure import Measure
from primemover.model.standing import NormPlace, Standing
from primemover.model.units import from_display, to_display
from primemover.report.names import measure_label
from primemover.report.numbers import quantity_text, value_text
from primemover.report.words import instrument_word

__all__ = [
    "NormLine",
    "StandingView",
    "band_text",
    "how_compared",
    "standing_sources",
    "standing_views",
    "standings_to_json",
]

_DECIMALS: Final = 4  # as in `wire`
_SHARE: Final = "1"
_NONE: Final = "\u2013"


@dataclass(frozen=True, slots=True, kw_only=True)
class NormLine:
    """One publication beside a value: who, their value, this person's place, how compared."""

    who: str
    value: str
    place: str
    how: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingView:
    """One value with its band and the publications; those kept apart come second."""

    id: str
    title: str
    yours: str
    band: str
    apart_band: str
    lines: tuple[NormLine, ...]
    apart: tuple[NormLine, ...]


def standing_views(assessment: Assessment) -> tuple[StandingView, ...]:
    """Return every value that has norms beside them."""
    return tuple(
        _view(one, assessment.measures[one.measure])
        for one in assessment.standings
        if one.measure in assessment.measures
    )


def standing_sources(assessment: Assessment) -> list[str]:
    """Return the keys of the publications beside the values."""
    norms = load().norms
    places = (place for one in assessment.standings for place in one.places)
    return [key for place in places for key in norms[place.norm].sources]


def standings_to_json(assessment: Assessment) -> dict[str, Any]:
    """Return where every value stands, by measure id, in the units shown to people."""
    return {one.measure: _to_json(one) for one in assessment.standings}


def band_text(band: tuple[float, float] | None, places: Sequence[NormPlace]) -> str:
    """Return a band of percentiles with how many studies it rests on; "" without one."""
    if band is None:
        return ""
    texts = load().norm_texts
    count = sum(not math.isnan(place.percentile) for place in places)
    low, high = (_ordinal(one) for one in band)
    if count == 1:
        return texts.one.format(low=low)
    return texts.band.format(low=low, high=high, count=f"{count} studies")


def how_compared(place: NormPlace, unit: str) -> str:
    """Return how a value was compared with one publication; `unit` is the measure's SI unit."""
    texts = load().norm_texts
    norm = load().norms[place.norm]
    tool = "" if norm.instrument is None else instrument_word(norm.instrument)
    said = {
        "same": texts.same,
        "shifted": texts.shifted.format(by=_signed(place.shift, unit)),
        "other_tool": texts.other_tool.format(tool=tool),
        "no_tool": texts.no_tool,
        "position": texts.position.format(position=norm.position),
        "no_position": texts.no_position,
    }[place.relation]
    notes = [said]
    if norm.mean is None:
        notes.append(texts.a_range)
    elif norm.sd is None:
        notes.append(texts.no_spread)
    elif norm.sd_tag == "default":
        notes.append(texts.sd_assumed)
    if norm.tag == "unverified":
        notes.append(texts.unverified)
    return "; ".join(notes)


def _view(standing: Standing, measure: Measure) -> StandingView:
    kept = [place for place in standing.places if not place.is_apart]
    apart = [place for place in standing.places if place.is_apart]
    taken = instrument_word(standing.instrument)
    return StandingView(
        id=measure.id,
        title=measure_label(measure.id, measure.side),
        yours=f"{value_text(measure)}, {taken}",
        band=band_text(standing.band, kept),
        apart_band=band_text(standing.apart_band, apart),
        lines=tuple(_line(place, measure.unit) for place in kept),
        apart=tuple(_line(place, measure.unit) for place in apart),
    )


def _line(place: NormPlace, unit: str) -> NormLine:
    norm = load().norms[place.norm]
    return NormLine(
        who=norm.population[:1].upper() + norm.population[1:],
        value=_their_value(norm),
        place=_place_text(place),
        how=how_compared(place, unit),
        sources=norm.sources,
    )


def _their_value(norm: NormRow) -> str:
    if norm.mean is None:
        low, high = (_plain(one or 0.0, norm.unit) for one in (norm.low, norm.high))
        return f"{low} to {high}"
    if norm.sd is None:
        return _plain(norm.mean, norm.unit)
    mean, unit = from_display(norm.mean, norm.unit)
    return quantity_text(mean, from_display(norm.sd, norm.unit)[0], unit)


def _plain(value: float, unit: str) -> str:
    if unit == _SHARE:
        return f"{100.0 * value:.0f} %"
    return f"{value:g}°" if unit == "deg" else f"{value:g} {unit}"


def _place_text(place: NormPlace) -> str:
    if math.isnan(place.percentile):
        return _NONE
    low, high = (_ordinal(one) for one in (place.low, place.high))
    middle = _ordinal(place.percentile)
    return middle if low == high else f"{middle} ({low} to {high})"


def _signed(shift: float, unit: str) -> str:
    shown, name = to_display(shift, unit)
    suffix = "°" if name == "deg" else f" {name}"
    sign = "+" if shown > 0.0 else "\u2212"
    return f"{sign}{abs(shown):.2g}{suffix}"


def _ordinal(percentile: float) -> str:
    """Return ``"22nd"``, never the 0th or 100th."""
    number = min(max(round(percentile), 1), 99)
    teens = 10 <= number % 100 <= 20  # noqa: PLR2004 - 11th, 12th and 13th break the rule
    return f"{number}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def _to_json(standing: Standing) -> dict[str, Any]:
    bands = (standing.band, standing.apart_band)
    band, apart = (None if one is None else [_number(end) for end in one] for one in bands)
    unit = load().measure_of_id[standing.measure].unit
    return {
        "instrument": str(standing.instrument),
        "band": band,
        "apart_band": apart,
        "places": [_place_to_json(place, unit) for place in standing.places],
    }


def _place_to_json(place: NormPlace, unit: str) -> dict[str, Any]:
    norm = load().norms[place.norm]
    return {
        "norm": norm.id,
        "population": norm.population,
        "n": norm.n,
        "position": norm.position,
        "instrument": None if norm.instrument is None else str(norm.instrument),
        "mean": norm.mean,
        "sd": norm.sd,
        "low": norm.low,
        "high": norm.high,
        "unit": norm.unit,
        "relation": place.relation,
        "apart": place.is_apart,
        "how": how_compared(place, unit),
        "shift": _number(to_display(place.shift, unit)[0]),
        "percentile": _number(place.percentile),
        "percentile_low": _number(place.low),
        "percentile_high": _number(place.high),
        "sources": list(norm.sources),
        "tag": norm.tag,
        "note": norm.note,
    }


def _number(value: float) -> float | None:
    return round(float(value), _DECIMALS) + 0.0 if math.isfinite(value) else None
