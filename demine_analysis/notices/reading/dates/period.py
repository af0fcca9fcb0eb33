"""Days that a text speaks of, and which period of the vocabulary they are."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass

ONE = dt.timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """Days that a text speaks of.

    Parameters
    ----------
    start, end : int
        The place of the words.
    first, last : date or None
        The days; None where the words do not tell.
    kind : str
        A period of the vocabulary, or `same` for words such as "in that period".
    sure : float
        How sure the days are, 0 to 1.
    reason : str
        What was assumed.
    explicit : bool
        Whether dates are printed.
    goal : bool
        Whether the words name a day until which something is to be done.
    begins : bool
        Whether they are the programme's words for a beginning.
    month_only : bool
        Whether the days are some of the month, as in "the third week of August".
    as_of : bool
        Whether only the last day is told, as in "as of 15 December".
    compared : bool
        Whether the days are those before, a year earlier: "in the same period last year".
    """

    start: int
    end: int
    first: dt.date | None
    last: dt.date | None
    kind: str
    sure: float = 1.0
    reason: str = ""
    explicit: bool = True
    goal: bool = False
    begins: bool = False
    month_only: bool = False
    as_of: bool = False
    compared: bool = False


def kind_of(first: dt.date, last: dt.date) -> str:
    """Return the period of the vocabulary that two days are."""
    days = (last - first).days + 1
    year = first.year == last.year
    whole = first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]
    months = last.month - first.month + 1 if whole and year else 0
    kinds = {
        "day": days <= 2,
        # Notices of a month may end a few days before it does.
        "month": year and first.day == 1 and first.month == last.month and last.day >= 28,
        # A week's notice ends on its Saturday, its Sunday or the Monday after.
        "week": 7 <= days <= 8 or (days == 6 and first.weekday() == 0),
        "year": months == 12,
        "quarter": months == 3 and first.month % 3 == 1,
        "half_year": months == 6 and first.month in {1, 7},
        "nine_months": months == 9 and first.month == 1,
        "year_to_date": year and first.month == 1 and first.day == 1,
        "other": True,
    }
    return next(kind for kind, true in kinds.items() if true)
