"""The words that a delegate reads, in the language of the reader.

They are data of each language (``languages``), of English where a language has none. The texts
are never translated; symbols (ADD, MOD, SUP, NOC) stay Latin in every language, as conferences
write them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from msgspec import Struct

from resamend.escaping import isolated
from resamend.forms import TextForm, TextStatus, status_of
from resamend.languages import Dates, Wordings, header, phrases_of, section
from resamend.model import Language, Resolution

SYMBOLS = ("ADD", "MOD", "(MOD)", "SUP", "NOC")
"""What ITU writes of an amendment; other bodies have words for it (`languages.Wordings`)."""
_ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


class Phrases(Struct, frozen=True, eq=False):
    """Say things in one language: ``phrases("point", n=3)`` is ``Point 3``."""

    language: Language
    _said: Mapping[str, str]
    _signs: tuple[str, ...] = ()

    def __call__(self, key: str, **values: object) -> str:
        """Return a phrase with its blanks filled in.

        Raises ``KeyError`` for a phrase that no language has.
        """
        return self._said[key].format_map(values)

    def sign(self, symbol: str) -> str:
        """Return what is written for a symbol such as ``SUP*`` where a body does not use it.

        >>> phrases(Language.EN).sign("SUP*")
        'SUP*'
        """
        core = symbol.rstrip("*")
        if not self._signs or core not in SYMBOLS:
            return symbol
        return self._signs[SYMBOLS.index(core)] + symbol[len(core) :]

    @property
    def signs(self) -> tuple[str, ...]:
        """Return what is written beside a provision; empty where it is ITU's symbols."""
        return self._signs

    def counted(self, key: str, n: int) -> str:
        """Return the phrase ``key`` for a number: its ``_1`` form where it has one.

        >>> phrases(Language.EN).counted("proponents", 3)
        '3 proponents'
        """
        return self._said.get(f"{key}_{n}", self._said[f"{key}_n"]).format(n=n)

    def listed(self, items: tuple[str, ...]) -> str:
        """Join several things as a sentence does.

        >>> phrases(Language.EN).listed(("1", "2", "4"))
        '1, 2 and 4'
        """
        if len(items) < 2:
            return "".join(items)
        return self("pair", one=self("comma").join(items[:-1]), other=items[-1])

    def commas(self, names: Iterable[str]) -> str:
        """Join names as they stand behind a change, in a table or a head, without an “and”.

        >>> phrases(Language.EN).commas(("ARM", "RUS")), phrases(Language.ZH).commas(("ARM", "RUS"))
        ('ARM, RUS', 'ARM、RUS')
        """
        return self("comma").join(names)

    def aside(self, text: str) -> str:
        """Put something in brackets after what it belongs to; nothing where it is empty.

        >>> "Option 1" + phrases(Language.EN).aside("RUS")
        'Option 1 (RUS)'
        """
        return self("aside", text=text) if text else ""

    def told(self, term: str, text: object) -> str:
        """Say something of a term, after a colon."""
        return f"{term}{self('colon')}{text}"

    def series(self, items: Iterable[str]) -> str:
        """Join what is longer than a word, and may hold commas."""
        return self("semicolon").join(items)

    def sentence(self, text: str) -> str:
        """Close a sentence."""
        return f"{text}{self('stop')}"

    def day(self, date: str) -> str:
        """Return an ISO date as it is written in prose; what is none, as it stands.

        >>> phrases(Language.EN).day("2018-01-19"), phrases(Language.EN).day("2018")
        ('19 January 2018', '2018')
        """
        dates, parts = section(self.language, Dates), _ISO_DATE.fullmatch(date)
        if dates and parts and 1 <= int(parts[2]) <= len(dates.months):
            day, month = int(parts[3]), dates.months[int(parts[2]) - 1]
            first = dates.first if day == 1 else day
            return dates.form.format(day=first, month=month, year=parts[1])
        return isolated(date) if date and self._rtl else date  # else it would be turned round

    def becomes(self, one: str, other: str) -> str:
        """Say what something turns into, with an arrow in the direction in which it is read.

        >>> phrases(Language.EN).becomes("3", "2")
        '3 → 2'
        """
        return f"{isolated(one)} ← {isolated(other)}" if self._rtl else f"{one} → {other}"

    @property
    def _rtl(self) -> bool:
        return self.language.direction == "rtl"

    def theirs(self, text: str, language: Language) -> str:
        """Keep words of a text in another language in their own direction among ours.

        >>> phrases(Language.AR).theirs("noting a)", Language.EN)
        '\\u2068noting a)\\u2069'
        """
        return text if self.language.direction == language.direction else isolated(text)

    def quoted(self, text: str) -> str:
        """Put a text in the quotation marks of the language."""
        return self("quote", text=text)


@cache
def phrases(language: Language) -> Phrases:
    """Return the phrases of a language, the English ones where its file says that it has none."""
    return Phrases(language, phrases_of(language))


def phrases_for(base: Resolution, ui: Language | None = None) -> Phrases:
    """Return the phrases for drafts on a base, in the words of its body and of its status."""
    return _worded(ui or base.language, TextForm.of(base.metadata.form), status_of(base))


_IN_FORCE = re.compile(r"“[^“”]*”| would read: .*|: added .*|text in force", re.DOTALL)
"""What messages call a base, outside the words that they quote."""


def said_of(base: Resolution, message: str) -> str:
    """Return a message in the words of a base: *draft as submitted* for *text in force*."""
    name = phrases_for(base, Language.EN)("text_in_force")
    return _IN_FORCE.sub(lambda m: name if m[0] == "text in force" else m[0], message)


@cache
def _worded(language: Language, form: TextForm, status: str) -> Phrases:
    code = _FALLBACK if "phrases" in header(language).lacks else language
    wordings = section(code, Wordings)
    if wordings is None or (form is TextForm.ITU and status == TextStatus.IN_FORCE):
        return phrases(language)
    own = dict(phrases_of(language))
    signs: tuple[str, ...] = ()
    if form is not TextForm.ITU:
        own |= dict(entry.split(" = ", 1) for entry in wordings.elsewhere)
        signs = wordings.signs
    forms = _forms(wordings, status)
    if forms:
        pattern = re.compile("|".join(map(re.escape, forms)))
        own = {k: pattern.sub(lambda form: forms[form[0]], text) for k, text in own.items()}
    return Phrases(language, own, signs)


def _forms(wordings: Wordings, status: str) -> dict[str, str]:
    """Return what stands for each form of "text in force", also at the beginning of a sentence."""
    named = {
        TextStatus.IN_FORCE.value: wordings.in_force,
        TextStatus.DRAFT.value: wordings.draft,
        TextStatus.CHAIR.value: wordings.chair,
        TextStatus.NOT_AGREED.value: wordings.not_agreed,
    }
    shown = status.replace("{", "{{").replace("}", "}}")
    instead = named.get(status) or [form.replace("{name}", shown) for form in wordings.other]
    pairs = dict(zip(wordings.in_force, instead, strict=True))
    return pairs | {begun(form): begun(other) for form, other in pairs.items()}


def begun(text: str) -> str:
    """Return words as they begin a sentence."""
    return text[:1].upper() + text[1:]


_FALLBACK = "en"
