"""`demine schedule`: configurations for schedulers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.argument("scheduler", type=click.Choice(["cron", "systemd", "github-actions", "airflow"]))
@click.option("--at", default="04:30", show_default=True, help="When, each day, as HH:MM.")
@click.option("--manifest", type=click.Path(), help="List of reports; default: the shipped one.")
@click.option("--site", type=click.Path(), help="Folder of the site; default: reports/site.")
@click.option(
    "--watch",
    multiple=True,
    metavar="DATASET",
    help="Look at this dataset's feeds first; may be given again.",
)
@click.option("-o", "--output", type=click.Path(), help="Folder to write files to; default: print.")
def schedule(
    scheduler: str,
    at: str,
    manifest: str | None,
    site: str | None,
    watch: tuple[str, ...],
    output: str | None,
) -> None:
    """Print a configuration that renders the reports each night."""
    from pathlib import Path

    from demine_analysis.files import write_atomically
    from demine_analysis.publishing.schedules.printing import configuration, plan

    wanted = plan(at=at, manifest=_path(manifest), output=_path(site), watched=watch)
    files = configuration(scheduler, wanted)
    for name, content in files.items():
        if output is None:
            click.echo(content)
        else:
            write_atomically(Path(output) / name, content.encode())
            click.echo(Path(output) / name)


def _path(text: str | None) -> Path | None:
    from pathlib import Path

    return Path(text) if text else None
