"""What a start of the command line loads: these modules and no others, so that it is quick."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from resamend.akn import write_proposal, write_resolution
from tests.build import proposal, resolution

FRAME = {f"resamend{name}" for name in ("", ".cli", ".cli.frame", ".errors", ".loading")}
MODULES = """
languages languages.files languages.values
brackets guarding model words numbering naming ordering consolidation
matching matching.dividing matching.in_place matching.rarity matching.rising
matching.matcher matching.pairs matching.provision_index
reference reference.binding reference.recognising reference.rewriting
reference.values reference.patterns
difference difference.content_words difference.list_gaps difference.phrasing
difference.shared_gaps difference.trees difference.unit_words difference.values difference.words
amendment amendment.fitness amendment.edit_references amendment.proposals amendment.descriptions
amendment.evidence amendment.excerpts amendment.edit_applier amendment.unmarked amendment.values
conflict conflict.bracketed conflict.broken_references conflict.composing conflict.ends
conflict.fusing
conflict.phrases conflict.units conflict.editorial
conflict.finding conflict.former_questions conflict.gaps
conflict.likely
conflict.options conflict.provision_conflicts conflict.region_groups conflict.similar
conflict.structural_changes
conflict.text_regions conflict.values
decision decision.values
redlines redlines.blocks redlines.footnote_ids redlines.labels redlines.memory redlines.options
redlines.rival_texts redlines.spans redlines.values redlines.views redlines.wording
safe safe.characters safe.limits safe.xml
akn akn.documents akn.letters akn.metadata akn.names akn.phrases akn.proposal_reading akn.reading
akn.text_reading
escaping forms place_words places amendment.omissions page page.brackets page.builder page.footnotes
page.changes page.front page.grids page.progress redlines.phrases page.options page.presentation
page.remarks page.runs page.values redlines.contrasts
renderers renderers.forms renderers.lines renderers.text renderers.text_front_matter
renderers.text_layout renderers.text_runs page.vocabulary
dossier dossier.parsed_input dossier.parsing dossier.citing dossier.atomic_files dossier.names
dossier.oddities dossier.partial dossier.proposing dossier.states
library library.draft_rendering
cli.drafts cli.inputs cli.many cli.options cli.outputs
"""
CONSOLIDATE = FRAME | {f"resamend.{name}" for name in MODULES.split()}
"""A module that is loaded beyond these costs every start of it: is it needed there?"""
SLOW = {
    "bz2", "cobalt", "docx", "importlib.resources", "jinja2", "json", "lzma", "random", "rich",
    "shutil", "snowballstemmer", "tempfile", "tomllib", "zipfile",
}  # fmt: skip


def loaded(*arguments: str) -> set[str]:
    """Return the modules that a run of the command line loads."""
    script = (
        "import sys; from resamend.cli import run; run(sys.argv[1:]);"
        "print(*sys.modules, file=sys.stderr)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        capture_output=True,
        text=True,
        check=True,
        env={name: value for name, value in os.environ.items() if name != "COLUMNS"},
    )
    return set(ran.stderr.split())


def own(modules: set[str]) -> set[str]:
    return {name for name in modules if name.partition(".")[0] == "resamend"}


def test_the_version_is_told_by_the_frame_alone() -> None:
    modules = loaded("--version")
    assert own(modules) == FRAME
    assert not modules & (SLOW | {"lxml", "rapidfuzz", "pathlib", "dataclasses"})


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    base, stored = tmp_path / "base.xml", tmp_path / "RUS-62-1.xml"
    text = resolution("resolves", "1 to meet every year;", "2 to report to the Council")
    base.write_bytes(write_resolution(text))
    made = proposal(
        text, "RUS", "resolves", "1 to meet twice a year;", "2 to report to the Council"
    )
    stored.write_bytes(write_proposal(made, text))
    return [str(base), str(stored)]


def test_a_draft_as_text_loads_what_it_takes_to_make_it(files: list[str]) -> None:
    modules = loaded("consolidate", *files, "-f", "text")
    assert own(modules) - CONSOLIDATE == set(), (
        "is each needed here? then list it, else import it late"
    )
    assert not modules & (SLOW | {"rapidfuzz"})
