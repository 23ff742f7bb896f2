from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from primemover.errors import NotFoundError, OutOfRangeError, SessionFileError, UnknownUnitError
from primemover.model.measure import Instrument, Side
from primemover.model.outcome import RmdqAnswers
from primemover.model.person import Sex
from primemover.model.session import ClipKind, Session, Variant
from primemover.pipeline.session_file import parse_session, read_session


def read(tmp_path: Path, text: str, name: str = "me.toml") -> Session:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read_session(path)


WHOLE = """
title = "Me"
[person]
body_mass = "176lb"
height = "5'11"
sex = "female"
age = 33
[screening]
answered = true
yes = ["pregnancy"]
[pain]
now = 2
where = ["low_back"]
[felt]
muscles = ["low_back", "hamstrings"]
[hip_rotation]
instrument = "phone"
left = { active = [30, "31deg"], passive = 40, external = [35] }
active_video = "films/hip.mp4"
[forward_bend]
fingertip_to_floor = "3cm"
sacrum_deg = { standing = 12, bent = [72, 70] }
t12_deg = { standing = -10, bent = [100, 99] }
[deadlift]
video = "lift.mp4"
bar_mass = "100kg"
variant = "sumo"
[entry]
single_leg_bridge_left = 12
sorensen_hold = "75s"
knee_to_wall_right = ["9cm", "95mm"]
[plan]
equipment = ["barbell"]
minutes_per_day = 20
[questionnaires]
psfs = [{ activity = "put on socks", rating = 4 }, { activity = "sit an hour", rating = 6.5 }]
rmdq = { yes = [3, 16], left_out = [24] }
odi_total = 22.2
start_back_total = 5
start_back_distress = 2
"""


def test_a_whole_file_becomes_a_session_in_si(tmp_path: Path) -> None:
    session = read(tmp_path, WHOLE)
    assert session.person.body_mass_kg == pytest.approx(79.83, abs=0.01)
    assert session.person.height_m == pytest.approx(1.803, abs=0.001)
    assert session.person.sex is Sex.FEMALE
    assert session.screening.yes == {"pregnancy"}
    assert session.felt == ("low_back", "hamstrings")
    assert session.lift.variant is Variant.SUMO
    assert session.lift.plate_diameter_m == pytest.approx(0.45)
    assert session.minutes_per_day == 20


def test_video_paths_start_at_the_files_folder(tmp_path: Path) -> None:
    clips = {clip.kind: clip.path for clip in read(tmp_path, WHOLE).clips}
    assert clips == {
        ClipKind.HIP_ROTATION_ACTIVE: tmp_path / "films" / "hip.mp4",
        ClipKind.DEADLIFT: tmp_path / "lift.mp4",
    }


def test_typed_angles_are_degrees_of_one_side_by_the_person_themselves(tmp_path: Path) -> None:
    readings = read(tmp_path, WHOLE).readings
    active = [r for r in readings if r.measure == "hip_rotation_active"]
    assert [math.degrees(r.value) for r in active] == pytest.approx([30.0, 31.0])
    assert {r.side for r in active} == {Side.LEFT}
    assert {r.instrument for r in active} == {Instrument.PHONE}
    assert all(r.by_lay_person for r in active)


def test_two_inclinometer_places_give_pelvis_and_low_back(tmp_path: Path) -> None:
    readings = read(tmp_path, WHOLE).readings
    pelvis = [math.degrees(r.value) for r in readings if r.measure == "bend_pelvis_rotation"]
    lumbar = [math.degrees(r.value) for r in readings if r.measure == "bend_lumbar_excursion"]
    assert pelvis == pytest.approx([60.0, 58.0])
    assert lumbar == pytest.approx([50.0, 51.0])


def test_json_says_the_same_as_toml(tmp_path: Path) -> None:
    told = {"person": {"body_mass": "80kg"}, "screening": {"answered": True}}
    session = read(tmp_path, json.dumps(told), name="me.json")
    assert session == read(tmp_path, '[person]\nbody_mass = "80kg"\n[screening]\nanswered = true')


def test_an_empty_file_is_an_empty_session(tmp_path: Path) -> None:
    session = read(tmp_path, "")
    assert session.readings == ()
    assert not session.screening.answered


ASK = "[questionnaires]\n"
HIP = '[hip_rotation]\ninstrument = "goniometer"\n'


@pytest.mark.parametrize(
    ("text", "error", "said"),
    [
        ("[person", SessionFileError, "not valid TOML"),
        ("[persona]\nx = 1", SessionFileError, "persona is not part of a session file; expected"),
        ('[person]\nweight = "80kg"', SessionFileError, r"\[person\] weight .* body_mass"),
        ("[person]\nbody_mass = 80", UnknownUnitError, r"\[person\] body_mass.*unit"),
        ('[person]\nbody_mass = "80stone"', UnknownUnitError, "kg"),
        ('[person]\nbody_mass = "400kg"', OutOfRangeError, "20 to 350 kg"),
        ('[person]\nbody_mass = "-80kg"', OutOfRangeError, "body_mass"),
        ('[person]\nheight = "3m"', OutOfRangeError, "height"),
        ('[person]\nsex = "tall"', SessionFileError, r"\[person\] sex"),
        ("[person]\nage = 200", SessionFileError, r"\[person\] age"),
        ("[pain]\nnow = 11", SessionFileError, r"\[pain\] now"),
        ("[pain]\nnow = true", SessionFileError, r"\[pain\] now"),
        ("[pain]\nnow = nan", SessionFileError, r"\[pain\] now"),
        ('[pain]\nwhere = ["elbow"]', SessionFileError, r"\[pain\] where: 'elbow'.*low_back"),
        ('[screening]\nyes = ["hunger"]', SessionFileError, "hunger"),
        ('[felt]\nmuscles = ["biceps"]', SessionFileError, "biceps"),
        ('[plan]\nequipment = ["rocket"]', SessionFileError, "rocket"),
        ("[plan]\nminutes_per_day = 1", SessionFileError, "minutes_per_day"),
        ('[deadlift]\nbar_mass = "0kg"', OutOfRangeError, "bar_mass"),
        ('[deadlift]\nvariant = "snatch"', SessionFileError, "conventional"),
        ('[deadlift]\nback_rounds = "present"', SessionFileError, "back_rounds is not part"),
        ("[hip_rotation]\nleft = { active = [30] }", SessionFileError, "instrument is missing"),
        (HIP + "left = { active = [130] }", OutOfRangeError, "-20 to 90 deg"),
        (HIP + "left = { active = [true] }", SessionFileError, r"\[hip_rotation\] left.active"),
        (HIP + "left = { actve = [30] }", SessionFileError, "actve is not part"),
        (HIP + 'left = { active = ["30kg"] }', UnknownUnitError, "left.active"),
        (HIP + "left = { active = [nan] }", UnknownUnitError, "left.active"),
        ("[forward_bend]\nfingertip_to_floor = 3", UnknownUnitError, "fingertip_to_floor"),
        ('[forward_bend]\nfingertip_to_floor = "3m"', OutOfRangeError, "-30 to 100 cm"),
        (
            "[forward_bend]\nt12_deg = { standing = 1, bent = [90] }",
            SessionFileError,
            "sacrum_deg is missing",
        ),
        (
            (
                "[forward_bend]\nsacrum_deg = { standing = 1, bent = [60, 61] }\n"
                "t12_deg = { standing = 1, bent = [90] }"
            ),
            SessionFileError,
            "needs 2 values",
        ),
        ('[entry]\nsorensen_hold = "9h"', UnknownUnitError, "sorensen_hold"),
        ("[entry]\nsingle_leg_bridge_left = 900", OutOfRangeError, "single_leg_bridge_left"),
        (ASK + "rmdq_total = 25", OutOfRangeError, r"\[questionnaires\] rmdq_total of 25.*0 to 24"),
        (ASK + "rmdq_total = 7.5", SessionFileError, r"\[questionnaires\] rmdq_total"),
        (ASK + "rmdq_total = true", SessionFileError, r"\[questionnaires\] rmdq_total"),
        (ASK + "rmdq = { yes = [0] }", OutOfRangeError, "sentence of 0 is outside 1 to 24"),
        (ASK + "rmdq = { yes = [3, 3] }", SessionFileError, "names sentence 3 twice"),
        (ASK + "rmdq = { yes = [3], left_out = [3] }", OutOfRangeError, "both yes and left out"),
        (ASK + "rmdq = { left_out = [3] }", SessionFileError, r"\[questionnaires\] rmdq.yes"),
        (ASK + "rmdq = { yes = [3] }\nrmdq_total = 1", OutOfRangeError, "not both"),
        (ASK + 'psfs = [{ activity = "", rating = 3 }]', OutOfRangeError, "needs a name"),
        (ASK + 'psfs = [{ activity = "sit", rating = 11 }]', SessionFileError, "psfs.0.rating"),
        (ASK + 'psfs = [{ activity = "sit" }]', SessionFileError, "psfs.0.rating"),
        (
            ASK + "psfs = [" + '{ activity = "a", rating = 1 }, ' * 6 + "]",
            OutOfRangeError,
            "at most 5",
        ),
        (ASK + "odi_total = 101", OutOfRangeError, "odi_total of 101 is outside 0 to 100"),
        (ASK + "odi_total = nan", OutOfRangeError, "odi_total"),
        (ASK + 'odi_total = "24%"', SessionFileError, "odi_total"),
        (ASK + "start_back_total = 10", OutOfRangeError, "0 to 9"),
        (ASK + "start_back_total = 4\nstart_back_distress = 5", OutOfRangeError, "does not fit"),
        (ASK + "oswestry = 5", SessionFileError, "oswestry is not part .* odi_total"),
    ],
)
def test_a_mistake_is_named_with_its_place_and_what_is_expected(
    tmp_path: Path, text: str, error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said) as caught:
        read(tmp_path, text)
    assert str(caught.value).startswith("me.toml")


def test_answers_of_questionnaires_are_kept_as_they_were_given(tmp_path: Path) -> None:
    told = read(tmp_path, WHOLE).questionnaires
    assert [(one.name, one.rating) for one in told.activities] == [
        ("put on socks", 4.0),
        ("sit an hour", 6.5),
    ]
    assert told.rmdq == RmdqAnswers(yes=frozenset({3, 16}), left_out=frozenset({24}))
    assert (told.odi_percent, told.start_back, told.start_back_distress) == (22.2, 5, 2)
    assert not read(tmp_path, "[person]").questionnaires.any_told


def test_a_missing_file_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="no session file"):
        read_session(tmp_path / "none.toml")


def test_a_film_named_toml_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "film.toml"
    path.write_bytes(b"\x00\x00\x00\x18ftypmp42\xff\xfe\xfd")
    with pytest.raises(SessionFileError, match="not a text file"):
        read_session(path)


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.toml"
    path.write_bytes(b"# filler\n" * 200_000)
    with pytest.raises(SessionFileError, match="too large"):
        read_session(path)


def test_broken_json_is_named(tmp_path: Path) -> None:
    with pytest.raises(SessionFileError, match="not valid JSON"):
        read(tmp_path, "{", name="me.json")


def test_a_list_is_not_a_session() -> None:
    with pytest.raises(SessionFileError, match="set of tables"):
        parse_session([1, 2], folder=Path())


def test_a_second_instrument_of_the_same_test_has_a_table_of_its_own() -> None:
    raw = {
        "hip_rotation": {
            "instrument": "goniometer",
            "left": {"active": [30]},
            "also": [{"instrument": "phone", "by": "clinician", "left": {"active": [33]}}],
        },
        "forward_bend": {
            "fingertip_to_floor": "3cm",
            "also": [{"instrument": "phone", "lumbar_excursion": [50]}],
        },
    }
    read = parse_session(raw, folder=Path()).readings
    told = [(one.measure, one.instrument.value, one.by_lay_person) for one in read]
    assert told == [
        ("hip_rotation_active", "goniometer", True),
        ("hip_rotation_active", "phone", False),
        ("fingertip_to_floor", "tape", True),
        ("bend_lumbar_excursion", "phone", True),
    ]
