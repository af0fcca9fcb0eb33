"""Withheld weeks and years: what the reconciliation says of figures that it has not seen.

Ten folds over the weekly notices: a week's notices, and every reprint of one, are withheld
together, all else is reconciled, and each withheld notice is predicted. Beside it, on the same
folds: PCHIP through the published cumulative totals, and `tempdisagg` from the annual totals.
Then all annual figures of 2022 to 2024 are withheld and recovered. Of another programme the
notices of operators, of a day to a month, are withheld, and PCHIP goes through each one's totals.

    python benchmarks/withheld.py [--folds 10] [--seeds 3] [--json FILE]
    python benchmarks/withheld.py --dataset ukraine [--metric area_cleared]
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from joblib import Parallel, delayed
from scipy.interpolate import PchipInterpolator

import demine_analysis as da
from demine_analysis.published import most_noticed
from demine_analysis.reconciliation.evidence.joining import observations
from demine_analysis.reconciliation.statements import usable

DATASET = "azerbaijan"
ORIGIN = pd.Timestamp("2020-11-09")
YEARS = {2022: 41_915.0, 2023: 53_081.8, 2024: 62_023.9}
WHOLE = ("all", "unstated")


def weekly_notices(statements: pd.DataFrame) -> pd.DataFrame:
    """Return the weekly notices of the country; `group` joins the same week and reprints."""
    figures = usable(statements)
    notices = figures[(figures["period"] == "week") & figures["operator"].isin(WHOLE)]
    days = notices["period_end"] - notices["period_start"]
    middle = notices["period_start"] + days / 2
    week = ((middle - ORIGIN).dt.days // 7).astype(int)
    reprints = observations(notices)["statement_ids"].explode()
    figure = pd.Series(reprints.index, index=reprints)[notices["statement_id"]].to_numpy()
    return notices.assign(group=_joined(week.to_numpy(), figure))


def operators_notices(statements: pd.DataFrame, metric: str) -> pd.DataFrame:
    """Return the notices of single operators that the reconciled whole is made of."""
    parts = da.reconcile(statements, metric).parts
    figures = usable(statements, metric=metric)
    kinds = figures["period"].isin(["day", "week", "month", "other"])
    notices = figures[kinds & figures["operator"].isin(parts)]
    reprints = observations(notices)["statement_ids"].explode()
    figure = pd.Series(reprints.index, index=reprints)[notices["statement_id"]].to_numpy()
    return notices.assign(group=figure)


def predict_operators(
    statements: pd.DataFrame, withheld: pd.DataFrame, metric: str
) -> pd.DataFrame:
    """Return printed figures of operators and their predictions by series and by PCHIP."""
    seen = statements.drop(index=withheld.index)
    r = da.reconcile(seen, metric)
    last = r.weeks[-1] + pd.Timedelta(days=6)
    inside = withheld[(withheld["period_end"] <= last) & (withheld["period_start"] >= r.origin)]
    inside = inside[inside["operator"].isin(r.parts)]
    result = r.predict(inside).reindex(withheld.index)
    result = result.assign(printed=withheld["value"], year=withheld["period_end"].dt.year)
    figures = usable(seen, metric=metric)
    read = [pchip(figures, each, str(name)) for name, each in withheld.groupby("operator")]
    return result.assign(pchip=pd.concat(read), tempdisagg=np.nan)


def _joined(week: np.ndarray, figure: np.ndarray) -> np.ndarray:
    """Return labels that rows share when they share a week or a figure, directly or by others."""
    label = week.copy()
    while True:
        by_figure = pd.Series(label).groupby(figure).transform("min").to_numpy()
        by_week = pd.Series(by_figure).groupby(week).transform("min").to_numpy()
        if (by_week == label).all():
            return label
        label = by_week


def predict_fold(statements: pd.DataFrame, withheld: pd.DataFrame) -> pd.DataFrame:
    """Return printed figures and predictions of the withheld notices by each method."""
    seen = statements.drop(index=withheld.index)
    r = da.reconcile(seen)
    inside = withheld[withheld["period_end"] <= r.weeks[-1] + pd.Timedelta(days=6)]
    result = r.predict(inside).reindex(withheld.index)
    result = result.assign(printed=withheld["value"], year=withheld["period_end"].dt.year)
    result["pchip"] = pchip(usable(seen), withheld)
    result["tempdisagg"] = disaggregated(seen, withheld)
    return result


def pchip(figures: pd.DataFrame, withheld: pd.DataFrame, operator: str = "all") -> pd.Series:
    """Return each notice's days read from a curve through the published cumulative totals."""
    totals = figures[(figures["period"] == "cumulative") & (figures["operator"] == operator)]
    if totals.empty:
        return pd.Series(np.nan, index=withheld.index)
    origin = totals["period_start"].mode().min()
    curve = totals.groupby("period_end")["value"].median()
    curve = curve[curve > curve.cummax().shift(fill_value=0)]  # a total that falls is no point
    days = (pd.DatetimeIndex(curve.index) - origin).days.to_numpy() + 1.0
    read = PchipInterpolator(np.r_[0.0, days], np.r_[0.0, curve.to_numpy()], extrapolate=True)
    begin, over = _days(withheld, origin)
    work = np.where((begin >= 0) & (over <= days[-1]), read(over) - read(begin), np.nan)
    return pd.Series(work, index=withheld.index)


def disaggregated(seen: pd.DataFrame, withheld: pd.DataFrame) -> pd.Series:
    """Return each notice's days from annual totals spread over days by `tempdisagg` (Denton)."""
    if find_spec("tempdisagg") is None:
        return pd.Series(np.nan, index=withheld.index)
    TempDisaggModel = import_module("tempdisagg").TempDisaggModel  # noqa: N806 - a class
    years = usable(seen)
    years = years[(years["period"] == "year") & (years["operator"] == "all")]
    annual = years.groupby(years["period_start"].dt.year)["value"].median()
    days = pd.date_range(f"{annual.index[0]}-01-01", f"{annual.index[-1]}-12-31")
    grain = days.day_of_year.where(days.day_of_year <= 365)
    table = pd.DataFrame({"Index": days.year, "Grain": grain, "X": 1.0}).dropna()
    table["y"] = table["Index"].map(annual)
    model = TempDisaggModel(method="denton", conversion="sum")
    model.fit(table)
    daily = np.asarray(model.predict(full=False)).ravel()
    curve = pd.Series(np.cumsum(daily), index=days[grain.notna()])
    ends = curve.reindex(pd.DatetimeIndex(withheld["period_end"])).to_numpy()
    starts = curve.reindex(pd.DatetimeIndex(withheld["period_start"]) - pd.Timedelta(days=1))
    return pd.Series(ends - starts.to_numpy(), index=withheld.index)


def _days(notices: pd.DataFrame, origin: pd.Timestamp) -> tuple[np.ndarray, np.ndarray]:
    begin = (notices["period_start"] - origin).dt.days.to_numpy(dtype=float)
    over = (notices["period_end"] - origin).dt.days.to_numpy(dtype=float) + 1
    same_weekday = (notices["period"] == "week") & (over - begin == 8)
    begin = np.where(same_weekday, begin + 1, begin)
    return np.where(notices["period"] == "day", over - 1, begin), over


def run_weeks(
    statements: pd.DataFrame, folds: int, seed: int, metric: str | None = None
) -> pd.DataFrame:
    """Return the predictions of every weekly notice, each from a fit that has not seen it.

    With `metric`, of the notices of operators that count it.
    """
    notices = weekly_notices(statements)
    predict: Callable[..., pd.DataFrame] = predict_fold
    if metric is not None:
        notices = operators_notices(statements, metric)
        predict = partial(predict_operators, metric=metric)
    groups = np.unique(notices["group"])
    folds = min(folds, len(groups))
    order = np.random.default_rng(seed).permutation(len(groups)) % folds
    fold = notices["group"].map(dict(zip(groups, order, strict=True)))
    parts = Parallel(n_jobs=2)(
        delayed(predict)(statements, notices[fold == each]) for each in range(folds)
    )
    table = pd.DataFrame(pd.concat(parts))
    return table.assign(seed=seed, operator=notices["operator"], group=notices["group"])


def summary(table: pd.DataFrame) -> dict[str, Any]:
    """Return errors, coverage and bias of the predictions.

    A notice past the last day that the others count is not predicted. `coverage_of_figures` counts
    a figure once, however many papers print it.
    """
    table = table[table["median"].notna()]
    error = {
        name: float((table[column] / table["printed"] - 1).abs().median())
        for name, column in (
            ("project", "median"),
            ("pchip", "pchip"),
            ("tempdisagg", "tempdisagg"),
        )
    }
    read = table[table["pchip"].notna()]
    error["project, where PCHIP reads"] = float(
        (read["median"] / read["printed"] - 1).abs().median()
    )
    inside = {
        level: table["printed"].between(table[f"lower_{level}"], table[f"upper_{level}"])
        for level in ("50", "80", "95")
    }
    ratio = (table["printed"] / table["median"]).groupby(table["year"]).median()
    return {
        "notices": int(table.index.nunique()),
        "median_absolute_percentage_error": error,
        "coverage": {level: float(each.mean()) for level, each in inside.items()},
        "figures": int(table["group"].nunique()),
        "coverage_of_figures": {
            level: float(each.groupby(table["group"]).mean().mean())
            for level, each in inside.items()
        },
        "printed_over_predicted": {str(year): float(value) for year, value in ratio.items()},
    }


def run_years(statements: pd.DataFrame) -> pd.DataFrame:
    """Return the years recovered with every annual figure of 2022 to 2024 withheld."""
    annual = (statements["period"] == "year") & statements["period_start"].dt.year.isin(YEARS)
    r = da.reconcile(statements[~annual])
    starts = pd.DatetimeIndex([f"{year}-01-01" for year in YEARS])
    ends = pd.DatetimeIndex([f"{year}-12-31" for year in YEARS])
    table = r.totals(starts, ends).set_index(pd.Index(YEARS, name="year"))
    table.insert(0, "printed", list(YEARS.values()))
    table["error"] = table["median"] / table["printed"] - 1
    table["inside_95"] = table["printed"].between(table["lower_95"], table["upper_95"])
    return table


def main() -> None:
    """Print the tables, and keep them where asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--folds", type=int, default=10)
    parser.add_argument("--seeds", type=int, default=3, help="assignments of weeks to folds")
    parser.add_argument("--as-printed", action="store_true", help="without declared corrections")
    parser.add_argument("--dataset", default=DATASET)
    parser.add_argument("--metric", help="of another programme; by default the most noticed one")
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    statements = da.load_statements(chosen.dataset, corrected=not chosen.as_printed)
    if chosen.dataset != DATASET and chosen.metric is None:
        chosen.metric = most_noticed(statements)
    results = {}
    for seed in range(chosen.seeds):
        results[f"folds by seed {seed}"] = summary(
            run_weeks(statements, chosen.folds, seed, chosen.metric)
        )
        print(f"seed {seed}:", json.dumps(results[f"folds by seed {seed}"], indent=1))
    if chosen.metric:
        return
    years = run_years(statements)
    print(years[["printed", "median", "lower_95", "upper_95", "error", "inside_95"]].round(3))
    if chosen.json:
        results["years"] = json.loads(years.to_json(orient="index"))
        chosen.json.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
