"""The finding that a report opens with: one plain sentence, computed from its frames."""

from __future__ import annotations

import pandas as pd

from demine_analysis.wording import formats
from demine_analysis.wording.language import marked, translate_count
from demine_analysis.wording.language import translate as _

from .common import unit
from .estimates import direction, last_year
from .printed import annual_change, running_total

_LARGE = 100
_WEEKS_A_YEAR = 52
#: What was done, by metric. The number is rounded as its interval allows.
_DONE = {
    "area_cleared": marked("about {n} hectares were cleared"),
    "area_surveyed": marked("about {n} hectares were surveyed"),
    "area_reduced": marked("about {n} hectares were released by technical survey"),
    "area_cancelled": marked("about {n} hectares were cancelled"),
    "area_released": marked("about {n} hectares were released"),
    "area_returned": marked("about {n} hectares were returned to use"),
    "anti_personnel_mines": marked("about {n} anti-personnel mines were found"),
    "anti_vehicle_mines": marked("about {n} anti-vehicle mines were found"),
    "unexploded_ordnance": marked("about {n} items of unexploded ordnance were found"),
    "mines": marked("about {n} mines were found"),
    "explosive_items": marked("about {n} explosive items were found"),
    "aircraft_bombs": marked("about {n} aircraft bombs were found"),
    "improvised_devices": marked("about {n} improvised devices were found"),
    "submunitions": marked("about {n} submunitions were found"),
    "explosive_mass": marked("about {n} kilograms of explosives were disposed of"),
    "risk_education": marked("about {n} people were taught about the risks"),
}


def done(row: pd.Series, metric: str) -> str:
    """Return what an interval frame's row says was done, as a clause with its verb."""
    step = formats.step_of(row["lower_80"], row["upper_80"])
    if row["median"] >= _LARGE:
        step = max(step, 1.0)  # "about 170.0" is no way to say it
    return _(_DONE[metric]).format(n=formats.number(row["median"], step=step))


def trend_opening(
    *,
    metric: str,
    years: pd.DataFrame,
    change: pd.DataFrame,
    this_year: pd.DataFrame,
    annual: pd.DataFrame,
    running: pd.DataFrame,
) -> str:
    """Return what the year of the last figures came to, against the year before.

    Parameters
    ----------
    metric : str
        What is counted.
    years, change, this_year : DataFrame
        As from `Series.annual`, `Series.change` and `Series.this_year`.
    annual, running : DataFrame
        As from `published`, for a selection without a series.
    """
    if years.empty:
        return annual_change(annual, metric) if len(annual) else running_total(running, metric)
    row = years.iloc[-1]
    day = pd.Timestamp(row["through"])
    words = done(row, metric)
    if day.year == last_year(years):
        said = _("In {year}, {done}").format(year=formats.year(day.year), done=words)
        versus = _against(change, formats.year(day.year - 1), same_days=False)
    else:
        first = formats.date(pd.Timestamp(str(years.index[-1])))
        said = _("From {first} to {day}, {done}").format(
            first=first, day=formats.date(day), done=words
        )
        versus = _against(this_year, formats.year(day.year - 1), same_days=True)
    return f"{said}{versus}."


def _against(change: pd.DataFrame, year: str, *, same_days: bool) -> str:
    """Return how a year compares with the one before, after a comma; empty where it cannot be."""
    if change.empty:
        return ""
    row = change.iloc[0]
    way = direction(row["lower_80"], row["upper_80"])
    words = {
        ("up", False): _(", {percent} more than in {year}"),
        ("down", False): _(", {percent} less than in {year}"),
        ("unclear", False): _(", about as much as in {year}"),
        ("up", True): _(", {percent} more than in the same days of {year}"),
        ("down", True): _(", {percent} less than in the same days of {year}"),
        ("unclear", True): _(", about as much as in the same days of {year}"),
    }[way, same_days]
    return words.format(percent=formats.percent(abs(row["median"])), year=year)


def rate_opening(rolling: pd.DataFrame, metric: str, weeks: int) -> str:
    """Return the latest pace against that of the same weeks a year before: the season is the same.

    Parameters
    ----------
    rolling : DataFrame
        Interval frame of the rolling mean over `weeks`, by week, in units a day.
    metric : str
        What is counted.
    weeks : int
        Length of the rolling mean.
    """
    if rolling.empty:
        return _("No pace can be told: no series is reconciled for this selection.")
    now = rolling.iloc[-1]
    said = _("In the last {n} weeks {done} a day").format(n=weeks, done=done(now, metric))
    if len(rolling) <= _WEEKS_A_YEAR or not rolling["median"].iloc[-1 - _WEEKS_A_YEAR] > 0:
        return f"{said}."
    then = rolling.iloc[-1 - _WEEKS_A_YEAR]
    way = direction(now["lower_80"] - then["upper_80"], now["upper_80"] - then["lower_80"])
    words = {
        "up": _(", {percent} more than in the same weeks a year before"),
        "down": _(", {percent} less than in the same weeks a year before"),
        "unclear": _(", about as much as in the same weeks a year before"),
    }[way]
    share = formats.percent(abs(now["median"] / then["median"] - 1))
    return f"{said}{words.format(percent=share)}."


def projection_opening(
    *, metric: str, dates: pd.DataFrame, total: pd.DataFrame, scenario: str, growth: float
) -> str:
    """Return when clearance would be complete, or else what the total would come to.

    Parameters
    ----------
    metric : str
        What is counted.
    dates, total : DataFrame
        As from `Outlook.dates` and `Outlook.by_horizon`.
    scenario, growth : str, float
        What is assumed.
    """
    if total.empty:
        return _("Nothing can be projected for this selection.")
    given = assumption(scenario, growth)
    middle = dates["median"].iloc[-1] if len(dates) else pd.NaT
    if pd.notna(middle):
        return _(
            "{assumption}, the chance is even that all contaminated land is cleared by {month}."
        ).format(assumption=given, month=formats.month(middle))
    last = total.iloc[-1]
    step = formats.step_of(last["lower_80"], last["upper_80"])
    return _("{assumption}, the total will reach about {n} {unit} by {day}.").format(
        assumption=given,
        n=formats.number(last["median"], step=step),
        unit=unit(metric),
        day=formats.date(pd.DatetimeIndex(total.index)[-1]),
    )


def assumption(scenario: str, growth: float) -> str:
    """Return what a scenario assumes, as the first clause of a sentence."""
    words = {
        "status_quo": _("If work goes on as it did in the last year"),
        "growth": _("If capacity changes by {growth} % a year"),
        "pause": _("If work rests for a year and then goes on as before"),
    }
    return words[scenario].format(growth=formats.number(growth))


def audit_opening(found: pd.DataFrame, statements: pd.DataFrame) -> str:
    """Return how many figures look wrong, and how many of them by far."""
    if found.empty:
        return _("None of {all} published figures looks wrong.").format(
            all=formats.number(len(statements))
        )
    far = (found["factor"] > 2) | (found["factor"] < 1 / 2)  # noqa: PLR2004 - "factor of two" below
    said = translate_count(
        "{n} of {all} published figures looks wrong; {far} by more than a factor of two.",
        "{n} of {all} published figures look wrong; {far} by more than a factor of two.",
        len(found),
    )
    return said.format(
        n=formats.number(len(found)),
        all=formats.number(len(statements)),
        far=formats.number(int(far.sum())),
    )
