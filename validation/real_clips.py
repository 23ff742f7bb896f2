"""What real clips can tell: ``python -m validation.real_clips [--write] [--keep FOLDER]``.

The recordings are not part of the project; they are looked for beside it. The pose network runs
once a clip (minutes each on one core); with ``--keep`` what it saw is kept, and the next time the
films are only decoded. ``--write`` puts the section into docs/accuracy.md.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from primemover.pipeline.options import Options
from validation.pages import ACCURACY_PAGE, put_section
from validation.real.clips import CLIPS, NAMES, clip_path, examined_films
from validation.real.page import SECTION, page_text


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the section, and write it if asked."""
    parser = argparse.ArgumentParser(prog="python -m validation.real_clips", description=__doc__)
    parser.add_argument("--clips", type=Path, default=CLIPS, help="folder of the recordings")
    parser.add_argument("--keep", type=Path, help="folder to keep what the pose network saw")
    parser.add_argument("--threads", type=int, default=2, help="of the pose network")
    parser.add_argument(
        "--write", action="store_true", help="put the section into docs/accuracy.md"
    )
    given = parser.parse_args(arguments)
    names = [name for name in NAMES if clip_path(name, given.clips).exists()]
    if not names:
        sys.exit(f"No real recordings are in {given.clips}; without them there is nothing to tell.")
    missing = sorted(set(NAMES) - set(names))
    if given.write and missing:
        sys.exit(f"The page is written from all clips; not in {given.clips}: {', '.join(missing)}.")
    films = examined_films(
        names, folder=given.clips, keep=given.keep, options=Options(threads=given.threads)
    )
    text = page_text(films)
    print(text)
    if given.write:
        put_section(ACCURACY_PAGE, SECTION, text)


if __name__ == "__main__":
    main()
