"""The front page of a site: latest figures, its reports and how they are, the data, how to cite."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from demine_analysis.publishing.page.look import TEMPLATE, stylesheet
from demine_analysis.publishing.page.safety import CONTENT_SECURITY_POLICY
from demine_analysis.wording.citing import bibtex, reference
from demine_analysis.wording.language import LANGUAGES, translate
from demine_analysis.wording.page import words

from .front import fronts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from demine_analysis.publishing.manifest import Manifest
    from demine_analysis.publishing.running.job import Job

    from .summary import Outcome


def index_html(manifest: Manifest, outcomes: Sequence[Outcome], offered: Sequence[str] = ()) -> str:
    """Return the index, with links to the data `offered`; no clock unless a report failed."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATE), undefined=StrictUndefined, autoescape=False  # noqa: S701 - every value in the template is escaped where it stands
    )  # fmt: skip
    environment.filters["day"] = _day
    descriptions = {each.name: each.description for each in manifest.reports}
    datasets = fronts(outcomes)
    through = max((str(each.facts.get("data_through", "")) for each in datasets), default="")
    return environment.get_template("site.html.j2").render(
        title=manifest.title,
        address=manifest.address,
        summary=_summary(outcomes),
        datasets=datasets,
        offered=offered,
        reports=[
            _entry(each, descriptions[each.state.job.name])
            | {"others": _others(each.state.job, outcomes)}
            for each in outcomes
            if each.state.job.is_first
        ],
        reference=reference(manifest.title, through),
        bibtex=bibtex(manifest.title, [each.name for each in datasets], through),
        policy=CONTENT_SECURITY_POLICY,
        stylesheet=stylesheet(),
        words=words("en"),
    )


def _entry(outcome: Outcome, description: str) -> dict[str, Any]:
    record, job = outcome.record, outcome.state.job
    state = "current" if record.failure is None else "failed" if record.sha256 else "missing"
    return {
        "name": job.name,
        "title": translate(job.title, language=job.language),
        "code": job.language,
        **{name: record.facts.get(name) for name in ("dataset", "scope", "data_through")},
        "description": record.facts.get("finding") or description,
        "page": f"{job.name}.html" if record.sha256 else None,
        "language": LANGUAGES.get(job.language, job.language),
        "state": state,
        "words": _state_words(outcome),
    }


def _others(job: Job, outcomes: Sequence[Outcome]) -> list[dict[str, Any]]:
    """Return the same report in other languages."""
    wanted = set(job.versions.values()) - {job.name}
    return [_entry(each, "") for each in outcomes if each.state.job.name in wanted]


def _state_words(outcome: Outcome) -> str:
    failure = outcome.record.failure
    if failure is None:
        return "; ".join(["up to date", *filter(None, [outcome.record.facts.get("state")])])
    page = f"page of {outcome.record.rendered}" if outcome.record.sha256 else "no page yet"
    return f"{page}; rendering failed on {failure.when}"


def _summary(outcomes: Sequence[Outcome]) -> str:
    failed = sum(each.record.failure is not None for each in outcomes)
    reports = sum(each.state.job.is_first for each in outcomes)
    count = f"{reports} report{'s' if reports != 1 else ''}"
    return f"{count}, all up to date." if not failed else f"{count}, {failed} not up to date."


def _day(iso: str) -> str:
    """Return a day in words; the formats of reports would bring pandas with them."""
    day = dt.date.fromisoformat(iso)
    return f"{day.day} {day:%B %Y}"
