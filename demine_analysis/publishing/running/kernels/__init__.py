"""Kernels that start warm: forked from a process that has imported the scientific stack.

`zygote` runs in that process and `warm` talks to it. `kernel`, with its `shell` and what is
`printed`, is what it forks; `client` runs cells in it for papermill, over a `channel`; `engine` is
registered with papermill. Where forking is not to be had, the same engine starts a `plain` kernel
by its `manager`.
"""
