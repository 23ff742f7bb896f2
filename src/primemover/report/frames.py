"""Key frames for the page: cropped to the person, faces blurred, small, with the drawing on top.

The photograph becomes a JPEG; lines and numbers are drawn over it as SVG, so they stay sharp and
readable and never change what was filmed. Pictures come decoded; nothing is read here.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from markupsafe import Markup

from primemover.model.arrays import Floats, Pixels
from primemover.model.trial import Film, Trial
from primemover.report.overlay import Canvas, draw_over
from primemover.report.readings import readings_at
from primemover.words import say, word

__all__ = ["KeyFrame", "WantedPicture", "draw_key_frames", "wanted_pictures"]

_MOST_HEIGHT_PX: Final = 640
_JPEG_QUALITY: Final = 78
_MARGIN: Final = 0.12  # of the person's larger side, around the person
_LEAST_ASPECT: Final = 0.70  # width over height; a narrower crop leaves no room for numbers
_HEAD_LANDMARKS: Final = 11  # landmarks 0-10 are nose, eyes, ears and mouth
# Head radius when the landmarks sit close together: 0.15 of stature over a hip-to-shoulder
# length of 0.288 of stature (Drillis & Contini 1966), half of it, and some room for hair.
_HEAD_PER_TRUNK: Final = 0.30
_HEAD_PER_SPREAD: Final = 1.8
_MOSAIC: Final = 5  # cells across the head: too few to know a face by
_BACKGROUND_SIGMA: Final = 0.008  # of the picture's height; bystanders become shapes
_KEEP_ROUND: Final = 0.03  # of the height: how far round the person stays sharp


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedPicture:
    """A frame that the report would like to see, for whoever decodes the film.

    `key` is what `draw_key_frames` and `write_report` expect the picture under.
    """

    key: str
    trial_index: int
    recording: str
    frame_index: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFrame:
    """One key frame, ready for the page.

    Attributes
    ----------
    jpeg : the photograph, cropped and blurred
    overlay : SVG parts in the photograph's pixels
    readings : what was read there: (label, value with error)
    """

    id: str
    caption: str
    time_s: float
    width_px: int
    height_px: int
    jpeg: bytes
    overlay: Markup
    readings: tuple[tuple[str, str], ...]
    alt: str


def wanted_pictures(trials: Sequence[Trial]) -> tuple[WantedPicture, ...]:
    """Return the frames to decode; keys are ``"<trial index>/<key-frame id>"``."""
    return tuple(
        WantedPicture(
            key=f"{index}/{name}",
            trial_index=index,
            recording=trial.film.recording.name,
            frame_index=frame,
        )
        for index, trial in enumerate(trials)
        if trial.film is not None
        for name, frame in trial.film.key_frames.items()
    )


def draw_key_frames(
    trial: Trial, pictures: Mapping[str, Pixels], *, keep_faces: bool = False
) -> tuple[KeyFrame, ...]:
    """Return the trial's key frames that a picture was given for, in the order of the film.

    Parameters
    ----------
    trial
        With its film; without one nothing is drawn.
    pictures
        Key-frame id -> (H, W, 3) RGB picture, upright.
    keep_faces
        Leave heads and background as filmed. Otherwise the head is covered by a coarse mosaic,
        everything but the person and the load is softened, and a frame whose head cannot be
        placed is left out.
    """
    film = trial.film
    if film is None:
        return ()
    box = _common_crop(film, pictures)
    if box is None:
        return ()
    frames = sorted((index, name) for name, index in film.key_frames.items() if name in pictures)
    drawn = (
        _key_frame(trial, film, (name, index), pictures[name], box=box, keep_faces=keep_faces)
        for index, name in frames
        if keep_faces or _head(film, index) is not None
    )
    return tuple(drawn)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Crop:
    """A window of the upright picture, half-open, and the scale it is shown at."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def scale(self) -> float:
        return min(1.0, _MOST_HEIGHT_PX / (self.bottom - self.top))

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the shown picture."""
        return (
            max(1, round((self.right - self.left) * self.scale)),
            max(1, round((self.bottom - self.top) * self.scale)),
        )


def _key_frame(
    trial: Trial,
    film: Film,
    named: tuple[str, int],
    picture: Pixels,
    *,
    box: _Crop,
    keep_faces: bool,
) -> KeyFrame:
    name, index = named
    photo = np.array(picture, dtype=np.uint8, order="C", copy=True)
    if not keep_faces:
        photo = _softened_background(photo, film, index)
        photo = _hidden_head(photo, film, index)
    width, height = box.size
    shown = cv2.resize(
        photo[box.top : box.bottom, box.left : box.right],
        (width, height),
        interpolation=cv2.INTER_AREA,
    )
    canvas = Canvas(
        left_px=float(box.left),
        top_px=float(box.top),
        scale=box.scale,
        width=float(width),
        height=float(height),
    )
    readings = readings_at(trial, index)
    caption = word("report.frame", name)
    spoken = ", ".join(f"{label} {value}" for label, value in readings)
    time_s = float(film.recording.time_s[index])
    return KeyFrame(
        id=name,
        caption=caption,
        time_s=time_s,
        width_px=width,
        height_px=height,
        jpeg=_jpeg(shown),
        overlay=draw_over(trial, film, index, canvas),
        readings=readings,
        alt=say(
            "drawings.frame.alt",
            caption=caption,
            seconds=f"{time_s:.1f}",
            readings=spoken or say("drawings.frame.none"),
        ),
    )


def _jpeg(rgb: Pixels) -> bytes:
    done, data = cv2.imencode(
        ".jpg", cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, _JPEG_QUALITY]
    )
    return bytes(data.tobytes()) if done else b""


def _common_crop(film: Film, pictures: Mapping[str, Pixels]) -> _Crop | None:
    """Return one window that holds the person in all key frames, so that they can be compared."""
    shown = [index for name, index in film.key_frames.items() if name in pictures]
    every = [point for index in shown for point in _body_points(film, index)]
    if not every:
        return None
    points = np.array(every)
    low, high = points.min(axis=0), points.max(axis=0)
    margin = _MARGIN * float((high - low).max())
    low, high = low - margin, high + margin
    missing = _LEAST_ASPECT * (high[1] - low[1]) - (high[0] - low[0])
    if missing > 0.0:
        low[0], high[0] = low[0] - missing / 2.0, high[0] + missing / 2.0
    width, height = film.recording.width_px, film.recording.height_px
    crop = _Crop(
        left=max(0, math.floor(low[0])),
        top=max(0, math.floor(low[1])),
        right=min(width, math.ceil(high[0])),
        bottom=min(height, math.ceil(high[1])),
    )
    return crop if crop.right - crop.left > 1 and crop.bottom - crop.top > 1 else None


def _body_points(film: Film, index: int) -> Iterator[Floats]:
    """Yield every known point of the person and the load in a frame, pixels."""
    marks = film.pose.raw.xy_px[index]
    yield from marks[np.isfinite(marks).all(axis=1)]
    if film.load is None:
        return
    centre, axes = film.load.xy_px[index], film.load.axes_px[index]
    if np.isfinite(centre).all() and np.isfinite(axes).all():
        yield centre - axes
        yield centre + axes


def _head(film: Film, index: int) -> tuple[Floats, float] | None:
    """Return the head's centre and radius in pixels, None where it cannot be placed."""
    marks = film.pose.raw.xy_px[index]
    face = marks[:_HEAD_LANDMARKS]
    if not np.isfinite(marks).all():
        return None
    centre: Floats = np.asarray(face.mean(axis=0), dtype=np.float64)
    spread = float(np.linalg.norm(face - centre, axis=1).max())
    trunk = float(np.linalg.norm(marks[11:13].mean(axis=0) - marks[23:25].mean(axis=0)))
    return centre, max(_HEAD_PER_SPREAD * spread, _HEAD_PER_TRUNK * trunk)


def _hidden_head(photo: Pixels, film: Film, index: int) -> Pixels:
    """Return the picture with a coarse, blurred mosaic over the head."""
    head = _head(film, index)
    if head is None:
        return photo
    (x, y), radius = head
    height, width = photo.shape[:2]
    left, right = max(0, int(x - radius)), min(width, int(x + radius) + 1)
    top, bottom = max(0, int(y - radius)), min(height, int(y + radius) + 1)
    if right - left < 2 or bottom - top < 2:  # noqa: PLR2004 - the head is outside the picture
        return photo
    patch = photo[top:bottom, left:right]
    cells = cv2.resize(patch, (_MOSAIC, _MOSAIC), interpolation=cv2.INTER_AREA)
    coarse = cv2.resize(cells, (right - left, bottom - top), interpolation=cv2.INTER_CUBIC)
    rows, columns = np.ogrid[top:bottom, left:right]
    inside = (columns - x) ** 2 + (rows - y) ** 2 <= radius**2
    photo[top:bottom, left:right] = np.where(inside[..., None], coarse, patch)
    return photo


def _softened_background(photo: Pixels, film: Film, index: int) -> Pixels:
    """Return the picture with everything but the person and the load out of focus."""
    silhouettes = film.pose.raw.silhouettes
    if silhouettes is None or index not in silhouettes.frame_index:
        return photo
    height, width = photo.shape[:2]
    row = int(np.flatnonzero(silhouettes.frame_index == index)[0])
    logits = cv2.warpAffine(
        silhouettes.logits(row).astype(np.float32),
        silhouettes.crop_to_frame[row],
        (width, height),
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=-8.0,
    )
    keep = (logits > 0.0).astype(np.uint8)
    _keep_load(keep, film, index)
    reach = max(1, round(_KEEP_ROUND * height))
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1))
    weight = cv2.dilate(keep, kernel).astype(np.float32)
    weight = cv2.GaussianBlur(weight, (0, 0), reach / 2.0)[..., None]
    soft = cv2.GaussianBlur(photo, (0, 0), max(1.0, _BACKGROUND_SIGMA * height))
    mixed: Pixels = (photo * weight + soft * (1.0 - weight)).astype(np.uint8)
    return mixed


def _keep_load(keep: Pixels, film: Film, index: int) -> None:
    """Mark the plate's ellipse as part of what stays sharp."""
    load = film.load
    if load is None or not np.isfinite([*load.xy_px[index], *load.axes_px[index]]).all():
        return
    centre = tuple(round(value) for value in load.xy_px[index])
    axes = tuple(max(1, round(value)) for value in load.axes_px[index])
    cv2.ellipse(keep, centre, axes, 0.0, 0.0, 360.0, 1, -1)
