"""What is measured of resamend: from bytes to bytes, texts read one after another."""

from __future__ import annotations

from bench.drafts import draft, proposal_in, text_in
from bench.inputs import Inputs
from bench.tool import Product, Tool
from resamend.akn import write_proposal
from resamend.amendment import apply, propose
from resamend.model import Resolution, walk


def _consolidate(inputs: Inputs, _: None) -> bytes:
    base = text_in(inputs.base().read_bytes())
    proposals = [
        propose(base, text_in(path.read_bytes()), name)
        for path, name in zip(inputs.each(), inputs.names, strict=True)
    ]
    return draft(base, proposals)


def _shown(_: Inputs, made: bytes) -> Product:
    """Return a draft with all the text in it, struck and inserted, but for its metadata."""
    from lxml import etree

    root = etree.fromstring(made, etree.XMLParser(huge_tree=True))
    for meta in list(root.iter("{*}meta")):
        meta.getparent().remove(meta)
    return Product(data=made, text="\n".join(map(str, root.itertext())))


def _from_stored(inputs: Inputs, _: None) -> bytes:
    base = text_in(inputs.base().read_bytes())
    proposals = [proposal_in(path.read_bytes()) for path in inputs.each("proposals")]
    return draft(base, proposals)


def _applied(inputs: Inputs, proposal: bytes) -> Product:
    """Return the revised text that a written proposal gives back."""
    base = text_in(inputs.base().read_bytes())
    revised = text_in(inputs.each()[0].read_bytes())
    again = apply(base, proposal_in(proposal))
    fault = "" if again == revised else "it is another"
    return Product(data=proposal, text=_words(again), wanted=_words(revised), fault=fault)


def _words(text: Resolution) -> str:
    return "\n".join(provision.text for provision in walk(text.provisions))


def _compare(inputs: Inputs, _: None) -> bytes:
    base = text_in(inputs.base().read_bytes())
    revised = text_in(inputs.each()[0].read_bytes())
    return write_proposal(propose(base, revised, inputs.names[0]), base)


TOOLS = (
    Tool(
        key="consolidate",
        name="resamend",
        given="XML of the base and of every revised text; gives XML of the draft",
        run=_consolidate,
        product=_shown,
    ),
    Tool(
        key="stored",
        name="resamend, from proposals",
        given="XML of the base and of every stored proposal; gives XML of the draft",
        run=_from_stored,
    ),
    Tool(
        key="compare",
        name="resamend",
        given="XML of both texts; gives XML of the proposal",
        run=_compare,
        product=_applied,
    ),
)
