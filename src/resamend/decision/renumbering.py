"""Number an adopted text, and say what each provision was called before and by whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from resamend.amendment import place
from resamend.decision.bracketing import ALTERNATIVE, OPEN
from resamend.matching import ProvisionIndex
from resamend.model import ROOT, Kind, Provision, Resolution, walk
from resamend.numbering import inserted, list_renumbered, renumbered
from resamend.reference import NewLabel


def relabelled(base: Resolution, made: Resolution, changed: set[str]) -> tuple[NewLabel, ...]:
    """Return the new labels of a text of which some lists, named by their owners, changed.

    Those lists are numbered anew; what stands in brackets keeps a bis number, so that nothing
    moves when it goes. Footnotes are numbered through the whole text, if they are others now.
    """
    labels = dict(_listed(made.provisions, ROOT, changed))
    labels |= _notes(base, made)
    return tuple(
        NewLabel(provision.id, labels[provision.id])
        for provision in walk(made.provisions)
        if labels.get(provision.id, provision.label) != provision.label
    )


def _listed(
    provisions: Sequence[Provision], owner: str, changed: set[str]
) -> Iterator[tuple[str, str]]:
    if owner in changed:
        kept = ["" if _open(p) else p.label for p in provisions]
        labels = list(list_renumbered(provisions, kept))
        taken = list(labels)
        for k, provision in enumerate(provisions):
            if _open(provision):
                before = next((label for label in reversed(labels[:k]) if label), "")
                labels[k] = _beside(provision, before, taken)
                taken.append(labels[k])
            yield provision.id, labels[k]
    for provision in provisions:
        if not _open(provision):
            yield from _listed(provision.children, provision.id, changed)


def _open(provision: Provision) -> bool:
    return provision.id.startswith(OPEN)


def _beside(provision: Provision, before: str, taken: Sequence[str]) -> str:
    """Return the label of what stands in brackets after a provision."""
    if provision.id.startswith(ALTERNATIVE):
        return f"{before} alt" if before else ""
    after = before or (provision.label if provision.label in taken else "")
    return inserted(after, taken) if after and provision.label else provision.label


def _notes(base: Resolution, made: Resolution) -> dict[str, str]:
    before = [p for p in walk(base.provisions) if p.kind is Kind.FOOTNOTE]
    after = [p for p in walk(made.provisions) if p.kind is Kind.FOOTNOTE]
    if [p.id for p in before] == [p.id for p in after]:
        return {}
    return dict(zip((p.id for p in after), renumbered([p.label for p in after]), strict=True))


# -- the table ------------------------------------------------------------------------------------


class RenumberedProvision(Struct, frozen=True, kw_only=True):
    """Say what one provision is called; empty where it is not there.

    ``sources`` holds what each source calls it, in the order of their ids; ``new`` stands in
    brackets where the provision does. ``text`` is its text.
    """

    id: str
    old: str
    sources: tuple[tuple[str, str], ...]
    new: str
    text: str = ""


def number_provisions(
    base: Resolution, sources: Mapping[str, Resolution], adopted: Resolution
) -> tuple[RenumberedProvision, ...]:
    """Return a row for each provision of the base, of each source, and of the adopted text."""
    old, new = _called(base), _final(adopted)
    theirs = {source: _called(text) for source, text in sources.items()}
    return tuple(
        RenumberedProvision(
            id=id,
            old=old.get(id, ("", ""))[0],
            sources=tuple((source, names.get(id, ("", ""))[0]) for source, names in theirs.items()),
            new=new.get(id, ("", ""))[0],
            text=text,
        )
        for id, text in _all(new, old, *theirs.values())
    )


def _called(text: Resolution) -> dict[str, tuple[str, str]]:
    """Map the id of each provision to its path and its text."""
    known = ProvisionIndex(text)
    return {
        provision.id: (place(known, node), provision.text)
        for node, provision in enumerate(known.nodes)
    }


def _final(adopted: Resolution) -> dict[str, tuple[str, str]]:
    """Map ids as sources have them; what is open stands in brackets."""
    return {
        id.removeprefix(OPEN): (f"[{path}]" if id.startswith(OPEN) else path, text)
        for id, (path, text) in _called(adopted).items()
    }


def _all(*texts: Mapping[str, tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield every provision once: the adopted ones, those of the base, then those of sources."""
    seen: set[str] = set()
    for called in texts:
        for id, (_, text) in called.items():
            if id not in seen:
                seen.add(id)
                yield id, text
