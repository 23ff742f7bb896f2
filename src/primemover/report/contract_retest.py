"""The JSON contract of a re-test: ``primemover retest ... --json``."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from primemover.report.contract_session import PersonJson
from primemover.report.shape import Shape

__all__ = ["RetestJson"]

Probability = Annotated[float, Field(ge=0.0, le=1.0)]
SideWord = Literal["left", "right", "none"]
KindWord = Literal[
    "real", "within_error", "instrument_changed", "not_measured_again", "error_unknown"
]
TowardsWord = Literal["better", "worse", "neither"]
MoveWord = Literal["move_on", "hold", "refer", "not_needed"]


class VisitJson(Shape):
    """One session of the comparison. `name` is its file; `stopped` why nothing may be loaded."""

    name: str
    date: str
    person: PersonJson
    stopped: str
    stops_exam: bool


class ReadingJson(Shape):
    """One reading in the shown unit of its measure."""

    value: float
    se: float | None
    instrument: str


class ChangeJson(Shape):
    """One measure in an earlier and a later session, in `unit`.

    `change` is later minus earlier, `low` to `high` its 90 % interval, `mdc` the smallest change
    that counts as real. `probability` is how often two readings of somebody who did not change lie
    closer together than these: 0.95 at the MDC. All null where the two cannot be compared.
    """

    id: str
    label: str
    group: str
    side: SideWord
    unit: str
    kind: KindWord
    before: ReadingJson | None
    after: ReadingJson | None
    change: float | None
    low: float | None
    high: float | None
    probability: Probability | None
    mdc: float | None
    mdc_from: Literal["published", "readings", ""]
    towards: TowardsWord
    listed: bool
    read_by_lay: bool
    caution: str
    plain: str
    clinician: str
    tag: str
    sources: list[str]


class ScoreChangeJson(Shape):
    """One questionnaire total in two sessions; `matters` is whether it reaches the MIC."""

    id: str
    questionnaire: str
    label: str
    unit: str
    kind: KindWord
    before: float | None
    after: float | None
    change: float | None
    low: float | None
    high: float | None
    probability: Probability | None
    mdc: float | None
    mic: float | None
    towards: TowardsWord
    matters: bool | None
    category_before: str
    category_after: str
    plain: str
    clinician: str
    tag: str
    sources: list[str]


class FindingShiftJson(Shape):
    """A finding in both sessions; gone and new only where a real change stands behind it."""

    id: str
    label: str
    side: SideWord
    before: Literal["present", "absent", "indeterminate", ""]
    after: Literal["present", "absent", "indeterminate", ""]
    shift: Literal["gone", "new", "still_there", "still_absent", "cannot_tell"]
    supported_by: list[str]
    plain: str


class StateShiftJson(Shape):
    """A state in both sessions; `settled` is false where the answer is open or unexplained."""

    id: Literal["hip_left", "hip_right", "bend", "pairing"]
    before: str
    after: str
    changed: bool
    settled: bool
    supported_by: list[str]
    plain: str


class PointJson(Shape):
    """One session's value; `se` is the error that comparing sessions has to reckon with."""

    date: str
    value: float
    se: float | None
    instrument: str
    comparable: bool


class TrendJson(Shape):
    """A measure over all sessions; the slope per week is null with too few comparable sessions."""

    id: str
    label: str
    side: SideWord
    unit: str
    kind: KindWord
    points: list[PointJson]
    slope_per_week: float | None
    slope_se: float | None
    slope_low: float | None
    slope_high: float | None
    misfit: float | None
    mdc: float | None
    listed: bool
    plain: str


class ExitJson(Shape):
    """One exit test of a step."""

    id: str
    label: str
    side: SideWord
    status: Literal["met", "not_met", "open", "untested"]
    plain: str


class VerdictJson(Shape):
    """What the plan does with a step."""

    step: Annotated[int, Field(ge=1, le=5)]
    title: str
    move: MoveWord
    plain: str
    clinician: str
    exits: list[ExitJson]


class ReviewJson(Shape):
    """What the programme as a whole does."""

    move: MoveWord
    plain: str
    clinician: str
    weeks_without_change: float | None


class RetestJson(Shape):
    """Two or more sessions compared: `changes` first against last, `since_last` the last two."""

    schema_version: Literal[1]
    kind: Literal["retest"]
    version: str
    knowledge_sha256: str
    headline: str
    compared: int
    expected_by_chance: float
    review: ReviewJson
    steps: list[VerdictJson]
    visits: list[VisitJson]
    changes: list[ChangeJson]
    since_last: list[ChangeJson]
    scores: list[ScoreChangeJson]
    findings: list[FindingShiftJson]
    states: list[StateShiftJson]
    trends: list[TrendJson]
    notes: list[str]
