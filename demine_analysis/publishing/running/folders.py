"""Folders for what a run needs only while it lasts, for its owner alone."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from demine_analysis.errors import ReportError

if TYPE_CHECKING:
    from collections.abc import Iterator

# The kernel puts sockets of this length after the folder's name; Linux allows 107 bytes in all.
_LONGEST_FOLDER = 107 - len("/k-5")
_PREFIX = "demine-kernel-"


@contextlib.contextmanager
def private_folder() -> Iterator[Path]:
    """Make a folder for sockets and key that no other user can enter; remove it after."""
    folder = _make_folder()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def clean_up() -> None:
    """Remove the folders of killed processes: their names say whose they were."""
    for parent in _parents():
        for folder in parent.glob(f"{_PREFIX}*"):
            owner = folder.name.removeprefix(_PREFIX).split("-")[0]
            if owner.isdigit() and not _is_alive(int(owner)):
                shutil.rmtree(folder, ignore_errors=True)


def _make_folder() -> Path:
    for parent in _parents():
        with contextlib.suppress(OSError):
            folder = tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=parent)  # made 0700
            if len(os.fsencode(folder)) <= _LONGEST_FOLDER:
                return Path(folder)
            os.rmdir(folder)  # noqa: PTH106 - the name is still a string here
    raise ReportError("no folder for temporary files can be written to; set TMPDIR to one that can")


def _parents() -> list[Path]:
    """Return where the folder may be, the best first; a long TMPDIR leaves no room for sockets."""
    return [Path(each) for each in (tempfile.gettempdir(), "/tmp", "/var/tmp")]  # noqa: S108


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True  # another user's: not ours to remove
    return True
