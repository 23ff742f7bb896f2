"""MediaPipe's own pose landmarker: the reference that our runtime is compared with.

Needs the extra ``primemover[mediapipe]``. Exactly version 0.10.33 is accepted: later builds
contain an uploader of usage data. MediaPipe looks at whole pictures only, so `landmarks` runs it on
the whole picture and answers with the person nearest to the region.
"""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from primemover.backends.blazepose_detector import body_region
from primemover.backends.weights import FILES, bundle_path
from primemover.errors import MissingExtraError
from primemover.model.arrays import Floats, Pixels
from primemover.model.pose import Landmark, PoseFrame
from primemover.model.region import CROP_SIDE, PersonBox, Region, Sighting

__all__ = ["MEDIAPIPE_VERSION", "MediaPipePose"]

MEDIAPIPE_VERSION: Final = "0.10.33"
_PEOPLE: Final = 4  # how many people are asked for
_ALIGN_PX: Final = 16  # MediaPipe 0.10.33 aborts on masks whose rows are not aligned
_REACH: Final = 0.5  # of the region's side: who is further from its centre is not in it
_NEVER: Final = 1e-4  # confidences are kept this far from 0 and 1 when turned into logits


class MediaPipePose:
    """MediaPipe's pose landmarker (heavy) in single-picture mode.

    Raises
    ------
    MissingExtraError
        If MediaPipe is not installed, or in another version.
    WeightsMissingError
        If the network is not on this machine or damaged.
    """

    def __init__(self) -> None:
        self._mp = _import_mediapipe()
        from mediapipe.tasks.python import BaseOptions, vision  # noqa: PLC0415 - an extra

        self._landmarker = vision.PoseLandmarker.create_from_options(
            vision.PoseLandmarkerOptions(
                base_options=BaseOptions(model_asset_path=str(bundle_path())),
                running_mode=vision.RunningMode.IMAGE,
                num_poses=_PEOPLE,
                output_segmentation_masks=True,
            )
        )

    @property
    def name(self) -> str:
        """Name and version."""
        return f"mediapipe-heavy/{MEDIAPIPE_VERSION}"

    @property
    def weights_sha256(self) -> str:
        """SHA-256 of the bundle."""
        return FILES["pose_landmarker_heavy.task"].sha256

    def close(self) -> None:
        """Free MediaPipe's threads; the engine cannot be used afterwards."""
        self._landmarker.close()

    def detect(self, picture: Pixels) -> tuple[PersonBox, ...]:
        """Return the people in an upright RGB picture, most certain first."""
        people = [
            PersonBox(region=_region_of(pose.xy_px), score=pose.presence)
            for pose in self._people(picture)
        ]
        return tuple(sorted(people, key=lambda person: -person.score))

    def landmarks(self, picture: Pixels, region: Region) -> Sighting:
        """Return the landmarks and silhouette of the person nearest to a region's centre."""
        people = [(_region_of(pose.xy_px), pose) for pose in self._people(picture, region)]
        near = sorted(people, key=lambda person: person[0].distance_px(region))[:1]
        if not near or near[0][0].distance_px(region) > _REACH * region.side_px:
            return Sighting(pose=_nobody(region), next_region=region)
        return Sighting(pose=near[0][1], next_region=near[0][0])

    def _people(self, picture: Pixels, region: Region | None = None) -> list[PoseFrame]:
        """Return everybody MediaPipe finds, silhouettes cut out at `region` if one is given."""
        height, width = picture.shape[:2]
        padded = cv2.copyMakeBorder(
            picture, 0, -height % _ALIGN_PX, 0, -width % _ALIGN_PX, cv2.BORDER_REPLICATE
        )
        image = self._mp.Image(self._mp.ImageFormat.SRGB, np.ascontiguousarray(padded))
        result = self._landmarker.detect(image)
        size = (padded.shape[1], padded.shape[0])
        return [
            _pose(points, world, mask, size=size, region=region)
            for points, world, mask in zip(
                result.pose_landmarks,
                result.pose_world_landmarks,
                result.segmentation_masks or (),
                strict=True,
            )
        ]


def _import_mediapipe() -> Any:  # noqa: ANN401 - an optional, untyped module
    try:
        found = version("mediapipe")
    except PackageNotFoundError as error:
        raise MissingExtraError(
            "MediaPipe is not installed; install it with `pip install 'primemover[mediapipe]'`."
        ) from error
    if found != MEDIAPIPE_VERSION:
        raise MissingExtraError(
            f"MediaPipe {found} is installed, but only {MEDIAPIPE_VERSION} is used (later builds "
            "send usage data); install `primemover[mediapipe]`."
        )
    import mediapipe  # noqa: PLC0415 - an extra

    return mediapipe


def _pose(
    points: Any,  # noqa: ANN401 - MediaPipe is untyped
    world: Any,  # noqa: ANN401 - same
    mask: Any,  # noqa: ANN401 - same
    *,
    size: tuple[int, int],
    region: Region | None,
) -> PoseFrame:
    xy_px = np.array([(point.x * size[0], point.y * size[1]) for point in points])
    where = region or _region_of(xy_px)
    return PoseFrame(
        xy_px=xy_px,
        depth_px=np.array([point.z * size[0] for point in points]),
        visibility=np.array([point.visibility for point in points]),
        presence=float(np.clip(np.mean([point.presence for point in points]), 0.0, 1.0)),
        world_m=np.array([(point.x, point.y, point.z) for point in world]),
        silhouette_logits=_silhouette(mask.numpy_view(), where),
        crop_to_frame=where.crop_to_frame(),
    )


def _silhouette(mask: NDArray[np.float32], region: Region) -> NDArray[np.float32]:
    """Return MediaPipe's full-picture confidence as logits of a region's crop, (256, 256)."""
    cut = cv2.warpAffine(
        np.ascontiguousarray(mask.reshape(mask.shape[:2])),
        region.crop_to_frame(),
        (CROP_SIDE, CROP_SIDE),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_CONSTANT,
    )
    confidence = np.clip(cut, _NEVER, 1.0 - _NEVER)
    return np.asarray(np.log(confidence / (1.0 - confidence)), dtype=np.float32)


def _region_of(xy_px: Floats) -> Region:
    """Return a region round the landmarks: mid-hip to the farthest one, hip to shoulder up."""
    hip = xy_px[[Landmark.LEFT_HIP, Landmark.RIGHT_HIP]].mean(axis=0)
    neck = xy_px[[Landmark.LEFT_SHOULDER, Landmark.RIGHT_SHOULDER]].mean(axis=0)
    reach = float(np.linalg.norm(xy_px - hip, axis=1).max())
    up = (neck - hip) / max(float(np.linalg.norm(neck - hip)), 1e-9)
    return body_region(hip, hip + reach * up)


def _nobody(region: Region) -> PoseFrame:
    count = len(Landmark)
    return PoseFrame(
        xy_px=np.tile((region.x_px, region.y_px), (count, 1)),
        depth_px=np.zeros(count),
        visibility=np.zeros(count),
        presence=0.0,
        world_m=np.zeros((count, 3)),
        silhouette_logits=None,
        crop_to_frame=region.crop_to_frame(),
    )
