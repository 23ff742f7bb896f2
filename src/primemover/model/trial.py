"""The result of one filmed or typed test."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from primemover.model.check import Check
from primemover.model.cleaned import CleanPose
from primemover.model.finding import Finding
from primemover.model.loadtrack import LoadTrack
from primemover.model.measure import Measure
from primemover.model.mechanics import LiftMechanics
from primemover.model.outline import DorsalLine, ZeroPosture
from primemover.model.provenance import Provenance
from primemover.model.recording import Recording
from primemover.model.repetition import Hold, Repetition
from primemover.model.series import Series
from primemover.model.view import TaskGuess, View

__all__ = ["Film", "Trial", "TrialKind"]


class TrialKind(StrEnum):
    """Which test a trial belongs to; the JSON's ``kind``."""

    DEADLIFT = "deadlift"
    FORWARD_BEND = "forward_bend"
    HIP_ROTATION = "hip_rotation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Film:
    """What the pictures need when they are drawn: the film and all that was seen in it.

    `key_frames` maps a caption id (``"set_up"``, ``"lift_off"``, ``"bottom"``, ``"standing"``,
    ``"hold_left"`` ...) to a frame index of the recording.
    """

    recording: Recording
    pose: CleanPose
    dorsal: DorsalLine | None = None
    load: LoadTrack | None = None
    zero: ZeroPosture | None = None
    key_frames: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One test's measures, checks and curves. `film` is None for typed-in tests.

    `mechanics` has one entry for each repetition whose forces could be estimated.
    """

    kind: TrialKind
    view: View | None
    task: TaskGuess | None
    repetitions: tuple[Repetition, ...]
    holds: tuple[Hold, ...]
    measures: dict[str, Measure]
    series: tuple[Series, ...]
    checks: tuple[Check, ...]
    findings: tuple[Finding, ...] = ()
    provenance: Provenance | None = None
    film: Film | None = None
    mechanics: tuple[LiftMechanics, ...] = ()
