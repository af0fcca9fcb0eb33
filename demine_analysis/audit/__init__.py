"""Statements that cannot be right, each with what was expected and a likely reading."""

from demine_analysis.audit.run import audit

__all__ = ["audit"]
