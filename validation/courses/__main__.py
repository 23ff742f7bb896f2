"""Print the page of simulated courses, or write it with its figures (`--write`)."""

from __future__ import annotations

import argparse

from validation.courses.page import IMAGES, PAGE, courses_page, figures_of, lived_all


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(prog="python -m validation.courses", description=__doc__)
    parser.add_argument("--write", action="store_true", help="write docs/courses.md and figures")
    courses = lived_all()
    if not parser.parse_args().write:
        print(courses_page(courses))
        return
    PAGE.write_text(courses_page(courses), encoding="utf-8")
    for name, text in figures_of(courses).items():
        (IMAGES / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
