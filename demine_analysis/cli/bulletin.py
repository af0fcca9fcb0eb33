"""`demine bulletin`: what is new, as plain text."""

from __future__ import annotations

import click


@click.command()
@click.option("--dataset", help="Name of a dataset; default: the one meant where none is named.")
@click.option("--metric", default="area_cleared", show_default=True, help="What is counted.")
@click.option(
    "--since", metavar="DATE", help="What was published later is new; default: the last week's."
)
@click.option("--language", default="en", show_default=True, help="Language of the text.")
@click.option("--text", is_flag=True, expose_value=False, help="Plain text, for a mail: as it is.")
def bulletin(dataset: str | None, metric: str, since: str | None, language: str) -> None:
    """Say what is new since a day; the same as a page: `demine render bulletin`."""
    from demine_analysis.datasets.locate import dataset_folder
    from demine_analysis.notices.inbox import waiting
    from demine_analysis.published.inputs import inputs
    from demine_analysis.report import findings
    from demine_analysis.report.bulletin import bulletin as what_is_new
    from demine_analysis.wording import language as languages
    from demine_analysis.wording import names

    languages.use(language)
    data = inputs(dataset)
    names.use(data.programme.names)
    news = what_is_new(data, metric=metric, since=since)
    count = len(waiting(dataset_folder(dataset)))
    click.echo(findings.news_text(news, count), nl=False)
