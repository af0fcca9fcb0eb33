"""What other programmes print: their metrics, periods, kinds of estimate, and district names."""

from __future__ import annotations

from pathlib import Path

import pytest
import tiny_dataset as tiny
from tiny_dataset import change

import demine_analysis as da
from demine_analysis import vocabulary

ROW = "x.01,paper-20240108,{},{},exact,achieved,{},all,all,all,1,\n"


def with_row(home: Path, what: str, value: str, days: str) -> Path:
    folder = tiny.make(home)
    row = ROW.format(what, value, days)
    path = folder / "statements.csv"
    path.write_text(path.read_text("utf-8") + row, "utf-8")
    return folder


@pytest.mark.parametrize(
    ("metric", "value"),
    [
        ("area_surveyed", "1,ha"),
        ("area_reduced", "1,ha"),
        ("area_cancelled", "1,ha"),
        ("area_released", "1,ha"),
        ("area_returned", "1,ha"),
        ("aircraft_bombs", "1,items"),
        ("improvised_devices", "1,items"),
        ("submunitions", "1,items"),
        ("explosive_mass", "417.4,kg"),
        ("risk_education", "1,persons"),
    ],
)
def test_standard_terms_can_be_said(metric: str, value: str, tmp_path: Path) -> None:
    folder = with_row(tmp_path, metric, value, "day,2024-01-01,2024-01-02")
    assert da.check_dataset(folder).empty
    assert da.load_statements("mine", data_home=tmp_path)["metric"].iloc[-1] == metric


def test_explosives_are_not_counted_in_items(tmp_path: Path) -> None:
    found = da.check_dataset(with_row(tmp_path, "explosive_mass", "1,items", "day,,"))
    assert found["column"].tolist() == ["unit"]


@pytest.mark.parametrize(
    ("period", "days", "allowed"),
    [
        ("day", "2024-01-01,2024-01-03", "at most 2 days"),
        ("month_to_date", "2024-01-01,2024-02-01", "at most 31 days"),
    ],
)
def test_short_periods_are_short(period: str, days: str, allowed: str, tmp_path: Path) -> None:
    found = da.check_dataset(with_row(tmp_path, "area_surveyed", "1,ha", f"{period},{days}"))
    assert allowed in found["allowed"].iloc[0]


def test_hint_never_turns_survey_into_clearance() -> None:
    for written in ("area_surveyed", "area_mapped", "area_returned", "area_checked"):
        assert vocabulary.did_you_mean(written, ["area_cleared", "mines"]) == ""
    assert vocabulary.did_you_mean("area_cleard", vocabulary.METRICS).endswith("area_cleared?)")
    assert vocabulary.did_you_mean("cleared_area", vocabulary.METRICS) != " (did you mean mines?)"


def test_no_metric_is_taken_for_another() -> None:
    for metric in vocabulary.METRICS:
        others = [each for each in vocabulary.METRICS if each != metric]
        if metric.startswith("area_"):
            assert vocabulary.did_you_mean(metric, others) == ""


@pytest.mark.parametrize("name", ["Martuni", "Susa", "Kazakh", "Stepanakert", " Susa "])
def test_districts_are_left_as_they_are(name: str, tmp_path: Path) -> None:
    change("statements.csv", "all,Aghdam", f"all,{name}")(tiny.make(tmp_path))
    loaded = da.load_statements("mine", data_home=tmp_path)
    assert loaded["district"][0] == vocabulary.canonical_district(name) == name.strip()


def test_dataset_says_how_it_spells(tmp_path: Path) -> None:
    folder = tiny.make(tmp_path)
    (folder / "programme.toml").write_text('[districts]\nAghdam = ["Agdam"]\n', "utf-8")
    change("statements.csv", "all,Aghdam", "all,Ağdam;Stepanakert")(folder)
    assert da.load_statements("mine", data_home=tmp_path)["district"][0] == "Aghdam;Stepanakert"


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("districts = 1", "must be a list of other spellings"),
        ("[districts]\nA = 1", "must be a list of other spellings"),
        ('[districts]\nA = ["C"]\nB = ["c"]', "must be the spelling of one district"),
        ("[districts", "must be TOML"),
    ],
)
def test_wrong_spellings_are_named(written: str, says: str, tmp_path: Path) -> None:
    folder = tiny.make(tmp_path)
    (folder / "programme.toml").write_text(written, "utf-8")
    (fault,) = da.check_dataset(folder)["allowed"]
    assert says in fault
    with pytest.raises(da.DatasetError, match=says):
        da.load_statements("mine", data_home=tmp_path)


def test_exact_name_of_the_data_comes_first() -> None:
    known = ["Martuni", "Susa"]
    assert [vocabulary.resolve_district(each, known=known) for each in known] == known


def estimate(home: Path, cell: str) -> list[str]:
    folder = tiny.make(home)
    lines = (folder / "statements.csv").read_text("utf-8").splitlines()
    cells = ["estimate", cell, "", ""]
    text = "".join(f"{line},{each}\n" for line, each in zip(lines, cells, strict=True))
    text = text.replace("area_cleared,120.5", "contaminated_area,120.5")
    (folder / "statements.csv").write_text(text, "utf-8")
    return da.check_dataset(folder)["column"].tolist()


@pytest.mark.parametrize("cell", ["", *vocabulary.ESTIMATES])
def test_estimate_says_what_it_is(cell: str, tmp_path: Path) -> None:
    assert estimate(tmp_path, cell) == []
    loaded = da.load_statements("mine", data_home=tmp_path)
    assert loaded["estimate"].tolist() == [cell, "", ""]


def test_unknown_estimate_is_refused(tmp_path: Path) -> None:
    assert estimate(tmp_path, "probable") == ["estimate"]


def test_only_contamination_is_estimated_so(tmp_path: Path) -> None:
    folder = tiny.make(tmp_path)
    text = "".join(f"{line},estimate\n" for line in tiny.STATEMENTS.splitlines())
    (folder / "statements.csv").write_text(
        text.replace(",estimate\n", ",total\n").replace("note,total", "note,estimate", 1), "utf-8"
    )
    assert set(da.check_dataset(folder)["column"]) == {"estimate"}
