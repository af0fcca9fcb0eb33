"""One report from notebook to page, wherever it runs: here, in a thread, on a cluster."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from demine_analysis import resources
from demine_analysis.errors import ReportError
from demine_analysis.parameters import check_parameters, read_report
from demine_analysis.publishing.page.facts import facts

from .attempt import Attempt
from .execute import NotebookFailedError, execute

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from demine_analysis.publishing.manifest import Report

    from .kernels.warm import WarmProcess


@dataclass(frozen=True)
class Job:
    """What is needed to make a page, checked, and plain enough to be sent elsewhere.

    Parameters
    ----------
    name, title : str
        Of the report.
    source : str
        The notebook's JSON.
    parameters : mapping
        Checked values.
    language : str
        Of the report's text.
    seconds : float or None
        Until the notebook must be done.
    in_site : bool
        Whether the page links to an index beside it.
    default_dataset : str or None
        The dataset that the notebook reads unless its parameters say otherwise.
    folder : str
        Where the notebook lies and runs, so that it finds files and modules beside it; empty for a
        shipped one, which has none and runs in a folder of its own.
    most_output, most_kept : int
        Bytes that a cell may show, and that a failed notebook may weigh.
    fault : str
        Why it cannot be run; empty where it can.
    versions : mapping
        The same report by language: the name of each page; empty where there is only one.
    about : str
        Name of the page that explains the reports; empty where there is none.
    address : str
        Where the site can be read, with a slash at the end; empty where that is not known.
    """

    name: str
    title: str
    source: str
    parameters: Mapping[str, object]
    language: str = "en"
    seconds: float | None = None
    in_site: bool = False
    default_dataset: str | None = None
    folder: str = ""
    most_output: int = 10_000_000
    most_kept: int = 50_000_000
    fault: str = ""
    versions: Mapping[str, str] = field(default_factory=dict)
    about: str = ""
    address: str = ""

    @property
    def is_first(self) -> bool:
        """Return whether it is the first, or only, one of its languages."""
        return self.name == next(iter(self.versions.values()), self.name)


@dataclass(frozen=True)
class Result:
    """A page, or why there is none.

    Parameters
    ----------
    name : str
        The report's.
    html : str
        The page; empty where it failed.
    facts : mapping
        What the page says about itself, as from `facts.facts`.
    error : str
        The cell and the error; empty where it did not fail.
    notebook : str
        JSON of a failed notebook, with outputs up to the failure.
    seconds : float
        How long it took.
    """

    name: str
    html: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    error: str = ""
    notebook: str = ""
    seconds: float = 0.0


def make_job(report: Report, *, in_site: bool) -> Job:
    """Return the job for a report, its parameters checked.

    A notebook that cannot be read is a job that fails, with the reason: the other reports of a site
    are rendered.

    Raises
    ------
    ParameterError
        Where a parameter is unknown or its value not allowed.
    """
    try:
        source, parameters = read_report(report.notebook)
    except ReportError as cause:
        return Job(report.name, report.title, "", {}, in_site=in_site, fault=str(cause))
    checked = check_parameters(parameters, report.parameters, report=report.name)
    everything = {each.name: each.default for each in parameters} | checked
    folder = report.notebook.parent
    return Job(
        name=report.name,
        title=report.title,
        source=source,
        parameters=checked,
        language=str(everything.get("language") or "en"),
        seconds=report.timeout,
        in_site=in_site,
        default_dataset=_text(everything.get("dataset")),
        folder="" if folder == resources.notebooks_folder() else str(folder),
        most_output=round(report.max_output_mb * 1e6),
        most_kept=round(report.max_notebook_mb * 1e6),
    )


def with_versions(jobs: Sequence[Job]) -> list[Job]:
    """Return jobs that know of each other where they differ in language alone, and of `about`."""
    names = {job.name for job in jobs}
    jobs = [replace(job, about=next(filter(names.__contains__, _about(job)), "")) for job in jobs]
    versions: dict[str, dict[str, str]] = {}
    for job in jobs:
        versions.setdefault(_apart_from_language(job), {}).setdefault(job.language, job.name)
    alike = [versions[_apart_from_language(job)] for job in jobs]
    # Of two pages that are the same report in the same language, the first one is the version.
    return [
        replace(job, versions=each) if len(each) > 1 and each[job.language] == job.name else job
        for job, each in zip(jobs, alike, strict=True)
    ]


def _about(job: Job) -> tuple[str, ...]:
    """Return how the page that explains reports may be called, best first."""
    return () if job.name.startswith("about") else (f"about-{job.language}", "about")


def _apart_from_language(job: Job) -> str:
    values = {name: value for name, value in job.parameters.items() if name != "language"}
    return json.dumps([job.source, values], sort_keys=True, default=str)


def run_job(job: Job, warm: WarmProcess | None = None) -> Result:
    """Return the page of a report, or what went wrong: a report's own failure does not raise."""
    from demine_analysis.publishing.page.document import to_html

    start = time.monotonic()
    if job.fault:
        return Result(job.name, error=job.fault)
    attempt = Attempt(warm, job.seconds, job.folder, job.most_output)
    try:
        notebook = execute(job.source, job.parameters, attempt, most_kept=job.most_kept)
        html = to_html(
            notebook,
            title=job.title,
            language=job.language,
            versions=job.versions,
            about=job.about,
            address=(job.address and f"{job.address}{job.name}") if job.in_site else None,
            folder=job.folder,
        )
    except NotebookFailedError as cause:
        return Result(job.name, error=str(cause), notebook=cause.notebook, seconds=_since(start))
    except ReportError as cause:
        return Result(job.name, error=str(cause), seconds=_since(start))
    return Result(job.name, html=html, facts=facts(html), seconds=_since(start))


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _since(start: float) -> float:
    return round(time.monotonic() - start, 3)
