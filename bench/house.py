"""Measure how the code reads: the figures of the house, each from the source itself.

What is counted, and how:

* *code*: lines of ``src`` that hold more than a comment or white space, docstrings left out;
* *vague names*: of the local names and arguments of all functions, each once a function, those in
  ``VAGUE``: words that fit anything, so that a reader has to look up what they hold;
* *shared class names*: of the classes, those whose name another class of another module bears;
* *comments*: lines with a comment, of the lines of code;
* *imports*: lines of import statements and of ``__all__``, of all lines;
* *one run*: the modules of ours that are loaded to turn one Word file into HTML marks.
"""

from __future__ import annotations

import ast
import io
import subprocess
import sys
import tempfile
import tokenize
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

SOURCE = Path(__file__).parent.parent / "src" / "resamend"
VAGUE = frozenset(
    ["each", "found", "given", "item", "known", "made", "result", "said", "thing", "told", "data"]
)
"""Names that say nothing of what they name (CONTRIBUTING, names)."""
_LAYOUT = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT}


class House(Struct, frozen=True, kw_only=True):
    """Hold the figures; each ``share`` is of 1."""

    modules: int
    code: int
    vague_share: float
    shared_share: float
    comments: int
    import_share: float
    loaded: int


def measure() -> House:
    """Return the figures of the source as it is now."""
    trees = dict(_trees())
    texts = {path: path.read_text(encoding="utf-8") for path in trees}
    code = sum(len(_code_lines(texts[path], tree)) for path, tree in trees.items())
    lines = sum(text.count("\n") for text in texts.values())
    names = sum(len(_locals(function)) for function in _functions(trees))
    classes = _classes(trees)
    return House(
        modules=len(trees),
        code=code,
        vague_share=sum(1 for _ in vague_names()) / names,
        shared_share=sum(len(homes) for homes in shared_class_names().values()) / len(classes),
        comments=sum(_comments(text) for text in texts.values()),
        import_share=sum(map(_import_lines, trees.values())) / lines,
        loaded=_loaded(),
    )


def vague_names() -> Iterator[tuple[str, int, str]]:
    """Yield each vague local name: its file, line and name."""
    for path, tree in _trees():
        for function in _functions({path: tree}):
            for name in sorted(_locals(function) & VAGUE):
                yield str(path.relative_to(SOURCE)), function.lineno, name


def shared_class_names() -> dict[str, list[str]]:
    """Return the class names, without a leading ``_``, that several modules give, with these."""
    homes: dict[str, list[str]] = defaultdict(list)
    for name, home in _classes(dict(_trees())):
        homes[name].append(home)
    return {name: where for name, where in sorted(homes.items()) if len(where) > 1}


def _trees() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(SOURCE.rglob("*.py")):
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def _functions(trees: dict[Path, ast.Module]) -> Iterator[ast.FunctionDef]:
    for tree in trees.values():
        yield from (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def _locals(function: ast.FunctionDef) -> set[str]:
    arguments = function.args
    names = {a.arg for a in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)}
    stored = (n.id for n in ast.walk(function) if isinstance(n, ast.Name) and _is_stored(n))
    return (names | set(stored)) - {"self", "cls", "_"}


def _is_stored(name: ast.Name) -> bool:
    return isinstance(name.ctx, ast.Store)


def _classes(trees: dict[Path, ast.Module]) -> list[tuple[str, str]]:
    return [
        (node.name.lstrip("_"), str(path.relative_to(SOURCE)))
        for path, tree in trees.items()
        for node in tree.body
        if isinstance(node, ast.ClassDef)
    ]


def _code_lines(text: str, tree: ast.Module) -> set[int]:
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    lines: set[int] = set()
    for token in tokens:
        if token.type not in _LAYOUT and token.type != tokenize.ENDMARKER:
            lines.update(range(token.start[0], token.end[0] + 1))
    return lines - _docstring_lines(tree)


def _docstring_lines(tree: ast.Module) -> set[int]:
    """Return the lines of strings that stand as statements: docstrings, also of attributes."""
    return {
        line
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if isinstance(node.value.value, str)
        for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }


def _comments(text: str) -> int:
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return len({token.start[0] for token in tokens if token.type == tokenize.COMMENT})


def _import_lines(tree: ast.Module) -> int:
    return sum(
        (node.end_lineno or node.lineno) - node.lineno + 1
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom) or _is_all(node)
    )


def _is_all(node: ast.AST) -> bool:
    return isinstance(node, ast.Assign) and any(
        isinstance(target, ast.Name) and target.id == "__all__" for target in node.targets
    )


_RUN = """
import sys
from resamend.cli import run
folder = sys.argv[1]
texts = "resolutions/140/originals"
run(["import", f"{texts}/base.en.txt", "--lang", "en", "-o", f"{folder}/base.xml"])
"""
_WORD = """
import sys
from resamend.cli import run
word = sys.argv[1] + "/CHN-sample-1.docx"
run(["extract", "resolutions/140", "--as", "CHN/sample/1", "-o", word])
"""
_MARKS = """
import sys
from resamend.cli import run
folder = sys.argv[1]
run(["consolidate", f"{folder}/base.xml", f"{folder}/CHN-sample-1.docx", "-o", f"{folder}/d.html"])
print(sum(name.split(".")[0] == "resamend" for name in sys.modules))
"""


def _loaded() -> int:
    """Return how many of our modules one .docx → HTML loads, the command line included."""
    with tempfile.TemporaryDirectory() as folder:
        for script in (_RUN, _WORD, _MARKS):
            done = subprocess.run(
                [sys.executable, "-c", script, folder],
                cwd=SOURCE.parent.parent,
                capture_output=True,
                text=True,
                check=True,
            )
    return int(done.stdout.split()[-1])


def _print() -> None:
    house = measure()
    vague = Counter(name for _, _, name in vague_names())
    print(f"modules                        {house.modules:>8,}")
    print(f"lines of code in src           {house.code:>8,}   to reach ≤ 25,000")
    print(f"local names that say nothing   {house.vague_share:>8.1%}   < 2 %   {dict(vague)}")
    print(f"class names of several classes {house.shared_share:>8.1%}   < 5 %")
    for name, homes in shared_class_names().items():
        print(f"    {name}: {', '.join(homes)}")
    print(
        f"comment lines                  {house.comments:>8,}   {house.comments / house.code:.1%}"
    )
    print(f"imports and __all__            {house.import_share:>8.1%}   ≤ 7 %")
    print(f"modules of one .docx → HTML    {house.loaded:>8,}   ≤ 100")


if __name__ == "__main__":
    _print()
