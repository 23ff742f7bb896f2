"""Everything in front of the camera, frame by frame, and the light it sends."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import cv2
import numpy as np

from validation.virtual.camera import Camera
from validation.virtual.compiled import compiled
from validation.virtual.meshes import Mesh
from validation.virtual.passers import Passer, passers, uprights
from validation.virtual.performance import Performance
from validation.virtual.props import props
from validation.virtual.raster import Lamp, Picture, Singles, canvas_on, draw, floor_shadow
from validation.virtual.room import background
from validation.virtual.shot import Shot, bearing_rad, shot_camera
from validation.virtual.skeleton import Track
from validation.virtual.wardrobe import PALETTES, Clothes, Outfit, dress, lift_m, worn

_COARSE = 4  # the shadow's pixels are so many times larger
_SHADOW_BLUR = 0.012  # of the picture's height


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A performance, dressed and surrounded, and the camera before it.

    Attributes
    ----------
    camera : of the picture as it is drawn (`Shot.finer` times the film's)
    room : (H, W, 3) array, the picture without people and things
    standing : things that never move
    """

    performance: Performance
    shot: Shot
    outfit: Outfit
    camera: Camera
    room: Picture
    standing: tuple[Mesh, ...]
    passers: tuple[Passer, ...]

    def meshes(self, frame: int) -> list[Mesh]:
        """Return all that is seen at a frame."""
        time_s = float(self.performance.time_s[frame])
        walking = (passer.mesh(time_s) for passer in self.passers)
        track = self.performance.track
        person = worn(
            self.performance.body,
            self.outfit,
            rotations=track.rotations[frame],
            joints_m=track.joints_m[frame],
        )
        return [
            *person,
            *props(self.performance, frame),
            *(mesh for mesh in walking if mesh is not None),
        ]

    def light(self, frames: range) -> Iterator[Picture]:
        """Yield the light (H, W, 3), 0 to 1, of each frame's exposure.

        The exposure's middle is the frame's time; in between frames things move straight.
        """
        last = len(self.performance.time_s) - 1
        kept: dict[int, list[Mesh]] = {}
        for frame in frames:
            if self.shot.sub_exposures == 1:
                yield self._exposed(self.meshes(frame))
                continue
            wanted = [max(0, frame - 1), frame, min(last, frame + 1)]
            kept = {at: kept[at] if at in kept else self.meshes(at) for at in wanted}
            yield self._blurred(*(kept[at] for at in wanted))

    def _blurred(self, before: list[Mesh], now: list[Mesh], after: list[Mesh]) -> Picture:
        """Return the mean of some exposures, half of them before the frame's time."""
        count = self.shot.sub_exposures
        shares = self.shot.shutter * ((np.arange(count) + 0.5) / count - 0.5)
        total = np.zeros_like(self.room)
        for share in shares:
            other = before if share < 0.0 else after
            total += self._exposed(_between(now, other, abs(float(share)))) / np.float32(count)
        return total

    def _exposed(self, meshes: list[Mesh]) -> Picture:
        lamp = self.shot.lamp
        everything = [*meshes, *self.standing]
        canvas = canvas_on(_shadowed(self.room, self.camera, everything, lamp=lamp))
        draw(canvas, everything, self.camera, lamp=lamp)
        return canvas.picture


def shod(performance: Performance, outfit: Outfit) -> Performance:
    """Return the performance as high over the floor as the soles are thick; seated, as it is."""
    if performance.seat_m is not None or lift_m(outfit) == 0.0:
        return performance
    track = performance.track
    higher = Track(
        rotations=track.rotations, joints_m=track.joints_m + np.array([0.0, lift_m(outfit), 0.0])
    )
    return replace(performance, track=higher)


def outfit_of(performance: Performance, shot: Shot, clothes: Clothes | None) -> Outfit:
    """Return what is worn: the given clothes, or the shot's close-fitting ones."""
    return dress(performance.body, PALETTES[shot.palette] if clothes is None else clothes)


def set_scene(performance: Performance, shot: Shot, *, outfit: Outfit) -> Scene:
    """Return the scene of a shot; the room is drawn once here."""
    camera = shot_camera(performance, shot).scaled(shot.finer)
    bearing = bearing_rad(shot, performance.view) + float(np.radians(shot.room_turn_deg))
    room = background(camera, kind=shot.room, seed=shot.seed, bearing_rad=bearing)
    return Scene(
        performance=performance,
        shot=shot,
        outfit=outfit,
        camera=camera,
        room=room * np.array(shot.lamp.rgb, dtype=np.float32),
        standing=tuple(uprights(shot)),
        passers=tuple(passers(shot, view=performance.view, time_s=performance.time_s)),
    )


def _between(first: list[Mesh], second: list[Mesh], share: float) -> list[Mesh]:
    """Return meshes a share of the way from first to second; those that come or go stay put."""
    if [len(mesh.vertices_m) for mesh in first] != [len(mesh.vertices_m) for mesh in second]:
        return first
    return [
        replace(
            a,
            vertices_m=(1.0 - share) * a.vertices_m + share * b.vertices_m,
            normals=(1.0 - share) * a.normals + share * b.normals,
        )
        for a, b in zip(first, second, strict=True)
    ]


def _shadowed(room: Picture, camera: Camera, meshes: list[Mesh], *, lamp: Lamp) -> Picture:
    """Return the room with the floor darkened under the meshes."""
    shade = floor_shadow(camera, meshes, lamp=lamp, coarse=_COARSE)
    soft = cv2.GaussianBlur(shade, (0, 0), _SHADOW_BLUR * camera.size_px[1] / _COARSE)
    full = cv2.resize(soft, camera.size_px, interpolation=cv2.INTER_LINEAR)
    out = np.empty_like(room)
    _darken(room, full, np.float32(lamp.shadow), out)
    return out


@compiled
def _darken(room: Picture, shade: Singles, strength: np.float32, out: Picture) -> None:
    for row in range(room.shape[0]):
        for column in range(room.shape[1]):
            left = np.float32(1.0) - strength * shade[row, column]
            for part in range(3):
                out[row, column, part] = room[row, column, part] * left
