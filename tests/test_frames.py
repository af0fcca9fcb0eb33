"""However a caller writes a frame, what is meant is read, and what cannot be read is named."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd
import pytest
from frames import statements

import demine_analysis as da
from demine_analysis.errors import StatementError
from demine_analysis.frames import tidied
from demine_analysis.reconciliation.statements import COLUMNS

DAYS = ["period_start", "period_end", "published"]
CODES = ["metric", "status", "qualifier", "period", "operator", "district", "land_use"]


def weekly(count: int = 30) -> pd.DataFrame:
    mondays = pd.date_range("2023-01-02", periods=count, freq="7D")
    work = np.round(300 * np.exp(np.random.default_rng(0).normal(0, 0.2, count)), 1)
    return statements(
        *(
            {
                "value": value,
                "period": "week",
                "period_start": day,
                "period_end": day + pd.Timedelta(6, "D"),
                "published": day + pd.Timedelta(8, "D"),
            }
            for value, day in zip(work, mondays, strict=True)
        )
    )


def changed(rows: pd.DataFrame, column: str, cell: object) -> pd.DataFrame:
    """Return the rows with another first cell in a column."""
    cells = rows[column].astype(object)
    return rows.assign(**{column: cells.where(cells.index != cells.index[0], cell)})


WAYS = {
    "text": lambda rows: rows.assign(**{name: rows[name].dt.strftime("%Y-%m-%d") for name in DAYS}),
    "dates": lambda rows: rows.assign(**{name: rows[name].dt.date for name in DAYS}),
    "time zone": lambda rows: rows.assign(
        **{name: rows[name].dt.tz_localize("Asia/Baku") for name in DAYS}
    ),
    "evenings": lambda rows: rows.assign(period_end=rows["period_end"] + pd.Timedelta(23, "h")),
    "categories": lambda rows: rows.astype(dict.fromkeys(CODES, "category")),
    "objects": lambda rows: rows.astype(object),
    "numbers as text": lambda rows: rows.assign(value=rows["value"].astype(str)),
    "one label": lambda rows: rows.set_axis([0] * len(rows)),
    "ids as index": lambda rows: rows.set_index("statement_id", drop=False),
    "two indexes": lambda rows: rows.set_index(["source_id", "metric"], drop=False),
    "shuffled": lambda rows: rows.sample(frac=1, random_state=1),
}


@pytest.mark.parametrize("way", WAYS)
def test_the_same_frame_written_otherwise_gives_the_same_series(way: str) -> None:
    rows = weekly()
    expected = da.reconcile(rows, draws=50).annual()
    pd.testing.assert_frame_equal(da.reconcile(WAYS[way](rows), draws=50).annual(), expected)


@pytest.mark.parametrize("way", WAYS)
def test_predictions_keep_order_and_index(way: str) -> None:
    r = da.reconcile(weekly(), draws=50)
    asked = WAYS[way](weekly())
    expected = r.predict(weekly())["median"].set_axis(weekly()["statement_id"])
    found = r.predict(asked)
    assert found.index.equals(asked.index)
    assert found["median"].tolist() != []
    if way != "shuffled":
        assert found["median"].tolist() == expected.tolist()


@pytest.mark.parametrize("way", WAYS)
def test_the_audit_reads_frames_in_the_same_way(way: str) -> None:
    rows = weekly()
    rows["value"] = rows["value"].where(rows.index != 10, 10 * rows["value"])
    assert da.audit(WAYS[way](rows))["statement_id"].tolist() == ["page-10.01"]


@pytest.mark.parametrize(
    ("column", "cell", "says"),
    [
        ("value", "1,639.6", "value of 1 of 30 statements is no number, the first '1,639.6'"),
        ("value", "many", "is no number"),
        ("value", None, "a value must be a number from 0"),
        ("value", np.inf, "a value must be a number from 0"),
        ("value", -1.0, "a value must be a number from 0"),
        ("period_start", "31.12.2023", "is no date, the first '31.12.2023'"),
        ("period_start", "2023-02-30", "write dates as 2023-01-31"),
        ("period_start", "2023", "is no date"),
        ("period_start", 20230102, "is no date"),
        ("published", "soon", "published of 1 of 30 statements is no date"),
        ("operator", None, "operator of 1 of 30 statements is empty"),
        ("district", "", "district of 1 of 30 statements is empty"),
        ("statement_id", None, "statement_id of 1 of 30 statements is empty"),
        ("status", "acheived", r"status must be one of .* \(did you mean achieved\?\)"),
        ("metric", "area", "metric must be one of area_cleared"),
        ("qualifier", "exactly", "qualifier must be one of exact"),
        ("period", "fortnight", "period must be one of day, week"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named(column: str, cell: object, says: str) -> None:
    with pytest.raises(StatementError, match=says):
        da.reconcile(changed(weekly(), column, cell))


@pytest.mark.parametrize(
    ("column", "cell", "says"),
    [
        ("unit", "m2", "'m2'.*convert to ha for area_cleared"),
        ("unit", "items", "'items'.*convert to ha for area_cleared"),
        ("operator", 3, "operator of 30 of 30 statements is a number, the first 3 .*as text"),
        ("land_use", 1.5, "land_use of 30 of 30 statements is a number, the first 1.5 "),
    ],
)
def test_a_column_of_another_kind_is_refused(column: str, cell: Any, says: str) -> None:
    with pytest.raises(StatementError, match=says):
        da.reconcile(weekly().assign(**{column: cell}))


@pytest.mark.parametrize("unit", [None, "", np.nan, "ha"])
def test_a_unit_that_is_missing_is_that_of_the_metric(unit: Any) -> None:
    assert len(tidied(weekly().assign(unit=unit), COLUMNS)) == 30


@pytest.mark.parametrize("other", [None, "azerbaijan", 5, [1, 2], {}])
@pytest.mark.parametrize("ask", [da.reconcile, da.audit, da.backtest, da.calendar])
def test_what_is_no_frame_is_refused(ask: object, other: object) -> None:
    with pytest.raises(StatementError, match="statements must be a DataFrame, as load_statements"):
        ask(other)  # type: ignore[operator]  # one of four functions


def test_a_column_there_twice_is_refused() -> None:
    rows = weekly()
    with pytest.raises(StatementError, match="the column 'value' more than once"):
        tidied(pd.concat([rows, rows[["value"]]], axis=1), COLUMNS)


def test_missing_days_stay_missing() -> None:
    rows = weekly().astype({"period_start": object})
    rows.loc[0, "period_start"] = ""
    assert tidied(rows, COLUMNS)["period_start"].isna().sum() == 1


def test_days_lose_hours_and_zones() -> None:
    moment = pd.Timestamp("2023-01-02 21:00", tz="Asia/Baku")
    rows = weekly(1).astype({"period_start": object})
    for cell in (
        moment,
        dt.date(2023, 1, 2),
        "2023-01-02T10:00:00+04:00",
        np.datetime64("2023-01-02"),
    ):
        rows["period_start"] = pd.Series([cell], dtype=object)
        assert tidied(rows, COLUMNS)["period_start"].tolist() == [pd.Timestamp("2023-01-02")]


def test_records_are_read_in_the_same_way() -> None:
    records = da.load_records("colombia")
    text = records.assign(
        **{name: records[name].dt.strftime("%Y-%m-%d") for name in ("period_start", "period_end")}
    )
    expected = da.reconcile(records, draws=10).annual()
    pd.testing.assert_frame_equal(da.reconcile(text, draws=10).annual(), expected)
    with pytest.raises(StatementError, match="records lack the column municipality"):
        da.reconcile(records.drop(columns="municipality"))
    with pytest.raises(StatementError, match="records have no column 'mines'"):
        da.reconcile(records, "mines")


def test_a_record_without_area_is_no_record_of_nothing() -> None:
    records = da.load_records("colombia")
    blank = records["municipality"] == "GRANADA"
    known = records.assign(area_cleared=records["area_cleared"].mask(blank))
    expected = da.reconcile(records[~blank], draws=10).annual()
    pd.testing.assert_frame_equal(da.reconcile(known, draws=10).annual(), expected)


def test_midnights_of_another_zone_are_refused() -> None:
    days = pd.to_datetime(["2024-01-01", "2024-01-08"]).tz_localize("Asia/Baku")
    frame = pd.DataFrame({"period_end": days.tz_convert("UTC")})
    with pytest.raises(StatementError, match=r"no midnight of its time zone.*tz_convert"):
        tidied(frame, ["period_end"])
    own = tidied(pd.DataFrame({"period_end": days}), ["period_end"])["period_end"]
    assert own.dt.strftime("%Y-%m-%d").tolist() == ["2024-01-01", "2024-01-08"]
