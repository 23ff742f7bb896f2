"""Makers of hostile, broken and useless input; nothing of it is kept in the repository."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.video.stream import VideoStream
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
_TICKS = 1000  # of the films' clock, per second


def film(  # noqa: PLR0913 - what a film can be
    path: Path,
    *,
    frames: int = 30,
    rate_hz: float = 30.0,
    size: tuple[int, int] = (96, 64),
    codec: str = "mpeg4",
    options: dict[str, str] | None = None,
    draw: Callable[[int], Picture] | None = None,
) -> Path:
    """Write a film of `frames` pictures of `size` (width, height); grey unless drawn."""
    width, height = size
    grey = np.full((height, width, 3), 128, dtype=np.uint8)
    with av.open(str(path), "w", options=options or {}) as container:
        stream = container.add_stream(codec, rate=Fraction(rate_hz).limit_denominator(_TICKS))
        assert isinstance(stream, VideoStream)
        stream.width, stream.height = width, height
        stream.pix_fmt = {"mjpeg": "yuvj420p", "gif": "rgb8", "png": "rgb24"}.get(codec, "yuv420p")
        container.start_encoding()  # writes the header also of a film without pictures
        for index in range(frames):
            picture = grey if draw is None else draw(index)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode(None))
    return path


def long_pause(path: Path) -> Path:
    """Write a film of 20 quick pictures and a last one after twelve minutes."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg4", rate=10)
        stream.width, stream.height, stream.pix_fmt = 96, 64, "yuv420p"
        stream.codec_context.time_base = Fraction(1, 10)
        for index in [*range(20), 7200]:
            frame = av.VideoFrame.from_ndarray(
                np.full((64, 96, 3), 128, dtype=np.uint8), format="rgb24"
            )
            frame.pts, frame.time_base = index, Fraction(1, 10)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def sound_only(path: Path) -> Path:
    """Write half a second of silence in an MP4."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("aac", rate=16000, layout="mono")
        frame = av.AudioFrame.from_ndarray(
            np.zeros((1, 8000), dtype=np.float32), format="fltp", layout="mono"
        )
        frame.sample_rate = 16000
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def cut(source: Path, share: float) -> Path:
    """Cut a file off after a share of its bytes."""
    content = source.read_bytes()
    source.write_bytes(content[: int(len(content) * share)])
    return source


def text(path: Path, content: str) -> Path:
    """Write a text file."""
    path.write_text(content, encoding="utf-8")
    return path


def data(path: Path, content: bytes) -> Path:
    """Write bytes."""
    path.write_bytes(content)
    return path


def loop(path: Path) -> Path:
    """Make a link that leads to itself."""
    path.symlink_to(path)
    return path


def pipe(path: Path) -> Path:
    """Make a pipe that nobody writes into: reading it would never end."""
    os.mkfifo(path)
    return path


def noise(size: tuple[int, int] = (480, 360)) -> Callable[[int], Picture]:
    """Return a drawer of grey noise, the same for every run."""
    rng = np.random.default_rng(7)
    pictures = [rng.integers(0, 255, (size[1], size[0], 3), dtype=np.uint8) for _ in range(3)]
    return lambda index: pictures[index % 3]


def pictures_of(path: Path, *, limit: int) -> Iterator[Picture]:
    """Yield the first pictures of a film."""
    with av.open(str(path)) as container:
        for index, frame in enumerate(container.decode(video=0)):
            if index >= limit:
                return
            yield np.asarray(frame.to_ndarray(format="rgb24"), dtype=np.uint8)
