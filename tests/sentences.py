"""Draw drafts of sentences with figures, dates, modals and citations, in six languages.

A sentence is a row of slots, each with what may stand there; the first stands in force. Sources
change several slots of one sentence, strike items and sections around them, and move items away.
"""

from __future__ import annotations

from hypothesis import strategies as st
from msgspec import Struct

from resamend.amendment import NoChange, Proposal
from resamend.model import Language, Resolution
from tests.build import proposal, resolution

SLOTS: dict[Language, tuple[tuple[str, ...], ...]] = {
    Language.EN: (
        ("to grant", "to give"), ("at least 40", "at least 60", "up to 40"), ("fellowships",),
        ("which", "that"), ("may", "may not", "shall"), ("be prolonged", "be ended"), (",", ""),
        ("by resolution 78/63 of 4 December 2023", "by resolution 78/64 of 4 December 2023"),
        ("until 7 March 2027", "until 8 March 2027", "until 7 April 2028"), ("in Bonn", "in Lima"),
        ("reporting annually to the Council", "reporting every two years to the Council",
         "reporting to the Council on an annual basis"),
        ("with centres for training in each region", "with offices of information for the region",
         "with centres of information in districts"),
    ),
    Language.FR: (
        ("accorder", "donner"), ("au moins 40", "au moins 60", "plus de 40"), ("bourses",),
        ("qui",), ("ne doivent pas", "ne peuvent pas", "doivent"), ("cesser", "continuer"),
        ("le 7 mars 2027", "le 8 mars 2027", "le 7 avril 2027"), ("à Bonn", "à Lima"),
    ),
    Language.ES: (
        ("conceder", "dar"), ("al menos 40", "al menos 60", "más de 40"), ("becas",), ("que",),
        ("no deberán", "no podrán", "deberán"), ("terminar", "seguir"),
        ("el 7 de marzo de 2027", "el 7 de abril de 2027"), ("en Bonn", "en Lima"),
    ),
    Language.RU: (
        ("выделить", "дать"), ("не менее 40", "не менее 60", "не более 40"), ("стипендий",),
        ("которые",), ("не следует", "следует"), ("прекращать", "продлевать"),
        ("7 марта 2027 года", "8 марта 2027 года"), ("в Бонне", "в Лиме"),
    ),
    Language.ZH: (
        ("提供", "给予"), ("至少40", "至少60", "不超过40"), ("项",), ("不得", "可以"),
        ("中止", "延长"),
        ("2027年3月7日", "2027年4月7日"), ("在波恩", "在利马"),
    ),
    Language.AR: (
        ("أن تمنح", "أن تعطي"), ("ما لا يقل عن 40", "ما لا يقل عن 60"), ("منحة",),
        ("لا يجوز", "لا ينبغي", "يجوز"), ("إلغاؤها", "تمديدها"),
        ("في 7 مارس 2027", "في 8 مارس 2027"), ("في بون", "في ليما"),
    ),
}  # fmt: skip
ITEMS = 4
SOURCES = ("AAA", "BBB", "CCC", "DDD")


class Questioned(Struct, frozen=True, kw_only=True):
    """Hold a base, its proposals, and the id of a provision that the last one may strike."""

    base: Resolution
    proposals: tuple[Proposal, ...]
    lines: dict[str, tuple[str, ...]]

    def __repr__(self) -> str:
        return "\n".join(["", *(f"{who}: {' | '.join(said)}" for who, said in self.lines.items())])


@st.composite
def questioned(draw: st.DrawFn, *, moves: bool = True) -> Questioned:
    """Draw a base of two lists of sentences, and two to four proposals for it."""
    language = draw(st.sampled_from(list(Language)))
    slots = SLOTS[language]
    plain = [0] * len(slots)
    said = [_sentence(language, plain, n) for n in range(ITEMS)]
    base_lines = _lines(said, (), frozenset(), None)
    base = resolution(*base_lines, language=language)
    lines = {"base": base_lines}
    proposals = []
    for who in SOURCES[: draw(st.integers(2, 4))]:
        texts = []
        for n in range(ITEMS):
            changed = draw(st.booleans()) and n < 3
            row = [
                draw(st.sampled_from([0, *range(len(choice))])) if changed else 0
                for choice in slots
            ]
            texts.append(_sentence(language, row, n))
        struck = draw(st.frozensets(st.integers(0, ITEMS - 1), max_size=1))
        section = draw(st.sampled_from([(), (), (0,), (1,)]))
        move = draw(st.sampled_from([None, None, 1, 2])) if moves else None
        lines[who] = _lines(texts, section, struck, move)
        keeps = (NoChange("dvs_1", emphasised=True),) if draw(st.integers(0, 7)) == 7 else ()
        proposals.append(proposal(base, who, *lines[who], keeps=keeps))
    return Questioned(base=base, proposals=tuple(proposals), lines=lines)


@st.composite
def shared_sentence(draw: st.DrawFn) -> Questioned:
    """Draw a base in one sentence of which each slot is changed by nobody, by one or by two."""
    language = draw(st.sampled_from(list(Language)))
    slots = SLOTS[language]
    rows = {who: [0] * len(slots) for who in SOURCES}
    for at, choice in enumerate(slots):
        for who in draw(st.lists(st.sampled_from(SOURCES), max_size=2, unique=True)):
            rows[who][at] = draw(st.integers(0, len(choice) - 1))
    others = [_sentence(language, [0] * len(slots), n) for n in range(1, ITEMS)]
    plain = [_sentence(language, [0] * len(slots), 0), *others]
    lines = {"base": _lines(plain, (), frozenset(), None)}
    for who, row in rows.items():
        said = [_sentence(language, row, 0), *others]
        lines[who] = _lines(said, (), frozenset(), None)
    base = resolution(*lines["base"], language=language)
    proposals = tuple(proposal(base, who, *lines[who]) for who in SOURCES)
    return Questioned(base=base, proposals=proposals, lines=lines)


def _sentence(language: Language, row: list[int], number: int) -> str:
    """Write a sentence, the items told apart by their ends."""
    slots = [choice[at] for choice, at in zip(SLOTS[language], row, strict=True)]
    ends = ("rivers", "mountains", "harbours", "libraries")
    between = "" if language is Language.ZH else " "
    return between.join(filter(None, slots)).replace(" ,", ",") + f" ({ends[number]});"


def _lines(
    texts: list[str], sections: tuple[int, ...], struck: frozenset[int], move: int | None
) -> tuple[str, ...]:
    """Lay sentences out in two lists, without what is struck; one may move to the other list."""
    lists: list[list[str]] = [[], []]
    for n, text in enumerate(texts):
        if n not in struck and n != move:
            lists[n // 2].append(text)
    if move is not None and move not in struck:
        lists[1 - move // 2].append(texts[move])
    lines = []
    for at, heading in enumerate(("considering", "resolves")):
        if at not in sections:
            lines += [heading, *(f"{k} {text}" for k, text in enumerate(lists[at], 1))]
    return tuple(lines)
