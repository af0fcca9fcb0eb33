"""Find the days of a text: dates, ranges of dates, and words such as "last week"."""

from __future__ import annotations

import calendar
import datetime as dt
import itertools
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from demine_analysis.notices.reading.language import expression

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from demine_analysis.notices.reading.language import Language

YEAR = re.compile(r"(?<![\d.,/])(?:19[89]|20[0-4])\d(?![\d]|[.,]\d)")
_NUMERIC = re.compile(
    r"(?<!\d)(?:(\d{1,2})[./](\d{1,2})[./]((?:20)\d\d)|((?:20)\d\d)-(\d\d)-(\d\d))(?!\d)"
)
_DAY = re.compile(r"(?<![\d.,/])(?P<day>0?[1-9]|[12]\d|3[01])(?![\d%]|[.,/]\d)")
_GAP = re.compile(r"[\s,.()«»\"']*")
_ONE = dt.timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """Days that a text speaks of.

    Parameters
    ----------
    start, end : int
        The place of the words.
    first, last : date or None
        The days; None where the words do not tell.
    kind : str
        A period of the vocabulary, or `same` for words such as "in that period".
    sure : float
        How sure the days are, 0 to 1.
    reason : str
        What was assumed.
    explicit : bool
        Whether dates are printed.
    goal : bool
        Whether the words name a day until which something is to be done.
    begins : bool
        Whether they are the programme's words for a beginning.
    month_only : bool
        Whether the days are some of the month, as in "the third week of August".
    """

    start: int
    end: int
    first: dt.date | None
    last: dt.date | None
    kind: str
    sure: float = 1.0
    reason: str = ""
    explicit: bool = True
    goal: bool = False
    begins: bool = False
    month_only: bool = False


class _Token(NamedTuple):
    kind: str
    value: int
    start: int
    end: int
    soft: bool = False


class _Atom(NamedTuple):
    year: int | None
    month: int | None
    day: int | None


def find_periods(
    text: str,
    language: Language,
    published: dt.date | None,
    first_day: dt.date | None,
    beginnings: Mapping[str, dt.date],
) -> list[Period]:
    """Return the periods of a folded text, in their order.

    Parameters
    ----------
    text : str
        Folded.
    language : Language
        Its language.
    published : date or None
        The page's date, from which dates without a year take one.
    first_day : date or None
        Since when the programme's running totals count.
    beginnings : mapping
        Words of the programme for a day since which something counts, folded.
    """
    found = _dated(text, language, published, first_day)
    taken = [(each.start, each.end) for each in found]
    relative = [
        each
        for each in _relative(text, language, published, first_day, beginnings)
        if each.begins or not any(_touch(text, each, start, end) for start, end in taken)
    ]
    # "since the launch of the project in June 2018": the date only tells when that was.
    since = [each for each in relative if each.begins]
    ends = {each.start: _until(text, each, found, language) for each in since}
    relative = [replace(p, last=ends.get(p.start) or p.last) for p in relative]
    found = [each for each in found if not any(_tells(text, p, each) for p in since)]
    both = sorted([*found, *relative], key=lambda each: each.start)
    return [each for each in both if not _only_until_now(text, each, both)]


def _until(text: str, since: Period, dates: list[Period], language: Language) -> dt.date | None:
    """Return the day that ends a beginning's days: "since the launch until November 7"."""
    for date in dates:
        between = text[since.end : date.start] if date.start >= since.end else ""
        words = between.strip()
        if 0 < len(between) < 16 and _ends_with(words, language, "until") and date.last:
            return date.last
    return None


def _tells(text: str, since: Period, date: Period) -> bool:
    """Tell whether a date only says when a beginning was: right behind it, or in brackets."""
    if date.start < since.start:
        return False
    between = text[since.end : date.start]
    bracket = "(" in between and ")" not in between and len(between) < 60
    return bracket or len(between) < 16


def _touch(text: str, period: Period, start: int, end: int) -> bool:
    """Tell whether words lie within a date, or belong to it: "3 July this year"."""
    if not (period.start < end + 3 and start < period.end):
        return False
    return period.start < end or not set("\n,") & set(text[end : period.start])


def _only_until_now(text: str, period: Period, others: list[Period]) -> bool:
    """Tell whether words such as "to date" only say until when: others say since when."""
    if period.explicit or period.begins or period.kind != "cumulative":
        return False
    since = {"year_to_date", "month_to_date", "cumulative"}
    for other in others:
        if (
            other is period
            or other.kind not in since
            or not (other.explicit or other.begins or other.kind != "cumulative")
        ):
            continue
        between = text[min(other.end, period.end) : max(other.start, period.start)]
        if len(between) < _SO_FAR_REACH and not re.search(r"[.;\n]", between):
            return True
    return False


_SO_FAR_REACH = 160


def _dated(
    text: str, language: Language, published: dt.date | None, first_day: dt.date | None
) -> list[Period]:
    tokens = _tokens(text, language, published)
    symbols = "".join(each.kind for each in tokens)
    found = []
    taken_until = 0
    for match in _SHAPES.finditer(symbols):
        if match.start() < taken_until:
            continue
        run = tokens[match.start() : match.end()]
        if all(each.kind == "Y" for each in run) and (
            all(each.soft for each in run) or _inserted(text, run[0].start)
        ):
            continue
        period = _read_run(text, run, language, published, first_day)
        if period is not None:
            found.append(period)
            if all(each.kind == "Y" for each in run) and _of_making(text, period, language):
                period = replace(period, kind="made")
            found[-1] = period
            taken_until = match.end()
    return found


def _of_making(text: str, year: Period, language: Language) -> bool:
    """Tell whether a year only says when a thing was made or agreed on: "produced in 2021"."""
    start, end = max(0, year.start - 60), year.end + 60
    for cue in language.cues["made"].all(text, start, end):
        gap = text[min(cue.end, year.end) : max(cue.start, year.start)]
        apart = cue.end <= year.start or year.end <= cue.start
        if apart and len(gap) < _MADE_REACH and not re.search(r"[,;:.()\n]", gap):
            return True
    return False


_MADE_REACH = 30


def _inserted(text: str, place: int) -> bool:
    """Tell whether a place lies in square brackets, in which editors name the war or treaty."""
    opened = text.rfind("[", max(0, place - 80), place)
    return opened >= 0 and "]" not in text[opened:place]


# Y year, M month, N day, D a whole date in digits, T a word between two dates, Q a quarter's or
# half's number with its word, G a gap that holds other words.
_ATOM = r"(?:D|YMN|MNY|NMY|YNM|MN|NM|MY|YM|NY|M|N|Y)"
_SHAPES = re.compile(rf"(?:{_ATOM}T{_ATOM}|QY|YQ|Q|D|YMN|MNY|NMY|YNM|MN|NM|MY|YM|M|Y)")


def _tokens(text: str, language: Language, published: dt.date | None) -> list[_Token]:
    """Return the parts of dates in their order, with `G` between those that do not touch."""
    parts: list[_Token] = []
    for match in _NUMERIC.finditer(text):
        day, month, year, *other = match.groups()
        written = (year, month, day) if year else tuple(other)
        try:
            date = dt.date(*(int(each) for each in written))
        except ValueError:
            continue
        parts.append(_Token("D", date.toordinal(), match.start(), match.end()))
    years = re.compile(YEAR.pattern + language.year_suffix)
    for match in years.finditer(text):
        if not _inside(parts, match.start()):
            end = (
                match.start() + 4
                if re.match(r"\s", match[0][4:]) is None and len(match[0]) == 4
                else match.end()
            )
            parts.append(_Token("Y", int(match[0][:4]), match.start(), end))
    for match in language.months.finditer(text):
        month = next(int(name[1:]) for name, found in match.groupdict().items() if found)
        parts.append(_Token("M", month, match.start(), match.end()))
    parts += _parts_of_years(text, language)
    parts += _years_in_words(text, language, published, parts)
    days = re.compile(_DAY.pattern + f"(?P<suffix>{language.day_suffix})?(?![^\\W_])")
    for match in days.finditer(text):
        if not _inside(parts, match.start()) and not _an_amount(text, match.end(), language):
            parts.append(_Token("N", int(match["day"]), match.start(), match.end()))
    parts.sort(key=lambda each: each.start)
    return _linked(text, parts, language)


def _an_amount(text: str, end: int, language: Language) -> bool:
    """Tell whether a multiplier or a unit stands behind a number: it is no day of a month."""
    word = re.compile(r"[\s\-]*([^\W\d_]+\.?)").match(text, end)
    if word is None or "\n" in text[end : word.end()]:
        return False
    if word[1] in language.multipliers or word[1].rstrip(".") in language.multipliers:
        return True
    return language.cues["units"].at(text, word.start(1), len(text)) is not None


def _years_in_words(
    text: str, language: Language, published: dt.date | None, parts: list[_Token]
) -> list[_Token]:
    """Return "last year" and "this year" as years, for dates such as "3 July of this year"."""
    if published is None:
        return []
    shift = {"last_year": -1, "this_year": 0, "next_year": 1}
    return [
        _Token("Y", published.year + shift[cue.name], cue.start, cue.end, soft=True)
        for cue in language.cues["relative"].all(text)
        if cue.name in shift and not _inside(parts, cue.start)
    ]


def _inside(parts: list[_Token], place: int) -> bool:
    return any(each.start <= place < each.end for each in parts)


def _parts_of_years(text: str, language: Language) -> list[_Token]:
    """Return quarters (1 to 4), halves (5, 6) and first months of a year (10 and their number)."""
    found = []
    for cue in language.cues["relative"].all(text):
        if cue.name not in {"quarter", "half", "months_of"}:
            continue
        before = re.search(r"([\w'\-]+)[\s\-]*$", text[max(0, cue.start - 30) : cue.start])
        if before is None:
            continue
        start = max(0, cue.start - 30) + before.start(1)
        place = language.ordinals.get(before[1]) or language.numbers.get(before[1])
        if place is None:
            stem = next(
                (
                    value
                    for word, value in language.ordinals.items()
                    if word.endswith("*") and before[1].startswith(word[:-1])
                ),
                None,
            )
            place = stem or (int(before[1]) if before[1].isdigit() else None)
        if place is None:
            continue
        if cue.name == "quarter" and place <= 4:
            found.append(_Token("Q", place, start, cue.end))
        elif cue.name == "half" and place <= 2:
            found.append(_Token("Q", 4 + place, start, cue.end))
        elif cue.name == "months_of" and 2 <= place <= 11:
            found.append(_Token("Q", 10 + place, start, cue.end))
    return found


def _linked(text: str, parts: list[_Token], language: Language) -> list[_Token]:
    """Put `T` between dates that a word or a dash joins, and `G` where other words stand."""
    if not parts:
        return []
    result = [parts[0]]
    for last, token in itertools.pairwise(parts):
        gap = text[last.end : token.start]
        own = text[last.start : last.end]
        apart = token.soft and set(gap) & set(".,;\n")  # "in August. This year": two sentences
        result += [_Token("G", 0, last.end, last.end)] if apart else _link(gap, own, last, language)
        result.append(token)
    return result


def _link(gap: str, own: str, last: _Token, language: Language) -> list[_Token]:
    bare = _strip(gap, language)
    from_suffix = last.kind in "NMY" and re.search(language.from_suffix + "$", own)
    if from_suffix and bare == "":
        return [_Token("T", 0, last.end, last.end)]
    if bare == "" and "\n\n" not in gap:
        return []
    if bare in {"-", "–", "/", "..", "..."} or any(
        cue.end - cue.start == len(bare) for cue in language.cues["to"].all(bare)
    ):
        return [_Token("T", 0, last.end, last.end)]
    return [_Token("G", 0, last.end, last.end)]


def _strip(gap: str, language: Language) -> str:
    """Return what stands between two parts of dates, without what always may."""
    bare = gap.strip(" \n,.()«»\"'")
    words = [each for each in re.split(r"[\s.,]+", bare) if each]
    kept = [each for each in words if each not in language.date_fillers]
    return " ".join(kept)


def _read_run(
    text: str,
    run: list[_Token],
    language: Language,
    published: dt.date | None,
    first_day: dt.date | None,
) -> Period | None:
    """Return the period that a run of dates and what joins them says."""
    start, end = run[0].start, run[-1].end
    kinds = "".join(each.kind for each in run)
    if "T" in kinds:
        cut = kinds.index("T")
        found = _range(start, end, _atom(run[:cut]), _atom(run[cut + 1 :]), published)
        found = _from_first_day(found, _atom(run[:cut]), first_day)
        running = found is not None and _since(found, first_day)
        return replace(found, kind="cumulative") if found is not None and running else found
    if "Q" in kinds:
        return _part_of_year(start, end, run, published)
    words = _words_around(text, run, language)
    if kinds == "M" and not _said_alone(run[0], words.before, language):
        return None
    return _single(start, end, _atom(run), words, published, first_day)


class _Around(NamedTuple):
    """What the words around a date say: since it, until it as of now, or by it as a goal."""

    before: str
    since: bool
    until: bool
    by: bool
    as_of: bool
    week_of: bool
    far: bool


def _words_around(text: str, run: list[_Token], language: Language) -> _Around:
    start, end = run[0].start, run[-1].end
    before = text[max(0, start - 40) : start].rstrip(" \"'«“(")
    after = text[end : end + 45]
    said = {
        name: _ends_with(before, language, name) or _begins_with(after, language, name)
        for name in ("since", "until", "by", "as_of", "week_of")
    }
    ending = re.search(language.from_suffix + "$", text[run[-1].start : end]) is not None
    far = _since_before(text, start, language)
    return _Around(before=before, far=far, **(said | {"since": said["since"] or ending}))


def _since_before(text: str, start: int, language: Language) -> bool:
    """Tell whether "since" stands before a date, with other words: "since the launch in 2018"."""
    lead = text[max(0, start - _FAR) : start]
    cues = language.cues["far_since"].all(lead)
    return bool(cues) and not re.search(r"[.,;:()\n\d]", lead[cues[-1].end :])


_FAR = 60


def _single(
    start: int,
    end: int,
    atom: _Atom,
    words: _Around,
    published: dt.date | None,
    first_day: dt.date | None,
) -> Period | None:
    """Return the period of one date, month or year with the words around it."""
    first, last, sure, reason = _days_of(atom, published)
    if first is None or last is None:
        return None
    near = first_day is not None and first <= first_day <= last
    if words.since or (words.far and near and atom.day is None):
        begin, kind = _begin(first, atom, published, first_day)
        return Period(start, end, begin, published, kind, sure, reason)
    ahead = published is not None and last > published
    if words.by and (ahead or (atom.month is not None and atom.day is None)):
        return Period(start, end, None, last, "goal", sure, reason, goal=True)
    running = _running(first, last, atom, words, published, first_day)
    if running is not None:
        return Period(start, end, *running, "cumulative", sure * 0.9, reason)
    if words.week_of and atom.month is not None and atom.day is None:
        return Period(start, end, first, last, "week", sure, reason, month_only=True)
    kind = "day" if atom.day is not None else "month" if atom.month is not None else "year"
    return Period(start, end, first, last, kind, sure * (0.9 if kind == "day" else 1), reason)


def _running(
    first: dt.date,
    last: dt.date,
    atom: _Atom,
    words: _Around,
    published: dt.date | None,
    first_day: dt.date | None,
) -> tuple[dt.date | None, dt.date | None] | None:
    """Return the days of a running total: until a day, as of a month, or since the first day."""
    if atom.day is not None and first == first_day and published is not None:
        # "after the agreement of 10 November 2020": the programme's first day is a beginning.
        return (first, published) if (published - first).days > _LONG_AGO else None
    until = words.until if atom.day is not None else words.as_of and atom.month is not None
    return (first_day, last) if until else None


_LONG_AGO = 60


def _begin(
    first: dt.date, atom: _Atom, published: dt.date | None, first_day: dt.date | None
) -> tuple[dt.date, str]:
    """Return the day since which something counts, and the period that makes it.

    A month or a year that holds the programme's first day stands for that day; what begins far
    from it is no running total of the programme.
    """
    if first_day is not None and atom.day is None:
        near = abs((first - first_day).days) < 32
        if near or (atom.month is None and first.year == first_day.year):
            first = first_day
    if published is not None and first == dt.date(published.year, 1, 1):
        return first, "year_to_date"
    far = first_day is not None and abs((first - first_day).days) > 60
    return first, "other" if far else "cumulative"


def _from_first_day(
    period: Period | None, begin: _Atom, first_day: dt.date | None
) -> Period | None:
    """Return days that begin in the month of the programme's first day as beginning with it."""
    if period is None or first_day is None or begin.day is not None or begin.month is None:
        return period
    month = (first_day.year, first_day.month)
    if period.first is None or (period.first.year, period.first.month) != month:
        return period
    return replace(period, first=first_day)


def _since(period: Period, first_day: dt.date | None) -> bool:
    """Tell whether days are a running total's: they begin within a few days of its first one."""
    if first_day is None or period.first is None or period.last is None:
        return False
    near = abs((period.first - first_day).days) <= 3
    return period.first == first_day or (near and (period.last - period.first).days > 60)


def _said_alone(token: _Token, before: str, language: Language) -> bool:
    """Tell the month from the verb in "may" and "march": a month has a word of time before it."""
    if language.code != "en" or token.value not in {3, 5}:
        return True
    return _TIME.search(before) is not None


_TIME = re.compile(
    r"\b(in|of|during|for|since|throughout|until|by|from|last|this|early|late|mid)[ -]*$"
)


def _ends_with(before: str, language: Language, name: str) -> bool:
    return any(cue.end == len(before) for cue in language.cues[name].all(before))


def _begins_with(after: str, language: Language, name: str) -> bool:
    lead = len(after) - len(after.lstrip(" -'"))
    return language.cues[name].at(after, lead, len(after)) is not None


def _atom(run: list[_Token]) -> _Atom:
    value = {each.kind: each.value for each in run}
    if "D" in value:
        date = dt.date.fromordinal(value["D"])
        return _Atom(date.year, date.month, date.day)
    return _Atom(value.get("Y"), value.get("M"), value.get("N"))


def _days_of(
    atom: _Atom, published: dt.date | None
) -> tuple[dt.date | None, dt.date | None, float, str]:
    """Return the first and last day of a date, a month or a year."""
    sure, reason = 1.0, ""
    year = atom.year
    if year is None:
        if published is None or atom.month is None:
            return None, None, 0.5, ""
        year = published.year
        if (atom.month, atom.day or 1) > (published.month, published.day):
            year -= 1
        sure, reason = 0.97, f"the year {year} is taken from the page's date"
    if atom.month is None:
        return dt.date(year, 1, 1), dt.date(year, 12, 31), sure, reason
    length = calendar.monthrange(year, atom.month)[1]
    if atom.day is None:
        return dt.date(year, atom.month, 1), dt.date(year, atom.month, length), sure, reason
    day = dt.date(year, atom.month, min(atom.day, length))
    return day, day, sure, reason


def _range(
    start: int, end: int, first: _Atom, last: _Atom, published: dt.date | None
) -> Period | None:
    """Return the period from one date to another, each of which may lack what the other has."""
    if last.day is not None and last.month is None:
        last = last._replace(month=first.month)
    if first.day is not None and first.month is None:
        first = first._replace(month=last.month)
    bare = first.month is None and last.month is None and (first.day or last.day)
    if bare or (first.day is None and first.month is None and last.day is not None):
        return None
    turn = int(bool(first.month and last.month and first.month > last.month))
    if last.year is None and first.year is not None:
        last = last._replace(year=first.year + turn)
    _, until, sure, reason = _days_of(last, published)
    if until is None:
        return None
    if first.year is None:
        first = first._replace(year=until.year - turn)
    begin, _, _, _ = _days_of(first, published)
    if begin is None or begin > until:
        return None
    return Period(start, end, begin, until, kind_of(begin, until), sure, reason)


def _part_of_year(
    start: int, end: int, run: list[_Token], published: dt.date | None
) -> Period | None:
    value = {each.kind: each.value for each in run}
    part = value["Q"]
    year, sure, reason = value.get("Y"), 1.0, ""
    months = (3 * part - 2, 3 * part) if part <= 4 else (1, 6) if part == 5 else (7, 12)
    if part > 10:
        months = (1, part - 10)
    if year is None:
        if published is None:
            return None
        year = published.year - (months[0] > published.month)
        if months[1] > published.month and part <= 6:
            year = published.year - 1 if months[1] - published.month > 0 and months[0] > 1 else year
        sure, reason = 0.95, f"the year {year} is taken from the page's date"
    first = dt.date(year, months[0], 1)
    last = dt.date(year, months[1], calendar.monthrange(year, months[1])[1])
    return Period(start, end, first, last, kind_of(first, last), sure, reason)


def kind_of(first: dt.date, last: dt.date) -> str:
    """Return the period of the vocabulary that two days are."""
    days = (last - first).days + 1
    year = first.year == last.year
    whole = first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]
    months = last.month - first.month + 1 if whole and year else 0
    kinds = {
        "day": days <= 2,
        # Notices of a month may end a few days before it does.
        "month": year and first.day == 1 and first.month == last.month and last.day >= 28,
        # A week's notice ends on its Saturday, its Sunday or the Monday after.
        "week": 7 <= days <= 8 or (days == 6 and first.weekday() == 0),
        "year": months == 12,
        "quarter": months == 3 and first.month % 3 == 1,
        "half_year": months == 6 and first.month in {1, 7},
        "nine_months": months == 9 and first.month == 1,
        "year_to_date": year and first.month == 1 and first.day == 1,
        "other": True,
    }
    return next(kind for kind, true in kinds.items() if true)


def _relative(
    text: str,
    language: Language,
    published: dt.date | None,
    first_day: dt.date | None,
    beginnings: Mapping[str, dt.date],
) -> list[Period]:
    found = _days_back(text, language, published)
    taken = [(each.start, each.end) for each in found]
    for cue in language.cues["relative"].all(text):
        if any(start < cue.end and cue.start < end for start, end in taken):
            continue
        days = _meant(cue.name, published, first_day)
        if days is not None:
            first, last, kind, sure = days
            reason = f"{text[cue.start : cue.end]!r} is read from the page's date" if last else ""
            found.append(
                Period(cue.start, cue.end, first, last, kind, sure, reason, explicit=False)
            )
    for words, day in beginnings.items():
        for match in re.finditer(expression(words), text):
            reason = f"{match[0]!r} is taken as {day}"
            found.append(
                Period(
                    match.start(),
                    match.end(),
                    day,
                    published,
                    "cumulative",
                    0.97,
                    reason,
                    begins=True,
                )
            )
    return found


def _days_back(text: str, language: Language, published: dt.date | None) -> list[Period]:
    """Return the days of words such as "over the last ten days", which end on the page's day."""
    found = []
    for cue in language.cues["days_back"].all(text):
        said = text[cue.start : cue.end].split()
        counted = [int(each) if each.isdigit() else language.numbers.get(each) for each in said]
        days = next((each for each in counted if each), None)
        if days is None or not 1 < days < 100 or published is None:
            continue
        first = published - (days - 1) * _ONE
        reason = f"{text[cue.start : cue.end]!r} is read from the page's date"
        kind = kind_of(first, published)
        found.append(
            Period(cue.start, cue.end, first, published, kind, 0.8, reason, explicit=False)
        )
    return found


def _meant(
    name: str, published: dt.date | None, first_day: dt.date | None
) -> tuple[dt.date | None, dt.date | None, str, float] | None:
    """Return first and last day, kind, and how sure, of words such as "last week"."""
    if name == "same":
        return None, None, "same", 1.0
    if name == "programme":
        return None, published, "cumulative", 0.8  # since some day that the words do not tell
    if name == "cumulative":
        return first_day, published, "cumulative", 0.9
    if name not in _SPANS:
        return None
    kind, days_of = _SPANS[name]
    if published is None:
        return None, None, kind, 0.5
    first, last, sure = days_of(published)
    return first, last, kind, sure


def _last_week(day: dt.date) -> tuple[dt.date, dt.date, float]:
    """Return the week before a day; on a Saturday or Sunday its own is meant."""
    monday = day - dt.timedelta(days=day.weekday())
    if day.weekday() >= 5:
        return monday, monday + 6 * _ONE, 0.7
    return monday - 7 * _ONE, monday - _ONE, 0.85


def _last_month(day: dt.date) -> tuple[dt.date, dt.date, float]:
    last = day.replace(day=1) - _ONE
    return last.replace(day=1), last, 0.85


def _year(year: int, sure: float) -> tuple[dt.date, dt.date, float]:
    return dt.date(year, 1, 1), dt.date(year, 12, 31), sure


_SPANS: dict[str, tuple[str, Callable[[dt.date], tuple[dt.date, dt.date, float]]]] = {
    "last_week": ("week", _last_week),
    "this_week": ("other", lambda day: (day - dt.timedelta(days=day.weekday()), day, 0.8)),
    "last_month": ("month", _last_month),
    "this_month": ("month_to_date", lambda day: (day.replace(day=1), day, 0.9)),
    "last_year": ("year", lambda day: _year(day.year - 1, 0.8)),
    "this_year": ("year_to_date", lambda day: (dt.date(day.year, 1, 1), day, 0.9)),
    "next_year": ("year", lambda day: _year(day.year + 1, 0.9)),
    "yesterday": ("day", lambda day: (day - _ONE, day - _ONE, 0.9)),
    "today": ("day", lambda day: (day - _ONE, day, 0.7)),
}
"""Words for days beside a page's date: their kind, and the days with how sure they are."""
