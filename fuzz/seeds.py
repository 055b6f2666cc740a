"""The first inputs of each target: small, and together of every form that is read.

``python -m fuzz.seeds`` writes them to fuzz/corpus, where what was found later is kept too.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from msgspec.structs import replace

from resamend import akn
from resamend.amendment import NoChange, Proposal
from resamend.conflict import find
from resamend.consolidation import Consolidated, merge, project
from resamend.dossier.index import Index, crc32, fingerprint, spell
from resamend.dossier.parsing import arrive
from resamend.dossier.proposing import proposal_of
from resamend.model import Language, Resolution

CORPUS = Path(__file__).parent / "corpus"
BASE = """\
RESOLUTION 7 (REV. BUSAN, 2014)
Meetings of the group
The Conference (Busan, 2014),

recalling
a)\tResolution 73;
b)\tResolution 1334,

resolves
1\tthat the group shall meet every year in Geneva;
2\tthat its report shall be sent to the Council:
•\tin *full*;
•\tin English,

instructs the Secretary-General
1\tto help the group;
2\tto publish its report.
"""
RUS = "MOD\tRUS/62/1\n" + BASE.replace("every year", "twice a year").replace("1334,", "1332,")
CHN = (
    "MOD\tCHN/63/1\n"
    + BASE.replace("every year in Geneva", "each spring").replace(
        "2\tto publish its report.", "2\tto publish its report;\n3\tto invite all."
    )
    + "NOC resolves 2\nReasons: It is so.\n"
)
SUPPRESS = "SUP\tUSA/65/1\nReasons: It has met.\n"


@cache
def base() -> Resolution:
    """Return the text in force that the proposals here were made for."""
    value = arrive(BASE.encode(), name="base.en.txt").value
    assert isinstance(value, Resolution)
    return value


@cache
def contested() -> Consolidated:
    """Return a draft with an outstanding point."""
    texts = (arrive(text.encode(), name="x.en.txt") for text in (RUS, CHN))
    return merge(base(), [proposal_of(each, base()) for each in texts])


def _records() -> bytes:
    """Return a log of three records about it."""
    from resamend.decision import DecisionKind, DecisionRequest, record
    from resamend.dossier.log import Log, appended

    draft = contested()
    findings = find(draft)
    region = findings.outstanding[0]
    wishes = (
        DecisionRequest(act=DecisionKind.TAKE, by="x", at="2018-10-05T10:00:00Z", names=("RUS",)),
        DecisionRequest(
            act=DecisionKind.TEXT, by="x", at="2018-10-05T11:00:00Z", text=" each May", reason="Why"
        ),
        DecisionRequest(act=DecisionKind.BRACKET, by="x", at="2018-10-05T12:00:00Z"),
    )
    made = [record(draft, findings, region, wish, number=n) for n, wish in enumerate(wishes, 1)]
    return appended(Log(), tuple(made)).data


def seeds() -> dict[str, dict[str, bytes]]:
    """Return the first inputs of each target, by name."""
    texts = {"base": BASE, "rus": RUS, "chn": CHN, "sup": SUPPRESS}
    proposals = [
        proposal_of(arrive(text.encode(), name="x.en.txt"), base()) for text in (RUS, CHN, SUPPRESS)
    ]
    merged = merge(base(), proposals)
    points = akn.point_elements(find(merged), {}, merged.sources)
    drafts = {
        "two": akn.write_consolidated(merge(base(), proposals[:2])),
        "three": akn.write_consolidated(merged, findings=points),
    }
    written = {p.id.replace("/", "-"): akn.write_proposal(p, base()) for p in proposals}
    resolution = akn.write_resolution(base())
    revised = akn.write_resolution(project(merged, "CHN/63/1"))
    index = Index(
        languages=(Language.EN,),
        files={"base.en.xml": fingerprint(resolution)},
        crc32={"base.en.xml": crc32(resolution)},
        colours={"RUS/62/1": 0},
        points={Language.EN: {"19d5677311ee6fa0": 1}},
    )
    words = _word_files()
    return {
        "text": {name: text.encode() for name, text in texts.items()},
        "xml": {"base": resolution, "revised": revised, **drafts, **written},
        "proposal": {**written, "marked": akn.write_proposal(_marked(), base())},
        "draft": drafts,
        "index": {"one": spell(index), "list": b'[1, 2.5e3, "\\u00e9", null, {"a": [true]}]'},
        "decisions": {"three": _records()},
        "docx": words,
        "archive": words,
    }


def _marked() -> Proposal:
    """Return a proposal with a mark, a move, a label and what is to be kept."""
    text = BASE.replace("every year", "*every year*").replace("1\tto help the group;\n2", "1")
    revised = arrive(f"MOD\tJPN/66/1\n{text}3\tto rest:\na)\tR&D;\n".encode(), name="x.en.txt")
    kept = NoChange("dvs_1__para_2", emphasised=True, reasons="Why?")
    return replace(proposal_of(revised, base()), keeps=(kept,))


def _word_files() -> dict[str, bytes]:
    """Return Word documents written by hand, with and without tracked changes."""
    from tests import wordfiles

    old, new = BASE, CHN.partition("\n")[2].partition("NOC")[0]
    return {"plain": wordfiles.document(old), "tracked": wordfiles.tracked(old, new)}


def main() -> None:
    """Write the corpus."""
    for target, inputs in seeds().items():
        folder = CORPUS / target
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in inputs.items():
            (folder / name).write_bytes(data)


if __name__ == "__main__":
    main()
