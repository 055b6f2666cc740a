"""How a draft is published: for whom, in which words, with what on its cover."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from resamend.model import Language
from resamend.renderers.cover import Cover
from resamend.renderers.edition import Audience, Names

__all__ = ["Setting"]


class Setting(Struct, frozen=True, kw_only=True):
    """Hold how a draft is to be published.

    ``ui`` is the language of all that is said beside the text, the text's own if absent;
    ``colours`` gives sources the colours that they have in their dossier, from 0; ``templates`` is
    a folder whose files stand in for ours; ``line_numbers`` asks for the lines of each page to be
    counted.
    """

    names: Names = Names.NAMES
    ui: Language | None = None
    audience: Audience = Audience.CHAIR
    colours: Mapping[str, int] | None = None
    cover: Cover = field(default_factory=Cover)
    templates: str = ""
    line_numbers: bool = False

    @property
    def told(self) -> Names:
        """Return what is said of the proponents: for the public, nobody is named."""
        public = self.audience is Audience.PUBLIC and self.names is Names.NAMES
        return Names.NONE if public else self.names
