"""The audit: every check over all statements, in one table."""

from __future__ import annotations

import pandas as pd

from demine_analysis.audit import findings
from demine_analysis.audit.expected import INTERVAL, Expectation, expectations
from demine_analysis.audit.suspicion import far_from_expected

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


def audit(statements: pd.DataFrame) -> pd.DataFrame:
    """Return the statements that cannot be right."""
    expected = expectations(statements)
    found = [
        finding for each in expected.values() for finding in far_from_expected(each, expected)
    ]
    return _table(statements, expected, findings.frame(found))


def _table(
    statements: pd.DataFrame, expected: dict[str, Expectation], found: pd.DataFrame
) -> pd.DataFrame:
    intervals = [each.figures[["statement_ids", *INTERVAL]] for each in expected.values()]
    columns = {"statement_ids": "statement_id"}
    known = pd.concat(intervals).explode("statement_ids").rename(columns=columns)
    rows = statements[["statement_id", "metric", "value"]].rename(columns={"value": "printed"})
    table = found.merge(rows, on="statement_id").merge(known, on="statement_id", how="left")
    table["factor"] = table["printed"] / table["median"]
    return table[COLUMNS]
