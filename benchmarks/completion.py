"""Completion dates of invented programmes: how often 80% intervals hold the true one.

`python benchmarks/completion.py [--runs 100]`. Target: 74 to 88% of 100 runs.
"""

from __future__ import annotations

import argparse

import numpy as np
import pandas as pd
from joblib import Parallel, delayed, parallel_config
from tqdm import tqdm

import demine_analysis as da

START = pd.Timestamp("2021-01-04")
KNOWN_WEEKS = 209
FUTURE_WEEKS = 52 * 40
YEAR = 52


def truth(rng: np.random.Generator) -> np.ndarray:
    """Return true weekly hectares: capacity and season that change from year to year, week effects.

    Nothing here is the package's: yearly changes of capacity are independent and of a size of the
    programme's own, capacity runs straight between the years, weeks carry over into the next.
    """
    weeks = KNOWN_WEEKS + FUTURE_WEEKS
    years = weeks // YEAR + 2
    size = np.exp(rng.uniform(np.log(0.04), np.log(0.2)))
    change = rng.normal(0, size, years)
    # A start-up grows; later years differ, and the largest programmes do not grow for ever.
    change[:2] += rng.uniform(0, 0.5, 2)
    capacity = np.zeros(years)
    for year in range(1, years):
        capacity[year] = 0.9 * capacity[year - 1] + change[year] + 0.1 * capacity[min(year - 1, 3)]
    level = np.interp(np.arange(weeks), YEAR * np.arange(years), capacity)
    # No winter is like another: a year's season is half to one and a half times the usual one.
    strength = np.repeat(rng.uniform(0.5, 1.5, years), YEAR)[:weeks] * rng.uniform(0.1, 0.5)
    season = strength * np.cos(2 * np.pi * (np.arange(weeks) - 30) / (365.25 / 7))
    spread, carry = rng.uniform(0.15, 0.4), rng.uniform(0, 0.4)
    effect = spread * rng.standard_t(5, weeks) * np.sqrt(3 / 5)
    for week in range(1, weeks):
        effect[week] += carry * effect[week - 1]
    return np.asarray(rng.uniform(100, 1500) * np.exp(level + season + effect))


def statements(weekly: np.ndarray, rng: np.random.Generator) -> pd.DataFrame:
    """Return what is printed of the known weeks: most weeks, some months, every year."""
    daily = pd.Series(
        np.repeat(weekly[:KNOWN_WEEKS] / 7, 7), pd.date_range(START, periods=7 * KNOWN_WEEKS)
    )
    spans = [("week", 0.6, "7D"), ("month", 0.4, "MS"), ("year", 1.0, "YS")]
    rows = []
    for period, share, step in spans:
        starts = pd.date_range(START, daily.index[-1], freq=step)
        ends = (
            starts + pd.Timedelta(days=6)
            if period == "week"
            else starts[1:].append(pd.DatetimeIndex([daily.index[-1]])) - pd.Timedelta(days=1)
        )
        for first, last in zip(starts, ends, strict=True):
            if rng.random() < share and last > first:
                rows.append((period, first, last, daily[first:last].sum()))
    table = pd.DataFrame(rows, columns=["period", "period_start", "period_end", "value"])
    codes = {"metric": "area_cleared", "unit": "ha", "qualifier": "exact", "status": "achieved"}
    whole = dict.fromkeys(("operator", "district", "land_use"), "all")
    names = [f"invented.{number:04d}" for number in range(len(table))]
    return table.assign(value=table["value"].round(1), statement_id=names, **codes, **whole)


def one(number: int) -> dict[str, object]:
    """Return where the true completion date of one programme lies in its forecast."""
    rng = np.random.default_rng([7, number])
    weekly = truth(rng)
    done = np.cumsum(weekly)
    area = float(done[KNOWN_WEEKS - 1] * rng.uniform(1.2, 3.5))
    week = int(np.searchsorted(done, area))
    true = START + pd.Timedelta(days=7 * week + 6)
    r = da.reconcile(statements(weekly, rng))
    found = da.project(r, "2070-12-31", seed=number).completion(area)
    row = found.quantiles.loc[area].fillna(found.horizon + pd.Timedelta(days=1))
    years = (week - KNOWN_WEEKS) / YEAR
    return {
        "years_ahead": years,
        "median_error": (row["median"] - true).days / 365.25,
        **{
            f"covered_{level}": row[f"lower_{level}"] <= true <= row[f"upper_{level}"]
            for level in (50, 80, 95)
        },
    }


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=100)
    runs = parser.parse_args().runs
    with parallel_config(backend="loky", inner_max_num_threads=1):
        made = Parallel(n_jobs=-1, return_as="generator")(delayed(one)(k) for k in range(runs))
        table = pd.DataFrame(list(tqdm(made, total=runs, desc="programmes", disable=None)))
    groups = table.groupby(pd.cut(table["years_ahead"], [0, 2, 5, 40]), observed=True)
    print(groups.mean().assign(runs=groups.size()).round(2).to_string())
    shares = table[["covered_50", "covered_80", "covered_95"]].mean()
    print(f"completion dates, {runs} programmes: " + ", ".join(
        f"{name.removeprefix('covered_')}% intervals cover {share:.0%}"
        for name, share in zip(shares.index.astype(str), shares, strict=True)
    ))  # fmt: skip
    print(
        f"80% intervals cover 74 to 88%: {'yes' if 0.74 <= shares['covered_80'] <= 0.88 else 'NO'}"
    )


if __name__ == "__main__":
    main()
