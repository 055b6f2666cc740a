"""The words by which references are known, in English and French.

Words are data. A heading that the text itself has is known without them; the first words of
headings are needed to know "*resolves further* 2" as a reference where there is no such heading.
"""

from __future__ import annotations

import re
from functools import cache

from msgspec import Struct

from resamend.model import Language

__all__ = ["CitationWords", "citation_words"]


class CitationWords(Struct, frozen=True, kw_only=True):
    """Hold the words of one language, as parts of regular expressions.

    ``first`` are the words with which headings begin; ``part`` what an item is called; ``joins``
    stands between labels, ``to`` in a range; ``of`` between an item and its heading; ``others``
    names texts that are not this resolution, ``this`` what makes them this one after all.
    """

    first: str
    part: str
    note: str
    joins: str
    to: str
    of: str
    above: str
    below: str
    others: str
    this: str


_EN = CitationWords(
    first=(
        "acknowledg|adopt|affirm|agree|appeal|appreciat|approv|ask|authori[sz]|aware|bear|being|"
        "believ|call|charg|commend|concern|confident|confirm|conscious|consider|convinc|decid|"
        "declar|deeply|desir|direct|draw|emphasi[sz]|encourag|endors|entrust|express|given|guid|"
        "having|highlight|in|instruct|invit|mindful|not|observ|propos|pursuant|reaffirm|reali[sz]|"
        "recall|recogni[sz]|recommend|refer|reiterat|remember|remind|repeal|request|resolv|revok|"
        "abrogat|stand|stress|support|tak|thank|underlin|understand|undertak|urg|welcom|whereas|"
        "wish|with"
    ),
    part="sub-?paragraphs?|paragraphs?|sub-?items?|items?|points?|indents?",
    note="footnotes?",
    joins=r"\s*,\s*(?:and\s+|or\s+)?|\s+(?:and|or)\s+|\s*/\s*",
    to=r"\s+to\s+|\s*[-–]\s*|\s+through\s+",
    of=r"of\s+(?:the\s+)?|under\s+(?:the\s+)?|in\s+(?:the\s+)?",
    above="above",
    below="below",
    others=(
        "resolutions?|decisions?|recommendations?|opinions?|articles?|constitution|convention|"
        "annex|appendix|agenda|declaration|plan|regulations|charter"
    ),
    this="this|the present|present",
)
_FR = CitationWords(
    first=(
        "adopt|affirm|appréci|approuv|appui|attend|attir|autoris|ayant|charg|compte|confi|conform|"
        "conscient|consid[éè]r|constat|convain|convient|décid|déclar|demand|désir|en|encourag|engag|"
        "entérin|estim|étant|eu|exhort|exprim|fai|félicit|gard|guid|insist|invit|lanc|mett|not|"
        "observ|persuad|préoccup|pren|pri|profond|propos|rappel|réaffirm|recommand|reconn|réitér|"
        "remerci|sach|salu|s'engag|se|soulign|souhait|ten|vu|abrog"
    ),
    part="sous-?alinéas?|alinéas?|paragraphes?|sous-?points?|points?|numéros?|tirets?",
    note=r"notes?\s+de\s+bas\s+de\s+page",
    joins=r"\s*,\s*(?:et\s+|ou\s+)?|\s+(?:et|ou)\s+|\s*/\s*",
    to=r"\s+à\s+|\s*[-–]\s*",
    of=r"du\s+|de\s+la\s+|de\s+l'|des\s+|de\s+|d'|sous\s+(?:le\s+)?|au\s+",
    above="ci-dessus|plus haut",
    below="ci-dessous|ci-après|plus bas",
    others=(
        "résolutions?|décisions?|recommandations?|avis|articles?|constitution|convention|annexe|"
        "appendice|agenda|déclaration|plan|règlement|charte"
    ),
    this="la présente|présente|cette|le présent|présent|ce|cet",
)
_KNOWN = {Language.EN: _EN, Language.FR: _FR}


@cache
def citation_words(language: Language) -> CitationWords | None:
    """Return the words of a language; ``None`` for one whose references are not read.

    >>> citation_words(Language.ZH) is None, citation_words(Language.FR).above
    (True, 'ci-dessus|plus haut')
    """
    return _KNOWN.get(language)


def begins(text: str, words: CitationWords) -> bool:
    """Tell whether a text begins as headings do."""
    return re.match(rf"(?:{words.first})", text, re.IGNORECASE) is not None
