"""Jobs on an existing dask cluster; pages come back here, and only here are they published."""

from __future__ import annotations

import atexit
import functools
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from demine_analysis.errors import ReportError
from demine_analysis.publishing.site.fingerprint import differences, fingerprint, forget_data

from .executors import result_of
from .job import Result, run_job
from .kernels.warm import WarmProcess, can_fork

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .job import Job

_CONNECT_SECONDS = 30
# What must be the same on a worker for its page to be the same as one made here.
_SAME = ("code", "template", "lock", "settings", "data: ")


def run_there(jobs: Sequence[Job], scheduler: str) -> Iterator[Result]:
    """Yield the result of each job as the cluster has done it.

    Parameters
    ----------
    jobs : sequence of Job
        They carry their notebooks; data are read from the workers' own installation, and have to
        be the same as here.
    scheduler : str
        Address such as `tcp://10.0.0.1:8786`.

    Raises
    ------
    ReportError
        Where dask is not installed or the scheduler does not answer.
    """
    try:
        from distributed import Client, as_completed
    except ModuleNotFoundError as cause:
        raise ReportError(
            f"--executor dask needs {cause.name!r}; "
            "install it with: pip install 'demine-analysis[reports,dask]'"
        ) from cause
    try:
        client = Client(scheduler, timeout=_CONNECT_SECONDS, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as cause:
        raise ReportError(f"dask scheduler {scheduler!r} does not answer: {cause}") from cause
    longest = sum(job.seconds or 0.0 for job in jobs) or None
    with client:
        _require_workers(client, scheduler)
        expected = [_must_be_same(job) for job in jobs]
        futures = client.map(run_on_worker, jobs, expected, pure=False)
        waiting = dict(zip((each.key for each in futures), jobs, strict=True))
        try:
            for future in as_completed(futures, loop=client.loop, timeout=longest):
                yield result_of(future, waiting.pop(future.key), where="on a dask worker: ")
        except TimeoutError:
            for job in waiting.values():
                yield Result(job.name, error=f"on the dask cluster: not done after {longest:g} s")


def _require_workers(client: Any, scheduler: str) -> None:
    """Refuse a cluster without workers, which would never be done.

    Raises
    ------
    ReportError
        Where there is none in time.
    """
    try:
        client.wait_for_workers(n_workers=1, timeout=_CONNECT_SECONDS)
    except TimeoutError as cause:
        raise ReportError(
            f"dask scheduler {scheduler!r} has no workers after {_CONNECT_SECONDS} s; "
            "start some with: dask worker ADDRESS"
        ) from cause


def run_on_worker(job: Job, expected: dict[str, str]) -> Result:
    """Return the result of a job on the worker that this runs on, if it has the same code and data.

    Parameters
    ----------
    job : Job
        What to render.
    expected : dict
        The parts of its fingerprint that must be the same here, as on the publishing machine.
    """
    forget_data()
    differing = differences(expected, _must_be_same(job))
    if differing:
        what = " and ".join(differing)
        return Result(job.name, error=f"on a dask worker: {what} differ from this machine's")
    return run_job(replace(job, folder=""), _warm())  # its folder is on the other machine


def _must_be_same(job: Job) -> dict[str, str]:
    return {name: each for name, each in fingerprint(job).items() if name.startswith(_SAME)}


@functools.cache
def _warm() -> WarmProcess | None:
    """Return the warm process of this worker; it ends with the worker."""
    if not can_fork():
        return None
    warm = WarmProcess().__enter__()
    atexit.register(warm.__exit__)
    return warm
