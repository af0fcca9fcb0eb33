"""Declared corrections: applied, marked, and confirmed by what else the data say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest
import tiny_dataset as tiny
from tiny_dataset import append

import demine_analysis as da

if TYPE_CHECKING:
    from pathlib import Path

FIX = "corrections.toml"


def load(home: Path, *, corrected: bool) -> pd.DataFrame:
    return da.load_statements("mine", data_home=home, corrected=corrected).set_index("statement_id")


def test_correction_is_applied_and_marked(tmp_path: Path) -> None:
    tiny.make(tmp_path, tiny.STATEMENT_FILES | {FIX: tiny.CORRECTION})
    assert load(tmp_path, corrected=True)["value"].tolist() == [12.05, 7, 5000]
    assert load(tmp_path, corrected=True)["corrected"].tolist() == [True, False, False]
    assert load(tmp_path, corrected=False)["value"].tolist() == [120.5, 7, 5000]
    assert not load(tmp_path, corrected=False)["corrected"].any()


def test_two_columns_of_one_row_may_change_together(tmp_path: Path) -> None:
    folder = tiny.make(tmp_path, tiny.STATEMENT_FILES | {FIX: ""})
    for column, before, after in [
        ("metric", '"anti_personnel_mines"', '"area_cleared"'),
        ("unit", '"items"', '"ha"'),
        ("period_end", "2024-01-07", "2024-01-06"),
    ]:
        entry = (
            tiny.CORRECTION.replace('"value"', f'"{column}"')
            .replace("120.5", before)
            .replace("12.05", after)
            .replace("20240108.01", "20240108.02")
        )
        append(FIX, entry)(folder)
    row = load(tmp_path, corrected=True).loc[["paper-20240108.02"]]
    assert row[["metric", "unit"]].to_numpy().tolist() == [["area_cleared", "ha"]]
    assert row["period_end"].tolist() == [pd.Timestamp("2024-01-06")]


def test_dataset_without_corrections_has_none(tmp_path: Path) -> None:
    tiny.make(tmp_path)
    listed = da.load_corrections("mine", data_home=tmp_path)
    assert listed.empty
    assert list(listed) == ["statement_id", "column", "expected", "value", "reason", "evidence"]


def test_shipped_corrections_mark_their_rows() -> None:
    declared = da.load_corrections()
    statements = da.load_statements()
    marked = statements.loc[statements["corrected"], "statement_id"]
    assert set(marked) == set(declared["statement_id"])


def test_shipped_corrections_change_nothing_else() -> None:
    before, after = da.load_statements(corrected=False), da.load_statements()
    untouched = ~after["corrected"]
    pd.testing.assert_frame_equal(before[untouched], after[untouched])


@pytest.fixture(scope="module")
def shipped() -> pd.DataFrame:
    return da.load_statements()


class TestShipped:
    """Each group of corrections against what other statements say."""

    @pytest.fixture(autouse=True)
    def load(self, shipped: pd.DataFrame) -> None:
        self.statements = shipped

    def values(self, source: str, metric: str) -> list[float]:
        page = self.statements.groupby("source_id").get_group(source)
        return page.loc[page["metric"] == metric, "value"].tolist()

    def test_week_of_august_2023_fits_its_month(self) -> None:
        (week,) = self.values("today-az-20230822", "area_cleared")
        assert week == self.values("iki-sahil-20230821", "area_cleared")[0] == 453.9

    def test_kinds_of_2024_add_up_to_the_total(self) -> None:
        kinds = ["anti_personnel_mines", "anti_vehicle_mines", "unexploded_ordnance"]
        assert sum(self.values("caliber-az-undated-4", kind)[0] for kind in kinds) == 65_821

    def test_february_2024_joins_the_totals_before_and_after(self) -> None:
        total = self.statements.set_index("statement_id").loc["menafn-20240215.05"]
        assert total["period_end"] == pd.Timestamp("2024-01-31")
        february = 437 + 159 + 1_941
        assert total["value"] + february == 114_730

    def test_mines_of_2024_join_the_totals_of_january_and_july(self) -> None:
        months = [
            *("trend-20240301", "trend-20240401", "trend-20240501"),
            *("iqtisadiyyat-az-undated-3", "trend-20240701", "azvision-20240801"),
        ]
        for metric, january, july in [
            ("anti_personnel_mines", 31_175, 32_940),
            ("anti_vehicle_mines", 18_790, 19_956),
        ]:
            assert january + sum(self.values(month, metric)[0] for month in months) == july

    def test_totals_of_may_2021_agree(self) -> None:
        for metric in ("area_cleared", "anti_personnel_mines", "anti_vehicle_mines"):
            assert self.values("meydan-tv-undated", metric)[-1:] == self.values(
                "today-az-20210625", metric
            )
