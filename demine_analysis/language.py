"""The language of report text, numbers and dates; English where a translation lacks.

`use` chooses it for the process, as `locale.setlocale` does: a report is one process and one
language, and every figure, table and sentence in it reads the same.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from demine_analysis.errors import ParameterError
from demine_analysis.vocabulary import describe_allowed

#: The languages of the reports, each by its own name.
LANGUAGES = {"en": "English", "az": "Azərbaycanca", "ru": "Русский"}

_FOLDER = Path(__file__).parent / "locale"
_chosen = "en"


def use(language: str) -> None:
    """Write everything from here on in a language.

    Raises
    ------
    ParameterError
        If there is no such language.
    """
    global _chosen  # noqa: PLW0603 - one language a process, see above
    if language not in LANGUAGES:
        allowed = describe_allowed(language, LANGUAGES)
        raise ParameterError(f"language must be {allowed}, got {language!r}")
    _chosen = language


def current() -> str:
    """Return the code of the language in use."""
    return _chosen


def translate(message: str) -> str:
    """Return a message in the language in use, or the message itself where it is not translated."""
    return _catalogue(_chosen).get(message, message)


@cache
def _catalogue(language: str) -> dict[str, str]:
    path = _FOLDER / f"{language}.po"
    if not path.is_file():
        return {}
    from babel.messages.pofile import read_po  # noqa: PLC0415 - in the extra `reports` only

    with path.open("rb") as file:
        entries = read_po(file, locale=language)
    return {str(entry.id): str(entry.string) for entry in entries if entry.id and entry.string}
