"""Exports that are kept up to date beside a site's pages. Needs no pandas where nothing changed."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from demine_analysis.datasets.descriptor import FILE
from demine_analysis.datasets.locate import dataset_folder
from demine_analysis.errors import DatasetError, DemineError, ReportError
from demine_analysis.files import write_atomically
from demine_analysis.report.exporting.version import digest_of, is_current

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_OF_COUNTRIES = "country_years.csv"
"""A dataset with this file holds years of many countries, which are no series."""


def offer(folder: Path, dataset: str, *, say: Callable[[str], None]) -> bool:
    """Export a dataset if its figures or code have changed; return whether it can be taken.

    Parameters
    ----------
    folder : Path
        The dataset gets a folder of its name in it.
    dataset : str
        Its name.
    say : callable
        Told once why it cannot be exported; it is tried again when figures or code have changed.
    """
    try:
        source = dataset_folder(dataset)
        digest = digest_of(source)
    except (DatasetError, OSError):
        return False  # a page may be about figures that are no dataset, or that are gone
    if (source / _OF_COUNTRIES).is_file():
        return False
    _keep_up(folder, dataset, digest, say)
    return (folder / dataset / FILE).is_file()


def _keep_up(folder: Path, name: str, digest: str, say: Callable[[str], None]) -> None:
    note = folder / ".demine" / name
    if is_current(folder / name, digest) or _text(note) == digest:
        return
    from demine_analysis.report.exporting.export import export  # noqa: PLC0415 - brings pandas

    try:
        export(name, folder / name)
    except DemineError as cause:
        say(f"dataset {name!r} is not exported: {cause}")
        if not isinstance(cause.__cause__, OSError):  # a full disk may have room the next time
            _note(note, digest)


def _note(path: Path, text: str) -> None:
    """Write a note; one that cannot be written is no reason to fail."""
    with contextlib.suppress(OSError, ReportError):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, text.encode())


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, ValueError):
        return ""
