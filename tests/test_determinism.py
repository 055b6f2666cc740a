"""The same inputs give the same bytes: in any order, under any hash seed, locale and time zone."""

from __future__ import annotations

import hashlib
import itertools
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.dossiers import Desk, sat_at

FORMS = ("text", "terminal", "criticmarkup", "html", "xml", "json", "docx")
PRODUCTS = (
    *(("consolidate", form) for form in FORMS),
    *(("compare", form) for form in ("text", "html", "csv", "docx", "pdf")),
    *(("matrix", form) for form in ("text", "html", "svg", "csv", "json")),
)
SCRIPT = """
import hashlib, sys
from resamend.cli import run
for command, form in {products!r}:
    code = run([command, *sys.argv[1:], "-f", form, "-o", "out"])
    assert code == 0, (command, form, code)
    print(command, form, hashlib.sha256(open("out", "rb").read()).hexdigest())
"""
PROPOSALS = ("RUS.en.txt", "CHN.en.txt", "JOINT.en.txt", "USA.en.txt")
AROUND = (
    {"PYTHONHASHSEED": "0", "LC_ALL": "C", "TZ": "UTC"},
    {"PYTHONHASHSEED": "1", "LC_ALL": "C.UTF-8", "TZ": "Pacific/Auckland"},
    {"PYTHONHASHSEED": "4242", "LC_ALL": "C.UTF-8", "TZ": "America/St_Johns"},
)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return sat_at(tmp_path, monkeypatch)


def sums(desk: Desk, *given: str, **around: str) -> str:
    """Return the sha256 of every product in every form, made by a process of its own."""
    ran = subprocess.run(
        [sys.executable, "-c", SCRIPT.format(products=PRODUCTS), *given],
        cwd=desk.path,
        env={**os.environ, **around},
        capture_output=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr.decode()
    return ran.stdout.decode()


def test_hash_seed_locale_and_time_zone_change_no_byte(desk: Desk) -> None:
    found = {sums(desk, "base.en.txt", *PROPOSALS, **around) for around in AROUND}
    assert len(found) == 1
    assert len(found.pop().splitlines()) == len(PRODUCTS)


def test_the_order_of_inputs_changes_no_byte(desk: Desk) -> None:
    quick = [product for product in PRODUCTS if product[1] != "pdf"]
    made: dict[tuple[str, str], set[str]] = {product: set() for product in quick}
    for order in itertools.islice(itertools.permutations(PROPOSALS), 0, None, 5):
        for command, form in quick:
            desk.done(command, "base.en.txt", *order, "-f", form, "-o", "out")
            data = (desk.path / "out").read_bytes()
            made[command, form].add(hashlib.sha256(data).hexdigest())
    assert {product: len(found) for product, found in made.items()} == dict.fromkeys(quick, 1)


def test_two_dossiers_made_alike_are_the_same_to_the_byte(desk: Desk) -> None:
    for name, around in (("one", AROUND[0]), ("two", AROUND[1])):
        script = "import sys; from resamend.cli import run; sys.exit(run(sys.argv[1:]))"
        for command in (
            ["new", name, "--base", "base.en.txt"],
            ["add", name, *PROPOSALS[:3]],
            ["withdraw", name, "CHN"],
        ):
            subprocess.run(
                [sys.executable, "-c", script, *command],
                cwd=desk.path,
                env={**os.environ, **around},
                capture_output=True,
                check=True,
            )
    files = [
        {
            path.relative_to(desk.path / name): path.read_bytes()
            for path in (desk.path / name).rglob("*")
            if path.is_file()
        }
        for name in ("one", "two")
    ]
    assert files[0] == files[1]
