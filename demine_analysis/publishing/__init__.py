"""From notebooks to published pages: parameters, kernels, template, site.

`single.render` makes one page, `batch.render_all` brings a site up to date. Nothing is imported
here, so that a run with nothing to do ends before papermill would have been imported.
"""
