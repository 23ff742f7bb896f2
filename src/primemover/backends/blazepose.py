"""BlazePose on OpenVINO: the default pose engine.

Our own small runtime for Google's published networks (Apache-2.0): a detector, and a landmark
network that also gives the raw 256 x 256 silhouette of its crop, which MediaPipe's public
interface does not. Nothing here reaches the network.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from primemover.backends.blazepose_crop import HEATMAP_SIDE, crop, read_landmarks
from primemover.backends.blazepose_detector import decode_people, letterbox
from primemover.backends.silent_openvino import openvino as ov
from primemover.backends.weights import DEFAULT_MODEL, MODELS, load_path
from primemover.errors import UsageError
from primemover.model.arrays import Pixels
from primemover.model.region import CROP_SIDE, PersonBox, Region, Sighting

__all__ = ["PRECISIONS", "BlazePose"]

PRECISIONS: Final = ("f32", "bf16")

# output name of the landmark network -> (our name, shape)
_OUTPUTS: Final[dict[str, tuple[str, tuple[int, ...]]]] = {
    "Identity": ("points", (39, 5)),
    "Identity_1": ("presence", ()),
    "Identity_2": ("silhouette", (CROP_SIDE, CROP_SIDE)),
    "Identity_3": ("heat", (HEATMAP_SIDE, HEATMAP_SIDE, 39)),
    "Identity_4": ("world", (39, 3)),
}


class BlazePose:
    """Detector and landmark network, ready to run on this processor.

    Parameters
    ----------
    model
        ``"heavy"`` (default), ``"full"`` or ``"lite"``.
    threads
        Processor threads for one picture.
    precision
        ``"f32"``, or ``"bf16"``: about twice as fast where the processor supports it; landmarks
        move by 0.2 % of body height in the median (docs/pose-agreement.md).

    Raises
    ------
    UsageError
        If there is no such model or precision.
    WeightsMissingError
        If the networks are not on this machine or damaged.
    """

    def __init__(
        self, model: str = DEFAULT_MODEL, *, threads: int = 2, precision: str = "f32"
    ) -> None:
        if precision not in PRECISIONS:
            raise UsageError(f"Precision is one of {', '.join(PRECISIONS)}, not {precision!r}.")
        detector, landmark = load_path(model)
        settings = {
            "PERFORMANCE_HINT": "LATENCY",
            "INFERENCE_NUM_THREADS": threads,
            "INFERENCE_PRECISION_HINT": precision,
            # pinned, two processes that share the machine end up on one core
            "ENABLE_CPU_PINNING": False,
        }
        self._detector = _compiled(detector, settings)
        self._landmark = _compiled(landmark, settings)
        suffix = "" if precision == "f32" else f"-{precision}"
        self._name = f"blazepose-{model}{suffix}/openvino-{ov.__version__.split('-')[0]}"
        self._weights_sha256 = MODELS[model].sha256

    @property
    def name(self) -> str:
        """Name and version, e.g. ``"blazepose-heavy/openvino-2026.4.1"``."""
        return self._name

    @property
    def weights_sha256(self) -> str:
        """SHA-256 of the landmark network's file."""
        return self._weights_sha256

    def detect(self, picture: Pixels) -> tuple[PersonBox, ...]:
        """Return the people in an upright RGB picture, most certain first."""
        square, scale, offset = letterbox(picture)
        self._detector.infer([square])
        boxes = self._detector.get_tensor("Identity").data[0]
        logits = self._detector.get_tensor("Identity_1").data[0, :, 0]
        return decode_people(boxes, logits, scale=scale, offset=offset)

    def landmarks(self, picture: Pixels, region: Region) -> Sighting:
        """Return the landmarks and silhouette of the person in a region of the picture."""
        self._landmark.infer([crop(picture, region)])
        outputs: dict[str, NDArray[np.float32]] = {
            name: self._landmark.get_tensor(source).data.reshape(shape).copy()
            for source, (name, shape) in _OUTPUTS.items()
        }
        return read_landmarks(outputs, region)


def _compiled(path: Path, settings: dict[str, Any]) -> Any:  # noqa: ANN401 - openvino is untyped
    core = ov.Core()
    return core.compile_model(core.read_model(path), "CPU", settings).create_infer_request()
