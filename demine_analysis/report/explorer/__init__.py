"""The explore notebook's page: selections, their chart and figures, and controls above them.

`view` makes the page of one selection. `Explorer` puts controls and a chart to point at above it
where ipywidgets is installed and a notebook is open; anywhere else (a rendered report, a terminal)
it is that page.
"""

from .explorer import Explorer
from .page import png_link, view

__all__ = ["Explorer", "png_link", "view"]
