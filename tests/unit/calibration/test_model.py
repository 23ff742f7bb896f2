"""The shipped fits are the ones the index names, and small."""

import hashlib
from importlib.resources import files

import numpy as np
import pytest

from primemover.calibration import model
from primemover.calibration.front import FRONT_DOUBTS, FRONT_INPUTS, FRONT_OUTPUT
from primemover.calibration.inputs import DOUBT_NAMES, INPUT_NAMES
from primemover.calibration.model import Fit, answers, fit_for, novelty_of, read_fit, shipped
from primemover.calibration.side import CURVES
from primemover.errors import PrimeMoverError

DATA = files("primemover.calibration") / "data"


@pytest.fixture(params=sorted(shipped()))
def fit(request: pytest.FixtureRequest) -> Fit:
    found = fit_for(request.param)
    assert found is not None
    return found


def test_a_fit_takes_the_inputs_that_the_code_makes(fit: Fit) -> None:
    assert fit.inputs == (INPUT_NAMES if fit.name == "side" else FRONT_INPUTS)
    names = DOUBT_NAMES if fit.name == "side" else FRONT_DOUBTS
    curves = tuple(CURVES) if fit.name == "side" else (FRONT_OUTPUT,)
    assert tuple(doubt.curve for doubt in fit.doubts) == curves
    assert all(doubt.weight.shape == (len(names),) for doubt in fit.doubts)


def test_no_doubt_makes_an_answer_surer(fit: Fit) -> None:
    assert all(np.all(doubt.weight >= 0.0) for doubt in fit.doubts)


def test_an_average_frame_is_usual_and_far_ones_are_not(fit: Fit) -> None:
    average = fit.centre[None]
    assert novelty_of(fit, average)[0] < 0.5
    random = np.random.default_rng(1).choice([-1.0, 1.0], size=(50, fit.centre.size))
    assert np.median(novelty_of(fit, average + 4.0 * fit.scale * random)) > 1.0


def test_no_single_number_however_wild_moves_an_answer_without_bound(fit: Fit) -> None:
    frame = np.repeat(fit.centre[None], 2, axis=0)
    frame[0, 0], frame[1, 0] = 1e3, 1e9
    told = answers(fit, frame)
    assert np.all(np.isfinite(told))
    assert told[:, 0] == pytest.approx(told[:, 1])


def test_what_was_not_seen_counts_as_the_average(fit: Fit) -> None:
    unseen = np.full((1, fit.centre.size), np.nan)
    assert answers(fit, unseen) == pytest.approx(answers(fit, fit.centre[None]))


def test_together_they_are_well_under_a_megabyte() -> None:
    sizes = [len((DATA / row["file"]).read_bytes()) for row in shipped().values()]
    assert sum(sizes) < 700_000


def test_every_file_is_the_one_that_the_index_names() -> None:
    for row in shipped().values():
        content = (DATA / row["file"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == row["sha256"]


def test_a_damaged_file_is_refused_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    name, row = next(iter(shipped().items()))
    monkeypatch.setattr(model, "shipped", lambda: {name: dict(row) | {"sha256": "0" * 64}})
    fit_for.cache_clear()
    try:
        with pytest.raises(PrimeMoverError, match="install PrimeMover again"):
            fit_for(name)
    finally:
        fit_for.cache_clear()


def test_a_fit_that_was_never_shipped_is_none_not_a_guess() -> None:
    assert fit_for("rear") is None


def test_a_fit_reads_back_from_its_bytes(fit: Fit) -> None:
    again = read_fit(fit.name, (DATA / shipped()[fit.name]["file"]).read_bytes())
    frame = fit.centre[None] + 0.5 * fit.scale
    assert answers(again, frame) == pytest.approx(answers(fit, frame))
