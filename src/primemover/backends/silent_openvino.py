"""OpenVINO without its usage reporting: import it from here, never directly.

The `openvino` package depends on `openvino-telemetry`, and merely importing `openvino` posts an
"import" event to an analytics service. Health software must not do that. OpenVINO falls back to a
stub of its own when that package cannot be imported, so it is made unimportable first. A test
watches every connection of a run (tests/acceptance/test_offline.py).
"""

from __future__ import annotations

import sys
from typing import Any, cast

__all__ = ["openvino"]

_REPORTER = "openvino_telemetry"

if _REPORTER not in sys.modules:
    # `None` is how Python marks a module that must not be found.
    cast("dict[str, Any]", sys.modules)[_REPORTER] = None

import openvino  # noqa: E402 - only after its reporter is out of reach
