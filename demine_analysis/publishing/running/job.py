"""One report from notebook to page, wherever it runs: here, in a thread, on a cluster."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from demine_analysis.errors import ReportError
from demine_analysis.publishing.page.document import to_html
from demine_analysis.publishing.page.facts import facts
from demine_analysis.publishing.parameters import check_parameters, read_parameters

from .execute import NotebookFailedError, execute

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from demine_analysis.publishing.manifest import Report

    from .kernels.warm import Zygote


@dataclass(frozen=True)
class Job:
    """What is needed to make a page, checked, and plain enough to be sent elsewhere."""

    name: str
    title: str
    source: str
    parameters: Mapping[str, object]
    language: str = "en"
    seconds: float | None = None
    in_site: bool = False
    default_dataset: str | None = None
    versions: Mapping[str, str] = field(default_factory=dict)
    """The same report by language: the name of each page; empty where there is only one."""


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

    Raises
    ------
    ParameterError
        Where a parameter is unknown or its value not allowed.
    ReportError
        Where the notebook cannot be read.
    """
    parameters = read_parameters(report.notebook)
    checked = check_parameters(parameters, report.parameters, report=report.name)
    everything = {each.name: each.default for each in parameters} | checked
    return Job(
        name=report.name,
        title=report.title,
        source=report.notebook.read_text(encoding="utf-8"),
        parameters=checked,
        language=str(everything.get("language") or "en"),
        seconds=report.timeout,
        in_site=in_site,
        default_dataset=_text(everything.get("dataset")),
    )


def with_versions(jobs: Sequence[Job]) -> list[Job]:
    """Return jobs that know of each other where they differ in language alone."""
    versions: dict[str, dict[str, str]] = {}
    for job in jobs:
        versions.setdefault(_apart_from_language(job), {}).setdefault(job.language, job.name)
    found = [versions[_apart_from_language(job)] for job in jobs]
    # Of two pages that are the same report in the same language, the first one is the version.
    return [
        replace(job, versions=each) if len(each) > 1 and each[job.language] == job.name else job
        for job, each in zip(jobs, found, strict=True)
    ]


def _apart_from_language(job: Job) -> str:
    values = {name: value for name, value in job.parameters.items() if name != "language"}
    return json.dumps([job.source, values], sort_keys=True, default=str)


def run_job(job: Job, zygote: Zygote | None = None) -> Result:
    """Return the page of a report, or what went wrong: a report's own failure does not raise."""
    start = time.monotonic()
    try:
        notebook = execute(job.source, job.parameters, zygote=zygote, seconds=job.seconds)
        html = to_html(
            notebook,
            title=job.title,
            language=job.language,
            in_site=job.in_site,
            versions=job.versions,
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
