"""How long reading and planning one session takes."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Final

from primemover.exam.readings import measures_from_readings
from primemover.findings import read_exam, screen
from primemover.model.session import Session
from primemover.pipeline.session_file import read_session
from primemover.plan import make_plan
from validation.pages import markdown_table, put_section
from validation.reading.page import PAGE

__all__ = ["LIMIT_MS", "milliseconds", "sessions", "speed_section", "write_speed"]

LIMIT_MS: Final = 50.0
EXAMPLES: Final = Path(__file__).resolve().parents[2] / "examples"
_NAME: Final = "speed"


def sessions() -> Iterator[tuple[str, Session]]:
    """Yield the example sessions by name."""
    for path in sorted(EXAMPLES.glob("*.toml")):
        yield path.stem, read_session(path)


def milliseconds(session: Session, *, times: int = 20) -> list[float]:
    """Return the processor time of typed values -> screen -> reading -> plan, each time.

    Processor time, because other work on the machine says nothing of this one's.
    """
    found = []
    for _ in range(times + 1):
        start = time.process_time()
        measures, checks = measures_from_readings(session.readings)
        safety = screen(session.screening, measures, session.pain)
        reading = None if safety.stops_exam else read_exam(measures, checks, session)
        make_plan(reading, safety, session, measures)
        found.append(1000.0 * (time.process_time() - start))
    return found[1:]  # the first one reads the knowledge files


def speed_section(taken: Sequence[tuple[str, Sequence[float]]]) -> str:
    """Return the table of milliseconds per example session."""
    worst = max(median(times) for _, times in taken)
    rows = [(name, f"{median(times):.0f}", f"{max(times):.0f}") for name, times in taken]
    return (
        "Typed values, safety screen, reading and plan of one session; processor time of one core, "
        f"knowledge files read before. **The slowest takes {worst:.0f} ms; wanted are under "
        f"{LIMIT_MS:.0f}.**"
        f"\n\n{markdown_table(('session', 'median ms', 'longest ms'), rows)}"
    )


def write_speed(taken: Sequence[tuple[str, Sequence[float]]], *, page: Path = PAGE) -> None:
    """Put the table into the page."""
    put_section(page, _NAME, speed_section(taken))
