"""Build the page on which resamend is tried in a browser: a static folder, Python included.

What is fetched is pinned by its hash and kept in ``build/try``; a second run needs no network. lxml
for the browser is in Pyodide's own distribution only: it is taken where the file lies in
``build/try`` already, under the name and hash that Pyodide's list gives, and without it the page
reads plain text alone.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
KEPT = ROOT / "build/try"
PYODIDE = "pyodide-314.0.7.tgz"
CORE = (
    "pyodide.mjs",
    "pyodide.asm.mjs",
    "pyodide.asm.wasm",
    "python_stdlib.zip",
    "pyodide-lock.json",
)
"""What the page needs of Pyodide."""
PARTS = {
    PYODIDE: "66b7949e5a0cba2250b586d7e368bf12fb482800748d182c4618254b685ffaa0",
    "msgspec-0.23.0-cp314-cp314-pyemscripten_2026_0_wasm32.whl": (
        "1836f50ad87e7c56600b648a1b75c3bbcce62835cb1f489435fc5fee8d068831"
    ),
    "markupsafe-3.0.4.tar.gz": "2e9ad7dd851bf45fab9f75cbff4cb493fee9979e8d8c7c9c3ee119022518edd6",
    "jinja2-3.1.6-py3-none-any.whl": (
        "85ece4451f492d0c13c5dd7c13a64681a86afae63a5f347908daf103ce6d2f67"
    ),
    "click-8.5.1-py3-none-any.whl": (
        "8bb5376d2006950386f8c6427613334a2acadc5f559cb80e638d00b4df957e37"
    ),
    "snowballstemmer-3.1.1-py3-none-any.whl": (
        "7e207fa178741da09cdee59d3ecec3827ad5f92b1fc5c9ff3755b639f71f5752"
    ),
}
"""File → its sha256. msgspec is compiled for the browser by its makers; markupsafe by nobody, and
is written in Python too, which its source has."""
BROWSER = ("--platform", "pyemscripten_2026_0_wasm32", "--python-version", "3.14", "--abi", "cp314")


def main(target: Path) -> None:
    """Build the page in ``target``."""
    KEPT.mkdir(parents=True, exist_ok=True)
    for name, wanted in PARTS.items():
        _fetch(name)
        _check(KEPT / name, wanted)
    lxml = _lxml()
    shutil.rmtree(target, ignore_errors=True)
    (target / "pyodide").mkdir(parents=True)
    with tarfile.open(KEPT / PYODIDE) as archive:
        for name in CORE:
            member = archive.extractfile(f"package/{name}")
            assert member
            (target / "pyodide" / name).write_bytes(member.read())
    _pack(lxml, target / "site.zip")
    values = {
        "{draft_script}": _script_hash(),
        "{formats}": "Word or plain text" if lxml else "plain text, a line a paragraph",
        "{endings}": ".docx,.odt,.txt,.xml" if lxml else ".txt",
    }
    for name in ("index.html", "try.css", "try.mjs", "worker.mjs"):
        text = (HERE / name).read_text(encoding="utf-8")
        for field, value in values.items():
            text = text.replace(field, value)
        (target / name).write_text(text, encoding="utf-8")


def _fetch(name: str) -> None:
    """Get a part from its registry, unless it is kept."""
    if (KEPT / name).exists():
        return
    package, version = re.match(r"(\w+)-([\d.]+\d)", name).groups()  # type: ignore[union-attr]
    if name == PYODIDE:
        command = ["npm", "pack", "--silent", f"{package}@{version}"]
    else:
        only = ("--no-binary=:all:",) if name.endswith(".gz") else ("--only-binary=:all:",)
        browser = BROWSER if "emscripten" in name else ()
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
        command += ["--disable-pip-version-check", *only, *browser, f"{package}=={version}"]
    subprocess.run(command, cwd=KEPT, check=True, stdout=subprocess.DEVNULL)


def _check(path: Path, wanted: str) -> None:
    """Refuse a file that is not the one that was tried."""
    if hashlib.sha256(path.read_bytes()).hexdigest() != wanted:
        raise SystemExit(f"{path}: not the file that is wanted: its sha256 is not {wanted}")


def _lxml() -> Path | None:
    """Return lxml for the browser where it lies there, as Pyodide's list of packages names it."""
    with tarfile.open(KEPT / PYODIDE) as archive:
        member = archive.extractfile("package/pyodide-lock.json")
        assert member
        listed = json.load(member)["packages"]["lxml"]
    path = KEPT / listed["file_name"]
    if not path.exists():
        print(f"Without {path.name} the page reads plain text only.", file=sys.stderr)
        return None
    _check(path, listed["sha256"])
    return path


def _pack(lxml: Path | None, target: Path) -> None:
    """Put all Python files of ours and of others into one archive."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.write(HERE / "trial.py", "trial.py")
        for folder, below in ((ROOT / "src", "resamend"), (ROOT, "resolutions/140/originals")):
            for path in sorted((folder / below).rglob("*")):
                if path.is_file() and "__pycache__" not in path.parts:
                    inside = path.relative_to(folder).as_posix()
                    packed.write(path, inside if folder != ROOT else f"resamend/{inside}")
        wheels = [KEPT / name for name in PARTS if name.endswith(".whl")]
        for wheel in (*wheels, *((lxml,) if lxml else ())):
            with zipfile.ZipFile(wheel) as archive:
                for name in archive.namelist():
                    packed.writestr(name, archive.read(name))
        with tarfile.open(KEPT / "markupsafe-3.0.4.tar.gz") as archive:
            for member in archive.getmembers():
                _, _, inside = member.name.partition("/src/")
                if inside.endswith(".py"):
                    packed.writestr(inside, archive.extractfile(member).read())  # type: ignore[union-attr]


def _script_hash() -> str:
    """Return which script a draft's own page allows: the page that shows it must allow it too."""
    draft = subprocess.run(
        [sys.executable, "-m", "resamend", "consolidate", "resolutions/140", "-f", "html"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    policy = re.search(r"script-src ([^;]+);", draft)
    assert policy
    return policy[1]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
