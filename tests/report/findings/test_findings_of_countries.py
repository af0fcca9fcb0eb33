"""Sentences on countries say what the frames say, with none, one and several of them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from country_rows import cleared, frame, row

from demine_analysis import published
from demine_analysis.published.limits import LIMITS
from demine_analysis.published.remaining import REASONS
from demine_analysis.report import findings
from demine_analysis.wording import formats, language

ANNUAL = published.country_annual(
    frame(*cleared("AAA", {2020: 100.0, 2021: 300.0}, area_cancelled=200.0),
          row("BBB", 2021, area_cleared=5e4, area_cancelled=1.0, note="army only")),
    since=2010,
)  # fmt: skip
NAMES = {"country": ["Aa", "Bb"], "iso": ["AAA", "BBB"]}


def paces(**given: Any) -> pd.DataFrame:
    known = {"pace": 2.0, "remaining": 8.0, "years_left": [4.0, 40.0], "lower_80": [3.0, 30.0],
             "upper_80": [5.0, np.inf], "reasons": "", "first_year": 2016.0,
             "remaining_year": 2017.0, "other": 16.0}  # fmt: skip
    return pd.DataFrame({**NAMES, **known, **given})


def test_most_released_leaves_out_what_counts_a_part() -> None:
    assert findings.most_released(ANNUAL) == (
        "Aaa released the most land in one year: 5 km² in 2021."
    )
    assert findings.most_released(ANNUAL.head(0)).startswith("No whole year")


def test_years_left_of_none_one_and_two() -> None:
    first = "At today's pace Aa has 4.0 (3.0 to 5.0) years left"
    assert findings.years_left(paces()) == f"{first}, Bb 40 (30 or more)."
    assert findings.years_left(paces().head(1)) == f"{first}."
    assert findings.years_left(paces(years_left=np.nan)).startswith(
        "Years left can be given for no"
    )


@pytest.mark.parametrize(
    ("code", "ending"),
    [("old_pace", "are too old (2016)"), ("old_remaining", "too long ago (2017)"),
     ("contradiction", "contradict each other (8 / 16 km²)"),
     ("few_years", "fewer than three whole years in ten are printed")],
)  # fmt: skip
def test_reason_names_its_year_or_figures(code: str, ending: str) -> None:
    (row,) = findings.years_left_withheld(paces(years_left=[np.nan, 1.0], reasons=code)).itertuples(
        index=False
    )
    assert row.country == "Aa"
    assert str(row.reason).endswith(ending)


def test_every_reason_and_limit_is_said_in_every_language() -> None:
    words = [*REASONS.values(), *(limit.words for limit in LIMITS.values())]
    for code in ("az", "ru", "uk"):
        assert all(language.translate(each, language=code) != each for each in words)


def test_pace_and_remaining_counts_both_and_what_can_be_used() -> None:
    said = findings.pace_and_remaining(paces(reasons=["", "old_pace"]))
    assert said.startswith("2 countries have both")
    assert "for 1 of them" in said
    assert findings.pace_and_remaining(paces(pace=np.nan)).startswith("No country compared")


def test_density_from_the_fewest_to_the_most() -> None:
    dense = pd.DataFrame({**NAMES, "pooled": [2.5, 1234.4], "area": [1.0, 7.0], "years": "2016"})
    assert findings.mine_density(dense) == (
        "Mines per km², on 1 km² or more: from 2 (Aa, 2016) to 1,234 (Bb, 2016)."
    )
    assert findings.mine_density(dense.head(1)) == "Mines found per km² cleared: 2 (Aa, 2016)."
    (_, _, most) = findings.country_facts(ANNUAL, paces(), dense)
    assert (most.figure, most.note) == ("1,234", "Bb, 2016")
    assert findings.mine_density(dense.head(0)).startswith("No page prints")


def test_shares_from_the_least_to_the_most() -> None:
    size = {"released": [1.0, 9.0], "n_years": 3, "years": ["2015, 2016, 2017", "2014, 2016, 2017"]}
    shares = pd.DataFrame({**NAMES, "cleared": [0.04, 0.72], **size})
    said = (
        "Of land released in three years printed, 4% (Aa, 2015–2017) to 72% "
        "(Bb, 2014, 2016–2017) was cleared."
    )
    assert findings.release_shares(shares) == said
    assert findings.release_shares(shares.tail(1)).endswith(": 72% (Bb, 2014, 2016–2017).")
    assert findings.release_shares(shares.head(0)).startswith("No whole year")


def test_headlines_leave_out_what_is_small_or_of_few_years() -> None:
    small = pd.DataFrame({**NAMES, "pooled": [2.0, 900.0], "area": [1.0, 0.99], "years": "2016"})
    assert findings.mine_density(small).endswith(": 2 (Aa, 2016).")
    assert findings.country_facts(ANNUAL, paces(), small)[2].figure == "2"
    assert findings.mine_density(small.tail(1)).startswith("No country has mines")
    assert findings.country_facts(ANNUAL, paces(), small.tail(1))[2].figure == ""
    few = pd.DataFrame({**NAMES, "cleared": [0.1, 0.9], "released": [5.0, 5.0], "n_years": [3, 2],
                        "years": "2016"})  # fmt: skip
    assert findings.release_shares(few).endswith(": 10% (Aa, 2016).")
    assert findings.release_shares(few.tail(1)).startswith("Of no country")


def test_who_is_not_drawn_is_named_once_with_the_first_reason() -> None:
    both = paces(reasons=["old_remaining;contradiction", "old_pace;contradiction"])
    assert findings.not_drawn(both) == (
        "Not drawn, as what remains is old: Aa. "
        "Not drawn, as two figures of what remains contradict each other: Bb."
    )
    assert findings.not_drawn(paces()) == ""
    assert findings.not_drawn(paces(reasons="old_remaining", remaining=np.nan)) == ""


def test_choice_of_countries_names_those_missed_by_what_remains() -> None:
    left = [row("BBB", 2020, remaining=500.0), row("CCC", 2020, remaining=900.0)]
    rows = frame(*cleared("AAA", {2020: 1.0}), *left, row("DDD", 2020, area_cleared=1.0))
    annual = published.country_annual(rows[rows["iso"].eq("AAA")], since=2010)
    said = findings.countries_chosen(rows, annual, "", 2010)
    assert "three whole years from 2010 on." in said
    assert said.endswith("most land is left in Ccc, Bbb.")
    alone = findings.countries_chosen(rows[rows["iso"].eq("AAA")], annual, " ", 2010)
    assert said.startswith(alone)
    assert findings.countries_chosen(rows, annual, "Aaa", 2010).endswith("chosen by name.")


def test_what_cannot_be_compared_is_said_by_country() -> None:
    table = findings.not_comparable(published.country_limits(ANNUAL))
    assert table.to_numpy().tolist() == [["Bbb", "counts the work of some operators (2021)"]]


def test_scope_counts_countries() -> None:
    assert findings.countries_scope(ANNUAL, 2010) == "Land release, 2 countries, from 2010 on"
    assert findings.countries_scope(ANNUAL.head(1), 2010).startswith("Land release, 1 country,")


def test_facts_of_nothing_are_none() -> None:
    assert findings.country_facts(ANNUAL.head(0), paces().head(0), ANNUAL.head(0)) == []


def test_country_has_the_languages_name() -> None:
    assert formats.country_name("KHM", "Cambodia") == "Cambodia"
    language.use("ru")
    assert formats.country_name("KHM", "Cambodia") == "Камбоджа"
    assert formats.country_name("", "Somaliland") == "Somaliland"
