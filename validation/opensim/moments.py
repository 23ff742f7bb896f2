"""Compare our joint moments with OpenSim's on the same body and the same lifts. Needs OpenSim.

    python -m validation.opensim.moments --write [LEGS_AND_TRUNK.osim]

Prints differences per lift and joint; with ``--write`` also puts them into docs/moments.md and
keeps OpenSim's moments in ``moments.csv``, which tests hold ours to without OpenSim. With a model
file it times OpenSim's static optimisation beside ours (`validation.opensim.ratio`).
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from primemover.dynamics.inverse import LiftDynamics, inverse_dynamics
from primemover.dynamics.newton_euler import GRAVITY_M_S2
from primemover.dynamics.segments import Joint, Segment
from primemover.model.arrays import Floats
from validation.opensim import ratio
from validation.opensim.library import opensim, version
from validation.opensim.lifts import MadeUpLift, made_up_lifts, unsmoothed_turn_rad
from validation.opensim.linkage import ROOT, built, clinical, coordinates, solved
from validation.opensim.storage import tool_solved
from validation.pages import markdown_table, put_section

__all__ = ["JOINTS", "KEPT", "MOST_PERCENT", "PAGE", "ROADS", "Difference", "difference", "main"]

PAGE: Final = Path(__file__).parents[2] / "docs/moments.md"
KEPT: Final = Path(__file__).with_name("moments.csv")
JOINTS: Final = (Joint.ANKLE, Joint.KNEE, Joint.HIP, Joint.L5S1)
MOST_PERCENT: Final = {Joint.ANKLE: 5.0, Joint.KNEE: 5.0, Joint.HIP: 2.0, Joint.L5S1: 2.0}
"""The project's targets: root mean square difference in per cent of the peak."""
ROADS: Final = {
    "A": "foot as root, bar as a mass, our accelerations",
    "B": "pelvis as root, ground reaction and bar as forces, its own derivatives of our angles",
    "C": "foot as root, bar as a mass, its own derivatives of the angles before our smoothing",
}
_KEEP_EVERY: Final = 4
_NAMES: Final = {
    Joint.ANKLE: "ankle",
    Joint.KNEE: "knee",
    Joint.HIP: "hip",
    Joint.L5S1: "L5/S1",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """How far two courses of one moment are apart; percentages are of the largest of ours."""

    peak_nm: float
    rms_percent: float
    worst_percent: float


def difference(ours_nm: Floats, theirs_nm: Floats) -> Difference:
    """Return the difference of two moments, (T,) each."""
    peak = float(np.abs(ours_nm).max())
    off = theirs_nm - ours_nm
    return Difference(
        peak_nm=peak,
        rms_percent=float(100.0 * np.sqrt(np.mean(off**2)) / peak),
        worst_percent=float(100.0 * np.abs(off).max() / peak),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One lift on every road: ours, OpenSim's moments, and what is left at its root.

    Attributes
    ----------
    theirs : road -> joint -> (T,) array, clinical signs
    left_force, left_moment : road B's largest force and moment at the pelvis that nothing
        explains, over the weight of body and load, and over the largest hip moment
    ground_off : road A's largest difference of the ground's force, over that weight
    """

    lift: MadeUpLift
    ours: LiftDynamics
    theirs: dict[str, dict[Joint, Floats]]
    left_force: float
    left_moment: float
    ground_off: float


def compared(lift: MadeUpLift) -> Compared:
    """Return one lift as we and as OpenSim solve it."""
    ours = inverse_dynamics(lift.motion, lift.body, lift.load)
    weight_n = GRAVITY_M_S2 * float(lift.body.total_mass_kg + lift.load.mass_kg)
    given, pelvis = _given(lift, ours), _by_the_tool(lift, ours)
    free = _unsmoothed(lift)
    steady = ours.steady
    ground = np.stack([given[name] for name in ROOT[1:]], axis=-1) - ours.ground.force_n
    left = np.hypot(pelvis[ROOT[1]], pelvis[ROOT[2]])
    return Compared(
        lift=lift,
        ours=ours,
        theirs={
            "A": clinical(lift.body, Segment.FOOT, given),
            "B": clinical(lift.body, Segment.PELVIS, pelvis),
            "C": clinical(lift.body, Segment.FOOT, free),
        },
        left_force=float(left[steady].max()) / weight_n,
        left_moment=float(np.abs(pelvis[ROOT[0]][steady]).max())
        / float(np.abs(ours.moment(Joint.HIP)).max()),
        ground_off=float(np.abs(ground[steady]).max()) / weight_n,
    )


def _given(lift: MadeUpLift, ours: LiftDynamics) -> dict[str, Floats]:
    still = np.zeros_like(lift.motion.ankle_m)
    values, rates, accelerations = (
        coordinates(lift.body, Segment.FOOT, turn, at)
        for turn, at in (
            (ours.turn_rad, lift.motion.ankle_m),
            (ours.turn_rate_rad_s, still),
            (ours.turn_acceleration_rad_s2, still),
        )
    )
    model = built(lift.body, Segment.FOOT, bar_kg=float(lift.load.mass_kg))
    return solved(model, values, rates, accelerations)


def _by_the_tool(lift: MadeUpLift, ours: LiftDynamics) -> dict[str, Floats]:
    floor = np.zeros_like(ours.ground.pressure_x_m)
    under = np.stack((ours.ground.pressure_x_m, floor), axis=-1)
    return tool_solved(
        built(lift.body, Segment.PELVIS),
        ours.time_s,
        coordinates(lift.body, Segment.PELVIS, ours.turn_rad, ours.joint_m[Joint.HIP]),
        (("foot", ours.ground.force_n, under), ("forearm", -ours.hand_force_n, ours.load_m)),
    )


def _unsmoothed(lift: MadeUpLift) -> dict[str, Floats]:
    return tool_solved(
        built(lift.body, Segment.FOOT, bar_kg=float(lift.load.mass_kg)),
        lift.motion.time_s,
        coordinates(lift.body, Segment.FOOT, unsmoothed_turn_rad(lift), lift.motion.ankle_m),
    )


def _rows(found: list[Compared]) -> Iterator[list[str]]:
    for each in found:
        steady = each.ours.steady
        for joint in JOINTS:
            ours = each.ours.moment(joint)[steady]
            off = {road: difference(ours, each.theirs[road][joint][steady]) for road in ROADS}
            yield [
                each.lift.name,
                _NAMES[joint],
                f"{off['A'].peak_nm:.0f}",
                *(f"{one.rms_percent:.2f} ({one.worst_percent:.2f})" for one in off.values()),
                f"{MOST_PERCENT[joint]:.0f}",
                "yes"
                if max(one.rms_percent for one in off.values()) <= MOST_PERCENT[joint]
                else "**no**",
            ]


def text_of(found: list[Compared]) -> str:
    """Return the page's tables."""
    lines = [f"OpenSim {version()}. The lifts:", ""]
    lines += [f"- **{each.lift.name}**: {each.lift.about}." for each in found]
    lines += ["", *(f"- Road {road}: {words}." for road, words in ROADS.items()), ""]
    head = ["lift", "joint", "our peak N m", *(f"road {road}" for road in ROADS)]
    lines += [
        "Root mean square difference in per cent of our peak (in brackets the largest difference):",
        "",
        markdown_table([*head, "target", "met on every road"], _rows(found)),
        "",
        markdown_table(
            (
                "lift",
                "ground force, road A against ours, worst % of the weight",
                "unexplained force at the pelvis, road B, worst % of the weight",
                "unexplained moment there, worst % of the hip's peak",
            ),
            (
                [each.lift.name]
                + [
                    f"{100.0 * value:.2f}"
                    for value in (each.ground_off, each.left_force, each.left_moment)
                ]
                for each in found
            ),
        ),
    ]
    return "\n".join(lines)


def keep(found: list[Compared]) -> None:
    """Write OpenSim's moments at every fourth steady frame."""
    with KEPT.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["lift", "road", "frame", *(joint.name.lower() for joint in JOINTS)])
        for each in found:
            for road, moments in each.theirs.items():
                for frame in np.flatnonzero(each.ours.steady)[::_KEEP_EVERY]:
                    numbers = [f"{moments[joint][frame]:.2f}" for joint in JOINTS]
                    rows.writerow([each.lift.name, road, frame, *numbers])


def main() -> None:
    """Print what was found, and write it where asked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("model", nargs="?", type=Path, help="for the times; may be left out")
    parser.add_argument("--write", action="store_true", help="into docs/moments.md and moments.csv")
    asked = parser.parse_args()
    opensim()
    found = [compared(lift) for lift in made_up_lifts()]
    text = text_of(found)
    print(text)
    if asked.write:
        put_section(PAGE, "moments", text)
        keep(found)
    if asked.model is not None:
        times = ratio.measured(asked.model)
        print(times)
        if asked.write:
            put_section(PAGE, "times", times)


if __name__ == "__main__":
    main()
