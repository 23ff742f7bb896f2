"""What one film of a virtual person gave, beside what is true: the material of the error table.

The collecting (rendering, running the product) makes one `FilmResult` a film and keeps it with
`save_result`; everything else in this room only reads them. Units are SI and radians; NaN in
`measured` is "not measured". Intervals are the product's own 90 % intervals.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from primemover.model.arrays import Floats, Ints
from primemover.model.pose import PoseTrack

__all__ = [
    "CurveResult",
    "Factors",
    "FilmResult",
    "FindingResult",
    "FindingState",
    "MeasureResult",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Factors:
    """How a film was made; every one can become a row of the table.

    Attributes
    ----------
    move, style : names in `validation.virtual.moves.MOVES`
    person : index of the body; the cluster of every interval
    sex, build : e.g. ``"female"``, ``"heavy"``
    clothing : one of `validation.virtual.wardrobe.KINDS`
    close_fitting : whether these clothes follow the skin (the target table's "loose" is the rest)
    plates : whether plates are in the picture
    yaw_rad : turn of the camera away from the view the test wants, + towards the person's front
    pitch_rad, roll_rad : tilt of the camera
    camera_height_m, distance_m : of the lens above the floor, and from the person
    width_px, height_px : of the picture
    frames_per_s : on average; `uneven` if the frames are not evenly spaced
    light : e.g. ``"even"``, ``"dim"``
    extras : what else is in or wrong with the film, e.g. ``("rack", "passer_by", "motion_blur")``
    """

    move: str
    style: str
    person: int
    sex: str
    build: str
    clothing: str
    close_fitting: bool
    plates: bool
    yaw_rad: float
    width_px: int
    height_px: int
    frames_per_s: float
    pitch_rad: float = 0.0
    roll_rad: float = 0.0
    camera_height_m: float = 1.0
    distance_m: float = 4.0
    uneven: bool = False
    light: str = "even"
    extras: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CurveResult:
    """One quantity through the film, on the product's own clock.

    Attributes
    ----------
    id : series id, e.g. ``"lumbar_flexion"``
    unit : ``"rad"`` or ``"m"``
    time_s : (T,)
    true : (T,) the truth at those times; NaN where the truth is not defined
    measured, se : (T,) value and standard error; NaN = not measured
    low, high : (T,) ends of the stated 90 % interval; NaN where not measured
    repetition : (T,) number of the TRUE repetition (of that leg) the frame lies in, from 0;
        -1 outside all of them. Only frames inside count
    why : the main reason for what was not measured, empty if all was
    """

    id: str
    unit: str
    time_s: Floats
    true: Floats
    measured: Floats
    se: Floats
    low: Floats
    high: Floats
    repetition: Ints
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureResult:
    """One measure of one repetition (`repetition` from 0), or of the whole film (-1).

    `true`, `measured`, `se`, `low`, `high` are in SI `unit`; NaN in `measured` = not measured,
    then `why` says why. A repetition that was not found is "not measured".
    """

    id: str
    unit: str
    repetition: int
    true: float
    measured: float
    se: float
    low: float
    high: float
    why: str = ""


class FindingState(StrEnum):
    """What the product said about a finding."""

    PRESENT = "present"
    ABSENT = "absent"
    INDETERMINATE = "indeterminate"


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingResult:
    """One finding of one film.

    Attributes
    ----------
    id : rule or pattern id, e.g. ``"back_rounds"``
    true : whether the person was posed with it
    probability : as the product stated it, NaN if it did not
    state : what it said; a refused film is INDETERMINATE
    why : why it is indeterminate
    """

    id: str
    true: bool
    probability: float
    state: FindingState
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmResult:
    """Everything kept of one film.

    Attributes
    ----------
    name : unique, a file name without its ending
    seed : makes the film again
    factors : how it was made
    curves, measures, findings : of the product. A refused film has them all the same, with
        nothing measured, so that refusals count
    refused : the sentence with which the product refused the whole film, or ""
    track : the raw track (without silhouettes) the baselines read, or None if nobody was found
    forward : picture direction the person truly faces: +1 right, -1 left, 0 front or rear view
    standing_s : [start, end) of the person's true standing (or sitting) at rest
    yaw_estimate_rad : what the product took the camera's yaw for, NaN if it did not say
    """

    name: str
    seed: int
    factors: Factors
    curves: tuple[CurveResult, ...]
    measures: tuple[MeasureResult, ...]
    findings: tuple[FindingResult, ...]
    track: PoseTrack | None
    forward: int
    standing_s: tuple[float, float]
    refused: str = ""
    yaw_estimate_rad: float = float("nan")
