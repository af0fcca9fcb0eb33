"""Tables that set figures side by side repeat the numbers of their frames."""

from __future__ import annotations

import pandas as pd
import pytest
from frames import interval, statements, totals, years

from demine_analysis import published
from demine_analysis.report import display, findings

SOURCES = pd.DataFrame(
    {"source_id": ["page-0"], "url": ["https://example.org"], "publisher": ["Trend"],
     "published": pd.to_datetime(["2024-03-05"])}
)  # fmt: skip


def plan(**changes: object) -> dict[str, object]:
    day = pd.Timestamp
    return {
        "status": "planned", "period_start": day("2024-01-01"), "period_end": day("2024-12-31"),
        "planned": 60000.0, "operator": "all", "district": "all", "land_use": "all",
        "median": 62800.0, "lower_80": 62100.0, "upper_80": 63600.0, "probability": 1.0,
        "outcome": "met", "basis": "reconciled", "flag": "", "reason": "", **changes,
    }  # fmt: skip


def plans(*rows: dict[str, object]) -> pd.DataFrame:
    index = pd.Index([f"page-{n}.01" for n in range(len(rows))], name="statement_id")
    return pd.DataFrame(list(rows), index=index)


def shown(row: dict[str, object]) -> dict[str, object]:
    statements = pd.DataFrame({"statement_id": ["page-0.01"], "source_id": ["page-0"]})
    (found,) = display.plan_table(plans(row), statements).to_dict("records")
    return {str(name): value for name, value in found.items()}


def test_year_shows_reconciled_beside_published() -> None:
    done = interval(years(2022, 1), centre=41900, spread=0.005)
    done = done.assign(through=pd.Timestamp("2022-12-31"))
    printed = totals([386.0, 41915.77]).assign(operator=["SBS", "all"], source_id="page-0")
    table = display.beside(done, printed, SOURCES)
    assert table["year"].tolist() == ["2021", "2022"]
    assert table["reconciled"].tolist() == ["–", "41,900"]
    assert table["published"].tolist() == ["386", "41,915.77"]
    assert table["operator"].tolist() == ["SBS", "all institutions"]


def test_unfinished_year_names_its_last_day() -> None:
    done = interval(years(2025, 1)).assign(through=pd.Timestamp("2025-08-24"))
    table = display.beside(done, totals([]).assign(source_id=""), SOURCES)
    assert table["year"].tolist() == ["2025, up to 24 August 2025"]


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({}, "2024"),
        ({"district": "Aghdam", "operator": "MoD"}, "2024, Aghdam, MoD"),
        ({"land_use": "transport", "status": "requested"}, "2024, transport, requested"),
        ({"period_start": pd.Timestamp("2022-01-01")}, "2022 – 2024"),
        ({"period_start": pd.NaT}, "by 31 December 2024"),
        ({"period_end": pd.Timestamp("2024-04-05")}, "1 January 2024 – 5 April 2024"),
    ],
)
def test_plan_is_named_by_its_days_and_whose(changes: dict[str, object], name: str) -> None:
    assert shown(plan(**changes))["plan"] == name


@pytest.mark.parametrize(
    ("changes", "came_to", "verdict"),
    [
        ({}, "62,800 (62,100 to 63,600)", "met"),
        ({"median": None, "outcome": "not known"}, "–", "not known"),
        ({"basis": "trend-1.01", "median": 7956.1}, "7,956.1", "met"),
        (
            {"outcome": "open", "probability": 0.11},
            "62,800 (62,100 to 63,600)",
            "open, probability 11%",
        ),
        (
            {"flag": "impossible", "reason": "needed too much", "outcome": "missed"},
            "62,800 (62,100 to 63,600)",
            "missed; out of reach: needed too much",
        ),
    ],
)
def test_plan_tells_what_became_of_it(
    changes: dict[str, object], came_to: str, verdict: str
) -> None:
    row = shown(plan(**changes))
    assert (row["came_to"], row["verdict"]) == (came_to, verdict)


def test_impossible_and_partial_plans_are_not_drawn() -> None:
    frame = plans(
        plan(), plan(flag="impossible"), plan(district="Aghdam"), plan(median=float("nan"))
    )
    assert display.plans_drawn(frame).index.tolist() == ["2024"]


def test_sentence_counts_the_plans() -> None:
    frame = plans(plan(), plan(outcome="missed", flag="impossible"), plan(outcome="not known"))
    assert findings.plan_outcomes(frame) == ("Of 2 plans whose outcome is known, 1 were met.")
    assert findings.plan_outcomes(frame.head(0)).startswith("No plan")
    unknown = plans(plan(outcome="not known"), plan(outcome="open"))
    assert findings.plan_outcomes(unknown) == "The outcome of none of 2 plans is known yet."
    assert "2024: planned 60,000, came to 62,800" in findings.plan_listing(
        display.plans_drawn(frame)
    )


def test_completion_beyond_the_horizon_is_later_not_a_date() -> None:
    day = pd.Timestamp("2037-06-01")
    dates = pd.DataFrame(
        {"contaminated_area": [900000.0, "mixture"], "median": [day, pd.NaT],
         "lower_80": [day, day], "upper_80": [pd.NaT, pd.NaT], "not_done": [0.0, 0.6],
         "weight": [0.25, float("nan")]}
    )  # fmt: skip
    table = display.completion_dates(dates)
    assert table["half"].tolist() == ["June 2037", "later"]
    assert table["interval_80"].tolist() == ["June 2037 – later"] * 2
    beyond = display.completion_dates(dates.assign(lower_80=dates["upper_80"]))
    assert beyond["interval_80"].tolist() == ["later"] * 2
    assert table["not_done"].tolist() == ["under 1%", "60%"]
    assert table["weight"].tolist() == ["25%", "–"]


def test_last_year_has_no_change_against_itself() -> None:
    frame = interval(years(2023, 2)).assign(
        change=[0.1, 0.0], change_lower_80=0.05, change_upper_80=0.15, probability_faster=[1, 0.5]
    )
    table = display.same_days(frame)
    assert table["change"].tolist() == ["+10% (+5% to +15%)", "–"]
    assert table["faster"].tolist() == ["over 99%", "–"]
    assert display.same_days(frame.head(0)).empty


def test_suspects_lead_to_their_pages() -> None:
    aside = interval(pd.Index(["page-0.01"], name="statement_id"))
    statements = pd.DataFrame(
        {"statement_id": ["page-0.01"], "source_id": ["page-0"],
         "period_start": [pd.Timestamp("2024-01-01")], "period_end": [pd.Timestamp("2024-01-07")]}
    )  # fmt: skip
    table = display.suspects(aside.assign(printed=0.0955), statements, SOURCES)
    assert table["printed"].tolist() == ["0.0955"]
    assert table["days"].tolist() == ["1 – 7 January 2024"]
    assert table["source"].tolist() == [display.Link("Trend, 5 March 2024", "https://example.org")]


def test_kinds_stand_by_year_the_newest_first() -> None:
    year = {"period": "year", "unit": "items"}
    rows = [
        {"period_start": f"{at}-01-01", "period_end": f"{at}-12-31", "metric": kind, "value": value}
        for at, kind, value in [
            (2023, "anti_personnel_mines", 1495.0),
            (2024, "anti_personnel_mines", 20.0),
            (2024, "unexploded_ordnance", 3000.0),
        ]
    ]
    found = published.ordnance(statements(*({**year, **row} for row in rows)))
    table = display.kinds_listed(found)
    assert table["year"].tolist() == ["2024", "2023"]
    assert table["anti_personnel_mines"].tolist() == ["20", "1,495"]
    assert table["unexploded_ordnance"].tolist() == ["3,000", "–"]
