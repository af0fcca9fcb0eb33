"""Papermill's client, for kernels that do not send back what they were sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nbformat import from_dict
from papermill.clientwrap import PapermillNotebookClient

if TYPE_CHECKING:
    from nbformat import NotebookNode


#: Messages that are outputs, and what of them is kept.
_SHOWN = {
    "display_data": ("data", "metadata"),
    "execute_result": ("data", "metadata", "execution_count"),
}


class TerseClient(PapermillNotebookClient):
    """Takes what our own kernel sends as it is.

    It numbers the cells itself: a `TerseKernel` tells numbers only with what a cell returns.
    """

    def execute_cell(self, cell: NotebookNode, index: int) -> NotebookNode:
        """Run a cell."""
        if cell.cell_type != "code":
            # Papermill reads back when it started, to note how long it took: 0.1 ms for nothing.
            cell.metadata.papermill["start_time"] = None
        number = self.code_cells_executed + 1
        done: NotebookNode = super().execute_cell(cell, index, execution_count=number)
        return done

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
