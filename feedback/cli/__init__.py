"""The command line: one file a verb. stdout carries the result, everything else goes to stderr."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from feedback.cli.output import plain
from feedback.cli.passphrase import ask
from feedback.errors import CheckFailed, FeedbackError
from feedback.keys import ASK

_VERBS = (
    "demo", "new", "add", "read", "remove", "withdraw", "deidentify", "key", "themes", "tag", "train",
    "import", "agree", "factors", "compare", "outcomes", "quotes", "report", "export", "run", "status",
    "check", "why", "doctor", "guide",
)  # fmt: skip


class Verbs(click.Group):
    """The verbs in the order of work, each imported when it is named."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _VERBS:
            return None
        module = {"import": "import_"}.get(cmd_name, cmd_name)
        command = import_module(f"feedback.cli.{module}").command
        return command if isinstance(command, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from difflib import get_close_matches

            near = get_close_matches(args[0], _VERBS, 1)
            if not near:
                raise
            raise click.UsageError(f"{error.message} Did you mean '{near[0]}'?", ctx) from error


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="feedback", message="feedback %(version)s")
def cli() -> None:
    """Listens to participants: cleans and pseudonymises interviews, testimonies and survey answers, tags
    themes from your own list, finds push factors and picks quotes. Offline.

    Start with `feedback demo`, or `feedback new my-study`.
    """


def main(arguments: list[str] | None = None) -> None:
    """Runs a command and ends with its exit code: 0 done, 1 you can mend it, 2 usage, 3 a check failed."""
    ASK.set(ask)
    try:
        code = cli.main(args=arguments, prog_name="feedback", standalone_mode=False)
    except FeedbackError as error:
        click.echo(plain(f"Error: {error.message}"), err=True)
        if error.hint:
            click.echo(plain(f"Hint: {error.hint}"), err=True)
        sys.exit(3 if isinstance(error, CheckFailed) else 1)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped. What was finished is saved; the same command goes on from there.", err=True)
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    sys.exit(code if isinstance(code, int) else 0)
