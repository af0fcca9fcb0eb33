"""A dataset's series as files: what others read of them, what moved, and what is refused."""

from __future__ import annotations

import csv
import datetime as dt
import doctest
import importlib
import json
import sys
from pathlib import Path
from typing import Any

import frictionless
import northland
import pandas as pd
import polars as pl
import pytest
import tiny_dataset as tiny

import demine_analysis as da
from demine_analysis.cli import run
from demine_analysis.notices import saving
from demine_analysis.report.exporting.upkeep import offer

INTERVALS = ["median", "lower_50", "upper_50", "lower_80", "upper_80", "lower_95", "upper_95"]
TABLES = ("weekly", "monthly", "annual")
NORDEM = {"operator": "NORDEM"}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    northland.make(tmp_path / "data")
    monkeypatch.setenv("DEMINE_DATA_HOME", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def series(tmp_path: Path) -> Path:
    return da.export("northland", tmp_path / "series").parent


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def numbers(path: Path, metric: str = "area_cleared") -> list[list[float]]:
    """Return medians and bounds as Python reads them, without the library or pandas."""
    chosen = [each for each in rows(path) if each["metric"] == metric]
    return [[float(each[name]) for name in INTERVALS] for each in chosen]


def described(folder: Path) -> dict[str, Any]:
    return dict(json.loads((folder / "datapackage.json").read_text("utf-8")))


def contents(folder: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in folder.iterdir() if each.is_file()}


def change(home: Path, old: str, new: str) -> None:
    tiny.change("statements.csv", old, new)(home / "northland")


def test_frictionless_accepts_the_package(series: Path) -> None:
    report = frictionless.validate(str(series / "datapackage.json"))
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])
    tables = [task.name for task in report.tasks if task.type == "table"]
    assert tables == [*TABLES, "revisions"]


def test_frictionless_refuses_a_changed_table(series: Path) -> None:
    for name in ("weekly.csv", "monthly.parquet"):
        (series / name).write_bytes((series / name).read_bytes()[:-1])
    report = frictionless.validate(str(series / "datapackage.json"))
    assert [task.name for task in report.tasks if not task.valid] == ["weekly", "monthly-parquet"]


@pytest.mark.parametrize("name", TABLES)
def test_csv_is_the_reconciliation_to_the_digit(series: Path, name: str) -> None:
    frame = getattr(da.reconcile(da.load_statements("northland")), name)()
    assert numbers(series / f"{name}.csv") == frame[INTERVALS].to_numpy().tolist()


@pytest.mark.parametrize("name", TABLES)
def test_parquet_holds_what_csv_holds(series: Path, name: str) -> None:
    there = pl.read_parquet(series / f"{name}.parquet").rows(named=True)
    shown = [{column: _text(cell) for column, cell in row.items()} for row in there]
    assert shown == rows(series / f"{name}.csv")
    assert all(isinstance(row["period_end"], dt.date) for row in there)


def _text(cell: object) -> str:
    return repr(cell) if isinstance(cell, float) else str(cell)


def test_days_are_those_that_count(series: Path) -> None:
    weekly, annual = rows(series / "weekly.csv"), rows(series / "annual.csv")
    first = [pd.Timestamp(each["period_start"]) for each in weekly]
    assert {day.day_name() for day in first} == {"Monday"}
    assert {(pd.Timestamp(each["period_end"]) - day).days
            for each, day in zip(weekly, first, strict=True)} == {6}  # fmt: skip
    days = [(each["period_start"], each["period_end"]) for each in annual
            if each["metric"] == "area_cleared"]  # fmt: skip
    assert days[0] == ("2023-01-01", "2023-12-31")
    assert days[-1] == ("2025-01-01", "2025-03-09")


def test_every_column_is_described_with_its_unit(series: Path) -> None:
    for resource in described(series)["resources"]:
        fields = resource["schema"]["fields"]
        assert all(each["description"].endswith(".") for each in fields)
        assert all("unit" in each for each in fields if each["type"] in {"number", "date"})
        if resource["path"].endswith(".csv"):
            header = (series / resource["path"]).read_text("utf-8").splitlines()[0]
            assert [each["name"] for each in fields] == header.split(",")


def test_scopes_handed_in_come_on_top(tmp_path: Path, home: Path) -> None:
    place = {"district": "Озерний"}
    path = da.export("northland", tmp_path / "s", data_home=home, scopes=[NORDEM, place])
    there = described(path.parent)
    assert [each["operator"] for each in there["series"]].count("NORDEM") == 1
    chosen = [each for each in rows(tmp_path / "s" / "annual.csv") if each["operator"] == "NORDEM"]
    expected = da.reconcile(da.load_statements("northland"), operator="NORDEM").annual()
    assert [float(each["median"]) for each in chosen] == expected["median"].to_list()
    (left,) = there["leftOut"]
    assert left["district"] == "Озерний"
    assert left["reason"].startswith("too few published figures for area_cleared in Озерний")


def test_the_same_figures_give_the_same_bytes(series: Path, tmp_path: Path) -> None:
    before = contents(series)
    assert contents(da.export("northland", tmp_path / "other").parent) == before
    da.export("northland", series)
    assert contents(series) == before
    assert described(series)["version"].startswith("2025-03-09+")


def test_changed_figures_are_listed_as_revisions(series: Path, home: Path) -> None:
    old = {each["period_start"][:4]: each for each in rows(series / "annual.csv")
           if each["metric"] == "area_cleared"}  # fmt: skip
    first = described(series)["version"]
    change(home, "area_cleared,1500,", "area_cleared,1800,")
    change(home, "area_cleared,2700,", "area_cleared,3000,")
    change(home, "area_cleared,2980,ha", "area_cleared,3280,ha")
    da.export("northland", series)
    found = [each for each in rows(series / "revisions.csv") if each["frequency"] == "annual"]
    (year,) = [each for each in found if each["period"] == "2024"]
    assert year["old_median"] == old["2024"]["median"]
    assert 1750 < float(year["new_median"]) < 1850
    assert (year["old_version"], year["new_version"]) == (first, described(series)["version"])
    assert "2023" not in {each["period"] for each in found}
    assert frictionless.validate(str(series / "datapackage.json")).valid


def test_later_revisions_are_added_to_earlier_ones(series: Path, home: Path) -> None:
    first = "herald-20250310.12,herald-20250310,area_cleared,2980,ha"
    change(home, first, first.replace("2980", "3100"))
    da.export("northland", series)
    before = (series / "revisions.csv").read_bytes()
    change(
        home,
        "anti_personnel_mines,14,items,exact,achieved",
        "anti_personnel_mines,14,items,exact,planned",
    )
    da.export("northland", series)
    after = (series / "revisions.csv").read_bytes()
    assert after.startswith(before)
    added = rows(series / "revisions.csv")[before.count(b"\n") - 1 :]
    assert {(each["metric"], each["new_median"]) for each in added} == {
        ("anti_personnel_mines", "")
    }


@pytest.mark.parametrize("step", ["write", "move"])
def test_an_export_that_is_cut_off_is_whole(
    step: str, series: Path, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(series)
    change(home, "area_cleared,1500,", "area_cleared,1510,")
    wanted = "sync_folder" if step == "write" else "_finish"
    calls: list[Path] = []

    def cut_off(folder: Path) -> None:
        calls.append(folder)
        if step == "write" or len(calls) > 1:  # the first call looks for what was cut off before
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(saving, wanted, cut_off)
        with pytest.raises(KeyboardInterrupt):
            da.export("northland", series)
    assert contents(series) == before
    da.export("northland", series)
    revised = contents(series)
    fresh = contents(da.export("northland", tmp_path / "fresh").parent)
    differ = {name for name in fresh if fresh[name] != revised[name]}
    assert differ <= {"revisions.csv", "datapackage.json"}
    assert frictionless.validate(str(series / "datapackage.json")).valid


def line(capsys: pytest.CaptureFixture[str], *words: object) -> str:
    """Return the one line that a command complains in."""
    assert run(["export", *map(str, words)]) in {1, 2}
    shown = capsys.readouterr()
    assert shown.out == ""
    (complaint,) = shown.err.splitlines()
    return complaint


def test_wrong_use_is_one_clear_line(
    tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new, there = tmp_path / "new", home / "northland"
    assert "did you mean northland?" in line(capsys, "northlnd", "-o", new)
    wrong = line(capsys, "northland", "-o", new, "--metric", "area_cleard")
    assert "did you mean area_cleared?" in wrong
    assert "lies 'sources.csv'" in line(capsys, "northland", "-o", there)
    assert "cannot be written" in line(capsys, "northland", "-o", there / "sources.csv")
    none = line(capsys, "northland", "-o", new, "--metric", "area_reduced")
    assert "no series to export: nothing to reconcile for area_reduced" in none
    assert not new.exists()
    with pytest.raises(da.ParameterError, match="a scope must be a mapping with metric, district"):
        da.export("northland", new, scopes=[{"place": "Озерний"}])


def test_a_folder_of_another_dataset_is_refused(series: Path, home: Path) -> None:
    (home / "northland").rename(home / "southland")
    with pytest.raises(da.ParameterError, match="lies 'northland-series'"):
        da.export("southland", series)


def test_a_damaged_earlier_export_is_refused(series: Path) -> None:
    (series / "annual.csv").write_text("median\n1\n", encoding="utf-8")
    with pytest.raises(da.ReportError, match=r"the earlier export is damaged \(.*\); remove it"):
        da.export("northland", series)


def test_a_missing_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(da.ReportError, match=r"'demine-analysis\[data\]'"):
        da.export("northland", tmp_path / "series")


def test_the_command_says_what_it_wrote(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "series"
    assert run(["export", "--output", str(folder)]) == 0  # the only dataset there is meant
    said = capsys.readouterr().out.splitlines()
    assert said[-2:] == [f"2 series, version {described(folder)['version']}",
                         str(folder / "datapackage.json")]  # fmt: skip
    assert run(["export", "northland", "-o", str(folder), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == described(folder)


def test_a_site_offers_what_can_be_exported(tmp_path: Path, home: Path) -> None:
    tiny.make(home)
    said: list[str] = []
    names = ["northland", "../etc", "", "mine"]

    def offered() -> list[str]:
        return [name for name in names if offer(tmp_path / "offered", name, say=said.append)]

    assert offered() == ["northland"]
    (why,) = said
    assert why.startswith("dataset 'mine' is not exported: no series to export")
    before = contents(tmp_path / "offered" / "northland")
    assert offered() == ["northland"]
    assert len(said) == 1  # not tried again while nothing has changed
    assert contents(tmp_path / "offered" / "northland") == before


def test_the_example_in_the_docstring_is_true(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DEMINE_DATA_HOME")
    result = doctest.testmod(importlib.import_module(da.export.__module__))
    assert (result.attempted, result.failed) == (2, 0)


def test_records_are_exported_too(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DEMINE_DATA_HOME")
    path = da.export("colombia", tmp_path / "series", metrics=["area_cleared"])
    expected = da.reconcile(da.load_records("colombia")).annual()["median"].to_list()
    assert [each[0] for each in numbers(path.with_name("annual.csv"))] == expected
    assert not (home / "colombia").exists()
