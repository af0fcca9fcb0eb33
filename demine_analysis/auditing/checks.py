"""The audit: every check over all statements, in one table."""

from __future__ import annotations

import pandas as pd

from demine_analysis.arguments import day
from demine_analysis.auditing import findings
from demine_analysis.auditing.announced import impossible_plans, tiny_plans
from demine_analysis.auditing.expected import INTERVAL, Expectation, expectations
from demine_analysis.auditing.findings import Finding
from demine_analysis.auditing.kinds import kind_mismatches
from demine_analysis.auditing.notices import (
    Notice,
    copied_figures,
    notices,
    swapped_types,
    two_dates,
)
from demine_analysis.auditing.papers import papers_disagree
from demine_analysis.auditing.parts import below_parts, beyond_whole
from demine_analysis.auditing.running_totals import falling_totals, repeated_totals
from demine_analysis.auditing.sums import sum_mismatches, weeks_beyond_month
from demine_analysis.auditing.suspicion import believed, far_from_expected
from demine_analysis.frames import tidied, with_unique_ids
from demine_analysis.reconciliation.statements import LARGEST, publication_date

NEEDED = {
    "statement_id": "text",
    "metric": "text",
    "value": "number",
    "unit": "text",
    "qualifier": "text",
    "status": "text",
    "period": "text",
    "period_start": "date",
    "period_end": "date",
    "operator": "text",
    "district": "text",
    "land_use": "text",
}
"""Columns that the audit needs, and what they hold."""

COLUMNS = [
    "statement_id",
    "finding",
    "metric",
    "printed",
    *INTERVAL,
    "factor",
    "likely_reading",
    "likely_value",
    "related_statement_ids",
]


def audit(statements: pd.DataFrame, *, as_of: str | pd.Timestamp | None = None) -> pd.DataFrame:
    """Return the statements that cannot be right, each with what was expected and a reading.

    Parameters
    ----------
    statements : DataFrame
        As `load_statements` returns them; with `corrected=False` the misprints that are put
        right at load are found, too. Rows without days are only held against their own page.
    as_of : date, optional
        Only what had been published by then.

    Returns
    -------
    DataFrame
        A row a suspect statement, by its days: `statement_id`; `finding`, the check it fails
        (`audit.findings.FINDINGS`); `metric`; `printed` (ha or items); what all other figures
        say that it should print: `median`, `lower_80`, `upper_80`, `lower_95`, `upper_95` (NaN
        where the series cannot tell); `z`, the log distance in standard deviations, and
        `factor`, printed over expected; `likely_reading` (`audit.findings.READINGS`);
        `likely_value`, what the true figure would be, NaN where that cannot be told;
        `related_statement_ids`, a tuple of those that speak against it.

    Raises
    ------
    StatementError
        If columns are missing or hold something else, or a statement_id is there twice.
    ParameterError
        If `as_of` is no date.

    Notes
    -----
    A suspect statement is not a wrong one: a week unlike all others is suspect and may be true.
    `docs/method.md` says how the checks were tried on invented programmes.

    Examples
    --------
    >>> import demine_analysis as da
    >>> found = da.audit(da.load_statements("azerbaijan", corrected=False))
    >>> found = found.set_index("statement_id")
    >>> found.loc["today-az-20230822.01", ["printed", "likely_value"]].tolist()
    [453900.0, 453.9]
    """
    return audited(statements, as_of=as_of)[0]


def audited(
    statements: pd.DataFrame, *, as_of: str | pd.Timestamp | None = None
) -> tuple[pd.DataFrame, int]:
    """Return what `audit` does, and of how many figures of achieved work no series tells.

    Those are held against their own page, other papers and other totals alone.
    """
    statements = known_by(_checked(statements), as_of)
    expected, found = _everything(statements)
    known = _expected_of_each(expected)
    told = set(known.loc[known["median"].notna(), "statement_id"])
    done = statements.loc[statements["status"] == "achieved", "statement_id"]
    return _table(statements, expected, found), int((~done.isin(told)).sum())


def judged(statements: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    """Return what the audit says of some statements, suspect or not.

    Parameters
    ----------
    statements : DataFrame
        As for `audit`.
    names : list of str
        The statement_id of those that are asked for.

    Returns
    -------
    DataFrame
        By statement_id: what is expected (NaN where the series cannot tell), and `finding`,
        `likely_reading` and `likely_value` as in `audit`, missing where nothing is suspect.
    """
    statements = _checked(statements)
    expected, found = _everything(statements)
    known = _expected_of_each(expected).drop_duplicates("statement_id").set_index("statement_id")
    suspect = found.set_index("statement_id")[["finding", "likely_reading", "likely_value"]]
    return known.reindex(names).join(suspect.reindex(names))


def _everything(statements: pd.DataFrame) -> tuple[dict[str, Expectation], pd.DataFrame]:
    """Return what is expected of each metric's figures, and the findings of every check."""
    expected = expectations(statements)
    short = notices(statements)
    found = _by_series(statements, expected, short)
    found += _plain(statements, expected, short)
    found = believed(found, _expected_of_each(expected))
    # A check that has an explanation speaks before one that has none.
    found.sort(key=lambda each: each.reading == "unexplained")
    return expected, findings.frame(found)


def known_by(statements: pd.DataFrame, as_of: str | pd.Timestamp | None) -> pd.DataFrame:
    """Return the statements that had been published by a day, or whose day is not known."""
    if as_of is None:
        return statements
    return statements[~(publication_date(statements) > day(as_of, "as_of"))]


def _by_series(
    statements: pd.DataFrame, expected: dict[str, Expectation], short: list[Notice]
) -> list[Finding]:
    """Return what the series says, and what can be said once the worst figures are known."""
    found = swapped_types(short)
    for each in expected.values():
        found += far_from_expected(each, expected)
    accused = {name for each in found for name in each.statement_ids}
    explained = {
        name for each in found if each.reading != "unexplained" for name in each.statement_ids
    }
    rest = statements[~statements["statement_id"].isin(explained)]
    return [*found, *weeks_beyond_month(statements, accused), *falling_totals(rest)]


def _plain(
    statements: pd.DataFrame, expected: dict[str, Expectation], short: list[Notice]
) -> list[Finding]:
    sums = [*kind_mismatches(statements), *sum_mismatches(statements)]
    judged = set(_expected_of_each(expected)["statement_id"])
    judged |= {name for each in sums for name in each.statement_ids}
    return [
        *beyond_whole(statements, expected),
        *below_parts(statements, expected),
        *sums,
        *repeated_totals(statements),
        *papers_disagree(statements, judged),
        *two_dates(short),
        *copied_figures(short, statements),
        *impossible_plans(statements),
        *tiny_plans(statements),
    ]


def _checked(statements: pd.DataFrame) -> pd.DataFrame:
    """Return the statements with dates as dates and values as numbers."""
    rows = with_unique_ids(tidied(statements, NEEDED)).reset_index(drop=True)
    rows = rows[rows["value"].between(0, LARGEST)]
    return rows[~(rows["period_start"] > rows["period_end"])]


def _table(
    statements: pd.DataFrame, expected: dict[str, Expectation], found: pd.DataFrame
) -> pd.DataFrame:
    columns = ["statement_id", "metric", "value", "period_end"]
    rows = statements[columns].rename(columns={"value": "printed"})
    known = _expected_of_each(expected)
    table = found.merge(rows, on="statement_id").merge(known, on="statement_id", how="left")
    table["factor"] = table["printed"] / table["median"]
    return table.sort_values(["period_end", "statement_id"], ignore_index=True)[COLUMNS]


def _expected_of_each(expected: dict[str, Expectation]) -> pd.DataFrame:
    """Return what is expected of each statement that a series speaks of."""
    empty = pd.DataFrame({"statement_ids": [], **{name: [] for name in INTERVAL}}, dtype=float)
    frames = [each.figures[["statement_ids", *INTERVAL]] for each in expected.values()]
    known = pd.concat(frames) if frames else empty.astype({"statement_ids": object})
    known = known.explode("statement_ids").rename(columns={"statement_ids": "statement_id"})
    return known.astype({"statement_id": "str"})
