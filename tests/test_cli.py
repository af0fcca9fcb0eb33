"""The command: quick, one clear line for each mistake, exit codes that scripts can rely on."""

from __future__ import annotations

import contextlib
import io
import json
import os
import pty
import shutil
import signal
import statistics
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

from demine_analysis.cli import run

DEMINE = [sys.executable, "-m", "demine_analysis.cli"]
NOTEBOOK = {
    "cells": [
        {
            "cell_type": "code",
            "execution_count": None,
            "id": "a",
            "metadata": {"tags": ["parameters"]},
            "outputs": [],
            "source": "seconds: float = 0.0  # how long to sleep",
        },
        {
            "cell_type": "code",
            "execution_count": None,
            "id": "b",
            "metadata": {},
            "outputs": [],
            "source": "import os, time\ntime.sleep(seconds)\nprint('slept', os.getpid())",
        },
    ],
    "metadata": {},
    "nbformat": 4,
    "nbformat_minor": 5,
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with a manifest of one report that only sleeps."""
    (tmp_path / "sleep.ipynb").write_text(json.dumps(NOTEBOOK))
    (tmp_path / "reports.toml").write_text(
        '[[report]]\nname = "sleep"\ntitle = "Sleep"\nnotebook = "sleep"\n'
    )
    return tmp_path


def rendering(project: Path, *more: str) -> list[str]:
    manifest, site = project / "reports.toml", project / "site"
    return ["render", "--all", "--manifest", str(manifest), "-o", str(site), *more]


def demine(
    *arguments: str, env: dict[str, str] | None = None, cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*DEMINE, *arguments], capture_output=True, text=True, env=env, cwd=cwd, check=False
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("render", "name one report, or give --all"),
        ("render trend --all", "name one report, or give --all"),
        ("render trent", "report must be one of about, about-az"),
        ("render trent", "(did you mean trend?)"),
        ("render ../trend", "report must be one of"),
        ("render trend -p", "requires an argument"),
        ("render trend -p district", "must be NAME=VALUE, got 'district'"),
        ("render trend -p =x", "must be NAME=VALUE"),
        ("render trend -p start=2022-01-01 -p start=2023-01-01", "start is given twice"),
        ("render trend -p distrikt=Aghdam", "did you mean district?"),
        ("render trend -p district=Agdamm", "did you mean Aghdam?"),
        ("render trend -p start=2022-31-01", "start must be a day as YYYY-MM-DD"),
        ("render trend -p metric=area", "metric must be one of area_cleared"),
        ("render trend -p start=2024-01-01 -p end=2023-01-01", "start must not be after end"),
        ("render trend -p dataset=nowhere", "dataset must be one of"),
        ("render projection -p scenario=boom", "one of status_quo, growth, pause"),
        ("render trend --jobs 2", "--jobs goes with --all"),
        ("render --all -p start=2022-01-01", "-p goes with one report"),
        ("render --all --jobs 0", "jobs must be 1 or more, got 0"),
        ("render --all --jobs two", "is not a valid integer"),
        ("render --all --manifest nowhere.toml", "'nowhere.toml' cannot be read"),
        ("render --all --executor dask", "--executor dask and --scheduler ADDRESS go together"),
        ("render --all --executor slurm", "'slurm' is not one of"),
        ("render trend -o .", "output must be a file, got the folder"),
        ("render trend -o nowhere/x.html", "output must be in a folder that is there"),
        ("rendre", "No such command 'rendre'"),
        ("render --al", "No such option"),
        ("schedule windows", "'windows' is not one of"),
        ("schedule cron --at 25:00", "at must be a time as HH:MM"),
        ("check nowhere", "dataset must be one of azerbaijan, colombia"),
    ],
)
def test_a_mistake_is_one_line_that_says_what_is_allowed(
    arguments: str,
    message: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    code = run(arguments.split())
    out, err = capsys.readouterr()
    assert message in err
    assert err.count("\n") == 1
    assert err.startswith("demine: ")
    assert code == (1 if arguments.startswith("check") else 2)
    assert out == ""
    assert not list(tmp_path.iterdir())


def test_help_and_a_refused_parameter_are_quick() -> None:
    def seconds(*arguments: str) -> float:
        start = time.perf_counter()
        demine(*arguments)
        return time.perf_counter() - start

    demine("--help")
    assert statistics.median(seconds("--help") for _ in range(5)) < 0.4


def test_help_imports_click_alone() -> None:
    code = "import sys, demine_analysis.cli; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"numpy", "pandas", "matplotlib", "papermill", "nbformat", "jinja2", "asyncio"}
    assert not heavy & set(done.stdout.split())


def test_list_shows_datasets_reports_and_parameters(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["list"]) == 0
    out, _ = capsys.readouterr()
    for part in ["azerbaijan", "colombia", "trend: Trend", "-p district=all", "a district, or all"]:
        assert part in out


def test_check_accepts_the_shipped_datasets(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check"]) == 0
    assert capsys.readouterr().out == "no fault found\n"


def test_check_lists_what_is_wrong(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    shutil.copytree(Path(__file__).parents[1] / "data" / "azerbaijan", tmp_path / "mine")
    statements = tmp_path / "mine" / "statements.csv"
    statements.write_text(statements.read_text().replace(",exact,", ",exakt,", 2))
    assert run(["check", str(tmp_path / "mine")]) == 1
    _, err = capsys.readouterr()
    assert "column qualifier: must be one of exact, at_least, about, at_most" in err
    assert "got 'exakt'" in err
    assert err.splitlines()[-1].startswith("demine: ")


def test_a_site_is_rendered_and_then_fresh(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = ["status", "--manifest", str(project / "reports.toml"), "-o", str(project / "site")]
    assert run(status) == 0
    assert capsys.readouterr().out == "sleep: never (no page yet)\n"
    assert run(rendering(project)) == 0
    out, err = capsys.readouterr()
    assert out.splitlines()[-1] == str(project / "site" / "index.html")
    assert err == ""  # nothing that cron would send by mail
    assert run(rendering(project)) == 0
    assert "nothing to do: 1 reports are fresh" in capsys.readouterr().out
    (project / "sleep.ipynb").write_text(json.dumps(NOTEBOOK, indent=1))
    run(status)
    assert capsys.readouterr().out == "sleep: stale (changed: notebook)\n"


def test_a_failed_report_is_exit_1_and_one_screen(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = json.dumps(NOTEBOOK).replace("time.sleep(seconds)", "seconds / 0")
    (project / "sleep.ipynb").write_text(broken)
    assert run(rendering(project)) == 1
    _, err = capsys.readouterr()
    assert "report 'sleep' failed in code cell 2 of 2:" in err
    assert "ZeroDivisionError" in err
    assert "Traceback" not in err
    assert len(err.splitlines()) < 24
    run(["status", "--manifest", str(project / "reports.toml"), "-o", str(project / "site")])
    assert "sleep: failed (20" in capsys.readouterr().out


def test_it_runs_without_terminal_home_and_path(project: Path) -> None:
    """As cron and systemd start it."""
    done = demine(*rendering(project), env={}, cwd=Path("/"))
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""


def test_a_progress_bar_is_for_terminals_only(project: Path) -> None:
    parent, child = pty.openpty()
    termios.tcsetwinsize(child, (24, 80))
    done = subprocess.run([*DEMINE, *rendering(project)], stderr=child, check=False)
    os.close(child)
    assert done.returncode == 0
    with os.fdopen(parent, "rb", buffering=0) as terminal:
        assert "Rendering: 100%" in everything(terminal)


def everything(terminal: io.FileIO) -> str:
    """Return what was written to a terminal; reading on after its end is an error on Linux."""
    parts: list[bytes] = []
    with contextlib.suppress(OSError):
        while part := terminal.read(4096):
            parts.append(part)
    return b"".join(parts).decode()


def test_a_run_with_nothing_to_do_says_so(project: Path) -> None:
    demine(*rendering(project))
    assert "nothing to do" in demine(*rendering(project)).stdout


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_ends_kernels_and_command(project: Path, number: int) -> None:
    text = json.dumps(NOTEBOOK).replace("seconds: float = 0.0", "seconds: float = 61.5")
    write = f"open({str(project / 'pid')!r}, 'w').write(str(os.getpid()))"
    text = text.replace("time.sleep", f"{write}; time.sleep")
    (project / "sleep.ipynb").write_text(text)
    # A shell's background job ignores interrupts, and so would everything it starts.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    command = subprocess.Popen(
        [*DEMINE, *rendering(project)],
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    signal.signal(signal.SIGINT, before)
    while not ((project / "pid").exists() and (project / "pid").read_text()):
        assert command.poll() is None
        time.sleep(0.05)
    os.killpg(command.pid, number)
    _, err = command.communicate(timeout=20)
    assert command.returncode == 130
    assert err.strip().splitlines() == ["demine: interrupted"]
    kernel = Path("/proc") / (project / "pid").read_text()
    assert not kernel.exists() or ") Z " in (kernel / "stat").read_text()


def test_one_report_is_a_file(tmp_path: Path) -> None:
    done = demine("render", "trend", "-p", "district=Ağdam", "-o", "out.html", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "out.html\n"
    page = (tmp_path / "out.html").read_text()
    assert "Aghdam" in page
    assert 'href="index.html"' not in page
    assert [each.name for each in tmp_path.iterdir()] == ["out.html"]


@pytest.mark.parametrize("scheduler", ["cron", "systemd", "github-actions", "airflow"])
def test_schedule_writes_files_or_prints_them(
    scheduler: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["schedule", scheduler]) == 0
    printed = capsys.readouterr().out
    assert run(["schedule", scheduler, "-o", str(tmp_path)]) == 0
    for path in tmp_path.iterdir():
        assert path.read_text() in printed


@pytest.mark.slow
def test_eight_commands_at_once_render_each_report_once(project: Path) -> None:
    started = [
        subprocess.Popen([*DEMINE, *rendering(project)], stdout=subprocess.PIPE, text=True)
        for _ in range(8)
    ]
    outputs = [each.communicate(timeout=120)[0] for each in started]
    assert [each.returncode for each in started] == [0] * 8
    assert sum("sleep: rendered" in out for out in outputs) == 1
    assert sum("nothing to do" in out for out in outputs) == 7
    assert (project / "site" / "index.html").read_text().rstrip().endswith("</html>")


def test_a_full_disk_is_one_line() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "demine_analysis.cli", "list"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.splitlines()[0].startswith("demine: output cannot be written: No space left")
    assert "Traceback" not in done.stderr
