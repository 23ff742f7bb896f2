"""A second language reaches the page, the JSON and the terminal, from the option down."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from primemover.cli.main import run
from primemover.errors import PrimeMoverError
from primemover.knowledge import load
from primemover.words import using
from tests.unit.words.pseudo import CODE, MARK, write_pseudo_language

ROOT = Path(__file__).parents[3]
EXAMPLES = ("control-deficit", "socket-limited", "too-uncertain", "red-flag")


@pytest.fixture
def pseudo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write_pseudo_language(tmp_path / "languages")
    monkeypatch.setenv("PRIMEMOVER_WORDS", str(tmp_path / "languages"))
    return tmp_path


def marked(text: str) -> bool:
    return MARK in text


class Words(HTMLParser):
    """The text nodes of a page, without styles and scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where no text is read, and what is read aloud."""
        self.hidden += tag in {"style", "script", "code"}
        self.found += [value or "" for name, value in attrs if name == "aria-label"]

    def handle_endtag(self, tag: str) -> None:
        """Note where text is read again."""
        self.hidden -= tag in {"style", "script", "code"}

    def handle_data(self, data: str) -> None:
        """Keep a text."""
        if not self.hidden and data.strip():
            self.found.append(" ".join(data.split()))


def words_of(page: str) -> list[str]:
    parser = Words()
    parser.feed(page)
    return [one for one in parser.found if re.search(r"[A-Za-z]{2,} [a-z]{2,}", one)]


def test_the_page_speaks_the_other_language(pseudo: Path) -> None:
    """Of texts of two words and more, those without a mark are names, numbers and sources."""
    out = pseudo / "out"
    example = ROOT / "examples" / "control-deficit.toml"
    assert run(["--lang", CODE, "exam", str(example), "--out", str(out), "--quiet"]) == 0
    page = (out / "report.html").read_text("utf-8")
    assert f'<html lang="{CODE}">' in page
    said = words_of(page.partition('id="sources"')[0])
    english = [one for one in said if not marked(one)]
    assert len(said) > 300
    assert len(english) < 0.02 * len(said), english


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_json_speaks_the_other_language(
    pseudo: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    assert pseudo.is_dir()
    example = str(ROOT / "examples" / f"{name}.toml")
    run(["--lang", CODE, "exam", example, "--json", "--quiet"])
    data = json.loads(capsys.readouterr().out)
    assert data["language"] == CODE
    assert marked(data["safety"]["text"])
    if data["pairing"] is None:
        assert marked(data["plan"]["stopped"])
        return
    for finding in data["findings"]:
        for field in ("label", "plain", "because", "verdict_text", "clinician"):
            assert marked(finding[field]), (finding["id"], field)
    for step in data["plan"]["steps"]:
        assert marked(step["why"])
        assert marked(step["title"])
        for exercise in step["exercises"]:
            assert marked(exercise["dose"])
            assert marked(exercise["cue"])
    for side in ("left", "right"):
        assert marked(data["hip_rotation"][side]["plain"])
    assert marked(data["pairing_plain"])


def test_what_is_decided_does_not_depend_on_the_language(
    pseudo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Numbers, states, probabilities and the exercises chosen are the same."""
    assert pseudo.is_dir()
    told = []
    example = str(ROOT / "examples" / "right-side-only.toml")
    for start in ([], ["--lang", CODE]):
        run([*start, "exam", example, "--json", "--quiet"])
        told.append(json.loads(capsys.readouterr().out))
    here, there = told
    assert here["language"] == "en"
    for one, other in zip(here["findings"], there["findings"], strict=True):
        for key in ("id", "side", "status", "probability", "sources"):
            assert one[key] == other[key]
    chosen = [
        [e["id"] for step in told["plan"]["steps"] for e in step["exercises"]] for told in told
    ]
    assert chosen[0] == chosen[1]
    assert {k: m["value"] for k, m in here["measures"].items()} == {
        k: m["value"] for k, m in there["measures"].items()
    }


def test_the_terminal_speaks_the_language_of_the_environment(
    pseudo: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert pseudo.is_dir()
    monkeypatch.setenv("PRIMEMOVER_LANG", CODE)
    example = str(ROOT / "examples" / "socket-limited.toml")
    assert run(["exam", example, "--no-report", "--quiet", "--clinician"]) == 0
    shown = capsys.readouterr().out
    assert shown.count(MARK) > 60
    assert marked(shown.splitlines()[0])
    assert load().rules["back_rounds"].plain.startswith("The low back")


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ('[rule.back_rounds]\nsources = ["x"]\n', "no sentence"),
        ('[rule.back_rounds]\ncolour = "x"\n', "no sentence"),
        ('[rule.no_such_rule]\nplain = "x"\n', "no row no_such_rule"),
        ('[rules.back_rounds]\nplain = "x"\n', "no such table"),
        ("[rule.back_rounds]\nplain = 3\n", "same kind"),
    ],
)
def test_a_language_cannot_change_what_is_no_sentence(pseudo: Path, text: str, match: str) -> None:
    path = pseudo / "languages" / "qpb"
    (path / "knowledge").mkdir(parents=True)
    (path / "language.toml").write_text('name = "Bad"\nplural = "other"\n', encoding="utf-8")
    (path / "knowledge" / "rules.toml").write_text(text, encoding="utf-8")
    load_fresh(match)


def load_fresh(match: str) -> None:
    from primemover.knowledge import loading, translation  # noqa: PLC0415 - caches of this test

    loading._load.cache_clear()
    translation._told.cache_clear()
    with using("qpb"), pytest.raises(PrimeMoverError, match=match):
        load()


def test_a_language_keeps_the_placeholders_of_a_knowledge_sentence(pseudo: Path) -> None:
    path = pseudo / "languages" / "qpb"
    (path / "knowledge").mkdir(parents=True)
    (path / "language.toml").write_text('name = "Bad"\nplural = "other"\n', encoding="utf-8")
    text = '[texts]\njoint_refer = "No place for the side."\n'
    (path / "knowledge" / "screening.toml").write_text(text, encoding="utf-8")
    load_fresh("placeholders must be those of English, side")
