"""The schemas of a dataset's files: their columns, and what each may hold."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pandera.pandas as pa

from demine_analysis import vocabulary
from demine_analysis.datasets.checking import rules

if TYPE_CHECKING:
    from collections.abc import Collection

SOURCES = ("source_id", "url", "publisher", "agency", "published", "language")
STATEMENTS = (
    "statement_id", "source_id", "metric", "value", "unit", "qualifier", "status", "period",
    "period_start", "period_end", "operator", "district", "land_use", "printed", "note",
)  # fmt: skip
ESTIMATE = ("estimate",)
"""Columns that a file of statements may have besides."""
CASUALTIES = (
    "url", "publisher", "published", "period_start", "period_end", "killed", "injured", "total",
    "civilians_only", "note",
)  # fmt: skip
RECORDS = (
    "record_id", "department", "municipality", "demining_type", "period_start", "period_end",
    "area_cleared", "anti_personnel_mines", "unexploded_ordnance", "improvised_explosive_devices",
    "explosive_items",
)  # fmt: skip
COLOMBIA = (
    "departamento", "municipio", "totalartefactosdestruidos", "areadespejada", "ano", "mes",
    "tipodesminado", "map", "muse", "aei",
)  # fmt: skip
COUNTRY_YEARS = (
    "record_id", "country", "iso", "region", "first_year", "last_year", "area_cleared_km2",
    "area_reduced_km2", "area_cancelled_km2", "anti_personnel_mines", "anti_vehicle_mines",
    "explosive_remnants", "remaining_km2", "remaining_confirmed_km2", "qualifier", "url",
    "publisher", "published", "language", "note",
)  # fmt: skip

CODE_LISTS: dict[str, Collection[str]] = {
    "metric": vocabulary.METRICS,
    "unit": vocabulary.UNITS,
    "qualifier": vocabulary.QUALIFIERS,
    "status": vocabulary.STATUSES,
    "period": vocabulary.PERIODS,
    "land_use": vocabulary.LAND_USES,
}
DEMINING_TYPES = {"Comunidades": "communities", "Bases Militares": "military bases"}
CIVILIANS_ONLY = ("yes", "no", "unstated", "")
LONGEST_PERIOD = {"day": 2, "week": 8, "month": 35, "month_to_date": 31}
LANGUAGE = "must be a language code of two or three small letters, such as en"
OF_A_SOURCE = "must be the source_id of a row in sources.csv"


@cache
def statements_schema() -> pa.DataFrameSchema:
    """Return the schema of `statements.csv`."""
    columns = {name: _code(name) for name in CODE_LISTS}
    columns |= {"operator": rules.text(required=True), "district": rules.districts()}
    columns |= {name: rules.date() for name in ("period_start", "period_end")}
    columns |= {
        "statement_id": rules.identifier(),
        "source_id": rules.matching(rules.ID, OF_A_SOURCE),
        "value": rules.number(),
        "printed": rules.text(),
        "note": rules.text(),
        "estimate": rules.one_of(
            vocabulary.ESTIMATES,
            f"must be one of {', '.join(vocabulary.ESTIMATES)}, or empty",
            required=False,
        ),
    }
    lengths = [rules.longest(period, days) for period, days in LONGEST_PERIOD.items()]
    checks = [
        rules.unit_of_metric(),
        rules.estimate_of_contamination(),
        rules.not_reversed(),
        *lengths,
    ]
    names = (*STATEMENTS, *ESTIMATE)
    return pa.DataFrameSchema({name: columns[name] for name in names}, checks=checks)


@cache
def sources_schema() -> pa.DataFrameSchema:
    """Return the schema of `sources.csv`."""
    return pa.DataFrameSchema(
        {
            "source_id": rules.identifier(),
            "url": rules.url(),
            "publisher": rules.text(required=True),
            "agency": rules.text(),
            "published": rules.date(),
            "language": rules.matching("[a-z]{2,3}", LANGUAGE),
        }
    )


@cache
def casualties_schema() -> pa.DataFrameSchema:
    """Return the schema of `casualties.csv`."""
    people = {
        name: rules.number(rules.COUNT, required=False) for name in ("killed", "injured", "total")
    }
    columns = {
        "url": rules.url(),
        "publisher": rules.text(required=True),
        "published": rules.date(),
        "period_start": rules.date(year=False),
        "period_end": rules.date(year=False),
        **people,
        "civilians_only": rules.one_of(
            CIVILIANS_ONLY[:-1], "must be one of yes, no, unstated or empty", required=False
        ),
        "note": rules.text(),
    }
    return pa.DataFrameSchema(columns, checks=[rules.not_reversed()])


@cache
def country_years_schema() -> pa.DataFrameSchema:
    """Return the schema of `country_years.csv`."""
    year = rules.matching(r"(?:19|20)[0-9]{2}", "must be a year from 1900 to 2099")
    counts = ("anti_personnel_mines", "anti_vehicle_mines", "explosive_remnants")
    areas = [name for name in COUNTRY_YEARS if name.endswith("_km2")]
    columns = {
        "record_id": rules.identifier(),
        "country": rules.text(required=True),
        "iso": rules.matching("[A-Z]{3}", "must be three capitals of ISO 3166-1", required=False),
        "region": rules.text(),
        "first_year": year,
        "last_year": year,
        **{name: rules.number(required=False) for name in areas},
        **{name: rules.number(rules.COUNT, required=False) for name in counts},
        "qualifier": _code("qualifier"),
        "url": rules.url(),
        "publisher": rules.text(required=True),
        "published": rules.date(),
        "language": rules.matching("[a-z]{2,3}", LANGUAGE),
        "note": rules.text(),
    }
    checks = [rules.years_in_order()]
    return pa.DataFrameSchema({name: columns[name] for name in COUNTRY_YEARS}, checks=checks)


@cache
def records_schema() -> pa.DataFrameSchema:
    """Return the schema of a file of records."""
    names = (
        "anti_personnel_mines",
        "unexploded_ordnance",
        "improvised_explosive_devices",
        "explosive_items",
    )
    columns = {
        "record_id": rules.identifier(),
        "department": rules.text(required=True),
        "municipality": rules.text(required=True),
        "demining_type": rules.text(),
        "period_start": rules.date(required=True),
        "period_end": rules.date(required=True),
        "area_cleared": rules.number(required=False),
        **{name: rules.number(required=False) for name in names},
    }
    return pa.DataFrameSchema(columns, checks=[rules.not_reversed()])


@cache
def colombia_schema() -> pa.DataFrameSchema:
    """Return the schema of Colombia's open data on humanitarian demining."""
    counts = {
        name: rules.number(rules.COUNT)
        for name in ("totalartefactosdestruidos", "map", "muse", "aei")
    }
    columns = {
        "departamento": rules.text(required=True),
        "municipio": rules.text(required=True),
        "areadespejada": rules.number(),
        "ano": rules.matching(r"(?:19|20)[0-9]{2}", "must be a year from 1900 to 2099"),
        "mes": rules.matching(r"0?[1-9]|1[0-2]", "must be a month from 1 to 12"),
        "tipodesminado": rules.one_of(
            DEMINING_TYPES, f"must be one of {', '.join(DEMINING_TYPES)}"
        ),
        **counts,
    }
    return pa.DataFrameSchema({name: columns[name] for name in COLOMBIA})


def _code(column: str) -> pa.Column:
    codes = CODE_LISTS[column]
    return rules.one_of(codes, f"must be one of {', '.join(codes)}")
