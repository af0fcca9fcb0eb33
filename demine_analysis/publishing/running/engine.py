"""A papermill engine: a report's kernel, papermill's own client, a deadline, a limit to output.

Only papermill imports this module, by its entry point.
"""

from __future__ import annotations

import asyncio
import contextlib
import math
import time
from queue import Empty
from typing import TYPE_CHECKING, Any

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_core.utils import ensure_event_loop
from nbclient.exceptions import CellExecutionComplete, DeadKernelError
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine

from .attempt import Attempt
from .folders import private_folder
from .kernels.environment import kernel_environment
from .kernels.provisioner import kernel_manager

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nbformat import NotebookNode
    from papermill.engines import NotebookExecutionManager

_START_SECONDS = 60
_RECONNECT_MS = 5


class ReportEngine(Engine):
    """Execute a notebook in a kernel of its own that is gone afterwards.

    Registered with papermill as `demine-report`, with the option `attempt`, an `Attempt`.
    """

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: NotebookExecutionManager, _kernel_name: str, **options: Any
    ) -> None:
        """Run every cell."""
        attempt: Attempt = options.get("attempt") or Attempt()
        attempt.notebook = nb_man.nb
        with private_folder() as folder, _own_event_loop():
            manager = kernel_manager(folder, attempt.warm)
            manager.client_factory = ReadyClient
            client = BoundedClient(
                nb_man,
                km=manager,
                timeout_func=_remaining(attempt.seconds),
                startup_timeout=_START_SECONDS,
                shutdown_kernel="immediate",
                record_timing=False,
            )
            client.attempt = attempt
            client.execute(
                cleanup_kc=True,
                cwd=attempt.cwd or str(folder),
                env={**kernel_environment(), "IPYTHONDIR": str(folder)},
            )


class ReadyClient(AsyncKernelClient):
    """A client that begins once the kernel answers; the base waits 0.2 s more for old messages."""

    def start_channels(self, *channels: bool, **named: bool) -> None:
        """Look for the kernel's sockets each 5 ms; ZeroMQ would do so each 100 to 200 ms."""
        self.context.reconnect_ivl = _RECONNECT_MS  # an option of its sockets to be
        super().start_channels(*channels, **named)

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until both channels have brought a message; a RuntimeError says that none came."""
        end = time.monotonic() + (math.inf if timeout is None else timeout)
        while time.monotonic() < end and await self.is_alive():
            self.kernel_info()
            with contextlib.suppress(Empty):
                await self.shell_channel.get_msg(timeout=1)
                await self.iopub_channel.get_msg(timeout=0.2)
                return
        raise RuntimeError("it has not answered since it was started")


class BoundedClient(PapermillNotebookClient):
    """Papermill's client, with a limit to what a cell may show."""

    attempt: Attempt

    def execute_cell(self, cell: NotebookNode, index: int) -> NotebookNode:
        """Run a cell."""
        self._shown = 0
        executed: NotebookNode = super().execute_cell(cell, index)
        if self.attempt.too_much:  # the kernel had done with the cell before it was ended
            raise DeadKernelError("it was ended")
        return executed

    def process_message(
        self, msg: dict[str, Any], cell: NotebookNode, cell_index: int
    ) -> NotebookNode | None:
        """Add an output to the cell; one that shows too much ends the kernel."""
        if msg["msg_type"] != "status":
            self._shown += _size(msg["content"])
            if self._shown > self.attempt.most_output:
                self._stop()
                raise CellExecutionComplete
        if msg["msg_type"] == "clear_output":
            self._shown = 0
        output: NotebookNode | None = super().process_message(msg, cell, cell_index)
        return output

    def _stop(self) -> None:
        """End the kernel, since a cell that prints without end answers to nothing else."""
        if not self.attempt.too_much:
            self.attempt.too_much = True
            self.km.provisioner.end()


def _size(content: object) -> int:
    """Return about how many bytes a message's content takes."""
    if isinstance(content, dict):
        return sum(_size(each) for each in content.values())
    if isinstance(content, list):
        return sum(_size(each) for each in content)
    return len(content) if isinstance(content, str | bytes) else 8


@contextlib.contextmanager
def _own_event_loop() -> Iterator[None]:
    """Close the event loop that jupyter_client makes for a thread, which it never does itself."""
    loop = ensure_event_loop()
    try:
        yield
    finally:
        if not loop.is_running():  # a notebook's own loop goes on
            tasks = asyncio.all_tasks(loop)
            for task in tasks:
                task.cancel()
            loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
            loop.close()
            asyncio.set_event_loop(None)


def _remaining(seconds: float | None) -> Callable[[object], float | None]:
    """Return a function that gives each cell what is left of the whole notebook's time."""
    if seconds is None:
        return lambda _cell: None
    end = time.monotonic() + seconds
    return lambda _cell: max(0.01, end - time.monotonic())
