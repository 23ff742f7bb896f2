"""Who lifts what: a body's own standing and stance, the load and where it lies."""

from dataclasses import dataclass

import numpy as np

from validation.virtual.bodies import SIDES, Body
from validation.virtual.draws import (
    Own,
    Random,
    draw_own,
    draw_shares,
    draw_stance,
    lean_deg,
    standing,
)
from validation.virtual.figure import Figure, Links, Stance, links_of
from validation.virtual.performance import Load
from validation.virtual.planting import plant
from validation.virtual.rotations import Floats
from validation.virtual.solving import Grip

__all__ = ["Lifter", "draw_lifter"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifter:
    """One person at one load.

    Attributes
    ----------
    rest_m : height of the bar or the grip where it lies, or where a Romanian lift turns round
    rack_m : height of the hooks, NaN when it lies on the floor
    """

    figure: Figure
    own: Own
    stand: Floats
    load: Load
    grip: Grip
    rest_m: float
    rack_m: float
    bar_x_m: float

    @property
    def upright_deg(self) -> float:
        """The line from mid-hip to mid-shoulder in the own standing."""
        return lean_deg(self.figure, self.stand)


def draw_lifter(random: Random, body: Body, *, kind: str) -> Lifter:
    """Draw a lifter of one kind of `styles.LIFTS`."""
    links = links_of(body)
    own = draw_own(random)
    figure = Figure(
        body=body,
        links=links,
        stance=_stance(random, links, kind=kind),
        lumbar_shares=draw_shares(random),
    )
    load, grip = _load(random, figure, kind=kind)
    shin = links.ankle_up + random.uniform(0.42, 0.68) * links.shank
    rest = {"kettlebell": load.grip_over_base_m, "romanian": shin}.get(kind, load.plate_radius_m)
    stand = standing(figure, own)
    hanging = _shoulder_m(figure, stand) - links.arm
    behind = random.uniform(-0.07, 0.10) if kind == "kettlebell" else random.uniform(-0.03, 0.02)
    return Lifter(
        figure=figure,
        own=own,
        stand=stand,
        load=load,
        grip=grip,
        rest_m=rest,
        rack_m=hanging - random.uniform(0.05, 0.10) if kind == "romanian" else float("nan"),
        bar_x_m=figure.mid_foot_m + behind,
    )


def _shoulder_m(figure: Figure, posture: Floats) -> float:
    """Return how high the mid-shoulder of a posture is."""
    track = plant(figure, posture[None])
    both = [track.joints_m[0, figure.body.joint(f"shoulder_{side}"), 1] for side in SIDES]
    return float(np.mean(both))


def _stance(random: Random, links: Links, *, kind: str) -> Stance:
    wide = {
        "conventional": (0.9, 1.45, 4.0, 22.0),
        "romanian": (0.8, 1.3, 2.0, 16.0),
        "kettlebell": (1.5, 2.3, 10.0, 32.0),
        "sumo": (2.5, 3.6, 26.0, 44.0),
    }[kind]
    toe_out = random.uniform(*wide[2:])
    half = links.hip_aside * random.uniform(*wide[:2])
    # A bar's plates begin 0.655 m from its middle; feet stay clear of them.
    return draw_stance(
        random,
        links,
        half_width_m=min(half, 0.5),
        toe_out=toe_out,
        knees_out=toe_out + random.uniform(-6.0, 2.0),
    )


def _load(random: Random, figure: Figure, *, kind: str) -> tuple[Load, Grip]:
    body, links = figure.body, figure.links
    if kind == "kettlebell":
        mass = float(random.choice([8.0, 12.0, 16.0, 20.0, 24.0, 32.0]))
        ball = 0.062 * (mass / 8.0) ** (1.0 / 3.0) + 0.012
        load = Load(
            kind="kettlebell",
            mass_kg=mass,
            bell_radius_m=ball,
            grip_over_base_m=2.0 * ball + random.uniform(0.045, 0.065),
            grip_half_m=0.065,
        )
        return load, Grip(aside_m=0.045, mass_kg=mass, behind_legs=True)
    mass = random.uniform(0.4, 1.6) * body.mass_kg
    inside = kind == "sumo"
    aside = (
        random.uniform(0.14, 0.21) if inside else links.shoulder_aside + random.uniform(0.03, 0.10)
    )
    rests = "rack" if kind == "romanian" else "floor"
    return Load(kind="barbell", mass_kg=mass, rests_on=rests), Grip(aside_m=aside, mass_kg=mass)
