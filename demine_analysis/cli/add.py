"""`demine add`: new figures into a dataset, or a page's figures out of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from demine_analysis.notices.notice import Notice
    from demine_analysis.notices.tables import Change

_MOST_SHOWN = 20
_SURE = 0.8
"""Confidence from which `--yes` without a number takes a draft."""


@click.command()
@click.argument("source", required=False)
@click.option("--table", metavar="FOLDER", help="Merge the CSV files of this folder.")
@click.option("--remove", metavar="SOURCE_ID", help="Take this page and its figures out again.")
@click.option("--inbox", is_flag=True, help="Review what `demine watch` has found.")
@click.option("--dataset", help="Name of a dataset; default: the one meant where none is named.")
@click.option(
    "--yes",
    is_flag=False,
    flag_value=_SURE,
    default=None,
    type=click.FloatRange(0, 1),
    metavar="[CONFIDENCE]",
    help=f"Take every draft of this confidence or more (without a number: {_SURE}) that is not "
    "doubtful, and ask nothing.",
)
@click.option("--draft", metavar="FILE", help="Write source and drafts into this .toml file.")
@click.option("--json", "as_json", is_flag=True, help="Print source and drafts as JSON.")
@click.option("--url", help="The page's address, where the source does not tell it.")
@click.option("--published", metavar="DAY", help="The page's day or month, where it shows none.")
@click.option("--publisher", help="Who published the page.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and change nothing.")
@click.option(
    "--wait", default=60.0, show_default=True, metavar="SECONDS", help="For another `demine add`."
)
def add(**given: object) -> None:
    """Add checked figures to a dataset: all of them or none, with a new data package.

    SOURCE is a file (.html, .txt, .md, .pdf, .eml), an address, or a file that --draft wrote.
    """
    ways = [name for name in ("source", "table", "remove", "inbox") if given[name]]
    if len(ways) != 1:
        raise click.UsageError("give one of SOURCE, --table FOLDER, --remove SOURCE_ID and --inbox")
    options = _Options(**given)  # type: ignore[arg-type]
    if options.table or options.remove:
        _tables(options)
    elif options.inbox:
        _inbox(options)
    else:
        _one(options, str(options.source))


@dataclass(frozen=True)
class _Options:
    """What was given on the command line."""

    source: str | None
    table: str | None
    remove: str | None
    inbox: bool
    dataset: str | None
    yes: float | None
    draft: str | None
    as_json: bool
    url: str | None
    published: str | None
    publisher: str | None
    dry_run: bool
    wait: float


def _tables(options: _Options) -> None:
    from demine_analysis.notices import tables

    table = Path(str(options.table or "")).expanduser()
    if options.table and not table.is_dir():
        raise click.UsageError(f"--table must be a folder, got {options.table!r}")
    folder = tables.find(options.dataset)
    if options.remove:
        removed = str(options.remove)
        _apply(options, folder, lambda: tables.without(removed, folder), "removed")
        return
    _apply(options, folder, lambda: tables.merged(table, folder), "added")


def _apply(options: _Options, folder: Path, change: Callable[[], Change], done: str) -> None:
    from demine_analysis.notices import saving

    if options.dry_run:
        _say(change(), f"would be {done}")
        return
    with saving.alone(folder, wait=options.wait, say=lambda said: click.echo(said, err=True)):
        made = change()
        if made.contents:
            saving.save(folder, made.contents)
    _say(made, done)


def _one(options: _Options, source: str) -> None:
    """Read a source, show it, and add what a person takes."""
    from demine_analysis.cli.reviewing import as_json, review, show
    from demine_analysis.notices import adding, draftfile, tables
    from demine_analysis.notices.verdicts import with_verdicts

    edited = source.lower().endswith(".toml")
    notice = _read(options, source, edited=edited)
    folder = tables.find(notice.dataset)
    if edited:
        _apply(options, folder, lambda: adding.added(notice, folder), "added")
        return
    notice = _with(notice, drafts=with_verdicts(notice))
    if options.as_json:
        click.echo(as_json(notice))
        return
    if options.draft:
        draftfile.write_draft(notice, Path(options.draft).expanduser())
        click.echo(
            f"{len(notice.drafts)} drafts are in {options.draft}; "
            f"edit it, then: demine add {options.draft}"
        )
        return
    show(notice)
    if notice.drafts.empty and notice.casualties.empty:
        return
    if options.yes is not None:
        notice = _sure(notice, options.yes)
    elif not options.dry_run:
        chosen = review(notice)
        if chosen is None:
            click.echo("nothing was added")
            return
        notice = chosen
    if notice.drafts.empty and notice.casualties.empty:
        click.echo("nothing was added")
        return
    _apply(options, folder, lambda: adding.added(notice, folder), "added")


def _read(options: _Options, source: str, *, edited: bool) -> Notice:
    from demine_analysis.errors import StatementError
    from demine_analysis.notices import draftfile
    from demine_analysis.notices.notice import read_notice

    if edited:
        notice = draftfile.read_draft(Path(source).expanduser())
    else:
        if "://" not in source and not Path(source).expanduser().is_file():
            raise StatementError(f"there is no file {source!r}")
        given = source if "://" in source else Path(source)
        notice = read_notice(given, options.dataset, published=options.published)
    row = dict(notice.source)
    for name in ("url", "publisher", "published"):
        row[name] = getattr(options, name) or row[name]
    if not row["publisher"] and row["url"]:
        from demine_analysis.notices.pages import publisher_of

        row["publisher"] = publisher_of(row["url"])
    return _with(notice, source=row)


def _with(notice: Notice, **parts: object) -> Notice:
    from dataclasses import replace

    return replace(notice, **parts)  # type: ignore[arg-type]


def _sure(notice: Notice, least: float) -> Notice:
    """Return a notice with the drafts that need no person, and say which ones do."""
    drafts = notice.drafts
    taken = (
        (drafts["confidence"] >= least)
        & ~drafts["doubtful"].astype(bool)
        & ~drafts["there"].astype(bool)
    )
    for _, row in drafts[~taken].iterrows():
        click.echo(
            f"left out: {row['metric']} {row['value']:g}, {row['verdict'] or 'not sure enough'}"
        )
    people = notice.casualties
    kept = people[people["confidence"].astype(float) >= least] if len(people) else people
    return _with(notice, drafts=drafts[taken], casualties=kept)


def _inbox(options: _Options) -> None:
    """Review the notices that wait, one after the other."""
    from demine_analysis.cli.reviewing import review, show
    from demine_analysis.notices import adding, draftfile, tables
    from demine_analysis.notices.inbox import waiting as waiting_in

    folder = tables.find(options.dataset)
    waiting = waiting_in(folder)
    if not waiting:
        click.echo("no notice waits")
    for path in waiting:
        notice = draftfile.read_draft(path)
        show(notice)
        if options.dry_run:
            continue
        chosen = review(notice)
        if chosen is None:
            click.echo(f"{path.name} is kept")
            continue
        if len(chosen.drafts) or len(chosen.casualties):
            _apply(options, folder, lambda chosen=chosen: adding.added(chosen, folder), "added")  # type: ignore[misc]
        path.unlink(missing_ok=True)


def _say(change: Change, done: str) -> None:
    for title, lines in (("already there", change.there), ("doubtful", change.doubtful)):
        for line in lines[:_MOST_SHOWN]:
            click.echo(f"{title}: {line}")
        if len(lines) > _MOST_SHOWN:
            click.echo(f"{title}: and {len(lines) - _MOST_SHOWN} more")
    for name, rows in change.added.items():
        click.echo(f"{name}: {rows} rows {done}")
