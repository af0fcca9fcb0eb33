"""The few words that a page has around its report, in the languages of the reports."""

from __future__ import annotations

_WORDS = {
    "en": {
        "contents": "Contents",
        "all_reports": "All reports",
        "skip": "Skip to the report",
        "footer": "Made with demine-analysis from published figures, each with its source.",
    },
    "az": {
        "contents": "Mündəricat",
        "all_reports": "Bütün hesabatlar",
        "skip": "Hesabata keç",
        "footer": "demine-analysis ilə dərc olunmuş, mənbəyi göstərilən rəqəmlərdən hazırlanıb.",
    },
    "ru": {
        "contents": "Содержание",
        "all_reports": "Все отчёты",
        "skip": "Перейти к отчёту",
        "footer": "Составлено demine-analysis по опубликованным данным с указанием источников.",
    },
}


def words(language: str) -> dict[str, str]:
    """Return the words in a language; English where it is not one of the reports'."""
    return _WORDS.get(language, _WORDS["en"])
