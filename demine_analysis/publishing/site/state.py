"""How each report of a site is: fresh, stale, failed or never rendered, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .fingerprint import differences, fingerprint

if TYPE_CHECKING:
    from demine_analysis.publishing.running.job import Job

    from .folder import Record, Site

FRESH, STALE, FAILED, NEVER = "fresh", "stale", "failed", "never"


@dataclass(frozen=True)
class State:
    """A report's state.

    Parameters
    ----------
    job : Job
        What would be rendered.
    state : str
        `fresh`, `stale`, `failed` (the last attempt) or `never` (tried).
    why : str
        What changed, or what failed when.
    fingerprint : dict
        What the page would depend on.
    record : Record
        What is published.
    """

    job: Job
    state: str
    why: str
    fingerprint: dict[str, str]
    record: Record


def look(site: Site, job: Job) -> State:
    """Return the state of a report in a site."""
    now, record = fingerprint(job), site.record(job.name)
    return State(job, *_judge(site, job.name, now, record), now, record)


def _judge(site: Site, name: str, now: dict[str, str], record: Record) -> tuple[str, str]:
    if record.failure is not None:
        return FAILED, f"{record.failure.when}: {record.failure.error.splitlines()[0]}"
    if not record.fingerprint:
        return NEVER, "no page yet"
    changed = differences(record.fingerprint, now)
    if changed:
        return STALE, "changed: " + ", ".join(changed)
    if not site.has_page(name):
        return STALE, "the page is missing or not as it was published"
    return FRESH, ""
