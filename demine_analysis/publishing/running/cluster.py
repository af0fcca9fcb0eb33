"""Jobs on an existing dask cluster; pages come back here, and only here are they published."""

from __future__ import annotations

import atexit
import functools
from typing import TYPE_CHECKING

from demine_analysis.errors import ReportError
from demine_analysis.publishing.site.fingerprint import differences, fingerprint, forget_data

from .job import Result, run_job
from .kernels.warm import BATCH_MODULES, LATER_MODULES, Zygote, can_fork

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
    with client:
        expected = [_must_be_same(job) for job in jobs]
        futures = client.map(run_on_worker, jobs, expected, pure=False)
        names = dict(zip((each.key for each in futures), jobs, strict=True))
        for future in as_completed(futures, loop=client.loop):
            yield _result(future, names[future.key])


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
    return run_job(job, _zygote())


def _must_be_same(job: Job) -> dict[str, str]:
    return {name: each for name, each in fingerprint(job).items() if name.startswith(_SAME)}


def _result(future: object, job: Job) -> Result:
    """Return a future's result; a worker that was lost is a failed report."""
    error = future.exception()  # type: ignore[attr-defined]  # distributed has no types
    if error is not None:
        return Result(job.name, error=f"on a dask worker: {type(error).__name__}: {error}")
    result: Result = future.result()  # type: ignore[attr-defined]  # as above
    return result


@functools.cache
def _zygote() -> Zygote | None:
    """Return the warm process of this worker; it ends with the worker."""
    if not can_fork():
        return None
    zygote = Zygote(BATCH_MODULES, later=LATER_MODULES)
    atexit.register(zygote.close)
    return zygote
