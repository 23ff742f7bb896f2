"""The fit learns what is there, says how sure it is, and never sees the people it is tested on."""

import tomllib
from pathlib import Path

import numpy as np
import pytest

from primemover.calibration.model import Fit, Novelty, answers, novelty_of, read_fit
from primemover.calibration.network import predict
from validation.calibration import shipping
from validation.calibration.cases import CLOSE, SETS, Case, cases
from validation.calibration.doubting import Errors, fit_doubt
from validation.calibration.learning import FOLDS, Lesson, Recipe, learn, standardise
from validation.calibration.shipping import Story, as_bytes, novelty_from, reship, ship

RECIPE = Recipe(ridge=1.0, shrink=0.1, hidden=(16,), epochs=250, bends=2)
STORY = Story(
    learn_films=1, learn_people=1, calibrate_films=1, calibrate_people=1, engine="made up"
)


def lesson(rows: int = 1500, *, seed: int = 0) -> Lesson:
    """Return inputs of 30 people; the answer is the first input plus a bent part and noise."""
    random = np.random.default_rng(seed)
    inputs = random.normal(size=(rows, 6))
    target = inputs[:, :1] + 0.5 * np.abs(inputs[:, 1:2]) + 0.05 * random.normal(size=(rows, 1))
    return Lesson(
        inputs=inputs,
        target=target,
        person=random.integers(0, 30, rows),
        weight=np.ones(rows),
    )


def test_no_person_is_in_two_sets() -> None:
    people = [{case.person for case in cases(name, 300)} for name in SETS]
    assert len(set.union(*people)) == sum(len(one) for one in people)


def test_a_case_is_the_same_every_time_and_another_number_is_another() -> None:
    one, again = Case("test", 7), Case("test", 7)
    assert (one.move, one.style, one.person, one.clothes, one.shot) == (
        again.move, again.style, again.person, again.clothes, again.shot,
    )  # fmt: skip
    assert one.seed != Case("test", 8).seed != Case("learn", 8).seed


def test_every_hundred_films_has_the_same_moves_and_both_kinds_of_clothes() -> None:
    first, second = cases("learn", 200)[:100], cases("learn", 200)[100:]
    assert sorted(c.move for c in first) == sorted(c.move for c in second)
    close = np.mean([case.clothes.kind in CLOSE for case in first + second])
    assert 0.3 < close < 0.5


def test_a_bent_function_is_learned_and_each_answer_comes_from_a_member_blind_to_the_person() -> (
    None
):
    taught = lesson()
    found = learn(taught, RECIPE, base=np.array([0]), hideable=[], seed=3)
    error = found.left_out - taught.target
    assert np.sqrt(np.mean(error**2)) < 0.12
    assert len(found.members) == FOLDS * RECIPE.bends
    for number in range(FOLDS):
        own = found.fold == number
        unseen = standardise(taught.inputs[own], found.centre, found.scale)
        blind = found.members[number * RECIPE.bends : (number + 1) * RECIPE.bends]
        told = np.mean([predict(member, unseen) for member in blind], axis=0)
        assert told == pytest.approx(found.left_out[own])
    for person in np.unique(taught.person):
        assert np.unique(found.fold[taught.person == person]).size == 1


def test_without_anything_to_learn_the_plain_reading_stays() -> None:
    random = np.random.default_rng(1)
    inputs = random.normal(size=(800, 4))
    same = Lesson(
        inputs=inputs,
        target=inputs[:, :1].copy(),
        person=random.integers(0, 20, 800),
        weight=np.ones(800),
    )
    found = learn(same, RECIPE, base=np.array([0]), hideable=[], seed=0)
    assert found.left_out == pytest.approx(same.target, abs=0.05)


def test_intervals_hold_nine_in_ten_errors_of_people_who_were_not_there() -> None:
    def errors(seed: int) -> Errors:
        random = np.random.default_rng(seed)
        doubts = random.uniform(0.0, 1.0, size=(4000, 3))
        sd = np.radians(1.0 + 4.0 * doubts[:, 0])
        return Errors(
            doubts=doubts,
            error_rad=sd * random.normal(size=4000),
            person=random.integers(0, 40, 4000),
            weight=np.ones(4000),
        )

    doubt = fit_doubt(errors(0), "lumbar_flexion", seed=0)
    fresh = errors(1)
    se = np.exp(fresh.doubts @ doubt.weight + doubt.bias)
    assert np.mean(np.abs(fresh.error_rad) <= 1.645 * se) == pytest.approx(0.90, abs=0.02)
    assert doubt.weight[0] > 5.0 * max(doubt.weight[1], doubt.weight[2])
    assert np.all(doubt.weight >= 0.0)


def test_frames_far_from_the_fitted_ones_are_novel() -> None:
    random = np.random.default_rng(2)
    mixed = random.normal(size=(2000, 3)) @ random.normal(size=(3, 12))
    found = novelty_from(mixed[:1000], mixed[1000:], directions=3)
    distance = np.linalg.norm(mixed[1000:] @ found.basis, axis=1) / found.usual
    assert np.mean(distance > 1.0) == pytest.approx(0.01, abs=0.005)
    assert np.linalg.norm(10.0 * mixed[:1] @ found.basis) / found.usual > 1.0


def test_a_shipped_fit_reads_back_as_it_was_fitted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taught = lesson()
    found = learn(taught, RECIPE, base=np.array([0]), hideable=[], seed=3)
    names = tuple(f"input{k}" for k in range(6))
    content = as_bytes(
        Fit(
            name="front",
            inputs=names,
            outputs=("angle",),
            centre=found.centre,
            scale=found.scale,
            members=found.members,
            novelty=Novelty(basis=np.eye(6)[:, :2], usual=2.0),
            doubts=(),
        )
    )
    again = read_fit("front", content)
    scaled = standardise(taught.inputs, found.centre, found.scale)
    whole = np.stack([predict(member, scaled) for member in found.members])
    assert answers(again, taught.inputs) == pytest.approx(whole, abs=np.radians(0.1))
    assert again.inputs == names
    assert novelty_of(again, taught.inputs).shape == (1500,)
    monkeypatch.setattr(shipping, "DATA", tmp_path)
    path = ship("front", content, STORY)
    assert path.read_bytes() == content
    reship("front", {"hip_rotation": 1.25})
    index = tomllib.loads((tmp_path / "fits.toml").read_text(encoding="utf-8"))
    assert index["front"]["measures"] == {"hip_rotation": 1.25}


def test_late_films_to_learn_from_have_somebody_new_whose_parents_only_teach() -> None:
    late = [Case("learn", number) for number in range(1500, 1512)]
    others = {one.person for name in ("calibrate", "test") for one in cases(name, 300)}
    assert len({case.person for case in late}) == len(late)
    for case in late:
        first, second = case.body.name.split("_")[1:3]
        assert not {int(first), int(second)} & others
        assert case.person not in others
