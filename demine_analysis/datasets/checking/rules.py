"""What a cell or row may hold, as pandera checks on text cells, each with its words for a message.

Cells are checked as the text in the file, so that a message can show what stands there and so
that nothing (a date, a number with a thousands separator) is guessed into another value.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pandas as pd
import pandera.pandas as pa

from demine_analysis import vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

ID = r"[^\s,;]+"
COUNT = r"[0-9]{1,15}"
_URL = r"https?://[^\s/?#@]+\.[^\s/?#@]+(?:[/?#]\S*)?"
_NUMBER = r"[0-9]+(?:\.[0-9]+)?"
_DATE = r"(?:19|20)[0-9]{2}(?:-[0-9]{2}(?:-[0-9]{2})?)?"
_DATE_WITHOUT_YEAR = r"--(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
_DAY, _MONTH, _YEAR = (len(each) for each in ("2024-04-30", "2024-04", "2024"))
_CONTROL = "[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]"
_FORMULA = r"[=+\-@\t\r]"
_SIGNED_NUMBER = r"[+\-]?[0-9][0-9.,\s]*(?:[^\W\d_][\w\s²%]*)?"

_A_NUMBER = (
    "must be a number, zero or more, with a decimal point and no thousands separator, as 1639.6"
)
_A_COUNT = "must be a count, zero or more, without decimals and thousands separator, as 1639"
_AN_URL = "must be an address that starts with http:// or https:// and names a host"
_NO_FORMULA = "must be text, not a spreadsheet formula; it starts with =, +, - or @"
_ONE_LINE = "must be one line without control characters"

# Stands between the column that a check of whole rows blames and what is allowed there.
BLAMES = "\x1f"


def is_url(text: str) -> bool:
    """Return whether a text is an address of a page."""
    return re.fullmatch(_URL, text) is not None


def _column(*rules: tuple[Callable[[pd.Series[str]], Any], str]) -> pa.Column:
    return pa.Column(checks=[pa.Check(holds, error=allowed) for holds, allowed in rules])


def matching(pattern: str, allowed: str, *, required: bool = True) -> pa.Column:
    """Return a column whose cells match a pattern as a whole."""
    whole = pattern if required else f"(?:{pattern})?"
    return _column((lambda cells: cells.str.fullmatch(whole), allowed))


def identifier() -> pa.Column:
    """Return a column of ids, each there once."""
    return _column(
        (
            lambda cells: cells.str.fullmatch(ID),
            "must be an id without spaces, commas or semicolons",
        ),
        (_not_formula, _NO_FORMULA),
        (_one_line, _ONE_LINE),
        (
            lambda cells: ~cells.duplicated(),
            "must be there once in the file, the id is there before",
        ),
    )


def one_of(codes: Collection[str], allowed: str, *, required: bool = True) -> pa.Column:
    """Return a column of codes."""
    choices = [*codes] if required else [*codes, ""]
    return _column((lambda cells: cells.isin(choices), allowed))


def text(*, required: bool = False) -> pa.Column:
    """Return a column of free text, which may not be a spreadsheet formula."""
    named = [(_filled, "must not be empty"), (_one_line, _ONE_LINE)] if required else []
    return _column((_not_formula, _NO_FORMULA), *named)


def districts() -> pa.Column:
    """Return a column of one district, or several joined by semicolons, each once."""
    allowed = "must be all, one name, or several names joined by ;, each there once"
    return _column(
        (_not_formula, _NO_FORMULA),
        (_filled, "must not be empty"),
        (_one_line, _ONE_LINE),
        (lambda cells: each(cells, _are_districts), allowed),
    )


def each(cells: pd.Series[str], answer: Callable[[str], Any]) -> pd.Series[Any]:
    """Return what a function says of each cell, asked once for each text that is there."""
    return cells.map({text: answer(text) for text in cells.unique()})


def _are_districts(cell: str) -> bool:
    names = [vocabulary.plain(name) for name in cell.split(";")]
    joined = len(names) > 1
    return all(names) and len(set(names)) == len(names) and not (joined and vocabulary.ALL in names)


def _filled(cells: pd.Series[str]) -> pd.Series[bool]:
    return cells.str.strip() != ""


def _one_line(cells: pd.Series[str]) -> pd.Series[bool]:
    return ~cells.str.contains(_CONTROL)


def url() -> pa.Column:
    """Return a column of addresses of pages."""
    return matching(_URL, _AN_URL)


def number(pattern: str = _NUMBER, *, required: bool = True) -> pa.Column:
    """Return a column of numbers, zero or more."""
    allowed = _A_COUNT if pattern == COUNT else _A_NUMBER
    whole = pattern if required else f"(?:{pattern})?"
    return _column((lambda cells: cells.str.fullmatch(whole) & _finite(cells), allowed))


def date(*, required: bool = False, year: bool = True) -> pa.Column:
    """Return a column of days, months or years; `year=False` allows --MM-DD without a year."""
    allowed = (
        "must be a date that exists, written YYYY-MM-DD, or YYYY-MM or YYYY where the day is not "
        "known, from 1900 to 2099" + ("" if required else ", or empty")
    )
    return _column((lambda cells: _is_date(cells, required=required, year=year), allowed))


def unit_of_metric() -> pa.Check:
    """Return a check that a row has the unit of its metric."""

    def _holds(cells: pd.DataFrame) -> pd.Series[bool]:
        expected = cells["metric"].map(vocabulary.UNIT_OF_METRIC)
        return expected.isna() | (cells["unit"] == expected)

    units = "must be ha for an area, items for a count, kg for a mass and persons for people"
    return _row_check(_holds, "unit", units)


def estimate_of_contamination() -> pa.Check:
    """Return a check that only an estimate of contamination says of what kind it is."""

    def _holds(cells: pd.DataFrame) -> pd.Series[bool]:
        return (cells["estimate"] == "") | (cells["metric"] == "contaminated_area")

    return _row_check(_holds, "estimate", "must be empty where the metric is not contaminated_area")


def not_reversed() -> pa.Check:
    """Return a check that no period ends before it starts."""

    def _holds(cells: pd.DataFrame) -> pd.Series[bool]:
        return ~(first_days(cells["period_start"]) > last_days(cells["period_end"]))

    return _row_check(_holds, "period_end", "must not be before period_start")


def years_in_order() -> pa.Check:
    """Return a check that no span of years ends before it starts."""

    def _holds(cells: pd.DataFrame) -> pd.Series[bool]:
        return ~(cells["first_year"] > cells["last_year"])

    return _row_check(_holds, "last_year", "must not be before first_year")


def longest(period: str, days: int) -> pa.Check:
    """Return a check that a kind of period has at most so many days, both ends counted."""

    def _holds(cells: pd.DataFrame) -> pd.Series[bool]:
        length = (dates(cells["period_end"]) - dates(cells["period_start"])).dt.days + 1
        return ~((cells["period"] == period) & (length > days))

    allowed = f"must be at most {days} days from period_start, both counted, for a {period}"
    return _row_check(_holds, "period_end", allowed)


def _row_check(
    holds: Callable[[pd.DataFrame], pd.Series[bool]], column: str, allowed: str
) -> pa.Check:
    return pa.Check(holds, error=column + BLAMES + allowed)


def _not_formula(cells: pd.Series[str]) -> pd.Series[bool]:
    return ~cells.str.match(_FORMULA) | cells.str.fullmatch(_SIGNED_NUMBER)


def _finite(cells: pd.Series[str]) -> pd.Series[bool]:
    return pd.to_numeric(cells, errors="coerce").abs() != float("inf")


def _is_date(cells: pd.Series[str], *, required: bool, year: bool) -> pd.Series[bool]:
    good = cells.str.fullmatch(_DATE) & first_days(cells).notna()
    if not required:
        good |= cells == ""
    return good if year else good | cells.str.fullmatch(_DATE_WITHOUT_YEAR)


def first_days(cells: pd.Series[str]) -> pd.Series[pd.Timestamp]:
    """Return the first day that each cell may mean: 1 April for 2024-04, 1 January for 2018."""
    day = cells.where(cells.str.len() != _MONTH, cells + "-01")
    return dates(day.where(cells.str.len() != _YEAR, cells + "-01-01"))


def last_days(cells: pd.Series[str]) -> pd.Series[pd.Timestamp]:
    """Return the last day that each cell may mean: 30 April for 2024-04, 31 December for 2018."""
    day = first_days(cells)
    month = day.where(cells.str.len() != _MONTH, day + pd.offsets.MonthEnd(1))
    return month.where(cells.str.len() != _YEAR, day + pd.offsets.YearEnd(1))


def exact_days(cells: pd.DataFrame) -> pd.Series[bool]:
    """Return whether each row says which days it counts, from its first to its last.

    A month or year by itself is one where the row counts just that. A running total may begin in
    a month or year, as nothing was done before it began, or on a day that its page does not say.
    """
    start, end = cells["period_start"], cells["period_end"]
    whole = (cells["period"] == "month") & (start.str.len() == _MONTH)
    whole |= (cells["period"] == "year") & (start.str.len() == _YEAR)
    begins = (start.str.len() == _DAY) | (cells["period"] == "cumulative")
    return (end.str.len() == _DAY) & begins | whole & (start == end)


def dates(cells: pd.Series[str]) -> pd.Series[pd.Timestamp]:
    """Return text cells as dates; NaT where a cell is empty or no date."""
    return pd.to_datetime(cells, format="%Y-%m-%d", errors="coerce")
