"""How fast each stage is: frames per second of decode, pose, outline and the rest.

Run ``make bench`` (or ``python -m validation.bench [VIDEO]``). Without a film a five-second
1080p clip is made from the bundled sample. Times are wall-clock of one process; the share that is
not inference is what PrimeMover itself costs.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np

from primemover.exam.deadlift import examine_deadlift
from primemover.model.arrays import Pixels
from primemover.model.person import Person
from primemover.model.region import PersonBox, Region, Sighting
from primemover.model.session import LiftFacts
from primemover.pipeline.options import Options, silent
from primemover.pipeline.watch import engine_for, key_pictures, watch
from primemover.pose.engine import PoseEngine
from primemover.sample import clip_path
from primemover.video.decode import open_film

SECONDS = 5.0
RATE_HZ = 30
SIZE_PX = (1920, 1080)


@dataclass(slots=True)
class Clock:
    """Seconds by stage."""

    spent_s: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def run(self, stage: str) -> Iterator[None]:
        """Add the time of a block to a stage."""
        start = time.perf_counter()
        yield
        self.spent_s[stage] = self.spent_s.get(stage, 0.0) + time.perf_counter() - start


@dataclass(slots=True)
class TimedEngine:
    """A pose engine that clocks itself."""

    inner: PoseEngine
    clock: Clock

    @property
    def name(self) -> str:
        """The engine's name."""
        return self.inner.name

    @property
    def weights_sha256(self) -> str:
        """The engine's weights."""
        return self.inner.weights_sha256

    def detect(self, picture: Pixels) -> tuple[PersonBox, ...]:
        """Detect, clocked."""
        with self.clock.run("pose network"):
            return self.inner.detect(picture)

    def landmarks(self, picture: Pixels, region: Region) -> Sighting:
        """Read landmarks, clocked."""
        with self.clock.run("pose network"):
            return self.inner.landmarks(picture, region)


def sample_1080p(folder: Path) -> Path:
    """Return five seconds of the bundled deadlift, letterboxed to 1080p H.264."""
    target = folder / "bench-1080p.mp4"
    source = open_film(clip_path("deadlift_side"))
    with av.open(str(target), "w") as container:
        stream = container.add_stream("libx264", rate=RATE_HZ)
        stream.width, stream.height = SIZE_PX
        stream.pix_fmt, stream.time_base = "yuv420p", Fraction(1, RATE_HZ)
        for count, (_, picture) in enumerate(source.frames()):
            if count >= SECONDS * RATE_HZ:
                break
            scale = SIZE_PX[1] / picture.shape[0]
            small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
            canvas = np.full((SIZE_PX[1], SIZE_PX[0], 3), 90, dtype=np.uint8)
            left = (SIZE_PX[0] - small.shape[1]) // 2
            canvas[:, left : left + small.shape[1]] = small
            container.mux(stream.encode(av.VideoFrame.from_ndarray(canvas, format="rgb24")))
        container.mux(stream.encode())
    return target


def bench(path: Path, options: Options) -> None:
    """Print the table for one film."""
    clock = Clock()
    with clock.run("load network"):
        engine = TimedEngine(engine_for(options), clock)
    with clock.run("decode alone"):
        frames = sum(1 for _ in open_film(path).frames())
    start = time.perf_counter()
    watched = watch(path, engine, progress=silent, load=True)
    seen_s = time.perf_counter() - start
    with clock.run("outline, load, angles, events"):
        trial = examine_deadlift(
            watched.recording,
            watched.track,
            watched.load_frames,
            person=Person(),
            lift=LiftFacts(),
        )
    with clock.run("key pictures"):
        key_pictures(watched, trial.film.key_frames if trial.film else {})
    total_s = time.perf_counter() - start
    network_s = clock.spent_s["pose network"]
    recording = watched.recording
    print(
        f"{recording.width_px}x{recording.height_px}, {frames} frames, "
        f"{recording.duration_s:.1f} s, model {options.model}, {options.threads} threads"
    )
    rows = {
        "decode alone": clock.spent_s["decode alone"],
        "pose network": network_s,
        "decode and tracking beside it": seen_s - network_s,
        "outline, load, angles, events": clock.spent_s["outline, load, angles, events"],
        "key pictures": clock.spent_s["key pictures"],
        "file to measures": total_s,
    }
    for stage, spent_s in rows.items():
        print(f"  {stage:32s} {spent_s:7.2f} s {frames / max(spent_s, 1e-9):8.1f} frames/s")
    print(f"  loading the network once        {clock.spent_s['load network']:7.2f} s")
    print(f"  not inference: {1 - network_s / total_s:.0%} of {total_s:.2f} s")


def main() -> None:
    """Time one film, or a made-up one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("video", nargs="?", type=Path)
    parser.add_argument("--model", default="heavy")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--precision", default="f32")
    given = parser.parse_args()
    options = Options(model=given.model, threads=given.threads, precision=given.precision)
    with tempfile.TemporaryDirectory() as folder:
        bench(given.video or sample_1080p(Path(folder)), options)


if __name__ == "__main__":
    main()
