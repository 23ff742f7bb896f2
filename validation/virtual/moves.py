"""The moves by name, and the clips that come with the program."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from validation.virtual.bodies import Body, load_body
from validation.virtual.deadlift import deadlift
from validation.virtual.film import Shot
from validation.virtual.forward_bend import forward_bend
from validation.virtual.hip_rotation import hip_rotation
from validation.virtual.performance import Performance

FRAMES_PER_S = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """A clip of the collection: who does what, and how it is filmed."""

    perform: Callable[..., Performance]
    body: int
    shot: Shot = field(default_factory=Shot)

    def performance(self, *, body: int | None = None, seed: int | None = None) -> Performance:
        """Return the performance, by another body or with another seed if wanted."""
        person: Body = load_body(self.body if body is None else body)
        return self.perform(
            person,
            seed=self.shot.seed if seed is None else seed,
            frames_per_s=FRAMES_PER_S,
        )


CLIPS = {
    "deadlift_side": Clip(perform=deadlift, body=0, shot=Shot(seed=11, palette=0)),
    "forward_bend_side": Clip(perform=forward_bend, body=0, shot=Shot(seed=12, palette=0)),
    "hip_rotation_front_active": Clip(
        perform=partial(hip_rotation, ends_deg=(25.0, 28.0)),
        body=0,
        shot=Shot(seed=13, palette=0),
    ),
    "hip_rotation_front_passive": Clip(
        perform=partial(hip_rotation, ends_deg=(26.0, 29.0), helped=True),
        body=0,
        shot=Shot(seed=14, palette=0),
    ),
}
