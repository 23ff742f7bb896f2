"""The commands, put together."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from primemover import __version__
from primemover.cli import analyze, claims, demo, doctor, exam, models, plan, retest
from primemover.cli.console import print_result
from primemover.words import ENGLISH, using

__all__ = ["app", "command"]

app = typer.Typer(
    name="primemover",
    help=(
        "Why does this low back hurt after deadlifting, and what should come first? "
        "Film or type in three tests; get measurements, findings with reasons and a plan."
    ),
    epilog="Results go to standard output, progress and notes to standard error.",
    add_completion=True,
    invoke_without_command=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("demo")(demo.demo)
app.command("exam")(exam.exam)
app.command("retest")(retest.retest)
app.command("plan")(plan.plan)
app.add_typer(analyze.app, name="analyze")
app.add_typer(models.app, name="models")
app.command("claims")(claims.claims)
app.command("doctor")(doctor.doctor)


def command() -> Any:  # noqa: ANN401 - Typer's command class is not part of its public names
    """Return the whole command line as one command, ready for ``main``."""
    return typer.main.get_command(app)


@app.callback()
def primemover(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
    lang: Annotated[
        str,
        typer.Option(
            metavar="CODE",
            envvar="PRIMEMOVER_LANG",
            help="The language of results; texts it does not have stay English.",
            show_envvar=True,
        ),
    ] = ENGLISH,
) -> None:
    """Say the version, or the help when nothing was asked."""
    context.with_resource(using(lang))
    if version:
        print_result(f"primemover {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        print_result(context.get_help())
        raise typer.Exit
