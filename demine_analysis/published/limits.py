"""What a country-year does and does not count, as far as its row and its note say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from demine_analysis.wording.language import marked

if TYPE_CHECKING:
    from collections.abc import Mapping


class Limit(NamedTuple):
    """A way in which a figure counts something else than its neighbours do.

    Parameters
    ----------
    words : str
        What a reader is told.
    pattern : str
        Regular expression that a clause of the note has; empty where columns tell.
    counts : str
        `part` or `more` where the areas cannot stand beside those of whole years of mined area.
    """

    words: str
    pattern: str
    counts: str = ""


#: By code, in the order in which a page says them.
LIMITS: dict[str, Limit] = {
    "several_years": Limit(marked("counts several years together"), r"^cumulative", "part"),
    "part_of_country": Limit(marked("counts a part of the country"), r"\bwithout [A-Z]", "part"),
    "part_of_year": Limit(
        marked("counts a part of the year"),
        r"\bhalf \d{4}|first six months|\bfirst quarter|\bJan(uary)?\b( to | ?- ?(?!Dec)[A-Z])"
        r"|\bJanuary \d{4} only|year to mid",
        "part",
    ),
    "part_of_work": Limit(
        marked("counts the work of some operators"),
        r"(?<!not )(?<!AP-)\bonly\b|\bexcludes (?!IED)[A-Z]{3}|\bteams\b|one programme|^UXO L[Aa]",
        "part",
    ),
    "battle_area": Limit(
        marked("counts battle area as cleared"),
        r"^battle area clearance$|mined and battle area|^all demin|includes .*battle area",
        "more",
    ),
    "with_reduction": Limit(
        marked("counts reduced or cancelled land as cleared"),
        r"cleared and area-reduced together|probably all released|not only clearance",
        "more",
    ),
    "with_survey": Limit(
        marked("counts technical survey as clearance"), r"clearance (plus|and) technical survey"
    ),
    "together": Limit(
        marked("gives reduced and cancelled land as one figure"),
        r"cancellation plus reduction|reduction plus cancellation|other land release"
        r"|^\d\S* released by survey",
    ),
    "battle_area_besides": Limit(
        marked("leaves battle area out, which is printed besides"),
        r"battle area.* besides|by battle area clearance",
    ),
    "years_unsure": Limit(
        marked("does not say for certain which year it is for"),
        r"may cover|year label lost|not separable|presum",
    ),
    "spot_tasks": Limit(marked("counts mines of single finds as well"), r"\bspot tasks\b"),
    "remaining_other": Limit(
        marked("what remains counts other ordnance than mines as well"),
        r"remaining (is )?mine\+ERW|remaining is \d.*(cluster|UXO)|^mine\+ERW|may include ERW",
    ),
    "remaining_suspected": Limit(
        marked("what remains is suspected area"), r"^SHA($|,)|remaining is SHA"
    ),
    "remaining_estimate": Limit(
        marked("what remains is an estimate"), r"remaining .*estimat|^estimated$"
    ),
    "remaining_confirmed": Limit(marked("what remains is confirmed area alone"), ""),
}
#: A clause that is about what remains says nothing of the areas released.
_REMAINING = re.compile(r"^(remaining|contamination|confirmed)\b")
_MINES = ["anti_personnel_mines", "anti_vehicle_mines"]
_OF_AREAS = ("part_of_country", "part_of_year", "part_of_work", "battle_area")


def limits(row: Mapping[Any, object]) -> list[str]:
    """Return what is to be known of a country-year, as codes of `LIMITS`.

    Parameters
    ----------
    row : mapping
        A row as from `load_country_years`: its years, region, figures and note.
    """
    clauses = [clause.strip() for clause in str(row["note"]).split(";")]
    found = [code for code in LIMITS if _said(code, clauses) or _shown(code, row)]
    return [code for code in found if _concerns(code, row)]


def counts(codes: list[str]) -> str:
    """Return whether areas with these limits count the `whole`, a `part` of it, or `more`."""
    kinds = {LIMITS[code].counts for code in codes}
    return "part" if "part" in kinds else "more" if "more" in kinds else "whole"


def _said(code: str, clauses: list[str]) -> bool:
    pattern = LIMITS[code].pattern
    about = [each for each in clauses if code not in _OF_AREAS or not _REMAINING.match(each)]
    return bool(pattern) and any(re.search(pattern, clause) for clause in about)


def _shown(code: str, row: Mapping[Any, object]) -> bool:
    if code == "several_years":
        return row["first_year"] != row["last_year"]
    if code == "part_of_country":
        return bool(row["region"])
    confirmed_alone = pd.isna(row["remaining"]) and pd.notna(row["remaining_confirmed"])  # type: ignore[call-overload]  # cells
    return code == "remaining_confirmed" and bool(confirmed_alone)


def _concerns(code: str, row: Mapping[Any, object]) -> bool:
    """Return whether the row has a figure that a limit is about."""
    if code.startswith("remaining"):
        names = ["remaining", "remaining_confirmed"]
    elif code == "together":
        names = ["area_cancelled", "area_reduced"]
    elif code == "spot_tasks":
        names = _MINES
    elif code in {"battle_area_besides", "years_unsure"}:
        return True
    else:
        names = ["area_cleared", "area_reduced", "area_cancelled", *_MINES]
    return any(pd.notna(row[name]) for name in names)  # type: ignore[call-overload]  # cells
