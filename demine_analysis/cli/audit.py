"""`demine audit`: the published figures that cannot be right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    import pandas as pd


@click.command()
@click.option("--dataset", help="Name of a dataset; default: the one meant where none is named.")
@click.option("--as-of", metavar="DATE", help="Only what had been published by this day.")
@click.option("--corrected", is_flag=True, help="With the corrections that the dataset declares.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list, an object a statement.")
def audit(dataset: str | None, as_of: str | None, *, corrected: bool, as_json: bool) -> None:
    """List the statements that cannot be right, as printed: what was expected, a likely reading."""
    import json

    from demine_analysis.auditing.checks import audited, known_by
    from demine_analysis.published.inputs import inputs

    data = inputs(dataset, corrected=corrected)
    statements = known_by(data.statements, as_of)
    found, untold = audited(statements)
    rows = _records(found, statements, data.sources)
    if as_json:
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    for row in rows:
        click.echo(_text(row))
    if untold:
        click.echo(f"{untold:,} figures of achieved work no series tells of: checked less")
    click.echo(f"{len(rows):,} of {len(statements):,} statements are suspect")


def _records(
    found: pd.DataFrame, statements: pd.DataFrame, sources: pd.DataFrame
) -> list[dict[str, Any]]:
    """Return the findings as plain values, with days and page of each statement."""
    days = statements.set_index("statement_id")[["period_start", "period_end", "source_id"]]
    pages = sources.set_index("source_id")["url"]
    rows = found.join(days, on="statement_id")
    rows["url"] = rows["source_id"].map(pages)
    for name in ("period_start", "period_end"):
        rows[name] = rows[name].dt.strftime("%Y-%m-%d")
    rows["related_statement_ids"] = rows["related_statement_ids"].map(list)
    plain = rows.astype("object").where(rows.notna(), None)
    return [{str(name): cell for name, cell in row.items()} for row in plain.to_dict("records")]


def _text(row: dict[str, Any]) -> str:
    from demine_analysis.auditing.findings import FINDINGS, READINGS
    from demine_analysis.vocabulary import METRICS, label

    metric = label(row["metric"], METRICS)
    day = row["period_end"] or "no date"
    first = f"{row['statement_id']} ({day}), {metric}: {_number(row['printed'])}"
    if row["median"] is not None:
        first += f", expected {_rough(row['lower_95'])} to {_rough(row['upper_95'])}"
    likely = f", {_number(row['likely_value'])}" if row["likely_value"] is not None else ""
    lines = [first, f"    {FINDINGS[row['finding']]}; {READINGS[row['likely_reading']]}{likely}"]
    if row["related_statement_ids"]:
        lines.append(f"    beside {', '.join(row['related_statement_ids'])}")
    return "\n".join([*lines, f"    {row['url']}"] if row["url"] else lines)


def _number(value: float) -> str:
    return f"{value:,.10g}"


def _rough(value: float) -> str:
    """Return a bound to three figures: it is an estimate."""
    return f"{float(f'{value:.3g}'):,.10g}"
