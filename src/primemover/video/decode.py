"""Films as upright pictures with true time stamps.

Phones record uneven frame intervals, turned pictures and, rarely, oblong pixels. What leaves here
is upright, square-pixelled RGB with the time at which each picture was to be shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import av
import numpy as np
from av.container import InputContainer
from av.video.frame import VideoFrame

from primemover.errors import VideoError
from primemover.model.arrays import Floats, Pixels, frozen
from primemover.model.recording import Recording
from primemover.video.container import (
    Packets,
    check_clock,
    file_sha256,
    film_stream,
    open_container,
    read_packets,
)
from primemover.video.prefetch import ahead

__all__ = ["Film", "open_film"]

_AHEAD: Final = 4  # pictures decoded before they are asked for; 4 x 6 MB at 1080p
_QUARTER: Final = 90
_TICK_S: Final = 1e-4  # times closer than this are the same picture
_MISSING_SHARE: Final = 0.02  # fewer pictures than announced by more than this is worth a note


@dataclass(frozen=True, slots=True, kw_only=True)
class Film:
    """A film file that passed all checks and can be decoded, as often as wanted.

    Attributes
    ----------
    width_px, height_px : of the upright pictures with square pixels
    rotation_deg : clockwise turn that is applied to the stored pictures
    start_s : presentation time of the first picture on the container's clock
    packets : what the container says
    """

    path: Path
    sha256: str
    width_px: int
    height_px: int
    rotation_deg: int
    start_s: float
    packets: Packets

    @property
    def expected_frames(self) -> int:
        """How many pictures `frames` will give, at most."""
        return int(self.time_s.size)

    @property
    def time_s(self) -> Floats:
        """(N,) expected presentation times, first one 0."""
        times: Floats = self.packets.time_s - self.start_s
        return times[times > -_TICK_S]

    def frames(self, *, stride: int = 1) -> Iterator[tuple[float, Pixels]]:
        """Yield (time in seconds, upright RGB picture), decoded ahead in a thread of its own.

        Parameters
        ----------
        stride
            1 gives every picture, k every k-th.

        Notes
        -----
        Times start at 0 and increase strictly: a picture that repeats a time is dropped. A film
        whose end is damaged ends early; `recording` says so.
        """
        with closing(ahead(self._pictures(stride), depth=_AHEAD)) as pictures:
            yield from pictures

    def samples(self, wanted_s: Sequence[float]) -> Iterator[tuple[float, Pixels]]:
        """Yield one picture for each of some times, skipping what need not be decoded.

        Parameters
        ----------
        wanted_s
            Times that do not decrease; each gives the first picture shown at or after it. Times
            after the last picture give nothing.
        """
        keys_s = self.packets.time_s[self.packets.is_key] - self.start_s
        with open_container(self.path) as container:
            frames = _frames(container, self.path.name)
            frame, at_s = next(frames, None), 0.0
            for target_s in wanted_s:
                key_s = float(max(keys_s[keys_s <= target_s + _TICK_S], default=0.0))
                if key_s > at_s + _TICK_S:
                    frames = _seek(container, self.path.name, key_s + self.start_s)
                    frame = next(frames, None)
                while frame is not None:
                    at_s = float(frame.time or 0.0) - self.start_s
                    if at_s >= target_s - _TICK_S:
                        yield at_s, _upright(frame, self)
                        break
                    frame = next(frames, None)

    def recording(self, time_s: Floats) -> Recording:
        """Return the film's record, once its pictures were decoded at `time_s`.

        Raises
        ------
        VideoError
            If what could be decoded is too little to measure (see `check_clock`).
        """
        check_clock(self.path.name, time_s)
        return Recording(
            name=self.path.name,
            sha256=self.sha256,
            width_px=self.width_px,
            height_px=self.height_px,
            rotation_deg=self.rotation_deg,
            codec=self.packets.codec,
            time_s=frozen(time_s),
            notes=self._notes(time_s),
        )

    def _notes(self, time_s: Floats) -> tuple[str, ...]:
        promised = max(self.packets.promised_frames, self.expected_frames)
        stride = max(1, round(self.expected_frames / max(1, time_s.size)))
        missing = promised - time_s.size * stride
        if missing <= max(stride, _MISSING_SHARE * promised):
            return ()
        end_s = float(time_s[-1])
        note = f"The file is incomplete: {time_s.size} of {promised} pictures, up to {end_s:.1f} s."
        return (note,)

    def _pictures(self, stride: int) -> Iterator[tuple[float, Pixels]]:
        """Yield every `stride`-th picture with its time, first 0, strictly increasing."""
        with open_container(self.path) as container:
            last_s, count = -1.0, 0
            for frame in _frames(container, self.path.name):
                if frame.time is None or frame.time - self.start_s <= last_s:
                    continue
                last_s = float(frame.time) - self.start_s
                if count % stride == 0:
                    yield last_s, _upright(frame, self)
                count += 1


def open_film(path: Path | str) -> Film:
    """Check a film file and return it ready for decoding.

    The first picture is decoded, to learn its orientation.

    Raises
    ------
    NotFoundError
        If there is no such file.
    VideoError
        With ``reason`` as `read_packets` says, or ``"undecodable"``.
    """
    path = Path(path)
    packets = read_packets(path)
    with open_container(path) as container:
        first = next(_frames(container, path.name), None)
        aspect = film_stream(container, path.name).sample_aspect_ratio
    if first is None:
        raise VideoError(
            f"No picture of {path.name} can be decoded; record it again or convert it to MP4.",
            reason="undecodable",
        )
    rotation = -round(first.rotation / _QUARTER) * _QUARTER % 360
    # oblong pixels would bend every angle
    width, height = round(first.width * float(aspect or 1)), first.height
    turned = rotation % 180 != 0
    return Film(
        path=path,
        sha256=file_sha256(path),
        width_px=height if turned else width,
        height_px=width if turned else height,
        rotation_deg=rotation,
        start_s=float(first.time or 0.0),
        packets=packets,
    )


def _frames(container: InputContainer, name: str) -> Iterator[VideoFrame]:
    """Yield decoded frames; a damaged end ends the film, it does not raise."""
    stream = film_stream(container, name)
    try:
        yield from container.decode(stream)
    except av.FFmpegError:
        return


def _seek(container: InputContainer, name: str, time_s: float) -> Iterator[VideoFrame]:
    stream = film_stream(container, name)
    container.seek(round(time_s / float(stream.time_base or 1)), stream=stream)
    return _frames(container, name)


def _upright(frame: VideoFrame, film: Film) -> Pixels:
    """Return a frame as upright contiguous RGB, (H, W, 3) uint8."""
    turned = film.rotation_deg % 180 != 0
    width, height = film.width_px, film.height_px
    size = (height, width) if turned else (width, height)
    stored = frame.to_ndarray(format="rgb24", width=size[0], height=size[1])
    return np.ascontiguousarray(np.rot90(stored, k=-film.rotation_deg // _QUARTER))
