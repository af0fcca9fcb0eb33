"""Read the figures that a notice prints: words and numbers of a text become drafts of statements.

The way of a text through this room: `folding` makes its letters comparable, `sentences` cuts it,
`numbers` and `periods` find amounts and days, `figures` says what each amount counts, `context`
finds whose work it was, where, and for what use, and `drafts` puts rows together.
"""
