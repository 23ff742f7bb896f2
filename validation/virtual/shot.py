"""How a performance is filmed: where the camera stands, its lens, the light, the faults."""

from dataclasses import dataclass, field, replace

import numpy as np

from validation.virtual.bodies import SIDES
from validation.virtual.camera import Camera, camera_at
from validation.virtual.performance import Performance
from validation.virtual.raster import Lamp
from validation.virtual.rotations import Floats

EXTRAS = ("passer_behind", "passer_crossing", "post", "rack")

# As the first clips were filmed.
_SIDE_AIM_M, _FRONT_AIM_M = 0.10, -0.10
_SIDE_FILL, _FRONT_SPAN_M = 1.0 / 1.34, 2.3
_SIDE_HEIGHT_SHARE, _FRONT_HEIGHT_M = 0.51, 0.80
_LOWEST_CAMERA_M = 0.05

# The skin lies outside the joints, the top of the head above its joint (share of stature).
_FLESH_M = 0.13
_CROWN_SHARE = 0.092  # mean of the bodies; 0.078 to 0.103
_EDGE_SHARE = 0.02
_EVERY = 5
_FULL_FRAME_DIAGONAL_MM = 43.27


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """How a performance is filmed.

    Attributes
    ----------
    seed : of the room, the people passing by and the noise
    yaw_deg : how far the camera stands off the exact side (front) view, towards the person's
        front (right) +
    from_left : whether a side view shows the left side
    pitch_deg : how far the camera looks up
    roll_deg : how far it is turned clockwise, seen from behind it
    distance_m : from the person, along the floor
    height_m : of the lens; None = such that the person is in the middle of the picture
    fill : share of the picture's height between soles and crown; less if a part of the body
        would leave the picture. None = as in the first clips
    aside_m : how far to the camera's right of the person it points
    distortion : see `Camera`
    size_px : width and height, even numbers
    finer : drawn so many times larger each way, then shrunk
    room : one of `room.ROOM_KINDS`
    room_turn_deg : how far the back wall is turned against the picture
    lamp : the light
    exposure_ev : brighter (+) or darker by so many stops; what is too bright is lost
    defocus_px : standard deviation of the blur, for a picture 960 px high
    sub_exposures : pictures averaged over the exposure; 1 = no motion blur
    shutter : the exposure's share of the time to the next frame
    noise : standard deviation of the sensor noise, grey levels of 255
    palette : number of the clothes, where none are given
    crf, preset : quality (lower is better and larger) and pace of the H.264 file
    extras : things and people in the way, of `EXTRAS`
    frames_per_s, uneven : what the camera asks of a performance: how often, and whether frames
        are late or dropped
    """

    seed: int = 1
    yaw_deg: float = 0.0
    from_left: bool = False
    pitch_deg: float = 0.0
    roll_deg: float = 0.0
    distance_m: float = 4.2
    height_m: float | None = None
    fill: float | None = None
    aside_m: float = 0.0
    distortion: float = 0.0
    size_px: tuple[int, int] = (540, 960)
    finer: int = 1
    room: str = "studio"
    room_turn_deg: float = 0.0
    lamp: Lamp = field(default_factory=Lamp)
    exposure_ev: float = 0.0
    defocus_px: float = 0.5
    sub_exposures: int = 1
    shutter: float = 0.5
    noise: float = 1.5
    palette: int = 0
    crf: int = 23
    preset: str = "veryfast"
    extras: frozenset[str] = frozenset()
    frames_per_s: float = 30.0
    uneven: bool = False


def bearing_rad(shot: Shot, view: str) -> float:
    """Return where the camera stands: 0 at the person's right, pi/2 in front, pi at the left."""
    yaw = float(np.radians(shot.yaw_deg))
    if view == "front":
        return 0.5 * np.pi - yaw
    return np.pi - yaw if shot.from_left else yaw


def shot_camera(performance: Performance, shot: Shot) -> Camera:
    """Return the camera of a shot, placed and zoomed for the person who performs."""
    side = performance.view == "side"
    stature_m = performance.body.height_m
    extent_m = _extent_m(performance)
    bearing = bearing_rad(shot, performance.view)
    camera_right = np.array([np.cos(bearing), 0.0, -np.sin(bearing)])
    aim = np.array([_SIDE_AIM_M if side else _FRONT_AIM_M, 0.0, 0.0]) + shot.aside_m * camera_right
    usual_m = _SIDE_HEIGHT_SHARE * stature_m if side else _FRONT_HEIGHT_M
    level_m = usual_m - shot.distance_m * float(np.tan(np.radians(shot.pitch_deg)))
    usual_span_m = stature_m / _SIDE_FILL if side else _FRONT_SPAN_M
    camera = camera_at(
        aim,
        bearing_rad=bearing,
        distance_m=shot.distance_m,
        height_m=max(_LOWEST_CAMERA_M, level_m) if shot.height_m is None else shot.height_m,
        span_m=usual_span_m if shot.fill is None else extent_m / shot.fill,
        size_px=shot.size_px,
    ).turned(pitch_rad=float(np.radians(shot.pitch_deg)), roll_rad=float(np.radians(shot.roll_deg)))
    camera = replace(camera, distortion=shot.distortion)
    return camera if shot.fill is None else _zoomed_out(camera, _outline_m(performance))


def equivalent_mm(camera: Camera) -> float:
    """Return the focal length of a 36 x 24 mm camera with the same diagonal field of view."""
    return camera.focal_px * _FULL_FRAME_DIAGONAL_MM / float(np.hypot(*camera.size_px))


def sight_yaw_deg(performance: Performance, camera: Camera) -> float:
    """Return from where the camera sees the person, by the line of sight to the feet.

    It differs from the yaw of the camera itself when the person is not in the picture's
    middle. Sign and zero are those of `Shot.yaw_deg`.
    """
    away = camera.position_m - _feet_m(performance)
    if performance.view == "front":
        return float(np.degrees(np.arctan2(away[2], away[0])))
    return float(np.degrees(np.arctan2(away[0], abs(away[2]))))


def _feet_m(performance: Performance) -> Floats:
    ankles = [performance.body.joint(f"ankle_{side}") for side in SIDES]
    middle: Floats = performance.track.joints_m[0, ankles].mean(axis=0)
    return middle


def _crowns_m(performance: Performance) -> Floats:
    """Return the top of the head, (T, 3)."""
    body, track = performance.body, performance.track
    head = body.joint("head")
    up = track.rotations[:, head] @ np.array([0.0, 1.0, 0.0])
    crowns: Floats = track.joints_m[:, head] + _CROWN_SHARE * body.height_m * up
    return crowns


def _extent_m(performance: Performance) -> float:
    """Return how high the crown gets."""
    return float(_crowns_m(performance)[:, 1].max())


def _outline_m(performance: Performance) -> Floats:
    """Return points all over the body through the film, (N, 3)."""
    joints_m = performance.track.joints_m[::_EVERY].reshape(-1, 3)
    return np.concatenate([joints_m, _crowns_m(performance)[::_EVERY]])


def _zoomed_out(camera: Camera, points_m: Floats) -> Camera:
    """Return the camera with a lens wide enough for all points and the flesh round them."""
    half = 0.5 * np.array(camera.size_px)
    points_px, depth_m = camera.project(points_m)
    # Soles are flesh enough: the floor is where a picture may end.
    flesh_px = camera.focal_px * np.array([_FLESH_M, 0.4 * _FLESH_M]) / depth_m[:, None]
    used = float(((np.abs(points_px - half) + flesh_px) / half).max())
    allowed = 1.0 - _EDGE_SHARE
    return replace(camera, focal_px=camera.focal_px * min(1.0, allowed / used))
