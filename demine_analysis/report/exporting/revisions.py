"""How monthly and annual estimates moved from one export to the next."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pandas as pd

from demine_analysis.errors import ReportError
from demine_analysis.report.exporting.tables import DAYS, SCOPE, as_csv

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE = "revisions.csv"
COMPARED = {"annual": "%Y", "monthly": "%Y-%m"}
"""Table -> how its periods are named, so that a year is the same one when more days of it count."""

_MOVED = 0.005
_KEY = ["frequency", "period", *SCOPE]
COLUMNS = [
    *_KEY, "old_end", "new_end", "old_median", "new_median", "old_version", "new_version",
]  # fmt: skip


def revised(
    before: Mapping[str, pd.DataFrame],
    now: Mapping[str, pd.DataFrame],
    versions: tuple[str, str],
) -> pd.DataFrame:
    """Return the estimates that moved by more than 0.5%, came or went.

    Parameters
    ----------
    before, now : mapping of str to DataFrame
        The tables `monthly` and `annual` of two exports.
    versions : tuple of str
        Of the two.

    Returns
    -------
    DataFrame
        `COLUMNS`: `period` is a year or a month (YYYY, YYYY-MM), `old_end` and `new_end` the last
        day of it that counted; medians in the row's `unit`, NaN where there was none.
    """
    old, new = (_estimates(each).add_prefix(age) for each, age in ((before, "old_"), (now, "new_")))
    pair = old.join(new, how="outer")
    was, is_now = pair["old_median"], pair["new_median"]
    moved = (is_now - was).abs() > _MOVED * was.abs()
    said = dict(zip(("old_version", "new_version"), versions, strict=True))
    chosen = pair[moved | (was.isna() != is_now.isna())]
    return chosen.reset_index().assign(**said)[COLUMNS]


def appended(earlier: bytes, rows: pd.DataFrame) -> bytes:
    """Return the content of the file with more rows; what it holds already stays as it is."""
    return earlier + as_csv(rows, header=not earlier)


def read_tables(contents: Mapping[str, bytes]) -> dict[str, pd.DataFrame]:
    """Return the tables of an earlier export that are compared.

    Raises
    ------
    ReportError
        Where one is not as an export writes it.
    """
    try:
        return {name: _read(contents[f"{name}.csv"]) for name in COMPARED}
    except (ValueError, KeyError) as cause:
        raise ReportError(
            f"the earlier export is damaged ({cause!r}); remove it, or give another folder"
        ) from cause


def _read(content: bytes) -> pd.DataFrame:
    texts = [*SCOPE, "median"]
    cells = pd.read_csv(
        io.BytesIO(content), dtype=dict.fromkeys(texts, "str"), keep_default_na=False
    )
    days = {name: pd.to_datetime(cells[name], format="%Y-%m-%d") for name in DAYS}
    return cells.assign(median=cells["median"].map(float), **days)  # pandas may round, Python not


def _estimates(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the monthly and annual medians, and the day they count to, by period and scope."""
    long = pd.concat([tables[name].assign(frequency=name) for name in COMPARED], ignore_index=True)
    written = long["frequency"].map(COMPARED)
    days = zip(long["period_start"], written, strict=True)
    periods = [day.strftime(form) for day, form in days]
    ends = long["period_end"].dt.strftime("%Y-%m-%d")
    return long.assign(period=periods, end=ends).set_index(_KEY)[["end", "median"]]
