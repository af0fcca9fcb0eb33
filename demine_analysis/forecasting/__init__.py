"""Projections: draws of the weeks to come, scenarios, completion dates."""

from .completion import Completion
from .projecting import project
from .result import Projection
from .scenario import SCENARIOS

__all__ = ["SCENARIOS", "Completion", "Projection", "project"]
