"""Import every public name of the package, so that kernels forked afterwards have them at hand."""

import demine_analysis

for _name in dir(demine_analysis):
    getattr(demine_analysis, _name)
