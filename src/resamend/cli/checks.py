"""``check``: whether files and folders are what they should be."""

from __future__ import annotations

from pathlib import Path

import click

from resamend.cli.outputs import counted


@click.command("check")
@click.argument("paths", nargs=-1, required=True, metavar="FILE|FOLDER...", type=Path)
def check_command(*, paths: tuple[Path, ...]) -> int:
    """Check files against the schema and our profile, and dossiers as a whole.

    Of several dossiers it reports which texts cite a resolution that a proposal suppresses. That
    is a warning; the exit code is 3 only when there are errors.

    \b
      resamend check resolutions
    """
    from resamend.cli.advice import with_options
    from resamend.cli.inputs import take
    from resamend.dossier.checking import check_file, check_folders, dossiers
    from resamend.dossier.findings import Finding, Weight
    from resamend.errors import Invalid
    from resamend.escaping import visible

    findings: list[Finding] = []
    folders = [(path, dossiers(path)) for path in paths if path.is_dir()]
    for path, inside in folders:
        if not inside:
            raise Invalid(
                "there is no dossier in this folder",
                where=str(path),
                advice="A dossier has base.<language>.xml, or is made with 'resamend new'.",
            )
    for path in paths:
        if not path.is_dir():
            findings += check_file(path, take(str(path)))
    findings += check_folders(dict.fromkeys(folder for _, inside in folders for folder in inside))
    for finding in dict.fromkeys(findings):
        click.echo(
            f"{finding.weight}: {visible(finding.where)}: {visible(with_options(finding.what))}"
        )
    errors = sum(finding.weight is Weight.ERROR for finding in findings)
    click.echo(f"{counted(errors, 'error')}, {counted(len(findings) - errors, 'warning')}.")
    return 3 if errors else 0
