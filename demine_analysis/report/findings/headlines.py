"""Headline figures at the top of a report: the figure, what it is, and its interval."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from demine_analysis.vocabulary import UNIT_OF_METRIC
from demine_analysis.wording import formats
from demine_analysis.wording.language import translate as _

from .common import unit

_DECEMBER = 12
_ENDS = ("lower_80", "upper_80")
#: A reader takes in three figures at a glance.
_MOST = 3


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
    through: pd.Timestamp,
    running: pd.DataFrame,
    ordnance: pd.DataFrame,
    victims: pd.DataFrame,
) -> list[Fact]:
    """Return the headline figures of the trend report; what is not known is left out.

    Parameters
    ----------
    metric : str
        What is counted.
    total : DataFrame
        As from `Series.cumulative`.
    through : Timestamp
        The last day that a figure counts.
    running, ordnance, victims : DataFrame
        As from `published`.
    """
    words = _("{unit} in all by {day}")
    rows = [
        interval_fact(
            total.tail(1),
            words.format(unit=unit(metric), day=formats.date(through)),
            name="total",
            chart="running-total",
        )
    ]
    stands = running[~running["set_aside"]].tail(1) if total.empty else running.head(0)
    for day, value in zip(stands.index, stands["value"], strict=True):
        said = words.format(unit=unit(metric), day=formats.date(day))
        rows.append(Fact(formats.printed(value), said, _("as published")))
    rows += _items_fact(ordnance, metric) + _victims_fact(victims)
    return [row for row in rows if row[0]][:_MOST]


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
        Fact(number, _("figures set aside"), out_of, "set_aside"),
        Fact(share, _("of weeks have a notice of their own"), weeks, "weeks_observed"),
    ]


def interval_fact(row: pd.DataFrame, what: str, *, name: str = "", chart: str = "") -> Fact:
    """Return one row of an interval frame as a headline figure; without a row it is empty."""
    if row.empty:
        return NOTHING
    median, lower, upper = row.iloc[0][["median", "lower_80", "upper_80"]]
    step = formats.step_of(lower, upper)
    note = _("very likely {interval}").format(interval=formats.interval(lower, upper))
    return Fact(formats.number(median, step=step), what, note, name, chart)


def change_fact(change: pd.DataFrame, year: int) -> Fact:
    """Return how a year compares with the one before, as from `Series.change`."""
    words = _("in {year} against {before}").format(
        year=formats.year(year), before=formats.year(year - 1)
    )
    lower, upper = (formats.percent(change[end].iloc[0], signed=True) for end in _ENDS)
    note = _("very likely {interval}").format(interval=_between(lower, upper))
    return Fact(formats.percent(change["median"].iloc[0], signed=True), words, note)


def _between(lower: str, upper: str) -> str:
    return _("{lower} to {upper}").format(lower=lower, upper=upper)


def _items_fact(ordnance: pd.DataFrame, metric: str) -> list[Fact]:
    if ordnance.empty or UNIT_OF_METRIC[metric] != "ha":
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
            _("up to {day}").format(day=formats.date(day)),
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
        left = formats.number(low) if low == high else formats.interval(low, high)
        years = formats.year(first) if first == last else f"{first} – {last}"
        rows += [
            Fact(left, _("hectares left, by estimate"), ""),
            Fact(rate, _("hectares a day, mean of the last 52 published weeks"), ""),
            Fact(years, _("cleared at that pace, by estimate"), ""),
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
    # The chance of a year's plan says more of the year than its total.
    rows = [_this_years_plan(plans)]
    for day in pd.DatetimeIndex(years.index[:1]) if not rows[0].figure else ():
        words = _("{unit} in {year}, projected").format(
            unit=unit(metric), year=formats.year(day.year)
        )
        rows.append(interval_fact(years.head(1), words))
    done = _completion_fact(dates)
    # Without a month of completion the report opens with this total.
    for day in pd.DatetimeIndex(total.index[-1:]) if done.figure else ():
        words = _("{unit} in all by {day}").format(unit=unit(metric), day=formats.date(day))
        rows.append(interval_fact(total.tail(1), words, name="horizon", chart="fan"))
    rows.append(done)
    named = [row if scenario == "status_quo" else row._replace(name="") for row in rows]
    return [row for row in named if row.figure]


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
    """Return between which months clearance is very likely complete, over all estimates."""
    if dates.empty or pd.isna(dates["median"].iloc[-1]):
        return NOTHING
    row = dates.iloc[-1]
    ends = [_("later") if pd.isna(row[name]) else formats.month(row[name]) for name in _ENDS]
    return Fact(
        " – ".join(ends), _("very likely all cleared between"), "", "completion", "completion"
    )


def rate_facts(
    *, metric: str, year: pd.DataFrame, change: pd.DataFrame, coverage: pd.DataFrame
) -> list[Fact]:
    """Return the headline figures of the clearance-rate report.

    Parameters
    ----------
    metric : str
        What is counted.
    year : DataFrame
        Interval frame of the rolling mean over 52 weeks.
    change, coverage : DataFrame
        As from the methods of `Series`.
    """
    words = _("{unit} a day over the last 52 weeks").format(unit=unit(metric))
    rows = [interval_fact(year.tail(1), words, name="pace", chart="years-compared")]
    rows += [change_fact(change, each) for each in pd.DatetimeIndex(change.index).year]
    if len(coverage):
        share = formats.percent(coverage["kind"].eq("week").mean())
        rows.append(
            Fact(share, _("of weeks have a notice of their own"), "", "weeks_observed", "coverage")
        )
    return [row for row in rows if row[0]]
