"""The parameters of a notebook: read from its tagged cell, checked before a kernel starts."""

from .reading import TAG, Parameter, check_parameters, read_parameters, read_report, runs_code

__all__ = ["TAG", "Parameter", "check_parameters", "read_parameters", "read_report", "runs_code"]
