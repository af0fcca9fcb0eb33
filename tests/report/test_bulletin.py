"""The bulletin says what the newest figures say, and what they changed."""

from __future__ import annotations

import pandas as pd
import pytest

import demine_analysis as da
from demine_analysis import published
from demine_analysis.cli import run
from demine_analysis.errors import ParameterError
from demine_analysis.report import findings
from demine_analysis.report.bulletin import Bulletin, bulletin
from demine_analysis.wording import formats

MONDAY, SUNDAY = "2025-07-14", "2025-07-13"


@pytest.fixture(scope="module")
def data() -> published.Inputs:
    """Return the shipped data as they stood on a Monday, with that day's weekly notice."""
    whole = published.inputs("azerbaijan")
    known = published.known_by(whole.statements, MONDAY)
    return whole._replace(statements=known, evidence=known)


@pytest.fixture(scope="module")
def news(data: published.Inputs) -> Bulletin:
    return bulletin(data, since=SUNDAY)


def test_newest_notice_is_held_against_what_was_expected(
    news: Bulletin, data: published.Inputs
) -> None:
    (row,) = news.notice().to_dict("records")
    assert row["value"] == 1639.6
    before = da.reconcile(data.statements, as_of=SUNDAY)
    expected = da.project(before, "2025-07-20").predict(news.notice())
    assert row["median"] == expected["median"].iloc[0]
    said = findings.news_opening(news)
    assert said.startswith("The newest notice counts 1,639.6 hectares for 7 – 13 July 2025")
    ends = expected.iloc[0][["lower_80", "lower_50", "upper_50", "upper_80"]]
    verdict = [
        "less than was expected.",
        "at the lower end of what was expected.",
        "as much as was expected.",
        "at the upper end of what was expected.",
        "more than was expected.",
    ][int((ends < 1639.6).sum())]
    assert said.endswith(f", {verdict}")


def test_newest_notice_and_the_printed_year_stand_with_their_pages() -> None:
    whole = published.inputs("azerbaijan")
    listed = findings.newest_listed(bulletin(whole)).set_index("days")
    assert listed.loc["December 2025", "printed"] == "5,098.7"
    assert listed.loc["2025", "printed"] == "69,205.7"
    year = da.reconcile(whole.statements).total("2025")
    assert listed.loc["2025", "all_say"] == formats.interval(year["lower_80"], year["upper_80"])
    assert listed["source_id"].isin(whole.sources["source_id"]).all()


def test_moved_estimates_are_those_of_the_two_series(
    news: Bulletin, data: published.Inputs
) -> None:
    moved = news.moved()
    assert len(moved)
    now = da.reconcile(data.statements)
    before = da.reconcile(data.statements, as_of=SUNDAY)
    for day, row in moved.iterrows():
        of = "monthly" if row["kind"] == "month" else "annual"
        assert row["after"] == getattr(now, of)()["median"][day]
        assert row["before"] == getattr(before, of)()["median"][day]
    assert ((moved["after"] - moved["before"]).abs().diff().dropna() <= 0).all()


def test_year_is_compared_with_its_plan_and_its_projection(
    news: Bulletin, data: published.Inputs
) -> None:
    assert news.year == 2025
    assert news.plan() == 65_000
    began = da.reconcile(data.statements, as_of="2024-12-31")
    whole = da.project(began, "2026-01-07").total("2025-01-01", "2025-12-31")
    assert news.projected["median"].iloc[0] == whole["median"]
    now = da.reconcile(data.statements)
    total = now.total("2025-01-01", now.end)
    facts = findings.news_facts(news)
    assert facts[0].figure == formats.number(
        total["median"], step=formats.step_of(total["lower_80"], total["upper_80"])
    )
    assert facts[2].figure == formats.percent(total["median"] / 65_000)


def test_the_first_days_of_a_year_are_no_year_yet() -> None:
    whole = published.inputs("azerbaijan")
    (week,) = whole.statements[whole.statements["statement_id"] == "azernews-20250714.01"].index
    days = {"period_start": pd.Timestamp(2025, 12, 29), "period_end": pd.Timestamp(2026, 1, 4)}
    turn = whole.statements.loc[[week]].assign(
        **days, statement_id="turn.01", published=pd.Timestamp(2026, 1, 5)
    )
    statements = pd.concat([whole.statements, turn], ignore_index=True)
    news = bulletin(whole._replace(statements=statements, evidence=statements))
    assert news.year == 2025
    assert findings.news_facts(news)[0].what == "hectares in 2025"
    assert news.running(2025)["through"].iloc[-1] == pd.Timestamp(2025, 12, 31)


def test_a_run_without_news_says_so(data: published.Inputs) -> None:
    quiet = bulletin(data, since="2025-12-31")
    assert findings.news_opening(quiet) == (
        "Nothing new has been published since 31 December 2025."
    )
    assert quiet.new_pages.empty
    assert quiet.moved().empty
    assert findings.doubted(quiet) == ""


def test_by_default_the_last_week_is_new(data: published.Inputs) -> None:
    newest = bulletin(data)
    assert newest.since == pd.Timestamp(MONDAY) - pd.Timedelta(days=7)
    assert not newest.new.empty


def test_a_day_that_is_none_is_refused(data: published.Inputs) -> None:
    with pytest.raises(ParameterError, match="since must be a date"):
        bulletin(data, since="last week")


def test_a_notice_out_of_line_is_more_or_less(news: Bulletin) -> None:
    row = news.notice().iloc[0]
    for value, words in ((row["lower_80"] - 1, "less"), (row["upper_80"] + 1, "more")):
        statements = news.data.statements
        changed = statements.assign(
            value=statements["value"].mask(statements["statement_id"] == row["statement_id"], value)
        )
        other = Bulletin(
            news.data._replace(statements=changed), news.scope, news.since, news.now, news.before
        )
        assert findings.news_opening(other).endswith(f", {words} than was expected.")


def test_command_prints_the_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["bulletin", "--text", "--since", "2025-12-20"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("The newest notice counts ")
    assert "of the plan for 2025 (65,000 planned)" in said
    assert "\nNew pages:\n- " in said
    assert run(["bulletin", "--since", "soon"]) == 2
    assert "since must be a date" in capsys.readouterr().err
