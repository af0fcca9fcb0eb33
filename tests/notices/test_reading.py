"""What is read from notices in the forms of real ones, in five languages."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from own_notices import FIELDS, VICTIMS, Form, forms

import demine_analysis as da
from demine_analysis.vocabulary import METRICS, UNIT_OF_METRIC

# What is still read wrongly, and why; each is a row that a person would have to mend.
WRONG = {
    ("az04", 40000.0): "the operator of last year's work is taken for next year's plan",
    ("en20", 240.0): '"so far" after a request is read as a running total',
    ("uk11", 9870.0): "the operator of the second half of a sentence is taken for the first",
}
FORMS = forms()


def read(form: Form) -> da.Notice:
    return da.read_notice(form.text, form.dataset, published=form.published or None)


def rows(notice: da.Notice) -> list[tuple[Any, ...]]:
    return sorted(tuple(row[name] for name in FIELDS) for _, row in notice.drafts.iterrows())


def people(notice: da.Notice) -> list[tuple[Any, ...]]:
    return sorted(
        (metric, float(row[column]), row["period_start"], row["period_end"])
        for _, row in notice.casualties.iterrows()
        for metric, column in VICTIMS.items()
        if pd.notna(row[column])
    )


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_what_a_notice_prints_is_read(form: Form) -> None:
    notice = read(form)
    known = {value for name, value in WRONG if name == form.name}
    wanted = [row for row in form.rows if row["metric"] in METRICS]
    assert [row for row in rows(notice) if row[1] not in known] == sorted(
        tuple(row.values()) for row in wanted if row["value"] not in known
    )
    assert people(notice) == sorted(
        (row["metric"], row["value"], row["period_start"], row["period_end"])
        for row in form.rows
        if row["metric"] in VICTIMS
    )


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_what_is_said_to_be_wrong_still_is(name: str, value: float) -> None:
    form = next(each for each in FORMS if each.name == name)
    wanted = {tuple(row.values()) for row in form.rows if row["value"] == value}
    assert not wanted & set(rows(read(form))), "it is read rightly now: take it off the list"


def test_eighty_notices_in_five_languages() -> None:
    assert len(FORMS) >= 76
    assert {form.name[:2] for form in FORMS} == {"en", "az", "ru", "tr", "uk"}
    assert sum(not form.rows for form in FORMS) >= 15


def test_drafts_have_the_columns_of_statements_and_their_place() -> None:
    form = FORMS[0]
    notice = read(form)
    statements = da.load_statements(form.dataset)
    added = {"published", "corrected", "days_exact", "part_of"}
    assert set(statements.columns) - added <= set(notice.drafts)
    for _, row in notice.drafts.iterrows():
        words = notice.text[row["start"] : row["end"]]
        assert " ".join(words.split()) == row["printed"]
        assert 0 < row["confidence"] < 1
        assert row["unit"] == UNIT_OF_METRIC[row["metric"]]


def test_the_row_for_the_source_tells_the_page() -> None:
    text = "https://www.example.org/a\n2025-03-10\nClearance\nSappers found 12 anti-tank mines."
    source = da.read_notice(text).source
    assert source["url"] == "https://www.example.org/a"
    assert (source["publisher"], source["published"]) == ("example.org", "2025-03-10")
    assert source["source_id"] == "example-org-20250310"
    assert source["language"] == "en"


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("1,198.7 hectares", 1198.7),
        ("1 198,7 hectares", 1198.7),
        ("1.198,7 hectares", 1198.7),
        ("1,236,500 square metres", 123.65),
        ("12 sq km", 1200.0),
        ("1.2 million square meters", 120.0),
        ("65 thousand hectares", 65000.0),
        ("two hundred and forty hectares", 240.0),
        ("0.955 hectares", 0.955),
    ],
)
def test_numbers_in_many_spellings(said: str, value: float) -> None:
    notice = da.read_notice(f"In March 2025 {said} of mined land were cleared by sappers.")
    assert notice.drafts["value"].tolist() == [pytest.approx(value)]


@pytest.mark.parametrize(
    ("said", "start", "end", "period"),
    [
        ("From July 7 to 13, 2025,", "2025-07-07", "2025-07-13", "week"),
        ("From 28 July to 3 August 2025", "2025-07-28", "2025-08-03", "week"),
        ("Between December 29 and January 4", "2024-12-29", "2025-01-04", "week"),
        ("From March 3 to March 10, 2025,", "2025-03-03", "2025-03-10", "week"),
        ("From March 4 to March 15, 2025,", "2025-03-04", "2025-03-15", "other"),
        ("In the first half of 2025", "2025-01-01", "2025-06-30", "half_year"),
        ("In the second quarter of 2025", "2025-04-01", "2025-06-30", "quarter"),
        ("Since the beginning of the year", "2025-01-01", "2025-08-20", "year_to_date"),
        ("Since November 2020", "2020-11-10", "2025-08-20", "cumulative"),
        ("In 2024", "2024-01-01", "2024-12-31", "year"),
        ("Last week", "2025-08-11", "2025-08-17", "week"),
    ],
)
def test_periods_in_many_wordings(said: str, start: str, end: str, period: str) -> None:
    notice = da.read_notice(f"{said} 12 mines were found.", published="2025-08-20")
    row = notice.drafts.iloc[0]
    assert (row["period_start"], row["period_end"], row["period"]) == (start, end, period)


def test_a_name_in_letters_of_two_alphabets_is_the_name() -> None:
    mixed = "По данным на 1 марта 2025 года саперы АNАМА обезвредили 15 мин."
    assert da.read_notice(mixed).drafts["operator"].tolist() == ["ANAMA"]


def test_a_date_that_is_none_is_refused() -> None:
    with pytest.raises(da.ParameterError, match=r"published must be a day .*got 'soon'"):
        da.read_notice("12 mines were found.", published="soon")


def test_a_page_dated_to_a_month_ends_its_totals_with_the_month() -> None:
    text = "Since 1 March 2018 ANAMA has cleared 2,318 hectares. Last week it found 12 mines."
    notice = da.read_notice(text, "azerbaijan", published="2019-04")
    assert notice.source["published"] == "2019-04"
    assert notice.drafts["period_end"].tolist() == ["2019-04", ""]


def test_a_month_in_a_pages_second_line_is_its_date() -> None:
    text = "https://example.org/news/1\n2019-04\nSo far 2,318 hectares have been cleared of mines."
    assert da.read_notice(text, "azerbaijan").drafts["period_end"].tolist() == ["2019-04"]


def test_work_of_somebody_else_on_the_page_is_never_sure() -> None:
    text = (
        "In June 2023 ANAMA cleared 512.4 hectares of mines.\n"
        "In June 2023 80 mines were found.\n"
        "The work was carried out by ANAMA, the Ministry of Defence and the State Border Service."
    )
    drafts = da.read_notice(text, "azerbaijan", published="2023-07-03").drafts
    assert drafts["confidence"].max() < 0.9
