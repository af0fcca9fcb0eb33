"""Projections: draws of the weeks to come, scenarios, completion dates."""

from .completion import Completion
from .result import Projection
from .run import project
from .scenario import SCENARIOS

__all__ = ["SCENARIOS", "Completion", "Projection", "project"]
