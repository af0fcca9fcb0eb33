"""The few words that a page has around its report, in the languages of the reports."""

from __future__ import annotations

from demine_analysis.wording.language import marked, translate

_WORDS = {
    "contents": marked("Contents"),
    "all_reports": marked("All reports"),
    "about": marked("About these figures"),
    "skip": marked("Skip to the report"),
    "languages": marked("Languages of this report"),
    "not_shown": marked("Not shown on this page"),
    "footer": marked("Made with demine-analysis from published figures, each with its source."),
}


def words(language: str) -> dict[str, str]:
    """Return the words in a language."""
    return {name: translate(message, language=language) for name, message in _WORDS.items()}
