from __future__ import annotations

import math
import re
from dataclasses import replace

import cv2
import numpy as np

from primemover.model.arrays import Floats, Pixels, frozen
from primemover.model.pose import PoseTrack, Silhouettes
from primemover.model.trial import Film, Trial
from primemover.report import draw_key_frames, wanted_pictures
from tests.unit.report import sample
from tests.unit.report.film import photograph


def pictures_of(trial: Trial) -> dict[str, Pixels]:
    assert trial.film is not None
    return {name: photograph(trial.film, at) for name, at in trial.film.key_frames.items()}


def decoded(jpeg: bytes) -> Pixels:
    picture = cv2.imdecode(np.frombuffer(jpeg, dtype=np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB), dtype=np.uint8)


def with_track(trial: Trial, **changes: object) -> Trial:
    assert trial.film is not None
    raw = replace(trial.film.pose.raw, **changes)  # type: ignore[arg-type]
    return replace(trial, film=replace(trial.film, pose=replace(trial.film.pose, raw=raw)))


def sharpness_at_head(jpeg: bytes, keep: bytes) -> tuple[float, float]:
    """Return the largest local contrast where the two pictures differ most: the head."""
    one, other = decoded(jpeg).astype(float), decoded(keep).astype(float)
    difference = cv2.GaussianBlur(np.abs(one - other).mean(axis=2), (0, 0), 8.0)
    y, x = np.unravel_index(int(difference.argmax()), difference.shape)
    window = (slice(max(0, y - 12), y + 12), slice(max(0, x - 12), x + 12))
    return tuple(  # type: ignore[return-value]
        float(np.abs(np.diff(picture[window].mean(axis=2), axis=1)).max())
        for picture in (one, other)
    )


def local_contrast(picture: Floats) -> Floats:
    """Return the standard deviation in a window of 15 pixels."""
    mean = cv2.blur(picture, (15, 15))
    spread: Floats = np.sqrt(np.maximum(cv2.blur(picture**2, (15, 15)) - mean**2, 1.0))
    return spread


def test_frames_come_in_the_order_of_the_film_with_captions() -> None:
    trial = sample.deadlift_trial()
    frames = draw_key_frames(trial, pictures_of(trial))
    assert [frame.caption for frame in frames] == [
        "Set-up",
        "Lift-off",
        "Bar at the knee",
        "Lockout",
    ]
    assert all(frame.alt.startswith(frame.caption) for frame in frames)
    assert all(frame.height_px <= 640 for frame in frames)


def test_the_face_is_gone_unless_it_is_kept() -> None:
    trial = sample.deadlift_trial()
    hidden = draw_key_frames(trial, pictures_of(trial))[0]
    kept = draw_key_frames(trial, pictures_of(trial), keep_faces=True)[0]
    blurred, sharp = sharpness_at_head(hidden.jpeg, kept.jpeg)
    assert sharp > 40.0
    assert blurred < 0.25 * sharp


def test_a_frame_whose_head_cannot_be_placed_is_left_out() -> None:
    trial = sample.deadlift_trial()
    assert trial.film is not None
    marks = np.array(trial.film.pose.raw.xy_px)
    marks[trial.film.key_frames["lockout"]] = np.nan
    lost = with_track(trial, xy_px=frozen(marks))
    shown = draw_key_frames(lost, pictures_of(trial))
    assert "lockout" not in {frame.id for frame in shown}
    kept = draw_key_frames(lost, pictures_of(trial), keep_faces=True)
    assert "lockout" in {frame.id for frame in kept}


def test_bystanders_lose_focus_and_the_person_does_not() -> None:
    trial = sample.deadlift_trial()
    assert trial.film is not None
    index = trial.film.key_frames["set_up"]
    pictures = pictures_of(trial)
    height, width = pictures["set_up"].shape[:2]
    chequered = (np.indices((height, width)).sum(axis=0) // 6 % 2 * 255).astype(np.uint8)
    pictures["set_up"] = np.repeat(chequered[..., None], 3, axis=2)
    x, y = trial.film.pose.joints_px["hip"][index]
    side = 4.0 * 60.0 / 256.0
    logits = np.full((1, 256, 256), -100, dtype=np.int8)
    logits[:, 96:160, 96:160] = 100
    affine = np.array([[[side, 0.0, x - 128.0 * side], [0.0, side, y - 128.0 * side]]])
    silhouettes = Silhouettes(
        frame_index=np.array([index]), logits_q=logits, crop_to_frame=frozen(affine)
    )
    seen = draw_key_frames(with_track(trial, silhouettes=silhouettes), pictures)
    whole = draw_key_frames(trial, pictures)
    picture = decoded(next(f for f in seen if f.id == "set_up").jpeg).astype(float).mean(axis=2)
    sharp = decoded(next(f for f in whole if f.id == "set_up").jpeg).astype(float).mean(axis=2)
    contrast = local_contrast(picture) / local_contrast(sharp)
    assert contrast[:20, :20].max() < 0.35
    assert np.quantile(contrast, 0.98) > 0.95


def test_numbers_in_the_picture_are_those_of_the_curves() -> None:
    trial = sample.deadlift_trial()
    assert trial.film is not None
    frame = draw_key_frames(trial, pictures_of(trial))[1]
    index = trial.film.key_frames["lift_off"]
    knee = next(one for one in trial.series if one.id == "knee_flexion")
    assert f">knee {math.degrees(knee.value[index]):.0f}°</text>" in frame.overlay
    assert ("Knee bend", f"{math.degrees(knee.value[index]):.0f} ± 3°") in frame.readings


def test_the_drawing_holds_no_missing_number() -> None:
    trial = sample.deadlift_trial()
    assert trial.film is not None
    load = trial.film.load
    assert load is not None
    lost = replace(load, xy_px=np.full_like(load.xy_px, np.nan))
    for film in (trial.film, replace(trial.film, load=lost), replace(trial.film, dorsal=None)):
        for frame in draw_key_frames(replace(trial, film=film), pictures_of(trial)):
            assert not re.search(r"\bnan\b", frame.overlay, re.IGNORECASE)


def test_a_report_asks_for_every_key_frame_of_every_film() -> None:
    exam = sample.assessment()
    wanted = wanted_pictures(exam.trials)
    assert {one.key for one in wanted} == set(sample.pictures(exam))
    deadlift = exam.trials[2].film
    assert isinstance(deadlift, Film)
    assert (
        next(one for one in wanted if one.key == "2/lockout").frame_index
        == (deadlift.key_frames["lockout"])
    )
    assert isinstance(deadlift.pose.raw, PoseTrack)
