"""Numbers and dates as readers see them: separators of the language, and no false precision.

Babel writes them. Where it is not installed, as with the library alone, there is only English, and
Python writes the same.
"""

from __future__ import annotations

import importlib.util
import math
from decimal import Decimal, localcontext
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from pandas.api.typing import NaTType

from demine_analysis.wording import language

if TYPE_CHECKING:
    import datetime as dt

    import pandas as pd
    from babel import Locale
    from babel.numbers import NumberPattern

#: Digits of a number that has no interval to say how many are known.
_SIGNIFICANT = 4
_MISSING = "–"
_RARE = 0.01
_TEN = 10
_PRINTED_DECIMALS = 4
#: What sums of draws leave where nothing is left; a millionth of a hectare is a hand's breadth.
_NOTHING = 1e-6
#: Digits of the largest number there is; Babel counts on no more than 28 otherwise.
_MOST_DIGITS = 320
_BABEL = importlib.util.find_spec("babel") is not None
#: Endings of ordinals in `az`: by the last digit, or by the last but one where that is 0.
_ENDINGS = ("", "ci", "ci", "cü", "cü", "ci", "cı", "ci", "ci", "cu")
_ENDINGS_OF_TENS = ("ci", "cu", "ci", "cu", "cı", "ci", "cı", "ci", "ci", "cı")
_QUARTERS = (
    language.marked("{year} Q1"),
    language.marked("{year} Q2"),
    language.marked("{year} Q3"),
    language.marked("{year} Q4"),
)


class Numeral(str):
    """A whole number in a sentence; `{year:ordinal}` puts the ending of `az` to it."""

    __slots__ = ()

    def __format__(self, form: str) -> str:
        """Return the number, as an ordinal where the translation asks for one."""
        if form != "ordinal":
            return super().__format__(form)
        tens, ones = int(self) // 10 % 10, int(self) % 10
        return f"{self}-{_ENDINGS[ones] or _ENDINGS_OF_TENS[tens]}"


def number(value: float, *, step: float | None = None) -> str:
    """Return a number with separators, rounded to a step.

    Parameters
    ----------
    value : float
        Missing values give a dash.
    step : float, optional
        Rounding step, for instance 100. Without one about four digits are kept, and whole
        numbers are left as they are.

    Examples
    --------
    >>> number(41915.77), number(62023.9, step=1000), number(0.0692)
    ('41,916', '62,000', '0.069')
    """
    if not math.isfinite(value):
        return _MISSING
    if abs(value) < _NOTHING:
        value = 0.0
    step = step or _natural_step(value)
    decimals = max(0, -math.floor(math.log10(step)))
    return _decimal(round(value / step) * step, least=decimals, most=decimals)


def printed(value: float) -> str:
    """Return a published figure with every digit that was printed."""
    if not math.isfinite(value):
        return _MISSING
    return _decimal(value, least=0, most=_PRINTED_DECIMALS)


def interval(lower: float, upper: float) -> str:
    """Return the two ends of an interval, rounded to a tenth of its width or coarser."""
    step = step_of(lower, upper)
    between = language.translate("{lower} to {upper}")
    return between.format(lower=number(lower, step=step), upper=number(upper, step=step))


def estimate(median: float, lower: float, upper: float) -> str:
    """Return a median with its interval in brackets, at the precision that the interval allows.

    Examples
    --------
    >>> estimate(41883.2, 39771.0, 44012.9)
    '41,900 (39,800 to 44,000)'
    """
    step = step_of(lower, upper)
    return f"{number(median, step=step)} ({interval(lower, upper)})"


def years_left(middle: float, lower: float, upper: float) -> str:
    """Return a number of years with its interval, whole from ten years on.

    Examples
    --------
    >>> years_left(4.15, 4.02, 4.31), years_left(41.2, 30.4, float("inf"))
    ('4.2 (4.0 to 4.3)', '41 (30 or more)')
    """
    step = 0.1 if lower < _TEN else 1.0
    low, high = number(lower, step=step), number(upper, step=step)
    words = language.translate("{lower} to {upper}").format(lower=low, upper=high)
    if not math.isfinite(upper):
        words = language.translate("{lower} or more").format(lower=low)
    return f"{number(middle, step=step)} ({words})"


def step_of(lower: float, upper: float) -> float:
    """Return the rounding step for an interval, between a hundredth and a tenth of its width."""
    width = upper - lower
    if not math.isfinite(width) or width <= 0:
        return _natural_step(upper if math.isfinite(upper) else 1.0)
    return float(10.0 ** (math.floor(math.log10(width)) - 1))


def percent(share: float, *, signed: bool = False) -> str:
    """Return a share as a whole percentage; `signed` puts a plus before a rise."""
    if not math.isfinite(share):
        return _MISSING
    sign = "+" if signed and round(share, 2) > 0 else ""
    if not _BABEL:
        return f"{sign}{share:,.0%}"
    from babel.numbers import format_percent  # noqa: PLC0415 - in the extra `reports` only

    return sign + format_percent(share, locale=_locale(language.current()))


def probability(share: float) -> str:
    """Return a probability as a percentage; draws cannot tell less than 1% from never.

    Examples
    --------
    >>> probability(0.0), probability(0.453), probability(1.0)
    ('under 1%', '45%', 'over 99%')
    """
    if share < _RARE:
        return language.translate("under {share}").format(share=percent(_RARE))
    if share > 1 - _RARE:
        return language.translate("over {share}").format(share=percent(1 - _RARE))
    return percent(share)


def date(day: dt.date | NaTType) -> str:
    """Return a day in words, for instance 24 August 2025; a missing day gives a dash."""
    if isinstance(day, NaTType):
        return _MISSING
    return _dated(day, "d MMMM y") if _BABEL else f"{day.day} {day:%B %Y}"


def days(first: dt.date | NaTType, last: dt.date | NaTType) -> str:
    """Return a span of days, both ends included; one day where the other is not known.

    Examples
    --------
    >>> import datetime as dt
    >>> days(dt.date(2025, 7, 7), dt.date(2025, 7, 13))
    '7 – 13 July 2025'
    """
    ends = [date(day) for day in (first, last) if not isinstance(day, NaTType)]
    if len(set(ends)) > 1 and not isinstance(first, NaTType) and not isinstance(last, NaTType):
        if (first.year, first.month) == (last.year, last.month):
            ends[0] = str(first.day)
        elif first.year == last.year:
            ends[0] = _dated(first, "d MMMM") if _BABEL else f"{first.day} {first:%B}"
    return " – ".join(dict.fromkeys(ends)) or _MISSING


def month(day: dt.date | NaTType) -> str:
    """Return a month and its year in words, for instance August 2025."""
    if isinstance(day, NaTType):
        return _MISSING
    return _dated(day, "LLLL y") if _BABEL else f"{day:%B %Y}"


def short_month(day: dt.date) -> str:
    """Return the short name of a month, for an axis."""
    return _dated(day, "LLL") if _BABEL else f"{day:%b}"


def weekday(day: dt.date) -> str:
    """Return the short name of a day of the week, for an axis."""
    return _dated(day, "EEE") if _BABEL else f"{day:%a}"


def quarter(day: pd.Timestamp) -> str:
    """Return a quarter and its year, for instance 2024 Q3."""
    words = _QUARTERS[day.quarter - 1]
    return language.translate(words).format(year=year(day.year))


def year(number: int) -> Numeral:
    """Return a year for a sentence."""
    return Numeral(number)


def language_name(code: str) -> str:
    """Return a language by its name in the language in use, for instance Russian for ru."""
    return str(_locale(language.current()).languages.get(code, code)) if _BABEL else code


def country_name(iso: str, name: str) -> str:
    """Return a country's name in the language in use; in English as the data have it.

    Parameters
    ----------
    iso : str
        ISO 3166-1 alpha-3 code.
    name : str
        In English, which also stands where the language has no other.
    """
    if not _BABEL or language.current() == "en":
        return name
    from babel.core import get_global  # noqa: PLC0415 - in the extra `reports` only

    short = get_global("territory_aliases").get(iso, [iso])[0]
    return str(_locale(language.current()).territories.get(short, name))


def _decimal(value: float, *, least: int, most: int) -> str:
    """Return a number with separators and from `least` to `most` decimals."""
    if not _BABEL:
        whole, point, rest = f"{value:,.{most}f}".partition(".")
        rest = rest[:least] + rest[least:].rstrip("0")
        return f"{whole}{point}{rest}" if rest else whole
    return _babels_decimal(str(value), least, most, language.current())


def _dated(day: dt.date, pattern: str) -> str:
    return _babels_date(day, pattern, language.current())


# A page's days, and the ticks of its axes, are asked for many times each.
@lru_cache(maxsize=4096)
def _babels_date(day: dt.date, pattern: str, code: str) -> str:
    from babel.dates import format_date  # noqa: PLC0415 - in the extra `reports` only

    return format_date(day, format=pattern, locale=_locale(code))


@lru_cache(maxsize=4096)
def _babels_decimal(number: str, least: int, most: int, code: str) -> str:
    from babel.numbers import format_decimal  # noqa: PLC0415 - in the extra `reports` only

    with localcontext(prec=_MOST_DIGITS):
        return format_decimal(Decimal(number), format=_pattern(least, most), locale=_locale(code))


# Babel reads a language's name and a number's pattern anew each time that it is given their text.
@cache
def _locale(code: str) -> Locale:
    from babel import Locale  # noqa: PLC0415 - in the extra `reports` only

    return Locale.parse(code)


@cache
def _pattern(least: int, most: int) -> NumberPattern:
    from babel.numbers import parse_pattern  # noqa: PLC0415 - as above

    return parse_pattern(f"#,##0.{'0' * least}{'#' * (most - least)}".removesuffix("."))


def _natural_step(value: float) -> float:
    """Return a step that leaves about four digits, and whole numbers whole."""
    if value == 0 or float(value).is_integer():
        return 1.0
    power = math.floor(math.log10(abs(value))) - _SIGNIFICANT + 1
    return float(10.0 ** min(0, max(power, -4) + (1 if abs(value) < 1 else 0)))
