"""One writer at a time for a folder.

The lock is the operating system's (`flock`), which ends with the process that holds it however
that ends: a killed run never blocks the next. What is written into the file is for people.
"""

from __future__ import annotations

import contextlib
import fcntl
import getpass
import json
import os
import socket
import time
from typing import TYPE_CHECKING

from demine_analysis.errors import ReportError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_POLL_SECONDS = 0.1


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
    descriptor = _open(path)
    try:
        _acquire(descriptor, path, time.monotonic() + wait, say)
        _sign(descriptor)
        yield
        os.ftruncate(descriptor, 0)
    finally:
        os.close(descriptor)


def holder(path: Path) -> str:
    """Return who holds a lock, and since when, in words."""
    try:
        owner = json.loads(path.read_text(encoding="utf-8"))
        age = max(0, round(time.time() - owner["since"]))
        return f"{owner['user']}, process {owner['pid']} on {owner['host']}, {age} s ago"
    except (OSError, ValueError, KeyError, TypeError):
        return "another run that has not signed yet"


def _open(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as cause:
        raise ReportError(f"{str(path)!r} cannot be written: {cause.strerror}") from cause


def _acquire(descriptor: int, path: Path, end: float, say: Callable[[str], None]) -> None:
    told = False
    while not _try_lock(descriptor):
        if time.monotonic() >= end:
            raise ReportError(
                f"folder {str(path.parent.parent)!r} is in use by a run started by {holder(path)}; "
                "run again when it is done, or give --wait SECONDS"
            )
        if not told:
            say(f"waiting for a run started by {holder(path)}")
            told = True
        time.sleep(_POLL_SECONDS)


def _try_lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _sign(descriptor: int) -> None:
    """Write who holds the lock; a full disk must not keep a run from starting."""
    owner = {
        "user": _user(),
        "pid": os.getpid(),
        "host": socket.gethostname(),
        "since": time.time(),
    }
    with contextlib.suppress(OSError):
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, json.dumps(owner).encode(), 0)


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"user {os.getuid()}"  # a container may run as a number without a name
