"""Headline figures at the top of a report: the figure, what it is, and its interval."""

from __future__ import annotations

import pandas as pd

from demine_analysis import formats
from demine_analysis.language import translate as _

from .common import unit
from .estimates import change as change_in_words
from .estimates import last_year
from .pace import weeks_of

Fact = tuple[str, str, str]


def trend_facts(
    *,
    metric: str,
    total: pd.DataFrame,
    years: pd.DataFrame,
    change: pd.DataFrame,
    running: pd.DataFrame,
    ordnance: pd.DataFrame,
    victims: pd.DataFrame,
) -> list[Fact]:
    """Return the headline figures of the trend report; what is not known is left out.

    Parameters
    ----------
    metric : str
        What is counted.
    total, years, change : DataFrame
        As from `Series.cumulative`, `Series.annual` and `Series.change`.
    running, ordnance, victims : DataFrame
        As from `published`.
    """
    rows = [interval_fact(total.tail(1), _("in all, {unit}").format(unit=unit(metric)))]
    year = last_year(years)
    if year:
        row = years[pd.DatetimeIndex(years.index).year == year]
        rows.append(interval_fact(row, _("in {year}, {unit}").format(year=year, unit=unit(metric))))
        rows.append(("", "", "") if change.empty else _change_fact(change, year))
    stands = running[~running["set_aside"]].tail(1)
    for day, value in zip(stands.index, stands["value"], strict=True):
        words = _("last published total, {unit}").format(unit=unit(metric))
        rows.append((formats.printed(value), words, formats.date(day)))
    rows += _items_fact(ordnance) + _victims_fact(victims)
    return [row for row in rows if row[0]][:5]


def interval_fact(row: pd.DataFrame, what: str) -> Fact:
    """Return one row of an interval frame as a headline figure; without a row it is empty."""
    if row.empty:
        return "", "", ""
    median, lower, upper = row.iloc[0][["median", "lower_80", "upper_80"]]
    step = formats.step_of(lower, upper)
    note = _("80% interval {interval}").format(interval=formats.interval(lower, upper))
    return formats.number(median, step=step), what, note


def _change_fact(change: pd.DataFrame, year: int) -> Fact:
    words = _("in {year} against {before}").format(year=year, before=year - 1)
    return (
        formats.percent(change["median"].iloc[0], signed=True),
        words,
        change_in_words(change, str(year - 1)),
    )


def _items_fact(ordnance: pd.DataFrame) -> list[Fact]:
    if ordnance.empty:
        return []
    year = ordnance[ordnance.index == ordnance.index.max()]
    words = _("items found in {year}, as published").format(year=year.index[0].year)
    return [(formats.number(year["value"].sum()), words, "")]


def _victims_fact(victims: pd.DataFrame) -> list[Fact]:
    used = victims[~victims["set_aside"]].tail(1)
    return [
        (formats.number(total), _("mine victims since November 2020"), formats.date(day))
        for day, total in zip(used.index, used["total"], strict=True)
    ]


def outlook_facts(line: pd.DataFrame, plans: pd.DataFrame) -> list[Fact]:
    """Return the headline figures of a straight line and of the latest plan.

    Parameters
    ----------
    line, plans : DataFrame
        As from `published.straight_line` and `published.announced_plans`.
    """
    rows: list[Fact] = []
    if len(line):
        low, high = line["remaining"].min(), line["remaining"].max()
        first, last = line["completion"].min().year, line["completion"].max().year
        rate = formats.number(line["rate"].iloc[0], step=1)
        rows += [
            (formats.interval(low, high), _("hectares left, by estimate"), ""),
            (rate, _("hectares a day, mean of the last 52 published weeks"), ""),
            (f"{first} – {last}", _("cleared at that pace, by estimate"), ""),
        ]
    whole = plans[plans["district"].eq("all") & plans["land_use"].eq("all")]
    for plan in whole.sort_values("published").tail(1).to_dict("records"):
        words = _("hectares by {day}, the latest plan").format(day=formats.date(plan["period_end"]))
        rows.append((formats.printed(plan["value"]), words, formats.date(plan["published"])))
    return rows


def rate_facts(
    *,
    metric: str,
    window: str,
    rolling: pd.DataFrame,
    change: pd.DataFrame,
    this_year: pd.DataFrame,
    coverage: pd.DataFrame,
) -> list[Fact]:
    """Return the headline figures of the clearance-rate report.

    Parameters
    ----------
    metric : str
        What is counted.
    window : str
        Length of the rolling mean, such as 4W.
    rolling, change, this_year, coverage : DataFrame
        As from the methods of `Series`.
    """
    words = _("{unit} a day, last {n} weeks").format(unit=unit(metric), n=weeks_of(window))
    rows = [interval_fact(rolling.tail(1), words)]
    rows += [_change_fact(change, year) for year in pd.DatetimeIndex(change.index).year]
    for through in this_year["through"]:
        same = _("in the same days of {year}").format(year=through.year - 1)
        share = formats.percent(this_year["median"].iloc[0], signed=True)
        words = _("this year, up to {day}").format(day=formats.date(through))
        rows.append((share, words, change_in_words(this_year, same)))
    if len(coverage):
        share = formats.percent(coverage["kind"].eq("week").mean())
        rows.append((share, _("of weeks have a notice of their own"), ""))
    return [row for row in rows if row[0]]
