"""Read the figures that a notice prints: words and numbers of a text become drafts of statements.

The way of a text through this room: `folding` makes its letters comparable, `sentences` cuts it,
`dates` finds days, `amounts` finds numbers and says what each of them counts, `days` says for which
days a figure is, `meaning` what was done, `scopes` whose work it was, where, and for what use, and
`drafts` puts rows together.
"""
