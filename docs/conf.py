"""How `make docs` builds the documentation: the Markdown of the project and the docstrings.

The source folder is the project's, so that links between pages are the same here and where the
repository is browsed.
"""

from importlib.metadata import version as version_of

project = "demine_analysis"
author = "demine_analysis contributors"
version = release = version_of("demine-analysis")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
root_doc = "docs/index"
include_patterns = ["*.md", "docs/*.md", "data/README.md"]
templates_path = ["templates"]
html_additional_pages = {"index": "start.html"}

myst_heading_anchors = 3
autodoc_member_order = "bysource"
default_role = "literal"
toc_object_entries_show_parents = "hide"
# There is no lexer for CSV files.
suppress_warnings = ["misc.highlighting_failure"]
autodoc_typehints = "description"
autodoc_typehints_description_target = "documented"
napoleon_google_docstring = False
napoleon_use_rtype = False

html_theme = "alabaster"
html_theme_options = {
    "description": "Mine clearance figures, sourced and reconciled",
    "fixed_sidebar": True,
    "page_width": "70rem",
    "show_powered_by": False,
}
html_copy_source = False
html_show_copyright = False
