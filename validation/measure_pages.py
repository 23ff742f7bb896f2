"""Write docs/measures.md: every quantity the product outputs, from the measures table.

``python -m validation.measure_pages --write``; a test fails when the page is out of date. The
errors are taken from the code and the tables that state them, so that the page cannot differ.
"""

from __future__ import annotations

import argparse
from itertools import groupby
from pathlib import Path
from typing import Final

import numpy as np

from primemover.exam.mechanics.measures import MECHANICS_MEASURES
from primemover.kinematics.errors import systematic_se_rad
from primemover.kinematics.frontal import rotation_se_rad
from primemover.knowledge import load
from primemover.knowledge.evidence_rows import MeasureRow, NormRow, PrecisionRow
from primemover.outline.correction import IDENTITY
from primemover.report.names import citation
from primemover.report.words import group_word

__all__ = ["FILM_ERRORS", "measures_page"]

PAGE: Final = Path(__file__).resolve().parent.parent / "docs" / "measures.md"
GROUP_PAGES: Final = {
    "hip_rotation": "protocol-hip-rotation.md",
    "forward_bend": "protocol-forward-bend.md",
    "deadlift": "protocol-deadlift.md",
}
UNITS: Final = {
    "rad": "degrees",
    "m": "centimetres",
    "s": "seconds",
    "m/s": "metres a second",
    "N": "newtons",
    "N·m": "newton metres, both sides together",
    "weight": "percent of the weight of body and load",
}
TAGS: Final = {
    "read": "read in the publication",
    "secondary": "read in somebody else's notes",
    "unverified": "from memory, to be verified",
    "default": "a default of this project",
}


def main() -> None:
    """Print the page, or write it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write docs/measures.md")
    if parser.parse_args().write:
        PAGE.write_text(measures_page(), encoding="utf-8")
    else:
        print(measures_page())


def measures_page() -> str:
    """Return the page as Markdown, one section for each row of the measures table."""
    parts = [INTRO.format(lay=load().lay_reader.factor)]
    for group, rows in groupby(load().measures.values(), key=lambda row: row.group):
        parts.append(f"## {group_word(group)}\n")
        if group in GROUP_PAGES:
            parts.append(
                f"How to film or measure it: [{GROUP_PAGES[group]}]({GROUP_PAGES[group]}).\n"
            )
        parts += [_section(row) for row in rows]
    return "\n".join(parts)


def _section(row: MeasureRow) -> str:
    ids = f"`{row.id}_left`, `{row.id}_right`" if row.sided else f"`{row.id}`"
    lines = [
        f"### {row.label[:1].upper()}{row.label[1:]}",
        "",
        f"{ids}: {row.meaning}",
        "",
        f"- **Unit**: {_unit(row)}",
        f"- **Taken from**: {_taken_from(row)}",
        f"- **Known error**: {_known_error(row)}",
        *_norms(row),
        f"- **Source**: {'; '.join(citation(key) for key in row.sources)} ({TAGS[row.tag]}).",
        "",
    ]
    return "\n".join(lines)


def _norms(row: MeasureRow) -> list[str]:
    """Return a line on the publications that a value is shown beside; none where there are none."""
    rows = [norm for norm in load().norms.values() if row.id in norm.measures]
    told = "; ".join(f"{norm.population} {_norm_value(norm)} ({TAGS[norm.tag]})" for norm in rows)
    return [f"- **Shown beside**: {told}."] if rows else []


def _norm_value(norm: NormRow) -> str:
    unit = "" if norm.unit == "1" else f" {norm.unit}"
    if norm.mean is None:
        return f"{norm.low:g} to {norm.high:g}{unit}"
    assumed = ", assumed" if norm.sd_tag == "default" else ""
    spread = "" if norm.sd is None else f" (SD {norm.sd:g}{assumed})"
    where = "position not told" if norm.position == "not told" else norm.position
    return f"{norm.mean:g}{unit}{spread}, {where}"


def _unit(row: MeasureRow) -> str:
    if row.unit == "1":
        return "none (a share, where 1 is all of it, a ratio or a count)"
    inside = (
        "" if row.unit in {"s", "m/s", "N", "N·m"} else f" ({row.unit} in files and in the code)"
    )
    return f"{UNITS[row.unit]}{inside}"


def _taken_from(row: MeasureRow) -> str:
    ways = []
    if row.id in FILM_ERRORS:
        ways.append("film")
    instruments = [one.instrument.value for one in _precision(row) if one.instrument != "video"]
    if instruments:
        ways.append(f"typed in, read with {' or '.join(dict.fromkeys(instruments))}")
    if row.derived is not None:
        first, second = (f"`{part}`" for part in row.derived.of)
        formula = {
            "difference": f"{first} - {second}",
            "share": f"{first} / ({first} + {second})",
            "ratio": f"{first} / {second}",
            "imbalance": f"the difference of {first} and {second} over the larger one",
        }[row.derived.kind]
        ways.append(f"derived: {formula}")
    return "; ".join(ways) or "what the person tells"


def _known_error(row: MeasureRow) -> str:
    errors = []
    if row.id in FILM_ERRORS:
        errors.append(f"film: {FILM_ERRORS[row.id]}")
    errors += [_typed_error(one) for one in _precision(row)]
    if row.derived is not None and row.id not in FILM_ERRORS:
        errors.append("follows from its two parts, taken as independent")
    return ". ".join(f"{one[:1].upper()}{one[1:]}" for one in errors) + "." if errors else TOLD


def _typed_error(precision: PrecisionRow) -> str:
    if precision.sem == 0.0:
        return "taken as it is told"
    read = (
        "a value typed in from a video" if precision.instrument == "video" else precision.instrument
    )
    mdc = f", published MDC {precision.mdc:g}" if precision.mdc is not None else ""
    unit = "" if precision.unit == "1" else f" {precision.unit}"
    checked = TAGS[precision.tag]
    return f"{read}: standard error {precision.sem:g}{unit}{mdc} ({checked})"


def _precision(row: MeasureRow) -> list[PrecisionRow]:
    return [one for one in load().precision if row.id in one.measures]


def _deg(angle_rad: float) -> str:
    return f"{np.degrees(angle_rad):.1f} deg"


def _landmarks(angle: str) -> str:
    """Return the stated error of an angle between landmarks."""
    near, far, absolute = (
        systematic_se_rad(angle, yaw_rad=yaw, zeroed=zeroed)
        for yaw, zeroed in ((0.0, True), (float(np.radians(20.0)), True), (0.0, False))
    )
    return (
        f"standard error {_deg(near)} from own standing with the camera at the side, {_deg(far)} "
        f"at 20 deg off, {_deg(absolute)} without a standing, each plus the film's noise"
    )


def _systematic(se_rad: float) -> str:
    return (
        f"standard error {_deg(se_rad)} for skin and body shape, and what the landmarks' error and "
        "the film's noise add in each frame"
    )


def _outline(se_rad: float) -> str:
    return (
        f"{_systematic(se_rad)}; the outline shows less of a strong rounding than there is "
        "(accuracy.md)"
    )


def _rotation(*, from_rest: bool) -> str:
    if not from_rest:
        return f"standard error {_deg(rotation_se_rad(yaw_rad=0.0, from_rest=False))}"
    near, far = (
        rotation_se_rad(yaw_rad=float(np.radians(yaw)), from_rest=True) for yaw in (0.0, 20.0)
    )
    return (
        f"standard error {_deg(near)} with the camera in front, {_deg(far)} at 20 deg off, plus "
        "the spread of the repetitions; reads a few degrees too small (protocol-hip-rotation.md)"
    )


_SACRUM: Final = (
    f"{_systematic(IDENTITY.pelvis_se_rad)}; the outline over the sacrum turns a little less than "
    "the pelvis (accuracy.md)"
)
_HIP: Final = (
    f"that of the pelvis ({_deg(IDENTITY.pelvis_se_rad)} or more) and of the thigh "
    f"({_deg(systematic_se_rad('thigh_inclination', yaw_rad=0.0, zeroed=True))}) together, plus "
    "the film's noise"
)
_CHANGE: Final = (
    "as large as one reading's: half of the variance of the two instants is taken as common, an "
    "engineering default"
)
_SHARE: Final = "that of a ratio of two changes; always marked estimated"
_BEND_SHARE: Final = (
    "follows from the two angles, which share the sacral tangent, so it is larger than independent "
    "errors would give"
)
_BAR: Final = (
    "the plate's rim and its thickness (2 % of its radius), the scale (2 % or more; 6 % where the "
    "person's height gives it), and carrying the near plate over to the body's midline (3.5 cm)"
)

_DRAWN: Final = (
    "the range of 200 draws over the errors of every angle, of the load's place, of scale and "
    "lengths and of both masses; always marked estimated, and never checked against force plates"
)
_SHARED: Final = f"{_DRAWN}, and over ten ways of sharing moments among muscles"

# What the code states for a value from film, by row of the measures table.
FILM_ERRORS: Final[dict[str, str]] = {
    "hip_rotation_active": _rotation(from_rest=True),
    "hip_rotation_passive": _rotation(from_rest=True),
    "shank_from_vertical_active": _rotation(from_rest=False),
    "shank_from_vertical_passive": _rotation(from_rest=False),
    "shank_at_rest_active": _rotation(from_rest=False),
    "shank_at_rest_passive": _rotation(from_rest=False),
    "fingertip_to_floor": "about 3 cm: hand length, the wrist's place, the ruler and the floor",
    "bend_pelvis_rotation": _SACRUM,
    "bend_lumbar_excursion": _outline(IDENTITY.lumbar_se_rad),
    "bend_thoracic_excursion": _outline(IDENTITY.thoracic_se_rad),
    "bend_hip_flexion": _HIP,
    "bend_knee_flexion": _landmarks("knee_flexion"),
    "bend_lumbar_share": _BEND_SHARE,
    "bend_lumbar_share_early": _BEND_SHARE,
    "bend_lumbar_share_middle": _BEND_SHARE,
    "bend_lumbar_share_late": _BEND_SHARE,
    "lumbar_flexion_bottom": _outline(IDENTITY.lumbar_se_rad),
    "thoracic_flexion_bottom": _outline(IDENTITY.thoracic_se_rad),
    "pelvis_inclination_bottom": _SACRUM,
    "hip_flexion_bottom": _HIP,
    "knee_flexion_bottom": _landmarks("knee_flexion"),
    "ankle_dorsiflexion_bottom": _landmarks("ankle_dorsiflexion")
    + "; the knee's figures stand in, the ankle was not in the trial",
    "trunk_thigh_bottom": _landmarks("trunk_thigh"),
    "trunk_inclination_bottom": _landmarks("trunk_inclination"),
    "lumbar_extension_pull": _CHANGE,
    "lumbar_change_lift_off_knee_pass": _CHANGE,
    "trunk_inclination_change_first_phase": _CHANGE,
    "trunk_lean_back_lockout": _landmarks("trunk_inclination"),
    "hip_rise_ratio": "the hip landmark's noise over the rise; the instants' error is not in it",
    "trunk_rise_share_hips": _SHARE,
    "trunk_rise_share_lumbar": _SHARE,
    "late_lumbar_share": _SHARE,
    "lumbar_share_of_own_bend": _SHARE.replace("changes", "readings from two films"),
    "bar_drift": _BAR,
    "bar_forward_of_midfoot_lift_off": _BAR,
    "bar_speed_peak": "that of the bar's height, as a share of it; smoothing over 0.15 s lowers a "
    "sharp peak and is not in it",
    **{
        name: _SHARED if name.startswith(("force_share", "l5s1_compression")) else _DRAWN
        for name in MECHANICS_MEASURES
    },
}
TOLD: Final = "none of its own; it is taken as it is told."
INTRO: Final = """\
<!-- Made by `python -m validation.measure_pages --write`; change measures.toml, not this page. -->
# Measures

Every quantity that PrimeMover outputs, with its sign, unit, source and the error it is known to
have. Inside the code and in JSON all are SI (radians, metres, seconds); people are shown degrees
and centimetres. A value is *measured*, *estimated* (it rests on something that the film cannot
check) or *not measured* with a reason; the standard error of a real result is its own and may be
larger than what stands here. Clinical signs throughout: flexion, dorsiflexion, anterior turn of the
pelvis, forward lean and internal rotation are +.

"Film" errors come from rendered people, not from patients: [accuracy.md](accuracy.md). A value read
by a lay person is taken to be {lay:g} times as uncertain as stated here for a trained rater.
"""


if __name__ == "__main__":
    main()
