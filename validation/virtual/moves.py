"""The moves by name, and the clips that come with the program."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from validation.virtual import bends, seated, styles
from validation.virtual.bends import bend
from validation.virtual.bodies import Body, load_body
from validation.virtual.deadlift import deadlift
from validation.virtual.forward_bend import forward_bend
from validation.virtual.hip_rotation import hip_rotation
from validation.virtual.lifts import lift
from validation.virtual.motion import Take
from validation.virtual.performance import Performance
from validation.virtual.seated import rotate_hips
from validation.virtual.shot import Shot

__all__ = ["CLIPS", "FRAMES_PER_S", "MOVES", "TEST_OF", "Clip", "perform"]

FRAMES_PER_S = 30.0

# Every move with its styles, and the test that it is filmed for.
MOVES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(styles.LIFTS, styles.STYLES),
    "forward_bend": bends.STYLES,
    "hip_rotation_active": seated.STYLES,
    "hip_rotation_passive": seated.STYLES,
}
TEST_OF: dict[str, str] = {move: "deadlift" if move in styles.LIFTS else move for move in MOVES}


def perform(  # noqa: PLR0913 - what a move is told
    move: str,
    style: str,
    body: Body,
    *,
    seed: int,
    frames_per_s: float,
    uneven: bool = False,
    length: str = "full",
) -> Performance:
    """Return one person doing one of `MOVES` in one of its styles.

    Parameters
    ----------
    uneven : frame times as a phone has them, else as a clock's
    length : "full" is three repetitions, "short" one brisk one (a leg, when seated)

    Raises
    ------
    ValueError
        When there is no such move, style or length.
    """
    if style not in MOVES.get(move, ()):
        raise ValueError(f"no style {style!r} of {move!r}; there are: {MOVES.get(move, MOVES)}")
    if length not in {"full", "short"}:
        raise ValueError(f"length {length!r}: 'full' or 'short'")
    take = Take(seed=seed, frames_per_s=frames_per_s, uneven=uneven, length=length)
    if move in styles.LIFTS:
        return lift(body, kind=move, style=style, take=take)
    if move == "forward_bend":
        return bend(body, style=style, take=take)
    return rotate_hips(body, helped=move == "hip_rotation_passive", style=style, take=take)


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
