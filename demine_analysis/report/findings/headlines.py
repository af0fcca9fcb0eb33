"""Headline figures at the top of a report: the figure, what it is, and its interval."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from demine_analysis.wording import formats
from demine_analysis.wording.language import translate as _

from .common import as_reference, unit
from .estimates import change as change_in_words
from .estimates import last_year
from .pace import weeks_of

_DECEMBER = 12
_MOST = 6
_WEEK = pd.Timedelta(days=6)


class Fact(NamedTuple):
    """A headline figure.

    Parameters
    ----------
    figure, what, note : str
        As text: the number, what it counts, and its interval or day.
    name : str
        By which the index of a site knows it; empty for those that only their page shows.
    chart : str
        Name of the chart of the same report that shows it.
    """

    figure: str
    what: str
    note: str
    name: str = ""
    chart: str = ""


NOTHING = Fact("", "", "")


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
    words = _("in all, {unit}").format(unit=unit(metric))
    rows = [interval_fact(total.tail(1), words, name="total", chart="running-total")]
    year = last_year(years)
    if year:
        row = years[pd.DatetimeIndex(years.index).year == year]
        words = _("in {year}, {unit}").format(year=formats.year(year), unit=unit(metric))
        rows.append(interval_fact(row, words, name="year", chart="by-year"))
        rows.append(NOTHING if change.empty else _change_fact(change, year))
    rows.append(_begun_fact(years, metric))
    stands = running[~running["set_aside"]].tail(1)
    for day, value in zip(stands.index, stands["value"], strict=True):
        words = _("last published total, {unit}").format(unit=unit(metric))
        note = _("for the days up to {day}").format(day=formats.date(day))
        rows.append(Fact(formats.printed(value), words, note))
    rows += _items_fact(ordnance) + _victims_fact(victims)
    return [row for row in rows if row[0]][:_MOST]


def _begun_fact(years: pd.DataFrame, metric: str) -> Fact:
    """Return the last year, where it is not counted to its end."""
    row = years.tail(1)
    if row.empty or row.index[0].year == last_year(years):
        return NOTHING
    day = formats.date(row["through"].iloc[0])
    words = _("from January to {day}, {unit}").format(day=day, unit=unit(metric))
    return interval_fact(row, words, name="year_to_date", chart="by-year")


def data_facts(aside: pd.DataFrame, fitted: pd.DataFrame, observed: pd.Series) -> list[Fact]:
    """Return how far the data carry a series: figures set aside, and weeks with a notice.

    Parameters
    ----------
    aside, fitted : DataFrame
        As from `Series.set_aside` and `Series.fitted`.
    observed : Series
        As from `Series.observed`.
    """
    if observed.empty:
        return []
    out_of = _("of {n} used").format(n=formats.number(fitted.index.nunique()))
    share = formats.percent(float(observed.mean()))
    weeks = _("{seen} of {n}").format(
        seen=formats.number(int(observed.sum())), n=formats.number(len(observed))
    )
    number = formats.number(aside.index.nunique())
    return [
        Fact(number, _("figures set aside"), out_of, "set_aside", "how-sure"),
        Fact(share, _("of weeks have a notice of their own"), weeks, "weeks_observed", "how-sure"),
    ]


def interval_fact(row: pd.DataFrame, what: str, *, name: str = "", chart: str = "") -> Fact:
    """Return one row of an interval frame as a headline figure; without a row it is empty."""
    if row.empty:
        return NOTHING
    median, lower, upper = row.iloc[0][["median", "lower_80", "upper_80"]]
    step = formats.step_of(lower, upper)
    note = _("80% interval {interval}").format(interval=formats.interval(lower, upper))
    return Fact(formats.number(median, step=step), what, note, name, chart)


def _change_fact(change: pd.DataFrame, year: int) -> Fact:
    words = _("in {year} against {before}").format(
        year=formats.year(year), before=formats.year(year - 1)
    )
    share = formats.percent(change["median"].iloc[0], signed=True)
    return Fact(share, words, change_in_words(change, as_reference(year - 1)))


def _items_fact(ordnance: pd.DataFrame) -> list[Fact]:
    if ordnance.empty:
        return []
    year = ordnance[ordnance.index == ordnance.index.max()]
    words = _("items found in {year}, as published").format(year=formats.year(year.index[0].year))
    return [Fact(formats.number(year["value"].sum()), words, "")]


def _victims_fact(victims: pd.DataFrame) -> list[Fact]:
    used = victims[~victims["set_aside"]].tail(1)
    return [
        Fact(
            formats.number(total),
            _("mine victims since {first}").format(first=formats.date(first)),
            formats.date(day),
        )
        for day, total, first in zip(used.index, used["total"], used["since"], strict=True)
    ]


def outlook_facts(line: pd.DataFrame, plans: pd.DataFrame) -> list[Fact]:
    """Return the headline figures where nothing is projected: a straight line, the latest plan.

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
            Fact(formats.interval(low, high), _("hectares left, by estimate"), ""),
            Fact(rate, _("hectares a day, mean of the last 52 published weeks"), ""),
            Fact(f"{first} – {last}", _("cleared at that pace, by estimate"), ""),
        ]
    whole = plans[plans["district"].eq("all") & plans["land_use"].eq("all")]
    for plan in whole.sort_values("published").tail(1).to_dict("records"):
        words = _("hectares by {day}, the latest plan").format(day=formats.date(plan["period_end"]))
        rows.append(Fact(formats.printed(plan["value"]), words, formats.date(plan["published"])))
    return rows


def projection_facts(
    *,
    metric: str = "area_cleared",
    total: pd.DataFrame,
    years: pd.DataFrame,
    dates: pd.DataFrame,
    plans: pd.DataFrame,
    scenario: str = "status_quo",
) -> list[Fact]:
    """Return the headline figures of a projection; what is not known is left out.

    Parameters
    ----------
    metric : str
        What is counted.
    total, years, dates, plans : DataFrame
        As from `Outlook.by_horizon`, `annual`, `dates` and `plans`.
    scenario : str
        What is assumed; only figures of the status quo stand in the index of a site.
    """
    rows = [_this_years_plan(plans)]
    for day in pd.DatetimeIndex(years.index[:1]):
        words = _("{unit} in {year}, partly projected").format(
            unit=unit(metric), year=formats.year(day.year)
        )
        rows.append(interval_fact(years.head(1), words))
    for day in pd.DatetimeIndex(total.index[-1:]):
        words = _("{unit} in all by {day}").format(unit=unit(metric), day=formats.date(day))
        rows.append(interval_fact(total.tail(1), words, name="horizon", chart="fan"))
    rows.append(_completion_fact(dates))
    named = [row if scenario == "status_quo" else row._replace(name="") for row in rows]
    return [row for row in named if row[0]]


def _this_years_plan(plans: pd.DataFrame) -> Fact:
    """Return the chance of the country's latest plan for one calendar year that is not over."""
    if plans.empty:
        return NOTHING
    first, last = plans["period_start"], plans["period_end"]
    year = first.dt.year.eq(last.dt.year) & first.dt.day_of_year.eq(1) & last.dt.month.eq(_DECEMBER)
    whole = plans["operator"].eq("all") & plans["district"].eq("all") & plans["land_use"].eq("all")
    chosen = plans[year & whole & plans["outcome"].eq("open")].sort_values(
        ["period_end", "published"]
    )
    if chosen.empty:
        return NOTHING
    plan = chosen[chosen["period_end"].eq(chosen["period_end"].iloc[0])].iloc[-1]
    words = _("probability that {year} reaches its plan").format(
        year=formats.year(plan["period_end"].year)
    )
    note = _("{area} ha, announced on {day}").format(
        area=formats.printed(plan["planned"]), day=formats.date(plan["published"])
    )
    return Fact(formats.probability(plan["probability"]), words, note, "plan", "plans")


def _completion_fact(dates: pd.DataFrame) -> Fact:
    """Return when clearance is as likely as not complete, over all estimates."""
    if dates.empty or pd.isna(dates["median"].iloc[-1]):
        return NOTHING
    row = dates.iloc[-1]
    ends = [
        _("later") if pd.isna(row[name]) else formats.month(row[name])
        for name in ("lower_80", "upper_80")
    ]
    note = _("80% interval {interval}").format(interval=" – ".join(ends))
    words = _("as likely as not all cleared by")
    return Fact(formats.month(row["median"]), words, note, "completion", "completion")


def rate_facts(
    *,
    metric: str,
    window: str,
    rolling: pd.DataFrame,
    year: pd.DataFrame,
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
    year : DataFrame
        As `rolling`, over 52 weeks.
    """
    words = _("{unit} a day, last {n} weeks")
    spans = {weeks_of(window): (rolling, ""), 52: (year, "pace")}
    rows = [
        interval_fact(
            frame.tail(1), words.format(unit=unit(metric), n=n), name=name, chart="years-compared"
        )
        for n, (frame, name) in spans.items()
    ]
    rows += [_change_fact(change, year) for year in pd.DatetimeIndex(change.index).year]
    for through in this_year["through"]:
        same = _("the same days of {year}").format(year=formats.year(through.year - 1))
        share = formats.percent(this_year["median"].iloc[0], signed=True)
        words = _("this year, up to {day}").format(day=formats.date(through))
        rows.append(Fact(share, words, change_in_words(this_year, same)))
    if len(coverage):
        share = formats.percent(coverage["kind"].eq("week").mean())
        rows.append(Fact(share, _("of weeks have a notice of their own"), ""))
    return [row for row in rows if row[0]]
