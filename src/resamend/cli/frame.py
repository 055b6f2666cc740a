"""The frame of all commands: their list, their errors, their exit codes.

0  done
1  with --exit-code: there are differences, or outstanding points
2  usage: an option, a file, a source or a point that is not there
3  the input is at fault, or a check failed
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module

import click

from resamend import __version__
from resamend.errors import ResamendError

INPUTS = "resamend.inputs"
"""Where a command's context keeps which files it was given: none of them may be written over."""
JOBS = "resamend.jobs"
AS_SENT = "resamend.as_sent"
"""Where a command's context keeps how many processes may read at a time."""
NOTES = "resamend.notes"
"""Where a command's context keeps what is to be said on stderr when it has succeeded."""

_COMMANDS = {
    "Start here": {
        "consolidate": (
            "drafts",
            "Consolidate proposals with the base text: one draft, with names.",
        ),
        "conflicts": ("drafts", "List the outstanding points."),
        "show": ("drafts", "Show one outstanding point: its options, and the reasons given."),
        "compare": ("tables", "Put the proposals side by side, aligned by provision."),
        "matrix": ("tables", "Show at a glance who asks for what: proposals by provision."),
        "demo": ("demo", "Show what resamend does, on sample texts."),
    },
    "Keep a dossier": {
        "new": ("folders", "Make a dossier: a folder with one base text and its proposals."),
        "add": ("folders", "Add proposals, or new revisions of them, to a dossier."),
        "join": ("folders", "Let states join a proposal as its co-sponsors."),
        "withdraw": ("folders", "Withdraw a proposal, or one of its co-sponsors."),
        "verify": ("proofs", "Prove that a dossier, or a draft, lost nothing."),
    },
    "Decide": {
        "decide": ("decisions", "Record what the group has decided about a point."),
        "position": ("positions", "Keep what a state says of a point without a text."),
        "status": (
            "decisions",
            "Show what is recorded, what is open, and what is new on settled points.",
        ),
        "room": ("rooms", "Open the desk, the chair and the wall in a browser."),
        "adopt": ("decisions", "Write the text as decided, renumbered, the rest in brackets."),
    },
    "From round to round": {
        "changes": ("rounds", "Say what changed between two drafts: points, words, by whom."),
        "meter": ("meters", "Count brackets, options and words in dispute, draft by draft."),
        "outcome": ("rounds", "Say what became of each amendment of a proposal."),
        "origin": ("rounds", "Say where each word of an adopted text came from."),
        "readout": ("registers", "Write each amendment as a sentence to be read out."),
        "register": ("registers", "List the proposals as they came in."),
        "concord": ("registers", "Put the languages side by side: what has no counterpart."),
        "actions": ("registers", "List whom a text asks to do what, and by when."),
    },
    "Texts": {
        "import": ("texts", "Read Word or plain text: a base text, or a state's proposal."),
        "outline": ("texts", "Print the structure of a text: each place with its name."),
        "diff": ("texts", "Compare a revised text with the base text: a proposal."),
        "apply": ("texts", "Apply one proposal, exactly or not at all: a state's text."),
        "rebase": ("rebasing", "Carry proposals over to a new base text, a Rev.1."),
        "extract": ("texts", "Get one state's text, or the base text, back from a draft."),
        "print": ("branches", "Print a stored text, proposal or draft as plain text, for git."),
        "merge": ("branches", "Merge two versions of one text, for git: points in brackets."),
        "inspect": ("inspecting", "List what a file carries besides its visible text."),
        "limits": ("limits", "Show the limits of what is read."),
        "check": ("checks", "Check files and folders; report who cites what is to be suppressed."),
    },
}
_INTERRUPTED = 130


class _Commands(click.Group):
    """List all commands, and load the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands, as the help lists them."""
        return [name for group in _COMMANDS.values() for name in group]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command."""
        for group in _COMMANDS.values():
            if cmd_name in group:
                module = import_module(f"resamend.cli.{group[cmd_name][0]}")
                command: click.Command = getattr(module, f"{cmd_name}_command")
                # A command is one object, however often it is asked for in one process.
                if all(param.name != "debug" for param in command.params):
                    many = any(
                        param.nargs == -1 and param.name == "input" for param in command.params
                    )
                    command.params += (*([_jobs()] if many else []), _raise(), _debug())
                return command
        return None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is called; say which one may have been meant."""
        name = args[0]
        if not name.startswith("-") and self.get_command(ctx, name) is None:
            from difflib import get_close_matches

            near = get_close_matches(name, self.list_commands(ctx), n=1)
            meant = f" Is it '{near[0]}'?" if near else ""
            raise click.UsageError(f"There is no command '{name}'.{meant}", ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; what it has to say it says when it has succeeded."""
        outcome: object = super().invoke(ctx)
        notes = ctx.meta.get(NOTES, [])
        if notes:
            from resamend.cli.advice import with_options
            from resamend.cli.body_words import in_words_of_base
            from resamend.escaping import visible

            for line in map(with_options, in_words_of_base(notes, ctx.obj or ())):
                print(_filled(f"resamend: {visible(line.expandtabs(1))}"), file=sys.stderr)
        return outcome

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands by what they are for, without loading them."""
        for title, group in _COMMANDS.items():
            with formatter.section(title):
                formatter.write_dl([(name, summary) for name, (_, summary) in group.items()])


def _filled(line: str) -> str:
    """Break a line between words for a screen; in a file it stays one line."""
    if not sys.stderr.isatty():
        return line
    import shutil
    import textwrap

    columns = shutil.get_terminal_size().columns
    return textwrap.fill(line, columns, subsequent_indent="    ", break_long_words=False)


def _debug() -> click.Option:
    return click.Option(
        ["--debug"], is_flag=True, expose_value=False, help="Show where in the program it failed."
    )


def _jobs() -> click.Option:
    return click.Option(
        ["--jobs"],
        type=click.IntRange(min=1),
        default=1,
        expose_value=False,
        metavar="N",
        callback=lambda context, _, jobs: context.meta.__setitem__(JOBS, jobs),
        help="Let N processes read large texts, or draft the dossiers of a folder.",
    )


def _raise() -> click.Option:
    return click.Option(
        ["--raise"],
        multiple=True,
        expose_value=False,
        is_eager=True,
        metavar="NAME=VALUE",
        callback=_raised,
        help="Raise a limit for this run ('resamend limits').",
    )


def _raised(context: click.Context, _option: click.Parameter, settings: tuple[str, ...]) -> None:
    """Raise limits until the command has ended."""
    if settings:
        from resamend.safe.limits import raised, value_of

        context.with_resource(raised(dict(map(value_of, settings))))


@click.command(
    cls=_Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
    epilog="For more about a command: 'resamend COMMAND --help'.",
)
@click.version_option(__version__, prog_name="resamend", message="%(prog)s %(version)s")
@click.option("--debug", is_flag=True, expose_value=False, hidden=True)
@click.pass_context
def resamend(ctx: click.Context) -> None:
    """Merge states' proposals to amend a resolution into one consolidated draft.

    Every change keeps the names of its proponents; where they propose different things, the
    options are set side by side. Nothing is lost: each state's own text comes back exactly.

    \b
    Try it on a base text and the texts that two states propose:
      resamend consolidate base.xml RUS.xml CHN.xml
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


_GARBAGE = 50_000
"""Objects made between two searches for garbage, of which a short run leaves hardly any."""


def main() -> None:
    """Run the command line and exit."""
    gc.set_threshold(_GARBAGE)
    _open_all()
    codes: list[int] = []
    atexit.register(_leave, codes)  # called after what a command may register
    codes.append(run(sys.argv[1:]))
    sys.exit(codes[0])


def _leave(codes: Sequence[int]) -> None:
    """Leave at once: all is written, and the system frees in no time what takes Python a while."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:  # told already, or a pipe that nobody reads
            _silence()
    if codes:
        os._exit(codes[0])


def run(arguments: Sequence[str]) -> int:
    """Run a command and return its exit code; every failure is one message on stderr."""
    debug = "--debug" in arguments
    try:
        words = list(arguments)
        code = resamend.main(words, prog_name="resamend", standalone_mode=False, obj=arguments)
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except click.exceptions.Exit as error:
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        return _INTERRUPTED
    except (BrokenPipeError, SystemExit):  # click exits where the reader of a pipe has gone
        _silence()
        return 0
    except Exception as error:
        if debug:
            import traceback

            traceback.print_exc()
        odd = next((argument for argument in arguments if not _is_text(argument)), "")
        # The system gave an argument that no message can print: that is what is wrong.
        if odd and isinstance(error, UnicodeEncodeError):
            error = click.UsageError(f"“{odd}” is not text in UTF-8")
        return _explained(error, arguments)


def _is_text(argument: str) -> bool:
    """Tell whether an argument is UTF-8; a file's name need not be."""
    return not any("\ud800" <= char <= "\udfff" for char in argument)


def _explained(error: Exception, arguments: Sequence[str]) -> int:
    """Say what went wrong, and return the exit code for it."""
    if isinstance(error, click.ClickException):
        context = getattr(error, "ctx", None)
        command = context.command_path if context else "resamend"
        _say(error.format_message(), advice=f"Try '{command} --help'.")
        return 2
    if isinstance(error, ResamendError):
        from resamend.cli.advice import advice_for, place_of, with_options
        from resamend.cli.body_words import in_words_of_base

        messages = (with_options(error.what), advice_for(error))
        what, advice = in_words_of_base(messages, arguments)
        _say(what, where=place_of(error), advice=advice)
        return error.exit_code if error.exit_code != 1 else 3
    if isinstance(error, OSError) and error.strerror:
        what = error.strerror if error.filename else f"cannot write: {error.strerror}"
        _say(what, where=str(error.filename or "standard output"))
        return 3
    _say(
        f"this is a fault of resamend itself: {type(error).__name__}: {error}",
        advice="Run it again with --debug, and report what it prints.",
    )
    return 3


def _say(what: str, *, where: str = "", advice: str = "") -> None:
    """Print one message: where, what, and what to do."""
    from resamend.escaping import visible

    what = visible(what).rstrip()
    stop = "" if what.endswith((".", "!", "?", "…", ":")) else "."
    place = f"{visible(where)}: " if where else ""
    message = f"resamend: {place}{what}{stop}"
    with suppress(OSError):  # the exit code tells it too
        print(f"{message}\n  {visible(advice)}" if advice else message, file=sys.stderr)


def _silence() -> None:
    """Let nobody complain any more that nobody takes what is printed."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, sys.stdout.fileno())


def _open_all() -> None:
    """Put something in the place of a stream that is closed (``>&-``).

    What is said to nobody would else be printed with the product, which cannot be written itself.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            how = os.O_WRONLY if name == "stderr" else os.O_RDONLY
            setattr(sys, name, os.fdopen(os.open(os.devnull, how), mode))
