"""The types of what the functions of ``resamend`` take and return, to be named in annotations.

What is done with them stands in ``resamend`` itself; nothing here has to be made by hand.
"""

from __future__ import annotations

from resamend.amendment import FormerAmendment, Symbol, Tracked, Unmarked
from resamend.conflict import (
    ConflictKind,
    Editorial,
    Gate,
    MovePosition,
    OptionKind,
    Severity,
    Similar,
    Stream,
)
from resamend.consolidation import (
    Addition,
    AttributedHunk,
    LabelMarks,
    ListMarks,
    Sources,
    Surface,
    TextMarks,
)
from resamend.decision import ChairTable, Level, Place, RecordedEdits, RecordedOption, Replayed
from resamend.decision.bulk import BulkClass
from resamend.decision.positions import Position, PositionRequest, Stance
from resamend.decision.reading import UnreadProvision
from resamend.decision.renumbering import RenumberedProvision
from resamend.difference import (
    Edit,
    Hunk,
    LabelEdit,
    ListEdit,
    ListHunk,
    ListPlace,
    Respelling,
    TextEdit,
)
from resamend.dossier.certificate import Certificate, Fault, LogProof, SourceProof, TextProof
from resamend.dossier.deciding import NewRecord
from resamend.dossier.parsed_input import ParsedInput, ProposalInfo
from resamend.dossier.reading import DossierContent
from resamend.dossier.rebasing import RebasedDossier
from resamend.errors import AmbiguousName, Beyond
from resamend.library.receiving import Readable, Source
from resamend.library.rendering import ByteForm, CharacterForm, Renderable
from resamend.model import Mark, Metadata, Proponent, Word
from resamend.readers.importing import Balance
from resamend.readers.proposal_header import Noted
from resamend.rebase import Amended, Carried, Fate
from resamend.redlines import Block, Choice, OptionView, ShownSource, Span
from resamend.reference import Reason, Unresolved
from resamend.safe.limits import Limits
from resamend.tables import (
    CellStanding,
    ChangeRow,
    Comparison,
    ComparisonCell,
    ComparisonColumn,
    ComparisonRow,
    FoldedRows,
    Matrix,
    MatrixRow,
    ProposalPair,
)

__all__ = [
    "Addition",
    "AmbiguousName",
    "Amended",
    "AttributedHunk",
    "Balance",
    "Beyond",
    "Block",
    "BulkClass",
    "ByteForm",
    "Carried",
    "CellStanding",
    "Certificate",
    "ChairTable",
    "ChangeRow",
    "CharacterForm",
    "Choice",
    "Comparison",
    "ComparisonCell",
    "ComparisonColumn",
    "ComparisonRow",
    "ConflictKind",
    "DossierContent",
    "Edit",
    "Editorial",
    "Fate",
    "Fault",
    "FoldedRows",
    "FormerAmendment",
    "Gate",
    "Hunk",
    "LabelEdit",
    "LabelMarks",
    "Level",
    "Limits",
    "ListEdit",
    "ListHunk",
    "ListMarks",
    "ListPlace",
    "LogProof",
    "Mark",
    "Matrix",
    "MatrixRow",
    "Metadata",
    "MovePosition",
    "NewRecord",
    "Noted",
    "OptionKind",
    "OptionView",
    "ParsedInput",
    "Place",
    "Position",
    "PositionRequest",
    "Proponent",
    "ProposalInfo",
    "ProposalPair",
    "Readable",
    "Reason",
    "RebasedDossier",
    "RecordedEdits",
    "RecordedOption",
    "Renderable",
    "RenumberedProvision",
    "Replayed",
    "Respelling",
    "Severity",
    "ShownSource",
    "Similar",
    "Source",
    "SourceProof",
    "Sources",
    "Span",
    "Stance",
    "Stream",
    "Surface",
    "Symbol",
    "TextEdit",
    "TextMarks",
    "TextProof",
    "Tracked",
    "Unmarked",
    "UnreadProvision",
    "Unresolved",
    "Word",
]
