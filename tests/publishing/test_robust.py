"""What outsiders' files and habits broke once: each for its kind, with what is right."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import northland
import pytest
from tiny_notebooks import code, entry, notebook_json, write_manifest, write_notebook

from demine_analysis import cli as main
from demine_analysis.datasets.locate import is_data
from demine_analysis.errors import ParameterError, ReportError
from demine_analysis.lock import exclusive
from demine_analysis.publishing import batch, single
from demine_analysis.publishing.batch import Options
from demine_analysis.publishing.manifest import Report, find_notebook
from demine_analysis.publishing.running.attempt import Attempt
from demine_analysis.publishing.running.execute import NotebookFailedError, execute
from demine_analysis.publishing.running.folders import clean_up, private_folder
from demine_analysis.publishing.running.job import make_job
from demine_analysis.publishing.running.kept import within_weight
from demine_analysis.publishing.schedules import printing
from demine_analysis.publishing.site.fingerprint import fingerprint, forget_data
from demine_analysis.publishing.site.folder import Site

if TYPE_CHECKING:
    from demine_analysis.publishing.running.kernels.warm import WarmProcess

GOOD = code("print('good')")
SOUND = json.loads(notebook_json(GOOD))
BAD: dict[str, Any] = {
    "cells that are no objects": {**SOUND, "cells": [1, "x"]},
    "tags that are null": {**SOUND, "cells": [{**GOOD, "metadata": {"tags": None}}]},
    "no nbformat": {key: value for key, value in SOUND.items() if key != "nbformat"},
    "an nbformat of words": {**SOUND, "nbformat": "four"},
    "no cells": {**SOUND, "cells": None},
    "a cell without a type": {**SOUND, "cells": [{"metadata": {}, "source": "x"}]},
    "outputs that are none": {**SOUND, "cells": [{**GOOD, "outputs": 5}]},
    "a list": [SOUND],
    "R": {**SOUND, "metadata": {"kernelspec": {"name": "ir", "display_name": "R"}}},
}


def run(folder: Path) -> batch.Run:
    options = Options(manifest=folder / "reports.toml", output=folder / "site")
    return batch.render_all(options, say=lambda _: None, progress=lambda results, **_: results)


@pytest.mark.parametrize("name", BAD)
def test_one_bad_notebook_fails_alone(name: str, tmp_path: Path) -> None:
    write_notebook(tmp_path, GOOD)
    (tmp_path / "bad.ipynb").write_text(json.dumps(BAD[name]))
    write_manifest(tmp_path, entry("good"), entry("bad", "bad"))
    done = run(tmp_path)
    assert {each.state.job.name: each.status for each in done.outcomes} == {
        "good": "rendered",
        "bad": "failed",
    }
    assert "bad" in (tmp_path / "site" / "index.html").read_text()
    summary = json.loads((tmp_path / "site" / "run.json").read_text())
    assert [each["status"] for each in summary["reports"]] == ["rendered", "failed"]
    assert "Traceback" not in done.failed[0].error


def test_a_page_goes_into_a_pipe_as_into_a_file(tmp_path: Path) -> None:
    pipe, got = tmp_path / "pipe", []
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: got.append(pipe.read_text()))
    reader.start()
    single.render("projection", {"as_of": "2019-01-01"}, pipe)
    reader.join()
    assert "</html>" in got[0]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@pytest.mark.parametrize("day", ["abc", "1700000000.5", "", "-1"])
def test_a_day_that_is_none_is_refused_at_once(
    day: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    write_notebook(tmp_path, GOOD)
    write_manifest(tmp_path, entry("good"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", day)
    with pytest.raises(ParameterError, match=f"SOURCE_DATE_EPOCH must be whole seconds.*{day}"):
        run(tmp_path)
    with pytest.raises(ParameterError, match="SOURCE_DATE_EPOCH"):
        single.render("trend", output=tmp_path / "x.html")
    assert not (tmp_path / "site").exists()


def test_a_magic_that_is_not_there_is_named(warm: WarmProcess) -> None:
    with pytest.raises(NotebookFailedError, match="nosuchmagic"):
        execute(notebook_json(code("%nosuchmagic")), {}, Attempt(warm, 60))


def test_a_clock_that_was_wrong_once_takes_no_failed_run_away(tmp_path: Path) -> None:
    write_notebook(tmp_path, code("1 / 0"))
    write_manifest(tmp_path, entry("bad"), settings="keep_runs = 1")
    site = Site(tmp_path / "site")
    site.prepare()
    (site.runs / "20990101T000000.000000Z-1").mkdir()
    (failed,) = run(tmp_path).failed
    assert Path(failed.error.rsplit("is ", 1)[1]).is_file()


def test_a_changed_file_beside_a_notebook_makes_its_page_stale(tmp_path: Path) -> None:
    write_notebook(tmp_path, code("print(open('data.csv').read())"))
    write_manifest(tmp_path, entry("a"))
    (tmp_path / "data.csv").write_text("first")
    run(tmp_path)
    (tmp_path / "data.csv").write_text("second")
    (outcome,) = run(tmp_path).outcomes
    assert outcome.status == "rendered"
    assert "second" in (tmp_path / "site" / "a.html").read_text()


def test_what_a_cell_may_show_can_be_raised(tmp_path: Path) -> None:
    write_notebook(tmp_path, code("for _ in range(2): print('y' * 1_000_000)"))
    write_manifest(tmp_path, entry("a", max_output_mb=1), entry("b", max_output_mb=3))
    assert {each.state.job.name: each.status for each in run(tmp_path).outcomes} == {
        "a": "failed",
        "b": "rendered",
    }


def test_a_kept_notebook_has_its_largest_outputs_left_out(warm: WarmProcess) -> None:
    cells = [code("print('y' * 1_000_000)"), code("print('small')"), code("1 / 0")]
    with pytest.raises(NotebookFailedError) as caught:
        execute(notebook_json(*cells), {}, Attempt(warm, 60), most_kept=100_000)
    assert len(caught.value.notebook) < 100_000
    assert "outputs of 1.0 MB are left out" in caught.value.notebook
    assert "small" in caught.value.notebook


def test_a_notebook_within_its_weight_is_kept_whole(warm: WarmProcess) -> None:
    notebook = execute(notebook_json(code("print('y' * 1000)")), {}, Attempt(warm, 60))
    assert "y" * 1000 in within_weight(notebook, most=100_000)


def test_folders_of_killed_processes_are_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    ended = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"],
                           capture_output=True, text=True, check=True).stdout.strip()  # fmt: skip
    (tmp_path / f"demine-kernel-{ended}-abc").mkdir()
    (tmp_path / "demine-mine").mkdir()
    with private_folder() as ours:
        clean_up()
        assert {each.name for each in tmp_path.iterdir()} == {ours.name, "demine-mine"}


def test_a_group_shares_a_sites_lock(tmp_path: Path) -> None:
    tmp_path.chmod(0o2775)
    with exclusive(tmp_path / "lock", wait=0, say=lambda _: None):
        assert (tmp_path / "lock").stat().st_mode & 0o020
    alone = tmp_path / "alone"
    alone.mkdir(mode=0o755)
    with exclusive(alone / "lock", wait=0, say=lambda _: None):
        assert not (alone / "lock").stat().st_mode & 0o020


def demine(shell: str, **settings: str) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("demine")
    environment = {**os.environ, **settings}
    return subprocess.run(
        ["sh", "-c", shell.format(demine=program)],
        capture_output=True, text=True, check=False, env=environment,
    )  # fmt: skip


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", ">&- 2>&- <&-"])
def test_closed_streams_are_no_failure(closed: str) -> None:
    done = demine(f"{{demine}} list {closed}")
    assert done.returncode == 0
    assert "Traceback" not in done.stderr


NAMELESS = """
import pwd
def nobody(*_):
    raise KeyError("no such user")
pwd.getpwuid = nobody
"""


def test_a_user_who_is_a_number_without_home_can_render(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(NAMELESS)
    done = demine(
        f"cd {tmp_path} && env -u HOME -u DEMINE_CACHE_HOME {{demine}} render projection "
        f"-p as_of=2019-01-01 -o x.html",
        PYTHONPATH=str(tmp_path),
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "x.html").is_file()
    assert not (tmp_path / "~").exists()


def test_a_deleted_folder_is_named_as_such(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    done = demine(f"cd {gone} && rmdir {gone} && {{demine}} render trend -o {tmp_path}/x.html")
    assert done.returncode == 1
    said = done.stderr.splitlines()
    assert said[-1] == ("demine: the current folder has been deleted; change to one that is there")
    assert "Traceback" not in done.stderr


JUNK = {".~lock.statements.csv#": b"x", ".DS_Store": b"\0", "statements.csv~": b"x",
        ".statements.csv.swp": b"x"}  # fmt: skip


def test_what_programs_leave_in_a_dataset_is_no_data(tmp_path: Path) -> None:
    northland.make(tmp_path)
    folder = tmp_path / "northland"
    before = {each.name for each in folder.iterdir() if is_data(each)}
    assert before == {"sources.csv", "statements.csv", "programme.toml"}
    for name, content in JUNK.items():
        (folder / name).write_bytes(content)
    assert {each.name for each in folder.iterdir() if is_data(each)} == before


def test_junk_makes_no_page_stale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    northland.make(tmp_path)
    monkeypatch.setenv("DEMINE_DATA_HOME", str(tmp_path))
    job = make_job(Report("t", "T", find_notebook("trend"), {"dataset": "northland"}), in_site=True)
    forget_data()
    before = fingerprint(job)
    for name, content in JUNK.items():
        (tmp_path / "northland" / name).write_bytes(content)
    forget_data()
    assert fingerprint(job) == before
    forget_data()


def test_a_file_that_cannot_be_read_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", "/data/mine/statements.csv")

    monkeypatch.setattr("demine_analysis.publishing.site.state.fingerprint", refused)
    assert main.run(["status"]) == 1
    said = capsys.readouterr().err
    assert "'/data/mine/statements.csv' cannot be opened: Permission denied" in said
    assert "output" not in said


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A Python that has no `demine` beside it."""
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    (tmp_path / "bin").mkdir()
    return tmp_path


def test_a_schedule_names_a_command_that_is_there(elsewhere: Path) -> None:
    assert printing.plan(at="04:30").command[:3] == (
        str(elsewhere / "python"), "-m", "demine_analysis.cli",
    )  # fmt: skip
    program = elsewhere / "bin" / "demine"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    assert printing.plan(at="04:30").command[0] == str(program)


def test_a_schedule_remembers_where_the_data_are(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DEMINE_DATA_HOME", "data home")
    command = printing.plan(at="04:30").command
    assert command[:2] == ("/usr/bin/env", f"DEMINE_DATA_HOME={tmp_path / 'data home'}")


def test_a_schedule_without_the_extra_says_which(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jinja2", None)
    with pytest.raises(ReportError, match=r"'jinja2'; install it with: pip install .*\[reports\]"):
        printing.configuration("cron", printing.plan(at="04:30"))
