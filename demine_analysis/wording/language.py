"""The language of report text, numbers and dates; English where a translation lacks.

`use` chooses it for the process, as `locale.setlocale` does: a report is one process and one
language, and every figure, table and sentence in it reads the same. Catalogues are gettext's, one
file a language in `locale/`; English needs none. How to add a language, and how to mend a
translation, stands in docs/languages.md.
"""

from __future__ import annotations

import gettext
import io
import re
from functools import cache
from pathlib import Path

from demine_analysis.errors import ParameterError
from demine_analysis.vocabulary import describe_allowed

#: The languages of the reports, each by its own name.
LANGUAGES = {"en": "English", "az": "Azərbaycanca", "ru": "Русский", "uk": "Українська"}
#: Where the catalogues lie.
FOLDER = Path(__file__).parent / "locale"

_SOURCE = "en"
_PARTS = re.compile(r"\n\s*\n")
_chosen = _SOURCE


def use(language: str) -> None:
    """Write everything from here on in a language.

    Raises
    ------
    ParameterError
        If there is no such language, or if it is not English and Babel is not installed.
    """
    global _chosen  # noqa: PLW0603 - one language a process, see above
    if language not in LANGUAGES:
        allowed = describe_allowed(language, LANGUAGES)
        raise ParameterError(f"language must be {allowed}, got {language!r}")
    catalogue(language)
    _chosen = language


def current() -> str:
    """Return the code of the language in use."""
    return _chosen


def translate(message: str, *, language: str | None = None) -> str:
    """Return a message in the language in use, or the message itself where it is not translated.

    Parameters
    ----------
    message : str
        English, with `{name}` where a value is to be put.
    language : str, optional
        Another one than that in use.
    """
    return catalogue(language or _chosen).gettext(message) if message else ""


def translate_count(one: str, many: str, count: float) -> str:
    """Return the form of a message that goes with a number: one figure, two figures.

    Parameters
    ----------
    one, many : str
        The message in English, for one and for any other number.
    count : float
        The number; a language may have more forms than English. Fractions take the last form.
    """
    whole = int(count) if float(count).is_integer() else -1
    return catalogue(_chosen).ngettext(one, many, whole)


def marked(message: str) -> str:
    """Return a message as it is: it is translated where it is shown, and collected here."""
    return message


def translate_names(names: str) -> str:
    """Return a `;`-joined list of names in the language in use, with commas between them."""
    return ", ".join(translate(name.strip()) for name in names.split(";"))


def blocks(markdown: str) -> list[str]:
    """Return the headings and paragraphs of a Markdown text, without the marks of headings."""
    return [_marks_and_text(part)[1] for part in _PARTS.split(markdown) if part.strip()]


def translate_markdown(markdown: str, *, language: str) -> str:
    """Return a Markdown text in a language, its untranslated parts as they are."""
    return "\n\n".join(_translated(part, language) for part in _PARTS.split(markdown))


def _translated(part: str, language: str) -> str:
    marks, text = _marks_and_text(part)
    shown = translate(text, language=language)
    return part if shown == text else marks + shown


def _marks_and_text(part: str) -> tuple[str, str]:
    words = part.split()
    heading = bool(words) and set(words[0]) == {"#"}
    return (f"{words[0]} ", " ".join(words[1:])) if heading else ("", " ".join(words))


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """Return the messages of a language; English, and one without a file, has none.

    Raises
    ------
    ParameterError
        If Babel is not installed, which reads the file and writes the language's numbers.
    """
    path = FOLDER / f"{language}.po"
    if language == _SOURCE or not path.is_file():
        return gettext.NullTranslations()
    try:
        from babel.messages.mofile import write_mo  # noqa: PLC0415 - in the extra `reports` only
        from babel.messages.pofile import read_po  # noqa: PLC0415 - as above
    except ModuleNotFoundError as cause:
        raise ParameterError(
            f"language {language!r} needs Babel, and only English goes without; "
            "install it with: pip install 'demine-analysis[reports]'"
        ) from cause
    compiled = io.BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
