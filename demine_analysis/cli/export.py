"""`demine export`: the reconciled series of a dataset as data."""

from __future__ import annotations

import click


@click.command()
@click.argument("dataset", required=False)
@click.option(
    "-o",
    "--output",
    required=True,
    metavar="FOLDER",
    type=click.Path(),
    help="Folder of the data package; an earlier export in it is brought up to date.",
)
@click.option(
    "--metric", "metrics", multiple=True, metavar="NAME", help="Only this one; may be given again."
)
@click.option("--json", "as_json", is_flag=True, help="Print the data package's descriptor.")
def export(dataset: str | None, output: str, metrics: tuple[str, ...], *, as_json: bool) -> None:
    """Write the weekly, monthly and annual series of DATASET as CSV and Parquet into a folder."""
    import json

    from demine_analysis.report.exporting.export import export as write

    path = write(dataset, output, metrics=metrics or None)
    text = path.read_text("utf-8")
    if as_json:
        click.echo(text, nl=False)
        return
    package = json.loads(text)
    for each in package["leftOut"]:
        click.echo(f"left out: {each['metric']}: {each['reason']}")
    click.echo(f"{len(package['series'])} series, version {package['version']}")
    click.echo(path)
