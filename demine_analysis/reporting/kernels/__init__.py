"""Kernels that start warm: forked from a process that has imported the scientific stack.

`zygote` runs in that process, `warm` talks to it, `provisioner` plugs it into jupyter_client and
`engine` into papermill. Where forking is not to be had, the same engine starts plain kernels.
"""
