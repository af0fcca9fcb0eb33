"""What the command, figures and tables show of an audit."""

from __future__ import annotations

import json
import re

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

AREA = "area_cleared"
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

COLUMNS = ["statement_id", "column", "expected", "value", "reason"]
NONE = pd.DataFrame(columns=COLUMNS)


@pytest.fixture
def rows() -> pd.DataFrame:
    total = {"period": "cumulative", "period_start": "2020-11-10"}
    return statements(
        {**total, "value": 1000.0, "period_end": "2021-01-31"},
        {**total, "value": 900.0, "period_end": "2021-02-28"},
        {**total, "value": 900.0, "period_end": "2021-02-28"},
    )


def test_listed_findings_are_in_words_with_links(rows: pd.DataFrame) -> None:
    listed = display.suspects_listed(audit(rows), rows, SOURCES, NONE)
    first = listed.iloc[0]
    assert first["finding"] == "a running total below an earlier one"
    assert (first["printed"], first["expected"], first["likely"]) == ("900", "", "")
    assert first["source"].url == "https://a.example/2"
    against = "1,000 by 31 January 2021: A, 1 April 2021"
    assert [link.text for link in listed["against"]] == [against] * 2
    assert {link.url for link in listed["against"]} == {"https://a.example/1"}


def test_a_declared_correction_takes_the_place_of_a_reading(rows: pd.DataFrame) -> None:
    corrections = pd.DataFrame(
        [("page-1.01", "value", "900", "1100", "why"),
         ("page-2.01", "period_end", "2021-02-28", "2021-01-15", "why")],
        columns=COLUMNS,
    )  # fmt: skip
    listed = display.suspects_listed(audit(rows), rows, SOURCES, corrections)
    assert listed["likely"].tolist() == ["1,100", "last day: 15 January 2021"]
    assert listed["reading"].tolist() == ["corrected"] * 2
    assert listed["told_by"].tolist() == ["the correction declared below"] * 2


def test_what_several_pages_print_is_one_row_with_all_of_them(rows: pd.DataFrame) -> None:
    found = audit(rows)
    listed = display.suspects_listed(found, rows, SOURCES, NONE)
    block = display.suspects_by_kind(
        listed, found, auditing.headings(), first=AREA, missing="Nothing."
    )
    assert block.html.count("<tr") == 2  # the heading and one row
    assert "(1)" in block.html
    cell = 'noopener">A, 1 April 2021</a>; <a href="https://b.example/3"'
    assert cell in block.html


def test_the_metric_of_most_notices_comes_before_the_worst() -> None:
    ids = ["a.01", "b.01", "c.01"]
    found = pd.DataFrame({"statement_id": ids, "factor": [2.0, 3.0, 100.0],
                          "metric": [AREA, AREA, "mines"]})  # fmt: skip
    listed = pd.DataFrame(
        {"statement_id": ids, "days": ids, "what": ["x", "x", "y"],
         "printed": ["two", "three", "ten"],
         "finding": "a running total below an earlier one", "reading": "", "likely": "",
         "source": [display.Link(name, "") for name in ids], "data_metric": found["metric"],
         "data_year": "2021"}
    )  # fmt: skip
    columns = {"days": "Days", "printed": "Printed"}
    orders = {
        metric: re.findall(
            "<td[^>]*>(two|three|ten)<",
            display.suspects_by_kind(listed, found, columns, first=metric, missing="").html,
        )
        for metric in (AREA, "mines")
    }
    assert orders == {AREA: ["three", "two", "ten"], "mines": ["ten", "three", "two"]}


def test_corrections_with_one_reason_are_one_row(rows: pd.DataFrame) -> None:
    corrections = pd.DataFrame(
        [("page-0.01", "operator", "all", "unstated", "because"),
         ("page-1.01", "operator", "all", "unstated", "because"),
         ("page-2.01", "value", "900", "950", "because")],
        columns=COLUMNS,
    )  # fmt: skip
    listed = display.corrections_listed(corrections, rows, SOURCES)
    block = display.corrections_grouped(
        listed, caption="Corrections", columns=auditing.correction_headings(), missing="None."
    )
    heads = re.findall(r'<th scope="row">([^<]*)</th>', block.html)
    assert heads == ["2 figures", "cleared area, 10 November 2020 – 28 February 2021"]
    assert "demine-cards" in block.html
    nothing = display.corrections_grouped(
        listed.head(0), caption="Corrections", columns=auditing.correction_headings(),
        missing="None.",
    )  # fmt: skip
    assert nothing.text == "None."


def test_a_likely_value_says_who_tells_it() -> None:
    week = {"period": "week", "period_start": "2024-04-08", "period_end": "2024-04-14"}
    kinds = ("anti_personnel_mines", "anti_vehicle_mines")
    pages = {"page-0": (1.0, 5.0), "page-1": (1.0, 5.0), "page-2": (5.0, 1.0)}
    rows = statements(
        *(
            {**week, "metric": kind, "unit": "items", "value": value, "source_id": page}
            for page, values in pages.items()
            for kind, value in zip(kinds, values, strict=True)
        )
    )
    listed = display.suspects_listed(audit(rows), rows, SOURCES, NONE)
    alone = listed[[link.url == "https://b.example/3" for link in listed["source"]]]
    # Two pages against one, of which one may be a copy: all are suspect, one is told its value.
    assert alone["likely"].tolist() == ["1", "5"]
    assert [link.url for link in alone["told_by"]] == ["https://a.example/1"] * 2
    assert alone["against"].tolist() == ["", ""]  # said once
    others = listed.drop(alone.index)
    clashes = [link.text for link in others["against"]]
    assert clashes == ["5: B, 1 April 2021", "1: B, 1 April 2021"] * 2
    assert set(others["likely"]) == {""}
    assert set(others["told_by"]) == {""}


def test_a_figure_under_two_dates_stands_as_printed() -> None:
    counts = {"area_cleared": 1234.0, "anti_personnel_mines": 56.0, "anti_vehicle_mines": 78.0}
    pages = {"page-0": ("2022-06-01", "2022-06-04"), "page-2": ("2022-06-01", "2022-06-06")}
    rows = statements(
        *(
            {
                "period": "week", "metric": metric, "value": value, "source_id": page,
                "unit": "ha" if metric == "area_cleared" else "items",
                "period_start": first, "period_end": last,
            }
            for page, (first, last) in pages.items()
            for metric, value in counts.items()
        )
    )  # fmt: skip
    found = audit(rows)
    listed = display.suspects_listed(found, rows, SOURCES, NONE)
    assert set(listed["likely"]) == {"as printed, other days"}
    assert {link.url for link in listed["told_by"]} == {"https://a.example/1"}
    assert auditing.facts(found, agreement(rows, SOURCES), pd.DataFrame(), AREA)[0].figure == "0"


def test_a_moved_point_rests_on_its_own_digits() -> None:
    weeks = pd.date_range("2023-01-02", periods=30, freq="7D")
    rows = statements(
        *(
            {
                "period": "week",
                "period_start": f"{monday:%Y-%m-%d}",
                "period_end": f"{monday + pd.Timedelta(days=6):%Y-%m-%d}",
                "value": 10_000.0 if place == 15 else 1_000.0 + 10 * (place % 3),
                "operator": "unstated",
            }
            for place, monday in enumerate(weeks)
        )
    )
    (row,) = display.suspects_listed(audit(rows), rows, SOURCES, NONE).itertuples()
    assert (row.printed, row.likely, row.what) == (
        "10,000",
        "1,000",
        "cleared area, whose work is not stated",
    )
    assert row.told_by == "its own digits, the point moved to where all others expect it"


def test_what_is_undecided_is_shown_with_all_its_numbers() -> None:
    year = {"period_start": "2006-01-01", "period_end": "2006-12-31"}
    rows = statements({**year, "value": 1183.0}, {**year, "value": 734.0})
    listed = display.suspects_listed(audit(rows), rows, SOURCES, NONE)
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


def test_a_week_between_two_notices_is_in_the_calendar() -> None:
    week = {"period": "week"}
    weeks = calendar(
        statements(
            {**week, "period_start": "2023-12-25", "period_end": "2023-12-31"},
            {**week, "period_start": "2024-01-15", "period_end": "2024-01-21"},
        )
    )
    assert weeks["observed"].tolist() == [True, False, False, True]


def test_sentences_of_an_empty_audit() -> None:
    nothing = statements({}).head(0)
    assert auditing.by_metric(audit(nothing)) == "No figure is suspect."
    assert auditing.agreement(agreement(nothing, SOURCES)).startswith("No two publishers")


def test_headline_figures_count_the_findings(rows: pd.DataFrame) -> None:
    pairs, weeks = agreement(rows, SOURCES), pd.DataFrame({"kind": ["week", "month", "none"]})
    facts = auditing.facts(audit(rows), pairs, weeks, AREA)
    assert [fact.figure for fact in facts] == ["0", "100%", "2"]
    assert facts[-1].note == "of 3, cleared area"
    assert len(auditing.facts(audit(rows), pairs, weeks.head(0), AREA)) == 2


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
