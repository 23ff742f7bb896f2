"""A drawn lift: a stick of landmarks, a plate that goes with the hands, clutter, noise."""

from __future__ import annotations

from dataclasses import dataclass, field

import cv2
import numpy as np

from primemover.load.collect import LoadFrames
from primemover.model.arrays import Floats, Mask, Pixels
from primemover.model.pose import Landmark, PoseTrack

WIDTH, HEIGHT = 480, 480
BODY_PX = 330.0  # standing height
RADIUS_PX = 48.0
LENS = 1.15  # the plate looks this much larger and moves this much further than the hands
REST = np.array([240.0, 352.0])  # of the plate's centre
FEET_Y = 400.0
_SUPER = 4  # supersampling of drawn discs


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A drawn film: what a tracker gets, and the truth."""

    frames: LoadFrames
    pose: PoseTrack
    plate_px: Floats
    lift_px: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """What to draw; `ratio` None draws no plate, `hidden` frames have a board in front of it."""

    ratio: float | None = 1.0
    carried: bool = True
    hidden: Mask = field(default_factory=lambda: np.zeros(80, dtype=np.bool_))
    noise: float = 4.0
    decoy: bool = True
    seed: int = 1


def disc(
    picture: Pixels, centre: Floats, axes: Floats, *, bright: float, edge: float | None = None
) -> None:
    """Draw an anti-aliased filled ellipse with sub-pixel centre and half axes into a picture."""
    x0, y0 = np.floor(centre - axes - 2).astype(int)
    x1, y1 = np.ceil(centre + axes + 3).astype(int)
    x0, y0 = max(x0, 0), max(y0, 0)
    x1, y1 = min(x1, picture.shape[1]), min(y1, picture.shape[0])
    fine = (np.arange(_SUPER) + 0.5) / _SUPER - 0.5
    x = (np.arange(x0, x1)[:, None] + fine).ravel()
    y = (np.arange(y0, y1)[:, None] + fine).ravel()
    radius = np.hypot((x[None, :] - centre[0]) / axes[0], (y[:, None] - centre[1]) / axes[1])
    inside = (radius <= 1.0).reshape(y1 - y0, _SUPER, x1 - x0, _SUPER).mean(axis=(1, 3))
    hub = (radius <= 0.3).reshape(y1 - y0, _SUPER, x1 - x0, _SUPER).mean(axis=(1, 3))
    part = picture[y0:y1, x0:x1].astype(np.float64)
    painted = part * (1 - inside)[..., None] + bright * inside[..., None]
    painted = painted * (1 - hub)[..., None] + (edge or bright + 60) * hub[..., None]
    picture[y0:y1, x0:x1] = np.clip(painted, 0, 255).astype(np.uint8)


def draw(script: Script | None = None) -> Drawn:
    """Return 80 frames at 30 Hz: rest, lift, hold, lower, rest."""
    script = script or Script()
    rng = np.random.default_rng(script.seed)
    knots = [0, 15, 35, 50, 70, 80]
    lift = np.interp(np.arange(80), knots, [0.0, 0.0, 95.0, 95.0, 0.0, 0.0])
    hands = np.stack([240.0 + 0.02 * lift, 300.0 - lift], axis=1)
    moved = np.stack([0.02 * lift, -lift], axis=1) * (LENS if script.carried else 0.0)
    plate = REST + moved
    back = _background(rng)
    frames = LoadFrames()
    landmarks = np.stack([_person(hand) for hand in hands])
    landmarks += rng.normal(0.0, 1.5, landmarks.shape)
    for index in range(80):
        picture = back.copy()
        if script.decoy:
            disc(picture, np.array([330.0, 330.0]), np.array([50.0, 50.0]), bright=40)
        if script.ratio is not None:
            axes = np.array([script.ratio, 1.0]) * RADIUS_PX
            disc(picture, plate[index], axes, bright=60)
        if script.hidden[index]:
            cv2.rectangle(picture, (150, 100), (330, 460), (150, 140, 130), -1)
        noisy = picture + rng.normal(0.0, script.noise, picture.shape)
        frames.add(index, np.clip(noisy, 0, 255).astype(np.uint8), landmarks[index])
    return Drawn(frames=frames, pose=track_of(landmarks), plate_px=plate, lift_px=lift)


def track_of(landmarks: Floats, *, rate_hz: float = 30.0) -> PoseTrack:
    """Return a pose track with these landmarks (T, 33, 2), all visible."""
    count = len(landmarks)
    return PoseTrack(
        time_s=np.arange(count) / rate_hz,
        width_px=WIDTH,
        height_px=HEIGHT,
        xy_px=landmarks,
        depth_px=np.zeros((count, 33)),
        visibility=np.ones((count, 33)),
        presence=np.ones(count),
        world_m=np.zeros((count, 33, 3)),
        silhouettes=None,
        other_people=np.full(count, np.nan),
        engine="drawn",
        weights_sha256="",
    )


def person(hand: Floats) -> Floats:
    """Return 33 landmarks of a person of `BODY_PX` whose hands are at a place."""
    return _person(hand)


def _person(hand: Floats) -> Floats:
    xy = np.zeros((33, 2))
    xy[:11] = (245.0, 90.0)
    trunk, thigh, shank = (part * BODY_PX for part in (0.288, 0.245, 0.246))
    ankle = np.array([250.0, FEET_Y])
    knee = ankle - [0.0, shank]
    hip = knee - [0.0, thigh]
    shoulder = hip - [0.0, trunk]
    places = {
        Landmark.LEFT_SHOULDER: shoulder,
        Landmark.LEFT_ELBOW: 0.5 * (shoulder + hand),
        Landmark.LEFT_WRIST: hand,
        Landmark.LEFT_PINKY: hand + _below(12.0),
        Landmark.LEFT_INDEX: hand + _below(12.0),
        Landmark.LEFT_THUMB: hand + _below(8.0),
        Landmark.LEFT_HIP: hip,
        Landmark.LEFT_KNEE: knee,
        Landmark.LEFT_ANKLE: ankle,
        Landmark.LEFT_HEEL: ankle + np.array([8.0, 5.0]),
        Landmark.LEFT_FOOT_INDEX: ankle - np.array([30.0, -5.0]),
    }
    for left, place in places.items():
        xy[left] = xy[left + 1] = place
    return xy


def _below(distance_px: float) -> Floats:
    return np.array([0.0, distance_px])


def _background(rng: np.random.Generator) -> Pixels:
    rough = cv2.GaussianBlur(rng.normal(0.0, 1.0, (HEIGHT, WIDTH)), (0, 0), 6)
    grey = np.clip(150 + 90 * rough / rough.std() / 4, 0, 255).astype(np.uint8)
    picture = np.repeat(grey[..., None], 3, axis=2)
    cv2.rectangle(picture, (60, 60), (110, 400), (90, 90, 90), -1)
    cv2.line(picture, (0, 405), (WIDTH, 405), (70, 70, 70), 3)
    return picture
