"""Bad session files: the sentence names the file, the place in it, and what may stand there."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from primemover.cli.main import run
from tests.acceptance import making

_HIP = '[hip_rotation]\ninstrument = "goniometer"\n'


@dataclass(frozen=True, slots=True, kw_only=True)
class BadFile:
    """One kind of bad session file: what stands in it, and what must come back."""

    id: str
    content: str | bytes | Callable[[Path], Path]
    exit_status: int = 2
    says: str
    name: str = "session.toml"

    def make(self, folder: Path) -> Path:
        """Make the file in a folder and return where it is."""
        path = folder / self.name
        if isinstance(self.content, str):
            return making.text(path, self.content)
        if isinstance(self.content, bytes):
            return making.data(path, self.content)
        return self.content(path)


FILES = (
    BadFile(
        id="missing", content=lambda path: path, exit_status=5, says="There is no session file"
    ),
    BadFile(id="folder", content=lambda path: path.parent, exit_status=5, says="session file"),
    BadFile(id="link_loop", content=making.loop, exit_status=5, says="There is no session file"),
    BadFile(id="pipe", content=making.pipe, exit_status=5, says="session file"),
    BadFile(id="toml_syntax", content="title = \n[person", says="is not valid TOML"),
    BadFile(id="toml_twice", content='title = "a"\ntitle = "b"\n', says="is not valid TOML"),
    BadFile(id="json_syntax", content='{"title": ', name="s.json", says="is not valid JSON"),
    BadFile(id="json_list", content="[1, 2]", name="s.json", says="a set of tables"),
    BadFile(id="json_number", content="7", name="s.json", says="a set of tables"),
    BadFile(id="json_very_deep", content="[" * 90_000, name="s.json", says="is not valid JSON"),
    BadFile(id="toml_very_deep", content="a = " + "[" * 90_000, says="is not valid TOML"),
    BadFile(id="json_in_toml", content='{"title": "a"}', says="is not valid TOML"),
    BadFile(id="binary", content=bytes(range(256)) * 8, says="is not a text file"),
    BadFile(id="utf_16", content="title = 'x'".encode("utf-16"), says="is not a text file"),
    BadFile(id="two_megabytes", content="# filler\n" * 250_000, says="too large"),
    BadFile(id="a_film", content=making.film, name="session.mp4", says="is not a text file"),
    BadFile(id="unknown_key", content="[person]\nbody_mas = 3\n", says="body_mas"),
    BadFile(id="unknown_table", content="[persn]\nage = 3\n", says="persn"),
    BadFile(id="wrong_type", content='[person]\nage = "old"\n', says="[person] age"),
    BadFile(id="list_for_text", content="title = [1]\n", says="title"),
    BadFile(id="table_for_value", content="[person.age]\nyears = 3\n", says="age"),
    BadFile(
        id="angle_of_400",
        content=f"{_HIP}left = {{ active = [400] }}\n",
        says="outside -20 to 90 deg",
    ),
    BadFile(
        id="angle_nan",
        content=f"{_HIP}left = {{ active = [nan] }}\n",
        says="[hip_rotation] left.active",
    ),
    BadFile(
        id="angle_infinite",
        content=f"{_HIP}right = {{ passive = [inf] }}\n",
        says="[hip_rotation] right.passive",
    ),
    BadFile(
        id="angle_true", content=f"{_HIP}left = {{ active = [true] }}\n", says="[hip_rotation]"
    ),
    BadFile(
        id="json_nan",
        content='{"person": {"age": NaN}}',
        name="s.json",
        says="[person] age",
    ),
    BadFile(
        id="unknown_instrument",
        content='[hip_rotation]\ninstrument = "ruler"\n',
        says="[hip_rotation] instrument",
    ),
    BadFile(
        id="no_instrument",
        content="[hip_rotation]\nleft = { active = [30] }\n",
        says="instrument is missing",
    ),
    BadFile(id="unknown_screening", content='[screening]\nyes = ["ufo"]\n', says="'ufo'"),
    BadFile(id="unknown_equipment", content='[plan]\nequipment = ["ufo"]\n', says="'ufo'"),
    BadFile(id="unknown_muscle", content='[felt]\nmuscles = ["ufo"]\n', says="'ufo'"),
    BadFile(id="unknown_region", content='[pain]\nwhere = ["ufo"]\n', says="'ufo'"),
    BadFile(id="pain_of_eleven", content="[pain]\nnow = 11\n", says="[pain] now"),
    BadFile(id="negative_pain", content="[pain]\nnow = -1\n", says="[pain] now"),
    BadFile(id="unknown_sex", content='[person]\nsex = "robot"\n', says="[person] sex"),
    BadFile(id="mass_without_unit", content="[person]\nbody_mass = 80\n", says="needs a unit"),
    BadFile(id="mass_of_400_kg", content='[person]\nbody_mass = "400kg"\n', says="20 to 350 kg"),
    BadFile(id="negative_bar", content='[deadlift]\nbar_mass = "-5kg"\n', says="bar_mass"),
    BadFile(id="unknown_variant", content='[deadlift]\nvariant = "snatch"\n', says="variant"),
    BadFile(id="no_minutes", content="[plan]\nminutes_per_day = 0\n", says="minutes_per_day"),
    BadFile(id="empty", content="", exit_status=3, says="add one of the three tests"),
    BadFile(
        id="nothing_to_examine",
        content='title = "x"\n[person]\nage = 30\n[screening]\nanswered = true\n',
        exit_status=3,
        says="add one of the three tests",
    ),
    BadFile(
        id="missing_film",
        content='[deadlift]\nvideo = "nowhere.mp4"\n',
        exit_status=5,
        says="There is no film",
    ),
    BadFile(
        id="film_is_the_session_itself",
        content='[deadlift]\nvideo = "session.toml"\n',
        exit_status=3,
        says="is not a film that can be read",
    ),
    BadFile(
        id="film_with_a_nul_in_its_name",
        content='[deadlift]\nvideo = "a\\u0000b.mp4"\n',
        exit_status=5,
        says="There is no film",
    ),
    BadFile(
        id="film_is_a_folder",
        content='[forward_bend]\nvideo = "."\n',
        exit_status=3,
        says="not a film",
    ),
)


@pytest.mark.parametrize("bad", FILES, ids=lambda bad: bad.id)
def test_a_bad_session_gets_one_sentence_and_its_exit_status(
    bad: BadFile, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    status = run(["exam", str(bad.make(tmp_path)), "--out", str(tmp_path / "report")])
    out, err = capfd.readouterr()
    assert len(err.splitlines()) == 1, err
    assert bad.says in err
    assert err.endswith((".\n", "?\n"))
    assert "Traceback" not in err
    assert out == ""
    assert status == bad.exit_status
    assert not (tmp_path / "report").exists()


@pytest.mark.parametrize("bad", FILES, ids=lambda bad: bad.id)
def test_a_bad_session_is_told_as_json_where_json_was_asked_for(
    bad: BadFile, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    status = run(["exam", str(bad.make(tmp_path)), "--json"])
    out, err = capfd.readouterr()
    assert json.loads(out)["kind"] == "error"
    assert json.loads(out)["error"]["message"] == err.strip()
    assert status == bad.exit_status
