"""The product's own exam of a frozen film."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from unittest.mock import patch

import numpy as np

from primemover.exam import deadlift
from primemover.load.collect import LoadFrames
from primemover.model.loadtrack import LoadTrack
from primemover.model.person import Person
from primemover.model.recording import Recording
from primemover.model.session import Clip, ClipKind, LiftFacts, Variant
from primemover.model.trial import Trial
from primemover.pipeline.analyze import examined
from primemover.pipeline.watch import Watched
from primemover.video.container import Packets
from primemover.video.decode import Film
from validation.frozen.records import FrozenFilm

__all__ = ["exam_of_frozen"]

_VARIANTS: Final = {str(one): one for one in Variant}


def exam_of_frozen(film: FrozenFilm) -> Trial:
    """Return what the product makes of a frozen film.

    As of a kept film: the person's height is told, and which lift it is.

    Raises
    ------
    QualityError
        If the product refuses the film.
    """
    with _load_seen(film.load):
        return examined(
            _watched(film),
            Clip(kind=ClipKind(film.test), path=Path(film.name)),
            person=Person(height_m=film.truth["body"]["height_m"]),
            lift=LiftFacts(variant=_VARIANTS.get(film.factors.move)),
            zero=None,
        )


@contextmanager
def _load_seen(load: LoadTrack | None) -> Iterator[None]:
    """Let the deadlift's exam find the load where it was found when there were pictures.

    The one step of the exam that reads pictures is replaced, from here, so that the product needs
    no way in that only a test would use.
    """
    if load is None:
        yield
        return
    with patch.object(deadlift, "track_load", return_value=load):
        yield


def _watched(film: FrozenFilm) -> Watched:
    """Return what watching left behind, without a file behind it and without pictures."""
    track = film.track
    recording = Recording(
        name=film.name,
        sha256="",
        width_px=track.width_px,
        height_px=track.height_px,
        rotation_deg=0,
        codec="",
        time_s=track.time_s,
        level=film.level,
    )
    return Watched(
        film=Film(
            path=Path(film.name),
            sha256="",
            width_px=track.width_px,
            height_px=track.height_px,
            rotation_deg=0,
            start_s=0.0,
            packets=Packets(
                time_s=track.time_s,
                is_key=np.ones(track.time_s.size, dtype=np.bool_),
                codec="",
                width_px=track.width_px,
                height_px=track.height_px,
                promised_frames=track.time_s.size,
            ),
        ),
        recording=recording,
        track=track,
        load_frames=LoadFrames(),
    )
