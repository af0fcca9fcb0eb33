"""The workflow for whoever hosts the project is one that its host accepts, and runs `.ci/run`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import yaml

WORKFLOW = Path(__file__).parents[1] / ".github" / "workflows" / "ci.yml"


def test_the_workflow_keeps_to_the_schema() -> None:
    program = Path(sys.executable).with_name("check-jsonschema")
    words = [str(program), "--builtin-schema", "vendor.github-workflows", str(WORKFLOW)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_workflow_runs_everything_on_the_oldest_and_the_newest_python() -> None:
    job = yaml.safe_load(WORKFLOW.read_text("utf-8"))["jobs"]["check"]
    assert job["steps"][-1]["run"] == "bash .ci/run"
    assert job["strategy"]["matrix"]["python"] == ["3.11", "3.14"]
