"""The words of the data: codes with their labels and meanings, units, and district names.

Metrics, units, statuses, qualifiers, periods and land uses are closed lists. Operators and
districts are open: a dataset of another country has its own, so `canonical_operator` and
`canonical_district` change only what they know, and `resolve_district` refuses a name only where
the caller says which ones there are.
"""

from __future__ import annotations

import difflib
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from demine_analysis.errors import ParameterError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


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
}

UNITS: dict[str, Code] = {
    "ha": Code("hectares", "Hectares; 1 km² is 100 ha."),
    "items": Code("items", "Pieces of explosive ordnance."),
}

UNIT_OF_METRIC: dict[str, str] = {
    metric: "ha" if metric in {"area_cleared", "contaminated_area"} else "items"
    for metric in METRICS
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
    "week": Code("week", "A week; at most 8 days, as some notices print both Mondays."),
    "month": Code("month", "A calendar month or thereabouts; at most 35 days."),
    "quarter": Code("quarter", "Three months."),
    "half_year": Code("half-year", "Six months."),
    "nine_months": Code("nine months", "January to September."),
    "year": Code("year", "A year."),
    "year_to_date": Code("year to date", "From the start of a year to a date in it."),
    "cumulative": Code("cumulative", "Since a start date, usually 10 November 2020."),
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
    "ANAMA": Code("ANAMA", "Mine Action Agency of the Republic of Azerbaijan."),
    "MoD": Code("Ministry of Defence", "Ministry of Defence of Azerbaijan."),
    "MES": Code(
        "Ministry of Emergency Situations", "Ministry of Emergency Situations of Azerbaijan."
    ),
    "SBS": Code("State Border Service", "State Border Service of Azerbaijan."),
    "IEPF": Code("IEPF", "International Eurasia Press Fund, a non-governmental operator."),
    "Russian MES": Code("Russian MES", "Russian ministry of emergency situations (EMERCOM)."),
    "companies": Code("companies", "Commercial operators."),
}

# Spellings met in papers of several languages; case, diacritics and hyphens do not matter.
_ALIASES = """
Aghdam: Agdam, Akdam, Ağdam, Агдам
Aghdara: Agdara, Agdere, Aghdere, Ağdərə, Mardakert, Martakert, Агдере, Агдара
Fuzuli: Fizuli, Fuzuly, Fizuly, Füzuli, Физули
Gazakh: Qazax, Qazakh, Kazakh, Gazah, Казах, Газах
Gubadli: Qubadli, Qubadlı, Gubadly, Kubadli, Kubatli, Губадлы, Кубатлы
Jabrayil: Jabrail, Jebrail, Jebrayil, Cabrayil, Cəbrayıl, Dzhabrail, Dschabrail, Джебраил, Джабраил
Kalbajar: Kelbajar, Kelbadjar, Kalbadjar, Kalbacar, Kelbecer, Kəlbəcər, Кельбаджар, Кяльбаджар
Khankendi: Khankandi, Xankendi, Xankəndi, Hankendi, Stepanakert, Ханкенди, Степанакерт
Khojaly: Khojali, Khodjaly, Xocali, Xocalı, Hocali, Chodschali, Ходжалы
Khojavand: Khojavend, Khojevend, Khodjavend, Xocavend, Xocavənd, Hocavend, Martuni, Ходжавенд
Lachin: Lacin, Laçın, Latschin, Latchin, Лачин
Shusha: Shushi, Susa, Şuşa, Schuscha, Choucha, Шуша, Шуши
Tartar: Terter, Tertar, Tərtər, Тертер, Тяртяр
Zangilan: Zangelan, Zengilan, Zəngilan, Sangilan, Зангилан, Зангелан
Karabakh economic region without Shusha:
"""

# Spellings met in papers of several languages; case, diacritics and hyphens do not matter.
DISTRICTS: dict[str, tuple[str, ...]] = {
    name: tuple(alias.strip() for alias in aliases.split(",") if alias.strip())
    for name, _, aliases in (line.partition(":") for line in _ALIASES.strip().splitlines())
}

ALL = "all"
OTHER = "other"
#: What stands for a district without being the name of one.
PLACES: dict[str, Code] = {
    ALL: Code("all districts", "Every district together."),
    OTHER: Code("other districts", "The districts that a page does not name."),
}

_AZERBAIJANI = str.maketrans({"ə": "a", "ı": "i", "ё": "е"})


def nearest(name: str, known: Iterable[str], *, count: int = 1) -> list[str]:
    """Return the names in `known` that look most like `name`, best first; case does not matter."""
    by_key = {_key(each): each for each in known}
    return [by_key[key] for key in difflib.get_close_matches(_key(name), by_key, count, 0.6)]


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return " (did you mean a?)" for the nearest name, or nothing where none is near."""
    close = nearest(name, known)
    return f" (did you mean {close[0]}?)" if close else ""


def describe_allowed(name: str, known: Iterable[str]) -> str:
    """Return "one of a, b (did you mean a?)", for a message that refuses `name`."""
    choices = list(known)
    return "one of " + ", ".join(choices) + did_you_mean(name, choices)


def canonical_district(name: str) -> str:
    """Return the project's spelling of a district, or the trimmed name where it is not known."""
    return _DISTRICT_BY_KEY.get(_key(name), name.strip())


def canonical_districts(names: str) -> str:
    """Return a `;`-joined list of districts with each in the project's spelling."""
    return ";".join(canonical_district(name) for name in names.split(";"))


def canonical_operator(name: str) -> str:
    """Return an operator's code, whatever its case, or the trimmed name where it is not known."""
    return _OPERATOR_BY_KEY.get(_key(name), name.strip())


def resolve_district(name: str, *, known: Iterable[str] = ()) -> str:
    """Return the one spelling of a district that the data use.

    Parameters
    ----------
    name : str
        Any spelling: English, Azerbaijani or Russian, in any case, with or without diacritics.
    known : iterable of str, optional
        Further districts that are there, for a dataset of another country.

    Returns
    -------
    str
        The name as the data spell it; "all" for all districts together.

    Raises
    ------
    ParameterError
        Where no district has this name; the message gives the nearest.

    Notes
    -----
    Aliases are spellings met in the sources, and names in use before 2023.

    Examples
    --------
    >>> resolve_district("Ağdərə")
    'Aghdara'
    >>> resolve_district("san carlos", known=["San Carlos"])
    'San Carlos'
    """
    extra = {_key(each): each for each in known}
    key = _key(name) if isinstance(name, str) else ""
    if key in _DISTRICT_BY_KEY:
        return _DISTRICT_BY_KEY[key]
    if key in extra:
        return extra[key]
    raise ParameterError(_unknown_district(name, extra.values()))


def resolve_code(name: str, codes: Iterable[str], *, what: str) -> str:
    """Return the code that `name` spells, whatever its case.

    Raises
    ------
    ParameterError
        Where there is none; the message lists the codes and gives the nearest.
    """
    choices = list(codes)
    by_key = {_key(code): code for code in choices}
    if isinstance(name, str) and _key(name) in by_key:
        return by_key[_key(name)]
    raise ParameterError(f"{what} must be {describe_allowed(str(name), choices)}, got {name!r}")


def label(code: str, codes: Mapping[str, Code]) -> str:
    """Return the words for a code, or the code itself where the list is open and lacks it."""
    return codes[code].label if code in codes else code


def _unknown_district(name: str, extra: Iterable[str]) -> str:
    names = sorted({*DISTRICTS, *extra} - {ALL})
    close = nearest(str(name), {*_DISTRICT_BY_KEY, *names})
    allowed = "district must be one of all, " + ", ".join(names)
    hint = f" (did you mean {_DISTRICT_BY_KEY.get(_key(close[0]), close[0])}?)" if close else ""
    return f"{allowed}{hint}, got {name!r}"


def _key(name: str) -> str:
    """Return what is left of a name without case, diacritics, apostrophes and separators."""
    folded = name.casefold().translate(_AZERBAIJANI)
    letters = unicodedata.normalize("NFKD", folded)
    plain = "".join(mark for mark in letters if not unicodedata.combining(mark))
    return " ".join(plain.translate(_AZERBAIJANI).replace("-", " ").replace("_", " ").split())


_DISTRICT_BY_KEY: dict[str, str] = {
    _key(spelling): name for name, aliases in DISTRICTS.items() for spelling in (name, *aliases)
} | {ALL: ALL, OTHER: OTHER}
_OPERATOR_BY_KEY: dict[str, str] = {_key(code): code for code in OPERATORS}
