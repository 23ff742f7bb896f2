"""A pinhole camera on a tripod, its lens mildly distorting."""

from dataclasses import dataclass, replace

import numpy as np

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
        from_camera = points_m - self.position_m
        depth = from_camera @ self.forward
        across = np.stack([from_camera @ self.right, from_camera @ self.down], axis=-1)
        straight = self.focal_px * across / depth[..., None]
        centre = 0.5 * np.array(self.size_px)
        if self.distortion == 0.0:
            return centre + straight, depth
        return centre + straight * self._stretch(straight), depth

    def _stretch(self, straight_px: Floats) -> Floats:
        """Return by how much the lens moves points (..., 2) outward, (..., 1)."""
        corner_px = 0.5 * float(np.hypot(*self.size_px))
        square = np.sum(straight_px**2, axis=-1, keepdims=True) / corner_px**2
        stretch: Floats = 1.0 + self.distortion * square
        return stretch

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
