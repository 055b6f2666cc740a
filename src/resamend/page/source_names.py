"""Who is behind some proposals, as far as a reader may be told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from resamend.consolidation import Consolidated
from resamend.escaping import visible
from resamend.model import Language
from resamend.page.options import Names
from resamend.page.presentation import grouped
from resamend.page.vocabulary import Phrases


class SourceNames(Struct, frozen=True):
    """Hold the proponents of each proposal, and what may be said of them."""

    say: Phrases
    names: Names
    codes: Mapping[str, tuple[str, ...]]

    @property
    def named(self) -> bool:
        """Tell whether proponents may be named."""
        return self.names is Names.NAMES

    def who(self, sources: Iterable[str]) -> str:
        """Say who is behind some proposals: their names, how many they are, or nothing."""
        sources = tuple(dict.fromkeys(sources))
        people = {code for id in sources for code in self.codes.get(id, (id,))}
        if not self.named or not people:
            counted = people and self.names is Names.NUMBER
            return self.say.counted("proponents", len(people)) if counted else ""
        shown = {name for id in sources for name in grouped(id, self.codes.get(id, (id,)))}
        return self.say.theirs(visible(", ".join(sorted(shown))), Language.EN)

    def symbol(self, source: str, number: int) -> str:
        """Return the symbol of a proposal; where nobody may be named, its ``number`` in a list."""
        return visible(source) if self.named else self.say("proposal_n", n=number)

    def states(self, codes: Iterable[str]) -> str:
        """Say which states: their codes, how many they are, or nothing."""
        codes = tuple(codes)
        if self.named:
            return self.say.theirs(visible(", ".join(codes)), Language.EN)
        counted = self.names is Names.NUMBER
        return self.say.counted("proponents", len(codes)) if counted else ""


def source_names(say: Phrases, names: Names, *drafts: Consolidated) -> SourceNames:
    """Return who is behind the proposals of some drafts, the last of which counts."""
    codes = {
        proposal.id: tuple(who.code for who in proposal.proponents) or (proposal.id,)
        for draft in drafts
        for proposal in draft.proposals
    }
    return SourceNames(say, names, codes)
