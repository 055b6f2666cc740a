"""Templates, renderers and readers that others bring: what docs/extending.md shows works."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from resamend.errors import InputError, UsageError
from resamend.page.options import RenderOptions
from resamend.renderers.html import render_html
from tests.test_render_html import example

ROOT = Path(__file__).parent.parent
GUIDE = (ROOT / "docs" / "extending.md").read_text(encoding="utf-8")
TEXT = "RESOLUTION 1\nMeetings\nresolves\n1 | to meet {};\n"


def shown(language: str) -> list[str]:
    """Return the examples of the guide in one language."""
    return re.findall(rf"```{language}\n(.*?)```", GUIDE, re.DOTALL)


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    """Install what the guide shows, as pip would, in a folder of its own."""
    folder = tmp_path / "site"
    folder.mkdir()
    names = re.findall(r"`(house_\w+)\.py`", GUIDE)
    for name, code, points in zip(names, shown("python"), shown("toml"), strict=True):
        (folder / f"{name}.py").write_text(code)
        _installed(folder, name, points.replace('project.entry-points."', "").replace('"]', "]"))
    (folder / "broken.py").write_text("def fail(*given):\n    return 1 / 0\n")
    _installed(folder, "broken", "[resamend.renderers]\nbroken = broken:fail\n")
    (folder / "odd.py").write_text("def number(*given):\n    return 42\n")
    _installed(
        folder,
        "odd",
        "[resamend.renderers]\nodd = odd:number\n[resamend.readers]\nodd = odd:number\n",
    )
    return folder


def _installed(folder: Path, name: str, points: str) -> None:
    told = folder / f"{name}-1.0.dist-info"
    told.mkdir()
    (told / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (told / "entry_points.txt").write_text(points.replace(' = "', " = ").replace('"', ""))


def run(packages: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the command with the packages installed."""
    code = f"import sys; sys.path.append({str(packages)!r}); from resamend.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_form_of_another_package_is_written(packages: Path, tmp_path: Path) -> None:
    done = run(packages, "consolidate", "resolutions/140", "-f", "outline")
    assert done.returncode == 0, done.stderr
    assert (
        done.stdout.splitlines()[0] == "Point 1: title (ARM, BLR, CHN, KGZ, RUS)"
        and "Point 27: " in done.stdout
    )
    out = tmp_path / "points.outline"
    assert run(packages, "consolidate", "resolutions/140", "-o", out).returncode == 0
    assert out.read_text() == done.stdout


def test_a_file_of_another_package_is_read(packages: Path, tmp_path: Path) -> None:
    base, revised = tmp_path / "base.bar", tmp_path / "RUS.bar"
    base.write_text(TEXT.format("every year"))
    revised.write_text(TEXT.format("twice a year"))
    out = tmp_path / "proposal.txt"
    done = run(packages, "diff", base, revised, "--lang", "en", "--id", "RUS/62/1", "-o", out)
    assert done.returncode == 0, done.stderr
    assert "to meet [-every-]{+twice a+}(RUS)" in out.read_text()


def test_a_plug_in_that_fails_is_named(packages: Path) -> None:
    done = run(packages, "consolidate", "resolutions/140", "-f", "broken")
    assert done.returncode == 3 and not done.stdout
    assert "broken: the plug-in 'broken' failed: ZeroDivisionError" in done.stderr


def test_a_plug_in_that_returns_nonsense_is_named(packages: Path, tmp_path: Path) -> None:
    done = run(packages, "consolidate", "resolutions/140", "-f", "odd")
    assert done.returncode == 3 and not done.stdout
    assert "odd: the plug-in 'odd' failed: TypeError: it returned int" in done.stderr
    (tmp_path / "base.odd").write_text("text")
    done = run(packages, "consolidate", tmp_path / "base.odd", tmp_path / "base.odd")
    assert done.returncode == 3 and "odd: the plug-in 'odd' failed" in done.stderr


NONSENSE = {
    "provisions": 'resamend.Resolution(language=resamend.Language.EN, provisions=("x",))',
    "language": 'resamend.Resolution(language="en", provisions=None)',
    "text": "resamend.Resolution(language=resamend.Language.EN, provisions=(P(1),))",
    "ids": 'resamend.Resolution(language=resamend.Language.EN, provisions=(P("x"), P("x")))',
    "none": "None",
}


@pytest.mark.parametrize("nonsense", NONSENSE.values(), ids=NONSENSE)
def test_a_text_that_is_none_is_named_as_its_readers(tmp_path: Path, nonsense: str) -> None:
    (tmp_path / "wild.py").write_text(
        "import resamend\n"
        'def P(id): return resamend.Provision(id="a", kind=resamend.Kind.ITEM, text=id)\n'
        f"def read(*arguments):\n    return {nonsense}\n"
    )
    _installed(tmp_path, "wild", "[resamend.readers]\nwild = wild:read\n")
    (tmp_path / "base.wild").write_text("text")
    done = run(tmp_path, "outline", tmp_path / "base.wild")
    assert done.returncode == 3 and "wild: the plug-in 'wild' failed" in done.stderr


def test_a_form_that_nobody_brings_is_refused(packages: Path) -> None:
    done = run(packages, "consolidate", "resolutions/140", "-f", "nonsense")
    assert done.returncode == 2 and "nonsense" in done.stderr


# -- templates ----------------------------------------------------------------------------------


@pytest.fixture
def house(tmp_path: Path) -> Path:
    return tmp_path


def test_an_own_template_stands_in_for_ours(house: Path) -> None:
    [summary] = shown("jinja")
    (house / "summary.html.j2").write_text(summary)
    (house / "draft.css").write_text("main { color: #123456 }")
    told = render_html(example(), RenderOptions(templates=str(house)))
    assert "1 outstanding point" in told
    assert "#123456" in told and '<table class="points">' not in told
    assert '<main id="draft"' in told, "the rest is ours"


def test_a_broken_template_is_named_with_its_line(house: Path) -> None:
    (house / "annexes.html.j2").write_text("\n{% if listed %}")
    with pytest.raises(InputError, match=r"annexes\.html\.j2, line 2") as refused:
        render_html(example(), RenderOptions(templates=str(house)))
    assert refused.value.where == str(house)


def test_a_name_that_nothing_fills_is_an_error(house: Path) -> None:
    (house / "annexes.html.j2").write_text("{{ nothing_of_the_kind }}")
    with pytest.raises(InputError, match="nothing_of_the_kind"):
        render_html(example(), RenderOptions(templates=str(house)))


def test_a_folder_that_is_not_there_is_said() -> None:
    with pytest.raises(UsageError, match="no such folder"):
        render_html(example(), RenderOptions(templates="no/such/folder"))
