"""The index of a site: its reports, what they cover, and how they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .page import TEMPLATE, stylesheet
from .safety import CONTENT_SECURITY_POLICY
from .words import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .manifest import Manifest
    from .summary import Outcome


def index_html(manifest: Manifest, outcomes: Sequence[Outcome]) -> str:
    """Return the index: no wall clock in it unless a report failed, so that it can be compared."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATE), undefined=StrictUndefined, autoescape=False  # noqa: S701 - every value in the template is escaped where it stands
    )  # fmt: skip
    descriptions = {each.name: each.description for each in manifest.reports}
    return environment.get_template("site.html.j2").render(
        title=manifest.title,
        summary=_summary(outcomes),
        reports=[_entry(each, descriptions[each.state.job.name]) for each in outcomes],
        policy=CONTENT_SECURITY_POLICY,
        stylesheet=stylesheet(),
        words=words("en"),
    )


def _entry(outcome: Outcome, description: str) -> dict[str, Any]:
    record, name = outcome.record, outcome.state.job.name
    state = "current" if record.failure is None else "failed" if record.sha256 else "missing"
    return {
        "name": name,
        "title": outcome.state.job.title,
        "description": description,
        "page": f"{name}.html" if record.sha256 else None,
        "scope": record.facts.get("scope"),
        "data_through": record.facts.get("data_through"),
        "state": state,
        "words": _state_words(outcome),
    }


def _state_words(outcome: Outcome) -> str:
    failure = outcome.record.failure
    if failure is None:
        return "up to date"
    if outcome.record.sha256:
        return f"page of {outcome.record.rendered}; rendering failed on {failure.when}"
    return f"no page yet; rendering failed on {failure.when}"


def _summary(outcomes: Sequence[Outcome]) -> str:
    failed = sum(each.record.failure is not None for each in outcomes)
    count = f"{len(outcomes)} report{'s' if len(outcomes) != 1 else ''}"
    return f"{count}, all up to date." if not failed else f"{count}, {failed} not up to date."
