"""What turns the outline's tangents into angles of the skeleton; so far, nothing.

Skin is not bone: on rendered people with known spines the plain tangents under-read lumbar
flexion (slope 0.85). A correction fitted to many bodies belongs here and is applied in one place,
`angles.back_angles`. Until one is fitted the identity stands and its error is stated instead.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from primemover.model.arrays import Floats

__all__ = ["IDENTITY", "Correction"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A straight-line correction of changes from standing, with the error that it leaves.

    Attributes
    ----------
    source : where its numbers come from
    pelvis_gain, lumbar_gain, thoracic_gain : factor on the change from the zero posture
    pelvis_se_rad, lumbar_se_rad, thoracic_se_rad : what no averaging over frames takes away
    """

    source: str
    pelvis_gain: float = 1.0
    lumbar_gain: float = 1.0
    thoracic_gain: float = 1.0
    pelvis_se_rad: float
    lumbar_se_rad: float
    thoracic_se_rad: float

    def corrected(self, change_rad: Floats, *, gain: float) -> Floats:
        """Return a change of angle (T,) as the skeleton's."""
        return gain * change_rad


IDENTITY: Final = Correction(
    source=(
        "Plain tangents, nothing corrected. Against 632 random side postures of 8 rendered "
        "people with known spines (narrow and wide stance, camera up to 8 deg off the side), "
        "minus their own standing: root mean square error 5.4 deg pelvis (slope 0.94), 6.1 deg "
        "lumbar (slope 0.85, r .92), 6.2 deg thoracic (slope 0.69). 4 deg are stated here as what "
        "skin and body shape leave; with what the landmarks' error does in each frame and in the "
        "standing, 95 % of the pelvis, 97 % of the lumbar and 99 % of the thoracic angles lay "
        "within 1.96 standard errors (docs/accuracy.md). Rendered people have no soft tissue and "
        "simple clothes: this is not a validation on the living."
    ),
    pelvis_se_rad=math.radians(4.0),
    lumbar_se_rad=math.radians(4.0),
    thoracic_se_rad=math.radians(4.0),
)
