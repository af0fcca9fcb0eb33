"""A statement as it was read from a text."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Draft:
    """A statement as it was read from a text; the names of a row in `statements.csv`.

    `start` and `end` are the place in the text, `confidence` lies between 0 and 1, `reason` says in
    words what was assumed, and `plain` whether nothing was: work done, an exact number, printed
    days. `ends_with_month` says that the last day is that of a page of which only the month is
    known. `month_only` says that the days are some of the month whose first and last they are,
    and `guessed` that the page tells none.
    """

    metric: str
    value: float
    unit: str
    qualifier: str
    status: str
    period: str
    period_start: dt.date | None
    period_end: dt.date | None
    operator: str
    district: str
    land_use: str
    printed: str
    start: int
    end: int
    confidence: float
    reason: str
    estimate: str = ""
    plain: bool = False
    month_only: bool = False
    guessed: bool = False
    ends_with_month: bool = False
