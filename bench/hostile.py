"""Texts made to be slow: one word 50,000 times, and 100,000 words, each in one provision."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from bench.drafts import draft, text_in
from bench.inputs import Inputs
from bench.tool import Tool
from resamend.akn import write_resolution
from resamend.amendment import propose
from resamend.model import Kind, Language, Metadata, Provision, Resolution
from resamend.numbering import eids


def _text(words: list[str]) -> bytes:
    item = Provision(id="?", kind=Kind.ITEM, label="1", text=" ".join(words))
    group = Provision(id="?", kind=Kind.OPERATIVE, text="resolves", children=(item,))
    whole = Provision(id="?", kind=Kind.RESOLUTION, children=(group,))
    metadata = Metadata(number="999", authority="sample", adopted="2002-10-18")
    text = Resolution(language=Language.EN, provisions=(whole,), metadata=metadata)
    return write_resolution(eids(text))


def _repeated(_: Inputs) -> list[bytes]:
    """Strike some, write some more, and put another word at each five hundredth place."""
    base = ["the"] * 50_000
    other = [word if k % 500 else "plan" for k, word in enumerate(base)]
    return [_text(words) for words in (base, base[:49_000], base + ["the"] * 1_000, other)]


def _long(_: Inputs) -> list[bytes]:
    """Change one word in fifty of a hundred thousand, by three sources; one moves a half."""
    chance = random.Random(1)
    words = [f"w{int(5000 ** chance.random())}" for _ in range(100_000)]
    texts = [words, words[50_000:] + words[:50_000]]
    texts += [
        [word if chance.random() > 0.02 else f"x{chance.randrange(99)}" for word in words]
        for _ in range(3)
    ]
    return [_text(each) for each in texts]


def _consolidate(_: Inputs, texts: list[bytes]) -> bytes:
    base, *revised = (text_in(data) for data in texts)
    proposals = [propose(base, text, f"AAA/{n}/1") for n, text in enumerate(revised)]
    return draft(base, proposals)


def _tool(key: str, name: str, prepare: Callable[[Inputs], Any]) -> Tool:
    given = "XML of the base and of every revised text; gives XML of the draft"
    return Tool(key=key, name=name, given=given, prepare=prepare, run=_consolidate)


TOOLS = (
    _tool("the", "50,000 × “the” in one provision, 3 sources", _repeated),
    _tool("long", "100,000 words in one provision, 4 sources", _long),
)
