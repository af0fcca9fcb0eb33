"""Datasets: sourced figures in CSV files, checked and loaded as tidy frames."""

from demine_analysis.datasets.check import check_dataset
from demine_analysis.datasets.corrections import load_corrections
from demine_analysis.datasets.listing import list_datasets
from demine_analysis.datasets.load import load_casualties, load_sources, load_statements
from demine_analysis.datasets.records import load_records

__all__ = [
    "check_dataset",
    "list_datasets",
    "load_casualties",
    "load_corrections",
    "load_records",
    "load_sources",
    "load_statements",
]
