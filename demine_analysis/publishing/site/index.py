"""The front page of a site: latest figures, its reports and how they are, the data, how to cite."""

from __future__ import annotations

import datetime as dt
import re
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from demine_analysis.publishing.page.look import TEMPLATE, stylesheet
from demine_analysis.publishing.page.safety import CONTENT_SECURITY_POLICY
from demine_analysis.wording.language import LANGUAGES, translate
from demine_analysis.wording.page import words

from .front import fronts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from demine_analysis.publishing.manifest import Manifest
    from demine_analysis.publishing.running.job import Job

    from .front import Front
    from .summary import Outcome

_NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")
_TEX = {each: f"\\{each}" for each in "&%$#_{}"} | {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


def index_html(manifest: Manifest, outcomes: Sequence[Outcome], offered: Sequence[str] = ()) -> str:
    """Return the index, with links to the data `offered`; no clock unless a report failed."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATE), undefined=StrictUndefined, autoescape=False  # noqa: S701 - every value in the template is escaped where it stands
    )  # fmt: skip
    environment.filters |= {"day": _day, "count": _count}
    descriptions = {each.name: each.description for each in manifest.reports}
    datasets = fronts(outcomes)
    return environment.get_template("site.html.j2").render(
        title=manifest.title,
        summary=_summary(outcomes),
        datasets=datasets,
        offered=offered,
        reports=[
            _entry(each, descriptions[each.state.job.name])
            | {"others": _others(each.state.job, outcomes)}
            for each in outcomes
            if _is_first(each.state.job)
        ],
        reference=_reference(manifest.title, datasets),
        bibtex=_bibtex(manifest.title, datasets),
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
        "dataset": record.facts.get("dataset"),
        "description": description,
        "page": f"{job.name}.html" if record.sha256 else None,
        "scope": record.facts.get("scope"),
        "language": LANGUAGES.get(job.language, job.language),
        "data_through": record.facts.get("data_through"),
        "state": state,
        "words": _state_words(outcome),
    }


def _is_first(job: Job) -> bool:
    """Return whether a report stands on its own: the first, or only, one of its languages."""
    return job.name == next(iter(job.versions.values()), job.name)


def _others(job: Job, outcomes: Sequence[Outcome]) -> list[dict[str, Any]]:
    """Return the same report in other languages."""
    wanted = set(job.versions.values()) - {job.name}
    found = [each for each in outcomes if each.state.job.name in wanted]
    return [_entry(each, "") for each in found]


def _state_words(outcome: Outcome) -> str:
    failure = outcome.record.failure
    if failure is None:
        return "up to date"
    if outcome.record.sha256:
        return f"page of {outcome.record.rendered}; rendering failed on {failure.when}"
    return f"no page yet; rendering failed on {failure.when}"


def _summary(outcomes: Sequence[Outcome]) -> str:
    failed = sum(each.record.failure is not None for each in outcomes)
    reports = sum(_is_first(each.state.job) for each in outcomes)
    count = f"{reports} report{'s' if reports != 1 else ''}"
    return f"{count}, all up to date." if not failed else f"{count}, {failed} not up to date."


def _reference(title: str, datasets: Sequence[Front]) -> str:
    through = _through(datasets)
    said = f", data through {_day(through)}" if through else ""
    return f"“{title}”, Demine Analysis, version {version('demine-analysis')}{said}."


def _bibtex(title: str, datasets: Sequence[Front]) -> str:
    """Return the site as a BibTeX entry, its year that of the data: an index has no clock."""
    through = _through(datasets)
    names = [_NOT_IN_NAMES.sub("", each.name.casefold()) for each in datasets]
    fields = {
        "title": f"{{{_tex(title)}}}",
        "author": "{demine_analysis contributors}",
        "year": through[:4],
        "version": version("demine-analysis"),
        "note": f"Data through {through}" if through else "",
    }
    key = "_".join(["demine_analysis", *names, *([through[:4]] if through else [])])
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{key},", *lines, "}"])


def _through(datasets: Sequence[Front]) -> str:
    return max((str(each.facts.get("data_through", "")) for each in datasets), default="")


def _tex(text: str) -> str:
    return "".join(_TEX.get(each, each) for each in text)


def _day(iso: str) -> str:
    """Return a day in words; the formats of reports would bring pandas with them."""
    day = dt.date.fromisoformat(iso)
    return f"{day.day} {day:%B %Y}"


def _count(digits: str) -> str:
    return f"{int(digits):,}"
