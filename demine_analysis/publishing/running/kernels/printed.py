"""What a kernel prints, as messages: by Python, and by what writes past it."""

from __future__ import annotations

import fcntl
import io
import os
import sys
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_PAUSE_SECONDS = 0.2  # a loop that prints becomes five messages a second, not thousands


class Printed(io.TextIOBase):
    """Stands for `sys.stdout` or `sys.stderr`.

    Parameters
    ----------
    name : str
        Which of the two.
    descriptor : int
        Where programs and C libraries write: from here on a file in memory, shown by `collect`.
    show : callable
        Given the name and the text.

    Notes
    -----
    Safe to use from several threads, and in forked subprocesses, which have a buffer of their own.
    A file takes any amount while the kernel is busy, as a pipe with a thread at its end does not;
    but a program that opens `/dev/stdout` to write, not to append, empties it.
    """

    encoding = "utf-8"
    errors = "strict"

    def __init__(self, name: str, descriptor: int, show: Callable[[str, str], None]) -> None:
        self.name = name
        self._descriptor = descriptor
        self._show = show
        self._seen = 0
        self._start_afresh()
        os.register_at_fork(after_in_child=self._start_afresh)
        memory = os.memfd_create(name)
        fcntl.fcntl(memory, fcntl.F_SETFL, os.O_APPEND)
        os.dup2(memory, descriptor)
        os.close(memory)

    def _start_afresh(self) -> None:
        self._lock = threading.RLock()
        self._waiting: list[str] = []
        self._timer: threading.Timer | None = None

    def fileno(self) -> int:
        """Return where another program can write what is to be shown."""
        return self._descriptor

    def writable(self) -> bool:
        """Return True."""
        return True

    def write(self, text: str) -> int:
        """Note a text, to be shown soon."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if text:
            with self._lock:
                self._waiting.append(text)
                if self._timer is None:
                    self._timer = threading.Timer(_PAUSE_SECONDS, self.flush)
                    self._timer.daemon = True
                    self._timer.start()
        return len(text)

    def flush(self) -> None:
        """Show what waits."""
        with self._lock:
            text, self._waiting = "".join(self._waiting), []
            timer, self._timer = self._timer, None
            if timer is not None:
                timer.cancel()
            if text:
                self._show(self.name, text)

    def collect(self) -> None:
        """Show what has been written to the descriptor, after what Python printed."""
        underneath = getattr(sys, f"__{self.name}__")
        if underneath is not None:
            underneath.flush()
        size = os.fstat(self._descriptor).st_size
        if size < self._seen:
            self._seen = 0  # a program has emptied it
        content = os.pread(self._descriptor, size - self._seen, self._seen)
        self._seen = size
        self.write(content.decode(errors="replace"))
        self.flush()
