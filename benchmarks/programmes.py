"""Invented clearance programmes: a known weekly truth, and what papers print of it.

Nothing here uses the package's model. The work grows, steps, pauses and stops in winter as
programmes do; notices count the agency's own work or everybody's without saying so; papers round,
repeat each other, and misprint.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

MISPRINTED = 0.03
"""Part of the printed figures that are wrong."""

KINDS_OF_MISPRINT = {"factor_of_ten": 0.6, "thousands": 0.1, "digits": 0.15, "other_week": 0.15}

_PAPERS = ("agency", "gazette", "herald", "courier", "monitor")
_DAY = pd.Timedelta(days=1)


@dataclass(frozen=True)
class Programme:
    """An invented programme.

    Parameters
    ----------
    daily : Series
        True cleared area of all operators by day, ha.
    statements : DataFrame
        What was printed, columns as `load_statements` has them.
    truth : DataFrame
        Index `statement_id`; `correct` (what should have been printed), `misprint` (its kind,
        empty where the figure is right).
    """

    daily: pd.Series
    statements: pd.DataFrame
    truth: pd.DataFrame

    def annual(self) -> pd.Series:
        """Return the true total of each full year."""
        years = pd.DatetimeIndex(self.daily.index).year
        full = [year for year in np.unique(years) if (years == year).sum() >= 365]
        return self.daily.groupby(years).sum().loc[full]


def programme(number: int, *, seed: int = 0, exact: bool = False) -> Programme:
    """Return an invented programme.

    Parameters
    ----------
    number, seed : int
        The same two give the same programme.
    exact : bool
        Whether all figures are exact up to rounding and misprints. By default offices disagree a
        little, as they do: what is checked later is taken back, and a total "to date" may have
        been counted some days before.
    """
    rng = np.random.default_rng([seed, number])
    whole, agency = _work(rng)
    figures = _figures(rng, whole, agency, loose=not exact)
    printed = _papers(rng, figures)
    statements, truth = _misprint(rng, printed)
    return Programme(whole, statements, truth)


def _work(rng: np.random.Generator) -> tuple[pd.Series, pd.Series]:
    """Return the daily work of all, and of the agency alone."""
    start = pd.Timestamp("2020-11-09") + pd.Timedelta(weeks=int(rng.integers(0, 9)))
    weeks = int(rng.integers(160, 260))
    days = pd.date_range(start, periods=7 * weeks, freq="D")
    weekly = _weekly(rng, pd.DatetimeIndex(days[::7]))
    weekday = np.array([1.0, 1, 1, 1, 1, rng.choice([1.0, 0.6]), rng.choice([0.0, 0.3, 1.0])])
    daily = np.outer(weekly, weekday / weekday.sum()).ravel()
    share = np.interp(
        np.arange(weeks),
        [0, weeks * rng.uniform(0.2, 0.5), weeks * rng.uniform(0.6, 1), weeks],
        np.clip(np.cumsum([rng.uniform(0.3, 0.6), *rng.uniform(-0.1, 0.3, 3)]), 0.2, 0.95),
    )
    share = np.clip(share * np.exp(rng.normal(0, rng.uniform(0.08, 0.2), weeks)), 0.05, 1)
    whole = pd.Series(daily, index=days)
    return whole, whole * np.repeat(share, 7)


def _weekly(rng: np.random.Generator, mondays: pd.DatetimeIndex) -> np.ndarray:
    """Return hectares a week: growth, steps, season, good and bad weeks, pauses, winter stops."""
    weeks = len(mondays)
    week = np.arange(weeks)
    level = np.log(rng.uniform(60, 500)) + np.log(rng.uniform(0.9, 1.6)) * week / 52
    for _ in range(rng.integers(0, 4)):
        level = level + np.log(rng.uniform(0.55, 1.9)) * (week >= rng.integers(8, weeks))
    angle = 2 * np.pi * (mondays.day_of_year.to_numpy() - rng.uniform(180, 240)) / 365.25
    season = rng.uniform(0.05, 0.5) * (np.cos(angle) + rng.uniform(0, 0.5) * np.cos(2 * angle))
    work = np.exp(level + season + _uneven(rng, weeks))
    for _ in range(rng.integers(0, 4)):
        pause = int(rng.integers(0, weeks))
        work[pause : pause + int(rng.integers(1, 7))] *= rng.uniform(0, 0.3)
    if rng.random() < 0.4:
        work[mondays.isocalendar().week.isin([1, 52, 53]).to_numpy()] *= rng.uniform(0.1, 0.7)
    return np.asarray(work)


def _uneven(rng: np.random.Generator, weeks: int) -> np.ndarray:
    """Return week effects: correlated from week to week, with some that stand out."""
    spread, carry = rng.uniform(0.15, 0.4), rng.uniform(0, 0.5)
    shocks = spread * rng.standard_t(6, weeks) * np.sqrt(4 / 6)
    effect = np.zeros(weeks)
    for now in range(weeks):
        before = effect[now - 1] if now else 0.0
        effect[now] = carry * before + np.sqrt(1 - carry**2) * shocks[now]
    return effect


def _figures(
    rng: np.random.Generator, whole: pd.Series, agency: pd.Series, *, loose: bool
) -> pd.DataFrame:
    """Return what the institutions announce, one row a figure, to the last digit."""
    silent = _silent_weeks(rng, whole)
    change = whole.index[int(len(whole) * rng.uniform(0.5, 1.0))]
    rows = [
        *_week_rows(rng, whole, silent),
        *_span_rows(rng, whole, "MS", "month", rng.uniform(0.4, 0.9)),
        *_span_rows(rng, whole, "QS", "quarter", rng.uniform(0, 0.3)),
        *_span_rows(rng, whole, "YS", "year", rng.uniform(0.6, 1.0)),
        *_to_date_rows(rng, whole),
        *_cumulative_rows(rng, whole),
    ]
    table = pd.DataFrame(rows, columns=["period", "period_start", "period_end"])
    short = table["period"].isin(["week", "month"])
    own = short & (table["period_end"] < change)
    # The agency's monthly report may already count everybody's work while its weeks do not.
    if rng.random() < 0.5:
        own &= (table["period"] == "week") | (rng.random(len(table)) < 0.5)
    late = short & ~own & (rng.random(len(table)) < 0.5)
    series = np.where(own, "agency", "whole")
    totals = {"agency": agency.cumsum(), "whole": whole.cumsum()}
    late_count = _cut_off(rng, table, loose=loose)
    exact = np.array(
        [
            _between(totals[name], start, end - days * _DAY)
            for name, start, end, days in zip(
                series, table["period_start"], table["period_end"], late_count, strict=True
            )
        ]
    )
    if loose:
        spread = rng.uniform(0, 0.015)
        exact = exact * np.exp(rng.normal(0, spread, len(exact)) * (table["period"] != "week"))
    operator = np.where(own | late, "unstated", "all")
    table = table.assign(exact=exact, operator=operator)
    return table[table["exact"] > 0.5].reset_index(drop=True)


def _cut_off(rng: np.random.Generator, table: pd.DataFrame, *, loose: bool) -> np.ndarray:
    """Return how many days before its printed end each figure was counted."""
    to_date = table["period"].isin(["cumulative", "year_to_date"]).to_numpy()
    late = to_date & (rng.random(len(table)) < 0.3)
    return np.asarray(late * rng.integers(1, 8, len(table)) * int(loose))


def _between(cumulative: pd.Series, start: pd.Timestamp, end: pd.Timestamp) -> float:
    before = cumulative.get(start - _DAY, 0.0)
    return float(cumulative[end] - before)


def _silent_weeks(rng: np.random.Generator, whole: pd.Series) -> np.ndarray:
    """Return which weeks have no notice: some at random, and some stretches."""
    weeks = len(whole) // 7
    silent = rng.random(weeks) > rng.uniform(0.6, 0.95)
    for _ in range(rng.integers(1, 5)):
        first = int(rng.integers(0, weeks))
        silent[first : first + int(rng.integers(3, 16))] = True
    return np.asarray(silent)


def _week_rows(
    rng: np.random.Generator, whole: pd.Series, silent: np.ndarray
) -> list[tuple[str, pd.Timestamp, pd.Timestamp]]:
    last = 6 if whole.iloc[6] > 0 else 5
    mondays = whole.index[::7][~silent]
    ends = [monday + (last if rng.random() < 0.95 else 6) * _DAY for monday in mondays]
    return [("week", monday, end) for monday, end in zip(mondays, ends, strict=True)]


def _span_rows(
    rng: np.random.Generator, whole: pd.Series, frequency: str, period: str, often: float
) -> list[tuple[str, pd.Timestamp, pd.Timestamp]]:
    starts = pd.date_range(whole.index[0], whole.index[-1] + _DAY, freq=frequency)
    spans = zip(starts[:-1], starts[1:] - _DAY, strict=True)
    return [(period, start, end) for start, end in spans if rng.random() < often]


def _to_date_rows(
    rng: np.random.Generator, whole: pd.Series
) -> list[tuple[str, pd.Timestamp, pd.Timestamp]]:
    rows = []
    for year in np.unique(pd.DatetimeIndex(whole.index).year)[1:]:
        first = pd.Timestamp(year, 1, 1)
        for _ in range(rng.integers(0, 4)):
            end = first + int(rng.integers(60, 340)) * _DAY
            if end <= whole.index[-1]:
                rows.append(("year_to_date", first, end))
    return rows


def _cumulative_rows(
    rng: np.random.Generator, whole: pd.Series
) -> list[tuple[str, pd.Timestamp, pd.Timestamp]]:
    count = int(rng.integers(15, 60))
    days = np.unique(rng.integers(30, len(whole), count))
    return [("cumulative", whole.index[0], whole.index[day]) for day in days]


def _papers(rng: np.random.Generator, figures: pd.DataFrame) -> pd.DataFrame:
    """Return a row for every paper that prints a figure, as it rounds it."""
    chatty = rng.uniform(0.2, 0.7)
    digits = int(rng.choice([0, 1]))
    rows = []
    columns = ("exact", "period", "period_end")
    told = zip(*(figures[name] for name in columns), strict=True)
    for number, (exact, period, end) in enumerate(told):
        count = 1 + int(rng.binomial(len(_PAPERS) - 1, chatty * 0.5))
        for paper in rng.choice(_PAPERS, size=count, replace=False):
            value, qualifier = _rounded(rng, exact, period, digits)
            delay = int(rng.integers(1, 4)) + (20 if period == "year" else 0)
            rows.append((number, paper, value, qualifier, end + delay * _DAY))
    names = ["figure", "publisher", "value", "qualifier", "published"]
    table = pd.DataFrame(rows, columns=names)
    table["published"] = table["published"].mask(rng.random(len(table)) < 0.1)
    return table.join(figures.drop(columns="exact"), on="figure")


def _rounded(rng: np.random.Generator, exact: float, period: str, digits: int) -> tuple[float, str]:
    """Return a figure as a paper prints it: exactly, or round with a word that says so."""
    plain = round(exact, digits)
    if rng.random() > (0.5 if period in {"cumulative", "year_to_date"} else 0.12):
        return plain, "exact"
    unit = 10.0 ** (np.floor(np.log10(max(exact, 1))) - rng.integers(1, 3))
    if unit < 1:
        return plain, "exact"
    word = str(rng.choice(["at_least", "about", "at_most", "exact"], p=[0.5, 0.3, 0.1, 0.1]))
    rounding = {"at_least": np.floor, "at_most": np.ceil}.get(word, np.round)
    value = float(rounding(exact / unit) * unit)
    return (value, word) if value > 0 else (plain, "exact")


def _misprint(rng: np.random.Generator, table: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the statements with misprints in them, and what should have been printed."""
    table = table.sort_values(["period_end", "figure", "publisher"], ignore_index=True)
    table["statement_id"] = [f"{row.publisher}-{row.Index}.01" for row in table.itertuples()]
    wrong = rng.random(len(table)) < MISPRINTED
    names, odds = list(KINDS_OF_MISPRINT), list(KINDS_OF_MISPRINT.values())
    kinds = np.where(wrong, rng.choice(names, size=len(table), p=odds), "")
    printed = [
        _wrong_value(rng, table, row, kind) if kind else table["value"][row]
        for row, kind in enumerate(kinds)
    ]
    kinds = np.where(np.isclose(printed, table["value"], rtol=1e-9), "", kinds)
    truth = pd.DataFrame({"correct": table["value"].to_numpy(), "misprint": kinds})
    truth.index = pd.Index(table["statement_id"], name="statement_id")
    statements = table.assign(
        value=printed,
        source_id=table["statement_id"].str.removesuffix(".01"),
        metric="area_cleared",
        unit="ha",
        status="achieved",
        district="all",
        land_use="all",
        printed="",
        note="",
    )
    return statements.drop(columns="figure"), truth


def _wrong_value(rng: np.random.Generator, table: pd.DataFrame, row: int, kind: str) -> float:
    value = float(table["value"][row])
    if kind == "factor_of_ten":
        return float(f"{value * rng.choice([10.0, 0.1]):.10g}")
    if kind == "thousands":
        return float(f"{value * rng.choice([1000.0, 0.001]):.10g}")
    if kind == "digits":
        return _swapped_digits(rng, value)
    same = table[(table["period"] == table["period"][row]) & (table.index < row)]
    return float(same["value"].iloc[-1]) if len(same) else value


def _swapped_digits(rng: np.random.Generator, value: float) -> float:
    """Return the figure with two neighbouring digits in each other's place."""
    digits = list(f"{value:.10g}")
    places = [
        place
        for place in range(len(digits) - 1)
        if digits[place].isdigit() and digits[place + 1].isdigit()
    ]
    if not places:
        return value
    place = int(rng.choice(places))
    digits[place], digits[place + 1] = digits[place + 1], digits[place]
    return float("".join(digits))
