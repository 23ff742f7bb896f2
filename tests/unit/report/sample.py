"""A made-up exam with plausible curves, for the report's tests. Nobody was measured for it."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from primemover.model.arrays import Floats, Pixels
from primemover.model.assessment import Assessment, BendReading, ExamReading, HipReading, Pairing
from primemover.model.check import Check, CheckStatus
from primemover.model.finding import Finding, FindingStatus, Verdict
from primemover.model.measure import Instrument, Measure, Side, Status, not_measured
from primemover.model.plan import ExerciseChoice, Plan, PlanStep, StepSide
from primemover.model.provenance import Provenance
from primemover.model.repetition import Hold, Repetition
from primemover.model.safety import SafetyFlag, SafetyLevel, SafetyResult
from primemover.model.series import Series
from primemover.model.session import Session
from primemover.model.trial import Trial, TrialKind
from primemover.model.view import TaskGuess, TaskName, View, ViewLabel
from tests.unit.report.film import RATE_HZ, front_film, joints_of, photograph, side_film, smooth


def deg(measure_id: str, value: float, se: float, **other: object) -> Measure:
    """Return a measured angle given in degrees."""
    return Measure(
        id=measure_id,
        value=math.radians(value),
        se=math.radians(se),
        unit="rad",
        **other,  # type: ignore[arg-type]
    )


def provenance() -> Provenance:
    return Provenance(
        version="0.1.0",
        input_sha256="9f" * 32,
        engine="blazepose-heavy/openvino-2026.4.1",
        weights_sha256="ab" * 32,
        knowledge_sha256="cd" * 32,
        settings={"smoothing_hz": "6", "mask": "heavy"},
    )


def _series(key: str, time_s: Floats, value: Floats, se: float, unit: str = "rad") -> Series:
    wobble = np.sin(9.0 * time_s) * 0.15 * se
    return Series(
        id=key, unit=unit, time_s=time_s, value=value + wobble, se=np.full(time_s.size, se)
    )


def deadlift_trial(repetitions: int = 3) -> Trial:
    """Return a side-view deadlift whose back rounds and whose hips rise first."""
    length = 4.2
    time_s = np.arange(0.0, 1.0 + length * repetitions, 1.0 / RATE_HZ)
    knots, shank, thigh, pelvis, lumbar = [0.0], [0.0], [0.0], [2.0], [0.0]
    reps = []
    for k in range(repetitions):
        start = 0.5 + length * k
        stretch = 1.0 + 0.06 * k
        marks = [0.0, 0.9, 1.2, 1.8 * stretch, 2.3 * stretch, 2.7 * stretch, 3.6 * stretch]
        knots += [start + m for m in marks]
        shank += [4.0, 14.0, 13.0, 4.0, 0.0, 0.0, 4.0]
        thigh += [20.0, 52.0, 50.0, 26.0, 0.0, 0.0, 20.0]
        pelvis += [20.0, 42.0, 43.0, 38.0, 0.0, 0.0, 20.0]
        lumbar += [12.0, 29.0 + 2 * k, 31.0 + 2 * k, 24.0, 2.0, 2.0, 12.0]
        reps.append((start + 0.6, start + 1.2, start + 1.8 * stretch, start + 2.3 * stretch))
    angles = {
        "shank": smooth(time_s, knots, shank),
        "thigh": smooth(time_s, knots, thigh),
        "pelvis": smooth(time_s, knots, pelvis),
        "lumbar": smooth(time_s, knots, lumbar),
    }
    windows = tuple(
        Repetition(
            start_s=start,
            bottom_s=start + 0.3,
            lift_off_s=off,
            knee_pass_s=knee,
            lockout_s=lock,
            end_s=lock + 1.2,
            measures={
                "lumbar_flexion_bottom": deg("lumbar_flexion_bottom", 31.0 + 2 * k, 5.2),
                "knee_flexion_bottom": not_measured("knee_flexion_bottom", "A plate hides it.")
                if k == 0
                else deg("knee_flexion_bottom", 62.0 + k, 3.1),
            },
        )
        for k, (start, off, knee, lock) in enumerate(reps)
    )
    names = ("set_up", "lift_off", "knee_pass", "lockout")
    frames = {name: round(at * RATE_HZ) for name, at in zip(names, reps[0], strict=True)}
    film = side_film("deadlift.mp4", time_s, angles, frames, with_bar=True)
    return Trial(
        kind=TrialKind.DEADLIFT,
        view=View(
            label=ViewLabel.SIDE,
            yaw_rad=math.radians(4.0),
            yaw_se_rad=math.radians(5.0),
            accepted=True,
        ),
        task=TaskGuess(looks_like=TaskName.DEADLIFT, probability=0.96),
        repetitions=windows,
        holds=(),
        measures=_lift_measures(),
        series=_lift_series(time_s, angles),
        checks=(
            Check(id="camera_side", status=CheckStatus.PASSED, detail="Filmed from the side."),
            Check(
                id="plate_hides_shin",
                status=CheckStatus.WARNING,
                detail="A plate hides the shin at the start; the ankle is held where it was seen.",
            ),
        ),
        findings=lift_findings(),
        provenance=provenance(),
        film=film,
    )


def _lift_series(time_s: Floats, angles: dict[str, Floats]) -> tuple[Series, ...]:
    rad = math.radians
    wrist = joints_of(angles)["wrist"]
    knee = angles["shank"] + angles["thigh"]
    trunk = angles["pelvis"] + 0.5 * angles["lumbar"]
    lumbar = angles["lumbar"].copy()
    lumbar[(np.degrees(trunk) < 6.0)] = np.nan
    return (
        _series("trunk_inclination", time_s, trunk, rad(2.0)),
        _series("hip_flexion", time_s, angles["pelvis"] + angles["thigh"], rad(5.0)),
        _series("trunk_thigh", time_s, trunk + angles["thigh"], rad(3.0)),
        _series("knee_flexion", time_s, knee, rad(3.0)),
        _series("pelvis_inclination", time_s, angles["pelvis"], rad(4.0)),
        _series("lumbar_flexion", time_s, lumbar, rad(5.0)),
        _series("bar_x", time_s, 0.02 + (wrist[:, 0] - 420.0) / 400.0 * 0.3, 0.004, "m"),
        _series("bar_y", time_s, (850.0 - wrist[:, 1]) / 400.0, 0.004, "m"),
    )


def _lift_measures() -> dict[str, Measure]:
    rows = [
        deg("lumbar_flexion_bottom", 33.0, 5.2),
        deg("hip_flexion_bottom", 93.0, 5.8),
        deg("knee_flexion_bottom", 62.0, 3.1),
        deg("trunk_inclination_bottom", 57.0, 2.0),
        deg("pelvis_inclination_bottom", 43.0, 4.1),
        Measure(id="trunk_rise_share_hips", value=0.58, se=0.08, unit="1"),
        Measure(id="trunk_rise_share_lumbar", value=0.42, se=0.08, unit="1"),
        Measure(id="bar_drift", value=0.034, se=0.008, unit="m"),
        Measure(
            id="lumbar_share_of_own_bend",
            value=0.71,
            se=0.13,
            unit="1",
            status=Status.ESTIMATED,
            why="Forward bend was filmed in other clothes.",
        ),
        not_measured("thoracic_flexion_bottom", "A hood stands off the upper back."),
    ]
    return {row.id: row for row in rows}


def lift_findings() -> tuple[Finding, ...]:
    return (
        Finding(
            id="back_rounds",
            label="The back rounds under load",
            status=FindingStatus.PRESENT,
            probability=0.94,
            measures=("lumbar_flexion_bottom",),
            because="Your lower back bends 33 ± 5° from your own standing at the bottom.",
            plain="Your lower back gives way before the bar leaves the floor.",
            article="The back should stay relatively straight; the extensors hold it.",
            verdict=Verdict.CONTRADICTS,
            verdict_text="Rounding has not been shown to cause pain (low-quality evidence).",
            sources=("saraceni2020",),
        ),
        Finding(
            id="hips_rise_first",
            label="The hips rise first",
            status=FindingStatus.INDETERMINATE,
            probability=0.55,
            measures=("trunk_inclination_bottom",),
            because="Hips rose 1.3 ± 0.4 times as fast as the shoulders.",
            plain="The hips may shoot up before the bar follows.",
            failed_check="plate_hides_shin",
            article="Hips and shoulders should rise together off the floor.",
            verdict=Verdict.MIXED,
            verdict_text="Less skilled lifters show it; no link to pain was studied.",
            sources=("escamilla2000",),
            next_step="Film again with smaller plates or from a little farther away.",
        ),
        Finding(
            id="bar_drifts",
            label="The bar drifts forward",
            status=FindingStatus.ABSENT,
            probability=0.06,
            measures=("bar_drift",),
            because="The bar stayed within 3 ± 1 cm of a plumb line.",
            plain="The bar stays close.",
            article="Keep the bar over mid-foot.",
            verdict=Verdict.SUPPORTS,
            verdict_text="A longer lever needs more back moment.",
            sources=("escamilla2000",),
        ),
    )


def bend_trial() -> Trial:
    """Return a forward bend that reaches the floor with a mobile lower back."""
    time_s = np.arange(0.0, 8.0, 1.0 / RATE_HZ)
    knots = [0.0, 1.0, 3.2, 4.6, 6.8]
    angles = {
        "shank": smooth(time_s, knots, [0.0, 0.0, -3.0, -3.0, 0.0]),
        "thigh": smooth(time_s, knots, [0.0, 0.0, -4.0, -4.0, 0.0]),
        "pelvis": smooth(time_s, knots, [0.0, 0.0, 58.0, 59.0, 0.0]),
        "lumbar": smooth(time_s, knots, [0.0, 0.0, 66.0, 67.0, 0.0]),
    }
    rad = math.radians
    trunk = angles["pelvis"] + 0.6 * angles["lumbar"]
    measures = bend_measures()
    return Trial(
        kind=TrialKind.FORWARD_BEND,
        view=View(label=ViewLabel.SIDE, yaw_rad=rad(6.0), yaw_se_rad=rad(5.0), accepted=True),
        task=TaskGuess(looks_like=TaskName.FORWARD_BEND, probability=0.99),
        repetitions=(
            Repetition(
                start_s=0.6,
                bottom_s=3.9,
                lift_off_s=1.0,
                knee_pass_s=math.nan,
                lockout_s=4.6,
                end_s=6.8,
            ),
        ),
        holds=(Hold(start_s=3.2, end_s=4.6),),
        measures=measures,
        series=(
            _series("trunk_inclination", time_s, trunk, rad(2.0)),
            _series("pelvis_inclination", time_s, angles["pelvis"], rad(4.0)),
            _series("lumbar_flexion", time_s, angles["lumbar"], rad(5.0)),
        ),
        checks=(Check(id="knees_straight", status=CheckStatus.PASSED, detail="Knees stayed."),),
        provenance=provenance(),
        film=side_film("bend.mp4", time_s, angles, {"standing": 15, "bottom": 117}, with_bar=False),
    )


def bend_measures() -> dict[str, Measure]:
    share = {"early": 0.66, "middle": 0.52, "late": 0.34}
    rows = [
        deg("bend_pelvis_rotation", 58.0, 4.2),
        deg("bend_lumbar_excursion", 67.0, 5.5),
        deg("bend_thoracic_excursion", 12.0, 6.0),
        Measure(
            id="fingertip_to_floor", value=-0.02, se=0.012, unit="m", instrument=Instrument.TAPE
        ),
        *(
            Measure(id=f"bend_lumbar_share_{third}", value=value, se=0.08, unit="1")
            for third, value in share.items()
        ),
    ]
    return {row.id: row for row in rows}


def hip_trial() -> Trial:
    """Return an active hip rotation filmed from the front."""
    time_s = np.arange(0.0, 8.0, 1.0 / RATE_HZ)
    right = smooth(time_s, [0.0, 1.0, 1.6, 2.6, 3.2], [2.0, 2.0, 27.0, 27.0, 2.0])
    left = smooth(time_s, [0.0, 5.0, 5.6, 6.6, 7.2], [2.0, 2.0, 33.0, 33.0, 2.0])
    rad = math.radians
    return Trial(
        kind=TrialKind.HIP_ROTATION,
        view=View(label=ViewLabel.FRONT, yaw_rad=rad(3.0), yaw_se_rad=rad(4.0), accepted=True),
        task=TaskGuess(looks_like=TaskName.HIP_ROTATION, probability=0.93),
        repetitions=(),
        holds=(Hold(start_s=1.6, end_s=2.6), Hold(start_s=5.6, end_s=6.6)),
        measures={key: one for key, one in hip_measures().items() if "active" in key},
        series=(
            _series("hip_rotation_right", time_s, right, rad(3.0)),
            _series("hip_rotation_left", time_s, left, rad(3.0)),
        ),
        checks=(Check(id="pelvis_level", status=CheckStatus.PASSED, detail="Pelvis level."),),
        provenance=provenance(),
        film=front_film("hips.mp4", time_s, left, right),
    )


def hip_measures() -> dict[str, Measure]:
    goniometer = Instrument.GONIOMETER
    rows = [
        deg("hip_rotation_active_left", 33.0, 3.0, side=Side.LEFT),
        deg("hip_rotation_active_right", 27.0, 3.0, side=Side.RIGHT),
        deg("hip_rotation_passive_left", 39.0, 2.6, side=Side.LEFT, instrument=goniometer),
        deg("hip_rotation_passive_right", 43.0, 2.6, side=Side.RIGHT, instrument=goniometer),
        deg("hip_rotation_gap_left", 6.0, 4.0, side=Side.LEFT, instrument=Instrument.DERIVED),
        deg("hip_rotation_gap_right", 16.0, 4.0, side=Side.RIGHT, instrument=Instrument.DERIVED),
    ]
    return {row.id: row for row in rows}


def reading() -> ExamReading:
    return ExamReading(
        hip_left=HipReading(
            state="indeterminate",
            probabilities={"control": 0.38, "socket": 0.34, "target_met": 0.16, "mixed": 0.12},
            because="Passive 39 ± 3°, active 33 ± 3°, gap 6 ± 4°.",
            plain="The left hip is too close to call: the gap is about as large as its error.",
            percentile=(46.0, 74.0),
            next_step="Repeat the passive test with the same goniometer, three times.",
        ),
        hip_right=HipReading(
            state="control",
            probabilities={"control": 0.86, "mixed": 0.09, "target_met": 0.04, "socket": 0.01},
            because="Passive 43 ± 3°, active 27 ± 3°, gap 16 ± 4°.",
            plain="Someone else can turn your right hip much further than you can yourself.",
            percentile=(62.0, 89.0),
        ),
        bend=BendReading(
            pattern="mobile_compensating",
            direction="over_rounded",
            probabilities={
                "mobile_compensating": 0.81,
                "even": 0.12,
                "mixed": 0.05,
                "hip_blocked": 0.02,
            },
            because="Fingertips 2 cm below the floor line; lower back 67 ± 6°, pelvis 58 ± 4°.",
            plain="You reach the floor with ease, and the lower back does a large part of it.",
        ),
        pairing=Pairing(
            result="agree_control",
            probabilities={"agree_control": 0.78, "indeterminate": 0.14, "disagree": 0.08},
            plain=(
                "Your right hip can be turned to 43° but you reach 27° yourself, and your lower "
                "back takes over when you bend. Both tests say the same: learn to use the hip."
            ),
        ),
        findings=lift_findings(),
    )


def _exercise(key: str, name: str, side: StepSide = StepSide.BOTH) -> ExerciseChoice:
    return ExerciseChoice(
        id=key,
        name=name,
        side=side,
        dose="3 x 8-10, effort 5-6 of 10, 3 days a week",
        cue="Push the floor away and keep the ribs down.",
        must_not="The lower back must not arch.",
        equipment=("mat",),
        exit_test="10 clean repetitions each side.",
        why="It needs no equipment and shows which side gives way.",
        sources=("krause2015",),
    )


def plan() -> Plan:
    names = (
        ("Hip extension", True, StepSide.BOTH, "Right bridge stopped at 6, left at 11."),
        ("Abdominal capacity", True, StepSide.BOTH, "Ribs flared during the 90/90 hold."),
        ("Calves and low back", False, StepSide.BOTH, "Knee to wall is 12 cm on both sides."),
        ("Train internal rotation", True, StepSide.RIGHT_MORE, "Right gap of 16 ± 4°."),
        ("Deadlift correctly", True, StepSide.BOTH, "The back rounds at the bottom."),
    )
    steps = tuple(
        PlanStep(
            step=k,
            title=title,
            needed=needed,
            why=why,
            side=side,
            exercises=tuple(
                _exercise(f"exercise_{k}_{n}", f"{title}, exercise {n}", side) for n in (1, 2, 3)
            )
            if needed
            else (),
            exit_test="Both sides within 10 %.",
            article="First, establish full hip extension on both legs, then each leg.",
            verdict="mixed",
            verdict_text="Hip extension is smaller in people with back pain; order untested.",
            because=("back_rounds",),
            sources=("roach2015",),
            left_out=("Copenhagen plank: needs a bench.",),
        )
        for k, (title, needed, side, why) in enumerate(names, start=1)
    )
    return Plan(
        steps=steps,
        may_deadlift_first=False,
        gate_why="Start with the hips, not with more deadlifts: pain after lifting is 5 of 10.",
        pain_rule="Up to 3 of 10 is fine. At 4 or 5 hold the load. Above 5: less.",
        order_note="The order is this clinic's protocol. No trial has tested it.",
        retest_days=14,
    )


def safety() -> SafetyResult:
    return SafetyResult(
        level=SafetyLevel.CLEAR,
        flags=(),
        text="No warning sign was reported.",
        answered=True,
        stops_exam=False,
        stops_loading=False,
    )


def assessment() -> Assessment:
    """Return a whole exam with three filmed tests."""
    trials = (hip_trial(), bend_trial(), deadlift_trial())
    measures = dict(hip_measures())
    measures |= bend_measures() | {"hip_extension_left": deg("hip_extension_left", -3.0, 2.0)}
    return Assessment(
        session=Session(title="Alex, first exam", date="2026-11-22"),
        safety=safety(),
        trials=trials,
        measures=measures,
        reading=reading(),
        plan=plan(),
        provenance=provenance(),
    )


def typed_assessment() -> Assessment:
    """Return an exam with typed-in values only."""
    whole = assessment()
    return replace(whole, trials=(), reading=replace(whole.reading, findings=()))  # type: ignore[type-var]


def stopped_assessment() -> Assessment:
    """Return an exam that a red flag stopped."""
    flag = SafetyFlag(
        id="saddle_numbness",
        level=SafetyLevel.EMERGENCY,
        asked="Is there numbness around the genitals or back passage?",
        action="Go to an emergency department now. Do not drive yourself.",
        sources=("finucane2020",),
    )
    return Assessment(
        session=Session(title="Alex, first exam", date="2026-11-22"),
        safety=SafetyResult(
            level=SafetyLevel.EMERGENCY,
            flags=(flag,),
            text="One of your answers can mean pressure on the nerves of the lower spine.",
            answered=True,
            stops_exam=True,
            stops_loading=True,
        ),
        trials=(),
        measures={},
        reading=None,
        plan=Plan(
            steps=(),
            may_deadlift_first=False,
            gate_why="",
            pain_rule="",
            order_note="",
            retest_days=14,
            stopped="A warning sign was reported.",
        ),
        provenance=provenance(),
    )


def pictures(exam: Assessment) -> dict[str, Pixels]:
    """Return the pictures that the exam's report wants."""
    return {
        f"{index}/{name}": photograph(trial.film, frame)
        for index, trial in enumerate(exam.trials)
        if trial.film is not None
        for name, frame in trial.film.key_frames.items()
    }
