"""Command line: `render` one clip, or rewrite the bundled `sample` clips."""

import argparse
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from validation.virtual.bodies import body_names
from validation.virtual.film import film
from validation.virtual.moves import CLIPS

SAMPLE_FOLDER = Path(__file__).parents[2] / "src" / "primemover" / "sample"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line."""
    options = _parser().parse_args(arguments)
    if options.command == "sample":
        _rewrite_samples()
        return
    _render(
        options.name,
        options.out,
        seed=options.seed,
        yaw_deg=options.yaw,
        body=options.body,
        frames=options.frames,
    )


def _rewrite_samples() -> None:
    """Render all bundled clips, then put them in place, so that no half film is ever there."""
    with TemporaryDirectory() as folder:
        for name in CLIPS:
            _render(name, Path(folder) / f"{name}.mp4")
        for made in sorted(Path(folder).iterdir()):
            shutil.copyfile(made, SAMPLE_FOLDER / made.name)


def _render(
    name: str,
    path: Path,
    *,
    seed: int | None = None,
    yaw_deg: float = 0.0,
    body: int | None = None,
    frames: int | None = None,
) -> None:
    clip = CLIPS[name]
    shot = replace(clip.shot, yaw_deg=yaw_deg, seed=clip.shot.seed if seed is None else seed)
    record = film(clip.performance(body=body, seed=seed), shot, path, frames=frames)
    size_kb = path.stat().st_size / 1000.0
    print(f"{path.name}: {record['time_s'][-1]:.1f} s, {size_kb:.0f} kB")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m validation.virtual", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("sample", help="rewrite the clips bundled with the program")
    render = commands.add_parser("render", help="render one clip and its truth")
    render.add_argument("name", choices=sorted(CLIPS))
    render.add_argument("--out", type=Path, required=True, help="video file to write (.mp4)")
    render.add_argument("--seed", type=int, help="of the motion, the texture and the noise")
    render.add_argument("--yaw", type=float, default=0.0, help="camera off the exact view, degrees")
    render.add_argument("--body", type=int, choices=range(len(body_names())), help="which person")
    render.add_argument("--frames", type=int, help="stop after so many frames")
    return parser


if __name__ == "__main__":
    main()
