"""Find the provision of a text that people mean by a name, such as ``resolves 2`` or ``OP3``."""

from __future__ import annotations

from collections.abc import Mapping

from resamend.amendment.descriptions import place
from resamend.errors import UsageError
from resamend.guarding import fit
from resamend.matching import index_of
from resamend.model import Provision, Resolution
from resamend.places import ids_called


def provision_of(resolution: Resolution, name: str) -> Provision:
    """Return the provision of a name, or of an id.

    Raises ``UsageError`` where none or several are called so.
    """
    index = index_of(resolution)
    return index.nodes[index.at[find_place(resolution, fit(name, str, "name"))]]


def places_of(resolution: Resolution) -> Mapping[str, Provision]:
    """Map what each provision is called to it, in the order of the text."""
    index = index_of(resolution)
    names: dict[str, Provision] = {}
    for node, provision in enumerate(index.nodes):
        names.setdefault(place(index, node), provision)
    return names


def find_place(resolution: Resolution, name: str) -> str:
    """Return the id of the provision that is called so.

    Raises ``UsageError`` where none or several are, with the nearest names.
    """
    index = index_of(resolution)
    if name and name in index.at:
        return name
    places = {place(index, node): provision.id for node, provision in enumerate(index.nodes)}
    wanted = _folded(name)
    by_path = {id for called, id in places.items() if _folded(called.partition(" #")[0]) == wanted}
    ids = by_path or set(ids_called(resolution, name))
    if len(ids) == 1:
        return ids.pop()
    problem = "stands for several provisions" if ids else "is not a provision of the text in force"
    raise UsageError(
        f"“{name}” {problem}", advice=_nearest(name, list(places)), code="unknown-place"
    )


def _folded(name: str) -> str:
    return " ".join(name.replace("*", "").casefold().split())


def _nearest(name: str, places: list[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, places, n=3, cutoff=0.5)
    return f"The nearest are: {'; '.join(near)}." if near else "Name its heading and its label."
