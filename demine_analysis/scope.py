"""What a question is about: a metric, days, whose work, where, for what use, as known when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from demine_analysis.arguments import day
from demine_analysis.errors import ParameterError
from demine_analysis.vocabulary import METRICS, describe_allowed

WHOLE = "all"
"""Stands for all operators, all districts or all land uses together."""


@dataclass(frozen=True, kw_only=True)
class Scope:
    """What is counted, in which days, of whose work, where, for what use, and as known when.

    Parameters
    ----------
    metric : str
        A metric of `vocabulary`, for instance ``area_cleared``.
    start, end : str
        First and last day, inclusive, YYYY-MM-DD; None: no limit. A reconciliation takes in every
        day that a figure counts, and leaves them to what is asked of it.
    district, operator, land_use : str
        One name, or ``all``.
    as_of : str
        Only what had been published by this day; None: everything.
    without : frozenset of str
        Statements set aside, by `statement_id`; none by default.

    Raises
    ------
    ParameterError
        If the metric is unknown, a day is none, or the days end before they start.
    """

    metric: str = "area_cleared"
    start: str | None = None
    end: str | None = None
    district: str = WHOLE
    operator: str = WHOLE
    land_use: str = WHOLE
    as_of: str | None = None
    without: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if self.metric not in METRICS:
            raise ParameterError(f"unknown metric; {describe_allowed(self.metric, METRICS)}")
        for name in ("start", "end", "as_of"):
            given = getattr(self, name)
            written = None if given is None else f"{day(given, name):%Y-%m-%d}"
            object.__setattr__(self, name, written)  # the way of a frozen dataclass
        if self.start and self.end and self.start > self.end:
            raise ParameterError(f"start must not be after end, got {self.start} and {self.end}")

    def but(self, **changes: Any) -> Scope:
        """Return the same scope with some fields changed."""
        return replace(self, **changes)

    @property
    def is_whole(self) -> bool:
        """Return whether the work of all operators, in all districts, for all uses is asked for."""
        return (self.district, self.operator, self.land_use) == (WHOLE, WHOLE, WHOLE)

    @property
    def name(self) -> str:
        """Return a short name of the part asked for."""
        chosen = [code for code in (self.operator, self.district, self.land_use) if code != WHOLE]
        return ", ".join(chosen) or WHOLE
