from __future__ import annotations

import doctest
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from demine_analysis.errors import ParameterError
from demine_analysis.published import totals
from demine_analysis.wording import formats, language

if TYPE_CHECKING:
    from types import ModuleType


@pytest.mark.parametrize(
    ("lower", "upper", "median", "expected"),
    [
        (39771.0, 44012.9, 41883.2, "41,900 (39,800 to 44,000)"),
        (4.7, 6.2, 5.213, "5.2 (4.7 to 6.2)"),
        (0.1, 0.9, 0.4, "0.40 (0.10 to 0.90)"),
        (218600.0, 223200.0, 220700.0, "220,700 (218,600 to 223,200)"),
        (5.0, 5.0, 5.0, "5 (5 to 5)"),
    ],
)
def test_estimate_has_the_precision_of_its_interval(
    lower: float, upper: float, median: float, expected: str
) -> None:
    assert formats.estimate(median, lower, upper) == expected


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_what_is_no_number_is_a_dash(value: float) -> None:
    assert formats.number(value) == formats.printed(value) == formats.percent(value) == "–"


def test_rounding_step_is_a_hundredth_to_a_tenth_of_the_width() -> None:
    for exponent in range(-3, 7):
        for factor in (1.0, 1.5, 5.0, 9.9):
            width = factor * 10.0**exponent
            step = formats.step_of(100.0, 100.0 + width)
            assert width / 101 <= step <= width / 9.9


def test_numbers_are_written_however_large_or_small() -> None:
    assert formats.number(1e40) == "10" + ",000" * 13
    assert formats.number(-7e-12) == formats.number(7e-12) == "0"


def test_printed_figures_keep_every_digit() -> None:
    assert formats.printed(1639.6) == "1,639.6"
    assert formats.printed(4839.2618) == "4,839.2618"
    assert formats.printed(200321.0) == "200,321"


@pytest.mark.parametrize(
    ("code", "number", "day"),
    [("en", "62,024", "24 August 2025"), ("az", "62.024", "24 avqust 2025"),
     ("ru", "62\xa0024", "24 августа 2025"), ("uk", "62\xa0024", "24 серпня 2025")],
)  # fmt: skip
def test_numbers_and_dates_follow_the_language(code: str, number: str, day: str) -> None:
    language.use(code)
    assert formats.number(62023.9, step=1) == number
    assert formats.date(pd.Timestamp("2025-08-24")) == day


def test_number_said_before_follows_a_change_of_language() -> None:
    said = []
    for code in ("en", "az", "en", "ru"):
        language.use(code)
        said.append((formats.number(1639.6), formats.percent(-0.25), formats.language_name("ru")))
    assert said[0] == said[2] == ("1,640", "-25%", "Russian")
    assert said[1] == ("1.640", "-25%", "rus")
    assert said[3][0] == "1\u00a0640"


def test_zero_of_either_sign_is_written_as_itself() -> None:
    assert [formats.printed(value) for value in (0.0, -0.0, 0.0)] == ["0", "-0", "0"]


def test_missing_day_is_a_dash() -> None:
    assert formats.date(pd.NaT) == formats.month(pd.NaT) == "–"


def test_unknown_language_names_the_ones_there_are() -> None:
    with pytest.raises(ParameterError, match=r"language must be one of en, az, ru, uk.*'de'"):
        language.use("de")
    assert language.current() == "en"


def test_untranslated_message_stays_english() -> None:
    language.use("ru")
    assert language.translate("no such message") == "no such message"


@pytest.mark.parametrize("module", [formats, totals])
def test_examples_in_the_docstrings_are_true(module: ModuleType) -> None:
    result = doctest.testmod(module)
    assert result.attempted > 0
    assert result.failed == 0
