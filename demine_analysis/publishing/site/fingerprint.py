"""What a report depends on, as hashes: equal hashes mean that rendering again changes nothing."""

from __future__ import annotations

import functools
import hashlib
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from demine_analysis import resources
from demine_analysis.datasets.locate import dataset_folder, dataset_names, home_folder, is_data
from demine_analysis.errors import DatasetError
from demine_analysis.files import read_current
from demine_analysis.parameters import runs_code

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from demine_analysis.publishing.running.job import Job

_PACKAGE = Path(__file__).resolve().parents[2]
_TEMPLATE = _PACKAGE / "publishing" / "page" / "template"


def fingerprint(job: Job) -> dict[str, str]:
    """Return a hash for each thing that a job's page depends on.

    Returns
    -------
    dict
        `notebook`, `beside: <file>` for each file beside a notebook of the user's, `parameters`,
        `code`, `template`, `lock` (Python and the installed packages),
        `settings`, and `data: <dataset>/<file>` for each data file and the backtest.
    """
    told = [job.title, job.in_site, job.parameters, job.versions, job.about, job.address]
    values = json.dumps(told, sort_keys=True, default=str)
    return {
        "notebook": _hash(job.source.encode()),
        **_beside(job.folder),
        "parameters": _hash(values.encode()),
        **_data(datasets_of(job)),
        **surroundings(),
    }


def differences(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """Return the names of what has changed, come or gone."""
    return [name for name in sorted({*before, *now}) if before.get(name) != now.get(name)]


def forget_data() -> None:
    """Read the data files again next time, for processes that live longer than a run."""
    _data.cache_clear()


def datasets_of(job: Job) -> tuple[str, ...]:
    """Return the datasets that a report can read: the one it names, else all; prose reads none."""
    if job.source and not runs_code(job.source):
        return ()
    chosen = job.parameters.get("dataset") or job.default_dataset
    return (str(chosen),) if chosen else tuple(dataset_names(home_folder()))


def _beside(folder: str) -> dict[str, str]:
    """Return the files beside a notebook, which it may read or import; other notebooks are not."""
    files = sorted(each for each in Path(folder).iterdir() if each.is_file()) if folder else []
    return {
        f"beside: {each.name}": _hash(each.read_bytes())
        for each in files
        if each.suffix not in {".ipynb", ".html"} and not each.name.startswith(".")
    }


@functools.cache
def _data(names: tuple[str, ...]) -> dict[str, str]:
    files = [(name, path) for name in names for path in _files_of(name)]
    return {f"data: {name}/{path.name}": _hash(read_current(path)) for name, path in files}


def _files_of(name: str) -> list[Path]:
    try:
        folder = dataset_folder(name)
    except DatasetError:
        return []  # the report says so when it runs
    kept = resources.backtest_path(name)  # a page tells how earlier projections did
    files = sorted(each for each in folder.iterdir() if is_data(each))
    return [*files, kept] if kept.is_file() else files


@functools.cache
def surroundings() -> dict[str, str]:
    """Return what is the same for every report of a run."""
    code = (each for each in _sources() if not each.is_relative_to(_TEMPLATE))
    return {
        "code": _hash_files(code, _PACKAGE),
        "template": _hash_files(sorted(_TEMPLATE.iterdir()), _TEMPLATE),
        "lock": _hash("\n".join([sys.version, *_installed(), *_lock()]).encode()),
        "settings": _hash(os.environ.get("SOURCE_DATE_EPOCH", "").encode()),
    }


def _sources() -> list[Path]:
    """Return every file of the package, in order; a wheel carries data that are counted as data."""
    files = (it for it in _PACKAGE.rglob("*") if it.is_file() and it.parent.name != "__pycache__")
    return sorted(each for each in files if "bundle" not in each.relative_to(_PACKAGE).parts)


def _installed() -> list[str]:
    """Return names and versions of installed packages, from folder names, which is fast."""
    folders = {Path(each) for each in sys.path if each.endswith("-packages")}
    return sorted(each.stem for folder in folders for each in folder.glob("*.dist-info"))


def _lock() -> list[str]:
    path = resources.root() / "requirements.lock"
    return [_hash(path.read_bytes())] if path.is_file() else []


def _hash_files(paths: Iterable[Path], root: Path) -> str:
    lines = (f"{path.relative_to(root).as_posix()} {_hash(path.read_bytes())}" for path in paths)
    return _hash("\n".join(lines).encode())


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
