"""People and things in the way: somebody walking past, uprights of a rack."""

from dataclasses import dataclass

import numpy as np

from validation.virtual.bodies import SIDES, Body, load_body
from validation.virtual.meshes import Mesh, vertex_normals
from validation.virtual.performance import hanging_wrists_m
from validation.virtual.posture import Reach, pose_trunk_and_legs, posture, reach_with_arms, stand
from validation.virtual.props import post
from validation.virtual.rotations import Floats, about_axis, forward_pitch
from validation.virtual.shot import Shot, bearing_rad
from validation.virtual.skeleton import Track, place_joints, skin
from validation.virtual.wardrobe import PALETTES, Outfit, dress

_PACE_MPS = 1.2
_STEPS_PER_S = 1.8
_SWING_RAD = 0.38
_PEOPLE = 8
_START_M = 3.5  # to the side: out of any picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Passer:
    """Somebody who walks through the picture, stiffly.

    Attributes
    ----------
    towards_camera_m : how far nearer to the camera than the person the way is
    passes_s : when the middle of the picture is passed
    facing_rad : about the vertical, which way is walked
    """

    body: Body
    outfit: Outfit
    towards_camera_m: float
    passes_s: float
    facing_rad: float
    bearing_rad: float

    def mesh(self, time_s: float) -> Mesh | None:
        """Return the walker at a time, or None when out of sight."""
        along_m = _PACE_MPS * (time_s - self.passes_s)
        if abs(along_m) > _START_M:
            return None
        track = _stride(self.body, np.pi * _STEPS_PER_S * time_s)
        vertices_m = skin(
            self.body,
            self.outfit.vertices_m,
            rotations=track.rotations[0],
            joints_m=track.joints_m[0],
        )
        vertices_m[:, 1] -= vertices_m[:, 1].min()
        toward = np.array([np.sin(self.bearing_rad), 0.0, np.cos(self.bearing_rad)])
        turn = about_axis(1, self.facing_rad)
        ahead = turn @ np.array([along_m, 0.0, 0.0])
        placed = vertices_m @ turn.T + ahead + self.towards_camera_m * toward
        return Mesh(
            vertices_m=placed,
            faces=self.body.faces,
            normals=vertex_normals(placed, self.body.faces),
            scores=self.outfit.scores,
            colours=self.outfit.colours,
        )


def passers(shot: Shot, *, view: str, time_s: Floats) -> list[Passer]:
    """Return who walks through the picture of a shot."""
    random = np.random.default_rng([shot.seed, 1])
    bearing = bearing_rad(shot, view)
    ways_m = {
        "passer_behind": -float(random.uniform(1.1, 1.35)),
        "passer_crossing": float(random.uniform(0.8, 1.1)),
    }
    out = []
    for name, way_m in ways_m.items():
        body = load_body(int(random.integers(_PEOPLE)))
        palette = PALETTES[int(random.integers(len(PALETTES)))]
        share = random.uniform(0.25, 0.75)
        backwards = np.pi * float(random.random() < 0.5)  # noqa: PLR2004 - a coin
        if name in shot.extras:
            out.append(
                Passer(
                    body=body,
                    outfit=dress(body, palette),
                    towards_camera_m=way_m,
                    passes_s=float(time_s[0] + share * (time_s[-1] - time_s[0])),
                    facing_rad=bearing + backwards,
                    bearing_rad=bearing,
                )
            )
    return out


def _stride(body: Body, phase_rad: float) -> Track:
    """Return one pose of a stiff walk: legs and arms swing like scissors."""
    standing = stand(body, pose_trunk_and_legs(body, posture()[None]))
    wrists_m = hanging_wrists_m(body, standing)
    swing = _SWING_RAD * np.sin(phase_rad)
    wrists_m[0, :, 0] += 0.25 * np.sin(phase_rad) * np.array([1.0, -1.0])
    reach = Reach(wrists_m=wrists_m, elbow_towards=np.array([-1.0, 0.0, 0.3]), grip=np.zeros(1))
    track = reach_with_arms(body, standing, reach)
    rotations = track.rotations.copy()
    for side, way in zip(SIDES, (1.0, -1.0), strict=True):
        for part in ("hip", "knee", "ankle", "toe"):
            joint = body.joint(f"{part}_{side}")
            rotations[0, joint] = forward_pitch(way * swing) @ rotations[0, joint]
    return Track(rotations=rotations, joints_m=place_joints(body, rotations))


def uprights(shot: Shot) -> list[Mesh]:
    """Return what stands beside a person filmed from the side.

    A rack has four posts, two on either side of the person, before or behind; a single post stands
    between person and camera.
    """
    random = np.random.default_rng([shot.seed, 2])
    x = float(random.uniform(0.40, 0.65) * (1.0 if random.random() < 0.5 else -1.0))  # noqa: PLR2004
    depth = float(random.uniform(0.5, 0.8))
    single = float(random.uniform(-0.25, 0.35))
    near = -0.6 if shot.from_left else 0.6
    out: list[Mesh] = []
    if "rack" in shot.extras:
        out += [post(at, z) for at in (x, x + np.sign(x) * depth) for z in (-0.6, 0.6)]
    if "post" in shot.extras:
        out.append(post(single, 1.5 * near))
    return out
