"""Rows of tables that a reader can choose among; without the page's script all are shown."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, NamedTuple

from demine_analysis.wording.language import translate

from .blocks import Block

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Choice(NamedTuple):
    """What rows are chosen by.

    Parameters
    ----------
    name : str
        Their attribute: rows with `data-<name>`, of the column `data_<name>`.
    label : str
        What a reader chooses.
    options : mapping
        Values of the attribute, with their words.
    """

    name: str
    label: str
    options: Mapping[str, str]


def filtered(tables: Block, choices: Sequence[Choice]) -> Block:
    """Return tables below lists of what their rows can be chosen by.

    Parameters
    ----------
    tables : Block
        As from `table`, of frames with the columns `data_<name>` of the choices.
    choices : sequence of Choice
        One list each; those with a single option are left out.

    Notes
    -----
    The lists are hidden until the page's script shows them: what cannot be used is not there.
    """
    lists = "".join(_list(each) for each in choices if len(each.options) > 1)
    if not lists:
        return tables
    said, shown = escape(translate("{n} of {all}")), escape(translate("Figures shown"))
    box = (
        f'<div class="demine-filter" role="group" aria-label="{shown}" hidden>'
        f'{lists}<output aria-live="polite" data-words="{said}"></output></div>'
    )
    return Block(f'<div class="demine-filtered">{box}{tables.html}</div>', tables.text)


def _list(choice: Choice) -> str:
    every = {"": translate("all")}
    options = "".join(
        f'<option value="{escape(code)}">{escape(words)}</option>'
        for code, words in {**every, **choice.options}.items()
    )
    name = escape(choice.name)
    label = f'<label for="choose-{name}">{escape(choice.label)}</label>'
    return f'<div>{label} <select id="choose-{name}" data-of="{name}">{options}</select></div>'
