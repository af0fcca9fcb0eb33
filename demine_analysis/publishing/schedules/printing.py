"""Ready configurations of schedulers that run `demine render --all` for this installation."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from demine_analysis import resources
from demine_analysis.errors import ParameterError, ReportError

if TYPE_CHECKING:
    from collections.abc import Sequence

_TEMPLATES = Path(__file__).parent
_TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")

#: The files of each scheduler: template and name.
FILES = {
    "cron": {"cron.j2": "demine-reports.cron"},
    "systemd": {
        "demine-reports.service.j2": "demine-reports.service",
        "demine-reports.timer.j2": "demine-reports.timer",
    },
    "github-actions": {"github-actions.yml.j2": "reports.yml"},
    "airflow": {"airflow.py.j2": "demine_reports.py"},
}


@dataclass(frozen=True)
class Plan:
    """What to run where and when.

    Parameters
    ----------
    command : tuple of str
        Program and arguments.
    directory : Path
        To run it in.
    hour, minute : int
        Each day.
    before : tuple of tuple of str
        Commands that run first; where one fails, the reports are rendered all the same.
    """

    command: tuple[str, ...]
    directory: Path
    hour: int
    minute: int
    before: tuple[tuple[str, ...], ...] = ()


def plan(
    *,
    at: str,
    manifest: Path | None = None,
    output: Path | None = None,
    watched: Sequence[str] = (),
) -> Plan:
    """Return what this installation is to run each day.

    Parameters
    ----------
    at : str
        HH:MM.
    manifest, output : Path, optional
        As for `demine render --all`.
    watched : sequence of str
        Datasets whose feeds are looked at first.

    Raises
    ------
    ParameterError
        Where the time is none, or a path cannot stand in a configuration file.
    """
    time = _TIME.fullmatch(at)
    if time is None:
        raise ParameterError(f"at must be a time as HH:MM, from 00:00 to 23:59, got {at!r}")
    directory = resources.root() if resources.in_checkout() else Path.cwd()
    command = [*_environment(), *_program(), "render", "--all"]
    for option, path in (("--manifest", manifest), ("--output", output)):
        command += [option, str(path.absolute())] if path else []
    before = tuple((*_environment(), *_program(), "watch", "--dataset", name) for name in watched)
    for text in (*command, *(word for each in before for word in each), str(directory)):
        if not text.isprintable():
            raise ParameterError(f"a path must not have line breaks or controls, got {text!r}")
    return Plan(tuple(command), directory, int(time[1]), int(time[2]), before)


def configuration(scheduler: str, wanted: Plan) -> dict[str, str]:
    """Return the configuration files of a scheduler: content by name."""
    try:
        from jinja2 import Environment, FileSystemLoader, StrictUndefined
    except ModuleNotFoundError as cause:
        raise ReportError(
            f"a schedule is of reports, which need {cause.name!r}; "
            "install it with: pip install 'demine-analysis[reports]'"
        ) from cause
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - shell, INI, YAML and Python, each quoted by its own filter
    )
    environment.filters |= {
        "airflow_literal": _airflow_literal,
        "systemd_path": _systemd_path,
        "systemd_word": _systemd_word,
    }
    first = "".join(f"{shlex.join(each)}; " for each in wanted.before)
    last = shlex.join(wanted.command)
    run = f"{{ {first}{last}; }}" if first else last
    shell = f"cd {shlex.quote(str(wanted.directory))} && {run}"
    values = {**vars(wanted), "shell_command": shell}
    return {
        name: environment.get_template(template).render(values)
        for template, name in FILES[scheduler].items()
    }


def _program() -> list[str]:
    """Return the command with its path, since schedulers do not know the caller's PATH.

    Where no `demine` is to be found (pip's `--target` makes none), it is a module of this Python.
    """
    beside = Path(sys.executable).with_name("demine")
    found = str(beside) if beside.is_file() else shutil.which("demine")
    return [found] if found else [sys.executable, "-m", "demine_analysis.cli"]


def _environment() -> list[str]:
    """Return what sets the settings of the caller on which a run depends, if there are any."""
    settings = {}
    if os.environ.get("DEMINE_DATA_HOME"):
        home = Path(os.environ["DEMINE_DATA_HOME"]).expanduser().absolute()
        settings["DEMINE_DATA_HOME"] = str(home)
    package = str(Path(__file__).parents[3])
    if package in os.environ.get("PYTHONPATH", "").split(os.pathsep):
        settings["PYTHONPATH"] = package
    pairs = [f"{name}={value}" for name, value in settings.items()]
    return ["/usr/bin/env", *pairs] if pairs else []


def _systemd_path(text: object) -> str:
    return str(text).replace("%", "%%")


def _systemd_word(text: str) -> str:
    """Return a word of a command line in systemd's quoting, in which % and $ have meanings."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{escaped}"' if re.search(r"[\s\"'\\;]", text) else escaped


def _airflow_literal(text: str) -> str:
    """Return a Python literal in which Airflow, which fills in Jinja templates, sees none."""
    plain = not re.search(r"\{[{%#]", text)
    return repr(text if plain else f"{{% raw %}}{text}{{% endraw %}}")
