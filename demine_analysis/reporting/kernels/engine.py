"""A papermill engine: kernels of our own, over sockets in a private folder, with a deadline.

Import papermill first: it loads this module itself, by its entry point.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from typing import TYPE_CHECKING, Any

from papermill.engines import Engine

from .environment import kernel_environment, private_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from jupyter_client.manager import AsyncKernelManager
    from papermill.engines import NotebookExecutionManager

    from .warm import Zygote

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
        with private_folder() as folder:
            run_cells(
                nb_man,
                kernel_manager(folder, options.get("zygote")),
                seconds=options.get("seconds"),
                cwd=str(options.get("kernel_cwd") or folder),
                env={**kernel_environment(), "IPYTHONDIR": str(folder)},
            )


def run_cells(
    nb_man: NotebookExecutionManager,
    manager: AsyncKernelManager,
    *,
    seconds: float | None,
    cwd: str,
    env: dict[str, str],
) -> None:
    """Run the cells through papermill's client; the kernel ends with them."""
    from .client import TerseClient

    client = TerseClient(
        nb_man,
        km=manager,
        timeout_func=_remaining(seconds),
        startup_timeout=_START_SECONDS,
        shutdown_kernel="immediate",
        ipython_hist_file=":memory:",
        record_timing=False,
    )
    with _own_event_loop():
        client.reset_execution_trackers()
        with client.setup_kernel(cleanup_kc=True, cwd=cwd, env=env):
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


def kernel_manager(folder: Path, zygote: Zygote | None) -> AsyncKernelManager:
    """Return a manager whose kernel talks over sockets in `folder`, its owner's alone."""
    from .manager import WarmKernelManager

    return WarmKernelManager(
        transport="ipc",
        ip=str(folder / "k"),
        connection_file=str(folder / "connection.json"),
        zygote=zygote,
    )


def _remaining(seconds: float | None) -> Callable[[object], float | None]:
    """Return a function that gives each cell what is left of the whole notebook's time."""
    if seconds is None:
        return lambda _cell: None
    end = time.monotonic() + seconds
    return lambda _cell: max(0.01, end - time.monotonic())
