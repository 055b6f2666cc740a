"""``demo``: the main job on sample texts that come with the program."""

from __future__ import annotations

import os
import sys
from importlib.resources import as_file, files
from pathlib import Path

import click

from resamend.cli import options

SAMPLES = "resolutions"
"""The folder of the sample dossiers, as it is called wherever it is put."""

_NEXT = """
That was: resamend {consolidate}

What to type next:
  resamend conflicts {dossier}
      the outstanding points
  resamend show {dossier} 1
      one of them, with its options and the reasons given
  resamend consolidate {dossier} -o draft.html
      the same draft, to read and to print
  resamend consolidate {dossier} -o draft.xml
  resamend extract draft.xml --as USA/sample/1
      nothing is lost: each state's own text comes back
  resamend consolidate {dossier} --without USA
      as if one state had not spoken
  resamend --help
      all commands

The texts are illustrations, not official ones ({readme})."""


@click.command("demo")
@options.language
def demo_command(*, lang: str | None) -> None:
    """Show what resamend does, on sample texts.

    Four proposals to amend a resolution become one draft, and you are told what to type next. The
    sample texts are put into the folder 'resolutions' here, unless it is there already.

    \b
      resamend demo
    """
    from resamend.cli.drafts import consolidate_command

    samples = Path(SAMPLES)
    if not (samples / "140").is_dir():
        _copy_samples(samples)
    dossier = f"{SAMPLES}/140 --lang {lang or 'en'}"
    consolidate = f"consolidate {dossier}"
    if not sys.stdout.isatty():  # else a line would be as long as its provision
        os.environ.setdefault("COLUMNS", "80")
    consolidate_command.main(consolidate.split()[1:], standalone_mode=False)
    readme = (samples / "README.md").as_posix()
    click.echo(_NEXT.format(consolidate=consolidate, dossier=dossier, readme=readme))


def _copy_samples(target: Path) -> None:
    """Copy the samples whole, or leave nothing behind.

    Raises:
        InputError: something else has that name.
    """
    import shutil
    import tempfile

    from resamend.cli.inputs import note
    from resamend.errors import InputError

    if target.exists():
        raise InputError(
            "the samples would be put here, and something else has this name",
            where=str(target),
            advice="Go to an empty folder, and type 'resamend demo' there.",
        )
    packaged = files("resamend") / SAMPLES
    if not packaged.is_dir():  # not installed, but used where it is developed
        packaged = Path(__file__).parents[3] / SAMPLES
    with as_file(packaged) as source, tempfile.TemporaryDirectory(dir=".") as beside:
        shutil.copytree(source, Path(beside, SAMPLES))
        Path(beside, SAMPLES).rename(target)
    note(f"the sample texts were put into {target}")
