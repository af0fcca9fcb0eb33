"""The other end of the warm process: start it, ask it for kernels, hold on to them."""

from __future__ import annotations

import contextlib
import json
import logging
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
from .running import RUNNING
from .zygote import READY

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from types import TracebackType
    from typing import Self

# What every kernel asks for, beside what making it does; but not matplotlib's inline backend:
# imported before there is a shell, it would never show a figure. And what a report of this package
# imports.
_KERNEL_MODULES = ("matplotlib.backends.backend_agg",)
_LAST = "demine_analysis.publishing.running.kernels.first"
SINGLE_MODULES = (
    *_KERNEL_MODULES,
    "demine_analysis.report.display",
    "demine_analysis.published",
    _LAST,
)
BATCH_MODULES = (
    *SINGLE_MODULES[:-1],
    "demine_analysis.report.findings.doubtful",
    "demine_analysis.report.outlook",
    "demine_analysis.report.series",
    "encodings.utf_8_sig",
    "matplotlib.backends.backend_svg",
    "matplotlib.pyplot",
    "pandas.core.methods.to_dict",
    "pandas.core.reshape.reshape",
    "pandas.io.formats.csvs",
    "pandas.io.formats.string",
    _LAST,
)
#: What only some reports need, and takes long.
LATER_MODULES = ("ruptures",)

_log = logging.getLogger(__name__)


def can_fork() -> bool:
    """Return whether this system can start kernels by forking: Linux, with pidfd."""
    return sys.platform == "linux" and hasattr(os, "pidfd_open")


class ForkedProcess:
    """A kernel's process, which is not our child; to be closed.

    Parameters
    ----------
    handle : int
        File descriptor that stands for the process (pidfd), and for no later one.
    end : socket.socket
        What it answers on.
    """

    def __init__(self, handle: int, end: socket.socket) -> None:
        self.handle = handle
        self.end = end
        RUNNING.add(self)

    def close(self) -> None:
        """End the kernel, and see it gone."""
        self.kill()
        gone = select.poll()  # `select` itself stops at descriptor 1024
        gone.register(self.handle, select.POLLIN)
        gone.poll()
        RUNNING.discard(self)
        os.close(self.handle)
        self.end.close()

    def kill(self) -> None:
        """End the kernel."""
        with contextlib.suppress(OSError):  # it has ended
            signal.pidfd_send_signal(self.handle, signal.SIGKILL)


class Zygote:
    """A warm process that kernels are forked from; use as a context manager.

    Parameters
    ----------
    modules : sequence of str
        What it imports first.
    datasets : collection of str
        What it loads then, for kernels to find in memory as long as the files stay the same.
    cells : collection of str
        What reports will run, for kernels to know already what of it is IPython's own language.
    later : sequence of str
        What it imports once it serves, while nobody asks for a kernel.

    Notes
    -----
    Starting returns at once; the first `fork` waits until the imports are done. Safe to use from
    several threads.
    """

    def __init__(
        self,
        modules: Sequence[str] = BATCH_MODULES,
        *,
        datasets: Collection[str] = (),
        cells: Collection[str] = (),
        later: Sequence[str] = (),
    ) -> None:
        work = {
            "modules": list(modules),
            "datasets": sorted(datasets),
            "cells": sorted(cells),
            "later": list(later),
        }
        self._lock = threading.Lock()
        self._channel, theirs = socket.socketpair()
        with theirs:
            descriptor = theirs.fileno()
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                [sys.executable, "-P", "-m", f"{__package__}.zygote", str(descriptor)],
                pass_fds=[descriptor],
                env=kernel_environment(),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
            )
        with contextlib.suppress(OSError):  # it has ended: the first `fork` says why
            self._channel.sendall(json.dumps(work).encode() + b"\n")
        self._ready = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the warm process and every kernel that it has forked."""
        with contextlib.suppress(OSError):
            self._channel.shutdown(socket.SHUT_RDWR)  # wakes a thread that waits for an answer
        self._channel.close()
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stderr is not None:
            self._process.stderr.close()

    def fork(self, *, cwd: str, env: dict[str, str]) -> ForkedProcess:
        """Start a kernel.

        Parameters
        ----------
        cwd : str
            Working directory of the kernel.
        env : dict
            Its whole environment.

        Raises
        ------
        ReportError
            Where the warm process has ended, with what it said.
        """
        request = {"cwd": cwd, "env": env}
        with self._lock:
            self._wait_ready()
            try:
                self._channel.sendall(json.dumps(request).encode() + b"\n")
                _, handles, _, _ = socket.recv_fds(self._channel, 1, 2)
            except OSError as cause:
                raise ReportError(f"the warm process has ended: {cause.strerror}") from cause
        if not handles:
            raise ReportError("the warm process has ended")
        handle, end = handles
        return ForkedProcess(handle, socket.socket(fileno=end))

    def _wait_ready(self) -> None:
        if self._ready:
            return
        if self._channel.recv(len(READY), socket.MSG_WAITALL) != READY:
            stderr = self._process.stderr.read() if self._process.stderr is not None else b""
            last = stderr.decode(errors="replace").strip().splitlines()[-1:]
            raise ReportError(f"the warm process could not start: {' '.join(last)}")
        self._ready = True
