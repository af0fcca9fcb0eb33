"""Where the kernels of reports come from.

The kernel is a stock ipykernel, run by papermill's client over Jupyter's own protocol. Only where
its process comes from is the project's: `provisioner` forks it from a `warm` process that has
imported what reports need, or starts a plain subprocess where that is not to be had.
"""
