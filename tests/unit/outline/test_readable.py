from __future__ import annotations

import numpy as np

from primemover.model.loadtrack import LoadKind, LoadTrack
from primemover.model.outline import DorsalLine, Readability
from primemover.model.pose import Silhouettes
from primemover.outline.angles import back_angles
from primemover.outline.dorsal import trace_back
from tests.unit.outline.figures import AXIS_PX, HIP_PX, Scene, draw


def _plate(frames: int, *, centre: tuple[float, float], radius_px: float) -> LoadTrack:
    return LoadTrack(
        kind=LoadKind.PLATE,
        xy_px=np.tile(np.array(centre), (frames, 1)),
        se_px=np.ones(frames),
        axes_px=np.full((frames, 2), radius_px),
        lost=np.zeros(frames, dtype=bool),
        confidence=0.9,
        scale=None,
    )


def _read(scene: Scene, load: LoadTrack | None = None) -> DorsalLine:
    silhouettes, pose = draw(scene)
    return trace_back(silhouettes, pose, load=load)


def test_a_bare_back_is_read_in_every_frame() -> None:
    line = _read(Scene())
    assert set(line.reason) == {Readability.READ}
    assert set(line.upper_reason) == {Readability.READ}


def test_a_frame_without_a_silhouette_says_so_and_the_others_stand() -> None:
    silhouettes, pose = draw(Scene())
    some = Silhouettes(
        frame_index=silhouettes.frame_index[::2],
        logits_q=silhouettes.logits_q[::2],
        crop_to_frame=silhouettes.crop_to_frame[::2],
    )

    line = trace_back(some, pose)

    assert set(line.reason[::2]) == {Readability.READ}
    assert set(line.reason[1::2]) == {Readability.NO_SILHOUETTE}


def test_without_any_silhouettes_nothing_is_read() -> None:
    _, pose = draw(Scene())
    line = trace_back(None, pose)
    assert set(line.reason) == {Readability.NO_SILHOUETTE}
    assert not back_angles(line, pose, None).readable.any()


def test_an_elbow_behind_the_back_spoils_pelvis_and_loin() -> None:
    line = _read(Scene(joints={"elbow": (0.4, 0.25)}))
    assert set(line.reason) == {Readability.ARM}


def test_a_raised_elbow_behind_the_shoulder_spoils_the_upper_back_only() -> None:
    scene = Scene(joints={"elbow": (0.9, 0.2), "wrist": (1.4, 0.0)})
    silhouettes, pose = draw(scene)
    line = trace_back(silhouettes, pose)

    angles = back_angles(line, pose, None)

    assert set(line.reason) == {Readability.READ}
    assert set(line.upper_reason) == {Readability.ARM}
    assert np.isfinite(angles.lumbar_rad).all()
    assert np.isnan(angles.thoracic_rad).all()


def test_a_hood_below_the_neck_leaves_the_loin_readable() -> None:
    hood = (0.95, 0.05, 0.13)
    line = _read(Scene(blob=(hood,)))
    assert set(line.reason) == {Readability.READ}
    assert set(line.upper_reason) == {Readability.HAIR_OR_HOOD}


def test_a_plate_in_front_of_the_buttock_spoils_it_unless_the_tracker_lost_the_plate() -> None:
    scene = Scene()
    load = _plate(7, centre=(HIP_PX[0] - 20.0, HIP_PX[1]), radius_px=45.0)
    lost = LoadTrack(
        **{name: getattr(load, name) for name in load.__slots__ if name != "lost"},
        lost=np.ones(7, dtype=bool),
    )

    assert set(_read(scene, load).reason) == {Readability.PLATE}
    assert set(_read(scene, lost).reason) == {Readability.READ}


def test_a_plate_at_the_feet_spoils_nothing() -> None:
    load = _plate(7, centre=(HIP_PX[0], HIP_PX[1] + 1.7 * AXIS_PX), radius_px=45.0)
    assert set(_read(Scene(), load).reason) == {Readability.READ}


def test_a_back_cut_by_the_pictures_edge_is_cropped() -> None:
    line = _read(Scene(hip_px=np.array([15.0, 330.0])))
    assert set(line.reason) == {Readability.CROPPED}


def test_another_body_grown_onto_the_back_is_not_read() -> None:
    bystander = (0.4, 0.45, 0.3)
    line = _read(Scene(blob=(bystander,)))
    assert not {Readability.READ} & set(line.reason)


def test_a_person_standing_clear_behind_the_back_does_not_disturb() -> None:
    bystander = (0.4, 0.6, 0.2)
    assert set(_read(Scene(blob=(bystander,))).reason) == {Readability.READ}


def test_a_ragged_silhouette_is_too_rough() -> None:
    silhouettes, pose = draw(Scene())
    jump = np.random.default_rng(1).integers(-4, 5, silhouettes.logits_q.shape[:2])
    columns = (np.arange(256) + jump[:, :, None]) % 256
    ragged = Silhouettes(
        frame_index=silhouettes.frame_index,
        logits_q=np.take_along_axis(silhouettes.logits_q, columns, axis=2),
        crop_to_frame=silhouettes.crop_to_frame,
    )
    assert set(trace_back(ragged, pose).reason) == {Readability.ROUGH}
