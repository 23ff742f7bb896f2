"""Command line: `render` any clip, or rewrite the bundled `sample` clips."""

import argparse
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from validation.virtual.bodies import body_names, load_body
from validation.virtual.film import film
from validation.virtual.moves import CLIPS, MOVES, perform
from validation.virtual.performance import Performance
from validation.virtual.room import ROOM_KINDS
from validation.virtual.shot import EXTRAS, Shot
from validation.virtual.shot_draws import DIFFICULTIES, draw_shot
from validation.virtual.wardrobe import KINDS, draw_clothes

SAMPLE_FOLDER = Path(__file__).parents[2] / "src" / "primemover" / "sample"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line."""
    options = _parser().parse_args(arguments)
    if options.command == "sample":
        _rewrite_samples()
    else:
        _render(options)


def _rewrite_samples() -> None:
    """Render all bundled clips, then put them in place, so that no half film is ever there."""
    with TemporaryDirectory() as folder:
        for name, clip in CLIPS.items():
            # Slow and fine: made once, looked at often.
            shot = replace(clip.shot, finer=2, preset="slow")
            path = Path(folder) / f"{name}.mp4"
            _tell(path, film(clip.performance(), shot, path))
        for made in sorted(Path(folder).iterdir()):
            shutil.copyfile(made, SAMPLE_FOLDER / made.name)


def _render(options: argparse.Namespace) -> None:
    shot = _shot(options)
    performance = _performance(options, shot)
    clothes = None
    if options.clothes is not None:
        random = np.random.default_rng([options.seed, options.body])
        clothes = draw_clothes(random, kind=options.clothes)
    record = film(performance, shot, options.out, clothes=clothes, frames=options.frames)
    _tell(options.out, record)


def _performance(options: argparse.Namespace, shot: Shot) -> Performance:
    style = MOVES[options.move][0] if options.style is None else options.style
    return perform(
        options.move,
        style,
        load_body(options.body),
        seed=options.seed,
        frames_per_s=shot.frames_per_s,
        uneven=shot.uneven,
    )


def _shot(options: argparse.Namespace) -> Shot:
    """Return the plain or a random shot, with what the command line says put in."""
    shot = Shot()
    if options.shot is not None:
        random = np.random.default_rng(options.seed)
        view = "front" if options.move.startswith("hip_rotation") else "side"
        shot = draw_shot(random, view=view, ranges=DIFFICULTIES[options.shot])
    given = {
        "seed": options.seed,
        "yaw_deg": options.yaw,
        "pitch_deg": options.pitch,
        "roll_deg": options.roll,
        "from_left": options.from_left,
        "room": options.room,
        "frames_per_s": options.fps,
        "uneven": options.uneven,
        "extras": None if options.extras is None else frozenset(options.extras),
    }
    return replace(shot, **{name: value for name, value in given.items() if value is not None})


def _tell(path: Path, record: dict[str, Any]) -> None:
    size_kb = path.stat().st_size / 1000.0
    print(f"{path.name}: {record['time_s'][-1]:.1f} s, {size_kb:.0f} kB")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m validation.virtual", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("sample", help="rewrite the clips bundled with the program")
    _add_render(commands.add_parser("render", help="render one clip and its truth"))
    return parser


def _add_render(render: argparse.ArgumentParser) -> None:
    styles = sorted({style for styles in MOVES.values() for style in styles})
    people = len(body_names())
    render.add_argument("move", choices=sorted(MOVES))
    render.add_argument("--out", type=Path, required=True, help="video file to write (.mp4)")
    render.add_argument(
        "--style", choices=styles, help="how it is done; the plain way if not given"
    )
    render.add_argument("--seed", type=int, default=1, help="of the motion, the room and the noise")
    render.add_argument(
        "--body", type=int, default=0, choices=range(people), metavar=f"0..{people - 1}"
    )
    render.add_argument("--frames", type=int, help="stop after so many frames")
    render.add_argument("--clothes", choices=KINDS, help="kind of the top; plain ones if not given")
    render.add_argument("--shot", choices=DIFFICULTIES, help="film at random, so hard to read")
    render.add_argument("--room", choices=ROOM_KINDS)
    render.add_argument("--yaw", type=float, help="camera towards the person's front, degrees")
    render.add_argument("--pitch", type=float, help="camera up, degrees")
    render.add_argument("--roll", type=float, help="camera clockwise, degrees")
    render.add_argument("--from-left", action=argparse.BooleanOptionalAction)
    render.add_argument("--extras", nargs="*", choices=EXTRAS, help="what is in the way")
    render.add_argument("--fps", type=float, help="frames per second")
    render.add_argument("--uneven", action=argparse.BooleanOptionalAction, help="late, lost frames")


if __name__ == "__main__":
    main()
