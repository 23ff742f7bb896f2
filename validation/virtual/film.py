"""From a performance to pictures, to a video file and its truth."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.packet import Packet
from av.video import VideoStream
from av.video.codeccontext import VideoCodecContext

from validation.virtual.develop import Rgb8, develop
from validation.virtual.performance import Performance
from validation.virtual.rotations import Floats
from validation.virtual.scene import outfit_of, set_scene, shod
from validation.virtual.shot import Shot, equivalent_mm, shot_camera, sight_yaw_deg
from validation.virtual.truth import truth_record
from validation.virtual.wardrobe import Clothes

__all__ = ["Rgb8", "Shot", "film", "filmed_frames", "picture_frames", "truth_path"]

_CLOCK = Fraction(1, 90_000)  # the usual one of films; any frame rate fits


def picture_frames(
    performance: Performance,
    shot: Shot,
    *,
    clothes: Clothes | None = None,
    frames: range | None = None,
) -> Iterator[Rgb8]:
    """Yield pictures (H, W, 3), sRGB bytes, as they leave the sensor."""
    outfit = outfit_of(performance, shot, clothes)
    scene = set_scene(shod(performance, outfit), shot, outfit=outfit)
    random = np.random.default_rng(shot.seed)
    wanted = frames if frames is not None else range(len(performance.time_s))
    for light in scene.light(wanted):
        yield develop(light, shot=shot, random=random)


def filmed_frames(
    performance: Performance,
    shot: Shot,
    *,
    clothes: Clothes | None = None,
    frames: range | None = None,
) -> Iterator[Rgb8]:
    """Yield the same pictures as a decoder gives them back from the film, compression and all."""
    wanted = frames if frames is not None else range(len(performance.time_s))
    pictures = picture_frames(performance, shot, clothes=clothes, frames=wanted)
    encoder = av.CodecContext.create("libx264", "w")
    decoder = av.CodecContext.create("h264", "r")
    if not isinstance(encoder, VideoCodecContext) or not isinstance(decoder, VideoCodecContext):
        raise TypeError("H.264 is a video codec")
    encoder.width, encoder.height = shot.size_px
    encoder.pix_fmt, encoder.time_base = "yuv420p", _CLOCK
    encoder.options = _options(shot)
    for frame in _timed(pictures, performance.time_s[wanted]):
        yield from _decoded(decoder, encoder.encode(frame))
    yield from _decoded(decoder, encoder.encode(None))
    yield from _decoded(decoder, [None])


def _decoded(
    decoder: VideoCodecContext, packets: Sequence["Packet[VideoStream] | None"]
) -> Iterator[Rgb8]:
    for packet in packets:
        for frame in decoder.decode(packet):
            yield np.asarray(frame.to_ndarray(format="rgb24"), dtype=np.uint8)


def film(
    performance: Performance,
    shot: Shot,
    path: Path,
    *,
    clothes: Clothes | None = None,
    frames: int | None = None,
) -> dict[str, Any]:
    """Write the video and, beside it, `NAME.truth.json`; return the truth.

    The video is H.264 with the performance's own times, however uneven, and without its
    tags, so that the same call gives the same bytes.
    """
    length = len(performance.time_s) if frames is None else min(frames, len(performance.time_s))
    record = film_truth(performance, shot, clothes=clothes)
    record["clip"] = path.name
    pictures = picture_frames(performance, shot, clothes=clothes, frames=range(length))
    _write(path, pictures, performance.time_s[:length], shot)
    text = json.dumps(record, separators=(",", ":"))
    truth_path(path).write_text(text + "\n", encoding="utf-8")
    return record


def film_truth(
    performance: Performance, shot: Shot, *, clothes: Clothes | None = None
) -> dict[str, Any]:
    """Return what is true in a film: the person's angles, the camera, what else is in the way."""
    performance = shod(performance, outfit_of(performance, shot, clothes))
    camera = shot_camera(performance, shot)
    record = truth_record(performance, camera, seed=shot.seed, yaw_deg=shot.yaw_deg)
    record["camera"] |= {
        "sight_yaw_deg": round(sight_yaw_deg(performance, camera), 3),
        "from_left": shot.from_left,
        "equivalent_mm": round(equivalent_mm(camera), 1),
        "distortion": round(camera.distortion, 4),
        "room": shot.room,
        "extras": sorted(shot.extras),
    }
    record["clothes"] = "palette" if clothes is None else asdict(clothes)
    return record


def _options(shot: Shot) -> dict[str, str]:
    # The encoder's macroblock tree reads memory it never wrote: without it, the same pictures
    # give the same bytes.
    same = {"threads": "1", "x264-params": "mbtree=0"}
    return {"crf": str(shot.crf), "preset": shot.preset, **same}


def _timed(pictures: Iterator[Rgb8], time_s: Floats) -> Iterator[av.VideoFrame]:
    """Yield frames for an encoder, the first at zero."""
    for picture, at_s in zip(pictures, time_s - time_s[0], strict=True):
        frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
        frame.pts, frame.time_base = round(float(at_s) / _CLOCK), _CLOCK
        yield frame


def _write(path: Path, pictures: Iterator[Rgb8], time_s: Floats, shot: Shot) -> None:
    options = {"fflags": "+bitexact", "movflags": "+faststart"}
    usual_s = float(np.median(np.diff(time_s))) if len(time_s) > 1 else 1.0
    with av.open(str(path), "w", options=options) as out:
        rate = Fraction(1.0 / usual_s).limit_denominator(1001)
        stream = out.add_stream("libx264", rate=rate, options=_options(shot))
        stream.width, stream.height = shot.size_px
        stream.pix_fmt = "yuv420p"
        stream.codec_context.time_base = _CLOCK
        for frame in _timed(pictures, time_s):
            out.mux(stream.encode(frame))
        out.mux(stream.encode())


def truth_path(path: Path) -> Path:
    """Return where the truth of a clip is kept."""
    return path.with_name(f"{path.stem}.truth.json")
