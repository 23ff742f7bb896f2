"""True angles of simulated people, by published spreads; nothing of the reading's own code.

Degrees and centimetres. Means and standard deviations are those of ../shared/evidence/clinical.md
sections 1.1, 1.2, 2.1 and 2.2; what no publication tells (how often a hip is not used, how alike
two sides are) is an engineering default and named so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

__all__ = ["Person", "people"]

# Healthy seated internal rotation, mean and sd (section 1.1).
_ROTATION: Final = (
    (32.0, 8.0),  # Roach & Miles 1991, all ages
    (35.1, 4.7),  # Fan 2014, men
    (42.7, 10.3),  # Fan 2014, women
    (29.0, 11.0),  # Howard 2011
    (30.0, 9.6),  # Moreno-Perez 2015, men
    (35.6, 8.2),  # the same, women
    (37.9, 8.0),  # Kouyoumdjian 2012, seated (sd assumed there too)
    (44.4, 4.3),  # Boone & Azen 1979
)
_ALIKE: Final = 0.8  # default: correlation of the two sides' passive rotation
_HEALTHY_GAP: Final = (1.0, 2.0)  # 0-2 deg in healthy people (Krause 2015); spread is a default
_UNUSED_SHARE: Final = 0.3  # default: people with rotation that they do not use
_UNUSED: Final = (5.0, 25.0)  # default: how much of it, evenly
_ONE_SIDED_SHARE: Final = 0.5  # default: of those, on one side only
# Pelvic rotation in the bend: with short hamstrings and without (Gajdosik 1994), and by sensors
# (Laird 2016: 54.8 to 60.8 deg; the sd is a default).
_PELVIS: Final = ((52.0, 9.0), (72.0, 4.0), (58.0, 10.0))
# Lumbar excursion: Esola 1996 (41.6) and the skin-surface 45-65 deg; sds are defaults. A share of
# people holds the hollow or rounds far (default), so that every pattern occurs.
_LUMBAR: Final = ((41.6, 10.0), (55.0, 10.0), (20.0, 6.0), (75.0, 8.0))
_LUMBAR_SHARES: Final = (0.4, 0.4, 0.08, 0.12)
_THORACIC: Final = (17.0, 8.0)  # 10 to 25 deg
_THORACIC_OF_PELVIS: Final = (
    -0.4
)  # default: the upper back makes up for a short pelvis (Muyor 2011)
_USUAL_PELVIS: Final = 62.0
# Fingertips: 6.4 cm on average; 0.6 cm lower for each degree of trunk motion over Esola's 111 deg
# and a spread of 6 cm for arms and legs (both defaults).
_FINGERTIP: Final = (6.4, -0.6, 111.0, 6.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One person's true values: degrees, and centimetres for the fingertips."""

    passive: dict[str, float]
    active: dict[str, float]
    pelvis: float
    lumbar: float
    thoracic: float
    fingertip: float


def people(count: int, *, seed: int = 2018) -> list[Person]:
    """Return simulated people, the same ones for the same seed."""
    rng = np.random.default_rng(seed)
    return [_person(rng) for _ in range(count)]


def _person(rng: np.random.Generator) -> Person:
    mean, sd = _ROTATION[rng.integers(len(_ROTATION))]
    common, *own = rng.standard_normal(3)
    passive = {
        side: float(mean + sd * (np.sqrt(_ALIKE) * common + np.sqrt(1.0 - _ALIKE) * mine))
        for side, mine in zip(("left", "right"), own, strict=True)
    }
    gap = {side: float(rng.normal(*_HEALTHY_GAP)) for side in passive}
    if rng.random() < _UNUSED_SHARE:
        one_sided = rng.random() < _ONE_SIDED_SHARE
        chosen = [("left", "right")[rng.integers(2)]] if one_sided else list(passive)
        for side in chosen:
            gap[side] = float(rng.uniform(*_UNUSED))
    pelvis = float(rng.normal(*_PELVIS[rng.integers(len(_PELVIS))]))
    lumbar = float(rng.normal(*_LUMBAR[rng.choice(len(_LUMBAR), p=_LUMBAR_SHARES)]))
    raised = _THORACIC_OF_PELVIS * min(pelvis - _USUAL_PELVIS, 0.0)
    base, slope, usual, spread = _FINGERTIP
    return Person(
        passive=passive,
        active={side: passive[side] - gap[side] for side in passive},
        pelvis=pelvis,
        lumbar=lumbar,
        thoracic=float(rng.normal(*_THORACIC)) + raised,
        fingertip=base + slope * (pelvis + lumbar - usual) + float(rng.normal(0.0, spread)),
    )
