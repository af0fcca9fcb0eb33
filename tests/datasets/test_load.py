"""What loading gives for good data: the shipped, and a user's own."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest
import tiny_dataset as tiny
from tiny_dataset import change

import demine_analysis as da

SHIPPED = Path(__file__).parents[2] / "data"
COLUMNS = [
    *("statement_id", "source_id", "metric", "value", "unit", "qualifier", "status", "period"),
    *("period_start", "period_end", "operator", "district", "land_use", "printed", "note"),
]
DATES = ["period_start", "period_end"]


@pytest.fixture(scope="module")
def statements() -> pd.DataFrame:
    return da.load_statements("azerbaijan", corrected=False)


def plain(file: str) -> pd.DataFrame:
    """Return a shipped file as the csv module of the standard library reads it."""
    with (SHIPPED / "azerbaijan" / file).open(encoding="utf-8", newline="") as stream:
        return pd.DataFrame(csv.DictReader(stream))


def test_every_row_is_loaded(statements: pd.DataFrame) -> None:
    assert len(statements) == len(plain("statements.csv"))
    assert len(da.load_sources()) == len(plain("sources.csv"))
    assert len(da.load_casualties()) == len(plain("casualties.csv"))


def test_statements_are_the_file(statements: pd.DataFrame) -> None:
    expected = plain("statements.csv")
    more = ["estimate", "days_exact", "published", "corrected", "part_of"]
    assert list(statements) == [*COLUMNS, *more]
    text = [name for name in COLUMNS if name not in {"value", "district", *DATES}]
    assert statements[text].to_numpy().tolist() == expected[text].to_numpy().tolist()
    assert statements["value"].tolist() == [float(value) for value in expected["value"]]
    for name in DATES:
        printed = statements[name].dt.strftime("%Y-%m-%d").fillna("")
        assert printed.tolist() == expected[name].tolist()


def test_types_are_fit_for_analysis(statements: pd.DataFrame) -> None:
    assert statements["value"].dtype == "float64"
    assert statements["corrected"].dtype == "bool"
    assert all(statements[name].dtype.kind == "M" for name in [*DATES, "published"])
    assert {str(statements[name].dtype) for name in COLUMNS} == {
        "str",
        "float64",
        str(statements["period_end"].dtype),
    }
    assert not statements.drop(columns=[*DATES, "published"]).isna().any(axis=None)


def test_published_is_the_pages_day(statements: pd.DataFrame) -> None:
    by_page = plain("sources.csv").set_index("source_id")["published"]
    shown = statements["published"].dt.strftime("%Y-%m-%d").fillna("")
    assert shown.tolist() == [by_page[page] for page in statements["source_id"]]


def test_casualties_are_the_file() -> None:
    expected = plain("casualties.csv")
    loaded = da.load_casualties()
    assert list(loaded) == list(expected)
    killed = [float(value) if value else None for value in expected["killed"]]
    assert [None if pd.isna(value) else value for value in loaded["killed"]] == killed
    # A day printed without its year is no date.
    assert loaded.loc[expected["period_end"] == "--08-15", "period_end"].isna().all()


def test_frames_are_the_callers_own(statements: pd.DataFrame) -> None:
    first = da.load_sources()
    first["publisher"] = "changed"
    assert "changed" not in set(da.load_sources()["publisher"])
    assert not statements.attrs


def test_datasets_are_listed() -> None:
    listed = da.list_datasets().set_index("name")
    assert listed["kind"].to_dict() == {
        "azerbaijan": "statements",
        "colombia": "records",
        "ukraine": "statements",
        "world": "country_years",
        "yemen": "statements",
    }
    assert listed.loc["azerbaijan", "rows"] == len(plain("statements.csv"))
    assert listed.loc["colombia", "rows"] == 333
    assert str(listed.loc["colombia", "title"]).startswith("Humanitarian demining in Colombia")
    assert listed.loc["colombia", "period_start"] == pd.Timestamp("2005-12-01")
    assert listed.loc["colombia", "period_end"] == pd.Timestamp("2014-12-31")


def test_broken_dataset_is_listed_as_broken(tmp_path: Path) -> None:
    change("statements.csv", "exact", "exactly")(tiny.make(tmp_path))
    tiny.make(tmp_path, name="sound")
    listed = da.list_datasets(data_home=tmp_path).set_index("name")
    assert listed["kind"].to_dict() == {"mine": "broken", "sound": "statements"}
    assert listed["rows"].isna().to_dict() == {"mine": True, "sound": False}


def test_own_data_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tiny.make(tmp_path / "argument")
    tiny.make(tmp_path / "environment", name="other")
    monkeypatch.setenv("DEMINE_DATA_HOME", str(tmp_path / "environment"))
    assert da.list_datasets()["name"].tolist() == ["other"]
    assert len(da.load_statements("other")) == 3
    # The argument goes before the environment.
    assert len(da.load_statements("mine", data_home=tmp_path / "argument")) == 3
    assert len(da.load_casualties("mine", data_home=str(tmp_path / "argument"))) == 1


def test_files_as_spreadsheets_save_them(tmp_path: Path) -> None:
    plainly = tiny.make(tmp_path / "plain")
    windows = tiny.make(tmp_path / "windows")
    for path in windows.glob("*.csv"):
        text = "\ufeff" + path.read_text("utf-8").replace("\n", "\r\n") + "\r\n"
        path.write_text(text, "utf-8", newline="")
    pd.testing.assert_frame_equal(
        da.load_statements("mine", data_home=windows.parent),
        da.load_statements("mine", data_home=plainly.parent),
    )


def test_order_of_columns_is_free(tmp_path: Path) -> None:
    folder = tiny.make(tmp_path)
    before = da.load_statements("mine", data_home=tmp_path)
    reordered = pd.read_csv(folder / "statements.csv", dtype=str, keep_default_na=False)
    reordered[sorted(COLUMNS)].to_csv(folder / "statements.csv", index=False)
    pd.testing.assert_frame_equal(da.load_statements("mine", data_home=tmp_path), before)


def test_words_for_missing_are_text(tmp_path: Path) -> None:
    folder = tiny.make(tmp_path)
    change("statements.csv", "first", "NA")(folder)
    change("sources.csv", "Gazette", "null")(folder)
    assert "NA" in set(da.load_statements("mine", data_home=tmp_path)["note"])
    assert "null" in set(da.load_sources("mine", data_home=tmp_path)["publisher"])


@pytest.mark.parametrize("printed", ["-5", "+200 ha", "-1,5", "3 = 2 + 1", "mail@example.org"])
def test_numbers_are_no_formulas(printed: str, tmp_path: Path) -> None:
    folder = tiny.make(tmp_path)
    change("statements.csv", "first", f'"{printed}"')(folder)
    assert printed in set(da.load_statements("mine", data_home=tmp_path)["note"])


def test_names_get_one_spelling(tmp_path: Path) -> None:
    folder = tiny.make(tmp_path)
    (folder / "programme.toml").write_bytes((SHIPPED / "azerbaijan/programme.toml").read_bytes())
    change("statements.csv", "all,Aghdam", "anama,Ağdərə;Xankəndi;San Carlos")(folder)
    change("statements.csv", "all,Aghdam", "ALL,All")(folder)
    loaded = da.load_statements("mine", data_home=tmp_path)
    assert loaded["operator"].tolist() == ["ANAMA", "all", "MoD"]
    assert loaded["district"].iloc[0] == "Aghdara;Khankendi;San Carlos"
    assert loaded["district"].iloc[1] == "all"


def test_week_that_prints_both_mondays_is_allowed(tmp_path: Path) -> None:
    folder = tiny.make(tmp_path)
    change("statements.csv", "2024-01-07", "2024-01-08")(folder)
    assert len(da.load_statements("mine", data_home=tmp_path)) == 3


def test_check_takes_name_folder_and_home(tmp_path: Path) -> None:
    change("statements.csv", "exact", "exactly")(tiny.make(tmp_path))
    change("sources.csv", ",en\n", ",E\n")(tiny.make(tmp_path, name="other"))
    columns = {"mine/statements.csv": "qualifier", "other/sources.csv": "language"}
    listed = da.check_dataset(tmp_path)
    assert dict(zip(listed["file"], listed["column"], strict=True)) == columns
    assert da.check_dataset(data_home=tmp_path).equals(listed)
    for one in (
        da.check_dataset(tmp_path / "other"),
        da.check_dataset(tmp_path / "other" / "sources.csv"),
        da.check_dataset("other", data_home=tmp_path),
    ):
        assert one["file"].tolist() == ["other/sources.csv"]
    assert list(listed) == ["file", "line", "column", "value", "allowed"]


def test_shipped_data_pass_the_check() -> None:
    assert da.check_dataset().empty
