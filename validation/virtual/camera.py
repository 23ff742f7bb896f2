"""A pinhole camera on a tripod."""

from dataclasses import dataclass

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
    """

    position_m: Floats
    right: Floats
    down: Floats
    forward: Floats
    focal_px: float
    size_px: tuple[int, int]

    def project(self, points_m: Floats) -> tuple[Floats, Floats]:
        """Return pixels (..., 2) and depths (...) of points (..., 3)."""
        from_camera = points_m - self.position_m
        depth = from_camera @ self.forward
        across = np.stack([from_camera @ self.right, from_camera @ self.down], axis=-1)
        centre = 0.5 * np.array(self.size_px)
        return centre + self.focal_px * across / depth[..., None], depth

    def rays(self) -> Floats:
        """Return the direction (H, W, 3) through the centre of each pixel, depth one."""
        width, height = self.size_px
        x = (np.arange(width) + 0.5 - 0.5 * width) / self.focal_px
        y = (np.arange(height) + 0.5 - 0.5 * height) / self.focal_px
        rays: Floats = self.forward + x[None, :, None] * self.right + y[:, None, None] * self.down
        return rays

    def scaled(self, factor: int) -> "Camera":
        """Return the same camera with so many times more pixels each way."""
        return Camera(
            position_m=self.position_m,
            right=self.right,
            down=self.down,
            forward=self.forward,
            focal_px=self.focal_px * factor,
            size_px=(self.size_px[0] * factor, self.size_px[1] * factor),
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
