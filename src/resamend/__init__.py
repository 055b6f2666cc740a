"""From competing proposals to one consolidated draft that loses nobody.

    bytes ─receive→ Received ─propose→ Proposal ─merge→ Consolidated ─find→ Findings
          ─record, replay→ Replay ─adopt→ Adopted,   and anything ─render→ text or bytes

Each arrow is one function, data in, data out; whoever stands at any of them can start there.

>>> import resamend
>>> text = "RESOLUTION 1\\nMeetings\\nresolves\\n1\\tto meet every year in Geneva;"
>>> base = resamend.receive(text.encode(), language="en").resolution
>>> base["resolves 1"].text
'to meet every year in Geneva;'
>>> sent = f"MOD\\tRUS/62/1\\n{text}".replace("every year", "twice a year")
>>> rus = resamend.receive(sent.encode()).proposal(base)
>>> revised = resamend.read(text.replace("every year", "in each spring"), resamend.Resolution)
>>> chn = resamend.propose(base, revised, "CHN/63/1")
>>> draft = resamend.merge(base, [rus, chn])
>>> [(point.path, point.kinds[0].value) for point in resamend.find(draft).outstanding]
[('resolves 1', 'competing-replacement')]
>>> resamend.project(draft, "CHN") == revised
True

Come in and go out
    receive(source)              what somebody sent: bytes, a path or a stream → Received
    read(content, Resolution)    what we wrote: a text, a proposal, a draft or a record
    open(folder), new(folder)    a dossier, in a folder → Dossier
    render(anything, form)       text, html, docx, pdf, xml, json, csv …
    raised({"size": "40M"})      a limit of what is read, raised for a while
    visible(text)                every character made to show

Texts and proposals
    base["resolves 2"], walk(base)   the provisions of a text
    propose(base, revised, id)       what a whole revised text proposes → Proposal
    apply(base, proposal)            its text, exactly; invert(base, proposal) undoes it
    diff(base, revised)              the edits between two texts, or two strings
    amendments(base, proposal)       ADD, MOD, SUP, NOC, with old and new words
    carry(proposal, old, new)        brought to a new text in force

Drafts
    merge(base, proposals)       in any order the same → Consolidated; union(one, other)
    project(draft, "RUS")        one source's text back; without(draft, ["RUS"])
    find(draft)                  what is asked, and where it clashes → Findings
    changes(draft)               a row a change, for a data frame
    redline(draft, findings)     what is shown → Redline; recorded(…, replay) with the records
    compare(draft, redline)      proposals side by side; matrix(comparison)

Decisions
    record(draft, findings, region, request, number=1)   → Record
    replay(draft, findings, records)                     how each stands → Replay
    adopt(draft, findings, replay)                       the text as decided → Adopted

What else they take and return can be named from ``resamend.types``. Every error is a
``ResamendError`` with a ``code``. Values may be shared by threads. docs/api.md says all of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from resamend.loading import on_demand

__version__ = "0.1.0"

if TYPE_CHECKING:
    from resamend.amendment import Amendment, NoChange, Proposal, amendments, apply, invert, propose
    from resamend.conflict import Findings, Option, Region, Standing, find
    from resamend.consolidation import Consolidated, merge, project, union, without
    from resamend.decision import (
        Adopted,
        DecisionKind,
        DecisionRequest,
        Record,
        Replay,
        Status,
        adopt,
        record,
        replay,
    )
    from resamend.difference import diff
    from resamend.dossier.parsing import read
    from resamend.errors import (
        Contradiction,
        InputError,
        Invalid,
        NotApplicable,
        ResamendError,
        Unreadable,
        UsageError,
    )
    from resamend.escaping import visible
    from resamend.library.dossiers import Dossier, new, open
    from resamend.library.receiving import Received, receive
    from resamend.library.rendering import render
    from resamend.model import Kind, Language, Provision, Resolution, walk
    from resamend.page.options import Audience, Cover, Names, RenderOptions
    from resamend.rebase import carry
    from resamend.redlines import Redline, View, recorded, redline
    from resamend.safe.limits import raised
    from resamend.tables import changes, compare, matrix

__all__ = [  # noqa: RUF022  (in groups, as they are used)
    # Come in and go out
    "Dossier",
    "Received",
    "new",
    "open",
    "raised",
    "read",
    "receive",
    "render",
    "visible",
    # Texts and proposals
    "Amendment",
    "Kind",
    "Language",
    "NoChange",
    "Proposal",
    "Provision",
    "Resolution",
    "amendments",
    "apply",
    "carry",
    "diff",
    "invert",
    "propose",
    "walk",
    # Drafts
    "Consolidated",
    "Findings",
    "Option",
    "Redline",
    "Region",
    "Standing",
    "View",
    "changes",
    "compare",
    "find",
    "matrix",
    "merge",
    "project",
    "recorded",
    "redline",
    "union",
    "without",
    # Decisions
    "Adopted",
    "DecisionKind",
    "DecisionRequest",
    "Record",
    "Replay",
    "Status",
    "adopt",
    "record",
    "replay",
    # How it is shown
    "Audience",
    "Cover",
    "Names",
    "RenderOptions",
    # What can go wrong
    "Contradiction",
    "InputError",
    "Invalid",
    "NotApplicable",
    "ResamendError",
    "Unreadable",
    "UsageError",
]

_HOMES = {
    "amendment": "Amendment NoChange Proposal amendments apply invert propose",
    "conflict": "Findings Option Region Standing find",
    "consolidation": "Consolidated merge project union without",
    "decision": "Adopted DecisionKind DecisionRequest Record Replay Status adopt record replay",
    "difference": "diff",
    "dossier.parsing": "read",
    "errors": "Contradiction InputError Invalid NotApplicable ResamendError Unreadable UsageError",
    "escaping": "visible",
    "library.dossiers": "Dossier new open",
    "library.receiving": "Received receive",
    "library.rendering": "render",
    "model": "Kind Language Provision Resolution walk",
    "page.options": "Audience Cover Names RenderOptions",
    "rebase": "carry",
    "redlines": "Redline View recorded redline",
    "safe.limits": "raised",
    "tables": "changes compare matrix",
}
"""The names that each module gives: they are loaded when first used, so importing is cheap."""


def _door(name: str, value: Any) -> Any:
    """Return a function as a door of the library: what is given to it wrongly is refused."""
    from types import FunctionType

    if not isinstance(value, FunctionType):
        return value
    from importlib import import_module

    from resamend.guarding import guarded

    door = guarded(value, lambda: vars(import_module(f"{__name__}.types")))
    door.__module__ = __name__  # where it is looked up when it is sent to another process
    return door


_PUBLIC = frozenset(__all__)
_load = on_demand(__name__, _HOMES, prepared=_door)


def __getattr__(name: str) -> Any:
    if name in _PUBLIC or name.startswith("__") or (name.isalpha() and name.islower()):
        return _load(name)  # a module is asked for here before it is imported
    from resamend.deprecations import going

    return going(__name__, name)


def __dir__() -> list[str]:
    return sorted({*__all__, *(name for name in globals() if name.startswith("__"))})
