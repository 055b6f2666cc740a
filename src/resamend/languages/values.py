"""What a language's file holds, one value a section; docs/languages.md says what each key is.

Every key has to be there, and no other may be. A language that has nothing for a whole section
leaves it out and says why under ``[lacks]``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from msgspec import Meta, Struct


class LanguageHeader(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Hold what stands before the first section, and ``lacks``: each section left out, and why.

    ``script`` is a range of letters that, among the languages known, only this one writes; empty
    where there is none. ``letters`` are those that count ``a) b)`` in lists, where not Latin.
    ``spellings`` are characters that only typing tells from others: each stands before those that
    it is compared as, or alone where it counts for nothing. They hold in every language.
    """

    name: str
    iso3: str
    rank: int
    direction: str
    locale: str
    script: str
    spaced: bool
    letters: str
    suffixes: tuple[str, ...]
    conjunctions: tuple[str, ...]
    spellings: tuple[Annotated[str, Meta(pattern=r"^\S( \S+)?$")], ...]
    lacks: Mapping[str, str]


class Headings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Hold the words by which a plain text shows its parts.

    ``qualifiers`` stand beside a heading ("further"); ``announced`` are regular expressions for
    an annex that a text speaks of as its own, with its ``number`` as a group.
    """

    preambular: tuple[str, ...]
    operative: tuple[str, ...]
    qualifiers: tuple[str, ...]
    reasons: tuple[str, ...]
    resolution: tuple[str, ...]
    enacting: tuple[str, ...]
    annex: tuple[str, ...]
    announced: tuple[str, ...]


class Places(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Hold what is called by its kind, because it has neither heading nor label."""

    number: str
    title: str
    enacting: str
    resolution: str
    footnote: str
    table: str
    row: str
    cell: str


class PlaceNames(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Hold the words of the names of places: ``annex section A`` is *annexe section A*.

    ``pp`` and ``op`` are what people say for a preambular and an operative paragraph, before its
    number. ``runs_on`` are words with which a heading goes on into its sentence ("instructs the
    Secretary-General *to* …").
    """

    number: str
    title: str
    formula: str
    front: str
    end: str
    section: str
    heading: str
    annex: str
    schedule: str
    part: str
    chapter: str
    article: str
    clause: str
    recital: str
    citation: str
    table: str
    row: str
    column: str
    footnote: str
    bullet: str
    placeholder: str
    pp: tuple[str, ...]
    op: tuple[str, ...]
    runs_on: tuple[str, ...]


class FormWords(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Hold the words by which the parts and the kinds of texts are recognised; "" for none.

    Each is the alternatives of a regular expression, in any case. The first eight head a part with
    a number ("Chapter II"); where ``before`` is not empty it stands before the number, and the
    word behind it (第三章). ``first`` stands for the number 1; ``draft`` begins what is one.
    ``act``, ``union`` and ``adopted`` are those of acts of the European Union, ``enacted`` and
    ``long_title`` of bills, ``options`` and ``parties`` of negotiating texts. ``motion`` is the
    first line of one, ``movers`` the line that says whose it is, ``reasons`` the head of its
    reasons, ``recital`` a paragraph of its preamble, ``resolved`` one of its demands. ``numbered``
    is a number line, ``untitled`` a line over an enacting clause that is no title, ``body`` what
    such a clause begins with. ``done`` closes a treaty, ``whereas`` heads recitals; ``table`` and
    ``note`` begin captions and notes. ``option`` and a number head one of several wordings of a
    paragraph, ``alternative`` beside it a further one; ``entry`` is the head of a note to a term.
    Capitals count in a note, an option and an alternative.
    """

    annex: str
    schedule: str
    part: str
    title: str
    chapter: str
    section: str
    article: str
    clause: str
    before: str
    first: str
    draft: str
    act: str
    union: str
    adopted: str
    enacted: str
    long_title: str
    motion: str
    movers: str
    reasons: str
    recital: str
    resolved: str
    options: str
    parties: str
    numbered: str
    untitled: str
    body: str
    done: str
    whereas: str
    bibliography: str
    table: str
    note: str
    option: str
    alternative: str
    entry: str


class CommentWords(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Hold how people speak beside a text, as alternatives of regular expressions, in any case.

    ``salutation`` and ``closing`` are whole lines at the ends of a letter. ``comment`` begins what
    is said of a paragraph and is no text for it ("We would prefer"), ``speaking`` are words that
    stand in such, and hardly in a provision. ``amending`` is a whole amendment in a sentence, of a
    language in which none are read (empty elsewhere). ``struck`` is all that a cell holds whose
    paragraph is to be deleted.
    """

    salutation: str
    closing: str
    comment: str
    speaking: str
    amending: str
    struck: str


class Dates(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Hold how a day is written in prose: ``{day} {month} {year}``, a month by its name.

    ``first`` is what stands for the first day of a month ("1er").
    """

    months: tuple[str, ...]
    form: str
    first: str


class References(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Hold the words by which a cross-reference is known, as parts of regular expressions.

    ``first`` are the words with which headings begin. An item is called a ``part``, or has a
    ``sign`` before its label and a ``unit`` behind it (第2段); ``between`` may stand between a
    heading and its labels, ``of`` between an item and its heading, ``joins`` between labels,
    ``to`` in a range; ``closes`` may follow a label that ends a reference. ``above`` and ``below``
    stand behind it, ``above_before`` and ``below_before`` before it. ``attached`` are letters that
    are written onto the next word. ``operative``, ``preambular`` and ``whole`` are how ``{labels}``
    are cited without a heading ("operative paragraph 2"). ``others`` names texts that are not this
    resolution, ``this`` what makes them this one after all; ``other_behind`` and ``other_before``
    say where such a name stands. One that is empty never matches.
    """

    first: str
    part: str
    sign: str
    unit: str
    between: str
    note: str
    joins: str
    to: str
    of: str
    closes: str
    above: str
    below: str
    above_before: str
    below_before: str
    attached: str
    operative: str
    preambular: str
    whole: str
    others: str
    this: str
    other_behind: str
    other_before: str


class Citations(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Hold how a text cites resolutions by their numbers: what stands before and after them."""

    before: str
    after: str
    joins: str


class Similarity(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Hold what tells whether two texts say nearly the same.

    ``stemmer`` names an algorithm of Snowball, empty where the first letters of a word tell enough;
    ``prefixes`` is a regular expression for what is written onto a word ("the"). ``binding`` words
    say nothing of their own, ``deciding`` ones are modals, negations, figures and months; of each
    of the ``same`` verbs of drafting one is as good as another.
    """

    stemmer: str
    prefixes: str
    binding: str
    deciding: str
    same: tuple[str, ...]


class Wordings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Hold what is said of a text that is not ITU's, or not in force.

    ``elsewhere`` are phrases of bodies other than ITU, each as ``key = phrase``; ``signs`` stand
    there for ADD, MOD, (MOD), SUP and NOC. ``in_force`` are the forms in which [phrases] name the
    text in force, the longer before one that it holds; the lists after it say what stands there
    instead, form by form, for a draft, for the chair's text, for one with square brackets, and for
    the text of a document ``{name}``.
    """

    elsewhere: tuple[str, ...]
    signs: tuple[str, str, str, str, str]
    in_force: tuple[str, ...]
    draft: tuple[str, ...]
    chair: tuple[str, ...]
    not_agreed: tuple[str, ...]
    other: tuple[str, ...]


class AmendmentWords(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Hold the words of amendments in sentences (`readers.prose`).

    ``signs`` are ``kind = phrase`` with a regular expression of whole words, the longer before one
    that it begins with; in it ``(?= Q)`` is a quotation ahead and ``(?= N)`` a number. A word of
    kind ``""`` says nothing. ``ordinals`` count from "first" on, forms of one parted by ``|``,
    each with ``ordinal_endings``; ``last`` are those that count from the end, ``word = -1``.
    """

    signs: tuple[str, ...]
    ordinals: tuple[str, ...]
    ordinal_endings: str
    last: tuple[str, ...]


class SentenceForms(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Hold how amendments are written in sentences; ``@`` is a place.

    Places have three cases: in it, after it, as the object of a verb; and a fourth, before it,
    where that is not as after it. ``paragraph_of`` is what a point stands "of": the article before
    and after.
    """

    quotes: str
    replace: str
    delete_words: str
    insert: str
    delete: str
    rewrite: str
    add_after: str
    add_before: str
    add_in: str
    move: str
    move_before: str
    renumber: str
    op: tuple[str, ...]
    pp: tuple[str, ...]
    point: tuple[str, ...]
    item: tuple[str, ...]
    other: tuple[str, ...]
    title: str
    paragraph_of: tuple[str, str]


class UnitLists(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Hold the words by which figures, dates, citations and modals are known, in small letters.

    They belong to the rule set by which points are found: a changed list is a new rule set. Words
    stand with spaces between. ``months`` are all their forms, ``cited`` the nouns that a number
    follows ("resolution"); ``joining`` stands between two days or numbers, ``of`` before a date,
    ``part_of`` within one, ``per`` and ``hundred`` make "per cent", ``year`` follows one.
    ``places`` are what is cited by number, ``binding`` words that say nothing of their own, beside
    those of ``[similarity]``. ``comparators`` stand before a number. A group of a modal and its
    negation is a word of ``negated`` and one of ``negations``; or a word of ``before`` and what
    follows, where that matches ``verbs`` (empty: where ``negations`` close it); or one of
    ``pairs``. Of Chinese each character is a word.
    """

    months: str
    cited: str
    conjunctions: str
    currencies: str
    joining: str
    of: str
    part_of: str
    revised: str
    per: str
    hundred: str
    year: str
    numerals: str
    multipliers: str
    places: str
    binding: str
    modals: str
    negated: str
    before: str
    verbs: str
    comparators: tuple[str, ...]
    negations: tuple[str, ...]
    pairs: tuple[str, ...]
