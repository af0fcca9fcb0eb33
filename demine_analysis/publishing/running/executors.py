"""Where jobs run: in threads here, each with a kernel of its own, or on a dask cluster."""

from __future__ import annotations

import contextlib
import importlib
import os
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from typing import TYPE_CHECKING

from demine_analysis.errors import ParameterError, ReportError

from .folders import clean_up
from .job import Result, run_job
from .kernels.warm import WarmProcess, can_fork

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .job import Job


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
    """Yield the result of each job as it is done.

    Raises
    ------
    ReportError
        Where the extra `reports` is not installed.
    """
    clean_up()
    with contextlib.ExitStack() as stack:
        warm = stack.enter_context(WarmProcess()) if can_fork() else None
        # While the warm process imports what kernels need. Both before any thread starts: two
        # threads that import nbconvert at once find it half made.
        _import("papermill")
        _import("nbconvert.exporters.templateexporter")
        pool = ThreadPoolExecutor(min(at_once, len(jobs)))
        # Where an interrupt comes between, kernels are ended first, and with them the threads.
        stack.callback(pool.shutdown, wait=False, cancel_futures=True)
        futures = {pool.submit(run_job, job, warm): job for job in jobs}
        for future in as_completed(futures):
            yield result_of(future, futures[future])


def result_of(future: Future[Result], job: Job, *, where: str = "") -> Result:
    """Return a job's result; whatever has gone wrong with it is a failed report, and no more."""
    error = future.exception()
    if error is not None:
        return Result(job.name, error=f"{where}{type(error).__name__}: {error}")
    return future.result()


def _import(name: str) -> None:
    """Import what rendering needs, for the threads."""
    try:
        importlib.import_module(name)
    except ModuleNotFoundError as cause:
        raise ReportError(
            f"rendering needs {cause.name!r}; "
            "install it with: pip install 'demine-analysis[reports]'"
        ) from cause
