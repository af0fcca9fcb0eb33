"""A papermill engine: kernels of our own, over sockets in a private folder, with a deadline.

Import papermill first: it loads this module itself, by its entry point.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from typing import TYPE_CHECKING, Any

from papermill.engines import Engine

from demine_analysis.errors import ReportError

from .environment import kernel_environment, private_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from papermill.engines import NotebookExecutionManager

    from .warm import ForkedProcess, Zygote

    Remaining = Callable[[object], float | None]

_log = logging.getLogger(__name__)

_START_SECONDS = 60


class WarmEngine(Engine):
    """Execute a notebook in a kernel forked from a warm process, or in a plain one without it.

    Notes
    -----
    Registered with papermill as `demine`. Options, as keyword arguments of
    `papermill.execute_notebook`: `zygote` (a `Zygote`), `seconds` (until the whole notebook must be
    done), `kernel_cwd`, and `keep`, which is given the notebook before it runs, so that a failed
    one can be looked at.
    """

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: NotebookExecutionManager, _kernel_name: str, **options: Any
    ) -> None:
        """Run every cell, in one kernel that is gone afterwards."""
        if keep := options.get("keep"):
            keep(nb_man.nb)
        remaining = _remaining(options.get("seconds"))
        with private_folder() as folder:
            env = {**kernel_environment(), "IPYTHONDIR": str(folder)}
            cwd = str(options.get("kernel_cwd") or folder)
            forked = _fork(options.get("zygote"), cwd=cwd, env=env)
            if forked is None:
                _run_in_plain(nb_man, folder, remaining, cwd=cwd, env=env)
                return
            with contextlib.closing(forked):
                _run_in_forked(nb_man, forked, remaining)


def _fork(zygote: Zygote | None, *, cwd: str, env: dict[str, str]) -> ForkedProcess | None:
    """Return a forked kernel, or None where there is no warm process to fork from."""
    if zygote is None:
        return None
    try:
        return zygote.fork(cwd=cwd, env=env)
    except ReportError as cause:
        _log.warning("%s; starting a plain kernel", cause)
        return None


def _run_in_forked(
    nb_man: NotebookExecutionManager, forked: ForkedProcess, remaining: Remaining
) -> None:
    from .client import ForkedClient

    client = ForkedClient(nb_man, forked, timeout_func=remaining, record_timing=False)
    client.reset_execution_trackers()
    client.papermill_execute_cells()


def _run_in_plain(
    nb_man: NotebookExecutionManager,
    folder: Path,
    remaining: Remaining,
    *,
    cwd: str,
    env: dict[str, str],
) -> None:
    """Run the cells through papermill's own client, over sockets in the folder."""
    from papermill.clientwrap import PapermillNotebookClient

    from .manager import PlainKernelManager

    client = PapermillNotebookClient(
        nb_man,
        km=PlainKernelManager(
            transport="ipc",
            ip=str(folder / "k"),
            connection_file=str(folder / "connection.json"),
        ),
        timeout_func=remaining,
        startup_timeout=_START_SECONDS,
        shutdown_kernel="immediate",
        ipython_hist_file=":memory:",
        record_timing=False,
    )
    with _own_event_loop(), (folder / "kernel.log").open("ab") as log:
        client.reset_execution_trackers()
        with client.setup_kernel(cleanup_kc=True, cwd=cwd, env=env, stdout=log, stderr=log):
            client.papermill_execute_cells()


@contextlib.contextmanager
def _own_event_loop() -> Iterator[None]:
    """Close the event loop that jupyter_client makes for a thread, which it never does itself."""
    from jupyter_core.utils import ensure_event_loop

    loop = ensure_event_loop()
    try:
        yield
    finally:
        if not loop.is_running():  # a notebook's own loop goes on
            _cancel_tasks(loop)
            loop.close()
            asyncio.set_event_loop(None)


def _cancel_tasks(loop: asyncio.AbstractEventLoop) -> None:
    """End what a stopped cell was still waiting for."""
    tasks = asyncio.all_tasks(loop)
    for task in tasks:
        task.cancel()
    loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))


def _remaining(seconds: float | None) -> Remaining:
    """Return a function that gives each cell what is left of the whole notebook's time."""
    if seconds is None:
        return lambda _cell: None
    end = time.monotonic() + seconds
    return lambda _cell: max(0.01, end - time.monotonic())
