"""From clinical angles to a posed skeleton: feet planted or seated, arms by two-bone reach."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from validation.virtual.bodies import SIDES, Body
from validation.virtual.rotations import Floats, about_axis, between, forward_pitch, turn, unit
from validation.virtual.skeleton import Track, place_joints


class Channel(IntEnum):
    """The columns of a posture, radians, clinical signs; left and right legs alike.

    SHANK is the forward tilt of the shank from the vertical (the dorsiflexion
    of a flat foot), PELVIS the anterior inclination from the own standing,
    NECK the flexion of the head on the trunk. GRIP is no angle: 0 with the
    hands where they hang or rest, 1 with the hands on the bar.
    """

    SHANK = 0
    DORSIFLEXION = 1
    KNEE = 2
    PELVIS = 3
    LUMBAR = 4
    THORACIC = 5
    NECK = 6
    HIP_ROTATION_LEFT = 7
    HIP_ROTATION_RIGHT = 8
    ABDUCTION = 9
    GRIP = 10


# Share of lumbar flexion at L5/S1, L3/L4 and T12/L1.
LUMBAR_SHARES = (0.40, 0.35, 0.25)
TOE_OUT_RAD = float(np.radians(9.0))
_STRAIGHT_ARM = 0.998
_DOWN = np.array([0.0, -1.0, 0.0])


def posture(**values: float) -> Floats:
    """Return one posture (C,) from channel names in lower case, in DEGREES (grip: a share).

    A flat foot is taken when `dorsiflexion` is not given.
    """
    values.setdefault("dorsiflexion", values.get("shank", 0.0))
    out = np.zeros(len(Channel))
    for name, value in values.items():
        channel = Channel[name.upper()]
        out[channel] = value if channel is Channel.GRIP else np.radians(value)
    return out


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Where the wrists shall be.

    Attributes
    ----------
    wrists_m : (T, 2, 3) array, left and right, world
    elbow_towards : (3,) array, the way the elbows point, lateral as for the right arm
    grip : (T,) array, how closed the hands are, 0 to 1
    """

    wrists_m: Floats
    elbow_towards: Floats
    grip: Floats


def pose_trunk_and_legs(body: Body, postures: Floats) -> Floats:
    """Return rotations (T, J, 3, 3) for postures (T, C), the arms still as the chest."""
    out = np.empty((len(postures), len(body.parents), 3, 3))
    pelvis = postures[:, Channel.PELVIS]
    lumbar = postures[:, Channel.LUMBAR]
    chest = pelvis + lumbar + postures[:, Channel.THORACIC]
    neck = postures[:, Channel.NECK]
    reached = np.cumsum(LUMBAR_SHARES)
    inclinations = {
        "pelvis": pelvis,
        "l5s1": pelvis + reached[0] * lumbar,
        "l3l4": pelvis + reached[1] * lumbar,
        "t12l1": pelvis + lumbar,
        "neck": chest + 0.5 * neck,
        "head": chest + neck,
    }
    for joint, name in enumerate(body.joint_names):
        out[:, joint] = forward_pitch(inclinations.get(name, chest))
    for side in SIDES:
        _pose_leg(body, side, postures=postures, rotations=out)
    return out


def _pose_leg(body: Body, side: str, *, postures: Floats, rotations: Floats) -> None:
    """Write the rotations of one leg.

    The bones of the rest body are first laid on the vertical; then, from the
    hip down: swing of the thigh, its long-axis rotation, the knee, the ankle.
    """
    outward = 1.0 if side == "right" else -1.0
    shank, knee = postures[:, Channel.SHANK], postures[:, Channel.KNEE]
    rotation = outward * postures[:, Channel[f"HIP_ROTATION_{side.upper()}"]]
    abduction = about_axis(1, -outward * postures[:, Channel.ABDUCTION])
    thigh = abduction @ about_axis(2, knee - shank) @ about_axis(1, rotation)
    leg = thigh @ forward_pitch(knee)
    foot = leg @ about_axis(2, postures[:, Channel.DORSIFLEXION])
    forefoot = body.offset_m(f"ankle_{side}", f"toe_{side}")
    toe_out = -outward * TOE_OUT_RAD - np.arctan2(-forefoot[2], forefoot[0])
    hip, knee_joint, ankle = f"hip_{side}", f"knee_{side}", f"ankle_{side}"
    rotations[:, body.joint(hip)] = thigh @ between(body.offset_m(hip, knee_joint), _DOWN)
    rotations[:, body.joint(knee_joint)] = leg @ between(body.offset_m(knee_joint, ankle), _DOWN)
    for name in (ankle, f"toe_{side}"):
        rotations[:, body.joint(name)] = foot @ about_axis(1, toe_out)


def stand(body: Body, rotations: Floats) -> Track:
    """Place a posed body on its feet: ankles over X = 0, at their rest height."""
    joints_m = place_joints(body, rotations)
    ankles = [body.joint(f"ankle_{side}") for side in SIDES]
    root = -joints_m[:, ankles].mean(axis=1)
    root[:, 1] += body.joints_m[ankles, 1].mean()
    return Track(rotations=rotations, joints_m=joints_m + root[:, None, :])


def sit(body: Body, rotations: Floats, *, hip_height_m: float) -> Track:
    """Place a posed body on a seat: mid-hip fixed so that the knees are near X = 0."""
    joints_m = place_joints(body, rotations)
    hips = [body.joint(f"hip_{side}") for side in SIDES]
    at = np.array([-body.length_m("hip_right", "knee_right"), hip_height_m, 0.0])
    root = at - joints_m[:, hips].mean(axis=1)
    return Track(rotations=rotations, joints_m=joints_m + root[:, None, :])


def arm_length_m(body: Body) -> float:
    """Return the longest distance from the shoulder joint to a bar in the hand."""
    upper = body.length_m("shoulder_right", "elbow_right")
    lower = body.length_m("elbow_right", "wrist_right")
    return _STRAIGHT_ARM * (upper + lower) + grip_depth_m(body)


def grip_depth_m(body: Body) -> float:
    """Return the distance from the wrist joint to a bar in the closed hand."""
    return 0.95 * body.length_m("wrist_right", "knuckle_right")


def reach_with_arms(body: Body, track: Track, reach: Reach) -> Track:
    """Return the track with both arms put where `reach` wants the wrists.

    A wrist that is too far away is put on the line to it with a straight arm.
    """
    rotations = track.rotations.copy()
    for number, side in enumerate(SIDES):
        outward = np.array([1.0, 1.0, 1.0 if side == "right" else -1.0])
        shoulder_m = track.joints_m[:, body.joint(f"shoulder_{side}")]
        upper, lower = _bend_elbow(
            body,
            wrist_m=reach.wrists_m[:, number] - shoulder_m,
            towards=reach.elbow_towards * outward,
        )
        _pose_arm(body, side, directions=(upper, lower), grip=reach.grip, rotations=rotations)
    shift = track.joints_m[:, :1]
    return Track(rotations=rotations, joints_m=place_joints(body, rotations) + shift)


def _bend_elbow(body: Body, *, wrist_m: Floats, towards: Floats) -> tuple[Floats, Floats]:
    """Return the directions of upper arm and forearm, (T, 3) each; law of cosines."""
    upper = body.length_m("shoulder_right", "elbow_right")
    lower = body.length_m("elbow_right", "wrist_right")
    distance = np.linalg.norm(wrist_m, axis=-1, keepdims=True)
    line = wrist_m / distance
    reached = np.clip(distance, 1.1 * abs(upper - lower) + 0.05, _STRAIGHT_ARM * (upper + lower))
    along = (upper**2 - lower**2 + reached**2) / (2.0 * reached)
    aside = np.sqrt(np.maximum(upper**2 - along**2, 0.0))
    across = unit(towards - np.sum(towards * line, axis=-1, keepdims=True) * line)
    elbow = along * line + aside * across
    return unit(elbow), unit(reached * line - elbow)


def _pose_arm(
    body: Body, side: str, *, directions: tuple[Floats, Floats], grip: Floats, rotations: Floats
) -> None:
    """Write the rotations of one arm: each bone turned the least from its neighbour."""
    names = [f"{part}_{side}" for part in ("shoulder", "elbow", "wrist", "knuckle", "finger")]
    shoulder, elbow, wrist, knuckle, finger = (body.joint(name) for name in names)
    base = rotations[:, shoulder]
    upper = between(turn(base, body.offset_m(names[0], names[1])), directions[0]) @ base
    lower = between(turn(upper, body.offset_m(names[1], names[2])), directions[1]) @ upper
    hand_rest = body.offset_m(names[2], names[3])
    hand = between(turn(lower, hand_rest), directions[1]) @ lower
    curl_axis = np.cross(hand_rest, body.offset_m(names[3], names[4]))
    rotations[:, shoulder], rotations[:, elbow], rotations[:, wrist] = upper, lower, hand
    rotations[:, knuckle] = hand @ _about(curl_axis, np.radians(15.0 + 60.0 * grip))
    rotations[:, finger] = hand @ _about(curl_axis, np.radians(30.0 + 130.0 * grip))


def _about(axis: Floats, angle_rad: Floats) -> Floats:
    """Rotate about any axis: (T,) angles -> (T, 3, 3)."""
    x, y, z = unit(axis)
    skew = np.array([[0.0, -z, y], [z, 0.0, -x], [-y, x, 0.0]])
    sine, cosine = np.sin(angle_rad)[:, None, None], np.cos(angle_rad)[:, None, None]
    rotated: Floats = np.eye(3) + sine * skew + (1.0 - cosine) * (skew @ skew)
    return rotated
