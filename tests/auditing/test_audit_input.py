"""Whatever frame is given, the audit answers with a table or one clear error."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from frames import statements

from demine_analysis.auditing import audit
from demine_analysis.auditing.checks import COLUMNS, audited
from demine_analysis.auditing.findings import FINDINGS, READINGS
from demine_analysis.errors import StatementError


def weekly(values: list[float]) -> pd.DataFrame:
    mondays = pd.date_range("2023-01-02", periods=len(values), freq="7D")
    rows = [
        {
            "value": value,
            "period": "week",
            "period_start": day,
            "period_end": day + pd.Timedelta(6, "D"),
        }
        for value, day in zip(values, mondays, strict=True)
    ]
    return statements(*rows)


def steady(count: int = 40) -> list[float]:
    rng = np.random.default_rng(0)
    return [float(value) for value in np.round(300 * np.exp(rng.normal(0, 0.2, count)), 1)]


def test_a_point_moved_in_one_week_is_found() -> None:
    values = steady()
    true = values[20]
    values[20] = true * 10
    found = audit(weekly(values))
    assert found["statement_id"].tolist() == ["page-20.01"]
    assert found["likely_reading"].tolist() == ["decimal_point"]
    assert found["likely_value"].iloc[0] == pytest.approx(true)
    assert found["lower_95"].iloc[0] < true < found["upper_95"].iloc[0]
    assert found["factor"].iloc[0] == pytest.approx(values[20] / found["median"].iloc[0])


def test_steady_weeks_accuse_nobody() -> None:
    assert audit(weekly(steady())).empty


def test_of_two_papers_the_impossible_one_is_accused() -> None:
    rows = weekly([*steady(), 290.0])
    wrong = rows.iloc[[40]].assign(statement_id="other.01", source_id="other", value=290000.0)
    found = audit(pd.concat([rows, wrong], ignore_index=True))
    assert found["statement_id"].tolist() == ["other.01"]
    assert found["likely_reading"].tolist() == ["thousands_separator"]
    assert found["likely_value"].tolist() == [290.0]
    assert found["related_statement_ids"].tolist() == [("page-40.01",)]


def test_a_number_in_three_papers_outweighs_one() -> None:
    rows = weekly([*steady(), 290.0])
    copies = [rows.iloc[[40]].assign(statement_id=f"{n}.01", source_id=n) for n in "abc"]
    wrong = rows.iloc[[40]].assign(statement_id="wrong.01", source_id="wrong", value=209.0)
    found = audit(pd.concat([rows, *copies, wrong], ignore_index=True))
    assert found["statement_id"].tolist() == ["wrong.01"]
    assert found["likely_value"].tolist() == [290.0]


def test_row_order_does_not_matter() -> None:
    values = steady()
    values[5], values[30] = values[5] * 10, values[30] / 10
    rows = weekly(values)
    shuffled = rows.sample(frac=1, random_state=1)
    pd.testing.assert_frame_equal(audit(rows), audit(shuffled))


def test_codes_are_known() -> None:
    values = steady()
    values[5] *= 10
    found = audit(weekly(values))
    assert set(found["finding"]) <= set(FINDINGS)
    assert set(found["likely_reading"]) <= set(READINGS)


@pytest.mark.parametrize("count", [0, 1, 2])
def test_few_statements_accuse_nobody(count: int) -> None:
    found = audit(weekly([100.0, 90.0]).head(count))
    assert found.empty
    assert list(found.columns) == COLUMNS


def test_statements_without_days_accuse_nobody() -> None:
    assert audit(weekly(steady()).assign(period_start=None, period_end=None)).empty


@pytest.mark.parametrize("value", [0.0, 1e12, np.nan, -5.0])
def test_odd_values_are_survived(value: float) -> None:
    values = steady()
    values[20] = value
    found = audit(weekly(values))
    assert set(found["statement_id"]) <= {"page-20.01"}
    assert np.isfinite(found[["median", "lower_95", "upper_95", "z"]].to_numpy()).all()


def test_1e12_is_found() -> None:
    values = steady()
    values[20] = 1e12
    assert audit(weekly(values))["statement_id"].tolist() == ["page-20.01"]


def test_all_contradicting_is_survived() -> None:
    one_week = weekly([1.0])
    rows = [
        one_week.assign(statement_id=f"{n}.01", source_id=f"{n}", value=10.0**n) for n in range(9)
    ]
    found = audit(pd.concat(rows, ignore_index=True))
    assert set(found["finding"]) <= set(FINDINGS)


def test_missing_columns_are_named() -> None:
    with pytest.raises(StatementError, match="lack the column operator; needed are"):
        audit(weekly([1.0]).drop(columns="operator"))
    with pytest.raises(StatementError, match="lack the column statement_id, metric"):
        audit(pd.DataFrame())


def test_repeated_statements_are_refused() -> None:
    rows = weekly([1.0])
    with pytest.raises(StatementError, match=r"'page-0\.01' is there more than once"):
        audit(pd.concat([rows, rows]))


def test_words_in_place_of_numbers_are_refused() -> None:
    with pytest.raises(StatementError, match="value of 1 of 1 statements is no number"):
        audit(weekly([1.0]).assign(value="many"))
    with pytest.raises(StatementError, match="period_start of 1 of 1 statements is no date"):
        audit(weekly([1.0]).assign(period_start="soon"))


def test_columns_of_the_source_are_not_needed() -> None:
    values = steady()
    values[20] *= 10
    rows = weekly(values).drop(columns=["source_id", "published", "note", "printed"])
    assert audit(rows)["statement_id"].tolist() == ["page-20.01"]


@pytest.mark.parametrize("who", ["all", "SSTS"])
def test_a_misprint_of_a_named_operator_is_found_as_one_of_all(who: str) -> None:
    """A week and a month a thousand times too large, beside two years of the operator's weeks."""
    values = steady(104)
    rows = weekly(values).assign(operator=who)
    month = rows.iloc[[60]].assign(
        statement_id="month.01", source_id="month", period="month", value=1_213_400.0,
        period_start=pd.Timestamp("2024-02-05"), period_end=pd.Timestamp("2024-03-03"),
    )  # fmt: skip
    week = rows["statement_id"] == "page-30.01"
    true = rows.loc[week, "value"].iloc[0]
    both = pd.concat([rows.assign(value=rows["value"].mask(week, 1000 * true)), month],
                     ignore_index=True)  # fmt: skip
    found = audit(both).set_index("statement_id")
    assert set(found.index) == {"page-30.01", "month.01"}
    assert found.loc["page-30.01", "likely_value"] == pytest.approx(true)
    assert found["upper_95"].to_dict()["month.01"] < 2000  # four weeks of some 300 ha


def test_figures_that_no_series_tells_of_are_counted() -> None:
    """Three of another metric are too few for a series; what is planned is no achieved work."""
    few = weekly([5.0, 6.0, 7.0]).assign(metric="area_surveyed")
    few["statement_id"] = [f"few.{n}" for n in range(3)]
    plan = weekly([900.0]).assign(statement_id="plan.1", status="planned")
    frame = pd.concat([weekly(steady()), few, plan], ignore_index=True)
    assert audited(frame)[1] == 3
