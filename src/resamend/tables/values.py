"""The values of tables."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct, field

from resamend.amendment import Symbol
from resamend.conflict import Region, Severity, Similar, Standing
from resamend.consolidation import Sources
from resamend.decision import Record
from resamend.redlines import Block, Redline, ShownSource, Span

ELLIPSIS = "ellipsis"
"""The kind of mark on the sign that stands for words left out of a cell."""


class CellStanding(StrEnum):
    """Say how far what a source asks of a provision goes with what others ask."""

    ALONE = "alone"
    SAME = "same"
    SIMILAR = "similar"
    OUTSTANDING = "outstanding"
    RECORDED = "recorded"
    CONSEQUENTIAL = "consequential"


class ComparisonCell(Struct, frozen=True, kw_only=True):
    """Hold what one source asks of one provision; or what the draft makes of it.

    ``symbol`` is what a conference writes before it; ``elsewhere`` adds the asterisk of text that
    comes from or goes to another place. ``blocks`` hold the changed words in their phrase, with
    struck words as struck; a provision suppressed as a whole has none, its words being those of
    the text in force. ``movers`` name who moves one whose words stand here all the same;
    ``editorial`` says that nothing but typography changes.
    """

    symbol: Symbol | None = None
    elsewhere: bool = False
    blocks: tuple[Block, ...] = ()
    movers: Sources = ()
    editorial: bool = False
    standing: CellStanding = CellStanding.ALONE
    severity: Severity | None = None

    @property
    def joined(self) -> bool:
        """Tell whether the provision is joined to another: its words stand there."""
        return any(block.moved_to and not block.way for block in self.blocks)

    @property
    def sign(self) -> str:
        """Return the symbol as it is written: ``ADD``, ``SUP*``, ``(MOD)``."""
        return f"{self.symbol}{'*' if self.elsewhere else ''}" if self.symbol else ""


class ComparisonRow(Struct, frozen=True, kw_only=True):
    """Align what is said of one provision.

    ``id`` is that of the provision in force; of one that is added, the list it is added to.
    ``path`` is its place in full, ``section`` that of its heading and ``para`` the rest; ``after``
    is the place after which a provision arrives that keeps its label, empty at the beginning.
    ``base``
    is the text in force, empty where there is none. ``cells`` go with the columns; ``None`` is
    silence. ``regions`` are the findings here, ``similar`` the pairs of similar wording.
    """

    id: str
    path: str
    section: str = ""
    para: str = ""
    after: str | None = None
    label: str = ""
    depth: int = 0
    heading: bool = False
    base: tuple[Span, ...] = ()
    cells: tuple[ComparisonCell | None, ...] = ()
    draft: ComparisonCell = field(default=ComparisonCell())
    regions: tuple[Region, ...] = ()
    similar: tuple[Similar, ...] = ()

    @property
    def points(self) -> tuple[Region, ...]:
        """Return the outstanding points of this row."""
        return tuple(region for region in self.regions if region.outstanding)

    @property
    def standings(self) -> tuple[Standing, ...]:
        """Return how the changes here stand, each way once."""
        return tuple(dict.fromkeys(region.standing for region in self.regions))


class FoldedRows(Struct, frozen=True, kw_only=True):
    """Stand for provisions in a row of which nobody speaks.

    ``place`` is the path of what they stand under, ``section`` that of its heading; ``labels``
    name the first and the last of them, and are empty where all that stands there is meant.
    """

    place: str
    section: str
    labels: tuple[str, ...]
    count: int


class ComparisonColumn(Struct, frozen=True, kw_only=True):
    """Head a column: one source, and how the marks of footnotes read in its words."""

    source: ShownSource
    footnotes: Mapping[str, str] = field(default_factory=dict)


class Comparison(Struct, frozen=True, kw_only=True):
    """Hold the comparative table of a draft: a column per source, a row per provision.

    ``records`` maps the ids of points to the records that hold.
    """

    redline: Redline
    columns: tuple[ComparisonColumn, ...]
    rows: tuple[ComparisonRow | FoldedRows, ...]
    records: Mapping[str, Record] = field(default_factory=dict)

    @property
    def spoken(self) -> tuple[ComparisonRow, ...]:
        """Return the rows on which somebody speaks."""
        return tuple(row for row in self.rows if isinstance(row, ComparisonRow))

    def __repr__(self) -> str:
        return f"<Comparison, {len(self.rows)} rows, {len(self.columns)} columns>"


class MatrixRow(Struct, frozen=True, kw_only=True):
    """Hold a row of the matrix: a sign per source (``None`` is silence), and the points there."""

    id: str
    path: str
    section: str
    para: str
    after: str | None
    cells: tuple[ComparisonCell | None, ...]
    points: tuple[Region, ...]
    severity: Severity | None


class ProposalPair(Struct, frozen=True):
    """Count for two sources where they ask for the same, for nearly the same, or cannot both have.

    It is no measure of agreement: a state may stand behind many words without minding them.
    """

    one: str
    other: str
    same: int
    similar: int
    outstanding: int


class Matrix(Struct, frozen=True, kw_only=True):
    """Hold the table of proposals: sources × provisions, and the sources two by two."""

    redline: Redline
    sources: tuple[ShownSource, ...]
    rows: tuple[MatrixRow, ...]
    pairs: tuple[ProposalPair, ...]

    def of(self, one: str, other: str) -> ProposalPair | None:
        """Return the counts of two sources, in either order."""
        wanted: Sources = tuple(sorted((one, other)))
        return next((pair for pair in self.pairs if (pair.one, pair.other) == wanted), None)

    def __repr__(self) -> str:
        return f"<Matrix, {len(self.rows)} rows, {len(self.sources)} sources>"
