"""``python -m validation.retest``: print the tables of docs/retest.md and write them there."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from primemover.cli.retest_summary import retest_summary
from primemover.model.measure import Side
from primemover.pipeline.options import Options
from primemover.pipeline.visit_files import open_visit, visit_from
from primemover.pipeline.visits import compare
from primemover.retest.numbers import label_of
from validation.pages import markdown_table, put_section
from validation.retest.calls import Tally, film_calls, trend_calls, typed_calls
from validation.retest.people import Film, Rater

__all__ = ["PAGE", "main", "report", "worked_example"]

_ROOT: Final = Path(__file__).resolve().parents[2]
PAGE: Final = _ROOT / "docs" / "retest.md"
_EXAMPLES: Final = _ROOT / "examples" / "retest"
_PEOPLE: Final = 1000
_FEW: Final = 200  # where findings are read too
_HIPS: Final = tuple(
    f"hip_rotation_{mode}_{side.value}"
    for mode in ("active", "passive")
    for side in (Side.LEFT, Side.RIGHT)
)
_RATERS: Final = (
    ("clinician, errors as published", Rater()),
    ("clinician, errors half as large again as published", Rater(true_factor=1.5)),
    (
        "lay reader, 1.75 times the error (what is reckoned with)",
        Rater(is_lay=True, true_factor=1.75),
    ),
    ("lay reader, 2 times the error", Rater(is_lay=True, true_factor=2.0)),
    ("lay reader who is told to be a clinician", Rater(true_factor=1.75)),
)


def main() -> None:
    """Simulate, print and write."""
    text = report(people=_PEOPLE, few=_FEW)
    print(text)
    put_section(PAGE, "simulated people", text)
    put_section(PAGE, "worked example", worked_example())


def worked_example() -> str:
    """Return what the terminal says of the example's first two sessions, as a block of text."""
    files = [open_visit(_EXAMPLES / f"{name}.toml") for name in ("first", "second")]
    compared = compare([visit_from(file, options=Options()) for file in files])
    said = [line.rstrip() for line in retest_summary(compared).splitlines()]
    return "\n".join(["```text", *said, "```"])


def report(*, people: int, few: int) -> str:
    """Return all tables as Markdown."""
    return "\n\n".join(
        (
            f"Made by `python -m validation.retest`; {people} simulated people a row.",
            "### Nobody changed: how often a real change is called all the same",
            _unchanged(people),
            _by_measure(people),
            "### Findings of people who did not change",
            _findings(few),
            "### Somebody changed: how often it is found",
            _changed(people),
            "### Films",
            _films(people),
            "### Trends",
            _trends(people // 10),
        )
    )


def _percent(share: float) -> str:
    return f"{100.0 * share:.1f} %"


def _unchanged(people: int) -> str:
    rows = []
    for name, rater in _RATERS:
        tally = typed_calls(people, rater)
        rows.append(
            [
                name,
                _percent(tally.share()),
                f"{tally.calls_a_person():.2f}",
                f"{tally.stated:.2f}",
                _percent(tally.coverage()),
            ]
        )
    head = [
        "who read",
        "called real",
        "false calls a person",
        "stated, at most",
        "90 % intervals hold",
    ]
    return markdown_table(head, rows)


def _by_measure(people: int) -> str:
    tally = typed_calls(people, Rater())
    rows = [
        [label_of(name), _percent(tally.share([name]))]
        for name in tally.compared
        if not name.endswith("_right")
    ]
    return markdown_table(["measure (clinician, unchanged)", "called real"], rows)


def _findings(few: int) -> str:
    tally = typed_calls(few, Rater(), with_findings=True)
    rows = [
        ["turned from present to absent or back", str(tally.flips), f"{tally.flips / few:.2f}"],
        ["of these told as new or gone", str(tally.shifts), f"{tally.shifts / few:.2f}"],
    ]
    return markdown_table([f"findings of {few} people", "count", "a person"], rows)


def _changed(people: int) -> str:
    rows = []
    for moved in (3.0, 6.0, 9.0, 12.0, 15.0):
        changes = dict.fromkeys(_HIPS, moved)
        found = [
            typed_calls(people, rater, changes=changes) for rater in (_RATERS[0][1], _RATERS[2][1])
        ]
        rows.append([f"{moved:.0f} deg", *(cell for tally in found for cell in _power(tally))])
    head = [
        "true change of hip rotation",
        "clinician: active found",
        "passive found",
        "wrong way",
        "lay: active found",
        "passive found",
        "wrong way",
    ]
    return markdown_table(head, rows)


def _power(tally: Tally) -> list[str]:
    wrong = sum(tally.wrong_way[name] for name in _HIPS)
    return [_percent(tally.share(_HIPS[:2])), _percent(tally.share(_HIPS[2:])), str(wrong)]


def _films(people: int) -> str:
    rows = []
    for name, film in (
        (
            "errors as stated, no day-to-day difference",
            Film(measure="bend_lumbar_excursion", stated=5.0),
        ),
        ("day-to-day MDC90 of 10 deg", Film(measure="bend_lumbar_excursion", stated=5.0, day=4.3)),
        ("day-to-day MDC90 of 15 deg", Film(measure="bend_lumbar_excursion", stated=5.0, day=6.4)),
        (
            "the same, half of the film's error lasting",
            Film(measure="bend_lumbar_excursion", stated=5.0, day=6.4, lasting=0.5),
        ),
    ):
        still = film_calls(people, film)
        moved = [film_calls(people, film, moved=by) for by in (15.0, 30.0)]
        rows.append([name, _percent(still.share()), *(_percent(one.share()) for one in moved)])
    head = ["low back in the filmed bend, se 5 deg", "unchanged", "changed by 15 deg", "by 30 deg"]
    return markdown_table(head, rows)


def _trends(people: int) -> str:
    rows = []
    for sessions in (3, 4, 6):
        still = trend_calls(people, sessions)
        moving = trend_calls(people, sessions, weekly=1.5)
        rows.append(
            [
                str(sessions),
                _percent(still["real"] / people),
                _percent(still["inside"] / people),
                _percent(moving["real"] / people),
            ]
        )
    head = [
        f"sessions, 3 weeks apart ({people} people)",
        "called a trend, unchanged",
        "90 % interval holds",
        "found, passive rotation +1.5 deg a week",
    ]
    return markdown_table(head, rows)


if __name__ == "__main__":
    main()
