"""The command line. One file a command; what is heavy is imported when a command runs, never for `--help`."""

import os
import sys
from importlib import import_module
from typing import Any

import click

from textaug.errors import DataError, TextaugError, UsageError, unknown

COMMANDS = ("augment", "preview", "list", "explain", "validate", "lexicon", "gazetteer", "mask", "phrases", "sentiment")
OK, FAILED, USAGE, SET_ASIDE, INTERRUPTED = 0, 1, 2, 3, 130


class Closed(Exception):
    """Who reads has read enough; click would call it a failure."""


class Commands(click.Group):
    """Finds a command in the module of its name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in the order in which they are met."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Import the command."""
        if name not in COMMANDS:
            return None
        command: click.Command = import_module(f"textaug.cli.{name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or the one that was probably meant."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            raise unknown("command", args[0], COMMANDS)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; tell a closed pipe from other errors of the operating system."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise Closed from None


def _version(ctx: click.Context, option: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        import textaug
        from textaug import kernels

        click.echo(f"textaug {textaug.__version__} (kernels: {kernels.running()})")
        ctx.exit()


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]}, no_args_is_help=False)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    help="Say which version and kernels run.",
)
def cli() -> None:
    """Turn text into more or harder text, reproducible to the byte.

    Try it:  textaug augment reviews.csv -o more.csv --column text --recipe eda
    """


def main() -> None:
    """Run a command and end the process with its exit code."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run a command; return 0 done, 1 failed, 2 misused, 3 done with rows set aside, 130 interrupted."""
    try:
        code = cli.main(arguments, prog_name="textaug", standalone_mode=False)
        sys.stdout.flush()
        return code if isinstance(code, int) else OK
    except UsageError as error:
        return _say(error, USAGE)
    except (DataError, TextaugError) as error:
        return _say(error, FAILED)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo("interrupted", err=True)
        return INTERRUPTED
    except (Closed, BrokenPipeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK


def _say(error: TextaugError, code: int) -> int:
    click.echo(f"{click.style('error:', fg='red', bold=True)} {error}", err=True)
    return code
