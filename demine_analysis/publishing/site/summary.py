"""How a run went, for people and for machines."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Self

from .fingerprint import differences

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from demine_analysis.publishing.running.job import Result

    from .folder import Record
    from .state import State


@dataclass(frozen=True)
class Outcome:
    """What a run did with a report.

    Parameters
    ----------
    state : State
        As it was before.
    status : str
        `rendered`, `fresh` or `failed`.
    record : Record
        As it is now.
    seconds : float
        How long it took.
    error : str
        Why it failed, with where its notebook is kept.
    kept : mapping
        Files to keep for diagnosis, by name.
    """

    state: State
    status: str
    record: Record
    seconds: float = 0.0
    error: str = ""
    kept: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def failed(cls, state: State, record: Record, result: Result, folder: Path) -> Self:
        """Return the outcome of a report whose earlier page stays."""
        error = record.failure.error if record.failure else ""
        kept = {f"{result.name}.error.txt": error}
        if result.notebook:
            kept[f"{result.name}.ipynb"] = result.notebook
            error += f"\nThe executed notebook is {folder / result.name}.ipynb"
        return cls(state, "failed", record, result.seconds, error, kept)


def summarise(run: str, outcomes: Sequence[Outcome], *, seconds: float) -> dict[str, Any]:
    """Return the content of `run.json`."""
    return {
        "run": run,
        "version": version("demine-analysis"),
        "seconds": round(seconds, 3),
        "reports": [_entry(each) for each in outcomes],
    }


def _entry(outcome: Outcome) -> dict[str, Any]:
    job, record, now = outcome.state.job, outcome.record, outcome.state.fingerprint
    digest = hashlib.sha256(json.dumps(now, sort_keys=True).encode()).hexdigest()
    return {
        "name": job.name,
        "title": job.title,
        "status": outcome.status,
        "seconds": outcome.seconds,
        "page": f"{job.name}.html" if record.sha256 else None,
        "sha256": record.sha256 or None,
        "rendered": record.rendered or None,
        **{name: record.facts.get(name) for name in ("scope", "data_through")},
        "parameters": dict(job.parameters),
        "fingerprint": digest,
        "sources": {name[6:]: value for name, value in now.items() if name.startswith("data: ")},
        "changes": differences(outcome.state.record.fingerprint, now),
        "error": outcome.error or None,
    }
