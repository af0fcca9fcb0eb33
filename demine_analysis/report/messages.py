"""The texts of the reports, collected for translation, and what is wrong with a catalogue.

`make messages` runs this module: it brings `locale/<language>.po` up to date with code, notebooks,
manifest and data, and says what is left to translate.
"""

from __future__ import annotations

import json
import string
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from demine_analysis import resources
from demine_analysis.auditing import findings
from demine_analysis.wording import language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from babel.messages.catalog import Catalog, Message

#: Functions and classes whose arguments are messages, as for `pybabel extract --keyword`.
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "translate": None,
    "translate_count": (1, 2),
    "marked": None,
    "Code": (1,),
}
_PACKAGE = Path(__file__).parents[1]
#: Names of columns and parameters that the pages show as words.
_WORDS = {
    "report/display/blocks.py": "Published,Rolling,Rate,History,Today,Line",
    "report/explorer/controls.py": "Dataset,Metric,District,Operator,Land use,Start,End",
}


def template() -> Catalog:
    """Return every message of the reports, without translations."""
    from babel.messages.catalog import Catalog
    from babel.messages.extract import extract_from_dir

    found = Catalog(project="demine-analysis", fuzzy=False)
    methods = [("**.py", "python")]
    for name, _, message, comments, _ in extract_from_dir(
        _PACKAGE,
        methods,
        keywords=KEYWORDS,
        comment_tags=("Translators:",),
        strip_comment_tags=True,
    ):
        found.add(message, locations=[(f"demine_analysis/{name}", 1)], auto_comments=comments)
    for place, message in [*_notebooks(), *_manifest(), *_data(), *_named()]:
        found.add(message, locations=[(place, 1)])
    return found


def read(code: str) -> Catalog:
    """Return the catalogue of a language; an empty one where there is none yet."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import read_po

    path = language.FOLDER / f"{code}.po"
    if not path.is_file():
        return Catalog(
            locale=code,
            header_comment=f"# The reports' texts: {language.LANGUAGES[code]}.",
            project="demine-analysis",
            version="reports",
            msgid_bugs_address="as for the code",
            last_translator="the contributors",
            language_team="the contributors",
            fuzzy=False,
        )
    with path.open("rb") as file:
        return read_po(file, locale=code)


def update(code: str, messages: Catalog) -> Catalog:
    """Bring a language's catalogue up to date: new messages without, changed ones to be checked."""
    from babel.messages.pofile import write_po

    known = read(code)
    # Dates of extraction and names of lines would make a difference where there is none.
    messages.creation_date = known.creation_date
    known.update(messages)
    path = language.FOLDER / f"{code}.po"
    path.parent.mkdir(exist_ok=True)
    with path.open("wb") as file:
        write_po(
            file, known, width=100, include_lineno=False, ignore_obsolete=True, sort_output=True
        )
    return known


def problems(code: str, messages: Catalog | None = None) -> list[str]:
    """Return what is wrong with a language's catalogue, a line a message.

    Parameters
    ----------
    code : str
        The language.
    messages : Catalog, optional
        As from `template`.
    """
    wanted = {_key(each): each for each in (messages or template()) if each.id}
    known = {_key(each): each for each in read(code) if each.id}
    lines = [f"stale: {key}" for key in known if key not in wanted]
    for key in wanted:
        entry = known.get(key)
        if entry is None or entry.fuzzy or not all(_forms(entry.string)):
            lines.append(f"missing: {key}")
        elif any(not _fields(form) <= _fields(*_forms(entry.id)) for form in _forms(entry.string)):
            lines.append(f"other placeholders: {key}")
        elif _fields(*_forms(entry.id)) != _fields(*_forms(entry.string)):
            lines.append(f"lost placeholders: {key}")
    return lines


def main() -> None:
    """Update every catalogue and say what is left to translate."""
    import click

    messages = template()
    click.echo(f"{len(messages)} messages")
    for code in sorted(set(language.LANGUAGES) - {"en"}):
        update(code, messages)
        left = problems(code, messages)
        click.echo("\n".join([f"{code}: {len(left)} to do", *left]))


def _notebooks() -> Iterator[tuple[str, str]]:
    for path in sorted(resources.notebooks_folder().glob("*.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] == "markdown":
                for text in language.blocks("".join(cell["source"])):
                    yield f"notebooks/{path.name}", text


def _manifest() -> Iterator[tuple[str, str]]:
    """Yield the titles that a report has in every language."""
    content = tomllib.loads(resources.manifest_path().read_text(encoding="utf-8"))
    for report in content["report"]:
        if report.get("parameters", {}).get("language", "en") == "en":
            yield "reports/reports.toml", report["title"]


def _data() -> Iterator[tuple[str, str]]:
    """Yield what data packages say in sentences: titles, and the reasons of corrections."""
    for path in sorted(resources.data_folder().glob("*/package.toml")):
        yield f"data/{path.parent.name}/package.toml", _read_toml(path)["title"]
    for path in sorted(resources.data_folder().glob("*/corrections.toml")):
        for entry in _read_toml(path).get("correction", []):
            yield f"data/{path.parent.name}/corrections.toml", entry["reason"]


def _named() -> Iterator[tuple[str, str]]:
    for path in sorted(resources.data_folder().glob("*/programme.toml")):
        said = _read_toml(path)
        names = [each["name"] for each in said.get("operators", {}).values() if "name" in each]
        for name in (*said.get("districts", {}), *names):
            yield f"data/{path.parent.name}/programme.toml", name
    for words in (*findings.FINDINGS.values(), *findings.READINGS.values()):
        yield "demine_analysis/auditing/findings.py", words
    for place, words in _WORDS.items():
        for word in words.split(","):
            yield f"demine_analysis/{place}", word


def _read_toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _key(message: Message) -> str:
    return " | ".join(_forms(message.id))


def _forms(text: str | Iterable[str] | None) -> list[str]:
    return [text] if isinstance(text, str) else list(text or [""])


def _fields(*texts: str) -> set[str]:
    return {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name}


if __name__ == "__main__":
    main()
