"""The kernel itself: IPython's, without the one TCP port that it opens by itself.

And without what a page has no use for: history on disk, subshells, heartbeat, settings on disk.
Run as `python -m demine_analysis.reporting.kernels.kernel FILE`, or by `run` after a fork, in a
process that may have called `prepare` before.
"""

from __future__ import annotations

import logging
import os
import sys
import tempfile
from typing import TYPE_CHECKING, Any, ClassVar

import zmq
from ipykernel import ipkernel, kernelapp
from ipykernel.compiler import XCachingCompiler
from ipykernel.iostream import IOPubThread, OutStream
from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.profiledir import ProfileDir
from traitlets.config import Config
from zmq.eventloop.zmqstream import ZMQStream

if TYPE_CHECKING:
    from collections.abc import Callable

_SETTINGS = {
    "HistoryManager": {"enabled": False},  # on disk; `In` and `_` are as ever
    "IPythonKernel": {"_execute_sleep": 0},  # for clients that do not wait until it is idle
}


class _WithoutModules:
    """`sys`, for a kernel that asks each of 2,000 modules for its file, for a debugger.

    A forked process has to copy the memory of each one to do so.
    """

    modules: ClassVar[dict[str, object]] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(sys, name)


class PrivateIOPubThread(IOPubThread):
    """Takes output of forked subprocesses on a socket in the kernel's folder, not on 127.0.0.1."""

    address = ""
    _woken = False

    def _setup_pipe_in(self) -> None:
        self._pipe_uuid = os.urandom(16)
        receiver = self.socket.context.socket(zmq.PULL)
        receiver.linger = 0
        receiver.bind(self.address)
        self._pipe_in = ZMQStream(receiver, self.io_loop)
        self._pipe_in.on_recv(self._handle_pipe_msg)

    def _setup_pipe_out(self) -> tuple[zmq.Context[Any], zmq.Socket[bytes]]:
        context = zmq.Context()  # a forked process must not use its parent's
        sender = context.socket(zmq.PUSH)
        sender.linger = 3000
        sender.connect(self.address)
        return context, sender

    def schedule(self, f: Callable[[], object]) -> None:
        """Call a function in this thread, which is woken once for all that waits."""
        if not self.thread.is_alive():
            f()
            return
        self._events.append(f)
        if not self._woken:
            self._woken = True
            self._event_pipe.send(b"")

    def _handle_event(self, msg: object) -> None:
        self._woken = False  # first: what comes from here on must wake again
        super()._handle_event(msg)  # type: ignore[no-untyped-call]  # ipykernel's lacks types


class PromptOutStream(OutStream):
    """Waits for its thread only where there is something to send."""

    def flush(self) -> None:
        """Send what was written; what the thread is sending already keeps its turn."""
        if self._buffers:
            super().flush()  # type: ignore[no-untyped-call]  # ipykernel's lacks types


class EmptyProfile(ProfileDir):
    """A folder in which a shell may keep what it likes; nothing is made in advance."""

    def _mkdir(self, path: str, mode: int | None = None) -> bool:  # noqa: ARG002 - IPython's
        return False


class TerseKernel(ipkernel.IPythonKernel):
    """Sends what a report shows, and when a cell is done: two messages a cell less than others."""

    def _publish_execute_input(self, *_cell: object, **_named: object) -> None:
        """Do nothing: whoever sent the cell has it."""

    def _publish_status(self, status: str, *where: object, **named: object) -> None:
        """Tell that the kernel is idle; that it is busy follows from the request."""
        if status != "busy":
            super()._publish_status(status, *where, **named)  # type: ignore[no-untyped-call]  # ipykernel's lacks types


class PrivateKernelApp(kernelapp.IPKernelApp):
    """A kernel application whose sockets all lie in the folder of its connection file."""

    def parse_command_line(self, argv: object = None) -> None:
        """Do nothing: there are no options."""

    def load_config_file(self, *_where: object, **_how: object) -> None:
        """Do nothing: pages do not depend on settings of a machine or user."""

    def init_config_files(self) -> None:
        """Do nothing: there are no settings to copy into a profile."""

    def init_profile_dir(self) -> None:
        """Take the kernel's own folder."""
        self.profile_dir = EmptyProfile(location=self.ipython_dir)

    def init_control(self, context: zmq.Context[Any]) -> None:
        """Open the control channel; cells are taken by the main thread, not through another."""
        super().init_control(context)  # type: ignore[no-untyped-call]  # ipykernel's lacks types
        self.shell_channel_thread = None

    def init_iopub(self, context: zmq.Context[Any]) -> None:
        """Open the output channel."""
        PrivateIOPubThread.address = f"ipc://{self.ip}-p"
        vars(kernelapp)["IOPubThread"] = PrivateIOPubThread  # ipykernel has no setting for it
        super().init_iopub(context)  # type: ignore[no-untyped-call]  # ipykernel's lacks types

    def init_kernel(self) -> None:
        """Make the kernel, with the shell that is there already, if there is one."""
        vars(ipkernel)["sys"] = _WithoutModules()
        super().init_kernel()  # type: ignore[no-untyped-call]  # ipykernel's lacks types
        vars(ipkernel)["sys"] = sys
        shell = self.kernel.shell
        shell.parent = shell.kernel = self.kernel
        shell.ipython_dir, shell.profile_dir = self.ipython_dir, self.profile_dir
        shell.starting_dir = os.getcwd()  # noqa: PTH109 - as IPython has it
        shell.init_environment()

    def init_code(self) -> None:
        """Tell the shell what it starts with; there are no start-up files to run."""
        if not hasattr(self.kernel.shell, "_sys_modules_keys"):
            _note_names(self.kernel.shell)

    def init_heartbeat(self) -> None:
        """Do nothing: whoever started the kernel sees when it ends."""


def prepare() -> None:
    """Make the shell that `run` will give to its kernel, with nothing in it yet.

    It takes a third of a kernel's start, and is the same for all that are forked afterwards.
    """
    shell = ZMQInteractiveShell.instance(
        config=Config(_SETTINGS),
        ipython_dir=tempfile.gettempdir(),
        profile_dir=EmptyProfile(location=tempfile.gettempdir()),
        user_ns={},
        compiler_class=XCachingCompiler,
    )
    _note_names(shell)


def _note_names(shell: Any) -> None:
    """Tell a shell what is not the user's, as IPython's applications do: for `%reset`."""
    shell.user_ns_hidden.update(shell.user_ns)
    shell._sys_modules_keys = set(sys.modules)  # noqa: SLF001 - IPython has no other way


def run(connection_file: str) -> None:
    """Be a kernel until told to end."""
    application: kernelapp.IPKernelApp = PrivateKernelApp.instance(
        connection_file=connection_file,
        kernel_class=TerseKernel,
        config=Config(_SETTINGS),
        outstream_class=f"{__name__}.PromptOutStream",
    )
    application.initialize([])
    application.log.setLevel(logging.WARNING)  # or each message is noted, for nobody
    application.start()


if __name__ == "__main__":
    run(sys.argv[1])
