"""Numbers and dates as readers see them: separators of the language, and no false precision."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal
from pandas.api.typing import NaTType

from demine_analysis import language

if TYPE_CHECKING:
    import datetime as dt

#: Digits of a number that has no interval to say how many are known.
_SIGNIFICANT = 4
_MISSING = "–"
_RARE = 0.01


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
    step = step or _natural_step(value)
    decimals = max(0, -math.floor(math.log10(step)))
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return format_decimal(round(value / step) * step, format=pattern, locale=language.current())


def printed(value: float) -> str:
    """Return a published figure with every digit that was printed."""
    if not math.isfinite(value):
        return _MISSING
    return format_decimal(value, format="#,##0.####", locale=language.current())


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
    pattern = "+#,##0%;-#,##0%" if signed and round(share, 2) else "#,##0%"
    return format_decimal(share, format=pattern, locale=language.current())


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
    return format_date(day, format="d MMMM y", locale=language.current())


def month(day: dt.date | NaTType) -> str:
    """Return a month and its year in words, for instance August 2025."""
    if isinstance(day, NaTType):
        return _MISSING
    return format_skeleton("yMMMM", day, locale=language.current())


def _natural_step(value: float) -> float:
    """Return a step that leaves about four digits, and whole numbers whole."""
    if value == 0 or float(value).is_integer():
        return 1.0
    power = math.floor(math.log10(abs(value))) - _SIGNIFICANT + 1
    return float(10.0 ** min(0, max(power, -4) + (1 if abs(value) < 1 else 0)))
