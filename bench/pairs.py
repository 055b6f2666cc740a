"""The peers that compare two texts."""

from __future__ import annotations

import re
from collections.abc import Callable
from difflib import SequenceMatcher
from html import unescape
from typing import Any

from bench.inputs import Inputs, tokens
from bench.tool import Product, Tool

Opcodes = list[tuple[str, int, int, int, int]]


def _both(inputs: Inputs, form: str) -> tuple[str, str]:
    return inputs.base(form).read_text(), inputs.each(form)[0].read_text()


def _back(inputs: Inputs, revised: str) -> Product:
    """Say which revised text follows from what a tool made of two plain texts."""
    wanted = inputs.each("plain")[0].read_text()
    return Product(data=revised.encode(), text=revised, wanted=wanted)


# -- xmldiff --------------------------------------------------------------------------------------


def _xmldiff(form: str, *, fast: bool) -> Callable[[Inputs, Any], list[Any]]:
    def run(inputs: Inputs, _: None) -> list[Any]:
        from xmldiff.main import diff_texts  # type: ignore[import-untyped]

        base, revised = (text.encode() for text in _both(inputs, form))
        return list(diff_texts(base, revised, {"fast_match": fast}))

    return run


def _patched(form: str) -> Callable[[Inputs, list[Any]], Product]:
    def product(inputs: Inputs, actions: list[Any]) -> Product:
        from lxml import etree
        from xmldiff.main import patch_tree

        base, revised = (etree.fromstring(text.encode()) for text in _both(inputs, form))
        try:
            text = "\n".join(map(str, patch_tree(actions, base).itertext()))
        except (KeyError, IndexError, ValueError):
            return Product(data=b"", fault="its script does not apply")
        wanted = "\n".join(map(str, revised.itertext()))
        return Product(data=text.encode(), text=text, wanted=wanted)

    return product


def _xmldiff_tool(key: str, form: str, *, fast: bool) -> Tool:
    given = {
        "revised": "the two XML files that resamend is given",
        "bare": "both as XML with nothing but elements and text, no ids or numbers",
    }[form]
    match = ", fast match" if fast else ""
    return Tool(
        key=key,
        name=f"xmldiff{match}{', bare XML' if form == 'bare' else ''}",
        given=f"{given}{'; `fast_match`' if fast else ''}; gives an edit script",
        forms=(form,) if form == "bare" else (),
        run=_xmldiff(form, fast=fast),
        product=_patched(form),
    )


# -- lxml htmldiff --------------------------------------------------------------------------------


def _htmldiff(inputs: Inputs, _: None) -> str:
    from lxml.html.diff import htmldiff

    return str(htmldiff(*_both(inputs, "html")))


def _without_struck(inputs: Inputs, made: str) -> Product:
    kept = re.sub(r"<del>.*?</del>", " ", made, flags=re.DOTALL)
    return _back(inputs, unescape(re.sub(r"<[^>]*>", " ", kept)))


# -- difflib, diff-match-patch, redlines ----------------------------------------------------------


def _difflib(inputs: Inputs, _: None) -> tuple[Opcodes, list[str]]:
    base, revised = map(tokens, _both(inputs, "plain"))
    matcher = SequenceMatcher(None, base, revised, autojunk=False)
    return [(*code,) for code in matcher.get_opcodes()], revised


def _from_opcodes(inputs: Inputs, made: tuple[Opcodes, list[str]]) -> Product:
    opcodes, revised = made
    base = tokens(inputs.base("plain").read_text())
    words = [
        word
        for kind, i, j, m, n in opcodes
        for word in (base[i:j] if kind == "equal" else revised[m:n])
    ]
    return _back(inputs, " ".join(words))


def _dmp(inputs: Inputs, _: None) -> list[tuple[int, str]]:
    from bench.words import word_diff

    return word_diff(*_both(inputs, "plain"))


def _from_diffs(inputs: Inputs, diffs: list[tuple[int, str]]) -> Product:
    return _back(inputs, "".join(text for kind, text in diffs if kind >= 0))


def _redlines(inputs: Inputs, _: None) -> str:
    from redlines import Redlines

    return str(Redlines(*_both(inputs, "plain")).output_markdown)


def _without_red(inputs: Inputs, made: str) -> Product:
    kept = re.sub(r"<span style='color:red[^']*'>.*?</span>", " ", made, flags=re.DOTALL)
    return _back(inputs, re.sub(r"<[^>]*>", " ", kept).replace("¶", " "))


TOOLS = (
    _xmldiff_tool("xmldiff", "revised", fast=False),
    _xmldiff_tool("xmldiff-fast", "revised", fast=True),
    _xmldiff_tool("xmldiff-bare", "bare", fast=True),
    Tool(
        key="htmldiff",
        name="lxml htmldiff",
        given="both as HTML, a `p` a provision; gives HTML with ins and del",
        forms=("html", "plain"),
        run=_htmldiff,
        product=_without_struck,
    ),
    Tool(
        key="dmp",
        name="diff-match-patch",
        given="both as plain text, words encoded as characters, no time limit; gives a diff",
        forms=("plain",),
        run=_dmp,
        product=_from_diffs,
    ),
    Tool(
        key="difflib",
        name="difflib",
        given="both as lists of words, `autojunk=False`; gives opcodes",
        forms=("plain",),
        run=_difflib,
        product=_from_opcodes,
    ),
    Tool(
        key="redlines",
        name="redlines",
        given="both as plain text, a line a provision; gives Markdown",
        forms=("plain",),
        run=_redlines,
        product=_without_red,
    ),
)
