"""Our moments against OpenSim's: kept ones always, live ones where it is installed."""

import csv
import subprocess
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from primemover.dynamics.inverse import LiftDynamics, inverse_dynamics
from primemover.dynamics.segments import Joint, Segment
from primemover.model.arrays import Floats
from tests.unit.dynamics.muscles.lifting import lift
from validation.opensim import library, linkage, moments, ratio, storage
from validation.opensim.lifts import MadeUpLift, made_up_lifts, unsmoothed_turn_rad
from validation.pages import section

LIFTS = {lift.name: lift for lift in made_up_lifts()}
KEPT = list(csv.DictReader(moments.KEPT.read_text(encoding="utf-8").splitlines()))
needs_opensim = pytest.mark.skipif(
    not library.is_installed(), reason="OpenSim is not installed here; see docs/moments.md"
)


@cache
def ours(name: str) -> LiftDynamics:
    lift = LIFTS[name]
    return inverse_dynamics(lift.motion, lift.body, lift.load)


def kept(name: str, road: str, joint: Joint) -> tuple[Floats, Floats]:
    """Return our and OpenSim's moments at the frames that are kept."""
    rows = [row for row in KEPT if row["lift"] == name and row["road"] == road]
    theirs = np.array([float(row[joint.name.lower()]) for row in rows])
    return ours(name).moment(joint)[[int(row["frame"]) for row in rows]], theirs


@pytest.mark.parametrize("name", LIFTS)
@pytest.mark.parametrize("road", moments.ROADS)
@pytest.mark.parametrize("joint", moments.JOINTS)
def test_moments_are_those_that_opensim_found(name: str, road: str, joint: Joint) -> None:
    found, theirs = kept(name, road, joint)
    assert found.size > 20
    assert moments.difference(found, theirs).rms_percent < moments.MOST_PERCENT[joint]


@pytest.mark.parametrize("name", LIFTS)
def test_from_equal_angles_legs_and_back_agree_far_closer_than_the_targets(name: str) -> None:
    for joint in (Joint.KNEE, Joint.HIP, Joint.L5S1):
        assert moments.difference(*kept(name, "B", joint)).rms_percent < 0.6


def test_the_page_holds_the_tables() -> None:
    text = section(moments.PAGE, "moments")
    for name in LIFTS:
        assert name in text
    assert "OpenSim" in section(moments.PAGE, "times")


def test_a_difference_is_told_in_per_cent_of_our_peak() -> None:
    found = moments.difference(np.array([0.0, -200.0, 100.0, 0.0]), np.array([0.0, -200, 104.0, 0]))
    assert found.peak_nm == pytest.approx(200.0)
    assert found.rms_percent == pytest.approx(1.0)
    assert found.worst_percent == pytest.approx(2.0)


@pytest.mark.parametrize("lift", LIFTS.values(), ids=LIFTS)
def test_the_lifts_keep_their_pressure_under_the_feet_and_their_hands_on_the_bar(
    lift: MadeUpLift,
) -> None:
    found = ours(lift.name)
    assert found.ground.under_feet[found.steady].all()
    assert float(found.reach_gap_m.max()) < 1e-6


def test_unsmoothed_angles_are_near_the_smoothed_ones_and_not_the_same() -> None:
    off = unsmoothed_turn_rad(LIFTS["deadlift"]) - ours("deadlift").turn_rad
    assert 1e-4 < float(np.abs(off).max()) < np.radians(4.0)


@pytest.mark.parametrize("root", [Segment.FOOT, Segment.PELVIS, Segment.CHEST])
def test_the_tree_puts_every_segment_where_the_chain_has_it(root: Segment) -> None:
    body, found = LIFTS["deep squat"].body, ours("deep squat")
    frame = 90
    q = linkage.coordinates(body, root, found.turn_rad, found.joint_m[max(root - 1, 0)])
    turn = {root: q["root_turn"][frame]}
    place = {root: np.array([q["root_x"][frame], q["root_y"][frame]])}
    for hinge in linkage.hinges(body, root):
        turn[hinge.child] = turn[hinge.parent] + q[hinge.name][frame]
        at = place[hinge.parent] + _turned(turn[hinge.parent], hinge.in_parent_m)
        assert at == pytest.approx(found.joint_m[hinge.joint, frame], abs=1e-9)
        place[hinge.child] = at - _turned(turn[hinge.child], hinge.in_child_m)
    for segment in Segment:
        centre = place[segment] + _turned(turn[segment], body.centre_m[segment])
        assert centre == pytest.approx(found.centre_m[segment, frame], abs=1e-9)


def _turned(angle_rad: float, place_m: Floats) -> Floats:
    cosine, sine = np.cos(angle_rad), np.sin(angle_rad)
    return np.array([[cosine, -sine], [sine, cosine]]) @ place_m


def test_torques_change_sign_where_the_tree_runs_down_the_legs() -> None:
    body = LIFTS["deadlift"].body
    torque = {joint.name.lower(): np.array([1.0]) for joint in Joint}
    up = linkage.clinical(body, Segment.FOOT, torque)
    down = linkage.clinical(body, Segment.PELVIS, torque)
    signs = {joint: (float(up[joint][0]), float(down[joint][0])) for joint in moments.JOINTS}
    assert signs == {
        Joint.ANKLE: (1.0, -1.0),
        Joint.KNEE: (-1.0, 1.0),
        Joint.HIP: (1.0, -1.0),
        Joint.L5S1: (1.0, 1.0),
    }


def test_columns_are_read_back_as_written(tmp_path: Path) -> None:
    time_s = np.linspace(0.0, 1.0, 7)
    columns = {"hip": np.sin(time_s), "root_x": -1e-7 * time_s}
    storage.write_columns(tmp_path / "a.mot", time_s, columns)
    found = storage.read_columns(tmp_path / "a.mot")
    assert list(found) == ["time", "hip", "root_x"]
    assert found["time"] == pytest.approx(time_s)
    assert found["hip"] == pytest.approx(columns["hip"], rel=1e-9)
    assert found["root_x"] == pytest.approx(columns["root_x"], rel=1e-9)


def test_the_timed_model_gets_the_lift_s_angles_with_its_own_signs() -> None:
    posture, _ = lift()
    angles = {name: np.degrees(curve[0]) for name, curve in ratio.angles_rad(posture).items()}
    assert angles["hip_flexion_r"] == angles["hip_flexion_l"] == pytest.approx(116.0)
    assert angles["pelvis_tilt"] == pytest.approx(-54.0)  # forward tilt is negative there
    assert angles["L5_S1_Flex_Ext"] == pytest.approx(-0.14 * 18.0)  # and so is spine flexion
    assert angles["arm_flex_r"] == pytest.approx(54.0 + 18.0)  # hanging from a tipped trunk


@pytest.mark.skipif(library.is_installed(), reason="OpenSim is installed here")
def test_without_opensim_the_command_says_what_to_do() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "validation.opensim.moments"],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "OpenSim is not installed" in done.stderr
    assert "Traceback" not in done.stderr


@needs_opensim
def test_opensim_still_finds_the_kept_moments() -> None:
    found = moments.compared(LIFTS["deadlift"])
    for joint in moments.JOINTS:
        for road in moments.ROADS:
            frames = [int(r["frame"]) for r in KEPT if (r["lift"], r["road"]) == ("deadlift", road)]
            _, theirs = kept("deadlift", road, joint)
            assert found.theirs[road][joint][frames] == pytest.approx(theirs, abs=0.1)


@needs_opensim
@pytest.mark.parametrize("name", LIFTS)
def test_with_empty_hands_the_equations_agree_to_the_last_digits(name: str) -> None:
    lift = LIFTS[name]
    empty = replace(lift, load=replace(lift.load, mass_kg=np.asarray(0.0)))
    found = moments.compared(empty)
    for joint in moments.JOINTS:
        assert found.theirs["A"][joint] == pytest.approx(found.ours.moment(joint), abs=1e-6)
    assert found.ground_off < 1e-9


@needs_opensim
def test_a_heavier_thigh_in_opensim_alone_is_noticed() -> None:
    lift = LIFTS["deadlift"]
    mass_kg = lift.body.mass_kg.copy()
    mass_kg[Segment.THIGH] *= 1.5
    model = linkage.built(replace(lift.body, mass_kg=mass_kg), Segment.FOOT, bar_kg=100.0)
    found = ours("deadlift")
    still = np.zeros_like(lift.motion.ankle_m)
    curves = [
        linkage.coordinates(lift.body, Segment.FOOT, turn, still)
        for turn in (found.turn_rad, found.turn_rate_rad_s, found.turn_acceleration_rad_s2)
    ]
    knee = linkage.clinical(lift.body, Segment.FOOT, linkage.solved(model, *curves))[Joint.KNEE]
    assert moments.difference(found.moment(Joint.KNEE), knee).rms_percent > 5.0
