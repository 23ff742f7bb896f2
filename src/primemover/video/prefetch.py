"""Work ahead of the reader: run an iterator in a thread of its own."""

from __future__ import annotations

import queue
import threading
from collections.abc import Generator, Iterator
from typing import Generic, TypeVar

__all__ = ["ahead"]

T = TypeVar("T")


class _End(Generic[T]):
    """The last thing in the queue: the source ended, or raised."""

    def __init__(self, error: BaseException | None) -> None:
        self.error = error


def ahead(source: Iterator[T], *, depth: int) -> Generator[T, None, None]:
    """Yield what `source` yields, up to `depth` items prepared in a thread before they are asked.

    Exceptions of the source are raised here, at their place. If the reader stops early, the
    thread ends and the source is closed.
    """
    ready: queue.Queue[T | _End[T]] = queue.Queue(maxsize=depth)
    stopped = threading.Event()
    worker = threading.Thread(target=_fill, args=(source, ready, stopped), daemon=True)
    worker.start()
    try:
        while not isinstance(item := ready.get(), _End):
            yield item
        if item.error is not None:
            raise item.error
    finally:
        stopped.set()
        while not ready.empty():  # make room, so that a waiting thread can see the signal
            ready.get_nowait()
        worker.join()


def _fill(source: Iterator[T], ready: queue.Queue[T | _End[T]], stopped: threading.Event) -> None:
    error: BaseException | None = None
    try:
        for item in source:
            ready.put(item)
            if stopped.is_set():
                break
    except BaseException as raised:  # noqa: BLE001 - handed to the reader, who raises it
        error = raised
    finally:
        close = getattr(source, "close", None)
        if close is not None:
            close()
    if not stopped.is_set():
        ready.put(_End(error))
