"""The other end of the warm process: start it, ask it for kernels, hold on to them."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

from demine_analysis.errors import ReportError

from .environment import kernel_environment

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Self

#: What a kernel and the shipped reports import, with what they import only when they use it.
MODULES = (
    "ipykernel.kernelapp",
    "ipykernel.debugger",
    "matplotlib.pyplot",
    "matplotlib.backends.backend_svg",
    "pandera.backends.pandas.builtin_checks",
    "demine_analysis.published",
    "demine_analysis.report.display",
    "demine_analysis.report.series",
    "demine_analysis.report.findings.doubtful",
    "demine_analysis.report.outlook",
)
LATER = ("demine_analysis.report.rehearsal",)
"""Imported once kernels run: what only some reports need, and the data that most read."""
PLAIN = "DEMINE_PLAIN_KERNELS"
"""Set to anything, this environment variable makes every kernel a plain subprocess."""


def can_fork() -> bool:
    """Return whether kernels are forked here: on Linux, unless the setting says otherwise."""
    return sys.platform == "linux" and hasattr(os, "pidfd_open") and not os.environ.get(PLAIN)


class ForkedProcess:
    """A kernel's process, which is not our child, with the methods of `subprocess.Popen`."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self._handle = os.pidfd_open(pid)  # stands for this process, and for no later one

    def __del__(self) -> None:
        os.close(self._handle)

    def poll(self) -> int | None:
        """Return 0 if the process has ended, else None: only its parent knows how it ended."""
        ended = select.poll()  # `select` itself stops at descriptor 1024
        ended.register(self._handle, select.POLLIN)
        return 0 if ended.poll(0) else None

    wait = poll  # asked for only once it has ended

    def send_signal(self, number: int) -> None:
        """Send a signal to the process."""
        signal.pidfd_send_signal(self._handle, number)


class WarmProcess:
    """A process that has imported some modules, to fork kernels from; a context manager.

    Starting returns at once; the first `fork` waits until the imports are done. Safe to use from
    several threads.
    """

    def __init__(self, modules: Sequence[str] = MODULES, later: Sequence[str] = LATER) -> None:
        self._lock = threading.Lock()
        self._ready = False
        self._channel, theirs = socket.socketpair()
        self._answers = self._channel.makefile("rb")
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                [sys.executable, "-m", f"{__package__}.server", str(theirs.fileno())],
                cwd=os.sep,  # Python imports from there first: nothing of the caller's may be
                pass_fds=[theirs.fileno()],
                env=kernel_environment(),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                text=True,
            )
        with contextlib.suppress(OSError):  # it has ended: the first `fork` says why
            self._send({"first": list(modules), "later": list(later)})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        """End the warm process and every kernel that it has forked."""
        with contextlib.suppress(OSError):
            self._channel.shutdown(socket.SHUT_RDWR)  # wakes a thread that waits for an answer
        self._answers.close()
        self._channel.close()
        try:
            self._process.communicate(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.communicate()

    def fork(
        self, argv: Sequence[str], *, cwd: str, env: Mapping[str, str], log: str
    ) -> ForkedProcess:
        """Start what `python -m` with the arguments would be; its own output goes to a file.

        Raises ReportError where the warm process has ended, with what it said.
        """
        with self._lock:
            try:
                self._ready = self._ready or bool(self._answers.readline())
                self._send({"argv": list(argv), "cwd": cwd, "env": dict(env), "log": log})
                answer = self._answers.readline()
            except (OSError, ValueError):  # ValueError: closed
                answer = b""
        if not answer:
            raise ReportError(f"the warm process has ended: {self._last_words()}")
        return ForkedProcess(int(answer))

    def _send(self, content: object) -> None:
        self._channel.sendall(json.dumps(content).encode() + b"\n")

    def _last_words(self) -> str:
        said = "" if self._process.stderr is None else self._process.stderr.read()
        return (said.strip().splitlines() or ["it says nothing"])[-1]
