"""What the command, figures and tables show of an audit."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from frames import statements
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from demine_analysis.auditing import agreement, audit, calendar
from demine_analysis.cli import run
from demine_analysis.report import display, plots
from demine_analysis.report.findings import doubtful as auditing

SOURCES = pd.DataFrame(
    {
        "source_id": ["page-0", "page-1", "page-2"],
        "url": ["https://a.example/1", "https://a.example/2", "https://b.example/3"],
        "publisher": ["A", "A", "B"],
        "agency": "",
        "published": pd.Timestamp("2021-04-01"),
        "language": "en",
    }
)


@pytest.fixture
def rows() -> pd.DataFrame:
    total = {"period": "cumulative", "period_start": "2020-11-10"}
    return statements(
        {**total, "value": 1000.0, "period_end": "2021-01-31"},
        {**total, "value": 900.0, "period_end": "2021-02-28"},
        {**total, "value": 900.0, "period_end": "2021-02-28"},
    )


def test_listed_findings_are_in_words_with_links(rows: pd.DataFrame) -> None:
    listed = display.suspects_listed(audit(rows), rows, SOURCES, {"page-1.01"})
    first = listed.iloc[0]
    assert first["finding"] == "a running total below an earlier one"
    assert (first["printed"], first["expected"], first["likely"]) == ("900", "–", "–")
    assert first["source"].url == "https://a.example/2"
    assert listed["corrected"].tolist() == ["yes", ""]


def test_what_is_undecided_is_shown_with_all_its_numbers() -> None:
    year = {"period_start": "2006-01-01", "period_end": "2006-12-31"}
    rows = statements({**year, "value": 1183.0}, {**year, "value": 734.0})
    listed = display.suspects_listed(audit(rows), rows, SOURCES, set())
    assert listed["printed"].tolist() == ["1,183", "734"]
    assert listed["likely"].tolist() == ["734 / 1,183"] * 2
    assert listed["reading"].unique().tolist() == ["one of these numbers, undecided which"]


def test_points_stand_at_their_factor() -> None:
    frame = pd.DataFrame(
        {
            "period_end": pd.to_datetime(["2022-06-11", "2023-01-14"]),
            "metric": ["area_cleared", "mines"],
            "factor": [10.0, 0.01],
        }
    )
    ax = plots.suspects(frame, ax=Figure().add_subplot())
    drawn = [y for points in ax.collections for y in np.asarray(points.get_offsets())[:, 1]]
    assert drawn == [10.0, 0.01]
    assert ax.get_yscale() == "log"


def test_bars_add_up_to_the_figures_in_common(rows: pd.DataFrame) -> None:
    pairs = agreement(rows, SOURCES)
    ax = plots.publishers(pairs, ax=Figure().add_subplot())
    widths = [patch.get_width() for patch in ax.patches if isinstance(patch, Rectangle)]
    assert sum(widths) == pairs["figures"].sum() == 1
    assert [label.get_text() for label in ax.get_yticklabels()] == ["A – B"]


def test_each_week_is_one_box() -> None:
    week = {"period": "week"}
    weeks = calendar(
        statements(
            {**week, "period_start": "2023-12-25", "period_end": "2023-12-31"},
            {**week, "period_start": "2024-01-15", "period_end": "2024-01-21"},
        )
    )
    ax = plots.notices(weeks, ax=Figure().add_subplot())
    assert len(ax.patches) == len(weeks) == 4
    assert auditing.notices(weeks) == "Weeks with a notice of their own: 2 of 4"
    assert auditing.notices_listing(weeks) == "2023: 1 of 1 weeks; 2024: 1 of 3 weeks"


def test_sentences_of_an_empty_audit() -> None:
    nothing = statements({}).head(0)
    assert auditing.by_metric(audit(nothing)) == "No figure is suspect."
    assert auditing.notices(calendar(nothing)) == "No weekly notice is published"
    assert auditing.agreement(agreement(nothing, SOURCES)).startswith("No two publishers")


def test_headline_figures_count_the_findings(rows: pd.DataFrame) -> None:
    pairs, weeks = agreement(rows, SOURCES), calendar(rows)
    facts = auditing.facts(audit(rows), pairs, weeks)
    assert [fact.figure for fact in facts] == ["0", "100%"]


def test_command_prints_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["audit", "--json", "--as-of", "2021-02-28"]) == 0
    found = {row["statement_id"]: row for row in json.loads(capsys.readouterr().out)}
    row = found["today-az-undated.02"]
    assert (row["printed"], row["likely_value"], row["median"]) == (1304, None, None)
    assert row["related_statement_ids"] == ["azernews-20201130.02"]
    assert row["period_end"] == "2020-12-13"
    assert row["url"].startswith("http")


def test_command_prints_lines(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["audit", "--as-of", "2021-02-28"]) == 0
    out = capsys.readouterr().out
    assert "today-az-undated.02 (2020-12-13), anti-vehicle mines: 1,304\n" in out
    assert "a running total below an earlier one; cannot follow an earlier total" in out
    assert "beside azernews-20201130.02\n" in out
    assert out.rstrip().endswith("statements are suspect")
    assert " figures of achieved work no series tells of: checked less" in out


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["--as-of", "soon"], 2, "as_of must be a date, written YYYY-MM-DD, got 'soon'"),
        (["--dataset", "azerbaijn"], 1, "azerbaijan"),
    ],
)
def test_command_refuses_in_one_line(
    arguments: list[str], code: int, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["audit", *arguments]) == code
    errors = capsys.readouterr().err.strip().splitlines()
    assert len(errors) == 1
    assert message in errors[0]
