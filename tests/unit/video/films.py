"""Small films for tests, honest and hostile."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from primemover.model.arrays import Floats, Pixels

CLOCK = Fraction(1, 1000)  # time stamps of the films are whole milliseconds
KEY_EVERY = 12  # pictures from one key frame to the next


def numbered_pictures(count: int, *, width: int = 64, height: int = 48) -> list[Pixels]:
    """Pictures that grow brighter one by one, with a bright right third."""
    pictures = []
    for index in range(count):
        picture = np.full((height, width, 3), 20 + 4 * (index % 40), dtype=np.uint8)
        picture[:, 2 * width // 3 :] = 240
        pictures.append(picture)
    return pictures


def even_times(count: int, rate_hz: float = 30.0) -> Floats:
    """Time stamps at a steady rate."""
    return np.arange(count) / rate_hz


def write_film(
    path: Path,
    pictures: Sequence[Pixels],
    time_s: Floats,
    *,
    codec: str = "mpeg4",
    aspect: Fraction | None = None,
    options: dict[str, str] | None = None,
) -> Path:
    """Write pictures at given times; the container follows from the file's ending."""
    height, width = pictures[0].shape[:2]
    with av.open(str(path), "w", options=options or {}) as container:
        stream = container.add_stream(codec, rate=30)
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height = width, height
        stream.pix_fmt = "yuvj420p" if codec == "mjpeg" else "yuv420p"
        stream.time_base = stream.codec_context.time_base = CLOCK
        stream.gop_size = KEY_EVERY
        stream.bit_rate = 2_000_000
        if aspect is not None:
            stream.codec_context.sample_aspect_ratio = aspect
        for picture, at_s in zip(pictures, time_s, strict=True):
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            frame.pts, frame.time_base = round(at_s / CLOCK), CLOCK
            for packet in stream.encode(frame):
                container.mux(packet)
        for packet in stream.encode():
            container.mux(packet)
    return path


def write_sound(path: Path) -> Path:
    """Write a file that holds a second of silence and no picture."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("aac", rate=44_100)
        assert isinstance(stream, av.AudioStream)
        for start in range(0, 44_100, 1024):
            frame = av.AudioFrame.from_ndarray(
                np.zeros((1, 1024), dtype=np.float32), format="fltp", layout="mono"
            )
            frame.sample_rate, frame.pts = 44_100, start
            for packet in stream.encode(frame):
                container.mux(packet)
        for packet in stream.encode():
            container.mux(packet)
    return path


# Display matrices of the track header (ISO 14496-12, 8.3.2): 16.16 fixed point a, b, u, c, d, v,
# and 2.30 for w; a point (x, y) of the stored picture is shown at (a x + c y, b x + d y), y down.
_ONE, _W = 1 << 16, 1 << 30
CLOCKWISE = {
    90: (0, _ONE, 0, -_ONE, 0, 0, 0, 0, _W),
    180: (-_ONE, 0, 0, 0, -_ONE, 0, 0, 0, _W),
    270: (0, -_ONE, 0, _ONE, 0, 0, 0, 0, _W),
}


def turn_film(path: Path, clockwise_deg: int) -> Path:
    """Patch an MP4's track header so that players turn the picture, as phones do."""
    data = bytearray(path.read_bytes())
    start = data.index(b"tkhd") + 4
    assert data[start] == 0, "version 0 header expected"
    matrix = start + 4 + 5 * 4 + 2 * 4 + 4 * 2  # flags, times and ids, reserved, layer ... volume
    data[matrix : matrix + 36] = b"".join(
        value.to_bytes(4, "big", signed=True) for value in CLOCKWISE[clockwise_deg]
    )
    path.write_bytes(data)
    return path
