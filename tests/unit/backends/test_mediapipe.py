from __future__ import annotations

from importlib.metadata import PackageNotFoundError

import pytest

from primemover.backends import mediapipe
from primemover.errors import MissingExtraError


def test_without_mediapipe_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(_: str) -> str:
        raise PackageNotFoundError

    monkeypatch.setattr(mediapipe, "version", absent)
    with pytest.raises(MissingExtraError, match=r"primemover\[mediapipe\]"):
        mediapipe.MediaPipePose()


def test_a_later_mediapipe_is_refused_because_it_sends_usage_data(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(mediapipe, "version", lambda _: "1.2.2")
    with pytest.raises(MissingExtraError, match=r"only 0\.10\.33 is used"):
        mediapipe.MediaPipePose()
