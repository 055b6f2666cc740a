"""The peers that compare two texts."""

from __future__ import annotations

import re
from collections.abc import Callable
from difflib import SequenceMatcher
from html import unescape
from typing import Any

from bench.inputs import Inputs, tokens
from bench.tool import Product, Tool

__all__ = ["TOOLS"]

Opcodes = list[tuple[str, int, int, int, int]]


def _both(inputs: Inputs, form: str) -> tuple[str, str]:
    return inputs.base(form).read_text(), inputs.each(form)[0].read_text()


def _again(inputs: Inputs, revised: str) -> Product:
    """Say which revised text follows from what a tool made."""
    return Product(data=revised.encode(), text=revised)


# -- xmldiff --------------------------------------------------------------------------------------


def _xmldiff(*, fast: bool) -> Callable[[Inputs, Any], list[Any]]:
    def run(inputs: Inputs, _: None) -> list[Any]:
        from xmldiff.main import diff_texts  # type: ignore[import-untyped]

        base, revised = (text.encode() for text in _both(inputs, "bare"))
        return list(diff_texts(base, revised, {"fast_match": fast}))

    return run


def _patched(inputs: Inputs, actions: list[Any]) -> Product:
    from lxml import etree
    from xmldiff.main import patch_tree

    patched = patch_tree(actions, etree.fromstring(inputs.base("bare").read_bytes()))
    return _again(inputs, "\n".join(text for text in patched.itertext()))


# -- lxml htmldiff --------------------------------------------------------------------------------


def _htmldiff(inputs: Inputs, _: None) -> str:
    from lxml.html.diff import htmldiff

    return str(htmldiff(*_both(inputs, "html")))


def _without_struck(inputs: Inputs, made: str) -> Product:
    kept = re.sub(r"<del>.*?</del>", " ", made, flags=re.DOTALL)
    return _again(inputs, unescape(re.sub(r"<[^>]*>", " ", kept)))


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
    return _again(inputs, " ".join(words))


def _dmp(inputs: Inputs, _: None) -> list[tuple[int, str]]:
    from bench.words import word_diff

    return word_diff(*_both(inputs, "plain"))


def _from_diffs(inputs: Inputs, diffs: list[tuple[int, str]]) -> Product:
    return _again(inputs, "".join(text for kind, text in diffs if kind >= 0))


def _redlines(inputs: Inputs, _: None) -> str:
    from redlines import Redlines

    return str(Redlines(*_both(inputs, "plain")).output_markdown)


def _without_red(inputs: Inputs, made: str) -> Product:
    kept = re.sub(r"<span style='color:red[^']*'>.*?</span>", " ", made, flags=re.DOTALL)
    return _again(inputs, re.sub(r"<[^>]*>", " ", kept).replace("¶", " "))


_BARE = "both as XML with nothing but elements and text; gives an edit script"

TOOLS = (
    Tool(
        key="xmldiff",
        name="xmldiff",
        given=f"{_BARE}",
        forms=("bare",),
        run=_xmldiff(fast=False),
        product=_patched,
    ),
    Tool(
        key="xmldiff-fast",
        name="xmldiff, fast match",
        given=f"{_BARE}, with `fast_match`",
        forms=("bare",),
        run=_xmldiff(fast=True),
        product=_patched,
    ),
    Tool(
        key="htmldiff",
        name="lxml htmldiff",
        given="both as HTML, a `p` a provision; gives HTML with ins and del",
        forms=("html",),
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
