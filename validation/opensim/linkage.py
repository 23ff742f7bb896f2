"""Our planar body as an OpenSim model: the same masses and lengths, other equations.

A tree of pin joints about Z, hung on the ground by a planar joint at any segment: at the foot, then
moments come down from the hands as ours do; or at the pelvis as in OpenSim's own models, then the
legs' moments come up from the ground reaction. No function of ours computes a force here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from primemover.dynamics.body import Body
from primemover.dynamics.segments import CLINICAL_SIGN, JOINTS, PARENT, SEGMENTS, Joint, Segment
from primemover.model.arrays import Floats
from validation.opensim.library import opensim

__all__ = ["ROOT", "Hinge", "built", "clinical", "coordinates", "hinges", "solved"]

ROOT: Final = ("root_turn", "root_x", "root_y")
"""The root's coordinates: counter-clockwise turn (rad), forward and up (m)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hinge:
    """A pin joint of the tree; places (2,) in the two segments' frames, metres."""

    joint: Joint
    parent: Segment
    child: Segment
    in_parent_m: Floats
    in_child_m: Floats

    @property
    def name(self) -> str:
        """The joint's and its coordinate's name."""
        return self.joint.name.lower()


def hinges(body: Body, root: Segment) -> tuple[Hinge, ...]:
    """Return the joints from a root outward, each parent before its children."""
    found: list[Hinge] = []
    reached = {root}
    left = list(JOINTS)
    while left:
        for joint in tuple(left):
            upper = Segment(joint + 1)
            lower = PARENT[upper]
            if lower not in reached and upper not in reached:
                continue
            place = body.neck_m if joint is Joint.NECK else body.end_m[lower]
            downward = upper in reached
            found.append(
                Hinge(
                    joint=joint,
                    parent=upper if downward else lower,
                    child=lower if downward else upper,
                    in_parent_m=np.zeros(2) if downward else np.asarray(place),
                    in_child_m=np.asarray(place) if downward else np.zeros(2),
                )
            )
            reached |= {lower, upper}
            left.remove(joint)
    return tuple(found)


def coordinates(body: Body, root: Segment, turn_rad: Floats, at_m: Floats) -> dict[str, Floats]:
    """Return the model's coordinates for inclinations (S, T) and the root's place (T, 2).

    It is linear: rates and accelerations go through it alike. Pins turn counter-clockwise,
    inclinations clockwise.
    """
    found = dict(zip(ROOT, (-turn_rad[root], at_m[:, 0], at_m[:, 1]), strict=True))
    for hinge in hinges(body, root):
        found[hinge.name] = turn_rad[hinge.parent] - turn_rad[hinge.child]
    return found


def clinical(body: Body, root: Segment, torque_nm: dict[str, Floats]) -> dict[Joint, Floats]:
    """Return clinical moments of the pins' torques.

    A torque is what the parent does to the child; where the tree runs downward it is the moment of
    the upper segment on the lower one, the reverse of ours.
    """
    return {
        hinge.joint: CLINICAL_SIGN[hinge.joint]
        * (1.0 if hinge.child > hinge.parent else -1.0)
        * torque_nm[hinge.name]
        for hinge in hinges(body, root)
    }


def built(body: Body, root: Segment, *, bar_kg: float = 0.0) -> Any:  # noqa: ANN401 - no types
    """Return the model; with a bar, a point mass at the grip."""
    library = opensim()
    model = library.Model()
    model.setName("linkage")
    model.setGravity(library.Vec3(0.0, -9.80665, 0.0))
    parts = {segment: _part(library, body, segment) for segment in SEGMENTS}
    for part in parts.values():
        model.addBody(part)
    base = library.PlanarJoint("root", model.getGround(), parts[root])
    for index, name in enumerate(ROOT):
        base.upd_coordinates(index).setName(name)
    model.addJoint(base)
    for hinge in hinges(body, root):
        pin = library.PinJoint(
            f"{hinge.name}_pin",
            parts[hinge.parent],
            _vector(library, hinge.in_parent_m),
            library.Vec3(0.0),
            parts[hinge.child],
            _vector(library, hinge.in_child_m),
            library.Vec3(0.0),
        )
        pin.upd_coordinates(0).setName(hinge.name)
        model.addJoint(pin)
    if bar_kg > 0.0:
        bar = library.Body("bar", bar_kg, library.Vec3(0.0), library.Inertia(0.0, 0.0, 0.0))
        model.addBody(bar)
        grip = _vector(library, body.end_m[Segment.FOREARM])
        none = library.Vec3(0.0)
        model.addJoint(
            library.WeldJoint("grip", parts[Segment.FOREARM], grip, none, bar, none, none)
        )
    model.finalizeConnections()
    return model


def solved(
    model: Any,  # noqa: ANN401 - no types
    values: dict[str, Floats],
    rates: dict[str, Floats],
    accelerations: dict[str, Floats],
) -> dict[str, Floats]:
    """Return the forces on the coordinates, (T,) each, for given accelerations (no splines)."""
    library = opensim()
    state = model.initSystem()
    handles = {name: model.getCoordinateSet().get(name) for name in values}
    index = {name: _index(model, state, name, handles) for name in values}
    solver = library.InverseDynamicsSolver(model)
    frames = next(iter(values.values())).size
    found = {name: np.empty(frames) for name in values}
    for frame in range(frames):
        moving = library.Vector(len(values), 0.0)
        for name, handle in handles.items():
            handle.setValue(state, float(values[name][frame]), False)  # noqa: FBT003 - its API
            handle.setSpeedValue(state, float(rates[name][frame]))
            moving.set(index[name], float(accelerations[name][frame]))
        forces = solver.solve(state, moving)
        for name in values:
            found[name][frame] = forces.get(index[name])
    return found


def _index(model: Any, state: Any, name: str, handles: dict[str, Any]) -> int:  # noqa: ANN401
    """Return a coordinate's place among the speeds, found by setting its speed alone."""
    for other, handle in handles.items():
        handle.setSpeedValue(state, 1.0 if other == name else 0.0)
    model.realizeVelocity(state)
    return int(np.argmax(np.abs(state.getU().to_numpy())))


def _part(library: Any, body: Body, segment: Segment) -> Any:  # noqa: ANN401 - no types
    inertia = float(body.inertia_kg_m2[segment])
    return library.Body(
        segment.name.lower(),
        float(body.mass_kg[segment]),
        _vector(library, body.centre_m[segment]),
        library.Inertia(inertia, inertia, inertia),
    )


def _vector(library: Any, place_m: Floats) -> Any:  # noqa: ANN401 - no types
    return library.Vec3(float(place_m[0]), float(place_m[1]), 0.0)
