"""A stick man who lifts: films, tracks and pictures for the report's tests, no network needed."""

from __future__ import annotations

import math

import cv2
import numpy as np

from primemover.model.arrays import Floats, Pixels, frozen
from primemover.model.cleaned import SIDE_JOINTS, CleanPose, Facing
from primemover.model.loadtrack import LoadKind, LoadTrack, Scale
from primemover.model.measure import Side
from primemover.model.outline import DorsalLine, Readability
from primemover.model.pose import LANDMARK_COUNT, Landmark, PoseTrack
from primemover.model.recording import Recording
from primemover.model.trial import Film

WIDTH, HEIGHT, FLOOR = 720, 960, 880.0
PX_PER_M = 400.0
RATE_HZ = 30.0
STATIONS = np.linspace(0.0, 1.0, 41)

Angles = dict[str, Floats]  # radians through the film: shank, thigh, pelvis, lumbar, thoracic


def smooth(time_s: Floats, knots_s: list[float], values_deg: list[float]) -> Floats:
    """Return an angle in radians that eases from knot to knot."""
    at = np.interp(time_s, knots_s, np.arange(len(knots_s), dtype=float))
    low = np.clip(np.floor(at).astype(int), 0, len(values_deg) - 2)
    share = at - low
    eased = share * share * (3.0 - 2.0 * share)
    values = np.asarray(values_deg)
    angle: Floats = np.radians(values[low] * (1.0 - eased) + values[low + 1] * eased)
    return angle


def joints_of(angles: Angles) -> dict[str, Floats]:
    """Return the side-view joints, pixels y DOWN, facing right; angles lean forward +."""
    count = angles["shank"].size
    ankle = np.tile([330.0, FLOOR - 30.0], (count, 1))
    knee = ankle + _step(angles["shank"], 0.43)
    hip = knee + _step(-angles["thigh"], 0.43)
    trunk = angles["pelvis"] + 0.5 * angles["lumbar"]
    shoulder = hip + _step(trunk, 0.50)
    ear = shoulder + _step(trunk * 0.7, 0.24)
    wrist = shoulder + _step(np.full(count, math.pi - 0.03), 0.56)
    elbow = 0.5 * (shoulder + wrist)
    return {
        "ear": ear,
        "shoulder": shoulder,
        "elbow": elbow,
        "wrist": wrist,
        "hip": hip,
        "knee": knee,
        "ankle": ankle,
        "heel": _moved(ankle, -22.0, 24.0),
        "toe": _moved(ankle, 75.0, 26.0),
    }


def _moved(points: Floats, right_px: float, down_px: float) -> Floats:
    moved: Floats = points + np.array([right_px, down_px])
    return moved


def _step(lean_rad: Floats, length_m: float) -> Floats:
    reach = length_m * PX_PER_M
    return np.column_stack([reach * np.sin(lean_rad), -reach * np.cos(lean_rad)])


def back_line(angles: Angles, joints: dict[str, Floats]) -> Floats:
    """Return the outline of the back, (T, K, 2), bulging with the lumbar and thoracic angles."""
    axis = joints["shoulder"] - joints["hip"]
    across = np.column_stack([axis[:, 1], -axis[:, 0]]) / np.linalg.norm(axis, axis=1)[:, None]
    bulge = 26.0 + 30.0 * np.sin(np.pi * STATIONS)[None] * angles["lumbar"][:, None]
    line = joints["hip"][:, None] + STATIONS[None, :, None] * axis[:, None]
    outline: Floats = line + across[:, None] * bulge[..., None]
    return outline


def pose_of(time_s: Floats, joints: dict[str, Floats], *, forward: int = 1) -> CleanPose:
    """Return the cleaned pose of a person whose two sides coincide in the picture."""
    marks = np.empty((time_s.size, LANDMARK_COUNT, 2))
    face = _moved(joints["ear"], 8.0, -4.0)
    for landmark in Landmark:
        name = landmark.name.split("_")[-1].lower()
        joint = {"index": "wrist", "pinky": "wrist", "thumb": "wrist"}.get(name, name)
        if "FOOT" in landmark.name:
            joint = "toe"
        if int(landmark) <= Landmark.MOUTH_RIGHT:
            marks[:, landmark] = _moved(face, 6.0 * math.cos(landmark), 6.0 * math.sin(landmark))
        else:
            marks[:, landmark] = joints[joint]
    count = time_s.size
    raw = PoseTrack(
        time_s=time_s,
        width_px=WIDTH,
        height_px=HEIGHT,
        xy_px=frozen(marks),
        depth_px=frozen(np.zeros((count, LANDMARK_COUNT))),
        visibility=frozen(np.ones((count, LANDMARK_COUNT))),
        presence=frozen(np.ones(count)),
        world_m=frozen(np.zeros((count, LANDMARK_COUNT, 3))),
        silhouettes=None,
        other_people=frozen(np.zeros(count)),
        engine="stick-man",
        weights_sha256="",
    )
    hidden = {name: np.zeros(count, dtype=bool) for name in SIDE_JOINTS}
    hidden["ankle"] = np.ones(count, dtype=bool)
    return CleanPose(
        raw=raw,
        facing=Facing.RIGHT if forward else Facing.CAMERA,
        near_side=Side.RIGHT if forward else Side.NONE,
        forward=forward,
        joints_px=joints,
        left_px=joints,
        right_px=joints,
        se_px={name: np.full(count, 2.0) for name in SIDE_JOINTS},
        hidden=hidden,
        feet_planted=np.ones(count, dtype=bool),
    )


def side_film(
    name: str, time_s: Floats, angles: Angles, key_frames: dict[str, int], *, with_bar: bool
) -> Film:
    """Return the film of a side view."""
    joints = joints_of(angles)
    count = time_s.size
    load = None
    if with_bar:
        load = LoadTrack(
            kind=LoadKind.PLATE,
            xy_px=_moved(joints["wrist"], 4.0, 6.0),
            se_px=np.full(count, 1.5),
            axes_px=np.tile([84.0, 90.0], (count, 1)),
            lost=np.zeros(count, dtype=bool),
            confidence=0.91,
            scale=Scale(m_per_px=1.0 / PX_PER_M, se_m_per_px=2e-5, source="plate"),
        )
    return Film(
        recording=_recording(name, time_s),
        pose=pose_of(time_s, joints),
        dorsal=DorsalLine(
            time_s=time_s,
            station=STATIONS,
            xy_px=back_line(angles, joints),
            offset=np.zeros((count, STATIONS.size)),
            reason=(Readability.READ,) * count,
        ),
        load=load,
        key_frames=key_frames,
    )


def front_film(name: str, time_s: Floats, left_rad: Floats, right_rad: Floats) -> Film:
    """Return the film of a seated person from the front, shanks swinging outwards."""
    count = time_s.size
    sides = {}
    for side, angle, sign in (("left", left_rad, 1.0), ("right", right_rad, -1.0)):
        hip = np.tile([360.0 + sign * 60.0, 520.0], (count, 1))
        knee = np.tile([360.0 + sign * 75.0, 560.0], (count, 1))
        swing = 0.43 * PX_PER_M * np.column_stack([sign * np.sin(angle), np.cos(angle)])
        ankle = knee + swing
        top = np.tile([360.0 + sign * 80.0, 300.0], (count, 1))
        sides[side] = {
            "ear": np.tile([360.0 + sign * 22.0, 215.0], (count, 1)),
            "shoulder": top,
            "elbow": _moved(top, sign * 25.0, 110.0),
            "wrist": _moved(top, sign * 5.0, 220.0),
            "hip": hip,
            "knee": knee,
            "ankle": ankle,
            "heel": _moved(ankle, 0.0, 18.0),
            "toe": _moved(ankle, sign * 6.0, 34.0),
        }
    middle = {key: 0.5 * (sides["left"][key] + sides["right"][key]) for key in SIDE_JOINTS}
    pose = pose_of(time_s, middle, forward=0)
    marks = np.array(pose.raw.xy_px)
    for landmark in list(Landmark)[11:]:
        side = "left" if "LEFT" in landmark.name else "right"
        word = landmark.name.split("_")[-1].lower()
        joint = {"index": "wrist", "pinky": "wrist", "thumb": "wrist"}.get(word, word)
        marks[:, landmark] = sides[side]["toe" if "FOOT" in landmark.name else joint]
    raw = PoseTrack(
        **{key: getattr(pose.raw, key) for key in PoseTrack.__slots__} | {"xy_px": frozen(marks)}
    )
    clean = CleanPose(
        **{key: getattr(pose, key) for key in CleanPose.__slots__}
        | {"raw": raw, "left_px": sides["left"], "right_px": sides["right"]}
    )
    frames = {"hold_right": int(0.25 * count), "hold_left": int(0.75 * count)}
    return Film(recording=_recording(name, time_s), pose=clean, key_frames=frames)


def _recording(name: str, time_s: Floats) -> Recording:
    return Recording(
        name=name,
        sha256="9f" * 32,
        width_px=WIDTH,
        height_px=HEIGHT,
        rotation_deg=0,
        codec="h264",
        time_s=time_s,
    )


def photograph(film: Film, index: int) -> Pixels:
    """Return a picture of the stick man: flesh, clothes and a face that must be blurred."""
    picture = np.full((HEIGHT, WIDTH, 3), (196, 202, 204), dtype=np.uint8)
    picture[: int(FLOOR - 40)] = np.linspace(224, 190, int(FLOOR - 40))[:, None, None]
    picture[int(FLOOR) :] = (120, 112, 104)
    sides = [film.pose.joints_px]
    if film.pose.forward == 0:
        sides = [film.pose.left_px, film.pose.right_px]
    for tracks in sides:
        for names, width, colour in (
            (("ankle", "toe"), 34, (40, 42, 48)),
            (("hip", "knee", "ankle"), 62, (46, 58, 84)),
            (("hip", "shoulder"), 96, (150, 62, 58)),
            (("shoulder", "ear"), 40, (214, 170, 140)),
            (("shoulder", "elbow", "wrist"), 34, (214, 170, 140)),
        ):
            line = np.array([tracks[name][index] for name in names]).round().astype(np.int32)
            cv2.polylines(picture, [line], isClosed=False, color=colour, thickness=width)
            for x, y in line:
                cv2.circle(picture, (int(x), int(y)), width // 2, colour, -1)
    _head(picture, film, index)
    if film.load is not None:
        x, y = film.load.xy_px[index].round().astype(int)
        cv2.ellipse(picture, (int(x), int(y)), (84, 90), 0.0, 0.0, 360.0, (34, 60, 52), -1)
    return picture


def _head(picture: Pixels, film: Film, index: int) -> None:
    x, y = film.pose.raw.xy_px[index][:11].mean(axis=0)
    cv2.circle(picture, (int(x), int(y)), 44, (214, 170, 140), -1)
    for turn in range(0, 360, 30):  # hair: sharp stripes that a blur must wipe out
        tip = (int(x + 42 * math.cos(turn)), int(y + 42 * math.sin(turn)))
        cv2.line(picture, (int(x), int(y)), tip, (30, 24, 20), 3)
