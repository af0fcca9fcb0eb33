"""Where jobs run: in threads here, each with a kernel of its own, or on a dask cluster."""

from __future__ import annotations

import contextlib
import json
import os
import threading
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import TYPE_CHECKING

from demine_analysis.errors import ParameterError
from demine_analysis.publishing.site.fingerprint import datasets_of

from .job import run_job
from .kernels.warm import BATCH_MODULES, LATER_MODULES, SINGLE_MODULES, Zygote, can_fork
from .stack import import_stack

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .job import Job, Result


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def checked_jobs(jobs: int | None) -> int:
    """Return how many reports to render at once.

    Raises
    ------
    ParameterError
        Where it is less than one.
    """
    if jobs is not None and jobs < 1:
        raise ParameterError(f"jobs must be 1 or more, got {jobs}")
    return jobs or cores()


def run_here(jobs: Sequence[Job], *, at_once: int) -> Iterator[Result]:
    """Yield the result of each job as it is done; an interrupt ends the kernels first."""
    with contextlib.ExitStack() as stack:
        zygote = stack.enter_context(_zygote(jobs, at_once)) if can_fork() else None
        import_stack()
        pool = ThreadPoolExecutor(min(at_once, len(jobs)))
        # Ends before the warm process does only where all went well.
        stack.callback(pool.shutdown, wait=False, cancel_futures=True)
        futures = [pool.submit(run_job, job, zygote) for job in jobs]
        for future in as_completed(futures):
            yield future.result()
        # The warm process takes as long to end as the index page to be made: side by side.
        threading.Thread(target=stack.pop_all().close).start()


def _zygote(jobs: Sequence[Job], at_once: int) -> Zygote:
    """Start the warm process; what it does first pays where kernels outnumber those at once."""
    if len(jobs) <= at_once:
        return Zygote(SINGLE_MODULES)
    datasets = {name for job in jobs for name in datasets_of(job)}
    cells = {cell for source in {job.source for job in jobs} for cell in _code_cells(source)}
    return Zygote(BATCH_MODULES, datasets=datasets, cells=cells, later=LATER_MODULES)


def _code_cells(source: str) -> list[str]:
    """Return what the code cells of a notebook say; what is wrong with one shows when it runs."""
    return [
        "".join(cell.get("source", ""))
        for cell in json.loads(source)["cells"]
        if cell.get("cell_type") == "code"
    ]
