"""The audit: every check over all statements, in one table."""

from __future__ import annotations

import pandas as pd

from demine_analysis.audit import findings
from demine_analysis.audit.announced import impossible_plans, tiny_plans
from demine_analysis.audit.expected import INTERVAL, Expectation, expectations
from demine_analysis.audit.findings import Finding
from demine_analysis.audit.notices import (
    copied_figures,
    papers_disagree,
    swapped_types,
    two_dates,
)
from demine_analysis.audit.parts import beyond_whole
from demine_analysis.audit.sums import sum_mismatches, weeks_beyond_month
from demine_analysis.audit.suspicion import far_from_expected
from demine_analysis.audit.totals import falling_totals, repeated_totals
from demine_analysis.errors import StatementError

NEEDED = (
    "statement_id",
    "metric",
    "value",
    "unit",
    "qualifier",
    "status",
    "period",
    "period_start",
    "period_end",
    "operator",
    "district",
    "land_use",
)

COLUMNS = [
    "statement_id",
    "finding",
    "metric",
    "printed",
    "median",
    "lower_80",
    "upper_80",
    "lower_95",
    "upper_95",
    "z",
    "factor",
    "likely_reading",
    "likely_value",
    "related_statement_ids",
]


def audit(statements: pd.DataFrame, *, as_of: str | pd.Timestamp | None = None) -> pd.DataFrame:
    """Return the statements that cannot be right."""
    statements = _checked(statements, as_of)
    expected = expectations(statements)
    swapped = swapped_types(statements)
    found = [
        *swapped,
        *(finding for each in expected.values() for finding in far_from_expected(each, expected)),
    ]
    accused = {name for each in found for name in each.statement_ids}
    explained = {
        name for each in found if each.reading != "unexplained" for name in each.statement_ids
    }
    rest = statements[~statements["statement_id"].isin(explained)]
    found += [
        *weeks_beyond_month(statements, accused),
        *falling_totals(rest),
        *_plain(statements, expected),
    ]
    # A check that has an explanation speaks before one that has none.
    found.sort(key=lambda each: each.reading == "unexplained")
    return _table(statements, expected, findings.frame(found))


def _plain(statements: pd.DataFrame, expected: dict[str, Expectation]) -> list[Finding]:
    judged = set(_expected_of_each(expected)["statement_id"])
    return [
        *beyond_whole(statements, expected),
        *sum_mismatches(statements),
        *repeated_totals(statements),
        *papers_disagree(statements, judged),
        *two_dates(statements),
        *copied_figures(statements),
        *impossible_plans(statements),
        *tiny_plans(statements),
    ]


def _checked(statements: pd.DataFrame, as_of: str | pd.Timestamp | None) -> pd.DataFrame:
    missing = [name for name in NEEDED if name not in statements]
    if missing:
        raise StatementError(
            f"statements lack the column {', '.join(missing)}; "
            f"needed are {', '.join(NEEDED)}, as load_statements returns them"
        )
    return statements


def _table(
    statements: pd.DataFrame, expected: dict[str, Expectation], found: pd.DataFrame
) -> pd.DataFrame:
    rows = statements[["statement_id", "metric", "value"]].rename(columns={"value": "printed"})
    known = _expected_of_each(expected)
    table = found.merge(rows, on="statement_id").merge(known, on="statement_id", how="left")
    table["factor"] = table["printed"] / table["median"]
    return table[COLUMNS]


def _expected_of_each(expected: dict[str, Expectation]) -> pd.DataFrame:
    columns = ["statement_ids", *INTERVAL]
    empty = pd.DataFrame(columns=columns)
    frames = [each.figures[columns] for each in expected.values()] or [empty]
    known = pd.concat(frames).explode("statement_ids")
    return known.rename(columns={"statement_ids": "statement_id"})
