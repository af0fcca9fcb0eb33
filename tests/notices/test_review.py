"""`demine add` with a notice: shown, checked, edited, added, taken back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import demine_analysis as da
from demine_analysis.cli import run

NOTICE = """https://example.org/news/1
2025-09-01
Clearance in the last week of August
From August 25 to 31, 2025, 31 anti-tank mines, 118 anti-personnel mines and 702 unexploded
ordnances were found. A total of {area} hectares of land were cleared of mines. The work was carried
out by ANAMA, the Ministry of Defence, the State Border Service and four private companies.
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of a shipped dataset, as it was before the notice."""
    home = tmp_path / "home"
    target = home / "azerbaijan"
    target.mkdir(parents=True)
    for each in (da.resources.data_folder() / "azerbaijan").iterdir():
        if each.is_file():
            (target / each.name).write_bytes(each.read_bytes())
    monkeypatch.setenv("DEMINE_DATA_HOME", str(home))
    return target


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    path = tmp_path / "notice.txt"
    path.write_text(NOTICE.format(area="1,512.3"), "utf-8")
    return path


def added(folder: Path) -> list[float]:
    del folder
    statements = da.load_statements("azerbaijan")
    return sorted(statements[statements["source_id"] == "example-org-20250901"]["value"])


def test_sure_drafts_are_added_and_taken_back(
    folder: Path, notice: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {each.name: each.read_bytes() for each in folder.iterdir() if each.is_file()}
    assert run(["add", str(notice), "--yes"]) == 0
    assert "statements.csv: 4 rows added" in capsys.readouterr().out
    assert added(folder) == [31, 118, 702, 1512.3]
    assert len(da.check_dataset("azerbaijan")) == 0
    assert run(["add", "--remove", "example-org-20250901"]) == 0
    assert {each.name: each.read_bytes() for each in folder.iterdir() if each.is_file()} == before


def test_a_page_that_is_there_is_not_added_again(
    folder: Path, notice: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["add", str(notice), "--yes"])
    assert run(["add", str(notice), "--yes"]) == 0
    assert "this page is in the dataset already" in capsys.readouterr().out
    assert len(added(folder)) == 4


def test_a_misprint_is_left_to_a_person(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "misprint.txt"
    path.write_text(NOTICE.format(area="151,230"), "utf-8")
    assert run(["add", str(path), "--yes"]) == 0
    said = capsys.readouterr().out
    assert "left out: area_cleared 151230" in said
    assert "likely 1512.3 (decimal point moved)" in said
    assert added(folder) == [31, 118, 702]


def test_a_dry_run_changes_nothing(folder: Path, notice: Path) -> None:
    before = {each.name: each.read_bytes() for each in folder.iterdir()}
    assert run(["add", str(notice), "--dry-run"]) == 0
    assert {each.name: each.read_bytes() for each in folder.iterdir()} == before


def test_a_notice_goes_through_a_file_and_an_editor(
    folder: Path, notice: Path, tmp_path: Path
) -> None:
    draft = tmp_path / "draft.toml"
    assert run(["add", str(notice), "--draft", str(draft)]) == 0
    text = draft.read_text("utf-8")
    assert "confidence" in text
    draft.write_text(text.replace("value = 702", "value = 720"), "utf-8")
    assert run(["add", str(draft)]) == 0
    assert added(folder) == [31, 118, 720, 1512.3]


def test_drafts_are_dropped_and_edited_by_hand(
    folder: Path, notice: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter(["?", "d 9", "e 1 value x", "d 2", "e 1 value 30", "e 1 note seen twice", "a"])
    monkeypatch.setattr("click.prompt", lambda *_, **__: next(answers))
    assert run(["add", str(notice)]) == 0
    assert added(folder) == [30, 702, 1512.3]
    statements = da.load_statements("azerbaijan").set_index("statement_id")
    assert statements.loc["example-org-20250901.01", "note"] == "seen twice"


def test_nothing_is_added_without_a_word(
    folder: Path, notice: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("click.prompt", lambda *_, **__: "q")
    assert run(["add", str(notice)]) == 0
    assert added(folder) == []


def test_an_edit_that_is_not_allowed_adds_nothing(
    folder: Path, notice: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = iter(["e 1 metric tanks", "a"])
    monkeypatch.setattr("click.prompt", lambda *_, **__: next(answers))
    assert run(["add", str(notice)]) == 1
    assert "column metric: must be one of" in capsys.readouterr().err
    assert added(folder) == []


def test_drafts_as_json(folder: Path, notice: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["add", str(notice), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["source"]["url"] == "https://example.org/news/1"
    assert [row["value"] for row in found["drafts"]] == [31, 118, 702, 1512.3]
    assert folder.is_dir()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("dataset = 'azerbaijan'", "must have a dataset and a table [source]"),
        ("dataset = 'azerbaijan'\n[source]\nurl = 'x'\nfoo = 1", "source.foo is not known"),
        ("dataset = 'azerbaijan'\nstatement = 3\n[source]\n", "statement must be tables"),
        ("[[", "must be TOML"),
        ("other = 1", "other is not known"),
    ],
)
def test_a_file_that_is_no_draft_is_said(
    folder: Path, tmp_path: Path, text: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x.toml"
    path.write_text(text, "utf-8")
    assert run(["add", str(path)]) == 1
    assert said in capsys.readouterr().err
    assert folder.is_dir()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["add"], "give one of SOURCE"),
        (["add", "x.txt", "--inbox"], "give one of SOURCE"),
        (["add", "none.html"], "there is no file 'none.html'"),
        (["add", "file:///etc/passwd"], "only http and https"),
        (["add", "http://127.0.0.1/"], "not a public address"),
    ],
)
def test_what_is_asked_for_wrongly_is_said(
    folder: Path, words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(words) in {1, 2}
    assert said in capsys.readouterr().err
    assert folder.is_dir()


def test_a_text_without_an_address_needs_one(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "pasted.txt"
    path.write_text(NOTICE.format(area="1,512.3").split("\n", 2)[2], "utf-8")
    assert run(["add", str(path), "--yes"]) == 1
    assert "give it by --url" in capsys.readouterr().err
    url = "https://example.org/news/1"
    assert run(["add", str(path), "--yes", "--url", url, "--published", "2025-09-01"]) == 0
    assert len(da.load_sources("azerbaijan").query("url == @url")) == 1
    assert folder.is_dir()
