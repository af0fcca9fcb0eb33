"""Run a notebook through papermill, in a kernel of its own."""

from __future__ import annotations

import copy
import json
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from demine_analysis.errors import ReportError

from .stack import import_stack, without

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nbformat import NotebookNode
    from papermill.exceptions import PapermillExecutionError

    from .kernels.warm import Zygote

ENGINE = "demine"
_KERNEL = "python3"
_FORMATTER = "black"  # papermill lays out the cell of parameters with it, which no page shows
_SHOWN_LINES = 12
_COLOURS = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


class NotebookFailedError(ReportError):
    """A notebook that did not run to its end.

    Parameters
    ----------
    message : str
        The cell and the error, in one screen.
    notebook : str
        The notebook's JSON with the outputs up to there, for diagnosis.
    """

    def __init__(self, message: str, notebook: str = "") -> None:
        super().__init__(message)
        self.notebook = notebook


def execute(
    source: str,
    parameters: Mapping[str, object],
    *,
    zygote: Zygote | None = None,
    seconds: float | None = None,
) -> NotebookNode:
    """Return a notebook with outputs.

    Parameters
    ----------
    source : str
        The notebook's JSON.
    parameters : mapping
        Checked values; papermill writes them into a cell as literals.
    zygote : Zygote, optional
        Where to fork the kernel from; a plain one starts without.
    seconds : float, optional
        Until the whole notebook must be done.

    Raises
    ------
    NotebookFailedError
        Where a cell raises, the kernel dies or the time is up.
    """
    import_stack()
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from papermill.engines import papermill_engines
    from papermill.exceptions import PapermillExecutionError
    from papermill.execute import raise_for_execution_errors

    started: list[NotebookNode] = []
    try:
        # papermill's `execute_notebook` would write the notebook out too, for no file.
        executed: NotebookNode = papermill_engines.execute_notebook_with_engine(
            ENGINE,
            _with_parameters(source, parameters),
            kernel_name=_KERNEL,
            progress_bar=False,
            zygote=zygote,
            seconds=seconds,
            keep=started.append,
        )
        raise_for_execution_errors(executed, None)
    except PapermillExecutionError as cause:
        raise NotebookFailedError(_explain(cause, started[0]), _written(started)) from cause
    except CellTimeoutError as cause:
        raise NotebookFailedError(
            f"not done after {seconds:g} s; the cell that ran then:\n{_running(started)}",
            _written(started),
        ) from cause
    except (DeadKernelError, RuntimeError) as cause:
        raise NotebookFailedError(
            f"the kernel ended by itself (out of memory, or killed): {cause}\n{_running(started)}",
            _written(started),
        ) from cause
    return executed


def _with_parameters(source: str, parameters: Mapping[str, object]) -> NotebookNode:
    """Return a notebook with a cell that sets the parameters, ready for papermill's engines."""
    from papermill.parameterize import parameterize_notebook

    notebook = copy.deepcopy(_read(source))
    if not parameters:
        return notebook
    with without(_FORMATTER):
        with_parameters: NotebookNode = parameterize_notebook(
            notebook,
            dict(parameters),
            kernel_name=_KERNEL,
            language="python",
            engine_name=ENGINE,
        )
    return with_parameters


@lru_cache(maxsize=32)
def _read(source: str) -> NotebookNode:
    """Return a notebook as papermill loads it, once for all its reports; not to be changed."""
    import nbformat
    from papermill.execute import remove_error_markers
    from papermill.iorw import load_notebook_node

    read = load_notebook_node(nbformat.reads(source, as_version=4))
    notebook: NotebookNode = remove_error_markers(read)
    return notebook


def _explain(failure: PapermillExecutionError, notebook: NotebookNode) -> str:
    """Return the cell and the error, short enough for one screen."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    error = f"{failure.ename}: {failure.evalue}"[:2000]
    where = f"in code cell {failure.exec_count} of {len(code)}:"
    return f"{where}\n{_excerpt(failure.source)}\n{_plain(error)}"


def _excerpt(source: str) -> str:
    lines = source.strip().splitlines()
    more = [f"... {len(lines) - _SHOWN_LINES} more lines"] if len(lines) > _SHOWN_LINES else []
    return "\n".join(f"    {line[:160]}" for line in [*lines[:_SHOWN_LINES], *more])


def _running(started: list[NotebookNode]) -> str:
    """Return the last cell that was started."""
    cells: list[Any] = [
        cell
        for notebook in started
        for cell in notebook.cells
        if cell.cell_type == "code" and cell.metadata.papermill.get("start_time")
    ]
    return _excerpt(cells[-1].source) if cells else "    (no cell had started)"


def _written(started: list[NotebookNode]) -> str:
    return json.dumps(started[0], indent=1, ensure_ascii=False) if started else ""


def _plain(text: str) -> str:
    """Return text without colour codes and other control characters, safe for a terminal."""
    return "".join(each for each in _COLOURS.sub("", text) if each in "\n\t" or each.isprintable())
