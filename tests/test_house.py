"""Plain names (CONTRIBUTING, names): one class a name, and no name that says nothing.

Counted by ``bench.house``, which also prints the rest of what the house promises.
"""

from __future__ import annotations

import ast
from pathlib import Path

from bench.house import shared_class_names, vague_names

SOURCE = Path(__file__).parent.parent / "src/resamend"

# The three lists only shrink: what has been renamed is taken out, and nothing is put in.
NOT_YET_RENAMED = (
    "cli/decisions.py", "conflict/", "decision/", "dossier/citing.py",
    "dossier/points.py", "dossier/record_form.py",
    "languages/", "numbering.py", "ordering.py", "reference/",
)  # fmt: skip
"""Files, and packages with all their files, in which names that say nothing may still stand."""
STILL_SHARED = {"Known"}
"""Names that classes of several modules still bear."""
STILL_HIDING: set[str] = set()
"""Modules of the same name as a verb beside them."""


def test_every_name_says_what_it_names() -> None:
    vague = [
        f"{file}, line {line}: {name}"
        for file, line, name in vague_names()
        if not file.startswith(NOT_YET_RENAMED)
    ]
    assert not vague


def test_no_two_classes_bear_one_name() -> None:
    shared = shared_class_names()
    assert {name: shared[name] for name in shared.keys() - STILL_SHARED} == {}


def test_no_module_hides_a_verb_of_its_package() -> None:
    """``import resamend.x.y`` binds ``y`` in ``resamend.x``, over a function of that name."""
    hiding = {
        ".".join(("resamend", *package.relative_to(SOURCE).parts, name))
        for init in SOURCE.rglob("__init__.py")
        for package in [init.parent]
        for name in _exported(init) & _modules(package)
    }
    assert hiding - STILL_HIDING == set()


def _modules(package: Path) -> set[str]:
    packages = {init.parent.name for init in package.glob("*/__init__.py")}
    return packages | {path.stem for path in package.glob("*.py")}


def _exported(init: Path) -> set[str]:
    """Return what a package gives: what it lists, or else imports, at once or when first used."""
    nodes = list(ast.walk(ast.parse(init.read_text(encoding="utf-8"))))
    for node in nodes:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return set(ast.literal_eval(node.value))
    return {
        alias.name
        for node in nodes
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("resamend.")
        for alias in node.names
    }
