"""Schedules are what their schedulers accept, and run the right command."""

from __future__ import annotations

import ast
import datetime as dt
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from cronsim import CronSim

from demine_analysis.cli import run
from demine_analysis.errors import ParameterError
from demine_analysis.publishing.schedules.printing import FILES, Plan, configuration, plan

AWKWARD = Plan(
    ("/opt/a b/demine", "render", "--all", "--output", "/srv/100% 'sure' $HOME \"x\" {{ y }}/"),
    Path("/home/me/a b"),
    4,
    5,
)
PLANS = [plan(at="04:05"), AWKWARD]


def crontab_line(wanted: Plan) -> str:
    (content,) = configuration("cron", wanted).values()
    (line,) = [each for each in content.splitlines() if each and not each.startswith("#")]
    return line


def test_the_plan_is_this_installations_command_in_this_checkout() -> None:
    wanted = plan(at="23:59", output=Path("site"))
    assert Path(wanted.command[0]) == Path(sys.executable).with_name("demine")
    assert wanted.command[1:] == ("render", "--all", "--output", str(Path("site").absolute()))
    assert (wanted.directory / "pyproject.toml").is_file()
    assert (wanted.hour, wanted.minute) == (23, 59)


@pytest.mark.parametrize("at", ["", "24:00", "4:05", "04:60", "04:05\n", "noon", "* * * * *"])
def test_a_time_is_a_time(at: str) -> None:
    with pytest.raises(ParameterError, match="at must be a time as HH:MM"):
        plan(at=at)


def test_a_path_cannot_break_out_of_its_line() -> None:
    with pytest.raises(ParameterError, match="must not have line breaks"):
        plan(at="04:00", output=Path("x\n* * * * * rm -rf /"))


@pytest.mark.parametrize("wanted", PLANS)
def test_cron_runs_each_day_at_that_time(wanted: Plan) -> None:
    fields = crontab_line(wanted).split(maxsplit=5)
    runs = CronSim(" ".join(fields[:5]), dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    first, second = next(runs), next(runs)
    assert first == dt.datetime(2026, 1, 1, 4, 5, tzinfo=dt.UTC)
    assert second - first == dt.timedelta(days=1)


@pytest.mark.parametrize("wanted", PLANS)
def test_cron_runs_the_command_as_it_is(wanted: Plan) -> None:
    command = crontab_line(wanted).split(maxsplit=5)[5]
    assert "%" not in command.replace(r"\%", "")  # an unescaped one ends the line for cron
    words = shlex.split(command.replace(r"\%", "%"))
    assert words[:3] == ["cd", str(wanted.directory), "&&"]
    assert tuple(words[3:-1]) == wanted.command
    assert words[-1] == ">/dev/null"


@pytest.mark.parametrize("wanted", PLANS)
def test_systemd_accepts_its_units(tmp_path: Path, wanted: Plan) -> None:
    analyze = shutil.which("systemd-analyze")
    files = configuration("systemd", wanted)
    assert set(files) == {"demine-reports.service", "demine-reports.timer"}
    service = files["demine-reports.service"]
    if analyze is None:  # a container without systemd: at least every line is a setting
        assert all(not each or each[0] in "[#" or "=" in each for each in service.splitlines())
        return
    program = tmp_path / "bin" / "demine"
    program.parent.mkdir()
    program.symlink_to("/bin/true")
    for name, content in files.items():
        there = content.replace(wanted.command[0], str(program))
        (tmp_path / name).write_text(there)
    units = [str(tmp_path / name) for name in files]
    done = subprocess.run([analyze, "verify", *units], capture_output=True, text=True, check=False)
    complaints = [line for line in done.stderr.splitlines() if "demine-reports" in line]
    assert complaints == []


def test_systemd_quotes_words() -> None:
    service = configuration("systemd", AWKWARD)["demine-reports.service"]
    assert '"/opt/a b/demine" render --all --output "/srv/100%% \'sure\' $$HOME \\"x\\"' in service
    assert "WorkingDirectory=/home/me/a b\n" in service


def test_github_accepts_its_workflow(tmp_path: Path) -> None:
    (content,) = configuration("github-actions", plan(at="04:05")).values()
    path = tmp_path / "reports.yml"
    path.write_text(content)
    checker = [sys.executable, "-m", "check_jsonschema", "--builtin-schema"]
    done = subprocess.run(
        [*checker, "vendor.github-workflows", str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    workflow = yaml.safe_load(content)
    assert workflow[True]["schedule"] == [{"cron": "5 4 * * *"}]  # YAML reads `on` as true
    assert {"run": "make reports"} in workflow["jobs"]["render"]["steps"]


@pytest.mark.parametrize("wanted", PLANS)
def test_airflow_gets_a_dag_with_the_command(wanted: Plan) -> None:
    """Airflow itself is too large for a test; what the file calls in it is looked at instead."""
    (content,) = configuration("airflow", wanted).values()
    calls: dict[str, dict[str, Any]] = {}
    source = ast.parse(content)
    imported = {
        alias.name
        for node in source.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    source.body = [node for node in source.body if not isinstance(node, ast.ImportFrom)]

    class Recorded:
        def __init__(self, **options: Any) -> None:
            calls[type(self).__name__] = options

        def __enter__(self) -> None: ...
        def __exit__(self, *_: object) -> None: ...

    namespace = {name: type(name, (Recorded,), {}) for name in imported}
    exec(compile(source, "dag", "exec"), namespace)  # noqa: S102 - the file is our own
    assert calls["DAG"]["schedule"] == "5 4 * * *"
    assert calls["DAG"]["catchup"] is False
    command = calls["BashOperator"]["bash_command"]
    command = command.removeprefix("{% raw %}").removesuffix("{% endraw %}")
    assert tuple(shlex.split(command)[3:]) == wanted.command


def test_every_scheduler_has_files() -> None:
    assert set(FILES) == {"cron", "systemd", "github-actions", "airflow"}


@pytest.mark.parametrize("scheduler", ["cron", "systemd", "github-actions", "airflow"])
def test_feeds_are_looked_at_before_rendering(scheduler: str) -> None:
    (content, *_) = configuration(scheduler, plan(at="04:30", watched=["azerbaijan"])).values()
    render = "run: make reports" if scheduler == "github-actions" else "render --all"
    assert content.index("watch --dataset azerbaijan") < content.index(render)


def test_a_workflow_takes_no_files_of_this_machine(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("DEMINE_DATA_HOME", raising=False)
    assert run(["schedule", "github-actions", "--manifest", "m.toml", "--site", "out"]) != 0
    assert "--manifest, --site of this machine cannot be used" in capsys.readouterr().err
    monkeypatch.setenv("DEMINE_DATA_HOME", str(Path.cwd()))
    assert run(["schedule", "github-actions"]) != 0
    assert "DEMINE_DATA_HOME of this machine" in capsys.readouterr().err
