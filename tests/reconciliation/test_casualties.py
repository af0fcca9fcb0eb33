from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import demine_analysis as da
from demine_analysis import cache
from demine_analysis.errors import ParameterError
from demine_analysis.reconciliation import casualties
from demine_analysis.reconciliation.casualties import stated_totals, victims


@pytest.fixture(scope="module")
def stated() -> pd.DataFrame:
    return da.load_casualties("azerbaijan")


@pytest.fixture(scope="module")
def quarters(stated: pd.DataFrame) -> pd.DataFrame:
    return victims(stated)


def row(
    end: str,
    killed: float | None = None,
    injured: float | None = None,
    total: float | None = None,
    **other: str,
) -> dict[str, object]:
    return {
        "url": f"https://example.org/{end}",
        "publisher": "paper",
        "published": pd.Timestamp(end),
        "period_start": pd.Timestamp("2020-11-10"),
        "period_end": pd.Timestamp(end),
        "killed": killed,
        "injured": injured,
        "total": total,
        "civilians_only": "no",
        "note": "",
    } | other


def frame(*rows: dict[str, object]) -> pd.DataFrame:
    return pd.DataFrame(rows).astype({"killed": float, "injured": float, "total": float})


def by_kind(table: pd.DataFrame, kind: str) -> pd.DataFrame:
    return table[table["kind"] == kind]


def test_official_total_of_2024_is_found_without_being_used(
    stated: pd.DataFrame, quarters: pd.DataFrame
) -> None:
    # Prosecutor General, January 2025: 5 killed and 36 injured in 2024. A period of its own is
    # left out, so it is an independent check.
    total = by_kind(quarters, "total").loc["2024"]
    assert 39 <= total["median"].sum() <= 43
    assert by_kind(quarters, "killed").loc["2024"]["median"].sum() == pytest.approx(5, abs=1)
    reasons = stated_totals(stated).set_index("period_end")["reason"]
    assert (reasons.loc["2024-12-31"] != "").all()


def test_quarters_add_up_to_the_last_stated_total(
    quarters: pd.DataFrame, stated: pd.DataFrame
) -> None:
    used = stated_totals(stated).query("reason == ''").sort_values("period_end")
    for kind, slack in (("total", 6), ("killed", 4)):
        last = used[kind].dropna().iloc[-1]
        assert by_kind(quarters, kind)["median"].sum() == pytest.approx(last, abs=slack)


def test_soldiers_and_civilians_of_one_page_are_added(stated: pd.DataFrame) -> None:
    # Foreign Ministry, 22 December 2020: 6 and 7 civilians, 6 and 14 soldiers.
    used = stated_totals(stated).query("reason == ''").set_index("period_end")
    first = used.loc[pd.Timestamp("2020-12-22")]
    assert (first["killed"], first["injured"]) == (12, 21)


def test_each_part_left_out_has_its_reason(stated: pd.DataFrame) -> None:
    reasons = set(stated_totals(stated)["reason"])
    assert {
        "",
        "civilians only",
        "does not fit",
        "no date",
        "not since the same day",
        "repeats an earlier total",
    } <= reasons


def test_totals_count_from_the_day_that_most_count_from() -> None:
    """The same statements of a programme that began in another year give the same quarters."""
    moved = pd.DateOffset(years=2)
    stated = frame(row("2021-03-31", 3, 4), row("2021-06-30", 5, 12))
    # 2022 to 2024 have as many days as 2020 to 2022, but for the winter's 29 February.
    later = stated.assign(**{day: stated[day] + moved for day in ("period_start", "period_end")})
    found = by_kind(victims(later), "total")["median"]
    assert found.loc["2023-04-01"] == 10
    odd = row("2023-05-01", 900, period_start=pd.Timestamp("2014-01-01"))  # type: ignore[arg-type]
    both = pd.concat([later, frame(odd)], ignore_index=True)
    reasons = stated_totals(both).set_index("period_end")
    assert reasons.loc["2023-05-01", "reason"] == "not since the same day"


def test_victims_are_spread_evenly_between_two_totals() -> None:
    # 100 people between 1 January and 30 June 2022: 90 of 181 days lie in the first quarter.
    stated = frame(
        row("2021-12-31", 10, 41), row("2022-06-30", 10, 141), row("2022-07-01", 10, 142)
    )
    first = by_kind(victims(stated), "total").loc["2022-01-01"]
    assert first["median"] == pytest.approx(100 * 90 / 181, abs=1.5)
    # Binomial: standard deviation 5 people.
    assert first["upper_80"] - first["lower_80"] == pytest.approx(2 * 1.28 * 5, rel=0.25)


def test_a_total_at_a_quarters_end_leaves_nothing_open() -> None:
    stated = frame(row("2021-03-31", 3, 4), row("2021-06-30", 5, 12))
    second = victims(stated).loc["2021-04-01"].set_index("kind")
    assert second.loc[["killed", "injured", "total"], "lower_95"].tolist() == [2, 8, 10]
    assert second.loc[["killed", "injured", "total"], "upper_95"].tolist() == [2, 8, 10]


def test_a_fallen_total_is_left_out() -> None:
    stated = frame(row("2021-03-31", 3, 4), row("2021-05-01", 1, 1), row("2021-06-30", 5, 12))
    table = stated_totals(stated).set_index("period_end")
    assert table.loc["2021-05-01", "reason"] == "does not fit"


def test_a_rounded_total_widens_its_quarters() -> None:
    exact = frame(row("2021-03-31", total=101), row("2021-06-30", total=203))
    rounded = frame(row("2021-03-31", total=100), row("2021-06-30", total=203))
    widths = [
        by_kind(victims(each), "total").loc["2021-04-01", ["lower_80", "upper_80"]].diff().iloc[1]
        for each in (exact, rounded)
    ]
    assert widths[0] == 0
    assert widths[1] > 10


def test_later_statements_do_not_count_before_they_are_published(stated: pd.DataFrame) -> None:
    early = victims(stated, as_of="2023-01-01")
    assert early["through"].max() <= pd.Timestamp("2022-12-31")


def test_same_seed_same_numbers(
    stated: pd.DataFrame, quarters: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(cache.ENVIRONMENT, "")
    pd.testing.assert_frame_equal(victims(stated), quarters)


def test_without_a_total_the_error_says_why() -> None:
    stated = frame(row("2021-03-31", 3, 4, civilians_only="yes"))
    with pytest.raises(ParameterError, match=r"none can be used \(1 'civilians only'\)"):
        victims(stated)


def test_victims_found_before_are_found_again(
    stated: pd.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(cache.ENVIRONMENT, str(tmp_path))
    first = victims(stated, as_of="2024-06-30")
    expected = first.copy()
    first["median"] = -1.0
    with monkeypatch.context() as patch:
        patch.setattr(casualties, "stated_totals", None)
        pd.testing.assert_frame_equal(victims(stated, as_of="2024-06-30"), expected)
    (file,) = tmp_path.iterdir()
    file.write_text("{")
    pd.testing.assert_frame_equal(victims(stated, as_of="2024-06-30"), expected)


def test_victims_of_another_figure_day_or_seed_are_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, last = row("2021-06-30", 10, 20), row("2022-06-30", 15, 45)
    asked: list[tuple[pd.DataFrame, dict[str, Any]]] = [
        (frame(first, last), {}),
        (frame(first, last | {"injured": 46}), {}),
        (frame(first, last), {"as_of": "2021-12-31"}),
        (frame(first, last), {"seed": 1}),
    ]
    monkeypatch.setenv(cache.ENVIRONMENT, "")
    anew = [victims(rows, **options) for rows, options in asked]
    monkeypatch.setenv(cache.ENVIRONMENT, str(tmp_path))
    for _ in range(2):
        for (rows, options), expected in zip(asked, anew, strict=True):
            pd.testing.assert_frame_equal(victims(rows, **options), expected)
    assert len(list(tmp_path.iterdir())) == len(asked)
