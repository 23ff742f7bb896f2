"""A language is a folder; English stands in for what it does not have."""

from __future__ import annotations

from pathlib import Path

import pytest

from primemover.errors import PrimeMoverError, UsageError
from primemover.words import language, languages, lower_first, say, using, word
from primemover.words.catalogue import fields_of, form_of, room_texts
from primemover.words.languages import folder_of, spoken


def write(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a translator's folder with a language that has nothing yet."""
    write(tmp_path, "qt/language.toml", 'name = "Test"\nplural = "other"\nlowers_labels = false\n')
    monkeypatch.setenv("PRIMEMOVER_WORDS", str(tmp_path))
    return tmp_path


def test_english_is_spoken_unless_something_else_is_asked_for() -> None:
    assert language() == "en"
    assert spoken().name == "English"
    assert word("common.side", "left") == "left"


def test_a_language_of_ones_own_folder_is_found_beside_english(own: Path) -> None:
    assert languages() == ("en", "qt")
    assert folder_of("qt") == own / "qt"


def test_a_text_comes_in_the_language_and_in_english_where_it_is_missing(own: Path) -> None:
    write(own, "qt/common.toml", '[side]\nleft = "links"\n')
    with using("qt"):
        assert word("common.side", "left") == "links"
        assert word("common.side", "right") == "right"
    assert word("common.side", "left") == "left"


def test_the_language_is_left_again_after_an_error(own: Path) -> None:
    assert own.is_dir()
    with pytest.raises(ZeroDivisionError), using("qt"):
        _ = 1 / 0
    assert language() == "en"


@pytest.mark.parametrize("code", ["", "xx", "../en", "en/..", "EN"])
def test_a_language_that_is_not_there_is_refused_with_those_that_are(code: str) -> None:
    with pytest.raises(UsageError, match="there is en") as told, using(code or "zz"):
        pass
    assert told.value.reason == "unknown_language"


def test_nobody_can_lay_another_english_over_ours(own: Path) -> None:
    write(own, "en/language.toml", 'name = "Other"\nplural = "other"\n')
    write(own, "en/common.toml", '[side]\nleft = "WRONG"\n')
    assert word("common.side", "left") == "left"
    assert spoken("en").plural == "one_other"


def test_labels_keep_their_capital_where_nouns_have_one(own: Path) -> None:
    assert own.is_dir()
    assert lower_first("Hip") == "hip"
    with using("qt"):
        assert lower_first("Hüfte") == "Hüfte"
        assert lower_first("Becken") == "Becken"


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ('[side]\nup = "oben"\n', "English has no such text"),
        ('[list]\nall = "{head} und {tail}"\n', "placeholders must be those of English"),
        ('[list]\nall = { one = "{head} {last}", other = "{head} {last}" }\n', "plural forms"),
        ("[side]\nleft = 3\n", "holds texts only"),
        ("[side\n", "not TOML"),
    ],
)
def test_a_catalogue_that_does_not_fit_english_is_refused_with_its_place(
    own: Path, text: str, match: str
) -> None:
    write(own, "qt/common.toml", text)
    with pytest.raises(PrimeMoverError, match=match):
        room_texts("qt", "common")


def test_a_language_that_does_not_tell_its_plural_is_refused(own: Path) -> None:
    write(own, "qu/language.toml", 'name = "Half"\n')
    with pytest.raises(PrimeMoverError, match="plural"), using("qu"):
        pass


@pytest.mark.parametrize(
    ("plural", "counts", "form"),
    [
        ("one_other", (1,), "one"),
        ("one_other", (0, 2, 11, 101), "other"),
        ("zero_one_other", (0, 1), "one"),
        ("zero_one_other", (2, 10), "other"),
        ("one_few_many", (1, 21, 101), "one"),
        ("one_few_many", (2, 4, 23), "few"),
        ("one_few_many", (0, 5, 11, 12, 14, 111), "many"),
        ("other", (0, 1, 2), "other"),
    ],
)
def test_counts_choose_the_form_of_their_language(
    plural: str, counts: tuple[int, ...], form: str
) -> None:
    for count in counts:
        assert form_of(count, plural) == form  # type: ignore[arg-type]


def test_a_placeholder_that_gets_nothing_is_a_mistake_in_the_code() -> None:
    with pytest.raises(KeyError):
        say("common.list.all", head="a")
    with pytest.raises(KeyError):
        say("common.no.such.text")


def test_an_id_without_a_word_is_said_as_it_is_written() -> None:
    assert word("common.side", "far_left") == "far left"


def test_the_placeholders_of_a_text_are_those_of_all_its_forms() -> None:
    assert fields_of({"one": "{a} thing", "other": "{count} things of {a}"}) == {"a", "count"}
