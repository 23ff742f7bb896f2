"""A pinhole camera on a tripod, its lens mildly distorting."""

from dataclasses import dataclass, replace

import numpy as np

from validation.virtual.compiled import compiled
from validation.virtual.rotations import Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Camera:
    """Position, direction and lens; pixel (0, 0) is the top left corner of the picture.

    Attributes
    ----------
    position_m, right, down, forward : (3,) arrays, world
    focal_px : focal length
    size_px : width and height
    distortion : how much farther out the lens puts the picture's corners, a share; it grows
        with the square of the distance from the middle (barrel negative)
    """

    position_m: Floats
    right: Floats
    down: Floats
    forward: Floats
    focal_px: float
    size_px: tuple[int, int]
    distortion: float = 0.0

    def project(self, points_m: Floats) -> tuple[Floats, Floats]:
        """Return pixels (..., 2) and depths (...) of points (..., 3)."""
        points = np.ascontiguousarray(points_m, dtype=np.float64).reshape(-1, 3)
        turn = np.stack([self.right, self.down, self.forward])
        lens = (0.5 * self.size_px[0], 0.5 * self.size_px[1], self.focal_px, self.distortion)
        out = np.empty((len(points), 3))
        _project(points, self.position_m, turn, lens, out)
        shape = np.shape(points_m)[:-1]
        return out[:, :2].reshape(*shape, 2), out[:, 2].reshape(shape)

    def scaled(self, factor: int) -> "Camera":
        """Return the same camera with so many times more pixels each way."""
        return replace(
            self,
            focal_px=self.focal_px * factor,
            size_px=(self.size_px[0] * factor, self.size_px[1] * factor),
        )

    def turned(self, *, pitch_rad: float, roll_rad: float) -> "Camera":
        """Return the camera tilted on its spot: first pitched (up +), then rolled.

        A positive roll turns the camera clockwise, seen from behind it: what is upright
        then leans to the left in the picture.
        """
        up, over = (np.cos(pitch_rad), np.sin(pitch_rad)), (np.cos(roll_rad), np.sin(roll_rad))
        down = up[0] * self.down + up[1] * self.forward
        return replace(
            self,
            forward=up[0] * self.forward - up[1] * self.down,
            right=over[0] * self.right + over[1] * down,
            down=over[0] * down - over[1] * self.right,
        )


def camera_at(
    target_m: Floats,
    *,
    bearing_rad: float,
    distance_m: float,
    height_m: float,
    span_m: float,
    size_px: tuple[int, int],
) -> Camera:
    """Return a level camera (no roll, no pitch) that looks at a vertical axis.

    Parameters
    ----------
    bearing_rad : 0 looks at the person's right side, pi/2 at the person's front
    span_m : height of the picture at `distance_m`
    """
    away = np.array([np.sin(bearing_rad), 0.0, np.cos(bearing_rad)])
    forward = -away
    down = np.array([0.0, -1.0, 0.0])
    position = target_m + distance_m * away
    position[1] = height_m
    return Camera(
        position_m=position,
        right=np.cross(down, forward),
        down=down,
        forward=forward,
        focal_px=size_px[1] * distance_m / span_m,
        size_px=size_px,
    )


@compiled
def _project(
    points_m: Floats, position_m: Floats, turn: Floats,
    lens: tuple[float, float, float, float], out: Floats,
) -> None:  # fmt: skip
    """Write pixels and depths; the lens moves a point outward by its distance squared."""
    half_x, half_y, focal_px, distortion = lens
    bend = distortion / (half_x * half_x + half_y * half_y)
    for i in range(len(points_m)):
        x = points_m[i, 0] - position_m[0]
        y = points_m[i, 1] - position_m[1]
        z = points_m[i, 2] - position_m[2]
        depth = turn[2, 0] * x + turn[2, 1] * y + turn[2, 2] * z
        across = focal_px * (turn[0, 0] * x + turn[0, 1] * y + turn[0, 2] * z) / depth
        down = focal_px * (turn[1, 0] * x + turn[1, 1] * y + turn[1, 2] * z) / depth
        stretch = 1.0 + bend * (across * across + down * down)
        out[i, 0] = half_x + across * stretch
        out[i, 1] = half_y + down * stretch
        out[i, 2] = depth
