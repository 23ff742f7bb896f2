"""Make the error table from collected films.

``python -m validation.table FOLDER`` puts the section into docs/accuracy.md (or ``--page``),
its figures into the folder ``images`` beside it, and prints the section. Seconds.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from validation.pages import ACCURACY_PAGE, section
from validation.table.keeping import load_results
from validation.table.page import SECTION, write_page


def main() -> None:
    """Read the results and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="of the collected films (.npz)")
    parser.add_argument("--page", type=Path, default=ACCURACY_PAGE)
    given = parser.parse_args()
    page: Path = given.page
    write_page(load_results(given.folder), page=page, images=page.parent / "images")
    print(section(page, SECTION))


if __name__ == "__main__":
    main()
