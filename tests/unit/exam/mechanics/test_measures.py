"""A film of a lift with known forces gives these forces back, within the ranges it states."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from primemover.exam.mechanics.film import LiftFilm
from primemover.exam.mechanics.measures import (
    MECHANICS_MEASURES,
    NO_BAR_MASS,
    NO_BODY_MASS,
    NO_MASSES,
    NOT_THIS_ONE,
    WhoWorks,
    who_works,
)
from primemover.exam.mechanics.told import JOINTS
from primemover.model.arrays import Floats
from primemover.model.loadtrack import LoadKind
from primemover.model.measure import Measure, Status
from primemover.model.mechanics import LiftMechanics, LiftPart
from primemover.model.person import Person
from primemover.model.session import LiftFacts, Variant
from primemover.model.view import View
from tests.unit.exam.filmed_lift import FACTS, MASS_KG, ONE, PERSON, film, known, without

GROUPS = 16


@cache
def usual() -> WhoWorks:
    return who_works(film(), (ONE,))


def mechanics(seen: LiftFilm) -> LiftMechanics:
    (one,) = who_works(seen, (ONE,)).mechanics
    return one


def held_share(found: LiftMechanics, joint: str) -> float:
    """Return in which part of the time the true moment lies in the stated range."""
    truth = known().truth
    curve = found.moment_nm[joint]
    true = np.interp(found.time_s, truth.time_s, truth.moment(JOINTS[joint]))
    return float(((true >= curve.low) & (true <= curve.high)).mean())


def width(measure: Measure) -> float:
    low, high = measure.interval
    return high - low


@pytest.mark.parametrize("joint", JOINTS)
def test_the_true_moments_lie_in_the_stated_ranges(joint: str) -> None:
    (found,) = usual().mechanics
    assert held_share(found, joint) > 0.9


@pytest.mark.parametrize("joint", ["hip", "l5s1"])
def test_the_middle_of_the_draws_is_near_the_truth(joint: str) -> None:
    truth, (found,) = known().truth, usual().mechanics
    true = np.interp(found.time_s, truth.time_s, truth.moment(JOINTS[joint]))
    off = found.moment_nm[joint].middle - true
    assert np.sqrt(np.mean(off**2)) < 0.1 * np.abs(true).max()


def test_every_measure_is_estimated_with_ends_about_its_value() -> None:
    measures = usual().measures
    assert list(measures) == list(MECHANICS_MEASURES)
    for name, unit in MECHANICS_MEASURES.items():
        one = measures[name]
        low, high = one.interval
        assert one.status is Status.ESTIMATED
        assert one.unit == unit
        assert low <= one.value <= high
        assert one.se > 0.0


def test_vertical_forces_close_within_a_percent() -> None:
    assert usual().measures["ground_reaction_residual"].interval[1] < 0.01
    assert usual().mechanics[0].closure < 0.01


def test_the_hips_do_most_of_the_work_and_shares_add_up() -> None:
    shares = [usual().measures[f"work_share_{who}"].value for who in ("hips", "knees", "back")]
    assert sum(shares) == pytest.approx(1.0, abs=0.03)
    assert shares[0] > 0.6


def test_the_record_has_every_part_muscle_and_instant() -> None:
    (found,) = usual().mechanics
    assert [one.part for one in found.work] == list(LiftPart)
    assert len(found.muscles) == GROUPS * len(LiftPart)
    assert [one.instant for one in found.figures] == ["set_up", "lift_off", "knee_pass", "lockout"]
    assert found.time_s[0] >= ONE.start_s
    assert found.time_s[-1] <= ONE.lockout_s
    shares = [m.force_share.middle for m in found.muscles if m.part is LiftPart.FLOOR_TO_KNEES]
    assert sum(shares) == pytest.approx(1.0, abs=0.05)
    assert all(m.force_share.low <= m.force_share.middle <= m.force_share.high <= 1.0
               for m in found.muscles)  # fmt: skip


def test_the_stick_figure_stands_where_the_body_was() -> None:
    truth = known().truth
    figure = next(one for one in usual().mechanics[0].figures if one.instant == "lift_off")
    frame = int(np.argmin(np.abs(truth.time_s - ONE.lift_off_s)))
    for name, joint in JOINTS.items():
        assert figure.joints_m[name] == pytest.approx(truth.joint_m[joint, frame], abs=0.04)
    assert figure.joints_m["load"] == pytest.approx(truth.load_m[frame], abs=0.02)
    assert figure.joints_m["hand"] == pytest.approx(figure.joints_m["load"], abs=0.05)
    assert figure.joints_m["head_top"][1] > figure.joints_m["shoulder"][1]
    assert figure.joints_m["heel"][1] == figure.joints_m["toe"][1] == 0.0


@pytest.mark.parametrize(
    ("person", "facts", "why"),
    [
        (Person(), LiftFacts(), NO_MASSES),
        (Person(), FACTS, NO_BODY_MASS),
        (PERSON, LiftFacts(), NO_BAR_MASS),
    ],
)
def test_without_masses_it_says_what_to_tell(person: Person, facts: LiftFacts, why: str) -> None:
    found = who_works(film(person=person, facts=facts), (ONE,))
    assert found.mechanics == ()
    assert {one.why for one in found.measures.values()} == {why}
    assert {one.why for one in found.repetitions[0].measures.values()} == {why}
    assert not any(one.is_known for one in found.measures.values())


def test_other_measures_of_a_repetition_stay() -> None:
    knee = Measure(id="knee_flexion_bottom", value=1.0, se=0.1, unit="rad")
    repetition = replace(ONE, measures={knee.id: knee})
    found = who_works(film(), (repetition,)).repetitions[0]
    assert found.measures[knee.id] == knee
    assert found.measures["hip_moment_peak"].is_known


def test_a_lift_that_was_not_seen_to_the_end_is_not_measured() -> None:
    found = who_works(film(), (replace(ONE, lockout_s=np.nan),))
    assert found.mechanics == ()
    assert "from floor to lockout" in found.measures["hip_moment_peak"].why


def test_without_a_trunk_nothing_is_estimated() -> None:
    found = who_works(without("trunk_inclination"), (ONE,))
    assert found.mechanics == ()
    assert "too few frames" in found.measures["hip_moment_peak"].why


def test_a_bar_far_ahead_of_the_feet_would_topple_the_lifter() -> None:
    load = film().load
    assert load.midline_px is not None
    ahead = replace(load, midline_px=load.midline_px + np.array([200.0, 0.0]))
    found = who_works(film(load=ahead), (ONE,))
    assert found.mechanics == ()
    assert "fall over" in found.measures["hip_moment_peak"].why


def test_a_camera_tilted_too_far_tells_no_forces() -> None:
    view = View(label=film().view.label, yaw_rad=0.0, yaw_se_rad=0.0, accepted=True, roll_rad=0.3)
    assert who_works(film(view=view), (ONE,)).mechanics == ()


def test_a_small_tilt_of_the_camera_is_taken_out() -> None:
    """Everything leans back by 3 deg in the picture of a camera that is turned by so much."""
    tilt = np.deg2rad(3.0)
    turn = np.array([[np.cos(tilt), np.sin(tilt)], [-np.sin(tilt), np.cos(tilt)]])
    seen = film()
    about = np.array([500.0, 900.0])

    def turned(points: Floats) -> Floats:
        moved: Floats = (points - about) @ turn.T + about
        return moved

    angles = {
        name: replace(one, value=one.value - tilt)
        if name in {"ankle_dorsiflexion", "trunk_inclination"}
        else one
        for name, one in seen.curves.angles.items()
    }
    pose = replace(
        seen.pose, joints_px={name: turned(one) for name, one in seen.pose.joints_px.items()}
    )
    assert seen.load.midline_px is not None
    rolled = replace(
        seen,
        curves=replace(seen.curves, angles=angles, pose=pose),
        load=replace(seen.load, midline_px=turned(seen.load.midline_px)),
        view=replace(seen.view, roll_rad=float(tilt)),
    )
    straight = usual().measures["hip_moment_peak"].value
    again = who_works(rolled, (ONE,)).measures["hip_moment_peak"].value
    assert again == pytest.approx(straight, rel=0.02)
    blind = replace(rolled, view=replace(rolled.view, roll_rad=0.0))
    off = who_works(blind, (ONE,)).measures["ankle_moment_peak"].value
    assert abs(off - usual().measures["ankle_moment_peak"].value) > 30.0


def test_covered_knees_follow_from_hips_and_feet() -> None:
    found = mechanics(without("knee_flexion", "ankle_dorsiflexion", "trunk_thigh"))
    assert any("covered the knees" in one for one in found.assumptions)
    for joint in ("hip", "l5s1"):
        assert held_share(found, joint) > 0.9
    (open_knees,) = usual().mechanics
    knee = [one.moment_nm["knee"] for one in (found, open_knees)]
    widths = [float(np.median(curve.high - curve.low)) for curve in knee]
    assert widths[0] > 0.9 * widths[1]


def test_an_outline_that_was_not_seen_leaves_the_back_s_work_open() -> None:
    blind = who_works(without("pelvis_inclination", "lumbar_flexion"), (ONE,))
    assert any("outline was not seen" in one for one in blind.mechanics[0].assumptions)
    assert width(blind.measures["work_share_back"]) > width(usual().measures["work_share_back"])
    assert held_share(blind.mechanics[0], "hip") > 0.9


def test_hands_stand_in_for_a_bar_that_nobody_saw() -> None:
    load = replace(film().load, kind=LoadKind.HANDS, scale=None)
    load = replace(load, xy_px=film().pose.joints_px["wrist"])
    found = who_works(film(load=load), (ONE,))
    assert any("where the hands are" in one for one in found.mechanics[0].assumptions)
    assert held_share(found.mechanics[0], "hip") > 0.9
    # Without a plate the told height gives the scale.
    assert width(found.measures["ankle_moment_peak"]) > 0.9 * width(
        usual().measures["ankle_moment_peak"]
    )


def test_a_kettlebell_hangs_under_the_grip() -> None:
    load = film().load
    bell = replace(
        load,
        kind=LoadKind.KETTLEBELL,
        scale=None,
        xy_px=film().pose.joints_px["wrist"] + np.array([0.0, 60.0]),
    )
    facts = LiftFacts(bar_mass_kg=24.0, variant=Variant.KETTLEBELL)
    found = who_works(film(load=bell, facts=facts), (ONE,))
    figure = found.mechanics[0].figures[1]
    assert figure.joints_m["hand"][1] - figure.joints_m["load"][1] > 0.1
    hip = found.measures["hip_moment_peak"]
    assert 0.3 < hip.value / usual().measures["hip_moment_peak"].value < 0.8


def test_neither_plate_nor_height_leaves_the_size_to_the_average_person() -> None:
    load = replace(film().load, scale=None)
    person = Person(body_mass_kg=MASS_KG)
    found = who_works(film(load=load, person=person), (ONE,))
    said = found.mechanics[0].assumptions
    assert any("stature of 1.72 m" in one for one in said)
    assert any("sex was not told" in one for one in said)
    known, guessed = (one.measures["hip_moment_peak"] for one in (usual(), found))
    assert width(guessed) / guessed.value > width(known) / known.value


def test_a_romanian_lift_is_carried_all_along() -> None:
    romanian = replace(FACTS, variant=Variant.ROMANIAN)
    before = [
        found.moment_nm["hip"].middle[0]
        for found in (mechanics(film(facts=romanian)), usual().mechanics[0])
    ]
    assert before[0] > before[1] + 100.0


def test_sumo_says_that_it_is_a_lower_bound() -> None:
    said = mechanics(film(facts=replace(FACTS, variant=Variant.SUMO))).assumptions
    assert any("lower bounds" in one for one in said)


def test_a_knee_pass_that_was_not_seen_leaves_only_its_parts_open() -> None:
    found = who_works(film(), (replace(ONE, knee_pass_s=np.nan),))
    assert found.measures["work_share_hips"].value == pytest.approx(
        usual().measures["work_share_hips"].value, abs=0.01
    )
    assert not found.measures["force_share_hamstrings_knees_to_lockout"].is_known
    assert [one.part for one in found.mechanics[0].work] == [LiftPart.TAKE_UP]


def test_a_long_set_is_estimated_in_five_places() -> None:
    found = who_works(film(), (ONE,) * 7)
    assert [one.repetition for one in found.mechanics] == [0, 2, 3, 4, 6]
    assert found.repetitions[1].measures["hip_moment_peak"].why == NOT_THIS_ONE
    assert found.measures["hip_moment_peak"].is_known


def test_the_same_film_gives_the_same_numbers() -> None:
    again = who_works(film(), (ONE,)).measures
    assert again == usual().measures


def test_a_glitch_that_would_topple_the_lifter_for_an_instant_is_left_out_of_the_largest() -> None:
    load, truth = film().load, known().truth
    assert load.midline_px is not None
    moved = load.midline_px.copy()
    middle = int(np.argmin(np.abs(truth.time_s - 0.5 * (ONE.lift_off_s + ONE.lockout_s))))
    moved[middle - 6 : middle + 7] += [120.0, 0.0]
    found = who_works(film(load=replace(load, midline_px=moved)), (ONE,))
    curve = found.mechanics[0].moment_nm["hip"].middle
    assert np.isnan(curve).any()
    assert np.isfinite(curve).mean() > 0.6
    peak, usually = (one.measures["hip_moment_peak"] for one in (found, usual()))
    assert peak.interval[0] < usually.value < peak.interval[1]
