"""The first error table: the four bundled films against their truth, through the real engine.

``python -m validation.accuracy`` analyses the films as ``primemover analyze`` does and compares
every curve, every measure and the repetitions' instants with the films' truth files. ``--write``
puts the tables into docs/accuracy.md. Takes minutes on one core.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from primemover.model.arrays import Floats, Mask
from primemover.model.measure import Measure
from primemover.model.person import Person
from primemover.model.repetition import Repetition
from primemover.model.session import Clip, ClipKind, LiftFacts
from primemover.model.trial import Trial
from primemover.model.units import to_display
from primemover.pipeline.analyze import analyze_with
from primemover.pipeline.options import Options
from primemover.pipeline.watch import engine_for
from primemover.sample import CLIPS, clip_path, truth_path
from validation.comparing import SURE, agreement
from validation.exam_truth import true_bend, true_fingertip_m, true_rotation
from validation.lift_truth import TrueCurves, true_curves, true_lift
from validation.pages import ACCURACY_PAGE, markdown_table, put_section
from validation.virtual.moves import CLIPS as RENDERED

KINDS = {
    "deadlift_side": ClipKind.DEADLIFT,
    "forward_bend_side": ClipKind.FORWARD_BEND,
    "hip_rotation_front_active": ClipKind.HIP_ROTATION_ACTIVE,
    "hip_rotation_front_passive": ClipKind.HIP_ROTATION_PASSIVE,
}
PAIRED_S = 1.0  # a found repetition belongs to a true one whose start is this near
# The truth's names of the instants, ours, and what they are called on the page.
INSTANTS = {
    ClipKind.DEADLIFT: (
        ("liftoff_s", "lift_off_s", "lift-off"),
        ("lockout_s", "lockout_s", "lockout"),
        ("lowering_s", "lowering_s", "start of lowering"),
        ("touchdown_s", "end_s", "end"),
    ),
    ClipKind.FORWARD_BEND: (
        ("start_s", "lift_off_s", "start of the bend"),
        ("hold_end_s", "lockout_s", "end of the hold"),
        ("end_s", "end_s", "end"),
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Film:
    """A bundled film: what was measured and what is true."""

    name: str
    kind: ClipKind
    trial: Trial
    truth: dict[str, Any]
    curves: TrueCurves


def main() -> None:
    """Print the tables, and write them if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--threads", type=int, default=2, help="of the pose network")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/accuracy.md")
    given = parser.parse_args()
    text = report(list(films(Options(threads=given.threads))))
    print(text)
    if given.write:
        put_section(ACCURACY_PAGE, "bundled films", text)


def films(options: Options) -> Iterator[Film]:
    """Yield every bundled film analysed, telling the progress on stderr."""
    engine = engine_for(options)
    for name in CLIPS:
        print(f"analysing {name} ...", file=sys.stderr)
        truth: dict[str, Any] = json.loads(truth_path(name).read_text(encoding="utf-8"))
        analysis = analyze_with(
            engine,
            Clip(kind=KINDS[name], path=clip_path(name)),
            person=Person(height_m=truth["body"]["height_m"]),
            lift=LiftFacts(),
            options=options,
        )
        yield Film(
            name=name,
            kind=KINDS[name],
            trial=analysis.trial,
            truth=truth,
            curves=true_curves(truth),
        )


def report(found: list[Film]) -> str:
    """Return the section of docs/accuracy.md."""
    provenance = found[0].trial.provenance
    return TEXT.format(
        engine=provenance.engine if provenance is not None else "",
        films=markdown_table(
            ["film", "person", "length", "sha-256 of film"], [_film_row(one) for one in found]
        ),
        curves="\n\n".join(_curve_table(one) for one in found),
        events="\n\n".join(_event_table(one) for one in found if one.kind in INSTANTS),
        measures="\n\n".join(_measure_table(one) for one in found),
        together=_together(found),
    )


def fingerprint(path: Path) -> str:
    """Return the first 12 digits of a file's SHA-256: a table of another film shows."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def _film_row(film: Film) -> list[str]:
    body = film.truth["body"]
    person = f"{body['sex']}, {body['height_m']:.2f} m, {body['mass_kg']:.0f} kg"
    length = f"{film.curves.time_s[-1]:.1f} s"
    return [f"`{film.name}`", person, length, f"`{fingerprint(clip_path(film.name))}`"]


def moving(film: Film, series_id: str) -> Mask:
    """Return (T,) the frames inside the true repetitions (of that leg), where errors matter."""
    time_s = film.curves.time_s
    inside = np.zeros(time_s.size, dtype=bool)
    for one in film.truth["repetitions"]:
        if not series_id.endswith(one.get("side", "")):
            continue
        start_s = one["liftoff_s"] if film.kind is ClipKind.DEADLIFT else one["start_s"]
        end_s = one["touchdown_s"] if film.kind is ClipKind.DEADLIFT else one["end_s"]
        inside |= (time_s >= start_s) & (time_s < end_s)
    return inside


def _curve_table(film: Film) -> str:
    rows = []
    for series in film.trial.series:
        true = _true_curve(film, series.id)
        if true is None:
            continue
        scale = to_display(1.0, series.unit)[0]
        at = np.interp(series.time_s, film.curves.time_s, true)
        during = np.interp(series.time_s, film.curves.time_s, moving(film, series.id)) > 0.5  # noqa: PLR2004 - inside
        value, se = scale * series.value, scale * series.se
        there = agreement(value[during], se[during], at[during])
        rows.append(
            [
                f"`{series.id}`, {to_display(1.0, series.unit)[1]}",
                f"{there.missing:.0%}",
                *(_number(x) for x in (there.bias, there.mae, there.p95)),
                _percent(there.covered),
                _number(agreement(value, se, at).mae),
            ]
        )
    head = ["curve", "not measured", "bias", "MAE", "p95", "within 1.96 se", "MAE, whole film"]
    return f"`{film.name}`\n\n{markdown_table(head, rows)}"


def _true_curve(film: Film, series_id: str) -> Floats | None:
    """Return a true curve in the unit shown to people, or None if the truth file has none."""
    if series_id == "bar_y":
        return None if film.curves.bar_m is None else 100.0 * film.curves.bar_m
    return film.curves.angles_deg.get(series_id)


def _event_table(film: Film) -> str:
    pairs = paired(film.truth["repetitions"], film.trial.repetitions, film.kind)
    rows = [
        [
            label,
            *(
                "not found" if one is None else f"{getattr(one, ours) - true[name]:+.2f}"
                for true, one in pairs
            ),
        ]
        for name, ours, label in INSTANTS[film.kind]
    ]
    head = ["found minus true, s", *(f"repetition {i}" for i in range(1, len(pairs) + 1))]
    count = f"{len(film.trial.repetitions)} found, {len(pairs)} true"
    return f"`{film.name}`: {count}\n\n{markdown_table(head, rows)}"


def paired(
    true: list[dict[str, Any]], found: tuple[Repetition, ...], kind: ClipKind
) -> list[tuple[dict[str, Any], Repetition | None]]:
    """Return each true repetition with the found one that starts nearest, if near enough."""
    name = INSTANTS[kind][0][0]
    pairs: list[tuple[dict[str, Any], Repetition | None]] = []
    for one in true:
        near = [other for other in found if abs(other.lift_off_s - one[name]) <= PAIRED_S]
        best = min(near, key=lambda other: abs(other.lift_off_s - one[name]), default=None)
        pairs.append((one, best))
    return pairs


def compared(film: Film) -> dict[str, tuple[Measure, float]]:
    """Return the film's measures with their truths, in the unit shown to people, by id."""
    true = _true_measures(film)
    return {
        measure_id: (measure, true[measure_id] * _scale_of_truth(measure))
        for measure_id, measure in film.trial.measures.items()
        if measure_id in true and np.isfinite(true[measure_id])
    }


def _true_measures(film: Film) -> dict[str, float]:
    """Return the film's true measures by id: degrees, else SI."""
    if film.kind is ClipKind.HIP_ROTATION_ACTIVE:
        return true_rotation(film.curves, film.truth, mode="active")
    if film.kind is ClipKind.HIP_ROTATION_PASSIVE:
        return true_rotation(film.curves, film.truth, mode="passive")
    of_one: Callable[[TrueCurves, dict[str, Any]], dict[str, float]] = (
        true_lift if film.kind is ClipKind.DEADLIFT else true_bend
    )
    each = [of_one(film.curves, one) for one in film.truth["repetitions"]]
    found = {name: float(np.mean([one[name] for one in each])) for name in each[0]}
    if film.kind is ClipKind.FORWARD_BEND:
        bend = RENDERED[film.name].performance()
        tips = [true_fingertip_m(bend, one) for one in film.truth["repetitions"]]
        found["fingertip_to_floor"] = float(np.mean(tips))
    return found


def errors(film: Film) -> list[tuple[str, float, float]]:
    """Return (id, error, se) of every measure that was measured and has a truth, shown units."""
    found = []
    for measure_id, (measure, true) in compared(film).items():
        if measure.is_known:
            scale = _scale(measure)
            found.append((measure_id, scale * measure.value - true, scale * measure.se))
    return found


def _measure_table(film: Film) -> str:
    rows = []
    for measure_id, (measure, true) in compared(film).items():
        digits = 1 if measure.unit in {"rad", "m"} else 2
        label = f"`{measure_id}`{_unit(measure)}"
        if not measure.is_known:
            rows.append([label, f"{true:.{digits}f}", f"not measured: {measure.why}", "", ""])
            continue
        value, se = _scale(measure) * measure.value, _scale(measure) * measure.se
        inside = "yes" if abs(value - true) <= SURE * se else "**no**"
        rows.append(
            [
                label,
                f"{true:.{digits}f}",
                f"{value:.{digits}f} ± {se:.{digits}f}",
                f"{value - true:+.{digits}f}",
                inside,
            ]
        )
    head = ["measure", "true", "measured ± se", "error", "within 1.96 se"]
    missing = [f"`{name}`" for name in film.trial.measures if name not in compared(film)]
    note = f"\n\nNo truth in the file for {', '.join(missing)}." if missing else ""
    return f"`{film.name}`\n\n{markdown_table(head, rows)}{note}"


def _together(found: list[Film]) -> str:
    every = [error for film in found for error in errors(film)]
    inside = sum(abs(error) <= SURE * se for _, error, se in every)
    missing = sum(not m.is_known for film in found for m, _ in compared(film).values())
    return (
        f"Of {len(every)} measures with a truth, {inside} lie within 1.96 stated standard errors "
        f"({inside / max(len(every), 1):.0%}; 95 % would be right); {missing} were not measured.\n"
        "They are not independent: four films, one person."
    )


def _scale_of_truth(measure: Measure) -> float:
    return 1.0 if measure.unit == "rad" else _scale(measure)


def _scale(measure: Measure) -> float:
    return to_display(1.0, measure.unit)[0]


def _unit(measure: Measure) -> str:
    return "" if measure.unit == "1" else f", {to_display(1.0, measure.unit)[1]}"


def _number(value: float) -> str:
    return f"{value:.1f}" if np.isfinite(value) else "-"


def _percent(value: float) -> str:
    return f"{value:.0%}" if np.isfinite(value) else "-"


TEXT = """\
## The bundled films

Made by `python -m validation.accuracy --write`; engine `{engine}`.
The four films that come with the program, analysed as `primemover analyze` does with the person's
height told, against their `NAME.truth.json`. Regenerate the films and this section together.

{films}

### Curves

Frames inside the true repetitions; the last column also counts standing or sitting still. Angles of
the side films are counted from the person's own standing, on both sides of the comparison. "Not
measured" are frames in which the program itself said so (in the lift a plate hides the knee most of
the time); "within 1.96 se" should be 95 %.

{curves}

### Repetitions

{events}

### Measures

Means over the repetitions. The truth follows each measure's own definition (docs/measures.md) on
the true curves, at the true instants.

{measures}

{together}
"""


if __name__ == "__main__":
    main()
