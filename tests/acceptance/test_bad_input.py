"""Bad input: one clear sentence, the right exit status, never a traceback.

Every row makes its input in a fresh folder and runs the command that a person would run.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from primemover.cli.main import run
from tests.acceptance import making

_SESSION = 'title = "Made for a test"\n'


@dataclass(frozen=True, slots=True, kw_only=True)
class Bad:
    """One kind of bad input.

    Attributes
    ----------
    words : makes the input in a folder and returns the words after ``primemover``
    exit_status, says : what must come back, and a phrase of its sentence
    """

    id: str
    words: Callable[[Path], list[str]]
    exit_status: int
    says: str


def _deadlift(make: Callable[[Path], Path], name: str = "lift.mp4") -> Callable[[Path], list[str]]:
    return lambda folder: ["analyze", "deadlift", str(make(folder / name))]


def _with(*options: str) -> Callable[[Path], list[str]]:
    """Analyse a sound film with some options; the film itself would pass all checks."""
    return lambda folder: [
        *("analyze", "deadlift", str(making.film(folder / "lift.mp4"))),
        *(option.replace("{folder}", str(folder)) for option in options),
    ]


FILMS = (
    Bad(
        id="missing_film",
        words=_deadlift(lambda path: path),
        exit_status=5,
        says="There is no film",
    ),
    Bad(
        id="folder_instead_of_film",
        words=_deadlift(lambda path: path.parent),
        exit_status=3,
        says="is a folder, not a film",
    ),
    Bad(
        id="text_renamed_mp4",
        words=_deadlift(lambda path: making.text(path, "not a film at all\n" * 50)),
        exit_status=3,
        says="is not a film that can be read",
    ),
    Bad(
        id="empty_film",
        words=_deadlift(lambda path: making.data(path, b"")),
        exit_status=3,
        says="is empty",
    ),
    Bad(
        id="random_bytes",
        words=_deadlift(lambda path: making.data(path, bytes(range(256)) * 40)),
        exit_status=3,
        says="is not a film that can be read",
    ),
    Bad(
        id="cut_in_half_index_lost",
        words=_deadlift(
            lambda path: making.cut(making.film(path, draw=making.noise((96, 64))), 0.5)
        ),
        exit_status=3,
        says="is not a film that can be read",
    ),
    Bad(
        id="cut_early_index_first",
        words=_deadlift(
            lambda path: making.cut(
                making.film(path, draw=making.noise((96, 64)), options={"movflags": "faststart"}),
                0.1,
            )
        ),
        exit_status=3,
        says="a movement needs at least 10",
    ),
    Bad(
        id="zero_frames",
        words=_deadlift(lambda path: making.film(path, frames=0)),
        exit_status=3,
        says="lift.mp4",
    ),
    Bad(
        id="sound_only",
        words=_deadlift(making.sound_only),
        exit_status=3,
        says="holds no moving picture",
    ),
    Bad(
        id="playlist_of_another_film",
        words=_deadlift(
            lambda path: making.text(path, "ffconcat version 1.0\nfile '/etc/hosts'\n")
        ),
        exit_status=3,
        says="is not a film that can be read",
    ),
    Bad(
        id="streaming_playlist",
        words=_deadlift(
            lambda path: making.text(path, "#EXTM3U\n#EXTINF:10,\nhttp://127.0.0.1:9/a.ts\n"),
            "lift.m3u8",
        ),
        exit_status=3,
        says="is not a film that can be read",
    ),
    Bad(
        id="one_picture_png",
        words=_deadlift(lambda path: making.film(path, frames=1, codec="png"), "lift.png"),
        exit_status=3,
        says="is not a film that can be read",
    ),
    Bad(
        id="one_picture_film",
        words=_deadlift(lambda path: making.film(path, frames=1)),
        exit_status=3,
        says="holds 1 picture",
    ),
    Bad(
        id="animated_gif",
        words=_deadlift(lambda path: making.film(path, frames=20, codec="gif"), "lift.gif"),
        exit_status=3,
        says="is not a film that can be read",
    ),
    Bad(
        id="studio_codec",
        words=_deadlift(lambda path: making.film(path, codec="ffv1"), "lift.mkv"),
        exit_status=3,
        says="stored as ffv1",
    ),
    Bad(
        id="one_picture_a_second",
        words=_deadlift(lambda path: making.film(path, frames=20, rate_hz=1.0)),
        exit_status=3,
        says="1.0 pictures per second",
    ),
    Bad(
        id="a_fifth_of_a_second",
        words=_deadlift(lambda path: making.film(path, frames=13, rate_hz=60.0)),
        exit_status=3,
        says="film the whole movement",
    ),
    Bad(
        id="twelve_minutes",
        words=_deadlift(making.long_pause),
        exit_status=3,
        says="lasts 12 minutes",
    ),
    Bad(
        id="8192_by_8192",
        words=_deadlift(
            lambda path: making.film(path, frames=1, size=(8192, 8192), codec="mjpeg"), "lift.avi"
        ),
        exit_status=3,
        says="8192 x 8192",
    ),
    Bad(
        id="link_that_leads_to_itself",
        words=_deadlift(making.loop),
        exit_status=5,
        says="There is no film",
    ),
    Bad(
        id="pipe_without_an_end",
        words=_deadlift(making.pipe),
        exit_status=3,
        says="not a film",
    ),
    Bad(
        id="name_too_long",
        words=_deadlift(lambda path: path.with_name("a" * 300 + ".mp4")),
        exit_status=5,
        says="There is no film",
    ),
    Bad(
        id="missing_bend_for_the_zero",
        words=_with("--zero-from", "{folder}/bend.mp4"),
        exit_status=5,
        says="There is no film of the forward bend",
    ),
)

WORDS = (
    Bad(id="unknown_command", words=lambda _: ["anlyze"], exit_status=2, says="'analyze'"),
    Bad(
        id="unknown_test",
        words=lambda _: ["analyze", "squat", "film.mp4"],
        exit_status=2,
        says="No such command 'squat'",
    ),
    Bad(
        id="unknown_option",
        words=_with("--bodymas", "80kg"),
        exit_status=2,
        says="No such option: --bodymas",
    ),
    Bad(
        id="no_film_named",
        words=lambda _: ["analyze", "deadlift"],
        exit_status=2,
        says="Missing argument 'VIDEO'",
    ),
    Bad(
        id="two_films_named",
        words=_with("another.mp4"),
        exit_status=2,
        says="another.mp4",
    ),
    Bad(
        id="option_without_value",
        words=_with("--body-mass"),
        exit_status=2,
        says="'--body-mass' requires an argument",
    ),
    Bad(id="negative_mass", words=_with("--bar-mass", "-100kg"), exit_status=2, says="Bar mass"),
    Bad(
        id="body_of_400_kg",
        words=_with("--body-mass", "400kg"),
        exit_status=2,
        says="outside 20 to 350 kg",
    ),
    Bad(id="bar_of_a_tonne", words=_with("--bar-mass", "1000kg"), exit_status=2, says="0.1 to 600"),
    Bad(id="zero_height", words=_with("--height", "0cm"), exit_status=2, says="outside 1 to 2.5 m"),
    Bad(id="unknown_unit", words=_with("--body-mass", "12stone"), exit_status=2, says="kg, lb"),
    Bad(id="wrong_dimension", words=_with("--height", "180kg"), exit_status=2, says="m, cm, mm"),
    Bad(id="missing_unit", words=_with("--body-mass", "80"), exit_status=2, says="needs a unit"),
    Bad(
        id="comma_in_thousands",
        words=_with("--bar-mass", "1,000lb"),
        exit_status=2,
        says="two ways",
    ),
    Bad(id="not_a_number", words=_with("--bar-mass", "nan"), exit_status=2, says="cannot read"),
    Bad(id="infinite", words=_with("--body-mass", "infkg"), exit_status=2, says="cannot read"),
    Bad(
        id="huge_number", words=_with("--bar-mass", "9" * 400 + "kg"), exit_status=2, says="outside"
    ),
    Bad(id="age_in_words", words=_with("--age", "old"), exit_status=2, says="in years"),
    Bad(id="age_of_200", words=_with("--age", "200"), exit_status=2, says="5 to 110 years"),
    Bad(id="age_nan", words=_with("--age", "nan"), exit_status=2, says="5 to 110 years"),
    Bad(id="unknown_sex", words=_with("--sex", "robot"), exit_status=2, says="--sex"),
    Bad(id="unknown_variant", words=_with("--variant", "snatch"), exit_status=2, says="--variant"),
    Bad(id="unknown_model", words=_with("--model", "huge"), exit_status=2, says="--model"),
    Bad(id="no_threads", words=_with("--threads", "0"), exit_status=2, says="--threads"),
    Bad(
        id="plate_of_five_metres",
        words=_with("--plate-diameter", "5m"),
        exit_status=2,
        says="outside 0.2 to 0.5 m",
    ),
    Bad(
        id="report_and_no_report",
        words=_with("--no-report", "--out", "{folder}/report"),
        exit_status=2,
        says="contradict each other",
    ),
    Bad(
        id="exam_without_anybody_to_ask",
        words=lambda _: ["exam"],
        exit_status=2,
        says="Nobody is there to answer",
    ),
    Bad(
        id="fetch_an_unknown_model",
        words=lambda _: ["models", "fetch", "huge", "--yes"],
        exit_status=2,
        says="There is no pose model 'huge'",
    ),
)

PLACES = (
    Bad(
        id="report_folder_is_a_file",
        words=_with("--out", "{folder}/lift.mp4"),
        exit_status=6,
        says="is a file, not a folder",
    ),
    Bad(
        id="report_folder_below_a_file",
        words=_with("--out", "{folder}/lift.mp4/report"),
        exit_status=6,
        says="is a file, not a folder",
    ),
    Bad(
        id="curves_into_a_missing_folder",
        words=_with("--no-report", "--series", "{folder}/nowhere/curves.csv"),
        exit_status=6,
        says="there is no folder",
    ),
    Bad(
        id="curves_onto_a_folder",
        words=_with("--no-report", "--series", "{folder}"),
        exit_status=6,
        says="not an ordinary file",
    ),
    Bad(
        id="curves_onto_a_device",
        words=_with("--no-report", "--series", "/dev/null"),
        exit_status=6,
        says="not an ordinary file",
    ),
)


@pytest.mark.parametrize("bad", [*FILMS, *WORDS, *PLACES], ids=lambda bad: bad.id)
def test_bad_input_gets_one_sentence_and_its_exit_status(
    bad: Bad, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    status = run(bad.words(tmp_path))
    out, err = capfd.readouterr()
    _is_one_sentence(err, bad.says)
    assert out == ""
    assert status == bad.exit_status


@pytest.mark.parametrize("bad", [*FILMS, *WORDS, *PLACES], ids=lambda bad: bad.id)
def test_bad_input_is_told_as_json_where_json_was_asked_for(
    bad: Bad, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    words = bad.words(tmp_path)
    status = run([words[0], "--json", *words[1:]] if words[0] == "exam" else [*words, "--json"])
    out, err = capfd.readouterr()
    told = json.loads(out)
    assert status == bad.exit_status
    assert set(told) == {"schema_version", "kind", "error"}
    assert told["kind"] == "error"
    assert told["schema_version"] == 1
    assert told["error"]["message"] == err.strip()
    assert told["error"]["code"]
    assert told["error"]["reason"]


def _is_one_sentence(err: str, says: str) -> None:
    """Hold that exactly one line was said, that it says what it must, and how."""
    lines = err.splitlines()
    assert len(lines) == 1, err
    assert says in lines[0]
    assert lines[0][-1] in ".?", lines[0]
    assert "Traceback" not in err
