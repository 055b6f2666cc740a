"""``room``: the desk, the chair and the wall in a browser."""

from __future__ import annotations

from pathlib import Path

import click

from resamend.cli import options


@click.command("room")
@click.argument("dossiers", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--port", default=8140, show_default=True, help="The port; 0 for any that is free.")
@click.option(
    "--listen",
    metavar="ADDRESS",
    help="Offer it on the network, at this address of this machine. It is not encrypted: whoever "
    "shares the network can read along. By default only this machine reaches it.",
)
@click.option("--browser/--no-browser", default=True, help="Open the first link in a browser.")
@options.language
def room_command(
    *, dossiers: tuple[Path, ...], port: int, listen: str | None, browser: bool, lang: str | None
) -> None:
    """Open the room: one point on the wall, the chair at the keys, the desk for files.

    DOSSIER is a dossier, or a folder of dossiers. The links for the chair, the desk and viewers
    are printed; each opens one role and cannot be guessed.

    \b
      resamend room resolutions/140
    """
    from resamend.cli.inputs import spoken
    from resamend.errors import UsageError

    try:
        from resamend.room.serving import serve
    except ImportError as error:
        raise UsageError(
            "the room needs its extra packages",
            advice="Install them: pip install 'resamend[room]'.",
        ) from error
    serve(dossiers, port=port, listen=listen or "", language=spoken(lang), opens=browser)
