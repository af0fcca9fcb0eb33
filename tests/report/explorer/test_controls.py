"""The controls of the explore page: what is chosen in them is drawn, and what cannot be is said."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from demine_analysis.report.explorer import Explorer
from demine_analysis.report.explorer.controls import Controls
from demine_analysis.report.series import Series
from demine_analysis.scope import Scope


@pytest.fixture
def controls(monkeypatch: pytest.MonkeyPatch) -> Controls:
    """Return controls whose page leaves the model out, which has tests of its own."""
    monkeypatch.setattr("demine_analysis.report.explorer.selection.series", without_model)
    return Controls(Explorer("azerbaijan", Scope(start="2024-01-01")))


def without_model(_evidence: pd.DataFrame, scope: Scope) -> Series:
    return Series(scope, None, "Left out.")


def drawn(controls: Controls) -> dict[str, Any]:
    """Return the specification of the chart."""
    (output,) = controls.chart.outputs
    return dict(output["data"]["application/vnd.vegalite.v5+json"])


def entries(controls: Controls) -> list[str]:
    """Return what the legend of the chart names."""
    return list(drawn(controls)["encoding"]["color"]["scale"]["domain"])


def test_a_control_changes_chart_and_page(controls: Controls) -> None:
    before = controls.page.value
    controls.rows[0].controls["metric"].value = "anti_vehicle_mines"
    assert controls.page.value != before
    assert "Anti-vehicle mines" in controls.page.value
    controls.weekly.value = True
    assert drawn(controls)["data"]["values"][0]["tip"]["Value"].endswith(" items")
    controls.rows[0].controls["district"].value = "Gazakh"
    assert "Gazakh" in controls.page.value


def test_a_second_selection_is_laid_beside_the_first(controls: Controls) -> None:
    assert controls.second.children == ()
    controls.weekly.value = True
    controls.beside.value = True
    assert controls.second.children == (controls.rows[1].box,)
    assert entries(controls) == ["published"]
    controls.rows[1].controls["operator"].value = "ANAMA"
    # Their names are the words in which they differ.
    assert entries(controls) == ["all institutions: published", "ANAMA: published"]
    assert "of the selection beside it" in controls.page.value
    controls.beside.value = False
    assert "of the selection beside it" not in controls.page.value
    assert entries(controls) == ["published"]


def test_another_dataset_has_other_choices(controls: Controls) -> None:
    controls.rows[0].controls["district"].value = "Gazakh"
    controls.rows[0].controls["dataset"].value = "ukraine"
    row = controls.rows[0].controls
    assert controls.explorer.scope.district == row["district"].value == "all"
    assert controls.explorer.scope.start == row["start"].value == "2024-01-01"
    assert "Gazakh" not in [code for _, code in row["district"].options]
    offered = [code for _, code in row["dataset"].options]
    assert {"azerbaijan", "colombia", "yemen"} <= set(offered)
    assert "world" not in offered  # it has no statements


def test_a_bad_day_is_said_and_what_is_drawn_stays(controls: Controls) -> None:
    before = controls.page.value
    day = controls.rows[0].controls["start"]
    day.value = "yesterday"
    assert "start must be a date" in controls.said.value
    assert controls.page.value == before
    day.value = ""
    assert "must be" not in controls.said.value
    assert controls.page.value != before


def test_two_units_are_not_laid_over_each_other(controls: Controls) -> None:
    controls.weekly.value = True
    controls.beside.value = True
    controls.rows[1].controls["metric"].value = "anti_vehicle_mines"
    assert "Two units have no common axis" in controls.said.value
    assert entries(controls) == ["published"]


def test_a_click_shows_the_statement_with_its_page(controls: Controls) -> None:
    controls.weekly.value = True
    rows = drawn(controls)["data"]["values"]
    row = next(each for each in rows if "Statement" in each["tip"])
    # The browser enters the key of what is clicked as a tag.
    controls.clicked.value = [row["key"]]
    assert controls.behind.value.count("<tr>") == 2
    assert row["tip"]["Statement"] in controls.behind.value
    assert f'<a href="{row["tip"]["Page"]}"' in controls.behind.value
    assert 'target="_blank"' in controls.behind.value
    controls.by_year.value = True
    assert controls.behind.value == ""
