"""What a person brings to the exam: answers, readings and films."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from primemover.model.measure import Instrument, Side
from primemover.model.outcome import Questionnaires
from primemover.model.person import Person

__all__ = ["Clip", "ClipKind", "LiftFacts", "Pain", "Reading", "Screening", "Session", "Variant"]


class ClipKind(StrEnum):
    """Which test a film shows."""

    DEADLIFT = "deadlift"
    FORWARD_BEND = "forward_bend"
    HIP_ROTATION_ACTIVE = "hip_rotation_active"
    HIP_ROTATION_PASSIVE = "hip_rotation_passive"


class Variant(StrEnum):
    """Deadlift variants."""

    CONVENTIONAL = "conventional"
    SUMO = "sumo"
    ROMANIAN = "romanian"
    HEX_BAR = "hex_bar"
    KETTLEBELL = "kettlebell"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """A film of one test; `side` where it shows one side only."""

    kind: ClipKind
    path: Path
    side: Side = Side.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One typed-in value of one trial, SI."""

    measure: str
    value: float
    unit: str
    instrument: Instrument
    side: Side = Side.NONE
    by_lay_person: bool = True

    @property
    def measure_id(self) -> str:
        """Id of the measure it is a reading of, with its side."""
        return self.measure if self.side is Side.NONE else f"{self.measure}_{self.side.value}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Screening:
    """Answers of the safety screen: ids answered yes, and whether it was gone through."""

    yes: frozenset[str] = frozenset()
    answered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Pain:
    """Numeric pain ratings 0-10 (NPRS), None where not told; `where` are body-map ids."""

    now: float | None = None
    worst: float | None = None
    during: float | None = None
    after: float | None = None
    where: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftFacts:
    """What is known of the filmed lift."""

    bar_mass_kg: float | None = None
    plate_diameter_m: float | None = 0.450
    variant: Variant | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One exam of one person.

    Attributes
    ----------
    title : what the report is called
    felt : muscle groups felt working after a set (ids of the muscles table), None = not asked
    equipment : what the person has, ids of the equipment table, None = not asked
    minutes_per_day : time for the programme, None = not asked
    days_per_week : training days for the programme, None = not asked
    questionnaires : answers of questionnaires, and totals that were typed in
    """

    title: str = "Session"
    date: str = ""
    person: Person = field(default_factory=Person)
    screening: Screening = field(default_factory=Screening)
    pain: Pain = field(default_factory=Pain)
    felt: tuple[str, ...] | None = None
    readings: tuple[Reading, ...] = ()
    clips: tuple[Clip, ...] = ()
    lift: LiftFacts = field(default_factory=LiftFacts)
    equipment: tuple[str, ...] | None = None
    minutes_per_day: float | None = None
    days_per_week: int | None = None
    questionnaires: Questionnaires = field(default_factory=Questionnaires)

    @property
    def read_by_lay(self) -> frozenset[str]:
        """Ids of the typed-in measures, with their side, that a lay person read."""
        return frozenset(one.measure_id for one in self.readings if one.by_lay_person)
