"""The fit of the yaw on films whose features are drawn by a known law."""

import numpy as np
import pytest

from primemover.pose.yaw import FEATURES, yaw_from_features
from primemover.pose.yaw_model import model_from_text, model_to_text
from tests.unit.pose.turned import filmed
from validation.fit_view import Evidence, evidence, fit, left_out, report
from validation.view_pictures import CAMERAS, WIDEST_DEG, camera_yaws_deg

GAIN = np.array([0.9, 0.8, 1.2, 0.2, 0.3])


def drawn(*, people: int = 6, each: int = 12, odd_rad: float = 0.0) -> Evidence:
    """Return films whose features are the yaw times a gain, the first person's off by `odd_rad`."""
    random = np.random.default_rng(5)
    yaw = random.uniform(-0.7, 0.7, size=people * each)
    body = np.repeat(np.arange(people), each)
    told = yaw + np.where(body == 0, odd_rad, 0.0)
    noise = random.normal(0.0, 0.03, size=(yaw.size, len(FEATURES)))
    return Evidence(
        features=(told[:, None] + noise) * GAIN,
        yaw_rad=yaw,
        plain_rad=yaw + 0.1,
        body=tuple(str(one) for one in body),
        unread=0,
    )


def test_the_fit_finds_the_law_that_the_features_follow() -> None:
    model = fit(drawn())
    for yaw in (-0.5, 0.0, 0.4):
        assert yaw_from_features(yaw * GAIN, model)[0] == pytest.approx(yaw, abs=0.02)
    assert model.slope == pytest.approx(1.0 / GAIN, rel=0.1)


def test_the_stated_error_is_that_on_people_who_were_left_out() -> None:
    films = drawn(odd_rad=0.3)
    own = np.asarray(films.body) == "0"
    off = left_out(films) - films.yaw_rad
    assert off[own].mean() == pytest.approx(0.3, abs=0.1)
    assert fit(films).se_rad > 2.0 * fit(drawn()).se_rad


def test_films_are_read_as_the_product_reads_them() -> None:
    truth = [{"body": {"name": "a"}, "camera": {"yaw_deg": yaw}} for yaw in (-20.0, 10.0, 85.0)]
    films = evidence((filmed(one["camera"]["yaw_deg"]), one) for one in truth)  # type: ignore[index]
    assert np.rad2deg(films.yaw_rad) == pytest.approx([-20.0, 10.0])
    assert np.rad2deg(films.plain_rad) == pytest.approx([-20.0, 10.0], abs=1e-6)
    assert (films.unread, films.body) == (1, ("a", "a"))


def test_what_is_written_is_what_was_fitted() -> None:
    model = fit(drawn())
    again = model_from_text(model_to_text(model))
    row = 0.3 * GAIN
    assert yaw_from_features(row, again) == pytest.approx(yaw_from_features(row, model), abs=1e-4)


def test_the_report_sets_the_fit_beside_the_plain_formula() -> None:
    text = report(drawn())
    assert "| all | fitted | 72 |" in text
    plain = next(line for line in text.splitlines() if line.startswith("| all | plain"))
    assert plain.split("|")[4].strip() == "5.7"


def test_every_person_is_filmed_from_all_over_the_range() -> None:
    for number in range(8):
        yaws = camera_yaws_deg(number)
        width = 2 * WIDEST_DEG / CAMERAS
        middles = -WIDEST_DEG + width * (np.arange(CAMERAS) + 0.5)
        assert np.abs(yaws - middles).max() <= 0.5 * width + 0.05
