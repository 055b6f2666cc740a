"""Build small texts and proposals for examples."""

from __future__ import annotations

from msgspec.structs import replace

from resamend.amendment import NoChange, Proposal, propose
from resamend.conflict import Findings, find
from resamend.consolidation import Consolidated, merge
from resamend.model import Kind, Language, Provision, Resolution
from resamend.numbering import eids, parse


def resolution(*lines: str, language: Language = Language.EN) -> Resolution:
    """Build a resolution of which a line is a heading, or an item after its label and a space.

    Items that start with two spaces stand below the one before; ``-`` stands for no label. What
    comes from the heading "resolves" on is operative.
    """
    groups: list[Provision] = []
    for line in lines:
        label, _, text = line.strip().partition(" ")
        item = Provision(id="?", kind=Kind.ITEM, label=label.strip("-"), text=text)
        if not line.startswith((" ", "-")) and not parse(label):
            operative = line == "resolves" or any(g.kind is Kind.OPERATIVE for g in groups)
            kind = Kind.OPERATIVE if operative else Kind.PREAMBULAR
            groups.append(Provision(id="?", kind=kind, text=line))
        elif line.startswith("  "):
            *before, host = groups[-1].children
            host = replace(host, children=(*host.children, item))
            groups[-1] = replace(groups[-1], children=(*before, host))
        else:
            groups[-1] = replace(groups[-1], children=(*groups[-1].children, item))
    whole = Provision(id="?", kind=Kind.RESOLUTION, children=tuple(groups))
    return eids(Resolution(language=language, provisions=(whole,)))


def proposal(
    base: Resolution, source: str, *lines: str, keeps: tuple[NoChange, ...] = ()
) -> Proposal:
    """Build the proposal of ``source/1/1``, who wants these lines."""
    revised = resolution(*lines, language=base.language)
    return propose(base, revised, f"{source}/1/1", keeps=keeps)


def laid(base: Resolution, **wanted: tuple[str, ...]) -> tuple[Consolidated, Findings]:
    """Lay over a base what each source wants, as lines; and find what is outstanding."""
    merged = merge(base, [proposal(base, source, *lines) for source, lines in wanted.items()])
    return merged, find(merged)
