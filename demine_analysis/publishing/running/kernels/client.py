"""Papermill's client, for kernels that were forked and answer on one socket."""

from __future__ import annotations

import datetime as dt
import select
import time
from typing import TYPE_CHECKING, Any

from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import from_dict
from papermill.clientwrap import PapermillNotebookClient

from .channel import Channel, plain_session

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nbformat import NotebookNode
    from papermill.engines import NotebookExecutionManager

    from .warm import ForkedProcess

#: Messages that are outputs, and what of them is kept.
_SHOWN = {
    "display_data": ("data", "metadata"),
    "execute_result": ("data", "metadata", "execution_count"),
}


class Connection:
    """The part of a jupyter_client that is needed: to run cells, and to answer widgets."""

    def __init__(self, kernel: ForkedProcess) -> None:
        self.session = plain_session()
        self._channel = Channel(kernel.end)
        self._poller = select.poll()  # `select` itself stops at descriptor 1024
        self._poller.register(self._channel.fileno(), select.POLLIN)
        self._poller.register(kernel.handle, select.POLLIN)

    @property
    def shell_channel(self) -> Connection:
        """Return itself: there is one channel for all."""
        return self

    def send(self, message: dict[str, Any]) -> None:
        """Send a message."""
        self.session.send(self._channel, message)  # type: ignore[arg-type]  # not one of zmq's

    def execute(self, source: str, *, seconds: float | None) -> Iterator[dict[str, Any]]:
        """Yield what a cell sends, its reply last.

        Raises
        ------
        TimeoutError
            Where it is not done by then.
        EOFError
            Where the kernel has ended.
        """
        end = None if seconds is None else time.monotonic() + seconds
        content = {"code": source, "silent": False, "store_history": True, "allow_stdin": False}
        try:
            self.send(self.session.msg("execute_request", content))
            while True:
                self._wait(end)
                message = self._channel.receive()
                yield message
                if message["msg_type"] == "execute_reply":
                    return
        except (BrokenPipeError, ConnectionResetError) as cause:
            raise EOFError from cause

    def _wait(self, end: float | None) -> None:
        """Wait until there is something to receive; what a kernel sent before it ended, too."""
        milliseconds = None if end is None else max(0.0, end - time.monotonic()) * 1000
        ready = {descriptor for descriptor, _ in self._poller.poll(milliseconds)}
        if not ready:
            raise TimeoutError
        if self._channel.fileno() not in ready:
            raise EOFError


class ForkedClient(PapermillNotebookClient):
    """Runs cells one after the other, in this thread, without an event loop.

    Parameters
    ----------
    nb_man : NotebookExecutionManager
        Papermill's.
    kernel : ForkedProcess
        The kernel.
    """

    def __init__(
        self, nb_man: NotebookExecutionManager, kernel: ForkedProcess, **named: Any
    ) -> None:
        super().__init__(nb_man, **named)
        self.kc: Any = Connection(kernel)

    def execute_cell(self, cell: NotebookNode, index: int) -> NotebookNode:
        """Run a cell as nbclient does."""
        if cell.cell_type != "code":
            _note_seconds(cell)
            return cell
        if not cell.source.strip():
            return cell
        self.code_cells_executed += 1
        cell.outputs, cell.execution_count = [], self.code_cells_executed
        self.clear_before_next_output = False
        seconds = self._get_timeout(cell)
        reply: dict[str, Any] = {}
        try:
            for message in self.kc.execute(cell.source, seconds=seconds):
                if message["msg_type"].endswith("_reply"):
                    reply = message["content"]
                else:
                    self.process_message(message, cell, index)
        except TimeoutError as cause:
            raise CellTimeoutError.error_from_timeout_and_cell(
                "Cell execution timed out", seconds, cell
            ) from cause
        except EOFError as cause:
            raise DeadKernelError("Kernel died") from cause
        if reply["status"] == "error" and "raises-exception" not in cell.metadata.get("tags", []):
            raise CellExecutionError.from_cell_and_msg(cell, reply)
        _note_seconds(cell)
        return cell

    def output(
        self,
        outs: list[NotebookNode],
        msg: dict[str, Any],
        display_id: str | None,
        cell_index: int,
    ) -> NotebookNode | None:
        """Add what a cell shows, in the form in which IPython's kernel sends it.

        nbclient checks each output against the schema of notebooks, in 2 ms.
        """
        if msg["msg_type"] not in _SHOWN or display_id or self._is_special(msg):
            special: NotebookNode | None = super().output(outs, msg, display_id, cell_index)
            return special
        kind, content = msg["msg_type"], msg["content"]
        kept = {name: content[name] for name in _SHOWN[kind]}
        shown: NotebookNode = from_dict({"output_type": kind, **kept})
        outs.append(shown)
        return shown

    def _is_special(self, msg: dict[str, Any]) -> bool:
        """Return whether an output goes to a widget, or takes the place of earlier ones."""
        hooked = self.output_hook_stack[msg["parent_header"].get("msg_id")]
        return bool(hooked or self.clear_before_next_output)


def _note_seconds(cell: NotebookNode) -> None:
    """Note how long a cell took; papermill would do so by reading dates in words, in 0.2 ms."""
    start = dt.datetime.fromisoformat(cell.metadata.papermill.start_time)
    cell.metadata.papermill["duration"] = (dt.datetime.now(dt.UTC) - start).total_seconds()
    cell.metadata.papermill["start_time"] = None
