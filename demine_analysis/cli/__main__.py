"""`python -m demine_analysis.cli`, for where the command is not on the PATH."""

from demine_analysis.cli import main

main()
