"""From a performance to a video file and its truth."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeAlias

import av
import cv2
import numpy as np
from numpy.typing import NDArray

from validation.virtual.camera import Camera
from validation.virtual.meshes import Mesh, vertex_normals
from validation.virtual.performance import Performance
from validation.virtual.raster import canvas_on, draw
from validation.virtual.scene import LIGHT, Picture, background, cast_shadow, film_camera, props
from validation.virtual.skeleton import skin
from validation.virtual.truth import truth_record
from validation.virtual.wardrobe import PALETTES, Outfit, dress

Rgb8: TypeAlias = NDArray[np.uint8]

FINER = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """How a performance is filmed.

    Attributes
    ----------
    seed : of the texture and the noise
    yaw_deg : how far the camera stands off the exact side (front) view
    size_px : width and height, even numbers
    noise : standard deviation of the sensor noise, grey levels of 255
    palette : number of the clothes
    crf : quality of the H.264 file, lower is better and larger
    """

    seed: int = 1
    yaw_deg: float = 0.0
    size_px: tuple[int, int] = (540, 960)
    noise: float = 1.5
    palette: int = 0
    crf: int = 23


def picture_frames(
    performance: Performance, shot: Shot, *, frames: range | None = None
) -> Iterator[Rgb8]:
    """Yield pictures (H, W, 3), sRGB bytes."""
    camera = film_camera(performance, yaw_deg=shot.yaw_deg, size_px=shot.size_px).scaled(FINER)
    room = background(camera, seed=shot.seed)
    outfit = dress(performance.body, PALETTES[shot.palette])
    random = np.random.default_rng(shot.seed)
    for frame in frames if frames is not None else range(len(performance.time_s)):
        meshes = [_person(performance, outfit, frame), *props(performance, frame)]
        yield _develop(_expose(room, camera, meshes), shot=shot, random=random)


def _person(performance: Performance, outfit: Outfit, frame: int) -> Mesh:
    body, track = performance.body, performance.track
    vertices_m = skin(
        body,
        outfit.vertices_m,
        rotations=track.rotations[frame],
        joints_m=track.joints_m[frame],
    )
    return Mesh(
        vertices_m=vertices_m,
        faces=body.faces,
        normals=vertex_normals(vertices_m, body.faces),
        scores=outfit.scores,
        colours=outfit.colours,
    )


def _expose(room: Picture, camera: Camera, meshes: list[Mesh]) -> Picture:
    shaded = cast_shadow(room, camera, meshes, softness_px=0.012 * camera.size_px[1])
    canvas = canvas_on(shaded)
    for mesh in meshes:
        draw(canvas, mesh, camera, light=LIGHT)
    return canvas.picture


def _develop(picture: Picture, *, shot: Shot, random: np.random.Generator) -> Rgb8:
    """Shrink to the size of the film, add noise."""
    small = cv2.resize(picture, shot.size_px, interpolation=cv2.INTER_AREA) * 255.0
    noisy = small + shot.noise * random.standard_normal(small.shape, dtype=np.float32)
    bytes_rgb: Rgb8 = np.clip(noisy + 0.5, 0.0, 255.0).astype(np.uint8)
    return bytes_rgb


def film(
    performance: Performance, shot: Shot, path: Path, *, frames: int | None = None
) -> dict[str, Any]:
    """Write the video and, beside it, `NAME.truth.json`; return the truth.

    The video is H.264, and without its tags, so that the same call gives the same bytes.
    """
    length = len(performance.time_s) if frames is None else min(frames, len(performance.time_s))
    camera = film_camera(performance, yaw_deg=shot.yaw_deg, size_px=shot.size_px)
    record = truth_record(performance, camera, seed=shot.seed, yaw_deg=shot.yaw_deg)
    record["clip"] = path.name
    rate = Fraction(1.0 / (performance.time_s[1] - performance.time_s[0])).limit_denominator(1001)
    options = {"crf": str(shot.crf), "preset": "slow", "threads": "1"}
    with av.open(str(path), "w", options={"fflags": "+bitexact", "movflags": "+faststart"}) as out:
        stream = out.add_stream("libx264", rate=rate, options=options)
        stream.width, stream.height = shot.size_px
        stream.pix_fmt = "yuv420p"
        for picture in picture_frames(performance, shot, frames=range(length)):
            out.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        out.mux(stream.encode())
    text = json.dumps(record, separators=(",", ":"))
    truth_path(path).write_text(text + "\n", encoding="utf-8")
    return record


def truth_path(path: Path) -> Path:
    """Return where the truth of a clip is kept."""
    return path.with_name(f"{path.stem}.truth.json")
