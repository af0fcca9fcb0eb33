"""Words, numbers and dates as readers of a report see them, in the report's language."""
