"""The error tables: true measures by definition, postures that stay, pages that are fresh."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from primemover.exam.bend_measures import BEND_MEASURES
from primemover.exam.lift_measures import LIFT_MEASURES
from primemover.model.repetition import Repetition
from primemover.model.session import ClipKind
from primemover.pose.fake import FakeEngine, FakeFilm, standing_person
from primemover.pose.track import track
from primemover.sample import CLIPS, clip_path, truth_path
from validation.accuracy import KINDS, fingerprint, paired
from validation.exam_truth import true_bend, true_fingertip_m, true_rotation
from validation.kept_tracks import load_track, save_track
from validation.lift_truth import TrueCurves, true_curves, true_lift
from validation.outline_postures import (
    DESIGNS,
    STANDING,
    YAW_DEG,
    Design,
    camera_yaw_deg,
    random_postures,
)
from validation.pages import ACCURACY_PAGE, section
from validation.virtual.bodies import first_names
from validation.virtual.moves import CLIPS as RENDERED
from validation.virtual.posture import Channel


def truth(name: str) -> dict[str, Any]:
    record: dict[str, Any] = json.loads(truth_path(name).read_text(encoding="utf-8"))
    return record


def curves(name: str) -> TrueCurves:
    return true_curves(truth(name))


def test_every_bundled_film_is_in_the_table() -> None:
    assert set(KINDS) == set(CLIPS)


@pytest.mark.parametrize("name", CLIPS)
def test_the_table_was_made_from_the_films_that_ship(name: str) -> None:
    made = section(ACCURACY_PAGE, "bundled films")
    again = "run `python -m validation.accuracy --write`"
    assert f"`{name}`" in made, again
    assert fingerprint(clip_path(name)) in made, again


def test_the_page_has_the_outline_and_says_what_it_is_not() -> None:
    page = ACCURACY_PAGE.read_text(encoding="utf-8")
    assert "lumbar" in section(ACCURACY_PAGE, "outline")
    assert "not patients" in page


def test_every_measure_of_the_lift_has_a_truth() -> None:
    one = truth("deadlift_side")["repetitions"][0]
    found = true_lift(curves("deadlift_side"), one)
    assert set(found) == set(LIFT_MEASURES)
    assert np.isfinite(list(found.values())).all()


def test_side_angles_are_counted_from_the_own_standing() -> None:
    lift = curves("deadlift_side")
    start, end = truth("deadlift_side")["standing_s"]
    standing = (lift.time_s >= start) & (lift.time_s < end)
    for name, angle in lift.angles_deg.items():
        assert abs(angle[standing].mean()) < 0.01, name


def test_heights_from_the_level_camera_are_a_persons() -> None:
    lift, body = curves("deadlift_side"), truth("deadlift_side")["body"]
    shares = [part[0] / body["height_m"] for part in (lift.knee_m, lift.hip_m, lift.shoulder_m)]
    assert shares == pytest.approx([0.28, 0.52, 0.82], abs=0.04)


def test_a_repetition_posed_hips_first_shows_in_its_true_measures() -> None:
    lift, repetitions = curves("deadlift_side"), truth("deadlift_side")["repetitions"]
    true = {one["hips_first"]: true_lift(lift, one) for one in repetitions}
    assert true[True]["hip_rise_ratio"] > true[False]["hip_rise_ratio"]
    tipped = "trunk_inclination_change_first_phase"
    assert true[True][tipped] > true[False][tipped] + 10.0


def test_true_trunk_shares_add_up_to_about_the_whole_rise() -> None:
    found = true_lift(curves("deadlift_side"), truth("deadlift_side")["repetitions"][0])
    both = found["trunk_rise_share_hips"] + found["trunk_rise_share_lumbar"]
    assert both == pytest.approx(1.0, abs=0.2)


def test_every_measure_of_the_bend_has_a_truth() -> None:
    one = truth("forward_bend_side")["repetitions"][0]
    found = true_bend(curves("forward_bend_side"), one)
    assert {*found, "fingertip_to_floor"} == set(BEND_MEASURES)


def test_the_rendered_hands_hang_at_the_thighs_when_standing_and_lower_when_bent() -> None:
    bend = RENDERED["forward_bend_side"].performance()
    standing = {"hold_start_s": 0.2, "hold_end_s": 1.0}
    bent = truth("forward_bend_side")["repetitions"][0]
    assert 0.55 < true_fingertip_m(bend, standing) < 0.85
    assert 0.0 < true_fingertip_m(bend, bent) < 0.45


@pytest.mark.parametrize("mode", ["active", "passive"])
def test_the_true_shank_hangs_straight_and_turns_in(mode: str) -> None:
    name = f"hip_rotation_front_{mode}"
    found = true_rotation(curves(name), truth(name), mode=mode)
    for side in ("left", "right"):
        assert found[f"shank_at_rest_{mode}_{side}"] == pytest.approx(0.0, abs=0.5)
        assert 10.0 < found[f"hip_rotation_{mode}_{side}"] < 60.0


def test_a_missed_repetition_is_not_paired_with_its_neighbour() -> None:
    true = [{"liftoff_s": 2.0}, {"liftoff_s": 6.0}]
    one = Repetition(
        start_s=5.0, bottom_s=5.8, lift_off_s=5.9, knee_pass_s=6.2, lockout_s=7.0, end_s=8.0
    )
    assert [found for _, found in paired(true, (one,), ClipKind.DEADLIFT)] == [None, one]


@pytest.mark.parametrize("design", DESIGNS, ids=lambda design: design.label)
def test_postures_are_the_same_every_time_and_other_for_everybody(design: Design) -> None:
    first, again = random_postures(design, 0), random_postures(design, 0)
    assert np.array_equal(first, again)
    assert len(first) == STANDING + design.each
    assert not np.array_equal(first, random_postures(design, 1))


def test_no_two_sets_share_a_posture() -> None:
    bent = [random_postures(d, n)[STANDING:] for d in DESIGNS for n in range(len(first_names()))]
    lumbar = np.concatenate(bent)[:, Channel.LUMBAR]
    assert len(lumbar) == 632
    assert len(np.unique(lumbar)) == 632


def test_the_small_set_is_120_postures() -> None:
    assert sum(design.few for design in DESIGNS) * len(first_names()) == 120


def test_cameras_off_the_side_are_spread_evenly() -> None:
    turned = next(design for design in DESIGNS if design.turned)
    yaws = sorted(camera_yaw_deg(turned, number) for number in range(len(first_names())))
    assert yaws[0] == -YAW_DEG
    assert np.diff(yaws) == pytest.approx(np.full(7, 2 * YAW_DEG / 7))


def test_what_the_network_saw_comes_back_from_its_file(tmp_path: Path) -> None:
    film = FakeFilm(time_s=np.arange(12) / 30.0, width_px=320, height_px=240)
    people = standing_person(x_px=160, foot_y_px=220, height_px=180, frames=12)
    seen = track(film, FakeEngine([people]))
    save_track(tmp_path / "kept" / "one.npz", seen)
    back = load_track(tmp_path / "kept" / "one.npz")
    assert (back.engine, back.width_px) == (seen.engine, seen.width_px)
    np.testing.assert_array_equal(back.xy_px, seen.xy_px)
    assert seen.silhouettes is not None
    assert back.silhouettes is not None
    np.testing.assert_array_equal(back.silhouettes.logits_q, seen.silhouettes.logits_q)
