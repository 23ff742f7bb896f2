"""Every text is used, every key exists, every placeholder is given; what is left in the code."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import primemover
from primemover.model.check import CheckStatus
from primemover.model.finding import FindingStatus, Verdict
from primemover.model.measure import Instrument, Status
from primemover.model.mechanics import LiftPart
from primemover.model.plan import StepSide
from primemover.model.safety import SafetyLevel
from primemover.model.trial import TrialKind
from primemover.model.view import TaskName, ViewLabel
from primemover.report.words import GROUPS
from primemover.words.catalogue import Text, fields_of, room_texts

PACKAGE = Path(primemover.__file__).parent
ROOMS = sorted(path.stem for path in (PACKAGE / "words" / "en").glob("*.toml"))
ROOMS.remove("language")
TEXTS = {
    f"{room}.{place}": text for room in ROOMS for place, text in room_texts("en", room).items()
}
_CALL = re.compile(r"\b(say|word)\(\s*\"([^\"]*)\"")
_TABLE_NAME = re.compile(r"\"((?:report|drawings|terminal)\.[a-z_]+)\"")


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """One look-up in the code; `parts` is None where they cannot be read off (a template, `**`)."""

    where: str
    name: str
    key: str
    parts: frozenset[str] | None


def of_python() -> Iterator[Use]:
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.parent.name == "words" and path.parent.parent == PACKAGE:
            continue
        where = path.relative_to(PACKAGE).as_posix()
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            if node.func.id in {"say", "word"}:
                yield _use(node, node.func.id, where)


def _use(node: ast.Call, name: str, where: str) -> Use:
    first = node.args[0] if node.args else None
    key = first.value if isinstance(first, ast.Constant) else "?"
    names = {one.arg for one in node.keywords}
    parts = None if None in names else frozenset(one for one in names if one is not None)
    return Use(where=where, name=name, key=str(key), parts=parts)


def of_templates() -> Iterator[Use]:
    for path in sorted((PACKAGE / "report" / "templates").glob("*.j2")):
        text = path.read_text("utf-8")
        for found in _CALL.finditer(text):
            parts = _given(text[found.end() :]) if found.group(1) == "say" else frozenset()
            yield Use(where=path.name, name=found.group(1), key=found.group(2), parts=parts)


def _given(rest: str) -> frozenset[str]:
    """Return the names of the arguments that follow a key, up to the call's own bracket."""
    depth, inside = 1, []
    for letter in rest:
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if depth == 0:
            break
        inside.append(letter if depth == 1 else " ")
    return frozenset(re.findall(r"(\w+)\s*=(?!=)", re.sub(r"\"[^\"]*\"", "", "".join(inside))))


USES = [*of_python(), *of_templates()]
TABLES = {use.key for use in USES if use.name == "word"} | {
    name
    for path in (PACKAGE / "report").rglob("*")
    if path.suffix in {".j2", ".py"}
    for name in _TABLE_NAME.findall(path.read_text("utf-8"))
}


def table_of(key: str) -> str:
    return key.rpartition(".")[0]


def test_the_walk_finds_the_look_ups_of_code_and_templates() -> None:
    assert len(USES) > 400
    assert {"report.plan.title", "plan.gate.tests", "findings.bend.not_measured"} <= {
        use.key for use in USES
    }


@pytest.mark.parametrize("use", USES, ids=lambda use: f"{use.where}:{use.key}")
def test_a_look_up_names_a_text_that_exists_and_gives_what_it_asks_for(use: Use) -> None:
    if use.name == "word":
        if use.key != "?":  # a table handed in by name is found by its literal elsewhere
            assert any(table_of(key) == use.key for key in TEXTS), use
        return
    assert use.key in TEXTS, use
    if use.parts is not None:
        assert use.parts == fields_of(TEXTS[use.key]) | _counted(TEXTS[use.key]), use


def _counted(text: Text) -> frozenset[str]:
    return frozenset() if isinstance(text, str) else frozenset({"count"})


def test_no_text_is_left_that_nobody_says() -> None:
    said = {use.key for use in USES if use.name == "say"}
    unused = [key for key in TEXTS if key not in said and table_of(key) not in TABLES]
    assert unused == []


def test_texts_of_one_count_have_all_forms_of_english() -> None:
    for key, text in TEXTS.items():
        if not isinstance(text, str):
            assert set(text) == {"one", "other"}, key


@pytest.mark.parametrize(
    ("table", "members"),
    [
        ("report.verdict", Verdict),
        ("report.finding", FindingStatus),
        ("findings.clinician.status", FindingStatus),
        ("report.status", Status),
        ("report.check", CheckStatus),
        ("report.safety_level", SafetyLevel),
        ("report.instrument", Instrument),
        ("report.trial", TrialKind),
        ("report.task", TaskName),
        ("report.filmed_from", ViewLabel),
        ("terminal.view", ViewLabel),
        ("report.step_side", StepSide),
        ("drawings.part", LiftPart),
        ("drawings.part_lasts", LiftPart),
        ("report.group", [group or "rest" for group in GROUPS]),
    ],
)
def test_every_id_of_a_closed_list_has_its_word(table: str, members: list[str]) -> None:
    known = {key.rpartition(".")[2] for key in TEXTS if table_of(key) == table}
    assert known == {str(member) for member in members}


def test_templates_hold_no_english_of_their_own() -> None:
    """Between tags and in attributes that are read aloud stand look-ups, numbers and marks only."""
    left = []
    for path in sorted((PACKAGE / "report" / "templates").glob("*.j2")):
        text = re.sub(
            r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", path.read_text("utf-8"), flags=re.DOTALL
        )
        said = re.findall(r"(?:aria-label|title|alt)=\"([^\"]*)\"", text)
        said += re.split(r"<[^>]*>", text)
        left += [f"{path.name}: {one.strip()}" for one in said if re.search(r"[A-Za-z]{2,}", one)]
    assert left == [
        "base.html.j2: · PrimeMover",
        "base.html.j2: PrimeMover",
        "parts.html.j2: PrimeMover",
    ]


def test_catalogues_are_small_enough_to_be_read_when_they_are_needed() -> None:
    for room in ROOMS:
        path = PACKAGE / "words" / "en" / f"{room}.toml"
        assert tomllib.loads(path.read_text("utf-8"))
        assert path.stat().st_size < 40_000, room
