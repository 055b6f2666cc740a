"""Change a dossier: make it, add proposals, withdraw them. All of a command, or nothing."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePath

from msgspec.structs import replace

from resamend import akn
from resamend.amendment import Proposal, apply, check, proponents
from resamend.dossier import atomic_files
from resamend.dossier.index import FILE, Index, fingerprint
from resamend.dossier.names import checked_name, file_of, stem
from resamend.dossier.parsed_input import ParsedInput, ProposalInfo, Upload
from resamend.dossier.parsing import arrivals, arrive, base_of, chosen, described, form_like
from resamend.dossier.proposing import of_this_text, proposal_and_queries
from resamend.dossier.reading import DossierFiles, is_dossier, refuse_foreign
from resamend.dossier.transactions import Stored, Transaction, keep, own_form, transaction, written
from resamend.errors import AmbiguousName, Contradiction, Invalid, UsageError
from resamend.model import Language, Metadata, Proponent, Resolution


def new(
    folder: Path,
    bases: Sequence[Upload],
    metadata: Metadata | None = None,
    document: Mapping[str, str] | None = None,
) -> tuple[str, ...]:
    """Make a dossier with a text in force in some languages; without one, for a new resolution.

    ``document`` is what the published document says of itself. Returns what to tell the reader.
    Raises ``Contradiction`` where there is a dossier already.
    """
    work = Transaction(
        DossierFiles(folder=folder, index=None, files=()),
        Index(new_resolution=not bases, document=document or {}),
    )
    for received in bases:
        take_base(work, received, metadata or Metadata())
    write_new(work)
    return tuple(work.notes)


def write_new(work: Transaction) -> None:
    """Write a dossier where there is none yet, whole: a folder that is new appears with all of it.

    Raises ``Contradiction`` where there is a dossier already, or around it.
    """
    folder = work.folder
    _refuse_nested(folder)
    if folder.exists():
        _write_into(work)
        return
    making = folder.parent / f".resamend-new-{folder.name}"
    shutil.rmtree(making, ignore_errors=True)  # what a kill left
    work.shelf = replace(work.shelf, folder=making)
    try:
        making.mkdir(parents=True)
        _write_into(work)
        making.rename(folder)
    except BaseException:
        shutil.rmtree(making, ignore_errors=True)
        raise
    work.shelf = replace(work.shelf, folder=folder)


def _write_into(work: Transaction) -> None:
    folder = work.folder
    with atomic_files.locked(folder):
        if is_dossier(folder):
            raise Contradiction(
                "there is a dossier here already",
                where=str(folder),
                advice="Open it, and add proposals to it.",
                code="dossier-exists",
            )
        refuse_foreign(folder)
        atomic_files.commit([*written(work), *_line_ends(folder)])


def _refuse_nested(folder: Path) -> None:
    """Refuse a dossier in another one, or around one: each file belongs to one dossier."""
    above = [path for path in folder.absolute().parents if (path / FILE).is_file()]
    inside = [path.parent for path in folder.glob("**/" + FILE) if path.parent != folder]
    for other in (*above, *inside):
        raise Contradiction(
            f"a dossier cannot be inside another one: {other} is one",
            where=str(folder),
            advice="Make it in a folder of its own, beside the other.",
        )


def _line_ends(folder: Path) -> Iterator[atomic_files.FileChange]:
    """Yield what keeps git from changing the lines of a dossier, unless something is said there.

    How git compares texts as people read them stands there as a remark: it needs a setting that no
    file can make.
    """
    attributes = folder / ".gitattributes"
    if not attributes.exists():
        yield atomic_files.FileChange(attributes, _ATTRIBUTES)


_ATTRIBUTES = b"""\
* -text
# To have git compare these texts as people read them, take the # away from the next line, once:
#   git config diff.resamend.textconv "resamend print"
# *.xml diff=resamend
"""


def add(
    folder: Path,
    received: Iterable[Upload],
    *,
    language: Language | None = None,
    request: ProposalInfo | None = None,
    redline_formatting: bool = False,
) -> tuple[str, ...]:
    """Add proposals to a dossier; a later revision of one replaces it.

    Returns what to tell the reader. Raises ``NotApplicable`` for one made for another text and
    ``Contradiction`` for one that is already there with other words.
    """
    with transaction(folder) as work:
        # With a text in force in one language only, a file that does not say its own is in that.
        usual = next(iter(work.bases)) if len(work.bases) == 1 else None
        for upload in received:
            form = next((form_like(base) for base in work.bases.values()), "")
            parsed = arrivals(
                upload.data,
                name=upload.name,
                language=language,
                usual=usual,
                redline_formatting=redline_formatting,
                form=form,
            )
            parsed = chosen(parsed, request)
            about, others = of_this_text(parsed, _base(work, parsed[0]))
            work.notes += [f"{upload.name}: {other}" for other in others]
            for arrival in about:
                _take(work, upload, arrival, request or ProposalInfo())
    return tuple(work.notes)


def join(folder: Path, source: str, states: Iterable[str], day: str = "") -> tuple[str, ...]:
    """Let states or bodies join a proposal as co-sponsors, in all its languages, on a day.

    What it asks for, its points and its records stay. Returns what to tell the reader. Raises
    ``UsageError``.
    """
    with transaction(folder) as work:
        id = _source(work, source)
        versions = {key: work.stored[key] for key in work.stored if key[0] == id}
        behind = _behind(versions)
        codes = tuple(dict.fromkeys(map(checked_name, states)))
        new = [code for code in codes if code not in behind]
        work.notes += [f"{code} is a proponent of {id} already" for code in codes if code in behind]
        if new:
            _hand_over(work, versions, (*behind, *new), day)
            all_of_them = ", ".join(sorted((*behind, *new)))
            work.notes.append(f"{id} is joined by {', '.join(new)}: it is of {all_of_them} now")
    return tuple(work.notes)


def withdraw(
    folder: Path,
    source: str,
    *,
    state: str = "",
    last_may_leave: bool = False,
    taken_over_by: str = "",
    day: str = "",
) -> tuple[str, ...]:
    """Withdraw a proposal in all its languages; it is kept in ``proposals/history``.

    ``source`` is its id, or a proponent with just one; with a ``state`` only that one leaves it. A
    proponent who has others beside it leaves the proposal to them; the last of several leaves only
    if ``last_may_leave``. ``taken_over_by`` names a state that stands behind it from now on,
    instead of those who leave: its edits, and so its points and records, stay. It is done on a
    ``day``. Returns what to tell the reader. Raises ``UsageError``.
    """
    with transaction(folder) as work:
        id = _source(work, source)
        versions = {key: work.stored[key] for key in work.stored if key[0] == id}
        leaves = [
            who for who in _behind(versions) if (who == state if state else source in (id, who))
        ]
        if state and not leaves:
            raise UsageError(f"{state} is no proponent of {id}")
        stay = tuple(who for who in _behind(versions) if who not in leaves)
        new = (*stay, checked_name(taken_over_by)) if taken_over_by else stay
        if new:
            _hand_over(work, versions, new, day)
            parting = f"{', '.join(leaves)} withdraws from {id}"
            work.notes.append(f"{parting}; it stays to {', '.join(sorted(new))}")
            return tuple(work.notes)
        if (state or source) != id and len(proponents(id)) > 1 and not last_may_leave:
            raise UsageError(
                f"{state or source} is the last proponent of {id}: the proposal would be withdrawn",
                advice="Give `yes=True`, or name who takes it over with `taken_over_by=`.",
            )
        for key, stored in versions.items():
            del work.stored[key]
            _retire(work, stored, leaving=_behind(versions), day=day)
            work.gone.append(stored.file)
            work.notes.append(f"{id} ({key[1]}) is withdrawn, and kept in proposals/history")
    return tuple(work.notes)


def _behind(versions: Mapping[tuple[str, Language], Stored]) -> tuple[str, ...]:
    """Return the proponents of a proposal, in whichever language they are named."""
    codes = (who.code for stored in versions.values() for who in stored.proposal.proponents)
    return tuple(dict.fromkeys(codes))


def _hand_over(
    work: Transaction,
    versions: Mapping[tuple[str, Language], Stored],
    codes: Iterable[str],
    day: str,
) -> None:
    """Leave a proposal to others: what it asks for stays as it is.

    Who joins does so on a day, and who leaves is kept with the day in the history.
    """
    new = set(codes)
    for key, stored in versions.items():
        there = {who.code: who for who in stored.proposal.proponents}
        _retire(work, stored, leaving=[code for code in there if code not in new], day=day)
        behind = sorted(there.get(code, Proponent(code, joined=day)) for code in new)
        proposal = replace(stored.proposal, proponents=tuple(behind))
        work.stored[key] = Stored(stored.file, proposal)
        work.fresh[stored.file] = own_form(work, proposal)


def _source(work: Transaction, name: str) -> str:
    proposals = {id: stored.proposal for (id, _), stored in work.stored.items()}
    if name in proposals:
        return name
    matches = sorted(
        id for id, p in proposals.items() if name in {who.code for who in p.proponents}
    )
    if len(matches) > 1:
        raise AmbiguousName(
            f"{name} has several proposals: {', '.join(matches)}.",
            advice="Name one of them.",
        )
    if not matches:
        raise UsageError(
            f"there is no proposal {name!r}.",
            advice=f"The proposals are: {', '.join(sorted(proposals)) or 'none'}.",
        )
    return matches[0]


# -- taking in ------------------------------------------------------------------------------------


def take_base(
    work: Transaction, received: Upload, metadata: Metadata, usual: Language | None = None
) -> Resolution:
    """Take a text in force in; it is in the ``usual`` language unless it says so itself."""
    arrival = arrive(received.data, name=received.name, usual=usual)
    base = described(base_of(arrival), metadata)
    if base.language in work.bases:
        raise Contradiction(f"two base texts are given in {base.language}", where=received.name)
    work.bases[base.language] = base
    work.notes += _named(arrival)
    work.fresh[f"base.{base.language}.xml"] = content = akn.write_resolution(base)
    _keep_original(work, "base", base.language, received, content)
    return base


def _named(arrival: ParsedInput) -> Iterator[str]:
    """Yield what to tell of a file, with its name where it has one; bytes have none."""
    for message in arrival.told:
        yield f"{arrival.name}: {message}" if arrival.name else message


def _take(work: Transaction, received: Upload, arrival: ParsedInput, request: ProposalInfo) -> None:
    """Take a proposal in, unless it is already there."""
    base = _base(work, arrival)
    proposal, queries = proposal_and_queries(arrival, base, request)
    unasked = isinstance(arrival.value, Resolution) and not (proposal.edits or proposal.keeps)
    if unasked and not (arrival.id or arrival.symbol or proposal.reasons):
        raise Invalid(
            "this is the text in force itself, and no proposal",
            where=arrival.name,
            advice="Give the text that is proposed; to ask that the text in force be kept, write "
            f"'NOC {proposal.id}' in the first line.",
        )
    check(base, proposal)
    work.notes += _named(arrival)
    work.notes += queries
    prior = work.stored.get((proposal.id, proposal.language))
    # Handing in twice is no fault, and no revision.
    if prior and prior.proposal == proposal:
        work.notes.append(f"{proposal.id} ({proposal.language}) is already there")
        return
    if prior:
        proposal = _of_the_same(work, prior, proposal, request)
        _replace(work, prior, proposal, received.name)
    else:
        work.notes += _beside(work, proposal)
    _store(work, proposal, prior, received)


def _of_the_same(
    work: Transaction, prior: Stored, proposal: Proposal, request: ProposalInfo
) -> Proposal:
    """Return a revision with those who stand behind the proposal now, unless others are named.

    Its symbol still names who left, and does not name who joined.
    """
    now, named = prior.proposal.proponents, proposal.proponents
    if request.proponents or {who.code for who in now} == {who.code for who in named}:
        return proposal
    codes = ", ".join(who.code for who in now)
    work.notes.append(
        f"{proposal.id} stays with those who stand behind it now: {codes}; for others, give "
        "`proponents=`"
    )
    return replace(proposal, proponents=now)


def _beside(work: Transaction, proposal: Proposal) -> Iterator[str]:
    """Say that somebody has another proposal already: it may be meant to be replaced."""
    codes = {who.code for who in proposal.proponents}
    others: dict[str, list[str]] = {}
    for id, language in work.stored:
        if id != proposal.id and language is proposal.language:
            for who in work.stored[id, language].proposal.proponents:
                if who.code in codes:
                    others.setdefault(id, []).append(who.code)
    for id, shared in others.items():
        names = ", ".join(shared[:3]) + (", …" if shared[3:] else "")
        yield (
            f"{proposal.id} is a further proposal of {names}, beside {id}; if it is a revision of "
            f"that, withdraw it and add it with `id={id}` and `revision=`"
        )


def _base(work: Transaction, arrival: ParsedInput) -> Resolution:
    base = work.bases.get(arrival.language)
    if base is None and work.index.new_resolution:
        base = work.bases[arrival.language] = Resolution(language=arrival.language)
    if base is None:
        raise Invalid(
            f"the dossier has no base text in {arrival.language}",
            where=arrival.name,
            advice=f"It has one in {', '.join(work.bases)}.",
        )
    return base


def _replace(work: Transaction, prior: Stored, proposal: Proposal, where: str) -> None:
    """Keep an earlier revision in the history; refuse two texts of one revision."""
    old = prior.proposal
    if proposal.revision <= old.revision:
        sums = [fingerprint(own_form(work, version))[:12] for version in (old, proposal)]
        base = work.bases[old.language]
        alike = apply(base, old) == apply(base, proposal)
        what = "the same words, but another date, reasons or marks" if alike else "other words"
        raise Contradiction(
            f"{old.id} is already there with {what}: revision {old.revision} "
            f"(sha256 {sums[0]}…), and now revision {proposal.revision} (sha256 {sums[1]}…)",
            where=where,
            advice=f"If it is a new revision, give `revision={old.revision + 1}`.",
        )
    _retire(work, prior)
    work.notes.append(
        f"revision {proposal.revision} of {old.id} ({old.language}) replaces "
        f"revision {old.revision}, which is kept in proposals/history"
    )


def _store(work: Transaction, proposal: Proposal, prior: Stored | None, received: Upload) -> None:
    file = prior.file if prior else _free(work, proposal)
    work.stored[proposal.id, proposal.language] = Stored(file, proposal)
    work.fresh[file] = content = own_form(work, proposal)
    work.notes.append(f"{proposal.id} ({proposal.language}) is added")
    _keep_original(work, stem(proposal.id), proposal.language, received, content)


def _free(work: Transaction, proposal: Proposal) -> str:
    taken = (PurePath(stored.file).name for stored in work.stored.values())
    return f"proposals/{file_of(proposal.id, proposal.language, taken)}"


def _keep_original(
    work: Transaction, beginning: str, language: Language, received: Upload, ours: bytes
) -> None:
    """Keep what was received, byte for byte, unless it is what we write."""
    if received.data != ours:
        ending = PurePath(received.name).suffix.lower()
        suffix = ending if ending in (".xml", ".txt", ".docx", ".odt") else ".txt"
        keep(work, f"originals/{beginning}", f"{language}{suffix}", received.data)


def _retire(
    work: Transaction, stored: Stored, leaving: Collection[str] = (), day: str = ""
) -> None:
    """Keep a proposal that no longer counts, with the day on which some of those behind it left."""
    proposal = stored.proposal
    content = work.shelf.content(stored.file)
    if leaving and day:
        behind = [replace(w, left=day) if w.code in leaving else w for w in proposal.proponents]
        content = own_form(work, replace(proposal, proponents=tuple(behind)))
    name = f"proposals/history/{stem(proposal.id)}.r{proposal.revision}"
    keep(work, name, f"{proposal.language}.xml", content)
