"""Commands: the result on standard output, the rest on standard error, files where wanted."""

from __future__ import annotations

import json
import math
import re
from pathlib import Path

import numpy as np
import pytest

from primemover.backends import weights
from primemover.cli import networks
from primemover.cli.console import Voice
from primemover.cli.main import run
from primemover.errors import WeightsMissingError
from primemover.model.arrays import frozen
from primemover.model.check import Check, CheckStatus
from primemover.model.finding import Finding, FindingStatus
from primemover.model.measure import Measure, not_measured
from primemover.model.repetition import Repetition
from primemover.model.series import Series
from primemover.model.session import Clip, ClipKind, Variant
from primemover.model.trial import Trial, TrialKind
from primemover.model.view import TaskGuess, TaskName, View, ViewLabel
from primemover.pipeline import analyze as pipeline
from primemover.pipeline.analyze import Analysis
from tests.acceptance import making

_EXAMPLES = Path(__file__).parents[3] / "examples"


def _trial(*, known: bool = True) -> Trial:
    """Return a lift of one repetition, with one number and one finding, or with nothing."""
    bottom = (
        Measure(id="lumbar_flexion_bottom", value=math.radians(31), se=math.radians(5), unit="rad")
        if known
        else not_measured("lumbar_flexion_bottom", "the view is oblique")
    )
    time_s = frozen(np.arange(5) / 10.0)
    return Trial(
        kind=TrialKind.DEADLIFT,
        view=View(
            label=ViewLabel.SIDE if known else ViewLabel.OBLIQUE,
            yaw_rad=math.radians(4 if known else 38),
            yaw_se_rad=math.radians(3),
            accepted=known,
            why="" if known else "Filmed from an angle; film exactly from the side.",
        ),
        task=TaskGuess(looks_like=TaskName.DEADLIFT, probability=0.97),
        repetitions=(
            Repetition(
                start_s=0.0,
                bottom_s=0.1,
                lift_off_s=0.1,
                knee_pass_s=0.2,
                lockout_s=0.3,
                end_s=0.4,
                measures={bottom.id: bottom},
            ),
        )
        if known
        else (),
        holds=(),
        measures={bottom.id: bottom},
        series=(
            Series(
                id="lumbar_flexion",
                unit="rad",
                time_s=time_s,
                value=frozen(np.full(5, math.radians(10))),
                se=frozen(np.full(5, math.radians(3))),
            ),
        ),
        checks=(Check(id="view", status=CheckStatus.PASSED, detail="Filmed from the side."),),
        findings=(
            Finding(
                id="back_rounds",
                label="Low back rounds in the lift",
                status=FindingStatus.PRESENT,
                probability=0.93,
            ),
        ),
    )


@pytest.fixture
def film(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a film that can be read, in the folder that the command is started in."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(networks, "have_network", lambda *_, **__: None)
    monkeypatch.setattr("primemover.cli.analyze.have_network", lambda *_, **__: None)
    return making.film(tmp_path / "my lift.mp4")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, object]]:
    """Replace the measuring itself and return what it was asked."""
    calls: list[dict[str, object]] = []

    def analyze(clip: Clip, **more: object) -> Analysis:
        calls.append({"clip": clip, **more})
        return Analysis(trial=_trial(), pictures={})

    monkeypatch.setattr(pipeline, "analyze", analyze)
    return calls


def test_what_was_typed_reaches_the_pipeline_in_si(
    film: Path, asked: list[dict[str, object]]
) -> None:
    words = "--bar-mass 225lb --body-mass 80kg --height 180cm --age 30 --sex female --threads 1 \
        --variant sumo --plate-diameter 45cm --model lite --keep-faces --no-report --zero-from"
    assert run(["analyze", "deadlift", str(film), *words.split(), str(film)]) == 0
    (call,) = asked
    assert call["clip"] == Clip(kind=ClipKind.DEADLIFT, path=film)
    assert call["zero_from"] == film
    assert call["lift"].bar_mass_kg == pytest.approx(102.058, abs=1e-3)  # type: ignore[attr-defined]
    assert call["lift"].variant is Variant.SUMO  # type: ignore[attr-defined]
    assert call["person"].height_m == pytest.approx(1.8)  # type: ignore[attr-defined]
    options = call["options"]
    assert (options.model, options.threads, options.keep_faces) == ("lite", 1, True)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("words", "kind", "side"),
    [
        ([], ClipKind.HIP_ROTATION_ACTIVE, "none"),
        (["--active", "--side", "left"], ClipKind.HIP_ROTATION_ACTIVE, "left"),
        (["--passive", "--side", "right"], ClipKind.HIP_ROTATION_PASSIVE, "right"),
    ],
)
def test_hip_rotation_knows_who_moved_which_leg(
    words: list[str],
    kind: ClipKind,
    side: str,
    film: Path,
    asked: list[dict[str, object]],
) -> None:
    assert run(["analyze", "hip-rotation", str(film), "--no-report", *words]) == 0
    clip = asked[0]["clip"]
    assert isinstance(clip, Clip)
    assert (clip.kind, clip.side) == (kind, side)


@pytest.mark.usefixtures("asked")
def test_json_is_all_that_standard_output_carries(
    film: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["analyze", "deadlift", str(film), "--json"]) == 0
    told = capsys.readouterr()
    data = json.loads(told.out)
    assert data["schema_version"] == 1
    assert data["kind"] == "deadlift"
    assert data["repetitions"][0]["measures"]["lumbar_flexion_bottom"]["value"] == 31.0
    assert told.err == ""
    assert [path.name for path in tmp_path.iterdir()] == ["my lift.mp4"]


@pytest.mark.usefixtures("asked")
def test_people_get_numbers_with_errors_findings_and_the_reports_place(
    film: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["analyze", "deadlift", str(film)]) == 0
    told = capsys.readouterr()
    assert "1 repetition, side view" in told.out
    assert "31 ± 5°" in told.out
    assert "9 in 10 between\n" in told.out
    assert "23 and 39°\n" in told.out
    assert "Low back rounds in the lift (93 %)" in told.out
    assert "my lift-report/report.html" in told.err
    assert (tmp_path / "my lift-report" / "report.html").stat().st_size > 1000
    assert json.loads((tmp_path / "my lift-report" / "report.json").read_text())["kind"]


@pytest.mark.usefixtures("asked")
def test_the_curves_are_written_where_they_are_wanted(film: Path, tmp_path: Path) -> None:
    words = ["--no-report", "--quiet", "--series", "curves.csv"]
    assert run(["analyze", "deadlift", str(film), *words]) == 0
    lines = (tmp_path / "curves.csv").read_text().splitlines()
    assert lines[0].startswith("time_s,ankle_dorsiflexion_deg,ankle_dorsiflexion_deg_se")
    assert len(lines) == 6


def test_a_film_that_carries_no_number_exits_with_3_and_keeps_its_result(
    film: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    nothing = Analysis(trial=_trial(known=False), pictures={})
    monkeypatch.setattr(pipeline, "analyze", lambda *_, **__: nothing)
    assert run(["analyze", "deadlift", str(film), "--json", "--quiet"]) == 3
    told = capsys.readouterr()
    assert json.loads(told.out)["view"]["label"] == "oblique"
    assert told.err == (
        "Nothing could be measured in this film. Filmed from an angle; film exactly from the "
        "side.\n"
    )


def test_a_bad_place_for_the_report_is_found_before_the_work(
    film: Path, asked: list[dict[str, object]]
) -> None:
    assert run(["analyze", "deadlift", str(film), "--out", str(film)]) == 6
    assert asked == []


@pytest.mark.parametrize("path", sorted(_EXAMPLES.glob("*.toml")), ids=lambda path: path.stem)
def test_every_example_is_told_to_people_too(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = run(["exam", str(path), "--no-report"])
    out = capsys.readouterr().out
    assert status == (6 if path.stem == "red-flag" else 0)
    assert ("The programme, in this order" in out) == (status == 0)
    assert max(map(len, out.splitlines())) < 130
    assert re.search(r"\bnan\b", out) is None


def test_an_open_exam_says_what_would_settle_it(capsys: pytest.CaptureFixture[str]) -> None:
    run(["exam", str(_EXAMPLES / "too-uncertain.toml"), "--no-report"])
    assert "- Repeat" in capsys.readouterr().out


def test_an_exam_leaves_its_report_beside_the_caller(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["exam", str(_EXAMPLES / "tests-disagree.toml")]) == 0
    assert "tests-disagree-report/report.html" in capsys.readouterr().err
    assert (tmp_path / "tests-disagree-report" / "report.html").exists()


def test_models_are_listed_for_people_and_for_scripts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PRIMEMOVER_CACHE", str(tmp_path))
    assert run(["models", "list"]) == 0
    assert "heavy (default)  not here (31 MB)" in capsys.readouterr().out
    assert run(["models", "list", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [one["name"] for one in told["models"]] == ["heavy", "full", "lite"]
    assert not any(one["ready"] for one in told["models"])


def test_a_yes_downloads_the_network_that_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRIMEMOVER_CACHE", str(tmp_path))
    monkeypatch.setattr(networks, "can_ask", lambda: True)
    monkeypatch.setattr("primemover.cli.asking.Asker.yes", lambda *_: True)
    fetched: list[str] = []
    monkeypatch.setattr(weights, "fetch", lambda model, **_: fetched.append(model))
    networks.have_network("lite", voice=Voice(quiet=True))
    assert fetched == ["lite"]


@pytest.mark.parametrize(("asks", "json_wanted"), [(False, False), (True, True)])
def test_nobody_is_asked_by_a_script(
    asks: bool,  # noqa: FBT001 - a parameter of the table
    json_wanted: bool,  # noqa: FBT001 - same
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PRIMEMOVER_CACHE", str(tmp_path))
    monkeypatch.setattr(networks, "can_ask", lambda: asks)
    monkeypatch.setattr(weights, "fetch", lambda *_, **__: pytest.fail("downloaded unasked"))
    with pytest.raises(WeightsMissingError, match="primemover models fetch"):
        networks.have_network("heavy", voice=Voice(json=json_wanted))


def test_the_question_counts_the_archive_that_carries_the_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRIMEMOVER_CACHE", str(tmp_path))
    archive = weights.FILES["pose_landmarker_heavy.task"].size_bytes
    assert networks.download_size_bytes("heavy") == archive
    full = weights.FILES["pose_landmark_full.tflite"].size_bytes
    assert networks.download_size_bytes("full") == archive + full
