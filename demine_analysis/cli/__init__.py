"""The command `demine`. Only click is imported here; each command imports what it needs."""

from __future__ import annotations

import gc
import os
import sys
import tempfile
from pathlib import Path

import click

from demine_analysis.errors import DemineError, ParameterError

from . import add as _add
from . import audit as _audit
from . import backtest as _backtest
from . import bulletin as _bulletin
from . import export as _export
from . import inspect as _inspect
from . import render as _render
from . import schedule as _schedule
from . import watch as _watch

INTERRUPTED = 130


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="demine-analysis")
def cli() -> None:
    """Mine clearance figures: check them, list them, make reports from them."""


cli.add_command(_render.render)
cli.add_command(_render.status)
cli.add_command(_inspect.list_everything)
cli.add_command(_inspect.check)
cli.add_command(_audit.audit)
cli.add_command(_export.export)
cli.add_command(_add.add)
cli.add_command(_watch.watch)
cli.add_command(_schedule.schedule)
cli.add_command(_backtest.backtest)
cli.add_command(_bulletin.bulletin)


def main() -> None:
    """Run the command; errors are a line on stderr, never a traceback."""
    for stream in ("stdin", "stdout", "stderr"):
        if getattr(sys, stream) is None:  # closed: the next file opened would stand in its place
            setattr(sys, stream, open(os.devnull, "r+", encoding="utf-8"))  # noqa: PTH123, SIM115
    try:
        Path.home()
    except RuntimeError:  # a user who is a number alone: libraries insist on a home
        os.environ["HOME"] = tempfile.gettempdir()
    code = run(sys.argv[1:]) if _is_somewhere() else 1
    try:
        sys.stdout.flush()
    except OSError:
        # What is left cannot be written either, and Python would say so again when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    gc.freeze()  # or Python looks through all that was imported before it ends: 0.08 s
    sys.exit(code)


def _is_somewhere() -> bool:
    """Return whether the current folder is there; kernels and relative paths need one."""
    try:
        Path.cwd()
    except FileNotFoundError:
        _complain("the current folder has been deleted; change to one that is there", 1)
        return False
    return True


def run(arguments: list[str]) -> int:
    """Run the command and return its exit code: 0 done, 1 failed, 2 wrong use, 130 interrupted."""
    try:
        outcome = cli.main(arguments, prog_name="demine", standalone_mode=False)
    except click.exceptions.Abort:
        return _complain("interrupted", INTERRUPTED)
    except click.ClickException as error:
        return _complain(_one_line(error), error.exit_code)
    except ParameterError as error:
        return _complain(str(error), 2)
    except DemineError as error:
        return _complain(str(error), 1)
    except OSError as error:
        # Without a name: a full disk behind a redirection; a closed pipe is click's own affair.
        named = f"{str(error.filename)!r} cannot be opened" if error.filename else ""
        what = named or "output cannot be written"
        return _complain(f"{what}: {error.strerror or error}", 1)
    return outcome if isinstance(outcome, int) else 0


def _complain(message: str, code: int) -> int:
    click.echo(f"demine: {message}", err=True)
    return code


def _one_line(error: click.ClickException) -> str:
    context = getattr(error, "ctx", None)
    hint = f" (see '{context.command_path} --help')" if context is not None else ""
    return f"{error.format_message().rstrip('.')}{hint}"
