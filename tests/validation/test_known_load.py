"""Virtual lifters with a known load: masses, true moments, tempo and counting."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from primemover.model.arrays import Floats
from validation.calibration.cases import Case
from validation.known_load.counting import cell
from validation.known_load.lifting import FINE_PER_S, LifterCase, Tempo, on_the_feet
from validation.known_load.masses import masses_of, volume_points
from validation.known_load.mechanics import true_mechanics
from validation.known_load.observing import PARTS, PEAK, Seen
from validation.known_load.page import section_of, write_section
from validation.pages import section
from validation.virtual.bodies import load_body
from validation.virtual.performance import Load, Performance
from validation.virtual.skeleton import Track
from validation.virtual.truth import joint_angles_rad

GRAVITY = 9.80665
CASE = LifterCase("test", 2)


def rotated(angle_rad: Floats) -> Floats:
    """Return turns about Z, counter-clockwise +, (T, 3, 3)."""
    c, s, o, i = np.cos(angle_rad), np.sin(angle_rad), 0.0 * angle_rad, 0.0 * angle_rad + 1.0
    return np.moveaxis(np.array([[c, -s, o], [s, c, o], [o, o, i]]), -1, 0)


def tipping(angle_rad: Floats, *, load_kg: float = 20.0) -> Performance:
    """Return a person who tips as one piece about the ankles, a load stuck to the right wrist."""
    body = load_body(8)
    ankles = body.joints_m[[body.joint(f"ankle_{side}") for side in ("left", "right")]].mean(axis=0)
    turns = rotated(angle_rad)
    joints_m = ankles + np.einsum("tab,jb->tja", turns, body.joints_m - ankles)
    return Performance(
        move="test",
        view="side",
        time_s=np.arange(angle_rad.size) / FINE_PER_S,
        body=body,
        track=Track(
            rotations=np.repeat(turns[:, None], len(body.joint_names), axis=1), joints_m=joints_m
        ),
        standing_s=(0.0, 0.1),
        repetitions=(),
        bar_m=joints_m[:, body.joint("wrist_right")],
        load=Load(kind="barbell", mass_kg=load_kg),
    )


def test_parts_of_a_body_weigh_as_much_as_the_person_and_do_not_hang_on_the_columns() -> None:
    body = load_body(215)
    masses, finer = masses_of(body), masses_of(body, pitch_m=0.006)
    large = masses.mass_kg > 0.02 * body.mass_kg
    assert masses.mass_kg.sum() == pytest.approx(body.mass_kg)
    np.testing.assert_allclose(masses.mass_kg[large], finer.mass_kg[large], rtol=0.02)
    np.testing.assert_allclose(masses.centre_m[large], finer.centre_m[large], atol=0.002)
    left, right = (masses.mass_kg[body.joint(f"hip_{side}")] for side in ("left", "right"))
    assert left == pytest.approx(right, rel=0.02)


def test_columns_hold_the_volume_that_the_skin_encloses() -> None:
    body = load_body(140)
    first, second, third = (body.vertices_m[body.faces[:, corner]] for corner in range(3))
    enclosed = np.einsum("ij,ij->", first, np.cross(second, third)) / 6.0
    assert volume_points(body)[1].sum() == pytest.approx(enclosed, rel=0.005)


def test_parts_weigh_about_what_people_weigh() -> None:
    # De Leva 1996: thigh 14.2 to 14.8, shank 4.3 to 4.8, head 6.7 to 6.9 % of a body; the cuts
    # differ, and so do these people.
    body = load_body(238)
    share = masses_of(body).mass_kg / body.mass_kg
    assert 0.10 < share[body.joint("hip_left")] < 0.16
    assert 0.035 < share[body.joint("knee_left")] < 0.065
    assert 0.04 < share[body.joint("head")] + share[body.joint("neck")] < 0.09


def test_a_still_posture_is_held_by_weight_times_lever() -> None:
    lifted = tipping(np.full(240, -0.3))
    body, masses = lifted.body, masses_of(lifted.body)
    joints_m = lifted.track.joints_m[0]
    centres_m = joints_m + masses.centre_m @ rotated(np.array([-0.3]))[0].T
    true = true_mechanics(lifted, masses)
    legs = [name.split("_")[0] in {"hip", "knee", "ankle", "toe"} for name in body.joint_names]
    hip_x = joints_m[[body.joint("hip_left"), body.joint("hip_right")], 0].mean()
    above = ~np.array(legs)
    lever = masses.mass_kg[above] @ (centres_m[above, 0] - hip_x)
    lever += 20.0 * (joints_m[body.joint("wrist_right"), 0] - hip_x)
    np.testing.assert_allclose(true.moment_nm["hip"], GRAVITY * lever, rtol=1e-6)
    assert true.moment_nm["hip"][0] > 0.0


def test_a_body_that_swings_as_one_piece_obeys_the_law_of_a_physical_pendulum() -> None:
    time_s = np.arange(480) / FINE_PER_S
    angle = 0.2 * np.sin(2.0 * np.pi * 0.5 * time_s)
    lifted = tipping(angle)
    body = lifted.body
    masses = masses_of(body)
    ankle = lifted.track.joints_m[0, body.joint("ankle_left")] * np.array([1.0, 1.0, 0.0])
    feet = [name.split("_")[0] in {"ankle", "toe"} for name in body.joint_names]
    above = ~np.array(feet)
    # Point masses of the body at rest, from the volume itself.
    rest = (body.joints_m + masses.centre_m - ankle)[above, :2]
    spread = masses.spread_kg_m2[above]
    turning = (spread[:, 0, 0] + spread[:, 1, 1]).sum() + masses.mass_kg[above] @ (rest**2).sum(1)
    wrist = (body.joints_m[body.joint("wrist_right")] - ankle)[:2]
    turning += 20.0 * wrist @ wrist
    first = masses.mass_kg[above] @ rest + 20.0 * wrist
    lever = np.cos(angle) * first[0] - np.sin(angle) * first[1]
    acceleration = -((2.0 * np.pi * 0.5) ** 2) * angle
    expected = turning * acceleration + GRAVITY * lever
    inside = slice(60, -60)
    found = true_mechanics(lifted, masses).moment_nm["ankle"]
    np.testing.assert_allclose(found[inside], expected[inside], atol=0.005 * np.ptp(expected))


def test_joint_powers_of_a_slow_rise_do_the_work_of_lifting() -> None:
    lifted = CASE.fine_performance()
    true = true_mechanics(lifted, CASE.masses)
    at = lifted.repetitions[0]
    off_s, locked_s = float(at["liftoff_s"]), float(at["lockout_s"])
    pull = (true.time_s >= off_s) & (true.time_s <= locked_s)
    centres_m = lifted.track.joints_m + np.einsum(
        "tjab,jb->tja", lifted.track.rotations, CASE.masses.centre_m
    )
    height_m = (CASE.masses.mass_kg @ centres_m[pull, :, 1].T)[[0, -1]]
    assert lifted.bar_m is not None
    assert lifted.load is not None
    risen = np.diff(height_m)[0] + lifted.load.mass_kg * np.ptp(lifted.bar_m[pull, 1])
    work = sum(np.trapezoid(power[pull], true.time_s[pull]) for power in true.power_w.values())
    # Ankles, shoulders and what happens out of the plane are not in the sum.
    assert work == pytest.approx(GRAVITY * risen, rel=0.15)


def test_time_in_the_film_and_posed_time_are_the_same_clock_read_twice() -> None:
    tempo = Tempo(start_s=1.0, end_s=2.5, slower=3.0)
    posed_s = np.linspace(0.0, 4.0, 41)
    film_s = tempo.film_s(posed_s)
    np.testing.assert_allclose(tempo.posed_s(film_s), posed_s)
    assert film_s[-1] == pytest.approx(4.0 + 2.0 * 1.5)
    assert np.all(np.diff(film_s) > 0.0)


def test_film_and_fine_clock_show_the_same_movement() -> None:
    film, fine = CASE.performance(), CASE.fine_performance()
    for name, angle in joint_angles_rad(fine).items():
        seen = np.degrees(joint_angles_rad(film)[name])
        there = np.interp(film.time_s, fine.time_s, np.degrees(angle))
        inside = film.time_s <= fine.time_s[-1]
        assert np.abs(there - seen)[inside].max() < 0.2, name


def test_the_lifter_does_what_the_calibration_poses() -> None:
    brisk, slow = Case("test", 2).performance(), CASE.fine_performance()
    for name, angle in joint_angles_rad(brisk).items():
        again = joint_angles_rad(slow)[name]
        posed_s = CASE.tempo.posed_s(slow.time_s)
        there = np.degrees(np.interp(brisk.time_s, posed_s, again) - angle)
        inside = (brisk.time_s > posed_s[0]) & (brisk.time_s < posed_s[-1])
        assert np.abs(there[inside]).max() < 0.3, name
    assert slow.load == brisk.load


def test_a_lifter_stays_on_the_feet_where_the_brisk_pose_would_fall() -> None:
    slow = CASE.fine_performance()
    fast = replace(slow, time_s=slow.time_s / CASE.tempo.slower)
    fast = replace(
        fast,
        repetitions=tuple(
            {name: float(at) / CASE.tempo.slower for name, at in one.items()}
            for one in slow.repetitions
        ),
    )
    assert on_the_feet(slow, true_mechanics(slow, CASE.masses)) >= 0.99
    assert on_the_feet(fast, true_mechanics(fast, CASE.masses)) < 0.95


def drawn(people: int, *, narrow: float = 1.0, seed: int = 0) -> list[Seen]:
    """Return estimates with a known error and an interval `narrow` times the right one."""
    random = np.random.default_rng(seed)
    seen = []
    for person in range(people):
        true = float(random.uniform(100.0, 300.0))
        value = true + 20.0 * float(random.standard_normal())
        reach = 1.645 * 20.0 * narrow
        one = Seen(
            film=f"film {person}", person=person, move="sumo", close=bool(person % 2),
            quantity="hip", part=PEAK, true=true, scale=400.0,
            low=value - reach, value=value, high=value + reach, instants_inside=0.9,
        )  # fmt: skip
        seen += [one, *(replace(one, part=str(part)) for part in PARTS)]
    return seen


def test_right_intervals_hold_nine_of_ten_and_half_ones_far_fewer() -> None:
    right, half = cell(drawn(2000)), cell(drawn(2000, narrow=0.5))
    assert right.inside.value == pytest.approx(0.90, abs=0.02)
    assert right.inside.low < right.inside.value < right.inside.high
    assert half.inside.value == pytest.approx(0.59, abs=0.03)
    assert right.error == pytest.approx(20.0 * np.sqrt(2.0 / np.pi), rel=0.05)
    assert right.relative == pytest.approx(right.error / 400.0)
    assert right.below == pytest.approx(0.05, abs=0.015)


def test_what_was_not_measured_is_counted_with_its_reason() -> None:
    seen = drawn(3)
    missing = replace(seen[0], low=np.nan, value=np.nan, high=np.nan, why="too dark", film="x")
    found = cell([*seen, missing])
    assert found.unmeasured == {"too dark": 1}
    assert found.films == 3
    assert found.known == pytest.approx(9.0 / 10.0)


def test_the_section_says_whether_the_target_is_met() -> None:
    met, narrow = section_of(drawn(60)), section_of(drawn(60, narrow=0.5))
    assert "Wanted are 85 to 95 %: yes" in met
    assert "no, too narrow" in narrow
    assert "| hip | floor to knees, mean | 60 (60) |" in met


def test_the_section_goes_into_its_place_of_the_page(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("before\n\n<!-- begin known load -->\nold\n<!-- end known load -->\n\nafter\n")
    write_section(drawn(6), page=page)
    text = page.read_text()
    assert text.startswith("before")
    assert text.endswith("after\n")
    assert "old" not in section(page, "known load")
    assert "virtual people" in section(page, "known load")
