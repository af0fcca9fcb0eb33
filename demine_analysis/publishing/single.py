"""One report into one file."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from demine_analysis.errors import ParameterError, ReportError
from demine_analysis.files import write_atomically
from demine_analysis.vocabulary import nearest

from .manifest import Report, find_notebook, load_manifest, shipped_notebooks
from .running.executors import run_here
from .running.job import make_job
from .running.kernels.environment import kernel_environment

if TYPE_CHECKING:
    from .running.job import Result


def render(
    name: str,
    parameters: Mapping[str, object] | None = None,
    output: str | os.PathLike[str] | None = None,
) -> Path:
    """Render one report as a page that needs nothing beside it.

    Parameters
    ----------
    name : str
        A report of the shipped manifest or a shipped notebook, as `demine list` shows them.
    parameters : mapping, optional
        Values for the notebook's parameters; defaults for the others.
    output : path, optional
        The file; `<name>.html` in the working directory where not given.

    Returns
    -------
    Path
        The page.

    Raises
    ------
    ParameterError
        Where the report or a parameter is unknown, or a value is not allowed. Nothing has run then.
    ReportError
        Where the notebook fails or the page cannot be written. An earlier page is as it was; the
        executed notebook lies beside it, as `<output>.failed.ipynb`.
    """
    kernel_environment()  # what is wrong with it is said before anything is done
    target = _target(name, output)
    if not isinstance(parameters or {}, Mapping):
        raise ParameterError(f"parameters must be a mapping, got {type(parameters).__name__}")
    job = make_job(_report(name, parameters or {}), in_site=False)
    result = next(run_here([job], at_once=1))
    if result.error:
        raise ReportError(_failure(result, target))
    write_atomically(target, result.html.encode())
    return target


def _report(name: str, parameters: Mapping[str, object]) -> Report:
    manifest = load_manifest()
    known = manifest.report(name)
    if known is not None:
        merged = {**known.parameters, **parameters}
        return Report(known.name, known.title, known.notebook, merged, timeout=known.timeout)
    names = sorted({*(each.name for each in manifest.reports), *shipped_notebooks()})
    if name not in names:
        close = nearest(name, names)
        hint = f" (did you mean {close[0]}?)" if close else ""
        raise ParameterError(f"report must be one of {', '.join(names)}{hint}, got {name!r}")
    return Report(name, name.replace("-", " ").capitalize(), find_notebook(name), dict(parameters))


def _target(name: str, output: str | os.PathLike[str] | None) -> Path:
    target = Path(f"{name}.html" if output is None else output)
    if target.is_dir():
        raise ParameterError(f"output must be a file, got the folder {str(target)!r}")
    if output is not None and not target.parent.is_dir():
        raise ParameterError(f"output must be in a folder that is there, got {str(target)!r}")
    return target


def _failure(result: Result, target: Path) -> str:
    if not result.notebook:
        return f"report {result.name!r} failed {result.error}"
    beside = target if target.is_file() or not target.exists() else Path(f"{result.name}.html")
    kept = beside.with_name(f"{beside.name}.failed.ipynb")
    write_atomically(kept, result.notebook.encode())
    return f"report {result.name!r} failed {result.error}\nThe executed notebook is {kept}"
