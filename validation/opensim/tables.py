"""Make the shipped muscle table and its page out of the samples; needs no OpenSim.

python -m validation.opensim.tables --write
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from validation.opensim import fits
from validation.opensim.groups import GROUPS, group_of

__all__ = [
    "BAD_SAMPLES",
    "DATA",
    "DEGREE",
    "FRONTAL_DEGREE",
    "Leg",
    "Strand",
    "fitted_legs",
    "fitted_trunk",
    "good_samples",
]

Floats = NDArray[np.float64]
ROOT: Final = Path(__file__).parents[2]
HERE: Final = Path(__file__).parent
DATA: Final = ROOT / "src/primemover/knowledge/data/muscle_geometry.toml"
PAGE: Final = ROOT / "docs/muscle-geometry.md"
BEGIN, END = "<!-- errors: made by validation.opensim.tables -->", "<!-- end of errors -->"

DEGREE: Final = 5
FRONTAL_DEGREE: Final = 4
TRUNK_DEGREE: Final = 4
_ANGLES: Final = ("hip", "knee", "ankle")
_CROSSES_M: Final = 1e-3
_NOISE: Final = 1e-5  # of float32, where a strand does not cross
# A wrap that is found by iteration missed once: 3 mm of arm at T12/L1, where the strand is not.
BAD_SAMPLES: Final = {"IL_L2": -10.0}
# Right 79.7 N, left 120.5 N in the trunk model: one of the two is a slip of the pen.
_TYPO: Final = "LTpT_T8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """One leg muscle as it is written: parameters, path polynomial, frontal arms."""

    id: str
    parameters: Floats
    path: fits.Fit
    abduction: fits.Fit | None
    rotation: fits.Fit | None
    held: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Strand:
    """One trunk strand (one side) as it is written; every fit over lumbar flexion."""

    id: str
    parameters: Floats
    length: fits.Fit
    curves: dict[str, fits.Fit]


def fitted_legs(samples: dict[str, Any]) -> Iterator[Leg]:
    """Yield the leg muscles with their fits."""
    angles = samples["leg_angles_rad"].astype(np.float64)
    lower = angles[:, 2] != 0.0
    for index, name in enumerate(samples["leg_names"]):
        slope = samples["leg_slope_m"][:, index].astype(np.float64)
        spans = tuple(s for i, s in enumerate(_ANGLES) if np.abs(slope[:, i]).max() > _CROSSES_M)
        columns = [_ANGLES.index(span) for span in spans]
        use = lower | np.isclose(angles[:, 0], np.radians(45.0)) if "ankle" in spans else ~lower
        wide = np.concatenate([slope[:, columns], slope[:, 3:]], axis=1)
        length = samples["leg_length_m"][:, index].astype(np.float64)
        yield _leg(
            str(name),
            samples["leg_parameters"][index].astype(np.float64),
            spans,
            (angles[use][:, columns], length[use], wide[use]),
        )


def _leg(
    name: str, parameters: Floats, spans: tuple[str, ...], taken: tuple[Floats, Floats, Floats]
) -> Leg:
    _, first = np.unique(taken[0].round(5), axis=0, return_index=True)
    cut, sane = _sane_first(name, spans, (taken[0][first], taken[1][first], taken[2][first]))
    for column, span in enumerate(spans):
        cut = fits.held(*cut, column=column, limits_deg=fits.limits_deg(name, span))
    angles, length, slope = cut
    count = len(spans)
    path = fits.fit_path(spans, (angles, length, slope[:, :count]), sane, DEGREE)
    frontal = [
        fits.fit_curve(spans, angles, slope[:, count + i], sane, FRONTAL_DEGREE)
        for i in (0, 1)
        if "hip" in spans
    ]
    limits = {span: fits.limits_deg(name, span) for span in spans}
    return Leg(
        id=name,
        parameters=parameters,
        path=path,
        abduction=frontal[0] if frontal else None,
        rotation=frontal[1] if frontal else None,
        held=", ".join(f"{span} > {a:.0f} deg" for span, (a, b) in limits.items() if a < b),
    )


def _sane_first(
    name: str, spans: tuple[str, ...], cut: tuple[Floats, Floats, Floats]
) -> tuple[tuple[Floats, Floats, Floats], int]:
    """Return the samples with the sane ones in front, and how many these are."""
    sane = np.ones(cut[1].size, dtype=np.bool_)
    for column, span in enumerate(spans):
        sane &= cut[0][:, column] <= np.radians(fits.limits_deg(name, span)[0]) + 1e-6
    order = np.argsort(~sane, kind="stable")
    return (cut[0][order], cut[1][order], cut[2][order]), int(sane.sum())


def fitted_trunk(samples: dict[str, Any]) -> Iterator[Strand]:
    """Yield the strands that cross L5/S1 or T12/L1, with their fits."""
    everywhere = samples["trunk_angles_rad"].astype(np.float64)[:, None]
    for index, name in enumerate(samples["trunk_names"]):
        good = good_samples(str(name), everywhere[:, 0])
        angles, count = everywhere[good], int(good.sum())
        slope = samples["trunk_slope_m"][good, index].astype(np.float64)
        if np.abs(slope[:, :2]).max() < _CROSSES_M:
            continue
        slope[np.abs(slope) < _NOISE] = 0.0
        parameters = samples["trunk_parameters"][index].astype(np.float64)
        if name == _TYPO:
            parameters[0] = 0.5 * (parameters[0] + float(samples["trunk_left_force_n"][index]))
        length = samples["trunk_length_m"][good, index].astype(np.float64)
        keys = ("l5s1_m", "t12l1_m", "forward", "up")
        yield Strand(
            id=str(name),
            parameters=parameters,
            length=fits.fit_curve(("lumbar",), angles, length, count, DEGREE),
            curves={
                key: fits.fit_curve(("lumbar",), angles, sign * slope[:, i], count, TRUNK_DEGREE)
                for i, (key, sign) in enumerate(zip(keys, (1.0, 1.0, -1.0, -1.0), strict=True))
            },
        )


def good_samples(strand: str, flexion_rad: Floats) -> NDArray[np.bool_]:
    """Return which samples of a strand are used."""
    bad = np.radians(BAD_SAMPLES.get(strand, np.nan))
    return np.asarray(~np.isclose(flexion_rad, bad, atol=1e-4), dtype=np.bool_)


def _numbers(values: Floats) -> str:
    return "[" + ", ".join(f"{value:.6f}".rstrip("0").rstrip(".") for value in values) + "]"


def _parameter_lines(parameters: Floats) -> list[str]:
    force, fibre, slack, pennation = parameters
    return [
        f"max_force_n = {force:.1f}",
        f"optimal_fibre_m = {fibre:.4f}",
        f"tendon_slack_m = {slack:.4f}",
        f"pennation_rad = {pennation:.4f}",
    ]


def _leg_lines(leg: Leg) -> list[str]:
    spans = ", ".join(f'"{span}"' for span in leg.path.spans)
    lines = ["[[leg]]", f'id = "{leg.id}"', f'group = "{group_of(leg.id)}"']
    lines += [*_parameter_lines(leg.parameters), f"spans = [{spans}]"]
    lines += [f"length_m = {_numbers(leg.path.coefficients)}"]
    for key, fit in (("abduction_m", leg.abduction), ("rotation_m", leg.rotation)):
        if fit is not None:
            lines.append(f"{key} = {_numbers(fit.coefficients)}")
    return [*lines, f'held = "{leg.held}"', ""]


def _strand_lines(strand: Strand) -> list[str]:
    lines = ["[[strand]]", f'id = "{strand.id}"', f'group = "{group_of(strand.id)}"']
    lines += [
        *_parameter_lines(strand.parameters),
        f"length_m = {_numbers(strand.length.coefficients)}",
    ]
    lines += [f"{key} = {_numbers(fit.coefficients)}" for key, fit in strand.curves.items()]
    return [*lines, ""]


def data_text(samples: dict[str, Any]) -> str:
    """Return the shipped table as TOML."""
    lines = [(HERE / "head.toml").read_text(encoding="utf-8")]
    for name in ("leg", "trunk"):
        lines[0] = lines[0].replace(f"{{{name}_sha256}}", str(samples[f"{name}_sha256"]))
    lines[0] = lines[0].replace("{opensim}", str(samples["opensim"]).split("-", maxsplit=1)[0])
    ranges = {**fits.LEG_RANGE_DEG, "lumbar": fits.LUMBAR_RANGE_DEG}
    for name, (low, high) in ranges.items():
        lines += ["[[range]]", f'angle = "{name}"', f"low_deg = {low}", f"high_deg = {high}", ""]
    for name, (label, felt, _) in GROUPS.items():
        lines += ["[[group]]", f'id = "{name}"', f'label = "{label}"', f'felt = "{felt}"', ""]
    for leg in fitted_legs(samples):
        lines += _leg_lines(leg)
    for strand in fitted_trunk(samples):
        lines += _strand_lines(strand)
    return "\n".join(lines)


def error_table(samples: dict[str, Any]) -> str:
    """Return the errors of the fits as Markdown tables, worst first."""
    legs = sorted(fitted_legs(samples), key=lambda leg: -leg.path.arm_rms_m)
    trunk = sorted(fitted_trunk(samples), key=lambda strand: -strand.curves["l5s1_m"].arm_rms_m)
    rows = [
        (
            f"Legs: worst arm RMS {1e3 * legs[0].path.arm_rms_m:.2f} mm ({legs[0].id}); "
            f"trunk: {1e3 * trunk[0].curves['l5s1_m'].arm_rms_m:.2f} mm ({trunk[0].id})."
        ),
        "",
        (
            "| leg muscle | group | angles | arm RMS mm | arm worst mm | length RMS mm |"
            " frontal arms RMS mm | held at its last sane value |"
        ),
        "|---|---|---|---|---|---|---|---|",
    ]
    for leg in legs:
        frontal = [f.arm_rms_m for f in (leg.abduction, leg.rotation) if f is not None]
        shown = f"{1e3 * max(frontal):.2f}" if frontal else ""
        rows.append(
            f"| {leg.id} | {group_of(leg.id)} | {', '.join(leg.path.spans)} |"
            f" {1e3 * leg.path.arm_rms_m:.2f} | {1e3 * leg.path.arm_worst_m:.2f} |"
            f" {1e3 * leg.path.length_rms_m:.2f} | {shown} | {leg.held} |"
        )
    rows += [
        "",
        (
            "| trunk strand | group | L5/S1 arm RMS mm | T12/L1 arm RMS mm | length RMS mm |"
            " pull RMS |"
        ),
        "|---|---|---|---|---|---|",
    ]
    for strand in trunk:
        curves = strand.curves
        pull = max(curves["forward"].arm_rms_m, curves["up"].arm_rms_m)
        rows.append(
            f"| {strand.id} | {group_of(strand.id)} | {1e3 * curves['l5s1_m'].arm_rms_m:.3f} |"
            f" {1e3 * curves['t12l1_m'].arm_rms_m:.3f} | {1e3 * strand.length.arm_rms_m:.3f} |"
            f" {pull:.4f} |"
        )
    return "\n".join(rows)


def main(*, write: bool) -> None:
    """Print the errors; with `write`, write the table and the page's section too."""
    with np.load(HERE / "samples.npz") as file:
        samples = dict(file)
    errors = error_table(samples)
    print(errors)
    if write:
        DATA.write_text(data_text(samples), encoding="utf-8")
        page = PAGE.read_text(encoding="utf-8")
        before, after = page.split(BEGIN)[0], page.split(END)[1]
        PAGE.write_text(f"{before}{BEGIN}\n\n{errors}\n\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main(write="--write" in sys.argv)
