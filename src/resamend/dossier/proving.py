"""Prove that a dossier lost nothing: derive everything again, and compare the bytes.

Each file is the one that was added; the text in force comes back from the draft unchanged; each
source's proposal and text come back from the draft, byte for byte; each of its words is printed in
the draft; what was received makes the same proposal again. Nothing is written.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from resamend import akn
from resamend.amendment import Proposal, apply
from resamend.conflict import find, find_regions
from resamend.consolidation import Consolidated, merge
from resamend.decision import Record, Status, replay
from resamend.dossier import atomic_files
from resamend.dossier.certificate import Certificate, Fault, LogProof, SourceProof, TextProof
from resamend.dossier.damage import Damage, first_difference, located, place_in_text, place_in_xml
from resamend.dossier.index import FILE, Index, crc32, fingerprint, is_canonical, parse, sealed
from resamend.dossier.log import FILE as LOG
from resamend.dossier.log import POSITIONS_FILE, Log, appended
from resamend.dossier.names import stem
from resamend.dossier.parsed_input import ParsedInput, ProposalInfo
from resamend.dossier.parsing import arrivals, arrive, base_of, form_like
from resamend.dossier.proposing import proposal_of
from resamend.dossier.reading import (
    DossierContent,
    language_in,
    positions,
    read_dossier,
    records,
    shelf,
)
from resamend.dossier.recovering import ReportedWords, recovered
from resamend.errors import Beyond, InputError, UsageError
from resamend.model import Language, Resolution


class _Proof(Struct):
    """Gather what is found out about one dossier; ``sound`` are the files that are what they were.

    ``mended`` holds those of which one byte was changed, as they were.
    """

    folder: Path
    index: Index
    sound: dict[str, bytes] = field(default_factory=dict)
    mended: dict[str, bytes] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    texts: list[TextProof] = field(default_factory=list)
    chain: LogProof | None = None
    unproved: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def fault(self, file: str, what: str, place: str = "") -> None:
        self.faults.append(Fault(file, place, what))

    def sound_content(self, file: str) -> bytes | None:
        """Return what a file was when it was added, where that can be told."""
        return self.sound.get(file) or self.mended.get(file)


def prove(folder: Path) -> Certificate:
    """Prove what can be proved of a dossier.

    Raises ``UsageError`` where there is no such folder.
    """
    atomic_files.refuse_no_folder(folder)
    if not (folder / FILE).is_file():
        lost = Fault(FILE, "", "it is missing: no file can be compared with what was added")
        return Certificate(subject=str(folder), sha256="", faults=(lost,))
    content = atomic_files.read(folder / FILE)
    proof = _Proof(folder, Index())
    try:
        proof.index = _index(proof, content)
    except InputError as error:
        place = "" if isinstance(error, Beyond) else _place_in_index(content)
        proof.fault(FILE, error.told, place)
    else:
        _compare_files(proof)
        log = _log(proof)
        _derive(proof, log)
    return Certificate(
        subject=str(folder),
        sha256=fingerprint(content),
        files=len(proof.index.files) + 1,
        texts=tuple(proof.texts),
        chain=proof.chain,
        faults=tuple(proof.faults),
        unproved=tuple(proof.unproved),
        notes=tuple(proof.notes),
    )


# -- the bytes ------------------------------------------------------------------------------------


def _index(proof: _Proof, content: bytes) -> Index:
    index = parse(content, FILE)
    if not is_canonical(content):
        proof.fault(FILE, "it is not spelt as resamend spells it", _place_in_index(content))
    return index


def _place_in_index(content: bytes) -> str:
    """Name the line of dossier.json that was changed, where one byte was."""
    seal = sealed(content)
    if seal is None:
        return "its last two lines"
    body, crc = seal
    rest = content[len(body) :]
    if crc32(body) == crc:
        return "its last two lines"
    damage = located(body, crc, lambda mended: _parses(mended + rest))
    return f"line {damage.line}, which was: {damage.text}" if damage else ""


def _parses(content: bytes) -> bool:
    try:
        parse(content, FILE)
    except InputError:
        return False
    return True


def _compare_files(proof: _Proof) -> None:
    """Compare each file with its sha256; say of a changed one where it was changed."""
    damages: dict[str, Damage | None] = {}
    for file, wanted in proof.index.files.items():
        path = proof.folder / file
        content = path.read_bytes() if path.is_file() else None
        if content is None:
            proof.fault(file, "it is missing")
        elif fingerprint(content) == wanted:
            proof.sound[file] = content
        elif (kept := _superseded(proof, file, content)) is not None:
            proof.sound[file] = kept
            proof.notes.append(
                f"{file} is a revision that was not added to the end; the one before it counts, "
                "and is kept in proposals/history"
            )
        else:
            damages[file] = located_damage = _damage(proof.index, file, content)
            if located_damage:
                proof.mended[file] = located_damage.mended
    for file, damage in damages.items():
        what = "it is not the file that was added"
        if damage:
            is_, was = ((proof.folder / file).read_bytes(), damage.mended)
            at = damage.offset
            what += f": byte {at} is {is_[at]:#04x} and was {was[at]:#04x}"
        proof.fault(file, what, _place(proof, file, damage))
    proof.notes += shelf(proof.folder).notes
    proof.notes += _strangers(proof)


def _strangers(proof: _Proof) -> Iterator[str]:
    """Tell of files among what was received, or replaced, that no command put there."""
    for folder in _KEPT:
        for path in sorted((proof.folder / folder).glob("*")):
            if (file := f"{folder}/{path.name}") not in proof.index.files and path.is_file():
                yield f"{file} is not in {FILE}: it was never added completely"


_KEPT = ("originals", "proposals/history")


def _superseded(proof: _Proof, file: str, content: bytes) -> bytes | None:
    """Return the proposal that counts, where a change was killed that had replaced its file.

    The next revision is then in place already, and the one that ``dossier.json`` knows is kept.
    """
    for path in sorted(filter(Path.is_file, proof.folder.glob("proposals/history/*"))):
        if fingerprint(kept := atomic_files.read(path)) == proof.index.files[file]:
            try:
                old, new = (akn.read(version, name=file).value for version in (kept, content))
            except InputError:
                return None
            if isinstance(old, Proposal) and isinstance(new, Proposal) and old.id == new.id:
                return kept if new.revision > old.revision else None
    return None


def _damage(index: Index, file: str, content: bytes) -> Damage | None:
    if file not in index.crc32:
        return None
    return located(
        content, index.crc32[file], lambda mended: fingerprint(mended) == index.files[file]
    )


def _place(proof: _Proof, file: str, damage: Damage | None) -> str:
    """Name the provision, or at least the line, where a file was changed."""
    language = _language(file)
    base = _base(proof, language) if language else None
    if damage is None:
        return _compared(proof, file, base) if base else ""
    if file.endswith(".xml") and base:
        where = place_in_xml(damage, base)
    elif file.endswith(".txt"):
        where = place_in_text(damage, _revised(damage.mended, file, language))
    else:
        return f"byte {damage.offset}"
    return f"{where}, line {damage.line}" if where else f"line {damage.line}"


def _language(file: str) -> Language | None:
    code = file.rsplit(".", 2)[-2:-1]
    return Language(code[0]) if code and code[0] in set(Language) else language_in(file)


def _base(proof: _Proof, language: Language) -> Resolution | None:
    """Return the text in force as it was, where that can be told."""
    content = proof.sound_content(f"base.{language}.xml")
    if content is None:
        return Resolution(language=language) if proof.index.new_resolution else None
    value = akn.read(content, name=f"base.{language}.xml").value
    return value if isinstance(value, Resolution) else None


def _revised(content: bytes, file: str, language: Language | None) -> Resolution:
    value = arrive(content, name=file, language=language).value
    return value if isinstance(value, Resolution) else Resolution(language=Language.EN)


def _compared(proof: _Proof, file: str, base: Resolution) -> str:
    """Name the first provision in which a changed proposal differs from what was received."""
    try:
        value = akn.read(atomic_files.read(proof.folder / file), name=file).value
        if isinstance(value, Resolution):
            return first_difference(base, value)
        if isinstance(value, Proposal):
            for _, remade in _made_anew(proof, value, base):
                return first_difference(apply(base, remade), apply(base, value))
    except InputError as error:
        return error.where.removeprefix(file).strip(", ")
    return ""


# -- what follows from them -----------------------------------------------------------------------


def _log(proof: _Proof) -> Log[Record]:
    """Read the records and positions, each by its own sha256 and that of the one before."""
    file = POSITIONS_FILE
    try:
        positions(shelf(proof.folder))
        file = LOG
        log = records(shelf(proof.folder))
    except InputError as error:
        where = error.where.rpartition(", ")[2]
        entry = "record" if file == LOG else "position"
        proof.fault(file, error.told, where.replace("line", entry) if "line" in where else "")
        return Log()
    for number, line in enumerate(appended(Log(), log.records).data.splitlines(), 1):
        if log.data.splitlines(keepends=True)[number - 1] != line + b"\n":
            proof.fault(LOG, "it is not spelt as resamend spells it", f"record {number}")
    if log.torn:
        proof.notes.append(f"{LOG}: its last line was not written to its end, and does not count")
    later = (
        len(log.records)
        - 1
        - (log.hashes.index(proof.index.decisions) if proof.index.decisions else -1)
    )
    if later:
        proof.notes.append(f"{LOG}: {FILE} does not know yet of the last {later}")
    return log


def _statuses(language: Language, draft: Consolidated, log: Log[Record]) -> Iterator[Status]:
    mine = [record for record in log.records if record.language is language]
    for replayed in replay(draft, find(draft), mine).records if mine else ():
        yield replayed.status


def _derive(proof: _Proof, log: Log[Record]) -> None:
    """Make the draft in each language, read it back, and compare what comes out with the files."""
    statuses: Counter[tuple[str, str]] = Counter()
    for language in proof.index.languages:
        wanted = [f for f in proof.index.files if language_in(f) is language]
        if all(file in proof.sound for file in wanted if "/history/" not in file):
            try:
                dossier = read_dossier(proof.folder, language)
                _derive_text(proof, dossier)
                draft = merge(dossier.base, dossier.proposals)
                statuses.update((language, status) for status in _statuses(language, draft, log))
            except InputError as error:
                file = error.where.removeprefix(str(proof.folder)).strip("/")
                proof.fault(file or f"({language})", error.told)

    if log.records:
        rows = tuple((*key, statuses[key]) for key in sorted(statuses))
        proof.chain = LogProof(records=len(log.records), head=log.head, statuses=rows)


def _derive_text(proof: _Proof, dossier: DossierContent) -> None:
    draft = merge(dossier.base, dossier.proposals)
    points = akn.point_elements(find_regions(draft), dossier.numbers or {}, draft.sources)
    content = akn.write_consolidated(draft, findings=points)
    back = akn.read(content, name="the draft").value
    assert isinstance(back, Consolidated)
    file = f"base.{dossier.language}.xml"
    if file in proof.sound and akn.write_resolution(back.base) != proof.sound[file]:
        where = first_difference(dossier.base, back.base)
        proof.fault(file, "the base text does not come back from the draft", where)
    counted = ReportedWords(back.base, akn.printed_words(content))
    files = {p.id: file for file, p in shelf(proof.folder).proposals(dossier.language)}
    proof.texts.append(
        TextProof(
            language=str(dossier.language),
            file=file if file in proof.sound else "",
            sha256=proof.index.files.get(file, ""),
            words=counted.of(dossier.base),
            draft_sha256=fingerprint(content),
            original=(original := _original_base(proof, file, dossier.base)),
            original_sha256=proof.index.files.get(original, ""),
            sources=tuple(_source(proof, files[p.id], p, back, counted) for p in dossier.proposals),
        )
    )


def _source(
    proof: _Proof, file: str, proposal: Proposal, draft: Consolidated, counted: ReportedWords
) -> SourceProof:
    """Prove that one source's proposal, text and words come back from the draft."""
    mine = apply(draft.base, proposal)
    recovery = recovered(proposal.id, draft, counted, mine)
    proof.faults += (Fault(file, fault.place, fault.what) for fault in recovery.faults)
    # How a place is named in what is written for readers may have changed since the file was.
    if recovery.proposal not in (proof.sound[file], akn.write_proposal(proposal, draft.base)):
        proof.fault(file, f"{proposal.id} does not come back from the draft as it is here")
    original = _original(proof, file, proposal, draft.base, mine)
    return replace(
        recovery.source,
        file=file,
        original=original,
        original_sha256=proof.index.files.get(original, ""),
    )


def _original_base(proof: _Proof, file: str, base: Resolution) -> str:
    """Return what was received as the text in force; empty where it came in our own form."""
    tried = ""
    for name in sorted(proof.index.files):
        content = proof.sound.get(name) if name.startswith("originals/base") else None
        if content is not None and _language(name) is base.language:
            remade = base_of(
                arrive(content, name=name, language=base.language, form=base.metadata.form)
            )
            if remade == base:
                return name
            tried = tried or first_difference(base, remade)
    if tried:
        proof.fault(file, "the base text is not what its original says", tried)
    return ""


def _original(
    proof: _Proof, file: str, proposal: Proposal, base: Resolution, mine: Resolution
) -> str:
    """Return what was received, from which the same text is made anew; empty where it is ours."""
    tried = ""
    for name, remade in _made_anew(proof, proposal, base):
        if apply(base, remade) == mine:
            return name
        tried = tried or first_difference(mine, apply(base, remade))
    if tried:
        proof.fault(file, f"{proposal.id} is not what its original says", tried)
    return ""


def _made_anew(
    proof: _Proof, proposal: Proposal, base: Resolution
) -> Iterator[tuple[str, Proposal]]:
    """Yield each file that may be the original of a proposal, and what is made of it.

    One that cannot be read any more says so in what is left unproved.
    """
    language = proposal.language
    named = re.compile(rf"originals/{re.escape(stem(proposal.id))}(?:-\d+)?\.{language}\.\w+")
    for file in sorted(filter(named.fullmatch, proof.index.files)):
        content = proof.sound_content(file)
        if not content:
            continue
        try:
            form = form_like(base)
            for way in (False, True):  # what is drawn may have been read so
                for arrival in arrivals(
                    content, name=file, language=language, form=form, redline_formatting=way
                ):
                    if arrival.id in ("", proposal.id):
                        yield file, _taken_anew(arrival, proposal, base)
        except (InputError, UsageError) as error:
            proof.unproved.append(f"that {proposal.id} is what {file} says: {error.told}")


def _taken_anew(arrival: ParsedInput, proposal: Proposal, base: Resolution) -> Proposal:
    """Make a proposal of its original; as an extract or whole, where somebody had to say which."""
    request = _request(arrival, proposal)
    if arrival.drawn:  # taken all the same, its words were said to be its text
        request = replace(request, reading="whole")
    try:
        return proposal_of(arrival, base, request)
    except InputError:
        readings = (replace(request, reading=reading) for reading in ("extract", "whole"))
        tried = [proposal_of(arrival, base, reading) for reading in readings]
        return next((proposed for proposed in tried if proposed == proposal), tried[0])


def _request(arrival: ParsedInput, proposal: Proposal) -> ProposalInfo:
    """Say of an original what was said of it when it was added."""
    return ProposalInfo(
        id="" if isinstance(arrival.value, Proposal) else proposal.id,
        proponents=tuple(who.code for who in proposal.proponents),
        revision=proposal.revision,
        date=proposal.date,
        illustrative=proposal.illustrative,
        reading=proposal.reading,
        by=proposal.reading_by,
    )
