"""What docs/chair.md says is what happens: from Resolution 140 to an adopted text in two rounds.

Look at the golden text when it changes, before you keep it: RESAMEND_KEEP=1
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from resamend.conflict import find
from resamend.consolidation import merge, project
from resamend.decision import adopt, replay
from resamend.dossier.parsing import read
from resamend.dossier.reading import read_dossier
from resamend.model import Resolution, walk
from resamend.reference import references
from resamend.renderers.plain import written
from tests.dossiers import Desk

ROOT = Path(__file__).parent.parent
GOLDEN = Path(__file__).parent / "golden/140.adopted.en.txt"
DOCUMENT = (ROOT / "docs/chair.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(sh|text)\n(.*?)^```$", DOCUMENT, flags=re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, list[str]]]:
    """Run every command of the document; give the folder, and what each block of them told."""
    folder = tmp_path_factory.mktemp("chair")
    (folder / "resolutions").symlink_to(ROOT / "resolutions")
    with pytest.MonkeyPatch.context() as patch:
        desk = Desk(folder, patch)
        yield folder, [_told(desk, text) for kind, text in BLOCKS if kind == "sh"]


def _told(desk: Desk, block: str) -> str:
    return "\n".join(_ran(desk, command) for command in block.splitlines())


def _ran(desk: Desk, command: str) -> str:
    if not command.startswith("resamend "):
        subprocess.run(["sh", "-c", command], cwd=desk.path, check=True)
        return ""
    arguments = shlex.split(command)[1:]
    ran = desk.run(*arguments)
    assert ran.code == 0, f"{command}\n{ran.err}"
    made = desk.path / arguments[-1] if arguments[-2] == "-o" else None
    if made and made.suffix == ".xml":
        return written(_text(made)) + ran.err
    return (made.read_text(encoding="utf-8") if made else ran.out) + ran.err


def _text(path: Path) -> Resolution:
    return read(path.read_bytes(), Resolution, name=path.name)


def test_what_the_document_quotes_is_told(story: tuple[Path, list[str]]) -> None:
    _, told = story
    blocks = iter(told)
    now = ""
    for kind, text in BLOCKS:
        if kind == "sh":
            now = " ".join(next(blocks).split())
        else:
            for line in text.splitlines():
                wanted = ".*?".join(map(re.escape, map(str.strip, line.split("…"))))
                assert re.search(wanted, now), line


def test_the_adopted_text_is_the_golden_one(story: tuple[Path, list[str]]) -> None:
    text = written(_text(story[0] / "adopted.xml"))
    if os.environ.get("RESAMEND_KEEP"):
        GOLDEN.write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text(encoding="utf-8")
    assert "[" not in re.sub(r"\[\^\d+\]", "", text)


def test_every_reference_of_the_adopted_text_resolves(story: tuple[Path, list[str]]) -> None:
    found = references(_text(story[0] / "adopted.xml"))
    assert len(found) > 5
    assert not [(each.phrase, each.reason) for each in found if each.reason]
    assert not any("is kept as it is written" in told for told in story[1])


def test_the_table_accounts_for_every_provision(story: tuple[Path, list[str]]) -> None:
    dossier = read_dossier(story[0] / "wsis")
    merged = merge(dossier.base, dossier.proposals)
    found = find(merged)
    adopted = adopt(merged, found, replay(merged, found, dossier.records))
    told = {row.id: row for row in adopted.numbers}
    for provision in walk(dossier.base.provisions):
        assert told[provision.id].old
    for rank, source in enumerate(merged.sources):
        for provision in walk(project(merged, source).provisions):
            assert told[provision.id].sources[rank][1]
    finals = [row.new for row in adopted.numbers if row.new]
    assert len(finals) == len(list(walk(adopted.text.provisions)))


def test_no_text_of_anybody_is_lost(story: tuple[Path, list[str]]) -> None:
    folder = story[0]
    dossier = read_dossier(folder / "wsis")
    merged = merge(dossier.base, dossier.proposals)
    originals = ROOT / "resolutions/140/originals"
    for name, source in (("RUS-sample-1.en.txt", "RUS/sample/1"),):
        wanted = read((originals / name).read_bytes(), Resolution, name=name)
        assert project(merged, source).provisions == wanted.provisions
    assert (folder / "wsis/proposals/history").is_dir()
