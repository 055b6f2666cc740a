"""Find which provision of the base is which in a revised text.

A revised text is not trusted to keep ids: a state that inserts a paragraph renumbers all that
follow. So what says most is asked first: the same id with the same text; a text that occurs once
in each; the same text at the same parent; a heading, by the items under it; similar words among
what is left under one parent, then anywhere (moved and edited); the same label last. Each base
provision is found at most once, and always by a provision of its own kind.

Whatever is matched, the difference is exact: matching decides only how well it reads.
"""

from __future__ import annotations

from resamend.matching.matcher import match
from resamend.matching.pairs import Matching, similarity
from resamend.matching.provision_index import ProvisionIndex, bound, footnotes, index_of
