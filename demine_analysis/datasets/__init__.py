"""Datasets: sourced figures in CSV files, checked and loaded as tidy frames.

Names are imported on first use: to know which datasets there are takes no pandas.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
