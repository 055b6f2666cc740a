"""The floor: what reading and writing the XML alone costs, with lxml and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lxml import etree

from bench.inputs import Inputs
from bench.tool import Tool


def _parse_draft(inputs: Inputs) -> etree._Element:
    return etree.fromstring(inputs.draft.read_bytes(), etree.XMLParser(huge_tree=True))


def _floor(form: str) -> Callable[[Inputs, Any], bytes]:
    """Parse the base and each text of a form, and write out one text of the draft's size."""

    def run(inputs: Inputs, draft: etree._Element) -> bytes:
        for path in [inputs.base(), *inputs.each(form)]:
            etree.fromstring(path.read_bytes())
        return bytes(etree.tostring(draft, encoding="utf-8"))

    return run


TOOLS = (
    Tool(
        key="floor",
        name="floor",
        given="lxml parses the base and every revised text, and writes a text of the draft's size",
        prepare=_parse_draft,
        run=_floor("revised"),
    ),
    Tool(
        key="floor-stored",
        name="floor of stored proposals",
        given="lxml parses the base and every proposal, and writes a text of the draft's size",
        prepare=_parse_draft,
        run=_floor("proposals"),
    ),
)
