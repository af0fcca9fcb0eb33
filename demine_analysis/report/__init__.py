"""What a page shows, before it is a page: series, sentences, figures, tables.

The modules and sub-rooms are imported when they are first asked for.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submodules=["display", "explorer", "findings", "messages", "outlook", "plots", "series"],
)
