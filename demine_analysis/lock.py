"""One writer at a time for a folder.

The lock is the operating system's, by `filelock`, and ends with the process that holds it however
that ends: a killed run never blocks the next. Who holds it stands in a file beside it, for people.
"""

from __future__ import annotations

import contextlib
import getpass
import json
import os
import socket
import time
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from demine_analysis.errors import ReportError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_POLL_SECONDS = 0.1
_GROUP_MAY_WRITE = 0o020


@contextlib.contextmanager
def exclusive(path: Path, *, wait: float, say: Callable[[str], None]) -> Iterator[None]:
    """Hold the lock of a folder.

    Parameters
    ----------
    path : Path
        The lock's file.
    wait : float
        Seconds to wait for another run.
    say : callable
        Told once who holds the lock.

    Raises
    ------
    ReportError
        Where the other run does not end in time; the message says whose it is and how old.
    """
    # Whoever may write into the folder may take its lock: a group shares it.
    shared = path.parent.stat().st_mode & _GROUP_MAY_WRITE
    lock = FileLock(path, mode=0o664 if shared else 0o644)
    try:
        _acquire(lock, path, wait, say)
    except OSError as cause:
        raise ReportError(f"{str(path)!r} cannot be written: {cause.strerror}") from cause
    try:
        _sign(path)
        yield
    finally:
        _owner(path).unlink(missing_ok=True)
        lock.release()


def holder(path: Path) -> str:
    """Return who holds a lock, and since when, in words."""
    try:
        owner = json.loads(_owner(path).read_text(encoding="utf-8"))
        age = max(0, round(time.time() - owner["since"]))
        return f"{owner['user']}, process {owner['pid']} on {owner['host']}, {age} s ago"
    except (OSError, ValueError, KeyError, TypeError):
        return "another run that has not signed yet"


def _acquire(lock: FileLock, path: Path, wait: float, say: Callable[[str], None]) -> None:
    """Take a lock; `say` is told where that takes long."""
    with contextlib.suppress(Timeout):
        lock.acquire(timeout=0)
    if lock.is_locked:
        return
    if wait > 0:
        say(f"waiting for a run started by {holder(path)}")
    try:
        lock.acquire(timeout=wait, poll_interval=_POLL_SECONDS)
    except Timeout as cause:
        raise ReportError(
            f"folder {str(path.parent.parent)!r} is in use by a run started by {holder(path)}; "
            "run again when it is done, or give --wait SECONDS"
        ) from cause


def _owner(path: Path) -> Path:
    return path.with_name("holder.json")


def _sign(path: Path) -> None:
    """Write who holds the lock; a full disk must not keep a run from starting."""
    owner = {
        "user": _user(),
        "pid": os.getpid(),
        "host": socket.gethostname(),
        "since": time.time(),
    }
    with contextlib.suppress(OSError):
        _owner(path).unlink(missing_ok=True)  # a former one may be another user's
        _owner(path).write_text(json.dumps(owner), encoding="utf-8")


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ModuleNotFoundError):
        return "a user without a name"  # a container may run as a number alone
