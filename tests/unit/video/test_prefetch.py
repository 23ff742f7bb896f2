from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from primemover.video.prefetch import ahead


def test_everything_arrives_in_order() -> None:
    assert list(ahead(iter(range(50)), depth=3)) == list(range(50))


def test_an_error_of_the_source_is_raised_at_its_place() -> None:
    def failing() -> Iterator[int]:
        yield 1
        raise OSError("cable pulled")

    seen: list[int] = []
    with pytest.raises(OSError, match="cable pulled"):
        seen.extend(ahead(failing(), depth=2))


def test_leaving_early_ends_the_thread_and_closes_the_source() -> None:
    closed = threading.Event()

    def endless() -> Iterator[int]:
        try:
            while True:
                yield 1
        finally:
            closed.set()

    before = threading.active_count()
    reader = ahead(endless(), depth=2)
    next(reader)
    reader.close()
    assert closed.is_set()
    assert threading.active_count() == before
