"""Are intervals honest and misprints found? Invented programmes with a known truth.

For each programme the cleared area is reconciled and the statements are audited. Printed: how
often the true annual totals lie in their intervals, how many planted misprints the audit finds,
how many correct statements it accuses, and how often its likely value is the true one.

    python benchmarks/simulated.py [--programmes 50] [--seed 0] [--exact] [--json FILE]

`--exact` has all offices agree to the last digit, as real ones never do.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import pandas as pd
from joblib import Parallel, delayed
from programmes import Programme, programme

import demine_analysis as da
from demine_analysis.reconciliation.statements import intervals

LEVELS = (50, 80, 95)


def annual_totals(invented: Programme) -> pd.DataFrame:
    """Return each full year's true total, whether one is printed, and the intervals."""
    r = da.reconcile(invented.statements)
    rows = []
    printed = invented.statements[invented.statements["period"] == "year"]
    for year, true in invented.annual().items():
        first, last = pd.Timestamp(f"{year}-01-01"), pd.Timestamp(f"{year}-12-31")
        if first < r.start or last > r.end:
            continue
        known = bool((printed["period_start"] == first).any())
        rows.append({"year": year, "true": true, "printed": known, **r.total(first, last)})
    return pd.DataFrame(rows)


def audited(invented: Programme) -> pd.DataFrame:
    """Return each statement's misprint, whether it is accused, and the likely value."""
    found = da.audit(invented.statements).set_index("statement_id")
    rows = invented.statements.set_index("statement_id")
    frame = invented.truth.join(found[["finding", "likely_reading", "likely_value"]])
    right = intervals(rows.assign(value=frame["correct"]))
    frame["accused"] = frame["finding"].notna()
    # What the paper should have printed is a rounding of the figure that it was told.
    slack = right["upper"] - right["lower"]
    frame["told_right"] = frame["likely_value"].between(
        right["lower"] - slack, right["upper"] + slack
    )
    return frame


def examine(number: int, seed: int, *, exact: bool) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the annual totals and the audited statements of one invented programme."""
    invented = programme(number, seed=seed, exact=exact)
    return annual_totals(invented).assign(programme=number), audited(invented)


def coverage(totals: pd.DataFrame) -> dict[str, float]:
    """Return the share of true totals in each central interval."""
    return {
        f"covered_{level}": float(
            totals["true"].between(totals[f"lower_{level}"], totals[f"upper_{level}"]).mean()
        )
        for level in LEVELS
    }


def summary(totals: pd.DataFrame, statements: pd.DataFrame) -> dict[str, float]:
    """Return the figures that the project promises, and some that explain them."""
    tens = statements[statements["misprint"] == "factor_of_ten"]
    correct = statements[statements["misprint"] == ""]
    error = (totals["median"] / totals["true"] - 1).abs()
    result = {
        "years": float(len(totals)),
        **coverage(totals),
        "median_error": float(error.median()),
        **{f"printed_{k}": v for k, v in coverage(totals[totals["printed"]]).items()},
        **{f"not_printed_{k}": v for k, v in coverage(totals[~totals["printed"]]).items()},
        "statements": float(len(statements)),
        "factor_of_ten": float(len(tens)),
        "factor_of_ten_found": float(tens["accused"].mean()),
        "of_these_value_right": float(tens.loc[tens["accused"], "told_right"].mean()),
        "correct_accused": float(correct["accused"].mean()),
    }
    for kind, rows in statements.groupby("misprint"):
        if kind:
            result["found_" + str(kind)] = float(rows["accused"].mean())
    return result


def main() -> None:
    """Run the benchmark and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--programmes", type=int, default=50)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--exact", action="store_true", help="offices that agree to the last digit")
    parser.add_argument("--json", type=Path, help="write the figures to this file, too")
    given = parser.parse_args()
    parts = Parallel(n_jobs=2)(
        delayed(examine)(number, given.seed, exact=given.exact)
        for number in range(given.programmes)
    )
    result = summary(pd.concat([part[0] for part in parts]), pd.concat([part[1] for part in parts]))
    for name, value in result.items():
        print(f"{name:28} {value:10,.0f}" if value > 1 else f"{name:28} {value:10.1%}")
    if given.json:
        given.json.write_text(json.dumps(result, indent=2), encoding="utf-8")


if __name__ == "__main__":
    np.seterr(all="raise", under="ignore")
    main()
