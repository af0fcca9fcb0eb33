"""`demine watch`: look at a dataset's feeds for new notices."""

from __future__ import annotations

import click


@click.command()
@click.option("--dataset", help="Name of a dataset; default: the one meant where none is named.")
@click.option("--private", is_flag=True, help="Allow feeds on your own network and machine.")
@click.option(
    "--pause",
    default=2.0,
    show_default=True,
    type=click.FloatRange(0, 3600),
    metavar="SECONDS",
    help="Between two requests to one host.",
)
@click.option(
    "--wait", default=60.0, show_default=True, metavar="SECONDS", help="For another `demine add`."
)
def watch(dataset: str | None, pause: float, wait: float, *, private: bool) -> None:
    """Read new pages of a dataset's feeds.toml into its inbox, for `demine add --inbox`.

    Nothing is added to the data. Only this and `demine add` with an address use the network.
    """
    from demine_analysis.notices import tables, watching

    seen = watching.watch(
        tables.find(dataset), private=private, pause=pause, wait=wait,
        say=lambda said: click.echo(said, err=True),
    )  # fmt: skip
    for line in seen.new:
        click.echo(f"new: {line}")
    for line in seen.failed:
        click.echo(f"not read: {line}", err=True)
    click.echo(
        f"{len(seen.new)} new notices, {seen.without} pages without a figure, "
        f"{len(seen.failed)} not read; {seen.waiting} wait for `demine add --inbox`"
    )
