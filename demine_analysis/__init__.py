"""Mine clearance figures: load, reconcile, audit, project, report.

Every public name is imported on first use, so that `import demine_analysis` and the
command line start without the scientific stack.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
