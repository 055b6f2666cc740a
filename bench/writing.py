"""Write a workload to a folder, in the form that each tool wants."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path

from bench.drafts import draft, text_in
from bench.generate import generate
from bench.inputs import Case, Inputs, tokens
from resamend.akn import write_proposal, write_resolution
from resamend.amendment import propose
from resamend.model import Provision, Resolution, walk


def written(case: Case, folder: Path, *, forms: Sequence[str] = ()) -> Inputs:
    """Write a workload to a folder, its texts made one by one so that memory stays bounded.

    ``forms`` names those wanted for peers: ``plain``, ``bare``, ``html``, ``words``, ``lines``.
    """
    workload = generate(case.provisions, case.sources, seed=case.seed)
    inputs = Inputs(folder)
    for part in ("revised", "proposals", *forms):
        (folder / part).mkdir(parents=True)
    (folder / "names.json").write_text(json.dumps(workload.names))
    base = _stored(workload.base, inputs.base())
    for form in forms:
        inputs.base(form).write_bytes(_FORMS[form](base))
    proposals = []
    for number, name in enumerate(inputs.names):
        text = _stored(workload.text_of(number), inputs.each()[number])
        for form in forms:
            inputs.each(form)[number].write_bytes(_FORMS[form](text))
        proposals.append(propose(base, text, name))
        inputs.each("proposals")[number].write_bytes(write_proposal(proposals[-1], base))
    inputs.draft.write_bytes(draft(base, proposals))
    return inputs


def _stored(text: Resolution, path: Path) -> Resolution:
    """Write a text and read it again: what the generator calls it is not what its file says."""
    path.write_bytes(write_resolution(text))
    return text_in(path.read_bytes())


def _paragraphs(text: Resolution) -> list[str]:
    return [provision.text for provision in walk(text.provisions) if provision.text]


def _plain(text: Resolution) -> bytes:
    return "".join(f"{paragraph}\n" for paragraph in _paragraphs(text)).encode()


def _words(text: Resolution) -> bytes:
    """Write a word a line, and an empty line after each paragraph."""
    return "".join(
        "".join(f"{word}\n" for word in tokens(paragraph)) + "\n" for paragraph in _paragraphs(text)
    ).encode()


def _html(text: Resolution) -> bytes:
    return "".join(f"<p>{escape(paragraph)}</p>\n" for paragraph in _paragraphs(text)).encode()


def _bare(text: Resolution) -> bytes:
    """Write the tree as XML with nothing but kinds and text."""
    return f"<text>{''.join(map(_element, text.provisions))}</text>".encode()


def _element(provision: Provision) -> str:
    below = "".join(map(_element, provision.children))
    return f"<{provision.kind}><p>{escape(provision.text)}</p>{below}</{provision.kind}>"


_FORMS: dict[str, Callable[[Resolution], bytes]] = {
    "plain": _plain,
    "lines": _plain,
    "words": _words,
    "html": _html,
    "bare": _bare,
}
