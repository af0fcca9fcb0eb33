"""The words of the data: codes with their labels and meanings, units, and district names.

Metrics, units, statuses, qualifiers, periods and land uses are closed lists. Operators and
districts are open: a dataset of another country has its own, so `canonical_operator` and
`canonical_district` change only what they know, and `resolve_district` refuses a name only where
the caller says which ones there are.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from demine_analysis.errors import ParameterError


class Code(NamedTuple):
    """What a code stands for: a label for axes and headings, and one sentence."""

    label: str
    description: str


METRICS: dict[str, Code] = {
    "area_cleared": Code(
        "cleared area", "Area cleared of explosive ordnance, as its publisher counts it."
    ),
    "anti_personnel_mines": Code("anti-personnel mines", "Anti-personnel mines found."),
    "anti_vehicle_mines": Code(
        "anti-vehicle mines", "Anti-vehicle mines found; the press says anti-tank."
    ),
    "unexploded_ordnance": Code("unexploded ordnance", "Items of unexploded ordnance found."),
    "mines": Code("mines", "Anti-personnel and anti-vehicle mines together, where printed as one."),
    "explosive_items": Code("explosive items", "Mines and unexploded ordnance together."),
    "contaminated_area": Code(
        "contaminated area",
        "Area stated to hold, or to be suspected of holding, explosive ordnance.",
    ),
    "area_surveyed": Code(
        "surveyed area", "Area looked over for explosive ordnance; it need not have been cleared."
    ),
    "area_reduced": Code(
        "reduced area", "Area released because technical survey found nothing in it."
    ),
    "area_cancelled": Code(
        "cancelled area", "Area released because non-technical survey found no evidence."
    ),
    "area_released": Code(
        "released area", "Area cleared, reduced and cancelled together, where printed as one."
    ),
    "area_returned": Code(
        "returned area",
        "Area that a government counts as usable again, whoever worked there, if anybody did.",
    ),
    "aircraft_bombs": Code("aircraft bombs", "Aircraft bombs found; part of the explosive items."),
    "improvised_devices": Code("improvised devices", "Improvised explosive devices found."),
    "submunitions": Code("submunitions", "Unexploded submunitions of cluster munitions found."),
    "explosive_mass": Code("mass of explosives", "Mass of loose explosive substance disposed of."),
    "risk_education": Code(
        "people taught", "People who were taught about the risks of explosive ordnance."
    ),
}

UNITS: dict[str, Code] = {
    "ha": Code("hectares", "Hectares; 1 km² is 100 ha."),
    "items": Code("items", "Pieces of explosive ordnance."),
    "kg": Code("kilograms", "Kilograms."),
    "persons": Code("persons", "People."),
}

_OTHER_UNITS = {"explosive_mass": "kg", "risk_education": "persons"}
UNIT_OF_METRIC: dict[str, str] = {
    metric: _OTHER_UNITS.get(metric, "ha" if "area" in metric else "items") for metric in METRICS
}

ESTIMATES: dict[str, Code] = {
    "confirmed": Code("confirmed", "Confirmed hazardous area: evidence of contamination is there."),
    "suspected": Code("suspected", "Suspected hazardous area: contamination is not ruled out."),
    "total": Code("total", "All that is or was contaminated, confirmed and suspected together."),
    "remaining": Code("remaining", "What was left to release at the end of the period."),
    "part": Code("part", "A class of the contaminated area alone, such as its worst part."),
}

QUALIFIERS: dict[str, Code] = {
    "exact": Code("exactly", "Printed as a plain figure."),
    "at_least": Code("at least", "Printed as a lower bound, such as 'over 68,900'."),
    "about": Code("about", "Printed as an approximation."),
    "at_most": Code("at most", "Printed as an upper bound, such as 'nearly 9,000'."),
}

STATUSES: dict[str, Code] = {
    "achieved": Code("achieved", "Work that was done."),
    "planned": Code("planned", "Work that was announced."),
    "requested": Code("requested", "Work that somebody was asked to do."),
    "estimated": Code("estimated", "An estimate, not a count of work done."),
}

PERIODS: dict[str, Code] = {
    "day": Code("day", "A day; at most 2 days, as the last 24 hours of a notice touch two."),
    "week": Code("week", "A week; at most 8 days, as some notices print both Mondays."),
    "month": Code("month", "A calendar month or thereabouts; at most 35 days."),
    "quarter": Code("quarter", "Three months."),
    "half_year": Code("half-year", "Six months."),
    "nine_months": Code("nine months", "January to September."),
    "year": Code("year", "A year."),
    "year_to_date": Code("year to date", "From the start of a year to a date in it."),
    "month_to_date": Code("month to date", "From the start of a month to a date in it."),
    "cumulative": Code("cumulative", "Since a start date, usually that of the programme."),
    "other": Code("other period", "Any other period, or one that the page does not tell."),
}

LAND_USES: dict[str, Code] = {
    "all": Code("all land uses", "Every use together."),
    "agriculture": Code("agriculture", "Farm land, pasture."),
    "residential": Code("residential", "Towns, villages, housing."),
    "transport": Code("transport", "Roads and airports."),
    "railway": Code("railway", "Railway lines."),
    "energy": Code("energy", "Power plants and power lines."),
    "environment": Code("environment", "Forest and nature."),
    "water": Code("water", "Canals, reservoirs, water supply."),
    "other": Code("other land use", "A use that is none of these."),
}

OPERATORS: dict[str, Code] = {
    "all": Code("all institutions", "All institutions together."),
    "unstated": Code(
        "not stated", "The notice does not say whose work it counts; often the agency's own only."
    ),
    "companies": Code("companies", "Commercial operators."),
}

ALL = "all"
OTHER = "other"
#: What stands for a district without being the name of one.
PLACES: dict[str, Code] = {
    ALL: Code("all districts", "Every district together."),
    OTHER: Code("other districts", "The districts that a page does not name."),
}

_NONE: Mapping[str, Sequence[str]] = MappingProxyType({})
_LETTERS = str.maketrans({"ə": "a", "ı": "i", "ё": "е"})
"""Letters that are no other letter with a mark, and are yet written as if they were."""


_SAME_WORD = 0.75
"""Likeness from which a word is the other one mistyped: `cleard` is, `mapped` and `reduced` are
not. Pairs of the metrics' own words reach 0.63 at most."""


def nearest(name: str, known: Iterable[str], *, count: int = 1) -> list[str]:
    """Return the names in `known` that look most like `name`, best first; case does not matter."""
    by_key = {plain(each): each for each in known}
    return [by_key[key] for key in difflib.get_close_matches(plain(name), by_key, count, 0.6)]


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return " (did you mean a?)" for the nearest name, or nothing where none is near.

    A hint never turns one kind of work into another: `area_mapped` is no slip for `area_cleared`.
    """
    close = [each for each in nearest(name, known) if not _other_work(name, each)]
    return f" (did you mean {close[0]}?)" if close else ""


def _other_work(name: str, code: str) -> bool:
    """Return whether two codes share the word of what is counted and differ in what was done."""
    first, second = plain(name).split(), plain(code).split()
    if "area" not in first or "area" not in second:
        return False
    done, meant = (" ".join(word for word in words if word != "area") for words in (first, second))
    return difflib.SequenceMatcher(None, done, meant).ratio() < _SAME_WORD


def describe_allowed(name: str, known: Iterable[str]) -> str:
    """Return "one of a, b (did you mean a?)", for a message that refuses `name`."""
    choices = list(known)
    return "one of " + ", ".join(choices) + did_you_mean(name, choices)


def canonical_district(name: str, aliases: Mapping[str, Sequence[str]] = _NONE) -> str:
    """Return a dataset's spelling of a district, or the trimmed name where it is not known.

    Parameters
    ----------
    name : str
        Any spelling.
    aliases : mapping of str to sequence of str
        The districts that the dataset declares, each with its other spellings. Nothing is
        rewritten without them: Martuni is a town in two countries.
    """
    return _by_key(aliases).get(plain(name), name.strip())


def canonical_districts(names: str, aliases: Mapping[str, Sequence[str]] = _NONE) -> str:
    """Return a `;`-joined list of districts with each in the dataset's spelling."""
    known = _by_key(aliases)
    return ";".join(known.get(plain(name), name.strip()) for name in names.split(";"))


def canonical_operator(name: str, known: Iterable[str] = ()) -> str:
    """Return an operator's code, whatever its case, or the trimmed name where it is not known.

    Parameters
    ----------
    name : str
        As a file spells it.
    known : iterable of str
        The operators that the dataset declares.
    """
    return {plain(code): code for code in (*OPERATORS, *known)}.get(plain(name), name.strip())


def resolve_district(
    name: str, *, known: Iterable[str] = (), aliases: Mapping[str, Sequence[str]] = _NONE
) -> str:
    """Return the one spelling of a district that the data use.

    Parameters
    ----------
    name : str
        Any spelling, in any case, with or without diacritics.
    known : iterable of str
        The districts that are there.
    aliases : mapping of str to sequence of str
        Districts that the dataset declares, each with its other spellings.

    Returns
    -------
    str
        The name as the data spell it; "all" for all districts together.

    Raises
    ------
    ParameterError
        Where no district has this name; the message gives the nearest.

    Examples
    --------
    >>> resolve_district("san carlos", known=["San Carlos"])
    'San Carlos'
    >>> resolve_district("Харьков", aliases={"Kharkiv": ["Харків", "Харьков"]})
    'Kharkiv'
    """
    there = {plain(each): each for each in known}
    declared = _by_key(aliases)
    key = plain(name) if isinstance(name, str) else ""
    found = there.get(key) or declared.get(key)
    if found is None:
        raise ParameterError(_unknown_district(name, {*there.values(), *aliases}, declared))
    return found


def resolve_code(name: str, codes: Iterable[str], *, what: str) -> str:
    """Return the code that `name` spells, whatever its case.

    Raises
    ------
    ParameterError
        Where there is none; the message lists the codes and gives the nearest.
    """
    choices = list(codes)
    by_key = {plain(code): code for code in choices}
    if isinstance(name, str) and plain(name) in by_key:
        return by_key[plain(name)]
    raise ParameterError(f"{what} must be {describe_allowed(str(name), choices)}, got {name!r}")


def label(code: str, codes: Mapping[str, Code]) -> str:
    """Return the words for a code, or the code itself where the list is open and lacks it."""
    return codes[code].label if code in codes else code


def _unknown_district(name: str, known: Iterable[str], declared: Mapping[str, str]) -> str:
    names = sorted({*known} - {ALL})
    close = nearest(str(name), {*declared, *names})
    allowed = "district must be one of " + ", ".join([ALL, *names])
    hint = f" (did you mean {declared.get(plain(close[0]), close[0])}?)" if close else ""
    return f"{allowed}{hint}, got {name!r}"


def plain(name: str) -> str:
    """Return what is left of a name without case, diacritics, apostrophes and separators."""
    folded = name.casefold().translate(_LETTERS)
    letters = unicodedata.normalize("NFKD", folded)
    plain = "".join(mark for mark in letters if not unicodedata.combining(mark))
    return " ".join(plain.translate(_LETTERS).replace("-", " ").replace("_", " ").split())


def _by_key(aliases: Mapping[str, Sequence[str]]) -> dict[str, str]:
    spelt = {plain(each): name for name, others in aliases.items() for each in (name, *others)}
    return spelt | {ALL: ALL, OTHER: OTHER}
