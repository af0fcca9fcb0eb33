"""`demine render` and `demine status`: make reports, and see how they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from demine_analysis.publishing.batch import Options


def _pairs(
    _context: click.Context, _option: click.Parameter, given: tuple[str, ...]
) -> dict[str, str]:
    """Return NAME=VALUE texts as a mapping."""
    values: dict[str, str] = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals or not name.strip():
            raise click.BadParameter(f"must be NAME=VALUE, got {text!r}")
        if name.strip() in values:
            raise click.BadParameter(f"{name.strip()} is given twice")
        values[name.strip()] = value
    return values


@click.command()
@click.argument("name", required=False)
@click.option("-p", "parameters", metavar="NAME=VALUE", multiple=True, callback=_pairs,
              help="Value for a parameter of the report; may be repeated.")  # fmt: skip
@click.option("-o", "--output", type=click.Path(), help="File for one report, folder with --all.")
@click.option("--all", "everything", is_flag=True, help="Render every report of the manifest.")
@click.option("--manifest", type=click.Path(), help="List of reports; default: the shipped one.")
@click.option("--jobs", type=int, help="Reports rendered at once; default: one a core.")
@click.option("--force", is_flag=True, help="Render reports that have not changed, too.")
@click.option("--wait", type=float, default=3600.0, show_default=True,
              help="Seconds to wait while another run writes into the folder.")  # fmt: skip
@click.option(
    "--executor", type=click.Choice(["local", "dask"]), default="local", help="Where to run."
)
@click.option("--scheduler", help="Address of the dask scheduler.")
def render(
    name: str | None,
    parameters: dict[str, str],
    output: str | None,
    *,
    everything: bool,
    **options: object,
) -> int:
    """Render the report NAME into a file, or with --all every report into a folder."""
    if everything == (name is not None):
        raise click.UsageError("name one report, or give --all (and not both)")
    if name is not None:
        return _one(name, parameters, output, options)
    if parameters:
        raise click.UsageError(
            "-p goes with one report; with --all parameters stand in the manifest"
        )
    return _all(output, options)


def _one(
    name: str, parameters: dict[str, str], output: str | None, options: dict[str, object]
) -> int:
    used = [option for option in ("manifest", "jobs", "force", "scheduler") if options[option]]
    if used:
        raise click.UsageError(f"--{used[0]} goes with --all")
    from demine_analysis.publishing.running.interrupts import interruptible
    from demine_analysis.publishing.single import render as render_one

    with interruptible():
        page = render_one(name, parameters, output)
    click.echo(page, err=not page.is_file())  # a page that goes to a pipe has it to itself
    return 0


def _all(output: str | None, options: dict[str, object]) -> int:
    from demine_analysis.publishing.batch import render_all
    from demine_analysis.publishing.running.interrupts import interruptible
    from demine_analysis.publishing.running.progress import bar

    with interruptible():
        run = render_all(_options(output, options), say=_say, progress=bar)
    for each in run.failed:
        _say(f"report {each.state.job.name!r} failed {each.error}")
    for each in run.rendered:
        click.echo(f"{each.state.job.name}: rendered in {each.seconds:.1f} s")
    if not run.rendered and not run.failed:
        click.echo(f"nothing to do: {len(run.outcomes)} reports are fresh")
    click.echo(run.site.folder / "index.html")
    return 1 if run.failed else 0


def _options(output: str | None, options: dict[str, object]) -> Options:
    from pathlib import Path

    from demine_analysis.publishing.batch import Options

    dask, scheduler = options.pop("executor") == "dask", options["scheduler"]
    if dask != (scheduler is not None):
        raise click.UsageError("--executor dask and --scheduler ADDRESS go together")
    paths = {"manifest": options.pop("manifest"), "output": output}
    given = {key: Path(str(value)) if value else None for key, value in paths.items()}
    return Options(**given, **options)  # type: ignore[arg-type]  # click has checked the types


def _say(message: str) -> None:
    click.echo(f"demine: {message}", err=True)


@click.command()
@click.option("--manifest", type=click.Path(), help="List of reports; default: the shipped one.")
@click.option("-o", "--output", type=click.Path(), help="Folder of the site.")
def status(manifest: str | None, output: str | None) -> int:
    """Show how each report is: fresh, stale, failed or never rendered."""
    from pathlib import Path

    from demine_analysis.publishing.batch import default_folder, make_jobs
    from demine_analysis.publishing.manifest import load_manifest
    from demine_analysis.publishing.site.folder import Site
    from demine_analysis.publishing.site.state import look

    jobs = make_jobs(load_manifest(Path(manifest) if manifest else None))
    site = Site(Path(output) if output else default_folder())
    for job in jobs:
        found = look(site, job)
        click.echo(f"{job.name}: {found.state}" + (f" ({found.why})" if found.why else ""))
    return 0
