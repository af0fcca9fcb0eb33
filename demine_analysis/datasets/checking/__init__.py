"""The cells of a file against its schema: every bad one with its place, and what is allowed."""
