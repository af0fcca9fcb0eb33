"""Frames that callers pass, in the types that the library reckons with, or one clear error.

A frame may come from a file or a database: dates as text or with a time zone, categories, objects,
any index. What is meant is the same; what cannot be read is refused, with the row that holds it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

import numpy as np
import pandas as pd

from demine_analysis import vocabulary
from demine_analysis.arguments import DAY
from demine_analysis.errors import StatementError

DAYS = ("period_start", "period_end", "published")
NUMBERS = (
    "value", "killed", "injured", "total", *vocabulary.METRICS, "improvised_explosive_devices",
)  # fmt: skip
CODES = {
    "metric": vocabulary.METRICS,
    "status": vocabulary.STATUSES,
    "qualifier": vocabulary.QUALIFIERS,
    "period": vocabulary.PERIODS,
}
_IN_OWN_ZONE = (
    "bring the column to the zone that its days are of, as in "
    "statements['period_end'].dt.tz_convert('Asia/Tokyo')"
)
FILLED = (
    "statement_id", *CODES, "operator", "district", "land_use",
    "municipality",
)  # fmt: skip
"""Columns in which every row must hold something, where they are needed."""
_NAMES = ("operator", "district", "land_use")
TEXTS = (
    *FILLED, "source_id", "unit", "printed", "note", "url", "publisher", "civilians_only",
    "department",
)  # fmt: skip


def tidied(
    frame: object,
    needed: Collection[str],
    *,
    what: str = "statements",
    source: str = "load_statements",
) -> pd.DataFrame:
    """Return a frame with dates as dates, numbers as floats and text as text.

    Parameters
    ----------
    frame : DataFrame
        What a caller passed.
    needed : collection of str
        Columns that must be there. Others are read in the same way where they are.
    what, source : str
        What the frame holds, and which function returns such a frame, for messages.

    Returns
    -------
    DataFrame
        The same rows, index and columns; days are midnights without a time zone.

    Raises
    ------
    StatementError
        If it is no frame, lacks a column, or a cell cannot be read.
    """
    rows = _with_columns(frame, needed, what, source)
    for name in {*_NAMES} & {*rows}:
        if pd.api.types.is_numeric_dtype(rows[name]):
            every = pd.Series(True, index=rows.index)
            _refuse(rows, every, name, what, "a number", f"write {name} as text, or 'all'")
    read = {name: _days(rows, name, what) for name in DAYS if name in rows}
    read |= {name: _numbers(rows, name, what) for name in NUMBERS if name in rows}
    read |= {name: rows[name].astype("str") for name in TEXTS if name in rows}
    rows = rows.assign(**read)
    for name in FILLED:
        if name in needed:
            _require_filled(rows, name, what)
    if {"metric", "unit"} <= {*rows}:
        _require_units(rows, what)
    return rows


def with_unique_ids(rows: pd.DataFrame) -> pd.DataFrame:
    """Return statements each of which has an id of its own.

    Raises
    ------
    StatementError
        If an id is there more than once.
    """
    twice = rows["statement_id"][rows["statement_id"].duplicated()]
    if len(twice):
        raise StatementError(
            f"statement_id {twice.iloc[0]!r} is there more than once; "
            "give every statement its own, or leave out the repeats"
        )
    return rows


def with_values(rows: pd.DataFrame) -> pd.DataFrame:
    """Return statements whose value is a finite number of nought or more.

    Raises
    ------
    StatementError
        If a value is none.
    """
    wrong = ~(rows["value"].ge(0) & np.isfinite(rows["value"]))
    if wrong.any():
        first = rows[wrong].iloc[0]
        raise StatementError(
            f"value of {int(wrong.sum())} of {len(rows)} statements is no number of nought or "
            f"more, the first {first['value']} of {first['statement_id']!r}; correct them or "
            "leave them out"
        )
    return rows


def _with_columns(frame: object, needed: Collection[str], what: str, source: str) -> pd.DataFrame:
    if not isinstance(frame, pd.DataFrame):
        raise StatementError(
            f"{what} must be a DataFrame, as {source} returns it, got {type(frame).__name__}"
        )
    missing = [name for name in needed if name not in frame]
    if missing:
        raise StatementError(
            f"{what} lack the column {', '.join(missing)}; "
            f"needed are {', '.join(needed)}, as {source} returns them"
        )
    twice = frame.columns[frame.columns.duplicated()]
    if len(twice):
        raise StatementError(f"{what} have the column {twice[0]!r} more than once; keep one")
    # Names of index levels could be those of columns.
    return frame.set_axis(frame.index.set_names([None] * frame.index.nlevels), axis=0)


def _days(rows: pd.DataFrame, name: str, what: str) -> pd.Series:
    given = rows[name]
    if pd.api.types.is_datetime64_any_dtype(given):
        _refuse_other_midnights(rows, name, what)
        return pd.Series(given.dt.tz_localize(None).dt.normalize())
    dates = pd.to_datetime(given.astype("object").map(_written), errors="coerce", format="%Y-%m-%d")
    wrong = ~_missing(given) & dates.isna()
    _refuse(rows, wrong, name, what, "no date", "write dates as 2023-01-31")
    return dates


def _refuse_other_midnights(rows: pd.DataFrame, name: str, what: str) -> None:
    """Refuse days that a database gave as the midnights of another time zone."""
    given = rows[name]
    if given.dt.tz is not None:
        moved = given.notna() & (given != given.dt.normalize())
        _refuse(rows, moved, name, what, "no midnight of its time zone", _IN_OWN_ZONE)


def _written(cell: object) -> str:
    """Return a day as YYYY-MM-DD, of a date or of text that begins so; else nothing."""
    if isinstance(cell, dt.date | np.datetime64):
        return str(cell)[:10]
    return cell.strip()[:10] if isinstance(cell, str) and DAY.fullmatch(cell) else ""


def _numbers(rows: pd.DataFrame, name: str, what: str) -> pd.Series:
    given = rows[name]
    if pd.api.types.is_float_dtype(given) or pd.api.types.is_integer_dtype(given):
        return pd.Series(given.to_numpy(dtype="float64", na_value=np.nan), index=rows.index)
    if pd.api.types.is_bool_dtype(given) or pd.api.types.is_complex_dtype(given):
        numbers = pd.Series(np.nan, index=rows.index)
    else:
        numbers = pd.to_numeric(given.astype("object"), errors="coerce").astype("float64")
    wrong = ~_missing(given) & numbers.isna()
    allowed = "write numbers with a decimal point and no thousands separator, as 1639.6"
    _refuse(rows, wrong, name, what, "no number", allowed)
    return numbers


def _missing(cells: pd.Series) -> pd.Series:
    return cells.isna() | cells.astype("object").eq("")


def _require_filled(rows: pd.DataFrame, name: str, what: str) -> None:
    allowed = "fill it in, or leave such rows out"
    _refuse(rows, _missing(rows[name]), name, what, "empty", allowed)
    codes = CODES.get(name)
    if codes is not None:
        wrong = ~rows[name].isin(list(codes))
        if wrong.any():
            first = str(rows.loc[wrong, name].iloc[0])
            allowed = f"{name} must be {vocabulary.describe_allowed(first, codes)}"
            _refuse(rows, wrong, name, what, f"no {name}", allowed)


def _require_units(rows: pd.DataFrame, what: str) -> None:
    """Refuse values in another unit than that of their metric; a row may be without one."""
    wanted = rows["metric"].map(vocabulary.UNIT_OF_METRIC)
    given = rows["unit"].fillna("")
    wrong = given.ne("") & wanted.notna() & given.ne(wanted)
    if wrong.any():
        first = f"{wanted[wrong].iloc[0]} for {rows.loc[wrong, 'metric'].iloc[0]}"
        _refuse(rows, wrong, "unit", what, "another than that of its metric", f"convert to {first}")


def _refuse(
    rows: pd.DataFrame, wrong: pd.Series, name: str, what: str, fault: str, allowed: str
) -> None:
    if not wrong.any():
        return
    first = rows.astype("object")[wrong].iloc[0]
    of = f" of {first['statement_id']!r}" if "statement_id" in rows else ""
    raise StatementError(
        f"{name} of {int(wrong.sum())} of {len(rows)} {what} is {fault}, the first "
        f"{first[name]!r}{of}; {allowed}"
    )
