"""The shell of a forked kernel: does not do again what it has done before the fork."""

from __future__ import annotations

from typing import Any

from ipykernel.displayhook import ZMQShellDisplayHook
from ipykernel.zmqshell import ZMQInteractiveShell
from traitlets import Type


class PromptDisplayHook(ZMQShellDisplayHook):
    """Looks for a semicolon at a cell's end only where there is one."""

    @staticmethod
    def semicolon_at_end_of_expression(expression: str) -> bool:
        """Return whether the last sign of a cell, apart from comments, is a semicolon."""
        return ";" in expression and ZMQShellDisplayHook.semicolon_at_end_of_expression(expression)


class PreparedShell(ZMQInteractiveShell):
    """Remembers what cells are in Python.

    IPython takes each cell apart twice, to find its own commands in it: a third of what it does for
    a cell. The warm process does so once for all reports.
    """

    displayhook_class = Type(PromptDisplayHook)

    def __init__(self, **named: Any) -> None:
        self._in_python: dict[tuple[object, ...], str] = {}
        super().__init__(**named)  # type: ignore[no-untyped-call]  # IPython's lacks types

    def transform_cell(self, raw_cell: str) -> str:
        """Return a cell in Python, by the transformations that are in force."""
        manager = self.input_transformer_manager
        key = (
            raw_cell,
            *manager.cleanup_transforms,
            *manager.line_transforms,
            *manager.token_transformers,
            *self.input_transformers_post,
        )
        if key not in self._in_python:
            self._in_python[key] = super().transform_cell(raw_cell)  # type: ignore[no-untyped-call]
        return self._in_python[key]
