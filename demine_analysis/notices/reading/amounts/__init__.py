"""Amounts that a text prints: land, items, kilograms and people, and how exactly each is meant."""
