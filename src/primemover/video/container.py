"""Open a film that nobody vouches for, and look at it without decoding a picture.

A file called ``.mp4`` can be a playlist that opens another person's film, a picture of gigabytes,
or no film at all. Every open is limited to known containers and to the file itself, and size,
length and frame count are checked on the packets before the first picture is decoded.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from typing import Final

import av
import numpy as np
from av.container import InputContainer
from av.video.stream import VideoStream
from numpy.typing import NDArray

from primemover.errors import NotFoundError, VideoError
from primemover.model.arrays import Floats, Mask

__all__ = ["CODECS", "Packets", "file_sha256", "film_stream", "open_container", "read_packets"]

# The containers that phones and cameras write. `concat` and the image readers are not among them.
_OPTIONS: Final = {
    "format_whitelist": "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi",
    "protocol_whitelist": "file",
}
# What phones, cameras and this project's own tests write.
CODECS: Final = frozenset(
    {"av1", "h264", "hevc", "mjpeg", "mpeg2video", "mpeg4", "prores", "vp8", "vp9"}
)

# Limits of docs: two gigabytes and ten minutes hold any lift; 4096 is the long side of 4K film.
MAX_FILE_BYTES: Final = 2_000_000_000
MAX_DURATION_S: Final = 600.0
MAX_SIDE_PX: Final = 4096
# 10 minutes of 1080p at 60 frames/s, or of 4K at 15: beyond it decoding alone takes many minutes
MAX_PIXELS: Final = 8.0e10
MIN_FRAMES: Final = 10  # engineering default: fewer carry no movement
MIN_RATE_HZ: Final = 8.0  # engineering default: a lift-off of 0.3 s must be seen at least twice
MIN_DURATION_S: Final = 0.5  # engineering default


@dataclass(frozen=True, slots=True, kw_only=True)
class Packets:
    """What the container says of its pictures, before any was decoded.

    Attributes
    ----------
    time_s : (N,) presentation times, increasing, on the container's own clock
    is_key : (N,) bool, whether decoding can begin there
    codec : e.g. ``"h264"``
    width_px, height_px : as stored, before rotation
    promised_frames : how many pictures the container's header announces, less those it tells
        the player to discard; 0 if it does not say
    """

    time_s: Floats
    is_key: Mask
    codec: str
    width_px: int
    height_px: int
    promised_frames: int


@contextmanager
def open_container(path: Path) -> Iterator[InputContainer]:
    """Open a film file, restricted to known containers and to that one file.

    Raises
    ------
    NotFoundError
        If there is no such file.
    VideoError
        ``reason`` ``"not_a_file"``, ``"too_large"``, ``"empty_file"``, ``"unreadable"`` or
        ``"not_a_video"``.
    """
    _check_file(path)
    try:
        # an absolute path with the protocol spelled out: a name like `concat:a|b` stays a name
        container = av.open(f"file:{path.resolve()}", options=_OPTIONS)
    except (av.FFmpegError, OSError, ValueError) as error:
        raise VideoError(
            f"{path.name} is not a film that can be read (it is damaged, incomplete or another "
            "kind of file); record it again or convert it to MP4.",
            reason="not_a_video",
        ) from error
    with container:
        yield container


def film_stream(container: InputContainer, name: str) -> VideoStream:
    """Return the film's picture stream.

    Raises
    ------
    VideoError
        ``reason`` ``"no_picture"`` or ``"codec"``.
    """
    for stream in container.streams.video:
        if not stream.disposition & av.stream.Disposition.attached_pic:
            break
    else:
        raise VideoError(
            f"{name} holds no moving picture (only sound or a cover); choose the film itself.",
            reason="no_picture",
        )
    codec = stream.codec_context.codec.canonical_name if stream.codec_context else "unknown"
    if codec not in CODECS:
        raise VideoError(
            f"{name} is stored as {codec}, which is not read here; convert it to MP4 (H.264).",
            reason="codec",
        )
    if not stream.codec_context.is_open:
        stream.thread_type = "AUTO"
    return stream


def read_packets(path: Path) -> Packets:
    """Walk through a film's packets and check all limits, decoding nothing.

    Raises
    ------
    NotFoundError
        If there is no such file.
    VideoError
        As `open_container` and `film_stream`, and ``reason`` ``"too_big_picture"``,
        ``"no_frames"``, ``"too_few_frames"``, ``"too_short"``, ``"too_slow"``, ``"too_long"`` or
        ``"too_much"``.
    """
    with open_container(path) as container:
        stream = film_stream(container, path.name)
        context = stream.codec_context
        _check_picture(path.name, context.width, context.height)
        times, keys, cut = _walk(container, stream)
        packets = Packets(
            time_s=times,
            is_key=keys,
            codec=context.codec.canonical_name,
            width_px=context.width,
            height_px=context.height,
            promised_frames=max(0, stream.frames - cut),
        )
    check_clock(path.name, packets.time_s)
    if float(packets.width_px) * packets.height_px * len(times) > MAX_PIXELS:
        raise VideoError(
            f"{path.name} holds {len(times)} pictures of {packets.width_px} x "
            f"{packets.height_px}, more than can be analysed; cut it to the lift itself.",
            reason="too_much",
        )
    return packets


def check_clock(name: str, time_s: Floats) -> None:
    """Refuse a film whose pictures are too few, too slow or too many to be measured.

    Raises
    ------
    VideoError
        ``reason`` ``"no_frames"``, ``"too_few_frames"``, ``"too_short"``, ``"too_slow"`` or
        ``"too_long"``.
    """
    if time_s.size == 0:
        raise VideoError(f"{name} holds no picture; record it again.", reason="no_frames")
    steps = np.diff(time_s)
    duration_s = float(time_s[-1] - time_s[0])
    # slow before few: at 1 picture a second a long film is the wrong film, not a short one
    if steps.size and 1.0 / float(np.median(steps)) < MIN_RATE_HZ:
        raise VideoError(
            f"{name} has {1.0 / float(np.median(steps)):.1f} pictures per second; at least "
            f"{MIN_RATE_HZ:.0f} are needed (30 or 60 are best), so record it again.",
            reason="too_slow",
        )
    if time_s.size < MIN_FRAMES:
        raise VideoError(
            f"{name} holds {time_s.size} picture{'s' if time_s.size > 1 else ''}; a movement "
            f"needs at least {MIN_FRAMES}, so choose a film.",
            reason="too_few_frames",
        )
    if duration_s < MIN_DURATION_S:
        raise VideoError(
            f"{name} lasts {duration_s:.2f} s; film the whole movement.", reason="too_short"
        )
    if duration_s > MAX_DURATION_S:
        raise VideoError(
            f"{name} lasts {duration_s / 60:.0f} minutes; at most {MAX_DURATION_S / 60:.0f} are "
            "analysed, so cut it to the lift itself.",
            reason="too_long",
        )


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()


def _check_file(path: Path) -> None:
    if not path.exists():
        raise NotFoundError(f"There is no file {path.name}; check the name and the folder.")
    if not path.is_file():
        raise VideoError(
            f"{path.name} is a folder, not a film; name the file.", reason="not_a_file"
        )
    size = path.stat().st_size
    if size == 0:
        raise VideoError(f"{path.name} is empty; copy it again.", reason="empty_file")
    if size > MAX_FILE_BYTES:
        raise VideoError(
            f"{path.name} has {size / 1e9:.1f} GB; at most {MAX_FILE_BYTES / 1e9:.0f} GB are read, "
            "so cut it to the lift itself.",
            reason="too_large",
        )
    try:
        path.open("rb").close()
    except OSError as error:
        raise VideoError(
            f"{path.name} cannot be opened ({error.strerror}); check its permissions.",
            reason="unreadable",
        ) from error


def _check_picture(name: str, width: int, height: int) -> None:
    if width < 1 or height < 1:
        raise VideoError(f"{name} holds no picture; record it again.", reason="no_frames")
    if max(width, height) > MAX_SIDE_PX:
        raise VideoError(
            f"{name} is {width} x {height} pixels; at most {MAX_SIDE_PX} on the long side are "
            "read, so record it in 4K or less (1080p is enough).",
            reason="too_big_picture",
        )


def _walk(container: InputContainer, stream: VideoStream) -> tuple[Floats, Mask, int]:
    """Return times in order, which packets are key frames, and how many were cut out.

    Phones cut the beginning of a film by telling the player to discard it (an edit list).
    """
    clock = float(stream.time_base) if stream.time_base else 1.0
    shown: list[tuple[float, bool]] = []
    cut = 0
    with suppress(av.FFmpegError):  # the file ends in the middle: what came before may be enough
        for packet in container.demux(stream):
            if packet.pts is None or not packet.size:
                continue
            if packet.is_discard:
                cut += 1
            else:
                shown.append((packet.pts * clock, packet.is_keyframe))
    shown.sort()
    times: NDArray[np.float64] = np.array([time for time, _ in shown], dtype=np.float64)
    return times, np.array([key for _, key in shown], dtype=np.bool_), cut
