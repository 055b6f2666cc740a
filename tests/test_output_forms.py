"""A form is one file and one line in the table: the command line then offers it by itself."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from resamend.renderers.forms import Product, forms_for

ROOT = Path(__file__).parent.parent
FILE = '''"""Write how much there is to decide."""


def outline(redline, options):
    return f"{len(redline.findings.outstanding)} points for {options.audience}\\n"


def outline_of_matrix(table, options):
    return f"{len(table.sources)} proposals\\n"
'''
LINE = (
    'OutputForm(name="outline", endings=(".points",), '
    'draft="outline:outline", matrix="outline:outline_of_matrix"),'
)


@pytest.fixture
def renderers(tmp_path: Path) -> Path:
    """Put a made-up form, its file, where the modules of our forms stand."""
    (tmp_path / "outline.py").write_text(FILE)
    return tmp_path


def run(renderers: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the command with one line more in the table of forms."""
    code = (
        "import sys, resamend.renderers\n"
        "from resamend.renderers import forms\n"
        "from resamend.renderers.forms import OutputForm\n"
        f"resamend.renderers.__path__.append({str(renderers)!r})\n"
        f"forms.FORMS += ({LINE})\n"
        "from resamend.cli import main; main()"
    )
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_new_form_is_offered_by_name(renderers: Path) -> None:
    ran = run(renderers, "consolidate", "resolutions/140", "-f", "outline", "--audience", "room")
    assert ran.stdout == "28 points for room\n", ran.stderr
    assert run(renderers, "matrix", "resolutions/140", "-f", "outline").stdout == "4 proposals\n"
    assert "outline" in run(renderers, "consolidate", "--help").stdout


def test_a_new_form_is_chosen_by_the_ending_of_its_files(renderers: Path, tmp_path: Path) -> None:
    out = tmp_path / "draft.points"
    assert run(renderers, "consolidate", "resolutions/140", "-o", out).returncode == 0
    assert out.read_text() == "28 points for chair\n"


def test_a_form_is_not_offered_for_what_it_cannot_show(renderers: Path) -> None:
    ran = run(renderers, "compare", "resolutions/140", "-f", "outline")
    assert ran.returncode == 2 and "'outline' is not one of 'terminal', 'text'" in ran.stderr
    ran = run(renderers, "compare", "resolutions/140", "-o", "table.points")
    assert ran.returncode == 2 and "no form goes with the ending '.points'" in ran.stderr


@pytest.mark.parametrize("product", Product)
def test_each_line_names_what_is_there(product: Product) -> None:
    for form in forms_for(product):
        assert callable(form.writer(product))
