"""Where a result came from."""

from __future__ import annotations

from primemover import __version__
from primemover.knowledge import knowledge_sha256
from primemover.model.provenance import Provenance
from primemover.pipeline.options import Options
from primemover.pipeline.watch import Watched

__all__ = ["provenance"]


def provenance(options: Options, watched: Watched | None = None) -> Provenance:
    """Return version, hashes and settings of a result."""
    return Provenance(
        version=__version__,
        input_sha256=watched.recording.sha256 if watched else "",
        engine=watched.track.engine if watched else "typed values",
        weights_sha256=watched.track.weights_sha256 if watched else "",
        knowledge_sha256=knowledge_sha256(),
        settings={"model": options.model, "precision": options.precision} if watched else {},
    )
