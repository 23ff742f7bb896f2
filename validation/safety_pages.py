"""Write docs/safety.md and docs/questionnaires.md from the knowledge files, for review.

``python -m validation.safety_pages --write``; a test fails when the pages are out of date. Both
pages are for clinicians who check the rows: they name what is suspected.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from primemover.knowledge import load
from primemover.knowledge.outcome_rows import QuestionnaireRow
from primemover.knowledge.safety_rows import ClusterRow, ScreeningRow, StopRow, StopWhen

__all__ = ["pages"]

DOCS: Final = Path(__file__).resolve().parent.parent / "docs"
MADE: Final = (
    "<!-- Made by `python -m validation.safety_pages --write`; change {}, not this page. -->"
)
SAFETY: Final = """\
# The safety screen and the stop rules

For review by clinicians. Every row is data (`screening.toml`, `stop_rules.toml`) with its source
and how far it was checked: *read* in the publication, *secondary*, *unverified* (from memory, to
be checked), *default* (a choice of this project). Single answers say little; the screen asks for
help early rather than late, and no answer of it excludes disease.

Levels of concern: **emergency** stops the exam and shows where to go; **refer** means that a
clinician looks before anything is loaded, and no loaded programme is made; **caution** (watch) is
shown and the exam goes on. A person whose age or sex is not told is asked everything. A yes counts
whoever gives it.
"""
STOPS: Final = """\
## During the programme: when to stop

The worst rule that applies decides, so that telling more never makes the answer milder
(`primemover.plan.stopping.judge_report`). *Step back* is 20-40 % off the load or the step before.
Nothing told is "carry on".
"""
QUESTIONS: Final = """\
# Questionnaires

How much the pain gets in the way, never where it comes from. Answers stand in the
`[questionnaires]` table of a session file, pain ratings in `[pain]`:

```toml
[questionnaires]
psfs = [{ activity = "put on socks", rating = 4 }, { activity = "sit an hour", rating = 6 }]
rmdq = { yes = [3, 9, 16], left_out = [24] } # numbers of the sentences; or rmdq_total = 3
odi_total = 22            # percent
start_back_total = 5
start_back_distress = 2   # items 5 to 9
```

*MDC* is the smallest change that is more than chance, *MIC* the smallest that people call
important. Where no MDC was read, the MIC stands in for it with the tag *default*.

| | scale | higher is | MDC | MIC | items |
| --- | --- | --- | --- | --- | --- |
"""
ITEMS: Final = {
    "shipped": "part of this program",
    "own": "the person's own",
    "total": "not part of this program: only the total is typed in",
}


def main() -> None:
    """Print the pages, or write them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the pages under docs")
    write = parser.parse_args().write
    for name, text in pages().items():
        if write:
            (DOCS / name).write_text(text, encoding="utf-8")
        else:
            print(text)


def pages() -> dict[str, str]:
    """Return the pages by their file names."""
    return {"safety.md": _safety_page(), "questionnaires.md": _questionnaires_page()}


def _safety_page() -> str:
    known = load()
    return "\n".join(
        [
            MADE.format("screening.toml and stop_rules.toml"),
            SAFETY,
            "## Questions\n",
            "| id | level | within | asked of | question | action | for a clinician | tag |",
            "| --- | --- | --- | --- | --- | --- | --- | --- |",
            *map(_question, known.screening.values()),
            "",
            "## Answers that together raise concern\n",
            "How many answers make a cluster is a default of this project.\n",
            "| id | answers | level | within | action | for a clinician | tag |",
            "| --- | --- | --- | --- | --- | --- | --- |",
            *map(_cluster, known.screening_clusters.values()),
            "",
            STOPS,
            "| id | when | level | ends | action | then | for a clinician | tag |",
            "| --- | --- | --- | --- | --- | --- | --- | --- |",
            *map(_stop, known.stop_rules.values()),
            "",
        ]
    )


def _question(row: ScreeningRow) -> str:
    return _row(
        f"`{row.id}`", row.level, _spaced(row.within), _asked_of(row), row.question, row.action,
        row.clinician, row.tag,
    )  # fmt: skip


def _asked_of(row: ScreeningRow) -> str:
    parts = [row.sex.value] if row.sex else []
    parts += [f"below {row.age_below:g}"] if row.age_below is not None else []
    parts += [f"above {row.age_above:g}"] if row.age_above is not None else []
    return ", ".join(parts) or "all"


def _cluster(row: ClusterRow) -> str:
    members = ", ".join(f"`{name}`{' (must)' if name in row.must else ''}" for name in row.of)
    if row.measured_label:
        members += f", or measured: {row.measured_label.format(side='a')}"
    return _row(
        f"`{row.id}`", f"{row.needs} of: {members}", row.level, _spaced(row.within), row.action,
        row.clinician, row.tag,
    )  # fmt: skip


def _stop(row: StopRow) -> str:
    when = row.question if row.when is None else f"{row.label} (`{_number(row.when)}`)"
    return _row(
        f"`{row.id}`", when, _spaced(row.level), row.ends, row.action, row.then, row.clinician,
        row.tag,
    )  # fmt: skip


def _number(when: StopWhen) -> str:
    return (
        f"{when.field} > {when.above:g}"
        if when.above is not None
        else f"{when.field} >= {when.at_least:g}"
    )


def _questionnaires_page() -> str:
    rows = list(load().questionnaires.values())
    return "\n".join(
        [
            MADE.format("questionnaires.toml"),
            QUESTIONS + "\n".join(map(_scale, rows)),
            "",
            *(line for row in rows for line in _section(row)),
        ]
    )


def _scale(row: QuestionnaireRow) -> str:
    mdc = "not known" if row.mdc is None else f"{row.mdc:g} ({row.mdc_tag})"
    mic = "not known" if row.mic is None else f"{row.mic:g} ({row.mic_tag})"
    share = "" if row.mic_share is None else f", or {100 * row.mic_share:g} %"
    scale = f"{row.low:g} to {row.high:g} {row.unit}"
    return _row(row.short, scale, row.higher_is, mdc, mic + share, ITEMS[row.items])


def _section(row: QuestionnaireRow) -> Iterable[str]:
    yield f"## {row.label} ({row.short})\n"
    notes = (row.mdc_note, row.mic_note, row.licence)
    yield " ".join(note for note in notes if note)
    if row.least_answered is not None:
        yield (
            f"\nSentences left out: the share of yes among the answered ones is taken to all "
            f"{row.high:g}, with both ends that the missing ones leave open. At least "
            f"{row.least_answered} must be answered (default)."
        )
    if row.band or row.group:
        yield ""
    for band in row.band:
        yield f"- up to {band.up_to:g}: {band.label} ({band.tag})"
    for group in row.group:
        yield f"- {group.label}: {group.clinician} ({group.tag})"
    yield ""
    yield f"Sources: {', '.join(f'`{key}`' for key in row.sources)}.\n"


def _spaced(word: str) -> str:
    return word.replace("_", " ")


def _row(*cells: str) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


if __name__ == "__main__":
    main()
