"""Show a notice in the terminal, and let a person accept, edit or drop its drafts."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pandas as pd

from demine_analysis.errors import StatementError
from demine_analysis.notices import draftfile

if TYPE_CHECKING:
    from demine_analysis.notices.notice import Notice

_HELP = """\
  a             add the drafts as they are shown
  d 2 5         drop drafts 2 and 5
  e 3 value 12  set a cell of draft 3; any column of statements.csv
  w notice.toml write all to a file, to be edited and added later
  q             add nothing"""


def show(notice: Notice) -> None:
    """Print a notice's source, and each draft with its words and what the dataset says of it."""
    source = notice.source
    click.echo(
        f"{source['source_id']}  {source['publisher']}  {source['published'] or 'no date'}  "
        f"{source['language']}"
    )
    click.echo(source["url"] or "no address")
    if notice.drafts.empty and notice.casualties.empty:
        click.echo("the page prints no figure that could be read")
    for place, (_, row) in enumerate(notice.drafts.iterrows(), 1):
        _show_draft(notice, place, row)
    for _, row in notice.casualties.iterrows():
        counted = ", ".join(
            f"{name} {int(float(row[name]))}"
            for name in ("killed", "injured", "total")
            if _there(row[name])
        )
        click.echo(f"  victims: {counted}, {_days(row)}")


def _show_draft(notice: Notice, place: int, row: pd.Series) -> None:
    scope = ", ".join(
        str(row[name]) for name in ("operator", "district", "land_use") if row[name] != "all"
    )
    amount = f"{float(row['value']):,.10g} {row['unit']}"
    qualifier = "" if row["qualifier"] == "exact" else f" ({row['qualifier']})"
    status = "" if row["status"] == "achieved" else f" {row['status']}"
    click.echo(
        f"{place:3}  {row['metric']}{status}  {amount}{qualifier}  "
        f"{row['period']} {_days(row)}  {scope}".rstrip()
    )
    if notice.text:
        start, end = int(row["start"]), int(row["end"])
        words = notice.text[max(0, start - 50) : start] + "[" + notice.text[start:end] + "]"
        click.echo(f"     …{' '.join((words + notice.text[end : end + 40]).split())}…")
    said = [f"confidence {float(row['confidence']):.2f}"] if _there(row.get("confidence")) else []
    said += [str(row[name]) for name in ("reason", "verdict") if _there(row.get(name))]
    if said:
        click.echo(f"     {'; '.join(said)}")


def _days(row: pd.Series) -> str:
    return f"{row['period_start'] or '?'} to {row['period_end'] or '?'}"


def _there(value: object) -> bool:
    return value is not None and value == value and str(value) != ""  # noqa: PLR0124 - not NaN


def review(notice: Notice) -> Notice | None:
    """Ask a person what to do with the drafts, and return what is to be added; None for nothing."""
    click.echo("a add, d drop, e edit, w write to a file, q quit, ? help")
    drafts = notice.drafts.reset_index(drop=True)
    dropped: set[int] = set()
    while True:
        command, *words = click.prompt(
            ">", prompt_suffix=" ", default="q", show_default=False
        ).split() or ["q"]
        try:
            if command == "a":
                return replace(notice, drafts=drafts.drop(index=sorted(dropped)))
            if command == "q":
                return None
            if command == "w":
                draftfile.write_draft(
                    replace(notice, drafts=drafts.drop(index=sorted(dropped))), _file(words)
                )
                click.echo(f"written; add it by: demine add {words[0]}")
                return None
            if command == "d":
                dropped |= {_place(word, len(drafts)) for word in words}
                click.echo(f"{len(drafts) - len(dropped)} drafts are left")
            elif command == "e":
                drafts = _edited(drafts, words)
                place = _place(words[0], len(drafts))
                _show_draft(notice, place + 1, drafts.iloc[place])
            else:
                click.echo(_HELP)
        except StatementError as cause:
            click.echo(str(cause))


def _file(words: list[str]) -> Path:
    if len(words) != 1 or not words[0].endswith(".toml"):
        raise StatementError("w needs the name of a .toml file, as in: w notice.toml")
    return Path(words[0]).expanduser()


def _place(word: str, count: int) -> int:
    if not word.isdigit() or not 1 <= int(word) <= count:
        raise StatementError(f"there are drafts 1 to {count}, got {word!r}")
    return int(word) - 1


def _edited(drafts: pd.DataFrame, words: list[str]) -> pd.DataFrame:
    """Return drafts with one cell changed; what it may hold is checked when all are added."""
    if len(words) < 3 or words[1] not in draftfile.STATEMENT:  # noqa: PLR2004 - draft, column, value
        raise StatementError(
            f"e needs a draft, a column and a value; columns are {', '.join(draftfile.STATEMENT)}"
        )
    place, column, written = _place(words[0], len(drafts)), words[1], " ".join(words[2:])
    value: object = "" if written == "-" else written
    if column == "value":
        try:
            value = float(written)
        except ValueError:
            raise StatementError(
                f"value must be a number such as 1198.7, got {written!r}"
            ) from None
    changed = drafts.astype({column: object})
    cells = changed[column].tolist()
    cells[place] = value
    return changed.assign(**{column: cells})


def as_json(notice: Notice) -> str:
    """Return source, drafts and victims as JSON."""
    tables = {"drafts": notice.drafts, "casualties": notice.casualties}
    found = {name: json.loads(frame.to_json(orient="records")) for name, frame in tables.items()}
    return json.dumps({"source": notice.source, **found}, ensure_ascii=False, indent=2)
