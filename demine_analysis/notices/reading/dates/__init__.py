"""Days that a text speaks of: parts of dates, dates, ranges of dates, words such as "last week"."""
