"""The wheel renders: installed into an empty environment, away from the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
UV = Path(sys.executable).with_name("uv")


def run(*command: str | Path, cwd: Path) -> str:
    env = {key: value for key, value in os.environ.items() if not key.startswith("DEMINE_")}
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder whose environment has the wheel with the extra `reports`, as locked."""
    folder = tmp_path_factory.mktemp("rendering")
    run(UV, "build", "--wheel", "--no-build-isolation", "--out-dir", folder / "dist", cwd=ROOT)
    (wheel,) = (folder / "dist").glob("*.whl")
    run(UV, "venv", "--python", sys.executable, folder / "venv", cwd=folder)
    lock, python = ROOT / "requirements.lock", folder / "venv" / "bin" / "python"
    run(UV, "pip", "install", "--python", python, "-c", lock, f"{wheel}[reports]", cwd=folder)
    return folder


def test_one_report_is_rendered_into_the_working_directory(outside: Path) -> None:
    assert (
        run(outside / "venv" / "bin" / "demine", "render", "trend", cwd=outside) == "trend.html\n"
    )
    assert "Cleared area" in (outside / "trend.html").read_text()


def test_all_reports_are_rendered_below_the_working_directory(outside: Path) -> None:
    out = run(outside / "venv" / "bin" / "demine", "render", "--all", cwd=outside)
    assert out.splitlines()[-1] == str(outside / "reports" / "site" / "index.html")
    pages = {each.name for each in (outside / "reports" / "site").glob("*.html")}
    assert {"index.html", "trend.html", "clearance-rate.html", "projection.html"} <= pages


def test_a_missing_extra_is_named(outside: Path) -> None:
    python = outside / "venv" / "bin" / "python"
    run(UV, "pip", "uninstall", "--python", python, "papermill", cwd=outside)
    command: list[str | Path] = [outside / "venv" / "bin" / "demine", "render", "trend"]
    done = subprocess.run(command, cwd=outside, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.strip() == (
        "demine: rendering needs 'papermill'; "
        "install it with: pip install 'demine-analysis[reports]'"
    )
