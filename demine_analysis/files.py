"""Write files so that they are there whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from demine_analysis.errors import ReportError

TEMPORARY = ".demine-"

PENDING = ".demine/pending"
"""Folder in a dataset with files that have been saved, but not yet moved to their places."""


def write_atomically(path: Path, content: bytes, *, staging: Path | None = None) -> None:
    """Write a file so that readers see the old content or the new one, after a power loss too.

    Parameters
    ----------
    path : Path
        A link is followed: the file that it leads to is replaced.
    content : bytes
        All of it.
    staging : Path, optional
        A folder on the same file system for the unfinished file; beside `path` where not given.

    Raises
    ------
    ReportError
        Where the file cannot be written; it is then as it was.
    """
    target = Path(os.path.realpath(path))
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(content)  # a device or a pipe, which a rename would replace
            return
        _replace(target, content, staging or target.parent)
    except OSError as cause:
        raise ReportError(f"{str(path)!r} cannot be written: {cause.strerror}") from cause


def _replace(target: Path, content: bytes, folder: Path) -> None:
    descriptor, name = tempfile.mkstemp(prefix=TEMPORARY, dir=folder)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    sync_folder(target.parent)


def read_current(path: Path) -> bytes:
    """Return the bytes that a file of a dataset has, or gets as soon as a save is finished.

    Raises
    ------
    OSError
        Where there is no such file, or it cannot be read.
    """
    try:
        return (path.parent / PENDING / path.name).read_bytes()
    except OSError:
        return path.read_bytes()


def sync_folder(folder: Path) -> None:
    """Make renames in a folder outlast a power loss."""
    if os.name == "nt":  # where a folder cannot be opened, and renames last
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
