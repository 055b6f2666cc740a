"""The steps of the road from revised texts to a draft, each measured alone: where time goes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bench.drafts import proposal_in, text_in
from bench.inputs import Inputs
from bench.tool import Product, Tool
from resamend.akn import point_elements, write_consolidated
from resamend.amendment import Proposal, propose
from resamend.conflict import Findings, find
from resamend.consolidation import Consolidated, merge
from resamend.model import Resolution

_Texts = tuple[Resolution, list[Resolution]]


def _read(inputs: Inputs, _: None) -> _Texts:
    base = text_in(inputs.base().read_bytes())
    return base, [text_in(path.read_bytes()) for path in inputs.each()]


def _propose(inputs: Inputs, texts: _Texts) -> tuple[Resolution, list[Proposal]]:
    base, revised = texts
    return base, [propose(base, text, id) for text, id in zip(revised, inputs.names, strict=True)]


def _merge(_: Inputs, proposed: tuple[Resolution, list[Proposal]]) -> Consolidated:
    return merge(*proposed)


def _find(_: Inputs, draft: Consolidated) -> tuple[Consolidated, Findings]:
    return draft, find(draft)


def _write(_: Inputs, found: tuple[Consolidated, Findings]) -> bytes:
    draft, findings = found
    numbers = {region.id: n for n, region in enumerate(findings.outstanding, 1)}
    return write_consolidated(draft, findings=point_elements(findings, numbers, draft.sources))


def _read_stored(inputs: Inputs, _: None) -> list[Proposal]:
    text_in(inputs.base().read_bytes())
    return [proposal_in(path.read_bytes()) for path in inputs.each("proposals")]


_STEPS: tuple[tuple[str, str, Callable[[Inputs, Any], Any]], ...] = (
    ("read", "read the base and the revised texts", _read),
    ("propose", "compare each with the base: match provisions, find edits", _propose),
    ("merge", "check the proposals and lay them over the base", _merge),
    ("find", "find what is contested, similar, or cites what is struck", _find),
    ("write", "write the draft", _write),
)


def _tool(number: int) -> Tool:
    key, name, run = _STEPS[number]

    def prepare(inputs: Inputs) -> Any:
        made = None
        for _, _, step in _STEPS[:number]:
            made = step(inputs, made)
        return made

    return Tool(
        key=key,
        name=name,
        given="what the step before it made",
        prepare=prepare,
        run=run,
        product=lambda inputs, made: Product(data=b""),
    )


TOOLS = (
    *map(_tool, range(len(_STEPS))),
    Tool(
        key="read-stored",
        name="instead of the first two: read the stored proposals",
        given="XML of the base and of every proposal",
        run=_read_stored,
        product=lambda inputs, made: Product(data=b""),
    ),
)
