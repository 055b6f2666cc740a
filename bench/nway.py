"""The peers that merge: two texts and their base at a time, so N of them one after another."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.inputs import Inputs
from bench.tool import Product, Tool


def _folded(command: Callable[[Path, Path, Path], list[str]], form: str) -> Callable[..., bytes]:
    """Merge each text into what the texts before it gave."""

    def run(inputs: Inputs, _: None) -> bytes:
        base, (first, *others) = inputs.base(form), inputs.each(form)
        draft = first.read_bytes()
        with tempfile.NamedTemporaryFile() as file:
            path = Path(file.name)
            for other in others:
                path.write_bytes(draft)
                draft = _output(command(path, base, other))
        return draft

    return run


def _output(command: list[str]) -> bytes:
    """Run a merge; its exit code counts conflicts, up to 127, and is above that for an error."""
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode > 127 or done.returncode < 0:
        raise RuntimeError(done.stderr.decode())
    return done.stdout


def _git(draft: Path, base: Path, other: Path) -> list[str]:
    labels = ["-L", "draft", "-L", "base", "-L", "proposal"]
    return ["git", "merge-file", "-p", *labels, str(draft), str(base), str(other)]


def _diff3(draft: Path, base: Path, other: Path) -> list[str]:
    labels = ["-L", "draft", "-L", "base", "-L", "proposal"]
    return ["diff3", "-m", *labels, str(draft), str(base), str(other)]


def _marked(inputs: Inputs, made: bytes) -> Product:
    return Product(data=made, text=made.decode())


def _patches(inputs: Inputs, _: None) -> tuple[str, int, int]:
    from diff_match_patch import diff_match_patch  # type: ignore[import-untyped]

    from bench.words import word_diff

    tool = diff_match_patch()
    draft = base = inputs.base("plain").read_text()
    asked = refused = 0
    for path in inputs.each("plain"):
        patches = tool.patch_make(base, word_diff(base, path.read_text()))
        draft, done = tool.patch_apply(patches, draft)
        asked, refused = asked + len(done), refused + done.count(False)
    return draft, asked, refused


def _patched(inputs: Inputs, made: tuple[str, int, int]) -> Product:
    text, asked, refused = made
    return Product(data=text.encode(), text=text, asked=asked, refused=refused)


def _tool(key: str, name: str, form: str, command: Callable[..., Any]) -> Tool:
    shape = "a word" if form == "words" else "a provision"
    return Tool(
        key=key,
        name=name,
        given=f"plain text, {shape} a line, merged one after another",
        forms=(form,),
        run=_folded(command, form),
        product=_marked,
    )


TOOLS = (
    _tool("git-words", "git merge-file, words", "words", _git),
    _tool("git-lines", "git merge-file, lines", "lines", _git),
    _tool("diff3", "diff3, words", "words", _diff3),
    Tool(
        key="dmp-patches",
        name="diff-match-patch, patches",
        given="plain text; patches made from diffs of words, applied one after another",
        forms=("plain",),
        run=_patches,
        product=_patched,
    ),
)
