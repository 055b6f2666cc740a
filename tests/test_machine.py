"""A dossier through any life: proposals come, change and go, points are decided and opened again.

After each step every source's text comes back from the disk, every record has one status, the
chain of the log holds, and what was written of it before is still there.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from resamend import akn
from resamend.amendment import propose
from resamend.conflict import Findings, Gate, Region, find
from resamend.consolidation import Consolidated, merge, project
from resamend.decision import DecisionKind, DecisionRequest, Replay, Status, adopt, replay, settle
from resamend.decision.values import TO_READ
from resamend.dossier.changing import add, new, withdraw
from resamend.dossier.deciding import Selection, decide, undo
from resamend.dossier.parsed_input import Upload
from resamend.dossier.parsing import read
from resamend.dossier.reading import DossierContent, read_dossier
from resamend.model import Resolution
from tests.effort import SHARE, lives
from tests.strategies import SOURCES, bases, revised


class Chair(RuleBasedStateMachine):
    """Keep in memory what each source wants, and compare it with what the disk says."""

    def __init__(self) -> None:
        super().__init__()
        SHARE.examples["tests/test_machine.py::TestChair"] += 1
        self.folder = Path(tempfile.mkdtemp()) / "dossier"
        self.texts: dict[str, Resolution] = {}
        self.revisions: dict[str, int] = {}
        self.log = b""
        self.dossier: DossierContent
        self.draft: Consolidated
        self.findings: Findings
        self.known: Replay

    def teardown(self) -> None:
        shutil.rmtree(self.folder.parent)

    @initialize(base=bases())
    def begin(self, base: Resolution) -> None:
        new(self.folder, [Upload("base.xml", akn.write_resolution(base))])
        self.reload()

    @rule()
    def reload(self) -> None:
        """Forget everything, and read the folder again."""
        self.dossier = read_dossier(self.folder)
        self.draft = merge(self.dossier.base, self.dossier.proposals)
        self.findings = find(self.draft)
        self.known = replay(self.draft, self.findings, self.dossier.records)

    # -- sources ------------------------------------------------------------------------------

    @rule(data=st.data(), source=st.sampled_from(SOURCES))
    def send(self, data: st.DataObject, source: str) -> None:
        """Submit a proposal, or a new revision of it, which may take the old one's words up."""
        base = self.dossier.base
        text = data.draw(st.one_of(revised(base), st.sampled_from([base, *self.texts.values()])))
        revision = self.revisions[source] = self.revisions.get(source, -1) + 1
        proposal = propose(base, text, source, revision=revision)
        add(self.folder, [Upload("proposal.xml", akn.write_proposal(proposal, base))])
        self.texts[source] = text
        self.reload()

    @precondition(lambda self: self.texts)
    @rule(data=st.data())
    def take_back(self, data: st.DataObject) -> None:
        source = data.draw(st.sampled_from(sorted(self.texts)))
        withdraw(self.folder, source)
        del self.texts[source]
        self.reload()

    # -- records ------------------------------------------------------------------------------

    @precondition(lambda self: self.findings.regions)
    @rule(data=st.data())
    def decide(self, data: st.DataObject) -> None:
        region = data.draw(st.sampled_from(self.findings.regions))
        act, name = data.draw(_act(region))
        wish = DecisionRequest(act=act, by="Chair", at="2018-11-05", names=(name,) if name else ())

        def chosen(f: Findings, _n: Mapping[str, int], _k: Replay) -> Selection:
            return Selection(about=tuple(each for each in f.regions if each.id == region.id))

        (record,) = decide(self.folder, chosen, wish).records
        self.reload()
        assert self.known.of(record.number).status in (Status.EXACT, Status.LAPSED)

    @precondition(lambda self: self._standing())
    @rule(data=st.data())
    def undo(self, data: st.DataObject) -> None:
        number = data.draw(st.sampled_from(self._standing()))
        undo(
            self.folder,
            lambda _: [number],
            DecisionRequest(act=DecisionKind.UNDO, by="Chair", at="2018-11-06"),
        )
        self.reload()
        assert self.known.of(number).status is Status.MOOT

    def _standing(self) -> list[int]:
        records = self.known.records
        return [
            r.record.number
            for r in records
            if (not r.by or r.status is Status.LAPSED) and not r.record.act.withdraws
        ]

    @rule()
    def adopt(self) -> None:
        """Adopt the text as it stands: it can be written and read again."""
        adopted = adopt(self.draft, self.findings, self.known)
        data = akn.write_resolution(adopted.text)
        assert not list(akn.check_schema(data))
        assert read(data, Resolution, name="adopted.xml") == adopted.text

    # -- what always holds --------------------------------------------------------------------

    @invariant()
    def every_source_comes_back(self) -> None:
        assert set(self.draft.sources) == set(self.texts)
        for source, text in self.texts.items():
            assert project(self.draft, source) == text
        settled = settle(self.draft, self.findings, self.known)
        assert settled.consolidated.base == self.draft.base

    @invariant()
    def every_record_has_one_status(self) -> None:
        numbers = [each.record.number for each in self.known.records]
        assert numbers == list(range(1, len(self.dossier.records) + 1))
        regions = {region.id for region in self.findings.regions}
        held = [each for each in self.known.records if each.applied]
        assert len({each.region or each.record.region for each in held}) == len(held)
        for each in held:
            assert each.region in regions or each.status is Status.NOT_ASKED

    @invariant()
    def the_chain_holds(self) -> None:
        path = self.folder / "decisions.jsonl"
        data = path.read_bytes() if path.is_file() else b""
        assert data.startswith(self.log)
        self.log = data
        before = None
        for line in data.splitlines():
            told = json.loads(line)
            own = told.pop("sha256")
            plain = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            assert hashlib.sha256(plain.encode()).hexdigest() == own
            assert told["previous"] == (before or "")
            before = own
        assert len(data.splitlines()) == len(self.dossier.records)


def _act(region: Region) -> st.SearchStrategy[tuple[DecisionKind, str]]:
    """Draw a decision that makes sense for a region, and the option that it takes."""
    if region.standing in TO_READ:
        return st.sampled_from([(DecisionKind.ACKNOWLEDGE, ""), (DecisionKind.BRACKET, "")])
    if region.gate:
        acts = (DecisionKind.SUPPRESS, DecisionKind.RETAIN)
        if region.gate is Gate.NO_CHANGE:
            acts = (DecisionKind.NO_CHANGE, DecisionKind.AMENDABLE)
        return st.sampled_from([(act, "") for act in (*acts, DecisionKind.BRACKET)])
    taken = [(DecisionKind.TAKE, option.id) for option in region.options] or [
        (DecisionKind.TAKE, "")
    ]
    return st.sampled_from(
        [*taken, (DecisionKind.KEEP, ""), (DecisionKind.BRACKET, ""), (DecisionKind.DEFER, "")]
    )


TestChair = Chair.TestCase
TestChair.settings = settings(max_examples=lives(30), stateful_step_count=15, deadline=None)
