"""`demine add`: new figures into a dataset, or a page's figures out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from demine_analysis.notices.tables import Change

_MOST_SHOWN = 20


@click.command()
@click.option("--table", metavar="FOLDER", help="Merge the CSV files of this folder.")
@click.option("--remove", metavar="SOURCE_ID", help="Take this page and its figures out again.")
@click.option("--dataset", default="azerbaijan", show_default=True, help="Name of a dataset.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and change nothing.")
@click.option(
    "--wait", default=60.0, show_default=True, metavar="SECONDS", help="For another `demine add`."
)
def add(table: str | None, remove: str | None, dataset: str, wait: float, *, dry_run: bool) -> None:
    """Add checked figures to a dataset: all of them or none, with a new data package."""
    from pathlib import Path

    from demine_analysis.notices import saving, tables

    if (table is None) == (remove is None):
        raise click.UsageError("give either --table FOLDER or --remove SOURCE_ID")
    if table is not None and not Path(table).expanduser().is_dir():
        raise click.UsageError(f"--table must be a folder, got {table!r}")
    folder = tables.find(dataset)

    def change() -> Change:
        if table is not None:
            return tables.merged(Path(table).expanduser(), folder)
        return tables.without(str(remove), folder)

    if dry_run:
        _say(change(), "would be removed" if remove else "would be added")
        return
    with saving.alone(folder, wait=wait, say=lambda said: click.echo(said, err=True)):
        made = change()
        if made.contents:
            saving.save(folder, made.contents)
    _say(made, "removed" if remove else "added")


def _say(change: Change, done: str) -> None:
    for title, lines in (("already there", change.there), ("doubtful", change.doubtful)):
        for line in lines[:_MOST_SHOWN]:
            click.echo(f"{title}: {line}")
        if len(lines) > _MOST_SHOWN:
            click.echo(f"{title}: and {len(lines) - _MOST_SHOWN} more")
    for name, rows in change.added.items():
        click.echo(f"{name}: {rows} rows {done}")
