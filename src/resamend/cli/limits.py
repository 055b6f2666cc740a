"""``limits``: what is refused for its size, and how to raise that."""

from __future__ import annotations

import click


@click.command("limits")
@click.option("--json", "as_json", is_flag=True, help="For programs; docs/json.md describes it.")
def limits_command(*, as_json: bool) -> None:
    """Show the limits of what is read, with their names.

    They keep a hostile file from taking all memory or time. Raise one for a single run, on any
    command, where you trust the file; K, M and G stand for 1024 and its powers:

    \b
      resamend consolidate big.xml --raise size=100M --raise elements=5000000
    """
    from resamend.safe.limits import CEILINGS, MEANINGS, in_force, spelt

    limits = in_force()
    if as_json:
        import json

        values = {name: getattr(limits, name) for name in MEANINGS}
        click.echo(json.dumps({"schema": "resamend/limits/1", "limits": values}, indent=2))
        return
    for name, meaning in MEANINGS.items():
        most = f" (at most {CEILINGS[name]})" if name in CEILINGS else ""
        click.echo(f"{name:10} {spelt(name, getattr(limits, name)):>7}  {meaning}{most}")
