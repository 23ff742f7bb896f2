"""The session file's format: what may stand in it, table by table.

Boundary types only: they check words and shapes. Quantities become SI in `session_file`.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

__all__ = [
    "BendReadingsTable",
    "BendTable",
    "HipReadingsTable",
    "HipSideTable",
    "HipTable",
    "QuestionnairesTable",
    "SessionTable",
    "TwoPostures",
]


def _as_list(value: Any) -> Any:  # noqa: ANN401 - whatever stands in the file
    """Take one value as a list of one."""
    return value if isinstance(value, list) or value is None else [value]


# Strict: a truth value is not an angle, and a number is not a text.
Number = Annotated[float, Field(strict=True)]
Whole = Annotated[int, Field(strict=True)]
Text = Annotated[str, Field(strict=True)]
Angle = Number | Text
Angles = Annotated[list[Angle], BeforeValidator(_as_list)]
Quantity = Number | Text
Quantities = Annotated[list[Quantity], BeforeValidator(_as_list)]
Rating = Annotated[float, Field(strict=True, ge=0, le=10)]
Reader = Literal["clinician", "self"]
AngleInstrument = Literal["goniometer", "inclinometer", "phone", "video"]


class Table(BaseModel):
    """A table of the file; unknown keys are errors, because a misspelt key loses a value."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class PersonTable(Table):
    """Facts of the person."""

    body_mass: Quantity | None = None
    height: Quantity | None = None
    sex: Literal["female", "male"] | None = None
    age: Annotated[float, Field(ge=5, le=110)] | None = None


class ScreeningTable(Table):
    """Answers of the safety screen."""

    answered: bool = False
    yes: list[str] = []


class PainTable(Table):
    """Pain ratings 0-10."""

    now: Rating | None = None
    worst: Rating | None = None
    during: Rating | None = None
    after: Rating | None = None
    where: list[str] = []


class FeltTable(Table):
    """Muscle groups felt working after a set."""

    muscles: list[str]


class HipSideTable(Table):
    """Trials of one hip, degrees."""

    active: Angles = []
    passive: Angles = []
    external: Angles = []


class HipReadingsTable(Table):
    """Seated hip rotation with one instrument; `by` is who measured."""

    instrument: AngleInstrument | None = None
    by: Reader = "self"
    left: HipSideTable = HipSideTable()
    right: HipSideTable = HipSideTable()


class HipTable(HipReadingsTable):
    """Seated hip rotation; `also` has what another instrument or person read the same day."""

    also: list[HipReadingsTable] = []
    active_video: str | None = None
    passive_video: str | None = None


class TwoPostures(Table):
    """One inclinometer place, degrees: upright and at the end of the bend."""

    standing: Angle
    bent: Angles


class BendReadingsTable(Table):
    """Standing forward bend; angles in degrees, or two inclinometer places."""

    instrument: AngleInstrument | None = None
    by: Reader = "self"
    fingertip_to_floor: Quantities = []
    pelvis_rotation: Angles = []
    lumbar_excursion: Angles = []
    thoracic_excursion: Angles = []
    sacrum_deg: TwoPostures | None = None
    t12_deg: TwoPostures | None = None
    c7_deg: TwoPostures | None = None


class BendTable(BendReadingsTable):
    """Standing forward bend; `also` has what another instrument or person read the same day."""

    also: list[BendReadingsTable] = []
    video: str | None = None


class DeadliftTable(Table):
    """The filmed lift."""

    video: str | None = None
    bar_mass: Quantity | None = None
    variant: Literal["conventional", "sumo", "romanian", "hex_bar", "kettlebell"] | None = None
    plate_diameter: Quantity | None = None


class EntryTable(Table):
    """Entry tests of the programme's steps."""

    by: Reader = "self"
    instrument: AngleInstrument = "goniometer"
    hip_extension_left: Angles = []
    hip_extension_right: Angles = []
    single_leg_bridge_left: Quantities = []
    single_leg_bridge_right: Quantities = []
    rib_control_hold: Quantities = []
    knee_to_wall_left: Quantities = []
    knee_to_wall_right: Quantities = []
    sorensen_hold: Quantities = []


class PlanTable(Table):
    """What the programme must fit."""

    equipment: list[str] | None = None
    minutes_per_day: Annotated[float, Field(ge=5, le=240)] | None = None
    days_per_week: Annotated[int, Field(strict=True, ge=2, le=7)] | None = None


class ActivityTable(Table):
    """One activity of the patient-specific scale; 10 = as well as before."""

    activity: Text
    rating: Rating


class RmdqTable(Table):
    """Roland-Morris: numbers of the sentences answered yes, and of those left out."""

    yes: list[Whole]
    left_out: list[Whole] = []


class QuestionnairesTable(Table):
    """Answers of questionnaires, and totals of those whose items are not part of this program."""

    psfs: list[ActivityTable] = []
    rmdq: RmdqTable | None = None
    rmdq_total: Whole | None = None
    odi_total: Number | None = None
    start_back_total: Whole | None = None
    start_back_distress: Whole | None = None


class SessionTable(Table):
    """A whole session file."""

    title: str = "Session"
    date: str = ""
    person: PersonTable = PersonTable()
    screening: ScreeningTable = ScreeningTable()
    pain: PainTable = PainTable()
    felt: FeltTable | None = None
    hip_rotation: HipTable = HipTable()
    forward_bend: BendTable = BendTable()
    deadlift: DeadliftTable = DeadliftTable()
    entry: EntryTable = EntryTable()
    plan: PlanTable = PlanTable()
    questionnaires: QuestionnairesTable = QuestionnairesTable()
