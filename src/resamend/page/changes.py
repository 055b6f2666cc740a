"""Say in one line what an uncontested change does, in a delegate's words."""

from __future__ import annotations

from collections.abc import Callable

from resamend.amendment import place
from resamend.conflict import Option, OptionKind, Region
from resamend.escaping import visible
from resamend.matching import ProvisionIndex, index_of
from resamend.model import NOTE, OBJECT, Language, Resolution
from resamend.page.vocabulary import Phrases
from resamend.words import is_edge, shortened

_MARKS = {"footnote": NOTE, "split": "¶", "join": "…"}


def asked(
    say: Phrases,
    region: Region,
    base: Resolution,
    *,
    option: Option | None = None,
    most: int | None = None,
) -> str:
    """Say what a change of a base does, or one ``option`` of several.

    Texts are quoted up to ``most`` code points, whole without it.
    """
    option = option or next(iter(region.options), None)
    if option is None:
        return say("renumbered")
    if option.deed is OptionKind.KEEP:
        return say("keep")
    old, text = parted(region.base.replace(OBJECT, NOTE), _marked(option), most)
    old, text = (_quoted(say, words, most, base.language) for words in (old, text))
    alone = "" if old else _alone(say, region, option, base)
    if alone:
        return alone
    if option.deed in (OptionKind.MOVE, OptionKind.JOIN):
        key = f"move_{option.way}" if option.deed is OptionKind.MOVE else "join_to"
        where = say.theirs(visible(option.place), base.language)
        return say(key, place=where or say("the_resolution"))
    if option.deed in (OptionKind.SUPPRESS, OptionKind.ADD):
        is_gone = option.deed is OptionKind.SUPPRESS
        return f"{say.sign('SUP')} {old}" if is_gone else f"{say.sign('ADD')} {text}"
    about = say.aside(say("all_or_any")) if region.conjunction else ""
    if old and text:
        return say.becomes(old, text) + about
    return (say("delete", text=old) if old else say("insert", text=text)) + about


def kinds_said(say: Phrases, region: Region) -> str:
    """Return the kinds of a point, each once, and whether it is about all of a list or any (R9)."""
    kinds = say.series(dict.fromkeys(say(kind) for kind in region.kinds))
    return kinds + (say.aside(say("all_or_any")) if region.conjunction else "")


def noted(say: Phrases, region: Region, text_of: Callable[[str], str]) -> str:
    """Return, in brackets, the footnotes that an uncontested change puts in; mostly nothing.

    ``text_of`` gives the text of a footnote that is added, by its id; nothing for another.
    """
    marks = (mark for option in region.options[:1] for word in option.words for mark in word.marks)
    texts = [text_of(mark.value) for mark in marks if mark.kind == "footnote"]
    return say.aside(say.series(f"{NOTE}: {visible(text)}" for text in texts if text))


def _alone(say: Phrases, region: Region, option: Option, base: Resolution) -> str:
    """Say what an option does that has no words, but only divides a paragraph or joins another."""
    marks = [mark for word in option.words for mark in word.marks]
    words = "".join(word.text for word in option.words).replace(OBJECT, "").strip()
    kinds = {mark.kind for mark in marks}
    if words or "footnote" in kinds:
        return ""
    index = index_of(base)
    if "split" in kinds:
        label = next(mark.value for mark in marks if mark.kind == "split")
        begins = _beginning(say, region, label, index)
        return say("divide_at", text=begins) if begins else say("divide")
    joined = [place(index, index.at[mark.value]) for mark in marks if mark.kind == "join"]
    return say("take_in", place=visible(say.listed(tuple(joined)))) if joined else ""


_BEGINNING = 40
"""Code points by which a paragraph that is split off is known."""


def _beginning(say: Phrases, region: Region, label: str, index: ProvisionIndex) -> str:
    """Quote how what is split off begins, with its label; nothing where two gaps are meant."""
    if region.lo != region.hi or region.target not in index.at:
        return ""
    rest = index.words(index.at[region.target])[region.lo // 2 :]
    text = "".join(word.text for word in rest).replace(OBJECT, NOTE).strip()
    language = index.resolution.language
    return _quoted(say, f"{label} {text}", _BEGINNING, language) if text else ""


_LEAD = 20
"""Code points of what two texts share that are quoted before they part."""


def parted(old: str, new: str, most: int | None) -> tuple[str, str]:
    """Return two texts to be cut to ``most`` code points, from a little before where they differ.

    Texts of which the beginnings that are quoted differ, or that are whole, stay as they are.

    >>> parted("that the group shall meet every year", "that the group shall meet twice", 25)
    ('…shall meet every year', '…shall meet twice')
    """
    if most is None or max(len(old), len(new)) <= most:
        return old, new
    pairs = enumerate(zip(old, new, strict=False))
    shared = next((at for at, (one, other) in pairs if one != other), min(len(old), len(new)))
    if shared <= most - _LEAD:
        return old, new
    edges = range(max(shared - _LEAD // 2, 0), 0, -1)
    start = next((at for at in edges if is_edge(old, at)), 0)
    start += old[start : start + 1] == " "
    return (f"…{old[start:]}", f"…{new[start:]}") if start else (old, new)


def _quoted(say: Phrases, text: str, most: int | None, language: Language) -> str:
    flat = visible(" ".join(text.split()))
    if not flat:
        return ""
    shown = flat if most is None else shortened(flat, most)
    return say.quoted(say.theirs(shown, language))


def _marked(option: Option) -> str:
    """Return an option's text, with a sign where it puts a footnote, divides or joins."""
    if not any(mark.kind in _MARKS for word in option.words for mark in word.marks):
        return option.text
    signs = []
    for word in option.words:
        kind = next((mark.kind for mark in word.marks if mark.kind in _MARKS), "")
        signs.append(word.text.replace(OBJECT, _MARKS[kind]) if kind else word.text)
    return "".join(signs)
