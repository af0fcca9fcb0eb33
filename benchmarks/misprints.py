"""Plant misprints in real notices, and count those that the audit finds.

Ten at a time, figures of weeks and months are printed ten- or hundredfold, or a tenth or a
hundredth. What neighbours say is told without the audit: the median, a day, of the eight nearest
notices of the same metric, kind and operator. `--seed` chooses other figures; the audit has been
developed on seed 0 alone.

    python benchmarks/misprints.py [--dataset NAME] [--misprints 200] [--seed 1] [--missed]
"""

from __future__ import annotations

import argparse

import numpy as np
import pandas as pd

import demine_analysis as da

_SINCE = pd.Timestamp(2021, 1, 1)
_AT_ONCE = 10
_NEIGHBOURS = 8
_PLAIN = 5.0
"""How far a printed value must lie off what its neighbours say, to be plain to see."""
_FACTORS = (10.0, 100.0, 0.1, 0.01)
_SCOPE = ["metric", "operator", "period"]


def main() -> None:
    """Print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dataset", default="azerbaijan")
    parser.add_argument("--misprints", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--missed", action="store_true", help="list those that were not found")
    given = parser.parse_args()
    statements = da.load_statements(given.dataset)
    planted = planted_misprints(statements, given.misprints, np.random.default_rng(given.seed))
    before = set(da.audit(statements)["statement_id"])
    rounds = [
        judged(statements, part, before) for _, part in planted.groupby(planted.index // _AT_ONCE)
    ]
    found = pd.concat([each for each, _ in rounds], ignore_index=True)
    untouched = len(statements) - _AT_ONCE
    share = sum(more for _, more in rounds) / len(rounds) / untouched
    report(found, share)
    if given.missed:
        print(found[found["plain"] & ~found["found"]].to_string())


def planted_misprints(
    statements: pd.DataFrame, count: int, random: np.random.Generator
) -> pd.DataFrame:
    """Return statements with what they are made to print, in a random order."""
    rows = eligible(statements)
    rows = rows.assign(
        usual=[usual(rows, row) for _, row in rows.iterrows()],
        copies=[copies(statements, row) for _, row in rows.iterrows()],
    )
    made = []
    for place in random.permutation(len(rows)):
        row = rows.iloc[place]
        factor = _FACTORS[random.integers(len(_FACTORS))]
        printed = float(f"{row['value'] * factor:.10g}")
        whole = row["unit"] == "ha" or printed == int(printed)
        if whole and printed > 0:
            made.append(row.to_dict() | {"printed": printed, "factor": factor})
    planted = pd.DataFrame(made[:count])
    off = np.abs(np.log(planted["printed"] / planted["usual"]))
    return planted.assign(plain=off >= np.log(_PLAIN), alone=planted["copies"] == 0)


def eligible(statements: pd.DataFrame) -> pd.DataFrame:
    """Return the notices of weeks and months of the whole country, with a figure above zero."""
    rows = statements[
        (statements["status"] == "achieved")
        & statements["period"].isin(["week", "month"])
        & (statements["period_start"] >= _SINCE)
        & (statements["district"] == "all")
        & (statements["land_use"] == "all")
        & (statements["value"] > 0)
    ]
    return rows.assign(days=(rows["period_end"] - rows["period_start"]).dt.days + 1)


def usual(rows: pd.DataFrame, row: pd.Series) -> float:
    """Return what the notices nearest to one say that it should print; NaN where there are few."""
    same = np.logical_and.reduce([rows[name] == row[name] for name in _SCOPE])
    apart = (rows["period_end"] < row["period_start"]) | (rows["period_start"] > row["period_end"])
    like = rows[same & apart].drop_duplicates(["period_start", "period_end", "value"])
    distance = (like["period_end"] - row["period_end"]).abs()
    near = like.loc[distance.sort_values(kind="stable").index[:_NEIGHBOURS]]
    if len(near) < _NEIGHBOURS // 2:
        return float("nan")
    return float((near["value"] / near["days"]).median() * row["days"])


def copies(statements: pd.DataFrame, row: pd.Series) -> int:
    """Return how many other pages print the figure, for days that differ by one at most."""
    day = pd.Timedelta(days=1)
    same = (
        (statements["metric"] == row["metric"])
        & (statements["source_id"] != row["source_id"])
        & ((statements["period_start"] - row["period_start"]).abs() <= day)
        & ((statements["period_end"] - row["period_end"]).abs() <= day)
        & (statements["district"] == "all")
        & (statements["land_use"] == "all")
    )
    return int(statements.loc[same, "source_id"].nunique())


def judged(
    statements: pd.DataFrame, planted: pd.DataFrame, before: set[str]
) -> tuple[pd.DataFrame, int]:
    """Return what the audit says of misprints, and how many others it accuses because of them."""
    printed = planted.set_index("statement_id")["printed"]
    wrong = statements.assign(
        value=statements["statement_id"].map(printed).fillna(statements["value"])
    )
    found = da.audit(wrong).set_index("statement_id")
    likely = found["likely_value"].reindex(planted["statement_id"]).to_numpy()
    right = np.isclose(likely, planted["value"], rtol=1e-6)
    others = set(found.index) - before - set(planted["statement_id"])
    result = planted.assign(found=planted["statement_id"].isin(found.index), right=right)
    return result, len(others)


def report(found: pd.DataFrame, accused: float) -> None:
    """Print shares of those that are plain to see, by metric and kind."""
    plain = found[found["plain"]]
    alone = plain[plain["alone"]]
    caught = plain[plain["found"]]
    lines = {
        "all that were planted": (found["found"], ""),
        "at least five times off what neighbours say": (plain["found"], ">= 92%"),
        "of these, printed by no second paper": (alone["found"], ">= 85%"),
        "of those found, the proposed value is the true one": (caught["right"], ">= 85%"),
        **{f"  {name}": (part["found"], "") for name, part in plain.groupby("metric")},
        **{f"  {name}": (part["found"], "") for name, part in plain.groupby("period")},
    }
    for name, (values, aim) in lines.items():
        share = f"{values.mean():.0%}" if len(values) else "-"
        print(f"{name:<52} {share:>5} of {len(values):>3}  {aim}")
    print(f"{'untouched statements accused because of them':<52} {accused:>6.2%}       <= 1.5%")


if __name__ == "__main__":
    main()
