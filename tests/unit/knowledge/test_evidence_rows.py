"""Each check of the evidence can fail: a fault planted in a copy of the data is found."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from primemover.knowledge import load
from primemover.knowledge.catalogue import Knowledge
from primemover.knowledge.evidence_integrity import PARAGRAPHS, evidence_problems
from primemover.knowledge.evidence_rows import NormRow, SourceRow
from primemover.knowledge.integrity import problems
from primemover.model.measure import Instrument

Plant = Callable[[Knowledge], Knowledge]


def changed(table: str, key: object, **changes: object) -> Plant:
    """Return what changes some fields of one row."""

    def plant(known: Knowledge) -> Knowledge:
        rows: Mapping[Any, Any] = getattr(known, table)
        return replace(known, **{table: {**rows, key: replace(rows[key], **changes)}})  # type: ignore[arg-type]

    return plant


def without(table: str, key: object) -> Plant:
    """Return what takes one row away."""

    def plant(known: Knowledge) -> Knowledge:
        rows = {name: row for name, row in getattr(known, table).items() if name != key}
        return replace(known, **{table: rows})  # type: ignore[arg-type]

    return plant


def nth(table: str, index: int, **changes: object) -> Plant:
    """Return what changes some fields of one row of a table without ids."""

    def plant(known: Knowledge) -> Knowledge:
        rows = list(getattr(known, table))
        rows[index] = replace(rows[index], **changes)
        return replace(known, **{table: tuple(rows)})  # type: ignore[arg-type]

    return plant


def added(table: str, key: str, row: object) -> Plant:
    """Return what adds one row."""
    return lambda known: replace(known, **{table: {**getattr(known, table), key: row}})  # type: ignore[arg-type]


def unclaimed(claim: str) -> Plant:
    """Return what takes one claim from every rule, state, pairing and step."""

    def plant(known: Knowledge) -> Knowledge:
        tables = ("rules", "hip_states", "bend_patterns", "bend_directions", "pairings", "steps")
        for table in tables:
            rows = getattr(known, table)
            kept = {
                key: replace(
                    row,
                    claim="" if row.claim == claim else row.claim,
                    also_claims=tuple(one for one in row.also_claims if one != claim),
                )
                for key, row in rows.items()
            }
            known = replace(known, **{table: kept})  # type: ignore[arg-type]
        return known

    return plant


def unquoted(paragraph: int) -> Plant:
    """Return what takes one paragraph of the article from every claim."""

    def plant(known: Knowledge) -> Knowledge:
        kept = {
            key: replace(row, paragraph=tuple(one for one in row.paragraph if one != paragraph))
            for key, row in known.claims.items()
        }
        return replace(known, claims=kept)

    return plant


STRANGER = SourceRow(key="nobody2020", citation="Nobody 2020", tag="read")
TYPED = replace(load().measures["knee_to_wall"], id="big_toe")
PLANTED: dict[str, tuple[Plant, str]] = {
    "a source nobody cites": (
        added("sources", "nobody2020", STRANGER),
        "source nobody2020 is cited by nobody",
    ),
    "a rule that cites nobody": (changed("rules", "leans_back", sources=()), "has no source"),
    "a norm that cites a stranger": (
        changed("norms", "krause_seated", sources=("who1999",)),
        "cites who1999",
    ),
    "a claim without a source": (changed("claims", "c", sources=()), "has no source"),
    "an exercise without a source": (
        changed("exercises", "side_plank", sources=()),
        "has no source",
    ),
    "a row said to be read that rests on memory": (
        changed("norms", "krause_seated", sources=("boone_azen1979",)),
        "none of its sources was read",
    ),
    "an unknown unit of a norm": (changed("norms", "krause_seated", unit="grad"), "unit grad"),
    "an unknown unit of a measure": (changed("measures", "bar_drift", unit="furlong"), "furlong"),
    "a norm in another unit than its measure": (
        changed("norms", "fingertips", unit="deg"),
        "fingertip_to_floor is shown in",
    ),
    "a precision in another unit than its measure": (
        nth("precision", 0, unit="cm"),
        "or not in cm",
    ),
    "a claim that nothing shows": (unclaimed("h"), "claim h is shown beside nothing"),
    "the order's claim not shown": (
        lambda known: replace(known, programme=replace(known.programme, order_claim="l")),
        "claim r is shown beside nothing",
    ),
    "a claim shown that says it is not": (
        changed("claims", "a", page_only="It is not."),
        "says that it is not",
    ),
    "a claim without the article's idea": (changed("claims", "c", idea=" "), "claim c has no idea"),
    "a claim without a clinician's line": (
        changed("claims", "c", clinician=""),
        "claim c has no line",
    ),
    "half a sentence": (changed("claims", "c", known="Rotation goes with"), "no whole sentence"),
    "a paragraph nobody quotes": (unquoted(10), "no claim quotes paragraph 10"),
    "a paragraph that is not there": (
        changed("claims", "m", paragraph=(10, PARAGRAPHS + 1)),
        "there is no paragraph 14",
    ),
    "a rule that speaks of an unknown claim": (
        changed("rules", "leans_back", also_claims=("zz",)),
        "claim zz",
    ),
    "a norm of an unknown measure": (
        changed("norms", "roach_extension", measures=("elbow",)),
        "elbow, which is not a measure",
    ),
    "a norm of an unknown lift": (
        changed("norms", "knee_sumo", variant="suitcase"),
        "the lift suitcase",
    ),
    "a norm with its ages the wrong way round": (
        changed("norms", "nhanes_25_39", age_low=40),
        "ends at an age before it begins",
    ),
    "a norm that hides how many people": (
        changed("norms", "tennis_men", n=None),
        "neither how many people",
    ),
    "a norm that hides where its SD is from": (
        changed("norms", "kouyoumdjian_seated", note="Photographs."),
        "where its SD comes from",
    ),
    "a measure that is asked for and not read": (
        added("measures", "big_toe", TYPED),
        "big_toe is asked for and nothing reads it",
    ),
    "a typed measure without a precision": (
        lambda known: replace(
            known, precision=tuple(p for p in known.precision if "knee_to_wall" not in p.measures)
        ),
        "measure knee_to_wall is typed in without a precision",
    ),
    "an instrument that measures nothing": (
        lambda known: replace(
            known,
            precision=tuple(p for p in known.precision if p.instrument is not Instrument.TAPE),
        ),
        "instrument tape measures nothing",
    ),
    "an instrument without a row": (without("instruments", "phone"), "instrument phone has no row"),
    "an offset to itself": (
        nth("offsets", 0, pair=(Instrument.PHONE, Instrument.PHONE)),
        "offset to itself",
    ),
    "two offsets of one pair": (
        lambda known: replace(known, offsets=(*known.offsets, known.offsets[0])),
        "have 2 offsets",
    ),
    "an offset of an instrument that cannot read the measure": (
        nth("offsets", 0, measures=("fingertip_to_floor",)),
        "no precision for fingertip_to_floor",
    ),
    "an exercise nobody can reach": (
        changed("exercises", "side_plank", follows="side_plank"),
        "exercise side_plank follows itself",
    ),
    "an exercise that needs what nobody can have": (
        changed("exercises", "side_plank", equipment=("moon_boots",)),
        "exercise side_plank names the equipment moon_boots",
    ),
    "a rule with one worked outcome": (
        changed("rules", "leans_back", example=load().rules["leans_back"].example[:1] * 2),
        "needs examples with different outcomes",
    ),
}


@pytest.mark.parametrize(("plant", "told"), PLANTED.values(), ids=list(PLANTED))
def test_a_planted_fault_is_found(plant: Plant, told: str) -> None:
    faults = problems(plant(load()))
    assert any(told in fault for fault in faults), faults


def test_the_evidence_is_whole() -> None:
    assert tuple(evidence_problems(load())) == ()


def test_a_norm_is_a_mean_or_a_range_and_a_spread_needs_its_mean() -> None:
    row = load().norms["krause_seated"]
    for wrong in (
        {"mean": None},
        {"low": 1.0, "high": 2.0},
        {"mean": None, "low": 3.0, "high": 2.0},
    ):
        with pytest.raises(ValueError, match="mean"):
            replace(row, **wrong)
    with pytest.raises(ValueError, match="SD"):
        replace(load().norms["convention_target"], sd=3.0)
    assert isinstance(replace(row, sd=None, sd_tag=None), NormRow)


def test_every_number_that_was_not_read_says_so() -> None:
    """A row whose spread or offset error is this project's own names it in its tags."""
    for norm in load().norms.values():
        if "assumed" in norm.note.lower() and norm.sd is not None:
            assert "default" in {norm.sd_tag, norm.tag} or norm.tag == "unverified", norm.id
    for offset in load().offsets:
        assert offset.se_tag == "default"
        assert offset.note
