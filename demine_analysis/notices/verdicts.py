"""Hold drafts against what is known, before a person looks at them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from demine_analysis.auditing.checks import judged
from demine_analysis.auditing.findings import FINDINGS, READINGS
from demine_analysis.datasets import load_sources, load_statements
from demine_analysis.errors import DemineError

if TYPE_CHECKING:
    import os

    from pandas._libs.tslibs.nattype import NaTType

    from demine_analysis.notices.notice import Notice

ADDED = ["verdict", "lower_95", "upper_95", "likely_value", "doubtful", "there"]
_SUBJECT = ["metric", "status", "period_start", "period_end", "operator", "district", "land_use"]


def with_verdicts(
    notice: Notice, *, data_home: str | os.PathLike[str] | None = None
) -> pd.DataFrame:
    """Return the drafts of a notice with what the dataset says of them.

    Parameters
    ----------
    notice : Notice
        As it was read.
    data_home : path, optional
        Where the dataset lies.

    Returns
    -------
    DataFrame
        The columns of `notice.drafts` and: `lower_95` and `upper_95`, between which the figure is
        expected from all others (NaN where they do not tell); `likely_value`, what it is more
        likely to be where it cannot be right; `there`, whether the dataset prints it already;
        `doubtful`, whether it should not be taken without a look; `verdict`, all that in words.
    """
    drafts = notice.drafts.copy()
    if drafts.empty:
        return drafts.reindex(columns=[*drafts.columns, *ADDED])
    known = load_statements(notice.dataset, data_home=data_home)
    pages = load_sources(notice.dataset, data_home=data_home)
    expected = _expected(drafts, known, str(notice.source["published"]))
    same_page = bool(notice.source["url"]) and notice.source["url"] in set(pages["url"])
    rows = [_verdict(draft, known, expected, same_page=same_page) for _, draft in drafts.iterrows()]
    return pd.concat([drafts, pd.DataFrame(rows, index=drafts.index, columns=list(ADDED))], axis=1)


def _expected(drafts: pd.DataFrame, known: pd.DataFrame, published: str) -> pd.DataFrame:
    """Return what the audit says of each draft, by statement_id."""
    metrics = [m for m in drafts["metric"].unique() if m in set(known["metric"])]
    asked = _as_statements(drafts, known, published)
    asked = asked[asked["metric"].isin(metrics) & asked["period_end"].notna()]
    if asked.empty:
        return pd.DataFrame()
    rest = _around(known[known["metric"].isin([*metrics, "mines", "explosive_items"])], asked)
    try:
        return judged(pd.concat([rest, asked], ignore_index=True), list(asked["statement_id"]))
    except DemineError:
        return pd.DataFrame()


def _around(known: pd.DataFrame, asked: pd.DataFrame) -> pd.DataFrame:
    """Return the statements of the year before and after, where the drafts are no longer than one.

    A week is judged by its neighbours; all that is known would give the same answer later.
    """
    first, last = asked["period_start"].min(), asked["period_end"].max()
    if pd.isna(first) or last - first > _YEAR:
        return known
    short = known["period_end"] - known["period_start"] <= _YEAR
    near = (known["period_end"] >= first - _YEAR) & (known["period_start"] <= last + _YEAR)
    kept: pd.DataFrame = known[short & near]
    return kept


_YEAR = pd.Timedelta(days=370)


def _as_statements(drafts: pd.DataFrame, known: pd.DataFrame, published: str) -> pd.DataFrame:
    """Return drafts in the columns of loaded statements."""
    rows = drafts.reindex(columns=known.columns)
    for name in ("period_start", "period_end"):
        rows[name] = pd.to_datetime(drafts[name].replace("", None), format="ISO8601")
    months = drafts["period_end"].str.len() == len("2025-08")
    rows.loc[months, "period_end"] += pd.offsets.MonthEnd(0)
    if "days_exact" in rows:
        rows["days_exact"] = ~months
    if "published" in rows:
        rows["published"] = _last_day(published)
    return rows.astype(
        {name: known[name].dtype for name in known if name in _FIXED}, errors="ignore"
    )


_FIXED = ("value", "period_start", "period_end", "published")


def _day(written: str) -> pd.Timestamp | NaTType:
    return pd.Timestamp(written) if written else pd.NaT


def _last_day(written: str) -> pd.Timestamp | NaTType:
    """Return a day, or the last one of a month."""
    month = len(written) == len("2025-08")
    return _day(written) + pd.offsets.MonthEnd(0) if month else _day(written)


def _verdict(
    draft: pd.Series, known: pd.DataFrame, expected: pd.DataFrame, *, same_page: bool
) -> dict[str, object]:
    said: list[str] = []
    same = _same(draft, known)
    agreeing = same[(same["value"] - draft["value"]).abs() <= 1e-9 * abs(draft["value"])]
    if same_page:
        said.append("this page is in the dataset already")
    if len(agreeing):
        said.append(f"{agreeing['statement_id'].iloc[0]} prints the same")
    elif len(same):
        other = same.iloc[0]
        said.append(f"{other['statement_id']} prints {other['value']:g}")
    row = expected.loc[draft["statement_id"]] if draft["statement_id"] in expected.index else None
    lower = upper = likely = float("nan")
    suspect = False
    if row is not None:
        lower, upper, likely = row["lower_95"], row["upper_95"], row["likely_value"]
        suspect = isinstance(row["finding"], str)
        if suspect:
            said.insert(0, _doubt(row))
        elif pd.notna(lower):
            said.append(f"expected {lower:,.4g} to {upper:,.4g}")
    return {
        "verdict": "; ".join(said),
        "lower_95": lower,
        "upper_95": upper,
        "likely_value": likely,
        "doubtful": suspect or (len(same) > 0 and not len(agreeing)),
        "there": same_page,
    }


def _doubt(row: pd.Series) -> str:
    said = FINDINGS[row["finding"]]
    if pd.notna(row["lower_95"]):
        said += f", expected {row['lower_95']:,.4g} to {row['upper_95']:,.4g}"
    if pd.notna(row["likely_value"]):
        said += f"; likely {row['likely_value']:g} ({READINGS[row['likely_reading']]})"
    return said


def _same(draft: pd.Series, known: pd.DataFrame) -> pd.DataFrame:
    """Return statements for the same work and days as a draft."""
    if not draft["period_end"]:
        return known.iloc[:0]
    alike = pd.Series(data=True, index=known.index)
    for name in _SUBJECT:
        if name in {"period_start", "period_end"}:
            day = _last_day(draft[name]) if name == "period_end" else _day(draft[name])
            alike &= known[name].isna() if pd.isna(day) else known[name] == day
        elif name == "operator":
            alike &= (
                (known[name] == draft[name])
                | (known[name] == "unstated")
                | (draft[name] == "unstated")
            )
        else:
            alike &= known[name] == draft[name]
    return known[alike]
