"""Check the cells of a file against its schema, and say of each bad one where it stands."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from pandera.errors import SchemaErrors

from demine_analysis import vocabulary
from demine_analysis.datasets.checking import rules, schemas
from demine_analysis.datasets.checking.failures import MOST_SHOWN, Failure

if TYPE_CHECKING:
    import pandas as pd
    import pandera.pandas as pa

    from demine_analysis.datasets.checking.table import Table


def check_table(table: Table, schema: pa.DataFrameSchema) -> list[Failure]:
    """Return everything that is wrong with a table, in the order of the file."""
    found = [*table.failures, *check_cells(table.cells, schema, table.file)]
    return sorted(found, key=lambda failure: failure.line or 0)


def check_cells(cells: pd.DataFrame, schema: pa.DataFrameSchema, file: str) -> list[Failure]:
    """Return the bad cells of a text frame that is indexed by line."""
    try:
        schema.validate(cells, lazy=True)
    except SchemaErrors as wrong:
        return _failures(cells, wrong.failure_cases, file)
    return []


def _failures(cells: pd.DataFrame, cases: pd.DataFrame, file: str) -> list[Failure]:
    found: dict[tuple[int, str], Failure] = {}
    # What a cell may hold comes before how it must agree with its row.
    cases = cases.sort_values("schema_context", kind="stable")
    named = cases[["column", "check", "index", "failure_case"]]
    for column, check, line, value in named.itertuples(index=False):
        blamed, _, allowed = check.rpartition(rules.BLAMES)
        # A check of whole rows is reported once for each column: keep the one it blames.
        if blamed in {"", column}:
            failure = Failure(file, int(line), column, value, allowed + _hint(column, value))
            found.setdefault((failure.line or 0, column), failure)
    order = {name: position for position, name in enumerate(cells.columns)}
    return [found[key] for key in sorted(found, key=lambda key: (key[0], order[key[1]]))]


@lru_cache(maxsize=1024)
def _hint(column: str, value: str) -> str:
    """Return what the writer of a bad cell probably meant."""
    codes = schemas.CODE_LISTS.get(column, ())
    return "" if value in codes else vocabulary.did_you_mean(value, codes)


def orphans(statements: Table, sources: Table) -> list[Failure]:
    """Return the statements whose page is not among the sources."""
    known = set(sources.cells["source_id"])
    column = statements.cells["source_id"]
    lost = column[~column.isin(known) & column.str.fullmatch(rules.ID)]
    # To look for the nearest of many sources takes a while, so only what is shown gets a hint.
    hints = [vocabulary.did_you_mean(name, known) for name in lost.head(MOST_SHOWN)]
    hints += [""] * (len(lost) - len(hints))
    return [
        Failure(statements.file, line, "source_id", name, schemas.OF_A_SOURCE + hint)
        for line, name, hint in zip(lost.index.tolist(), lost, hints, strict=True)
    ]
