"""Records: Colombia's, and a user's own."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest
import tiny_dataset as tiny

import demine_analysis as da

FILE = Path(__file__).parents[2] / "data/colombia/humanitarian_demining_2005_2014.csv"
NAMES = {
    "departamento": "department",
    "municipio": "municipality",
    "map": "anti_personnel_mines",
    "muse": "unexploded_ordnance",
    "aei": "improvised_explosive_devices",
    "totalartefactosdestruidos": "explosive_items",
}

COUNTS = {"map", "muse", "aei", "totalartefactosdestruidos"}


@pytest.fixture(scope="module")
def records() -> pd.DataFrame:
    return da.load_records("colombia")


@pytest.fixture(scope="module")
def printed() -> list[dict[str, str]]:
    with FILE.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_every_record_is_there_once(records: pd.DataFrame) -> None:
    assert len(records) == 333
    assert records["record_id"].is_unique


@pytest.mark.parametrize(("theirs", "ours"), NAMES.items())
def test_columns_are_renamed(
    theirs: str, ours: str, records: pd.DataFrame, printed: list[dict[str, str]]
) -> None:
    read = float if theirs in COUNTS else str
    assert records[ours].tolist() == [read(row[theirs]) for row in printed]


def test_area_is_in_hectares(records: pd.DataFrame, printed: list[dict[str, str]]) -> None:
    square_metres = sum(float(row["areadespejada"]) for row in printed)
    assert records["area_cleared"].sum() == pytest.approx(square_metres / 10_000)
    # San Francisco (Antioquia), August 2010: 54,370 m², the largest record.
    assert records["area_cleared"].max() == 5.437


def test_period_is_the_whole_month(records: pd.DataFrame) -> None:
    first = records.iloc[0]
    assert first["period_start"] == pd.Timestamp("2010-08-01")
    assert first["period_end"] == pd.Timestamp("2010-08-31")
    assert (records["period_end"] + pd.Timedelta(days=1)).dt.is_month_start.all()
    assert (records["period_end"] - records["period_start"]).dt.days.between(27, 30).all()


def test_kinds_of_items_add_up(records: pd.DataFrame) -> None:
    kinds = ["anti_personnel_mines", "unexploded_ordnance", "improvised_explosive_devices"]
    assert (records[kinds].sum(axis=1) == records["explosive_items"]).all()


def test_leap_february_has_29_days(tmp_path: Path) -> None:
    tiny.make(tmp_path, {"demining.csv": tiny.COLOMBIA})
    (record,) = da.load_records("mine", data_home=tmp_path).to_dict("records")
    assert record["period_end"] == pd.Timestamp("2012-02-29")
    assert record["area_cleared"] == 2.5
    assert record["record_id"] == "mine.001"
    assert record["demining_type"] == "communities"


def test_own_records_may_leave_numbers_empty(tmp_path: Path) -> None:
    tiny.make(tmp_path, {"records.csv": tiny.RECORDS})
    (record,) = da.load_records("mine", data_home=tmp_path).to_dict("records")
    assert record["area_cleared"] == 1.5
    assert pd.isna(record["unexploded_ordnance"])


def test_descriptor_names_the_file_among_several(tmp_path: Path) -> None:
    files = {
        "work.csv": tiny.RECORDS,
        "notes.csv": "a,b\n1,2\n",
        "datapackage.json": '{"resources": [{"path": "work.csv"}]}',
    }
    tiny.make(tmp_path, files)
    assert da.load_records("mine", data_home=tmp_path)["record_id"].tolist() == ["mine.1"]
