"""Sentences from interval frames: medians, 80% intervals, and changes between years."""

from __future__ import annotations

import pandas as pd

from demine_analysis.scope import WHOLE
from demine_analysis.wording import formats
from demine_analysis.wording.language import translate as _

from .common import missing, single_operators_only

_DECEMBER, _LAST_DAY = 12, 31
_ROUNDED = 0.1
"""Share of a total by which a printed one may differ that is only rounded, or "over" a number."""
_PEOPLE = ("lower_80", "median", "upper_80")


def direction(lower: float, upper: float) -> str:
    """Return which way a change went whose interval is given: ``up``, ``down`` or ``unclear``."""
    if lower > 0:
        return "up"
    return "down" if upper < 0 else "unclear"


def last_year(frame: pd.DataFrame) -> int:
    """Return the last year of an annual interval frame that is counted to its end; 0: none is."""
    days = pd.DatetimeIndex(frame["through"])
    whole = frame[(days.month == _DECEMBER) & (days.day == _LAST_DAY)]
    return int(pd.Timestamp(str(whole.index[-1])).year) if len(whole) else 0


def quarterly_victims(frame: pd.DataFrame) -> str:
    """Return the quarter with most mine victims, and the latest, as from `quarterly_victims`."""
    total = frame[frame["kind"] == "total"]
    if total.empty:
        return missing(_("number of mine victims by date"))
    worst = int(total["median"].argmax())
    words = _("Most people were harmed in {worst}: {most}; in {last}, up to {day}: {latest}.")
    return words.format(
        worst=quarter(total, worst),
        most=_people(total.iloc[worst]),
        last=quarter(total, len(total) - 1),
        day=formats.date(total["through"].iloc[-1]),
        latest=_people(total.iloc[-1]),
    )


def quarter(frame: pd.DataFrame, position: int) -> str:
    """Return a quarter as 2024 Q3."""
    return formats.quarter(pd.DatetimeIndex(frame.index)[position])


def _people(row: pd.Series) -> str:
    """Return a number of people with its 80% interval: whole people, however narrow it is."""
    low, middle, high = (formats.number(row[name], step=1) for name in _PEOPLE)
    return middle if low == high else f"{middle} ({low} – {high})"


def unlike(frame: pd.DataFrame, published: pd.DataFrame) -> str:
    """Return which published totals of everybody's year the series does not bear out, if any.

    Parameters
    ----------
    frame : DataFrame
        Annual interval frame.
    published : DataFrame
        As from `published.annual`.
    """
    printed = published[published["operator"] == WHOLE].join(frame, how="inner")
    far = (printed["value"] < printed["lower_95"]) | (printed["value"] > printed["upper_95"])
    rounded = (printed["value"] / printed["median"] - 1).abs() < _ROUNDED
    years = ", ".join(str(day.year) for day in printed.index[far & ~rounded])
    if not years:
        return ""
    words = _("What is printed for {years} lies far from that: it counts other work, or is wrong.")
    return words.format(years=years)


def set_aside(frame: pd.DataFrame, fitted: pd.DataFrame, published: pd.DataFrame) -> str:
    """Return how many figures the series rests on, and how many of them the others contradict.

    Parameters
    ----------
    frame, fitted : DataFrame
        As from `Series.set_aside` and `Series.fitted`.
    published : DataFrame
        The figures of the scope, as from `published.select`.
    """
    if fitted.empty:
        return ""
    count, of_all = fitted.index.nunique(), len(published)
    said = _("The series is fitted to {fitted} of {all} published figures of this scope.")
    said += " " + _("Weeks without a notice follow from longer totals.")
    if count < of_all:
        said += " " + _("The others count part of the work, or do not tell their days.")
    said += " " + (
        _("Of those fitted, {n} contradict the rest; they are listed below and hardly counted.")
        if len(frame)
        else _("None of them contradicts the rest.")
    )
    return said.format(
        fitted=formats.number(count),
        all=formats.number(of_all),
        n=formats.number(frame.index.nunique()),
    )


def largest_month(frame: pd.DataFrame, published: pd.DataFrame | None = None) -> str:
    """Return the month with the largest total, reconciled or, without a series, published.

    Parameters
    ----------
    frame : DataFrame
        As from `Series.monthly` or `published.monthly`.
    published : DataFrame, optional
        All published months, those of single operators among them, which are not compared.
    """
    if frame.empty:
        if published is not None and len(published):
            return single_operators_only()
        return missing(_("total for a month"))
    column = "median" if "median" in frame else "value"
    best = frame.index[int(frame[column].argmax())]
    return _("{month} was the largest month.").format(month=formats.month(pd.Timestamp(str(best))))


def years_in_a_row(frame: pd.DataFrame) -> str:
    """Return how the last whole years follow each other, as from `Series.annual`.

    Notes
    -----
    The first year is left out: figures may start in its midst. A year in the 80% interval of the
    one before ends a row, since it may have brought as much.
    """
    known = frame[frame["through"].dt.year <= last_year(frame)].iloc[1:]
    whole = known["median"]
    if whole.empty:
        return _("There is no second whole year to compare.")
    years = [int(day.year) for day in pd.DatetimeIndex(whole.index)]
    steps = whole.diff().iloc[1:]
    alike = whole.between(known["lower_80"].shift(), known["upper_80"].shift()).iloc[1:]
    run = 0
    for step, unclear in zip(reversed(steps.to_list()), reversed(alike.to_list()), strict=True):
        if unclear or (step > 0) != (steps.iloc[-1] > 0):
            break
        run += 1
    if run >= 2:  # noqa: PLR2004 - one year does not make a row
        words = (
            _("Each year since {year} brought more than the one before.")
            if steps.iloc[-1] > 0
            else _("Each year since {year} brought less than the one before.")
        )
        return words.format(year=formats.year(years[-run]))
    best = years[int(whole.argmax())]
    return _("{year} brought the most of all whole years.").format(year=formats.year(best))
