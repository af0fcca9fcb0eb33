"""Run a notebook through papermill, in a kernel of its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from demine_analysis.errors import ReportError

from .folders import private_folder
from .kept import within_weight

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nbformat import NotebookNode
    from papermill.exceptions import PapermillExecutionError

    from .attempt import Attempt

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
    source: str, parameters: Mapping[str, object], attempt: Attempt, *, most_kept: int = 50_000_000
) -> NotebookNode:
    """Return a notebook with outputs.

    Parameters
    ----------
    source : str
        The notebook's JSON.
    parameters : mapping
        Checked values; papermill writes them into a cell as literals.
    attempt : Attempt
        How it is to be run.
    most_kept : int
        Bytes that a failed notebook may weigh; outputs beyond them are left out.

    Raises
    ------
    NotebookFailedError
        Where the notebook is none, a cell raises, the kernel dies or the time is up.
    """
    import papermill
    from jsonschema import ValidationError
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from nbformat.reader import NotJSONError
    from papermill.exceptions import PapermillExecutionError

    with private_folder() as folder:
        path = folder / "notebook.ipynb"
        path.write_text(source, encoding="utf-8")
        failure: Exception
        try:
            executed: NotebookNode = papermill.execute_notebook(
                path,
                None,  # what has been executed is in memory; a failed one is kept by the caller
                dict(parameters),
                engine_name="demine-report",
                kernel_name="python3",
                progress_bar=False,
                attempt=attempt,
            )
        except PapermillExecutionError as cause:
            failure, message = cause, _explain(cause, attempt)
        except CellTimeoutError as cause:
            late = f"not done after {attempt.seconds:g} s; the cell that ran then:"
            failure, message = cause, f"{late}\n{_running(attempt)}"
        except (DeadKernelError, RuntimeError) as cause:
            failure, message = cause, f"{_why_dead(cause, attempt)}\n{_running(attempt)}"
        except (NotJSONError, ValidationError) as cause:
            failure, message = cause, f"is not a valid notebook: {str(cause).splitlines()[0]}"
        else:
            return executed
    kept = "" if attempt.notebook is None else within_weight(attempt.notebook, most=most_kept)
    raise NotebookFailedError(message, kept) from failure


def _explain(failure: PapermillExecutionError, attempt: Attempt) -> str:
    """Return the cell and the error, short enough for one screen."""
    cells = [] if attempt.notebook is None else attempt.notebook.cells
    code = [cell for cell in cells if cell.cell_type == "code"]
    error = _plain(f"{failure.ename}: {failure.evalue}"[:2000])
    if not str(failure.evalue).strip():  # a magic that is not there says so on stderr alone
        error = f"{_plain(_printed(code, failure.exec_count))[-2000:]}\n{error}".strip()
    where = f"in code cell {failure.exec_count} of {len(code)}:"
    return f"{where}\n{_excerpt(failure.source)}\n{error}"


def _printed(code: list[NotebookNode], number: int) -> str:
    """Return what a cell has written to stderr."""
    outputs = [each for cell in code if cell.execution_count == number for each in cell.outputs]
    return "".join(each.text for each in outputs if each.get("name") == "stderr")


def _why_dead(cause: Exception, attempt: Attempt) -> str:
    if attempt.too_much:
        return (
            f"a cell shows more than {attempt.most_output / 1e6:g} MB; print less, "
            "or raise max_output_mb in the manifest. The cell:"
        )
    return f"the kernel ended by itself (out of memory, or killed): {cause}"


def _excerpt(source: str) -> str:
    lines = source.strip().splitlines()
    more = [f"... {len(lines) - _SHOWN_LINES} more lines"] if len(lines) > _SHOWN_LINES else []
    return "\n".join(f"    {line[:160]}" for line in [*lines[:_SHOWN_LINES], *more])


def _running(attempt: Attempt) -> str:
    """Return the last cell that was started."""
    cells = [
        cell
        for cell in (() if attempt.notebook is None else attempt.notebook.cells)
        if cell.cell_type == "code" and cell.metadata.papermill.get("start_time")
    ]
    return _excerpt(cells[-1].source) if cells else "    (no cell had started)"


def _plain(text: str) -> str:
    """Return text without colour codes and other control characters, safe for a terminal."""
    return "".join(each for each in _COLOURS.sub("", text) if each in "\n\t" or each.isprintable())
