"""Render what has changed, publish it, and say how it went."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
import time
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from demine_analysis import resources
from demine_analysis.errors import ParameterError, ReportError
from demine_analysis.lock import exclusive
from demine_analysis.report.exporting.feed import feed
from demine_analysis.report.exporting.sharing import shared
from demine_analysis.report.exporting.upkeep import offer

from .manifest import Manifest, load_manifest
from .running.executors import checked_jobs, run_here
from .running.job import make_job, with_versions
from .running.kernels.environment import kernel_environment
from .site.folder import Failure, Record, Site, as_json
from .site.state import FRESH, State, look
from .site.summary import Outcome, summarise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from .running.job import Job, Result

    Say = Callable[[str], None]


@dataclass(frozen=True)
class Options:
    """How to render a site.

    Parameters
    ----------
    manifest : Path or None
        The shipped one where not given.
    output : Path or None
        `reports/site` of the checkout, or of the working directory outside one.
    jobs : int or None
        Reports at once; one a core where not given.
    force : bool
        Render reports that have not changed, too.
    wait : float
        Seconds to wait for another run.
    scheduler : str or None
        Address of a dask scheduler, to run there.
    """

    manifest: Path | None = None
    output: Path | None = None
    jobs: int | None = None
    force: bool = False
    wait: float = 3600.0
    scheduler: str | None = None


@dataclass(frozen=True)
class Run:
    """What a run did."""

    site: Site
    outcomes: Sequence[Outcome]

    @property
    def failed(self) -> list[Outcome]:
        """Return the reports that failed."""
        return [each for each in self.outcomes if each.status == "failed"]

    @property
    def rendered(self) -> list[Outcome]:
        """Return the reports that were rendered."""
        return [each for each in self.outcomes if each.status == "rendered"]


def default_folder() -> Path:
    """Return where a site goes if nobody says: in the checkout, else in the working directory."""
    root = resources.root() if resources.in_checkout() else Path.cwd()
    return root / "reports" / "site"


def render_all(options: Options, *, say: Say, progress: Callable[..., Iterable[Result]]) -> Run:
    """Bring a site up to date.

    Parameters
    ----------
    options : Options
        What, where and how.
    say : callable
        Told what takes time.
    progress : callable
        Wraps the iterator of results, as `tqdm` does, with `total`.

    Raises
    ------
    ParameterError
        Where manifest or parameters are wrong; nothing has run then.
    ReportError
        Where the folder cannot be written or another run holds it. A report that fails does not
        raise: it is an outcome.
    """
    kernel_environment()  # what is wrong with it is said before anything is done
    at_once = checked_jobs(options.jobs)
    manifest = load_manifest(options.manifest)
    jobs = make_jobs(manifest)
    site = Site((options.output or default_folder()).absolute())
    site.prepare()
    with exclusive(site.lock, wait=options.wait, say=say):
        site.belong_to(manifest.path)
        site.clean()
        states = [look(site, job) for job in jobs]
        wanted = [each for each in states if options.force or each.state != FRESH]
        results = _results(wanted, at_once, options.scheduler, progress)
        outcomes = _render(site, manifest, states, results, say)
    return Run(site, outcomes)


def make_jobs(manifest: Manifest) -> list[Job]:
    """Return the jobs of a manifest, all checked.

    Raises
    ------
    ParameterError
        With a line for each report that is wrong.
    """
    jobs, faults = [], []
    for report in manifest.reports:
        try:
            job = make_job(report, in_site=True)
            jobs.append(dataclasses.replace(job, address=manifest.address))
        except ParameterError as cause:
            faults.append(f"manifest {str(manifest.path)!r}: report {report.name!r}: {cause}")
    if faults:
        raise ParameterError("\n".join(faults))
    return with_versions(jobs)


def _results(
    wanted: Sequence[State],
    at_once: int,
    scheduler: str | None,
    progress: Callable[..., Iterable[Result]],
) -> Iterable[Result]:
    """Return the results of jobs as they come."""
    if not wanted:
        return ()
    # New reports, then those that took longest last time: the last one ends sooner. Before them all
    # those in a first language, which keep what the others need, too.
    ordered = sorted(
        wanted,
        key=lambda each: (not each.job.is_first, bool(each.record.seconds), -each.record.seconds),
    )
    jobs = [each.job for each in ordered]
    if scheduler is not None:
        from .running.cluster import run_there

        return progress(run_there(jobs, scheduler), total=len(jobs))
    return progress(run_here(jobs, at_once=at_once), total=len(jobs))


def _render(
    site: Site, manifest: Manifest, states: Sequence[State], results: Iterable[Result], say: Say
) -> list[Outcome]:
    """Publish results as they come, then their data, the index and the summary of the run."""
    from .site.index import index_html  # not first: the warm process should start soon

    start, run = time.monotonic(), _run_name()
    by_name = {each.job.name: each for each in states}
    offers = cache(partial(offer, site.folder / "data", say=say))
    done = {}
    for result in results:
        done[result.name] = outcome = _publish(site, by_name[result.name], result, run)
        # While other reports are being made: a dataset's first one has kept the slow steps.
        offers(_dataset(outcome))
    outcomes = [done.get(each.job.name) or Outcome(each, FRESH, each.record) for each in states]
    datasets = list(dict.fromkeys(filter(None, map(_dataset, outcomes))))
    offered = list(filter(offers, datasets))
    site.write(site.folder / "feed.xml", feed(manifest.title, datasets))
    pages = {
        each.state.job.name: {**each.record.facts, "title": each.state.job.title}
        for each in outcomes
        if each.record.sha256
    }
    for name, content in shared(site.folder, pages, manifest.title, manifest.address):
        site.write(site.folder / name, content)
    site.write(site.folder / "index.html", index_html(manifest, outcomes, offered).encode())
    site.withdraw(set(site.names()) - by_name.keys())
    summary = as_json(summarise(run, outcomes, seconds=time.monotonic() - start))
    site.write(site.folder / "run.json", summary)
    if done:
        kept = {name: content for each in done.values() for name, content in each.kept.items()}
        site.keep(run, {"run.json": summary.decode(), **kept}, runs=manifest.keep_runs)
    return outcomes


def _dataset(outcome: Outcome) -> str:
    return str(outcome.record.facts.get("dataset", ""))


def _publish(site: Site, state: State, result: Result, run: str) -> Outcome:
    """Put a page in its place; where it failed, note that and leave the earlier page."""
    error = result.error
    if not error:
        record = Record(state.fingerprint, "", _now(), result.seconds, result.facts)
        try:
            record = site.publish(result.name, result.html, record)
            return Outcome(state, "rendered", record, record.seconds)
        except ReportError as cause:
            error = str(cause)
    record = dataclasses.replace(state.record, failure=Failure(_now(), error, run))
    site.note(result.name, record)
    return Outcome.failed(state, record, result, site.runs / run)


def _now() -> str:
    """Return the time for records, in UTC; SOURCE_DATE_EPOCH stands in for it where it is set."""
    seconds = int(os.environ.get("SOURCE_DATE_EPOCH") or time.time())
    return dt.datetime.fromtimestamp(seconds, dt.UTC).strftime("%Y-%m-%d %H:%M UTC")


def _run_name() -> str:
    now = dt.datetime.now(dt.UTC)
    return f"{now:%Y%m%dT%H%M%S.%fZ}-{os.getpid()}"
