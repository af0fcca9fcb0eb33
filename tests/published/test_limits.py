"""What a country-year counts is read from its columns and its note, and from nothing else."""

from __future__ import annotations

import pytest
from country_rows import row

import demine_analysis as da
from demine_analysis.published.limits import LIMITS, counts, limits


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("first half 2020 only", ["part_of_year", "part_of_work"]),
        ("Jan-Oct 2024; 70% of target", ["part_of_year"]),
        ("stated as 41,915 ha; liberated territories, Jan-Dec", []),
        ("year to mid-November", ["part_of_year"]),
        ("army only", ["part_of_work"]),
        ("mined area release (not only clearance)", ["with_reduction"]),
        ("excludes RCAF", ["part_of_work"]),
        ("excludes IED", []),
        ("remaining is 18 bases only, civilian unknown", []),
        ("battle area clearance", ["battle_area"]),
        ("battle area 88.6 km2 besides", ["battle_area_besides"]),
        ("another 6 km2 by battle area clearance", ["battle_area_besides"]),
        ("61 includes 56 km2 battle area", ["battle_area"]),
        ("clearance plus technical survey together", ["with_survey"]),
        ("year label lost, inferred from block order", ["years_unsure"]),
        ("", []),
    ],
)
def test_note_tells_what_is_counted(note: str, expected: list[str]) -> None:
    assert limits(row("AAA", 2020, area_cleared=100.0, note=note)) == expected


def test_a_limit_needs_the_figure_that_it_is_about() -> None:
    note = "33.5 is cancellation plus reduction; remaining is SHA; mines include spot tasks"
    assert limits(row("AAA", 2020, area_cleared=1.0, note=note)) == []
    assert limits(row("AAA", 2020, area_cancelled=1.0, note=note)) == ["together"]
    assert limits(row("AAA", 2020, remaining=1.0, note=note)) == ["remaining_suspected"]
    assert limits(row("AAA", 2020, anti_vehicle_mines=1.0, note=note)) == ["spot_tasks"]


def test_columns_tell_the_rest() -> None:
    assert limits(row("AAA", 2020, area_cleared=1.0, first_year=2010)) == ["several_years"]
    assert limits(row("AAA", 2020, area_cleared=1.0, region="North")) == ["part_of_country"]
    assert limits(row("AAA", 2020, remaining_confirmed=1.0)) == ["remaining_confirmed"]
    assert limits(row("AAA", 2020, remaining=2.0, remaining_confirmed=1.0)) == []


def test_a_part_outweighs_what_is_more() -> None:
    assert counts([]) == counts(["with_survey", "remaining_estimate"]) == "whole"
    assert counts(["with_reduction"]) == "more"
    assert counts(["with_reduction", "part_of_year"]) == "part"


@pytest.mark.parametrize(
    ("record", "expected"),
    [("cambodia-2021.1", "part"), ("cambodia-2024.1", "more"), ("croatia-2018.1", "whole"),
     ("lao-pdr-2008.1", "more"), ("angola-2015.1", "part"), ("azerbaijan-2022.1", "whole"),
     ("iraq-2022.1", "part"), ("somalia-2016.1", "part"), ("iraq-2015.1", "whole")],
)  # fmt: skip
def test_shipped_rows_as_a_reader_takes_them(record: str, expected: str) -> None:
    rows = da.load_country_years("world").set_index("record_id")
    assert counts(limits(rows.loc[record].to_dict())) == expected


def test_every_pattern_meets_a_shipped_row() -> None:
    found = {code for each in da.load_country_years("world").to_dict("records")
             for code in limits(each)}  # fmt: skip
    assert set(LIMITS) == found
