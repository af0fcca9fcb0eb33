"""Sentences from interval frames: medians, 80% intervals, and changes between years."""

from __future__ import annotations

import pandas as pd

from demine_analysis.wording import formats
from demine_analysis.wording.language import translate as _

from .common import as_reference, missing, unit

_DECEMBER, _LAST_DAY = 12, 31
_PEOPLE = ("lower_80", "median", "upper_80")


def direction(lower: float, upper: float) -> str:
    """Return which way a change went whose interval is given: ``up``, ``down`` or ``unclear``."""
    if lower > 0:
        return "up"
    return "down" if upper < 0 else "unclear"


def change(frame: pd.DataFrame, before: str) -> str:
    """Return a relative change in words, with its 80% interval, for instance against a year.

    Parameters
    ----------
    frame : DataFrame
        One row of an interval frame: 0.1 is 10% more. Without a row the text is empty.
    before : str
        What it is compared with.
    """
    if frame.empty:
        return ""
    row = frame.iloc[0]
    words = {
        "up": _("{percent} more than {before} (80% interval {lower} to {upper})"),
        "down": _("{percent} less than {before} (80% interval {lower} to {upper})"),
        "unclear": _("no clear change against {before} (80% interval {lower} to {upper})"),
    }[direction(row["lower_80"], row["upper_80"])]
    return words.format(
        percent=formats.percent(abs(row["median"])),
        before=before,
        lower=formats.percent(row["lower_80"], signed=True),
        upper=formats.percent(row["upper_80"], signed=True),
    )


def estimate(row: pd.Series, metric: str) -> str:
    """Return a row of an interval frame in words: median, unit and 80% interval."""
    step = formats.step_of(row["lower_80"], row["upper_80"])
    return _("{total} {unit} (80% interval {interval})").format(
        total=formats.number(row["median"], step=step),
        unit=unit(metric),
        interval=formats.interval(row["lower_80"], row["upper_80"]),
    )


def last_year(frame: pd.DataFrame) -> int:
    """Return the last year of an annual interval frame that is counted to its end; 0: none is."""
    days = pd.DatetimeIndex(frame["through"])
    whole = frame[(days.month == _DECEMBER) & (days.day == _LAST_DAY)]
    return int(pd.Timestamp(str(whole.index[-1])).year) if len(whole) else 0


def annual_estimate(frame: pd.DataFrame, compared: pd.DataFrame, metric: str) -> str:
    """Return what the last whole year came to, and how it compares with the one before.

    Parameters
    ----------
    frame : DataFrame
        As from `Series.annual`.
    compared : DataFrame
        As from `Series.change` for `last_year(frame)`.
    metric : str
        What is counted.
    """
    year = last_year(frame)
    if not year:
        return missing(_("whole year"))
    said = _("{year}: {total}").format(
        year=formats.year(year),
        total=estimate(frame[frame["through"].dt.year == year].iloc[0], metric),
    )
    versus = change(compared, as_reference(year - 1))
    return f"{said}, {versus}." if versus else f"{said}."


def year_to_date(compared: pd.DataFrame) -> str:
    """Return how a year that has not ended compares with the same days of the year before."""
    if compared.empty:
        return ""
    through = pd.Timestamp(compared["through"].iloc[0])
    same_days = _("the same days of {year}").format(year=formats.year(through.year - 1))
    return _("From January to {day}: {change}.").format(
        day=formats.date(through), change=change(compared, same_days)
    )


def running_estimate(frame: pd.DataFrame, metric: str, through: pd.Timestamp) -> str:
    """Return the reconciled running total of an interval frame on its last day."""
    if frame.empty:
        return missing(_("running total"))
    return _("{total} in all up to {day}.").format(
        total=estimate(frame.iloc[-1], metric), day=formats.date(through)
    )


def how_sure(frame: pd.DataFrame, metric: str) -> str:
    """Return how one total is to be read, as from `Series.annual`."""
    year = last_year(frame)
    if not year:
        return missing(_("whole year"))
    row = frame[pd.DatetimeIndex(frame.index).year == year].iloc[0]
    return _("What an interval means: {year} came to {total}.").format(
        year=formats.year(year), total=estimate(row, metric)
    )


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


def coverage(observed: pd.Series) -> str:
    """Return how many weeks have a notice of their own, as from `Series.observed`."""
    if observed.empty:
        return ""
    return _(
        "Weeks with a published notice of their own: {seen} of {n}. The other {share} rest on "
        "longer totals and on the season."
    ).format(
        n=formats.number(len(observed)),
        seen=formats.number(int(observed.sum())),
        share=formats.percent(1 - observed.mean()),
    )


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
    if count < of_all:
        said += " " + _("The others count part of the work, or do not tell their days.")
    said += " " + (
        _(
            "Of those fitted, {n} contradict the rest: set aside, that is listed below and hardly "
            "counted."
        )
        if len(frame)
        else _("None of them contradicts the rest.")
    )
    return said.format(
        fitted=formats.number(count),
        all=formats.number(of_all),
        n=formats.number(frame.index.nunique()),
    )


def monthly_estimate(frame: pd.DataFrame, metric: str) -> str:
    """Return the month with the largest reconciled total."""
    if frame.empty:
        return missing(_("total for a month"))
    best = int(frame["median"].argmax())
    return _("The largest month is {month}: {total}.").format(
        month=formats.month(pd.Timestamp(str(frame.index[best]))),
        total=estimate(frame.iloc[best], metric),
    )
