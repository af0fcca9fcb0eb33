"""Merging a folder of figures into a dataset: all of it or nothing, and every fault named."""

from __future__ import annotations

import errno
import os
import random
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from tiny_dataset import CORRECTION, SOURCES, STATEMENTS, make

import demine_analysis as da
from demine_analysis.cli import run
from demine_analysis.files import PENDING

if TYPE_CHECKING:
    from pathlib import Path

HEADER = STATEMENTS.splitlines()[0]
NEW_SOURCES = SOURCES.splitlines()[0] + (
    "\nnews-20240116,https://example.org/n,News,,2024-01-16,en\n"
)
NEW = HEADER + (
    "\nnews-20240116.01,news-20240116,area_cleared,130,ha,exact,achieved,week,2024-01-08,"
    '2024-01-14,all,Aghdam,all,"130 ha, 9 AP",\n'
    "news-20240116.02,news-20240116,anti_personnel_mines,9,items,exact,achieved,week,2024-01-08,"
    '2024-01-14,all,Aghdam,all,"130 ha, 9 AP",\n'
)
CASUALTY = """\
url,publisher,published,period_start,period_end,killed,injured,total,civilians_only,note
https://example.org/d,Paper,2024-02-08,2020-11-10,2024-02-08,66,290,356,no,
"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    make(folder)
    monkeypatch.setenv("DEMINE_DATA_HOME", str(folder))
    return folder


@pytest.fixture
def table(tmp_path: Path) -> Path:
    folder = tmp_path / "table"
    folder.mkdir()
    write(folder, NEW, NEW_SOURCES)
    return folder


def write(folder: Path, statements: str, sources: str = "") -> None:
    (folder / "statements.csv").write_text(statements, "utf-8")
    if sources:
        (folder / "sources.csv").write_text(sources, "utf-8")


def add(table: Path, *more: str) -> int:
    return run(["add", "--dataset", "mine", "--table", str(table), *more])


def files(home: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in (home / "mine").iterdir() if each.is_file()}


def test_new_rows_are_appended_and_old_bytes_stay(
    home: Path, table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (table / "casualties.csv").write_text(CASUALTY, "utf-8")
    before = files(home)
    assert add(table) == 0
    after = files(home)
    assert all(after[name].startswith(raw) for name, raw in before.items())
    assert da.load_statements("mine")["value"].tolist()[-2:] == [130.0, 9.0]
    assert da.load_statements("mine")["printed"].tolist()[-1] == "130 ha, 9 AP"
    assert da.load_casualties("mine")["total"].tolist() == [355, 356]
    assert len(da.check_dataset("mine")) == 0
    assert "statements.csv: 2 rows added" in capsys.readouterr().out


def test_adding_again_changes_nothing(
    home: Path, table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add(table)
    before = files(home)
    assert add(table) == 0
    assert files(home) == before
    said = capsys.readouterr().out
    assert "already there: table/statements.csv, line 2: news-20240116.01 is there" in said
    assert "statements.csv: 0 rows added" in said


def test_a_dry_run_changes_nothing(
    home: Path, table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files(home)
    assert add(table, "--dry-run") == 0
    assert files(home) == before
    assert "2 rows would be added" in capsys.readouterr().out


def test_a_page_is_taken_back(table: Path) -> None:
    before = da.load_statements("mine"), da.load_sources("mine")
    add(table)
    assert run(["add", "--dataset", "mine", "--remove", "news-20240116"]) == 0
    for was, now in zip(before, (da.load_statements("mine"), da.load_sources("mine")), strict=True):
        assert was.equals(now)
    assert len(da.load_casualties("mine")) == 1


def test_columns_may_be_in_another_order_and_windows_lines(home: Path, table: Path) -> None:
    lines = [line.split(",") for line in NEW_SOURCES.strip().splitlines()]
    turned = "\r\n".join(",".join(reversed(line)) for line in lines)
    (table / "sources.csv").write_bytes(b"\xef\xbb\xbf" + turned.encode())
    assert add(table) == 0
    assert b"\r" not in files(home)["sources.csv"]
    assert da.load_sources("mine")["source_id"].tolist()[-1] == "news-20240116"


def test_a_contradiction_is_told(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = NEW.splitlines()[1].replace("116.01", "116.03").replace(",130,", ",131,")
    write(table, NEW + other + "\n")
    assert add(table) == 0
    assert "news-20240116.01 130 ha, news-20240116.03 131 ha" in capsys.readouterr().out
    assert len(da.load_statements("mine")) == 6


@pytest.mark.parametrize(
    ("statements", "sources", "said"),
    [
        (NEW, SOURCES, "table/statements.csv, line 2, column source_id: must be the source_id"),
        (NEW.replace("130,ha", "13o,ha"), NEW_SOURCES, "statements.csv, line 2, column value"),
        (NEW.replace("area_cleared", "area_cleaned"), NEW_SOURCES, "area_cleared"),
        (
            NEW.replace("news-20240116.02", "paper-20240108.02"),
            NEW_SOURCES,
            "line 3, column statement_id: must be new",
        ),
        (
            NEW,
            NEW_SOURCES.replace("example.org/n", "example.org/a"),
            "column url: must be a page that is not there yet; it is 'paper-20240108'",
        ),
        (HEADER + "\n", NEW_SOURCES, "must have at least one row"),
        ("", NEW_SOURCES, "the file is empty"),
        (HEADER.replace("value", "values") + NEW[len(HEADER) :], NEW_SOURCES, "value"),
    ],
)  # fmt: skip
def test_a_fault_is_named_and_nothing_is_added(
    home: Path,
    table: Path,
    capsys: pytest.CaptureFixture[str],
    statements: str,
    sources: str,
    said: str,
) -> None:
    write(table, statements, sources)
    before = files(home)
    assert add(table) == 1
    assert files(home) == before
    assert said in capsys.readouterr().err


def test_what_is_asked_for_wrongly_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty").mkdir()
    for words, said in [
        (["add"], "--table FOLDER, --remove SOURCE_ID"),
        (["add", "--table", str(tmp_path / "none")], "--table must be a folder"),
        (["add", "--dataset", "mine", "--table", str(tmp_path / "empty")], "has none of"),
        (["add", "--dataset", "mine", "--remove", "nobody"], "has no page 'nobody'"),
        (["add", "--dataset", "mien", "--remove", "x"], "mine"),
    ]:
        assert run(words) in {1, 2}
        assert said in capsys.readouterr().err
    assert len(da.check_dataset("mine")) == 0


def test_a_page_that_a_correction_speaks_of_stays(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "mine" / "corrections.toml").write_text(CORRECTION, "utf-8")
    before = files(home)
    assert run(["add", "--dataset", "mine", "--remove", "paper-20240108"]) == 1
    assert "corrections.toml" in capsys.readouterr().err
    assert files(home) == before


def test_the_data_package_follows(home: Path, table: Path) -> None:
    text = (da.resources.data_folder() / "yemen" / "package.toml").read_text("utf-8")
    (home / "mine" / "package.toml").write_text(text.replace('"yemen"', '"mine"'), "utf-8")
    assert add(table) == 0
    assert (home / "mine" / "datapackage.json").is_file()
    assert len(da.check_dataset("mine")) == 0


@pytest.mark.parametrize("write_number", range(6))
def test_a_full_disk_leaves_all_as_it_was_or_done(
    table: Path, monkeypatch: pytest.MonkeyPatch, write_number: int
) -> None:
    before, calls = len(da.load_statements("mine")), 0
    fsync = os.fsync

    def full(descriptor: int) -> None:
        nonlocal calls
        calls += 1
        if calls == write_number + 1:
            raise OSError(errno.ENOSPC, "No space left on device")
        fsync(descriptor)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        ended = add(table)
    assert len(da.check_dataset("mine")) == 0
    assert len(da.load_statements("mine")) in ({before + 2} if ended == 0 else {before, before + 2})
    assert add(table) == 0
    assert len(da.load_statements("mine")) == before + 2


#: Ends the program at the Nth rename, as a kill would.
KILLED = """
import os, pathlib, sys
left = int(sys.argv[1])
def ending(name):
    real = getattr(pathlib.Path, name)
    def renamed(self, target):
        global left
        if left == 0:
            os._exit(9)
        left -= 1
        return real(self, target)
    setattr(pathlib.Path, name, renamed)
ending("rename"); ending("replace")
from demine_analysis.cli import run
sys.exit(run(["add", "--dataset", "mine", "--table", sys.argv[2]]))
"""


@pytest.mark.parametrize("renames", range(4))
def test_a_program_that_ends_between_two_files_leaves_a_whole_dataset(
    home: Path, table: Path, renames: int
) -> None:
    before = len(da.load_statements("mine"))
    ended = subprocess.run([sys.executable, "-c", KILLED, str(renames), str(table)], check=False)
    expected = before if renames == 0 else before + 2
    assert ended.returncode == (9 if renames < 3 else 0)
    assert len(da.check_dataset("mine")) == 0
    assert len(da.load_statements("mine")) == expected
    assert len(da.load_sources("mine")) == (2 if renames == 0 else 3)
    assert add(table) == 0
    assert not (home / "mine" / PENDING).exists()
    assert len(da.load_statements("mine")) == before + 2


@pytest.mark.slow
def test_kills_at_random_moments_leave_a_whole_dataset(table: Path) -> None:
    before, moments = len(da.load_statements("mine")), random.Random(0)  # noqa: S311 - moments, no secrets
    words = [sys.executable, "-m", "demine_analysis.cli", "add", "--dataset", "mine"]
    for _ in range(20):
        running = subprocess.Popen([*words, "--table", str(table)], stdout=subprocess.DEVNULL)
        time.sleep(moments.uniform(0.3, 2.5))
        running.send_signal(signal.SIGKILL)
        running.wait()
        assert len(da.check_dataset("mine")) == 0
        assert len(da.load_statements("mine")) in {before, before + 2}
        if len(da.load_statements("mine")) > before:
            assert run(["add", "--dataset", "mine", "--remove", "news-20240116"]) == 0


def test_two_at_once_add_each_row_once(table: Path) -> None:
    words = [sys.executable, "-m", "demine_analysis.cli", "add", "--dataset", "mine"]
    running = [
        subprocess.Popen([*words, "--table", str(table)], stdout=subprocess.DEVNULL)
        for _ in range(2)
    ]
    assert [each.wait() for each in running] == [0, 0]
    assert len(da.load_statements("mine")) == 5
    assert len(da.check_dataset("mine")) == 0


def test_a_folder_that_cannot_be_written_is_said(
    home: Path, table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "mine" / ".demine").write_text("in the way")
    before = files(home)
    assert add(table) == 1
    assert "cannot be changed: File exists" in capsys.readouterr().err
    assert files(home) == before
