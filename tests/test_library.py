"""The library's face: what ``import resamend`` offers, and how little it costs."""

from __future__ import annotations

import ast
import pydoc
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from msgspec.structs import replace

import resamend
from resamend.deprecations import _GOING
from resamend.types import Fate


def test_all_is_complete_and_fits_on_a_page() -> None:
    assert len(resamend.__all__) == len({*resamend.__all__}) <= 60
    assert {*resamend.__all__} == {
        name for names in resamend._HOMES.values() for name in names.split()
    }
    assert {*resamend.__all__} <= {*dir(resamend)}


def test_types_see_the_same_names_as_the_program() -> None:
    tree = ast.parse(Path(resamend.__file__).read_text(encoding="utf-8"))
    (block,) = (node for node in tree.body if isinstance(node, ast.If))
    homes = {
        node.module.removeprefix("resamend."): {alias.name for alias in node.names}
        for node in block.body
        if isinstance(node, ast.ImportFrom) and node.module
    }
    assert homes == {home: {*names.split()} for home, names in resamend._HOMES.items()}


@pytest.mark.parametrize("name", resamend.__all__)
def test_each_name_is_there_and_told(name: str) -> None:
    value = getattr(resamend, name)
    assert not isinstance(value, ModuleType)
    assert value.__doc__


TEXT = "RESOLUTION 1\nMeetings\nresolves\n1\tto meet every year in Geneva;"


def test_what_newcomers_do_is_refused_with_what_to_do() -> None:
    base = resamend.read(TEXT, resamend.Resolution)
    with pytest.raises(resamend.Invalid, match="read_bytes"):
        resamend.read("folder/base.en.xml")
    with pytest.raises(resamend.UsageError, match=r"propose\(base, text, id\) makes one"):
        resamend.merge(base, [base])  # type: ignore[list-item]
    with pytest.raises(resamend.Invalid, match="this is a resolution, and a proposal is wanted"):
        resamend.read(TEXT, resamend.Proposal)
    french = replace(base, language=resamend.Language("fr"))
    with pytest.raises(resamend.Contradiction, match="a text in fr is not compared with one in en"):
        resamend.diff(base, french)


def test_the_whole_road_is_there_without_the_command_line() -> None:
    base = resamend.read(TEXT, resamend.Resolution)
    wants = {"RUS/62/1": "twice a year", "CHN/63/1": "each spring"}
    proposals = [
        resamend.propose(
            base, resamend.read(TEXT.replace("every year", words), resamend.Resolution), id
        )
        for id, words in wants.items()
    ]
    draft = resamend.merge(base, proposals)
    findings = resamend.find(draft)
    wish = resamend.DecisionRequest(
        act=resamend.DecisionKind.TAKE, by="Chair", at="2018-11-05T10:00:00Z", names=("RUS",)
    )
    made = resamend.record(draft, findings, findings.outstanding[0], wish, number=1)
    known = resamend.replay(draft, findings, [made])
    adopted = resamend.adopt(draft, findings, known).text
    assert adopted == resamend.project(draft, "RUS/62/1")
    assert "twice a year" in resamend.render(resamend.recorded(draft, findings, known))
    carried = resamend.carry(proposals[1], base, adopted)
    assert [amended.fate for amended in carried.amended] == [Fate.CONFLICTING]


def test_what_is_told_of_bytes_begins_with_no_name(tmp_path: Path) -> None:
    dossier = resamend.new(tmp_path / "d", TEXT.encode())
    notes = dossier.add(f"MOD\tRUS/62/1\n{TEXT.replace('every', 'each')}".encode())
    assert any("words in" in note for note in notes)
    assert not any(note.startswith(":") for note in notes)


def test_help_shows_all_that_is_offered() -> None:
    """Types that only a type checker sees would stop ``help`` and whoever asks for signatures."""
    page = pydoc.render_doc(resamend, renderer=pydoc.plaintext)
    assert "    render(" in page and "class Redline(" in page
    first = "\n".join(page.splitlines()[:80])
    verbs = {name for name in resamend.__all__ if name.islower()}
    assert {name for name in verbs if not re.search(rf"\b{name}\(", first)} == set()


def test_only_what_is_offered_is_listed() -> None:
    script = "import resamend; print(*(n for n in dir(resamend) if not n.startswith('__')))"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == sorted(resamend.__all__)


def test_a_dossier_is_read_by_its_name_too() -> None:
    named = Path(__file__).parents[1] / "resolutions" / "1334"
    assert resamend.open(str(named)).content == resamend.open(named).content


def test_a_name_that_goes_warns_first() -> None:
    named = Path(__file__).parents[1] / "resolutions" / "1334"
    with pytest.warns(DeprecationWarning, match="read_dossier will go"):
        assert resamend.read_dossier(named).base == resamend.open(named).base
    draft = resamend.open(named).draft()
    lines = resamend.redline(draft, resamend.find(draft))
    with pytest.warns(
        DeprecationWarning, match=re.escape('use render(x, "text", options)')
    ) as seen:
        assert resamend.render_text(lines) == resamend.render(lines, "text")
    assert seen[0].filename == __file__


@pytest.mark.parametrize("name", _GOING)
def test_a_name_that_goes_is_still_there(name: str) -> None:
    with pytest.warns(DeprecationWarning, match=rf"resamend\.{name} will go with version \d\.\d"):
        assert callable(getattr(resamend, name))
    assert name not in dir(resamend)


def test_a_name_that_is_not_there() -> None:
    with pytest.raises(AttributeError, match="nonsense"):
        resamend.nonsense  # noqa: B018


def test_importing_it_loads_only_what_loads_the_rest() -> None:
    script = "import sys, resamend; print(*(m for m in sys.modules if m.startswith('resamend')))"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert set(ran.stdout.split()) == {"resamend", "resamend.loading"}


def test_verbs_are_not_hidden_by_modules_of_their_name() -> None:
    script = (
        "import resamend.consolidation, resamend.difference, resamend.redlines, resamend\n"
        "from resamend import diff, merge, redline\n"
        "assert callable(diff) and callable(merge) and callable(redline)\n"
        "assert callable(resamend.merge)"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
