"""The way in for bytes: what is refused, and that the refusal says what, where and what to do."""

from __future__ import annotations

import gzip
import json
import zipfile
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree

from resamend.akn.names import NS, RS
from resamend.errors import Unreadable
from resamend.safe import Limits, parse_json, parse_xml


def zipped() -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.xml", "<a/>")
    return file.getvalue()


BILLION = '<!DOCTYPE a [<!ENTITY l "ha">' + "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9)
).replace("&l0;", "&l;")

REFUSED_XML = {
    "empty": (b"", "it is empty"),
    "blank": (b" \n", "it is empty"),
    "no XML": (b"RESOLUTION 140", "not well-formed XML, line 1"),
    "truncated": (b"<a><b>", "not well-formed XML, line 1"),
    "two roots": (b"<a/><b/>", "not well-formed"),
    "unescaped ampersand": (b"<a>\n<b>R&D budget</b></a>", "not well-formed XML, line 2"),
    "attribute twice": (b'<a b="1" b="2"/>', "not well-formed"),
    "harmless document type": (b"<!DOCTYPE a>\n<a/>", "<!DOCTYPE in line 1"),
    "document type in a comment": (b"<a>\n<!-- <!DOCTYPE b> --></a>", "<!DOCTYPE in line 2"),
    "document type in CDATA": (b"<a><![CDATA[<!DOCTYPE b>]]></a>", "<!DOCTYPE"),
    "external entity": (
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>',
        "<!DOCTYPE",
    ),
    "external parameter entity": (
        b'<!DOCTYPE a [<!ENTITY % x SYSTEM "file:///etc/hostname"> %x;]><a/>',
        "<!DOCTYPE",
    ),
    "entity that rewrites words": (b'<!DOCTYPE a [<!ENTITY x "not">]><a>&x;</a>', "<!DOCTYPE"),
    "billion laughs": (f"{BILLION}]><a>&l8;</a>".encode(), "<!DOCTYPE"),
    "undeclared entity": (b"<a>&x;</a>", "not well-formed"),
    "gzip": (gzip.compress(b"<a/>" * 9), "a gzip file"),
    "zip": (zipped(), "a zip file"),
    "Latin-1": ("<a>Genève</a>".encode("latin-1"), "byte 0xe8 at offset 6"),
    "UTF-16": ("<a>é</a>".encode("utf-16"), "not UTF-8: byte 0xff at offset 0"),
    "UTF-16 without a mark": ("<a/>".encode("utf-16-le"), "U+0000"),
    "another declared encoding": (
        b"<?xml version='1.0' encoding='ISO-8859-1'?><a/>",
        "declares the encoding ISO-8859-1",
    ),
    "overlong": (b"<a>\xc0\xaf</a>", "offset 3"),
    "surrogate": (b"<a>\xed\xa0\x80</a>", "offset 3"),
    "control character": (b"<a>\n\x1b[2J</a>", "U+001B in line 2"),
    "non-character": ("<a>\uffff</a>".encode(), "U+FFFF"),
    "as a reference": (b"<a>&#27;</a>", "not well-formed"),
    "too deep": (b"<a>" * 300 + b"</a>" * 300, "not well-formed"),
}


@pytest.mark.parametrize("name", REFUSED_XML)
def test_refused_xml(name: str) -> None:
    data, said = REFUSED_XML[name]
    with pytest.raises(Unreadable) as refused:
        parse_xml(data, name="RUS.xml")
    assert str(refused.value).startswith("RUS.xml: ")
    assert said in str(refused.value)
    assert refused.value.exit_code == 3


ACCEPTED_XML = {
    "byte order mark": "\ufeff<a>é</a>".encode(),
    "CDATA": b"<a><![CDATA[R&D]]></a>",
    "declared UTF-8": b"<?xml version='1.0' encoding='utf-8'?>\n<a/>",
    "bidi and C1 controls": "<a>\u202e\u009b</a>".encode(),
    "a text of nine million letters": b"<a>" + b"x" * 9_000_000 + b"</a>",
    "an inclusion, not followed": (
        b'<a xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="/etc/hostname"/></a>'
    ),
}


@pytest.mark.parametrize("name", ACCEPTED_XML)
def test_accepted_xml(name: str) -> None:
    root = parse_xml(ACCEPTED_XML[name], name="x")
    assert root.tag == "a"
    assert not any("root" in text for text in map(str, root.itertext()))


def test_refuses_what_is_too_large() -> None:
    with pytest.raises(Unreadable, match="10 bytes"):
        parse_xml(b"<a>1234567", name="x", limits=Limits(size=9))
    with pytest.raises(Unreadable, match="too many elements"):
        parse_xml(b"<a>" + b"<b/>" * 100 + b"</a>", name="x", limits=Limits(elements=20))


def test_a_large_gzip_file_is_never_unpacked(tmp_path: Path) -> None:
    bomb = gzip.compress(b"\0" * 50_000_000)
    with pytest.raises(Unreadable, match="gzip"):
        parse_xml(bomb, name=str(tmp_path / "RUS.xml"))


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for parse in (parse_xml, parse_json):
        try:
            parse(data, name="x")
        except Unreadable as refused:
            assert str(refused).startswith("x: ")


BITS = (
    "<p>", "</p>", '<p eId="a">', "<p/>", '<rs:x rs:of="b" c="&lt;"/>', "</rs:x>", "<rs:x>",
    "<q:x/>", " ", "\n  ", "words", "a &amp; b", "&#65;", "&x;", "&", ">", "]]>", "<!--c-->",
    "<?p?>", "\u0007", "\r", "Ж", '<p a="1" a="2"/>', '<p xmlns="u"/>', '<p xml:lang="fr"/>',
    "<p a='1'/>", '<p a="\t"/>', "<![CDATA[x]]>", '<p a="]"/>', "<p >", "<p", "<é/>",
    '<p a="1"b="2"/>', '<p a="<"/>', '<p a=">"/>',
)  # fmt: skip
"""Bits of XML, sound or not."""


def told(element: etree._Element | ElementTree.Element) -> tuple[object, ...]:
    """Return all that readers ask of an element; of a comment or instruction, that it is one."""
    tail = element.tail or ""
    if not isinstance(element.tag, str):
        return ("", tail)
    inside = [told(child) for child in element]
    return element.tag, dict(element.attrib), element.text or "", tail, inside


AROUND = st.sampled_from(["", "", "\n", " \t", "\u00a0", "\u2028\n", "\u3000", "\x1c", "words"])
"""What stands before a root or after it: white space of XML, and other."""


@example("\u00a0", [], "")
@example("", [], "\u2003")
@example("", ["<q:x/>", '<p xmlns="u"/>'], "")
@given(AROUND, st.lists(st.sampled_from(BITS), max_size=7), AROUND)
def test_two_parsers_agree_on_what_is_well_formed_and_what_it_says(
    before: str, bits: list[str], after: str
) -> None:
    """Expat, which is not built on libxml2, is asked for a second opinion."""
    data = f'{before}<x xmlns="{NS}" xmlns:rs="{RS}">{"".join(bits)}</x>{after}'.encode()
    builder = ElementTree.TreeBuilder(insert_comments=True, insert_pis=True)
    try:
        expected = told(ElementTree.fromstring(data, ElementTree.XMLParser(target=builder)))
    except ElementTree.ParseError:
        with pytest.raises(Unreadable):
            parse_xml(data, name="x")
        return
    assert told(parse_xml(data, name="x")) == expected


def test_an_old_parser_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from lxml import etree

    from resamend.safe import xml

    monkeypatch.setattr(etree, "LXML_VERSION", (6, 1, 2, 0))
    with pytest.warns(RuntimeWarning, match="install a newer one"):
        xml._parser.__wrapped__()


REFUSED_JSON = {
    "empty": (b"", "it is empty"),
    "no JSON": (b'{"a": 1\n "b"', "not JSON, line 2"),
    "a key twice": (b'{"a": {"b": 1, "b": 2}}', "the key 'b' is given twice"),
    "NaN": (b'{"a": NaN}', "NaN is no number"),
    "infinity": (b"[-Infinity]", "-Infinity is no number"),
    "too large": (b"[1e999]", "1e999 is too large"),
    "too long": (b"[" + b"1" * 5_000 + b"]", "a number has 5000 digits"),
    "too deep": (b"[" * 70 + b"]" * 70, "nested too deep"),
    "far too deep": (b"[" * 100_000, "nested too deep"),
    "Latin-1": ('"é"'.encode("latin-1"), "offset 1"),
    "half a pair": (rb'"\ud800"', "half a surrogate pair"),
    "gzip": (gzip.compress(b"{}"), "gzip"),
}


@pytest.mark.parametrize("name", REFUSED_JSON)
def test_refused_json(name: str) -> None:
    data, said = REFUSED_JSON[name]
    with pytest.raises(Unreadable) as refused:
        parse_json(data, name="dossier.json")
    assert str(refused.value).startswith("dossier.json: ")
    assert said in str(refused.value)


_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)


@given(_JSON, st.booleans())
def test_json_is_read_as_it_was_written(value: object, escaped: bool) -> None:
    assert parse_json(json.dumps(value, ensure_ascii=escaped).encode(), name="x") == value


def test_brackets_in_strings_do_not_nest() -> None:
    assert parse_json(json.dumps(["[" * 1000, '\\"{']).encode(), name="x")[0] == "[" * 1000
    assert Limits().nesting < 1000
