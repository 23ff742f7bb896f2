"""Whether the evidence behind the rest is whole: no orphan, no unknown unit, no unquoted claim."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from itertools import chain
from typing import Any, Final

from primemover.knowledge.catalogue import Knowledge
from primemover.knowledge.evidence_rows import ClaimRow, NormRow
from primemover.knowledge.reading_rows import Condition
from primemover.model.session import Variant
from primemover.model.units import DISPLAY_UNIT

__all__ = ["PARAGRAPHS", "evidence_problems"]

PARAGRAPHS: Final = 13
"""Paragraphs of the article, from the one after its title to its fifth step."""
_UNITS: Final = frozenset(
    {"1", "%", "points", "s", "kg", "m/s", "N", "N·m"}
    | set(DISPLAY_UNIT)
    | {shown for shown, _ in DISPLAY_UNIT.values()}
)


def evidence_problems(knowledge: Knowledge) -> Iterator[str]:
    """Yield every hole in sources, units, claims, norms, instruments and measures as a sentence."""
    yield from _orphan_sources(knowledge)
    yield from _unknown_units(knowledge)
    yield from _better_tagged_than_its_sources(knowledge)
    yield from _claims(knowledge)
    for norm in knowledge.norms.values():
        yield from _wrong_norm(norm, knowledge)
    yield from _wrong_offsets(knowledge)
    yield from _orphan_measures(knowledge)
    yield from _orphan_instruments(knowledge)


def _parts(value: object) -> Iterator[tuple[str, object]]:
    """Yield every named field of a record and of the records within it."""
    if is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            inner = getattr(value, field.name)
            yield field.name, inner
            yield from _parts(inner)
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _parts(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from _parts(inner)


def _rows(knowledge: Knowledge) -> Iterator[tuple[str, Any]]:
    """Yield (table, row) for every row of every table."""
    for field in fields(knowledge):
        table = getattr(knowledge, field.name)
        rows = table.values() if isinstance(table, Mapping) else table
        for row in rows if isinstance(rows, Iterable) else [rows]:
            yield field.name, row


def _name(row: object) -> str:
    for field in ("id", "key", "step", "result"):
        if hasattr(row, field):
            return str(getattr(row, field))
    return type(row).__name__


def _orphan_sources(knowledge: Knowledge) -> Iterator[str]:
    cited: set[str] = set()
    for table, row in _rows(knowledge):
        if table != "sources":
            for name, value in _parts(row):
                if "sources" in name and isinstance(value, tuple):
                    cited.update(value)
    yield from (f"source {key} is cited by nobody" for key in knowledge.sources if key not in cited)


def _unknown_units(knowledge: Knowledge) -> Iterator[str]:
    for table, row in _rows(knowledge):
        for name, value in _parts(row):
            if name == "unit" and value and value not in _UNITS:
                yield f"{table}: {_name(row)} has the unknown unit {value}"


def _better_tagged_than_its_sources(knowledge: Knowledge) -> Iterator[str]:
    """Yield rows said to be read in a publication that cite none that was."""
    for table, row in _rows(knowledge):
        tag, keys = getattr(row, "tag", ""), getattr(row, "sources", ())
        if table == "sources" or tag not in {"read", "secondary"}:
            continue
        tags = {knowledge.sources[key].tag for key in keys if key in knowledge.sources}
        if tags and not tags & {"read", "secondary"}:
            yield f"{table}: {_name(row)} is tagged {tag}, and none of its sources was read"


def _claims(knowledge: Knowledge) -> Iterator[str]:
    beside = Counter(claim for _, row in _rows(knowledge) for claim in _named(row))
    for row in knowledge.claims.values():
        if not beside[row.id] and not row.page_only:
            yield f"claim {row.id} is shown beside nothing"
        if beside[row.id] and row.page_only:
            yield f"claim {row.id} is shown beside something and says that it is not"
        yield from _unquoted(row)
    quoted = set(chain.from_iterable(row.paragraph for row in knowledge.claims.values()))
    for number in range(1, PARAGRAPHS + 1):
        if number not in quoted:
            yield f"no claim quotes paragraph {number} of the article"
    yield from (f"there is no paragraph {number}" for number in quoted if number > PARAGRAPHS)


def _named(row: object) -> tuple[str, ...]:
    one = [getattr(row, field, "") for field in ("claim", "order_claim")]
    return (*(name for name in one if name), *getattr(row, "also_claims", ()))


def _unquoted(row: ClaimRow) -> Iterator[str]:
    """Yield which of a claim's four sentences is missing or no sentence."""
    said = {"idea": row.idea, "known": row.known, "product": row.product, "line": row.clinician}
    for what, text in said.items():
        if not text.strip():
            yield f"claim {row.id} has no {what}"
        elif not text.rstrip().endswith("."):
            yield f"claim {row.id}: its {what} is no whole sentence"


def _wrong_norm(row: NormRow, knowledge: Knowledge) -> Iterator[str]:
    for stem in row.measures:
        measure = knowledge.measures.get(stem)
        if measure is None:
            yield f"norm {row.id} is of {stem}, which is not a measure"
        elif row.unit != DISPLAY_UNIT.get(measure.unit, (measure.unit, 1.0))[0]:
            yield f"norm {row.id} is in {row.unit}, and {stem} is shown in {measure.unit}"
    if row.variant and row.variant not in {one.value for one in Variant}:
        yield f"norm {row.id} is of the lift {row.variant}, which there is not"
    if row.age_low is not None and row.age_high is not None and row.age_low >= row.age_high:
        yield f"norm {row.id} ends at an age before it begins"
    if row.n is None and not row.note:
        yield f"norm {row.id} says neither how many people nor why not"
    if row.sd is not None and row.sd_tag == "default" and "SD" not in row.note:
        yield f"norm {row.id} does not say where its SD comes from"


def _wrong_offsets(knowledge: Knowledge) -> Iterator[str]:
    known = {(row.instrument, stem) for row in knowledge.precision for stem in row.measures}
    seen: Counter[tuple[frozenset[str], str]] = Counter()
    for row in knowledge.offsets:
        first, second = row.pair
        if first is second:
            yield f"{first.value} has an offset to itself"
        for stem in row.measures:
            seen[frozenset(one.value for one in row.pair), stem] += 1
            for instrument in row.pair:
                if (instrument, stem) not in known:
                    yield f"{instrument.value} has an offset and no precision for {stem}"
    for (pair, stem), count in seen.items():
        if count > 1:
            yield f"{' and '.join(sorted(pair))} have {count} offsets for {stem}"


def _conditions(value: object) -> Iterator[Condition]:
    if isinstance(value, Condition):
        yield from value.leaves()
        return
    for _, inner in _parts(value):
        if isinstance(inner, Condition):
            yield from inner.leaves()


def _orphan_measures(knowledge: Knowledge) -> Iterator[str]:
    """Yield measures that people are asked for and nothing reads, or cannot be read at all."""
    read = {leaf.measure for _, row in _rows(knowledge) for leaf in _conditions(row)}
    derived = (row.derived.of for row in knowledge.measures.values() if row.derived)
    read |= set(chain.from_iterable(derived))
    used = {name.format(side="left", other="right") for name in read}
    precise = set(chain.from_iterable(row.measures for row in knowledge.precision))
    for row in knowledge.measures.values():
        typed = row.low is not None or row.high is not None
        if typed and used.isdisjoint(row.ids):
            yield f"measure {row.id} is asked for and nothing reads it"
        if typed is not (row.id in precise):
            yield f"measure {row.id} is typed in without a precision, or the other way round"
        if typed and row.derived is not None:
            yield f"measure {row.id} is typed in and derived"


def _orphan_instruments(knowledge: Knowledge) -> Iterator[str]:
    used = {row.instrument.value for row in knowledge.precision}
    named = set(knowledge.instruments)
    yield from (f"instrument {name} measures nothing" for name in sorted(named - used))
    yield from (f"instrument {name} has no row" for name in sorted(used - named))
