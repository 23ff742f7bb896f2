"""Where a result came from."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Provenance"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Everything needed to say how a result was made."""

    version: str
    input_sha256: str
    engine: str
    weights_sha256: str
    knowledge_sha256: str
    settings: dict[str, str]
