"""The kernel that is forked: IPython's, on one socket instead of five and their threads.

It takes requests and sends replies and outputs as Jupyter messages, see `channel`. `prepare` makes
it in the warm process, whole and with nothing in it yet; `run` is what a fork does with it.
"""

from __future__ import annotations

import asyncio
import contextlib
import inspect
import logging
import os
import sys
import tempfile
import threading
from functools import partial
from typing import TYPE_CHECKING, Any

from ipykernel.ipkernel import IPythonKernel
from IPython.core.compilerop import CachingCompiler
from tornado.ioloop import IOLoop
from traitlets import Type

from .channel import Channel, plain_session
from .printed import Printed
from .settings import SETTINGS, EmptyProfile
from .shell import PreparedShell

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterable


class _MainThread:
    """Stands for ipykernel's thread for requests: tells that cells run in the main thread."""

    parent_thread = threading.main_thread()


class ForkedKernel(IPythonKernel):
    """Tells what a cell shows and what became of it, and nothing else."""

    shell_class = Type(PreparedShell)
    # ipykernel's own names cells for a debugger, by a hash written in Python.
    compiler_class: Any = Type(CachingCompiler)

    @property
    def io_loop(self) -> IOLoop:  # type: ignore[override]  # ipykernel sets it where it has threads
        """Return the loop in which cells run."""
        return IOLoop.current()

    def _publish_execute_input(self, *_cell: object, **_named: object) -> None:
        """Do nothing: whoever sent the cell has it."""

    def _abort_queues(self, *_subshell: object) -> None:
        """Do nothing: cells come one at a time."""

    def show_printed(self, name: str, text: str) -> None:
        """Send what was printed."""
        content = {"name": name, "text": text}
        self.send_response(self.iopub_socket, "stream", content)  # type: ignore[no-untyped-call]

    async def serve(self, channel: Channel) -> None:
        """Do what is asked, in turn, until the other end is closed; what runs besides goes on."""
        loop = asyncio.get_running_loop()
        while True:
            asked = loop.create_future()
            loop.add_reader(channel.fileno(), asked.set_result, None)
            await asked
            loop.remove_reader(channel.fileno())
            try:
                request = channel.receive()
            except (EOFError, OSError):
                return
            self.set_parent([], request)  # type: ignore[no-untyped-call]  # ipykernel's lacks types
            answer = self.shell_handlers[request["msg_type"]](channel, [], request)
            if inspect.isawaitable(answer):
                await answer


def prepare(cells: Iterable[str] = ()) -> None:
    """Make the kernel and its shell, and make it acquainted with cells that will be run."""
    kernel: Any = ForkedKernel.instance(
        config=SETTINGS,
        log=logging.getLogger(__name__),
        profile_dir=EmptyProfile(location=tempfile.gettempdir()),
        session=plain_session(),
    )
    if kernel.has_trait("shell_channel_thread"):
        kernel.shell_channel_thread = _MainThread()
    # What is not the user's, as IPython's applications tell it: for `%reset` and `%who`.
    kernel.shell.user_ns_hidden.update(kernel.shell.user_ns)
    kernel.shell._sys_modules_keys = set(sys.modules)  # noqa: SLF001 - IPython has no other way
    kernel.shell.exit_now = False
    for cell in cells:
        with contextlib.suppress(SyntaxError):  # for the report to say
            kernel.shell.transform_cell(cell)
    sys.argv = ["ipykernel_launcher"]
    sys.path.insert(0, "")


def run(end: socket.socket) -> None:
    """Be the kernel that was prepared, until the other end is closed."""
    kernel: Any = ForkedKernel.instance()
    channel = Channel(end, shared=1)
    shell = kernel.shell
    kernel.iopub_socket = shell.display_pub.pub_socket = shell.displayhook.pub_socket = channel
    sys.stdout, sys.stderr = streams = [
        Printed(name, descriptor, kernel.show_printed)
        for name, descriptor in (("stdout", 1), ("stderr", 2))
    ]
    shell.events.register("post_execute", partial(_after_cell, os.getpid(), streams))
    _settle_in(shell)
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    loop.run_until_complete(kernel.serve(channel))  # `asyncio.run` would take a cell's interrupts


def _after_cell(owner: int, streams: list[Printed]) -> None:
    """Show the rest of what a cell and its programs have printed."""
    if os.getpid() != owner:
        os._exit(0)  # a fork that a cell has made and let run on to the cell's end
    for stream in streams:
        stream.collect()


def _settle_in(shell: Any) -> None:
    """Tell a shell that was made elsewhere where it is."""
    shell.ipython_dir = os.environ.get("IPYTHONDIR", os.getcwd())  # noqa: PTH109 - as IPython has it
    shell.profile_dir = EmptyProfile(location=shell.ipython_dir)
    shell.starting_dir = os.getcwd()  # noqa: PTH109 - as IPython has it
    shell.init_environment()
