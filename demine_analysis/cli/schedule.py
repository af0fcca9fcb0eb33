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

    if scheduler == "github-actions":
        _refuse_files_of_this_machine(manifest, site)
    wanted = plan(at=at, manifest=_path(manifest), output=_path(site), watched=watch)
    files = configuration(scheduler, wanted)
    for name, content in files.items():
        if output is None:
            click.echo(content)
        else:
            write_atomically(Path(output) / name, content.encode())
            click.echo(Path(output) / name)


def _refuse_files_of_this_machine(manifest: str | None, site: str | None) -> None:
    import os

    from demine_analysis.errors import ParameterError

    home = os.environ.get("DEMINE_DATA_HOME")
    named = {"--manifest": manifest, "--site": site, "DEMINE_DATA_HOME": home}
    local = [name for name, path in named.items() if path]
    if local:
        raise ParameterError(
            "a workflow runs in a copy of the repository, where `make reports` renders "
            f"reports/reports.toml from data/: {', '.join(local)} of this machine cannot be used "
            "there; commit what it should use, and leave these out"
        )


def _path(text: str | None) -> Path | None:
    from pathlib import Path

    return Path(text) if text else None
