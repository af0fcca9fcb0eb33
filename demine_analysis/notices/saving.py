"""Replace several files of a dataset together: whatever ends the program, all of them or none.

New contents are written into a folder beside the dataset's files. Renaming that folder to `PENDING`
is the one step by which the save happens: from then on a reader takes the files in it before those
they replace (`files.current`). Then they are moved into place. If the program ends before that is
done, the next save does it first.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from demine_analysis.errors import DatasetError
from demine_analysis.files import PENDING, sync_folder
from demine_analysis.lock import exclusive

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_UNFINISHED = "unfinished-"


@contextlib.contextmanager
def alone(folder: Path, *, wait: float, say: Callable[[str], None]) -> Iterator[None]:
    """Be the only one to change a dataset, and first finish a save that was cut off.

    Parameters
    ----------
    folder : Path
        The dataset's.
    wait : float
        Seconds to wait for another program that changes it.
    say : callable
        Told once who that is.

    Raises
    ------
    DatasetError
        Where the folder cannot be written.
    ReportError
        Where the other program does not end in time.
    """
    own = (folder / PENDING).parent
    try:
        own.mkdir(exist_ok=True)
    except OSError as cause:
        raise _cannot_write(folder, cause) from cause
    with exclusive(own / "lock", wait=wait, say=say):
        _finish(folder)
        for left in own.glob(f"{_UNFINISHED}*"):
            shutil.rmtree(left, ignore_errors=True)
        yield


def save(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Replace files of a dataset, all or none; only within `alone`.

    Parameters
    ----------
    folder : Path
        The dataset's.
    contents : mapping
        Names of files and what they are to hold.

    Raises
    ------
    DatasetError
        Where the folder cannot be written, or its disk is full; the dataset is then as before.
    """
    pending = folder / PENDING
    try:
        staged = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=pending.parent))
        try:
            for name, content in contents.items():
                with (staged / name).open("wb") as file:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())
            sync_folder(staged)
            staged.chmod(0o755)
            staged.rename(pending)
        except BaseException:
            shutil.rmtree(staged, ignore_errors=True)
            raise
        sync_folder(pending.parent)
        _finish(folder)
    except OSError as cause:
        raise _cannot_write(folder, cause) from cause


def _finish(folder: Path) -> None:
    """Move what has been saved into its place."""
    pending = folder / PENDING
    if not pending.is_dir():
        return
    for each in sorted(pending.iterdir()):
        each.replace(folder / each.name)
    sync_folder(folder)
    pending.rmdir()


def _cannot_write(folder: Path, cause: OSError) -> DatasetError:
    return DatasetError(
        f"dataset {folder.name!r} in {str(folder.parent)!r} cannot be changed: {cause.strerror}; "
        "a dataset of your own lies in a folder that DEMINE_DATA_HOME names"
    )
