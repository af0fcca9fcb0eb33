"""`demine list` and `demine check`: what there is, and whether it is sound."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pathlib import Path

    from demine_analysis.publishing.manifest import Report


_MOST_SHOWN = 200


@click.command("list")
@click.option("--manifest", type=click.Path(), help="Reports to list instead of the shipped ones.")
def list_everything(manifest: str | None) -> None:
    """List datasets, reports, and the parameters of each report."""
    from pathlib import Path

    from demine_analysis.datasets import list_datasets
    from demine_analysis.publishing.manifest import load_manifest

    reports = load_manifest(Path(manifest) if manifest else None).reports
    click.echo("Datasets")
    for row in list_datasets().itertuples(index=False):
        click.echo(f"  {row.name}: {row.title}, {row.rows} rows, {row.kind}")
    click.echo("\nReports")
    for notebook in dict.fromkeys(each.notebook for each in reports):
        _describe([each for each in reports if each.notebook == notebook], notebook)


def _describe(reports: list[Report], notebook: Path) -> None:
    """Print the reports of a notebook, and then its parameters once."""
    from demine_analysis.parameters import read_parameters

    for report in reports:
        click.echo(f"  {report.name}: {report.title}")
    for each in read_parameters(notebook):
        click.echo(f"      -p {each.name}={each.default}  {each.help}")


@click.command()
@click.argument("path", required=False, type=click.Path())
def check(path: str | None) -> int:
    """Check the dataset in folder PATH, or every dataset that is there."""
    from demine_analysis.datasets import check_dataset

    faults = check_dataset(path).astype("object")
    plain = faults.where(faults.notna(), None)
    lines = [_fault(*fault) for fault in plain.itertuples(index=False, name=None)]
    for line in lines[:_MOST_SHOWN]:
        click.echo(line, err=True)
    if not lines:
        click.echo("no fault found")
        return 0
    click.echo(
        f"demine: {len(lines):,} fault{'s' * (len(lines) > 1)}, "
        f"of which {min(len(lines), _MOST_SHOWN)} shown",
        err=True,
    )
    return 1


def _fault(file: str, line: int | None, column: str, value: str, allowed: str) -> str:
    place = [file, f"line {line}" if line is not None else "", f"column {column}" if column else ""]
    got = f", got {value!r}" if value else ""
    return f"{', '.join(filter(None, place))}: {allowed}{got}"
