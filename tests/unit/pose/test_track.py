from __future__ import annotations

import numpy as np
import pytest

from primemover.errors import QualityError
from primemover.model.arrays import Floats, Pixels
from primemover.model.pose import Landmark, Silhouettes
from primemover.model.region import Region, Sighting
from primemover.pose import track as tracking
from primemover.pose.fake import FakeEngine, FakeFilm, standing_person
from primemover.pose.track import quantised, track

FRAMES = 120
WIDTH, HEIGHT = 960, 540
UPPER_BODY = list(range(23))


def film(frames: int = FRAMES) -> FakeFilm:
    return FakeFilm(time_s=np.arange(frames) / 30.0, width_px=WIDTH, height_px=HEIGHT)


def stander(x_px: float, height_px: float = 400.0, frames: int = FRAMES) -> Floats:
    return standing_person(x_px=x_px, foot_y_px=520, height_px=height_px, frames=frames)


def lifter(x_px: float, height_px: float = 400.0) -> Floats:
    """Return a person whose upper body goes down and up twice."""
    path = stander(x_px, height_px)
    dip = 0.25 * height_px * 0.5 * (1 - np.cos(2 * np.pi * np.arange(FRAMES) / 60))
    path[:, UPPER_BODY, 1] += dip[:, np.newaxis]
    return path


def passer_by(start_x_px: float, end_x_px: float, height_px: float = 400.0) -> Floats:
    path = stander(0.0, height_px)
    path[:, :, 0] += np.linspace(start_x_px, end_x_px, FRAMES)[:, np.newaxis]
    return path


def test_one_person_is_followed_exactly() -> None:
    person = lifter(480)
    found = track(film(), FakeEngine([person]))
    np.testing.assert_allclose(found.xy_px, person)
    assert found.found.all()
    assert found.presence.min() > 0.5


def test_the_person_who_moves_is_followed_not_the_larger_spotter() -> None:
    spotter, mover = stander(640, 430), lifter(400)
    for people in ([spotter, mover], [mover, spotter]):
        found = track(film(), FakeEngine(people))
        np.testing.assert_allclose(found.xy_px, mover)


def test_of_two_who_stand_the_central_one_is_followed() -> None:
    centre, edge = stander(460), stander(860)
    found = track(film(), FakeEngine([edge, centre]))
    np.testing.assert_allclose(found.xy_px, centre)


def test_a_passer_by_in_front_does_not_take_over() -> None:
    person = lifter(480)
    found = track(film(), FakeEngine([passer_by(0, 960), person]))
    wrong = np.abs(found.xy_px - person).max(axis=(1, 2)) > 1.0
    # while one body covers the other nobody can tell; afterwards it must be right again
    assert wrong.mean() < 0.15
    assert not wrong[-30:].any()


def test_a_person_who_walks_in_late_is_found_when_there() -> None:
    person = lifter(480)
    person[:45] = np.nan
    found = track(film(), FakeEngine([person]))
    assert not found.found[:45].any()
    assert found.found[45:].all()
    assert np.all(found.visibility[:45] == 0)


def test_somebody_else_is_not_measured_before_the_person_comes() -> None:
    person = lifter(480)
    person[:45] = np.nan
    helper = stander(800, 300)
    helper[45:] = np.nan
    found = track(film(), FakeEngine([helper, person]))
    assert not found.found[:40].any()
    np.testing.assert_allclose(found.xy_px[45:], person[45:])


def test_a_gap_stays_a_gap_and_the_same_person_is_taken_up_again() -> None:
    person, other = lifter(400), stander(760)
    person[50:60] = np.nan
    found = track(film(), FakeEngine([other, person]))
    np.testing.assert_array_equal(np.flatnonzero(~found.found), np.arange(50, 60))
    np.testing.assert_allclose(found.xy_px[60:], person[60:])


def test_a_region_that_jumps_to_somebody_else_is_not_believed() -> None:
    class Jumping(FakeEngine):
        """Points to the neighbour after the 40th picture."""

        calls = 0

        def landmarks(self, picture: Pixels, region: Region) -> Sighting:
            self.calls += 1
            if self.calls == 60:
                return super().landmarks(
                    picture, Region(x_px=760, y_px=320, side_px=500, angle_rad=0)
                )
            return super().landmarks(picture, region)

    person = lifter(400)
    found = track(film(), Jumping([stander(760), person]))
    np.testing.assert_allclose(found.xy_px, person)


def test_other_people_are_counted_where_the_detector_looked() -> None:
    late = stander(800, 380)
    late[:60] = np.nan
    found = track(film(), FakeEngine([lifter(480), late]))
    looked = np.flatnonzero(np.isfinite(found.other_people))
    assert 5 <= looked.size <= 41
    np.testing.assert_array_equal(found.other_people[looked], (looked >= 60).astype(float))


def test_an_empty_film_is_refused() -> None:
    with pytest.raises(QualityError, match="Nobody can be seen") as refused:
        track(film(), FakeEngine([]))
    assert refused.value.reason == "no_person"


def test_a_person_in_a_few_pictures_only_is_refused() -> None:
    person = lifter(480)
    person[8:] = np.nan
    with pytest.raises(QualityError, match="only 8 of 120") as refused:
        track(film(), FakeEngine([person]))
    assert refused.value.reason == "no_person"


def test_progress_counts_up_to_all_pictures() -> None:
    seen: list[tuple[int, int]] = []
    track(
        film(), FakeEngine([lifter(480)]), progress=lambda done, total: seen.append((done, total))
    )
    assert seen == [(done, FRAMES) for done in range(1, FRAMES + 1)]


def test_a_stride_measures_every_kth_picture() -> None:
    person = lifter(480)
    found = track(film(), FakeEngine([person]), stride=4)
    np.testing.assert_allclose(found.time_s, np.arange(0, FRAMES, 4) / 30.0)
    np.testing.assert_allclose(found.xy_px, person[::4])


def test_every_picture_keeps_its_silhouette_in_a_short_film() -> None:
    silhouettes = track(film(), FakeEngine([lifter(480)])).silhouettes
    assert silhouettes is not None
    np.testing.assert_array_equal(silhouettes.frame_index, np.arange(FRAMES))


def test_a_long_film_keeps_evenly_spaced_silhouettes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tracking, "_MAX_SILHOUETTES", 50)
    silhouettes = track(film(), FakeEngine([lifter(480)])).silhouettes
    assert silhouettes is not None
    np.testing.assert_array_equal(silhouettes.frame_index, np.arange(0, FRAMES, 3))


def test_a_silhouette_in_bytes_is_true_to_a_thirtieth_of_a_logit() -> None:
    logits = np.linspace(-7.9, 7.9, 256 * 256, dtype=np.float32).reshape(256, 256)
    kept = Silhouettes(
        frame_index=np.zeros(1, dtype=np.int64),
        logits_q=quantised(logits)[np.newaxis],
        crop_to_frame=np.zeros((1, 2, 3)),
    )
    np.testing.assert_allclose(kept.logits(0), logits, atol=0.5 / Silhouettes.LOGIT_SCALE + 1e-6)


def test_the_edge_of_a_silhouette_survives_even_where_logits_are_extreme() -> None:
    logits = np.array([[-80.0, -0.04, 0.04, 80.0]], dtype=np.float32)
    np.testing.assert_array_equal(quantised(logits), [[-127, -1, 1, 127]])


def test_a_fake_person_has_a_head_above_the_feet() -> None:
    person = stander(480)[0]
    assert person[Landmark.NOSE, 1] < person[Landmark.LEFT_HIP, 1]
    assert person[Landmark.LEFT_HIP, 1] < person[Landmark.LEFT_ANKLE, 1]
