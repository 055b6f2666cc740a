"""Options: what sources ask for at one place, grouped where they say the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from resamend.amendment import Proposal, place
from resamend.amendment.edit_applier import EditApplier
from resamend.conflict.structural_changes import Place, StructuralChanges, alike
from resamend.conflict.values import MovePosition, Option, OptionKind, short_hash
from resamend.consolidation import Addition, Consolidated, name_of
from resamend.difference import ListEdit
from resamend.matching import ProvisionIndex
from resamend.model import Kind, Provision, walk


def flat(provisions: Iterable[Provision], known: ProvisionIndex | None = None) -> str:
    """Return what some provisions say, a line for each; ``known`` is where moved ones come from.

    >>> flat((Provision(id="x", kind=Kind.ITEM, label="1", text="to report"),))
    '1 to report'
    """
    return "\n".join(_lines(provisions, known))


def _lines(provisions: Iterable[Provision], known: ProvisionIndex | None) -> Iterator[str]:
    for provision in walk(tuple(provisions)):
        if provision.kind is not Kind.MOVED:
            yield " ".join(filter(None, (provision.label, provision.text.strip())))
        elif known:
            yield from _lines((known.nodes[known.at[provision.id]],), None)


def keepers(consolidated: Consolidated) -> dict[str, set[str]]:
    """Return, per provision, the sources that ask with reasons that it be kept."""
    found: dict[str, set[str]] = defaultdict(set)
    for proposal in consolidated.proposals:
        for keep in proposal.keeps:
            if keep.emphasised:
                found[keep.target].add(proposal.id)
    return found


class _EditAppliers(dict[str, EditApplier]):
    """Make what applies a source's edits when it is first asked for."""

    def __init__(self, known: ProvisionIndex, proposals: Mapping[str, Proposal]) -> None:
        self.known = known
        self.proposals = proposals

    def __missing__(self, source: str) -> EditApplier:
        proposal = self.proposals[source]
        made = self[source] = EditApplier(self.known, proposal.edits)
        return made


class SourceVersions:
    """Say what each source makes of a provision as a whole."""

    def __init__(self, consolidated: Consolidated, fates: StructuralChanges) -> None:
        self.fates = fates
        self.known = fates.known
        self.keepers = keepers(consolidated)
        self.proposals = {proposal.id: proposal for proposal in consolidated.proposals}
        self.revisers: Mapping[str, EditApplier] = _EditAppliers(self.known, self.proposals)

    def _node(self, id: str) -> int:
        return self.known.at[id] if id else -1

    def of(self, id: str, sources: Sequence[str], *, whole: bool) -> tuple[Option, ...]:
        """Return what each source makes of a provision, by source id.

        ``whole`` says that this is to be one question with what they change inside it; else a
        move or join is told by its place alone.
        """
        absent = self.fates.absent(id) if id else set()
        groups: dict[str, Option] = {}
        for source in sources:
            option = self._one(id, source, absent, whole=whole)
            same = groups.get(option.id)
            groups[option.id] = replace(same, sources=(*same.sources, source)) if same else option
        return tuple(groups.values())

    def _one(self, id: str, source: str, absent: set[str], *, whole: bool) -> Option:
        if source in absent:
            return Option(
                id=short_hash([OptionKind.SUPPRESS]), deed=OptionKind.SUPPRESS, sources=(source,)
            )
        if source in self.keepers.get(id, ()) and source not in self.fates.touching(id):
            return Option(id=short_hash([OptionKind.KEEP]), deed=OptionKind.KEEP, sources=(source,))
        deed, spot, where, way = self._goes(id, source)
        made = self.revisers[source].version(id) if whole else self._in_force(id, deed)
        said = [alike(provision) for provision in made] if whole else []
        return Option(
            id=short_hash([deed, *spot, *said]),
            deed=deed,
            sources=(source,),
            text=flat(made),
            provisions=made,
            place=where,
            way=way,
            host=str(spot[0]) if spot else "",
        )

    def _goes(
        self, id: str, source: str
    ) -> tuple[OptionKind, tuple[object, ...], str, MovePosition | None]:
        """Return whether a source moves or joins a provision; to what place, its path and how."""
        for host, who in self.fates.joined.get(id, {}).items():
            if source in who:
                return OptionKind.JOIN, (host,), place(self.known, self._node(host)), None
        for spot, who in self.fates.moved.get(id, {}).items():
            if source in who:
                return OptionKind.MOVE, spot, *self._place(spot)
        return OptionKind.VERSION, (), "", None

    def _in_force(self, id: str, deed: OptionKind) -> tuple[Provision, ...]:
        return () if deed is OptionKind.JOIN else (self.known.nodes[self._node(id)],)

    def _place(self, spot: Place) -> tuple[str, MovePosition]:
        """Say where a provision moves to: by the path of what, and how it stands to that."""
        owner, gap, around = spot
        node = self._node(owner)
        children = self.known.children(node)
        empty = self.known.nodes[node].kind is Kind.ITEM and not children
        way = MovePosition.AFTER if gap else MovePosition.UNDER if empty else MovePosition.FIRST
        by = children[gap - 1] if gap else node
        return place(self.known, by), MovePosition.NEW if around else way


def gap_options(
    known: ProvisionIndex,
    group: Sequence[Addition],
    orders: Mapping[str, Sequence[str]] | None = None,
    *,
    numbered: Collection[str] = (),
) -> tuple[Option, ...]:
    """Return what each source adds in a gap, by source id.

    ``orders`` says in which order each source has what it adds, where they disagree; ``numbered``
    names those who ask for numbers of their own, where these are not the same.
    """
    by_source: dict[str, list[Provision]] = defaultdict(list)
    for addition in group:
        for label, sources in addition.labels:
            for source in sources:
                by_source[source].append(replace(addition.provision, label=label))
    groups: dict[str, Option] = {}
    for source in sorted(by_source):
        made = by_source[source]
        if orders:
            order = orders[source]
            made = sorted(made, key=lambda p: order.index(name_of(p)))
        numbers = [provision.label for provision in made] if source in numbered else []
        id = short_hash([OptionKind.ADD, *map(alike, made), *numbers])
        same = groups.get(id)
        if same:
            groups[id] = replace(same, sources=(*same.sources, source))
        else:
            groups[id] = Option(
                id=id,
                deed=OptionKind.ADD,
                sources=(source,),
                text=flat(made, known),
                provisions=tuple(made),
            )
    return tuple(groups.values())


def orders(fates: StructuralChanges, owner: int, gap: int) -> dict[str, list[str]]:
    """Return in which order each source has what it puts into a gap."""
    return {
        source: [name_of(item) for item in hunk.items]
        for source, edit in fates.edits.get(owner, ())
        if isinstance(edit, ListEdit)
        for hunk in edit.hunks
        if hunk.end == gap
    }
