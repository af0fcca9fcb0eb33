"""The wheel, built and installed into an empty environment outside the checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
UV = Path(sys.executable).with_name("uv")
LOOK = """
import demine_analysis as da
from demine_analysis import resources
from demine_analysis.wording import language
assert not resources.in_checkout()
assert (resources.notebooks_folder() / "trend.ipynb").is_file()
assert resources.manifest_path().is_file()
assert all((language.FOLDER / f"{code}.po").is_file() for code in ("az", "ru", "uk"))
assert da.check_dataset().empty
print(da.__file__, len(da.load_statements()), len(da.load_sources()), len(da.load_casualties()))
print(len(da.load_records()), *da.list_datasets()["name"], len(da.load_corrections()) > 0)
"""


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command and return what it prints; what it complains of stands in the failure."""
    env = {key: value for key, value in os.environ.items() if not key.startswith("DEMINE_")}
    done = subprocess.run(
        command, cwd=cwd, env=env, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an empty folder with an environment that has the wheel and what it needs."""
    folder = tmp_path_factory.mktemp("outside")
    run(UV, "build", "--wheel", "--no-build-isolation", "--out-dir", folder / "dist", cwd=ROOT)
    (wheel,) = (folder / "dist").glob("*.whl")
    run(UV, "venv", "--python", sys.executable, folder / "venv", cwd=folder)
    python = folder / "venv" / "bin" / "python"
    run(
        UV,
        "pip",
        "install",
        "--python",
        python,
        "-c",
        ROOT / "requirements.lock",
        wheel,
        cwd=folder,
    )
    return folder


def test_installed_library_has_the_data(outside: Path) -> None:
    first, second = run(
        outside / "venv" / "bin" / "python", "-W", "error", "-c", LOOK, cwd=outside
    ).splitlines()
    path, *rows = first.split()
    assert Path(path).is_relative_to(outside / "venv")
    described = json.loads((ROOT / "data/azerbaijan/datapackage.json").read_text("utf-8"))
    stated = {each["name"]: str(each["rows"]) for each in described["resources"]}
    assert rows == [stated[name] for name in ("statements", "sources", "casualties")]
    assert second == "333 azerbaijan colombia ukraine world yemen True"


def test_library_alone_stays_small(outside: Path) -> None:
    listed = run(UV, "pip", "list", "--python", outside / "venv" / "bin" / "python", cwd=outside)
    installed = {line.split()[0] for line in listed.splitlines()[2:]}
    assert {"demine-analysis", "pandas"} <= installed
    assert not installed & {"jupyterlab", "papermill", "nbconvert", "pytest", "frictionless"}
