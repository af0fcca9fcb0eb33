"""Papermill's client, for kernels that do not send back what they were sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from papermill.clientwrap import PapermillNotebookClient

if TYPE_CHECKING:
    from nbformat import NotebookNode


class TerseClient(PapermillNotebookClient):
    """Numbers the cells itself: a `TerseKernel` tells numbers only with what a cell returns."""

    def execute_cell(self, cell: NotebookNode, index: int) -> NotebookNode:
        """Run a cell."""
        number = self.code_cells_executed + 1
        done: NotebookNode = super().execute_cell(cell, index, execution_count=number)
        return done
