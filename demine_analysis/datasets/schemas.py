"""The schemas of a dataset's files: what each cell and row may hold, checked by pandera.

Cells are checked as the text in the file, so that a message can show what stands there and so
that nothing (a date, a number with a thousands separator) is guessed into another value.
pandera is imported when the first schema is made.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

import pandas as pd

from demine_analysis import vocabulary
from demine_analysis.datasets.failures import Failure

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from pandera.pandas import Check, Column, DataFrameSchema

    from demine_analysis.datasets.table import Table

SOURCES = ("source_id", "url", "publisher", "agency", "published", "language")
STATEMENTS = (
    "statement_id", "source_id", "metric", "value", "unit", "qualifier", "status", "period",
    "period_start", "period_end", "operator", "district", "land_use", "printed", "note",
)  # fmt: skip
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
LONGEST_PERIOD = {"week": 8, "month": 35}

_ID = r"[^\s,;]+"
_URL = r"https?://[^\s/?#@]+\.[^\s/?#@]+(?:[/?#]\S*)?"
_LANGUAGE = r"[a-z]{2,3}"
_NUMBER = r"[0-9]+(?:\.[0-9]+)?"
_COUNT = r"[0-9]{1,15}"
_DATE = r"(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}"
_DATE_WITHOUT_YEAR = r"--(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
_FORMULA = r"[=+\-@\t\r]"
_SIGNED_NUMBER = r"[+\-]?[0-9][0-9.,\s]*(?:[^\W\d_][\w\s²%]*)?"


# Stands between the column that a check of whole rows blames and what is allowed there.
_BLAMES = "\x1f"


def check_table(table: Table, schema: DataFrameSchema) -> list[Failure]:
    """Return everything that is wrong with a table, in the order of the file."""
    found = [*table.failures, *check_cells(table.cells, schema, table.file)]
    return sorted(found, key=lambda failure: failure.line or 0)


def check_cells(cells: pd.DataFrame, schema: DataFrameSchema, file: str) -> list[Failure]:
    """Return the bad cells of a text frame that is indexed by line."""
    from pandera.errors import SchemaErrors  # noqa: PLC0415 - slow to import

    try:
        schema.validate(cells, lazy=True)
    except SchemaErrors as wrong:
        return _failures(cells, wrong.failure_cases, file)
    return []


def _failures(cells: pd.DataFrame, cases: pd.DataFrame, file: str) -> list[Failure]:
    found: dict[tuple[int, str], Failure] = {}
    named = cases[["schema_context", "column", "check", "index"]]
    for context, column, allowed, index in named.itertuples(index=False):
        # A check of whole rows is reported once for each column: keep the one it blames.
        blamed = allowed.split(_BLAMES) if context == "DataFrameSchema" else [column, allowed]
        name, line = blamed[0], int(index)
        value = str(cells.loc[line, name])
        found.setdefault(
            (line, name), Failure(file, line, name, value, blamed[1] + _hint(name, value))
        )
    order = {name: position for position, name in enumerate(cells.columns)}
    return [found[key] for key in sorted(found, key=lambda key: (key[0], order[key[1]]))]


def _hint(column: str, value: str) -> str:
    """Return what the writer of a bad cell probably meant."""
    if column in CODE_LISTS and value.strip():
        close = vocabulary.nearest(value, CODE_LISTS[column])
        return f" (did you mean {close[0]}?)" if close else ""
    return ""


@cache
def statements_schema() -> DataFrameSchema:
    """Return the schema of `statements.csv`."""
    import pandera.pandas as pa  # noqa: PLC0415 - slow to import

    columns = {name: _code(name) for name in CODE_LISTS}
    columns |= {name: _text(required=True) for name in ("operator", "district")}
    columns |= {name: _date() for name in ("period_start", "period_end")}
    columns |= {
        "statement_id": _identifier(),
        "source_id": _matching(_ID, "must be the source_id of a row in sources.csv"),
        "value": _number(),
        "printed": _text(),
        "note": _text(),
    }
    lengths = [_longest(period, days) for period, days in LONGEST_PERIOD.items()]
    checks = [_unit_of_metric(), _not_reversed(), *lengths]
    return pa.DataFrameSchema({name: columns[name] for name in STATEMENTS}, checks=checks)


@cache
def sources_schema() -> DataFrameSchema:
    """Return the schema of `sources.csv`."""
    import pandera.pandas as pa  # noqa: PLC0415 - slow to import

    language = "must be a language code of two or three small letters, such as en"
    return pa.DataFrameSchema(
        {
            "source_id": _identifier(),
            "url": _url(),
            "publisher": _text(required=True),
            "agency": _text(),
            "published": _date(),
            "language": _matching(_LANGUAGE, language),
        }
    )


@cache
def casualties_schema() -> DataFrameSchema:
    """Return the schema of `casualties.csv`."""
    import pandera.pandas as pa  # noqa: PLC0415 - slow to import

    people = {name: _number(_COUNT, required=False) for name in ("killed", "injured", "total")}
    columns = {
        "url": _url(),
        "publisher": _text(required=True),
        "published": _date(),
        "period_start": _date(year=False),
        "period_end": _date(year=False),
        **people,
        "civilians_only": _one_of(
            CIVILIANS_ONLY[:-1], "must be one of yes, no, unstated or empty", required=False
        ),
        "note": _text(),
    }
    return pa.DataFrameSchema(columns, checks=[_not_reversed()])


@cache
def records_schema() -> DataFrameSchema:
    """Return the schema of a file of records."""
    import pandera.pandas as pa  # noqa: PLC0415 - slow to import

    names = (
        "anti_personnel_mines",
        "unexploded_ordnance",
        "improvised_explosive_devices",
        "explosive_items",
    )
    columns = {
        "record_id": _identifier(),
        "department": _text(required=True),
        "municipality": _text(required=True),
        "demining_type": _text(),
        "period_start": _date(required=True),
        "period_end": _date(required=True),
        "area_cleared": _number(required=False),
        **{name: _number(required=False) for name in names},
    }
    return pa.DataFrameSchema(columns, checks=[_not_reversed()])


@cache
def colombia_schema() -> DataFrameSchema:
    """Return the schema of Colombia's open data on humanitarian demining."""
    import pandera.pandas as pa  # noqa: PLC0415 - slow to import

    counts = {name: _number(_COUNT) for name in ("totalartefactosdestruidos", "map", "muse", "aei")}
    columns = {
        "departamento": _text(required=True),
        "municipio": _text(required=True),
        "areadespejada": _number(),
        "ano": _matching(r"(?:19|20)[0-9]{2}", "must be a year from 1900 to 2099"),
        "mes": _matching(r"0?[1-9]|1[0-2]", "must be a month from 1 to 12"),
        "tipodesminado": _one_of(DEMINING_TYPES, f"must be one of {', '.join(DEMINING_TYPES)}"),
        **counts,
    }
    return pa.DataFrameSchema({name: columns[name] for name in COLOMBIA})


def is_url(text: str) -> bool:
    """Return whether a text is an address of a page."""
    return re.fullmatch(_URL, text) is not None


def orphans(statements: Table, sources: Table) -> list[Failure]:
    """Return the statements whose page is not among the sources."""
    known = set(sources.cells["source_id"])
    column = statements.cells["source_id"]
    lost = column[~column.isin(known) & column.str.fullmatch(_ID)]
    return [_orphan(statements.file, int(line), name, known) for line, name in lost.items()]  # type: ignore[call-overload]  # the index holds line numbers


def _orphan(file: str, line: int, name: str, known: Collection[str]) -> Failure:
    close = vocabulary.nearest(name, known)
    hint = f" (did you mean {close[0]}?)" if close else ""
    return Failure(
        file, line, "source_id", name, f"must be the source_id of a row in sources.csv{hint}"
    )


def _column(*rules: tuple[Callable[[pd.Series[str]], Any], str]) -> Column:
    import pandera.pandas as pa  # noqa: PLC0415 - slow to import

    return pa.Column(checks=[pa.Check(holds, error=allowed) for holds, allowed in rules])


def _matching(pattern: str, allowed: str, *, required: bool = True) -> Column:
    whole = pattern if required else f"(?:{pattern})?"
    return _column((lambda cells: cells.str.fullmatch(whole), allowed))


def _identifier() -> Column:
    return _column(
        (
            lambda cells: cells.str.fullmatch(_ID),
            "must be an id without spaces, commas or semicolons",
        ),
        (_not_formula, _NO_FORMULA),
        (
            lambda cells: ~cells.duplicated(),
            "must be there once in the file, the id is there before",
        ),
    )


def _one_of(codes: Collection[str], allowed: str, *, required: bool = True) -> Column:
    choices = [*codes] if required else [*codes, ""]
    return _column((lambda cells: cells.isin(choices), allowed))


def _code(column: str) -> Column:
    codes = CODE_LISTS[column]
    return _one_of(codes, f"must be one of {', '.join(codes)}")


def _text(*, required: bool = False) -> Column:
    filled = (lambda cells: cells.str.strip() != "", "must not be empty")
    return _column((_not_formula, _NO_FORMULA), *([filled] if required else []))


def _url() -> Column:
    return _matching(
        _URL, "must be an address that starts with http:// or https:// and names a host"
    )


def _number(pattern: str = _NUMBER, *, required: bool = True) -> Column:
    allowed = _A_COUNT if pattern == _COUNT else _A_NUMBER
    whole = pattern if required else f"(?:{pattern})?"
    return _column((lambda cells: cells.str.fullmatch(whole) & _finite(cells), allowed))


def _date(*, required: bool = False, year: bool = True) -> Column:
    allowed = "must be a date that exists, written YYYY-MM-DD, from 1900 to 2099" + (
        "" if required else ", or empty"
    )
    return _column((lambda cells: _is_date(cells, required=required, year=year), allowed))


def _unit_of_metric() -> Check:
    def holds(cells: pd.DataFrame) -> pd.Series[bool]:
        expected = cells["metric"].map(vocabulary.UNIT_OF_METRIC)
        return expected.isna() | (cells["unit"] == expected)

    return _row_check(holds, "unit", "must be ha for an area and items for a count")


def _not_reversed() -> Check:
    def holds(cells: pd.DataFrame) -> pd.Series[bool]:
        return ~(dates(cells["period_start"]) > dates(cells["period_end"]))

    return _row_check(holds, "period_end", "must not be before period_start")


def _longest(period: str, days: int) -> Check:
    def holds(cells: pd.DataFrame) -> pd.Series[bool]:
        length = (dates(cells["period_end"]) - dates(cells["period_start"])).dt.days + 1
        return ~((cells["period"] == period) & (length > days))

    allowed = f"must be at most {days} days from period_start, both counted, for a {period}"
    return _row_check(holds, "period_end", allowed)


def _row_check(
    holds: Callable[[pd.DataFrame], pd.Series[bool]], column: str, allowed: str
) -> Check:
    import pandera.pandas as pa  # noqa: PLC0415 - slow to import

    return pa.Check(holds, error=column + _BLAMES + allowed)


_A_NUMBER = (
    "must be a number, zero or more, with a decimal point and no thousands separator, as 1639.6"
)
_A_COUNT = "must be a count, zero or more, without decimals and thousands separator, as 1639"
_NO_FORMULA = "must be text, not a spreadsheet formula; it starts with =, +, - or @"


def _not_formula(cells: pd.Series[str]) -> pd.Series[bool]:
    return ~cells.str.match(_FORMULA) | cells.str.fullmatch(_SIGNED_NUMBER)


def _finite(cells: pd.Series[str]) -> pd.Series[bool]:
    return pd.to_numeric(cells, errors="coerce").abs() != float("inf")


def _is_date(cells: pd.Series[str], *, required: bool, year: bool) -> pd.Series[bool]:
    good = cells.str.fullmatch(_DATE) & dates(cells).notna()
    if not required:
        good |= cells == ""
    return good if year else good | cells.str.fullmatch(_DATE_WITHOUT_YEAR)


def dates(cells: pd.Series[str]) -> pd.Series[pd.Timestamp]:
    """Return text cells as dates; NaT where a cell is empty or no date."""
    return pd.to_datetime(cells, format="%Y-%m-%d", errors="coerce")
