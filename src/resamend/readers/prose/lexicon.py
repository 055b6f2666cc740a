"""The words of amendments in sentences, a lexicon a language: which phrase is which sign.

The grammar (`grammar`) knows signs alone, so a language is this data. A phrase is a regular
expression of whole words, the longest first; what no phrase covers makes a sentence unreadable,
and it is refused. Ordinals are counted from 1, from the end with -1.
"""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

from resamend.model import Language

QUOTE = "\ue000"
"""Stands for a quotation in a sentence, before its rank."""


class Lexicon(Struct, frozen=True):
    """Hold the signs of one language, each with a pattern; its ordinals from "first" on.

    Forms of one ordinal are parted by ``|``, ``last`` are those that count from the end.
    """

    signs: tuple[tuple[str, str], ...]
    ordinals: str
    last: tuple[tuple[str, int], ...]


_EN = Lexicon(
    signs=(
        ("line", r"lines?(?:\s[0-9]+)?"),
        (
            "every",
            r"throughout|wherever (?:it|they) (?:occurs?|appears?)|in all (?:places|cases)|"
            r"each time it (?:occurs|appears)|everywhere",
        ),
        (
            "replace",
            r"replace|change|(?:is|are) (?:to be )?(?:replaced|substituted|"
            r"amended)|to be replaced|(?:shall|should) be replaced|amend|alter",
        ),
        (
            "delete",
            r"delete|suppress|strike(?: out)?|remove|leave out|omit|"
            r"(?:is|are|to be|shall be|should be)(?: to be)? "
            r"(?:deleted|suppressed|removed|omitted|struck out)",
        ),
        ("insert", r"insert|add|(?:is|are|to be|shall be|should be)(?: to be)? (?:inserted|added)"),
        ("substitute", r"substitute"),
        ("range", r"(?:to|through)(?= N)"),
        ("move", r"move|transfer|relocate|place|(?:is|are|to be) moved"),
        ("split", r"split|divide"),
        ("join", r"merge|combine|join"),
        ("renumber", r"renumber|(?:is|are|to be) renumbered|becomes?"),
        ("rewrite", r"redraft|reword|rewrite|rephrase|reformulate|strengthen|simplify|clarify"),
        ("instead", r"for(?= Q)"),
        ("read", r"read(?= Q)"),
        ("place", r"in (?:its|their) place|instead"),
        ("between", r"between"),
        ("with", r"with|by|to(?= Q)|as(?= N)"),
        ("after", r"after|behind"),
        ("before", r"before"),
        ("end", r"(?:at|to) the end(?: of)?"),
        ("start", r"(?:at|to) the (?:beginning|start)(?: of)?"),
        ("respectively", r"respectively"),
        (
            "new",
            r"(?:the |a )?(?:following )?new|the following|an? additional|an?(?= (?:sub)?para)",
        ),
        ("text", r"(?:the )?(?:text|wording)"),
        ("sentence", r"sentence"),
        ("into", r"into two(?: paragraphs| subparagraphs)?"),
        ("second", r"the second (?:to read|reading|being|paragraph reading)"),
        ("title", r"title"),
        ("preamble", r"preamble|preambular part"),
        ("operative part", r"operative part"),
        ("pp", r"preambular(?: and the)? paragraphs?|preambular(?= and)"),
        ("op", r"operative paragraphs?|operative(?= paragraphs)"),
        ("sub", r"sub-?paragraphs?|subsections?|points?|items?|indents?"),
        ("demand", r"demands?|bullet points?|bullets?"),
        ("recital", r"recitals?"),
        ("article", r"articles?"),
        ("clause", r"(?:sub)?clauses?"),
        ("annex", r"annex"),
        ("para", r"paragraphs?"),
        ("section", r"section|heading"),
        ("and", r"and|or"),
        ("of", r"of|under|in|from"),
        (
            "",
            r"the|a|an|words?|phrase|to read|reading|as follows|at|it|its|their|with the following|"
            r"expression|term|figure|that|both|occurrences?|so as|to",
        ),
    ),
    ordinals=(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh "
        "twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth "
        "nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth "
        "twenty-fifth"
    ),
    last=(("last", -1), ("final", -1), ("penultimate", -2), ("last but one", -2)),
)
_FR = Lexicon(
    signs=(
        ("line", r"(?:à la )?lignes?(?:\s[0-9]+)?"),
        (
            "every",
            r"dans l'ensemble|partout(?: où il apparaît| dans le texte)?|dans tout le texte|"
            r"chaque fois qu'ils? (?:apparaît|apparaissent)|à chaque occurrence",
        ),
        ("replace", r"remplacer|modifier|(?:est|sont) remplacée?s?"),
        (
            "delete",
            r"supprimer|biffer|retirer|(?:est|sont) suppriméee?s?|(?:est|sont) supprimée?s?",
        ),
        ("insert", r"insérer|ajouter|(?:est|sont) (?:insérée?s?|ajoutée?s?)"),
        ("range", r"à(?= N)"),
        ("move", r"déplacer|placer|transférer"),
        ("split", r"scinder|diviser"),
        ("join", r"fusionner|regrouper|réunir"),
        ("renumber", r"renuméroter|devient|deviennent"),
        ("rewrite", r"rédiger|reformuler|récrire|renforcer|clarifier"),
        ("instead", r"au lieu de"),
        ("read", r"lire"),
        ("place", r"à la place|en lieu et place"),
        ("between", r"entre"),
        ("with", r"par|comme(?= N)"),
        ("after", r"après"),
        ("before", r"avant"),
        ("end", r"à la fin(?: de| du| des)?"),
        ("start", r"au début(?: de| du)?"),
        ("respectively", r"respectivement"),
        (
            "new",
            r"un nouvel|un nouveau|une nouvelle|(?:le|la|les) nou\w+|un(?= (?:alinéa|paragraphe|"
            r"point|article))|l'alinéa suivant|le paragraphe suivant",
        ),
        (
            "second",
            r"le second(?: paragraphe| alinéa)? (?:étant )?(?:ainsi )?(?:libellé|conçu|rédigé)",
        ),
        ("text", r"(?:le )?texte(?: suivant)?"),
        ("sentence", r"phrase"),
        ("into", r"en deux(?: paragraphes| alinéas)?"),
        ("title", r"titre"),
        ("preamble", r"préambule"),
        ("operative part", r"dispositif"),
        ("article", r"articles?"),
        ("point", r"points?"),
        ("alinea", r"alinéas?|sous-alinéas?"),
        ("para", r"paragraphes?"),
        ("recital", r"considérants?"),
        ("annex", r"annexe"),
        ("section", r"section|rubrique|chapeau"),
        ("and", r"et|ou|ainsi que"),
        ("of", r"de|du|des|d'|à|au|aux|dans|sous|en"),
        (
            "",
            r"le|la|les|l'|un|une|mots?|termes?|expression|ainsi|libellée?s?|conçue?s?|rédigée?s?|"
            r"comme suit|qui|se|lit|liraient|lirait|lisent|suivante?s?|"
            r"membre de phrase|étant|où|il",
        ),
    ),
    ordinals=(
        "premier|première deuxième|second|seconde troisième quatrième cinquième "
        "sixième septième huitième neuvième dixième onzième douzième treizième "
        "quatorzième quinzième seizième dix-septième dix-huitième dix-neuvième "
        "vingtième"
    ),
    last=(("avant-dernier", -2), ("avant-dernière", -2), ("dernier", -1), ("dernière", -1)),
)
_ES = Lexicon(
    signs=(
        ("line", r"(?:la )?líneas?(?:\s[0-9]+)?|renglón"),
        (
            "every",
            r"en tod[oa](?: el texto)?|en todos los casos|cada vez que apare\w+|dondequiera que "
            r"apare\w+|tod[oa](?= )",
        ),
        (
            "replace",
            r"sustitúya[ns]e(?:n?)|sustituir|reemplácen?se|reemplazar|se sustituyen?|"
            r"modifíquese|sustitúyanse",
        ),
        ("range", r"a(?= N)|al(?= N)"),
        ("delete", r"suprímanse|suprímase|suprimir|elimínen?se|eliminar|se suprimen?"),
        (
            "insert",
            r"insértense|insértese|insertar|añádanse|añádase|añadir|agréguense|agréguese|"
            r"agregar|incorpórese|se añaden?|se insertan?",
        ),
        ("range", r"al?(?= N)"),
        ("move", r"trasládense|trasládese|trasladar|colóquese|muévase"),
        ("split", r"divídase|dividir"),
        ("join", r"fusiónense|fusionar|únanse|refúndanse|combínense"),
        ("renumber", r"renumérese|renumerar|pasa a ser"),
        ("rewrite", r"redáctese|redactar|reformúlese|aclárese|refuércese"),
        ("instead", r"donde dice"),
        ("read", r"debe decir|léase|dígase"),
        ("place", r"en su lugar"),
        ("between", r"entre"),
        ("with", r"por|como(?= N)"),
        ("after", r"después(?: del?)?|a continuación(?: del?)?|tras"),
        ("before", r"antes(?: del?)?"),
        ("end", r"al final(?: del?)?"),
        ("start", r"al (?:principio|comienzo)(?: del?)?"),
        ("respectively", r"respectivamente"),
        (
            "new",
            r"un nuevo|una nueva|el siguiente(?= (?:párrafo|apartado))|un(?= (?:párrafo|apartado|"
            r"artículo))",
        ),
        ("second", r"el segundo(?: párrafo)? (?:con el siguiente texto|redactado así|que diga)"),
        ("text", r"(?:el )?texto(?: siguiente)?"),
        ("sentence", r"oración|frase"),
        ("into", r"en dos(?: párrafos| apartados)?"),
        ("title", r"título"),
        ("preamble", r"preámbulo"),
        ("operative part", r"parte dispositiva"),
        ("article", r"artículos?"),
        ("sub", r"apartados?|incisos?|subpárrafos?"),
        ("point", r"puntos?"),
        ("para", r"párrafos?"),
        ("recital", r"considerandos?(?= \()"),
        ("annex", r"anexo"),
        ("section", r"sección"),
        ("and", r"y|e|o|así como"),
        ("of", r"de|del|en|a"),
        (
            "",
            r"el|la|los|las|al|lo|un|una|palabras?|término|expresión|siguientes?|que|diga|digan|"
            r"con|tenor|redacción|texto",
        ),
    ),
    ordinals=(
        "primer|primero|primera segundo|segunda tercer|tercero|tercera cuarto|cuarta "
        "quinto|quinta sexto|sexta séptimo|séptima octavo|octava noveno|novena "
        "décimo|décima undécimo|undécima duodécimo|duodécima "
        "decimotercero|decimotercera"
    ),
    last=(("penúltimo", -2), ("penúltima", -2), ("último", -1), ("última", -1)),
)
_RU = Lexicon(
    signs=(
        ("line", r"(?:в )?строк\w+(?:\s[0-9]+)?"),
        (
            "every",
            r"по всему тексту|во всем тексте|во всех случаях|везде(?:, где встречается)?|"
            r"во всем?(?= )",
        ),
        ("replace", r"заменить|заменяются|заменяется"),
        ("range", r"по(?= N)"),
        ("delete", r"исключить|удалить|снять|исключается|исключаются"),
        ("insert", r"включить|добавить|вставить|дополнить|включается|добавляется"),
        ("range", r"по(?= N)"),
        ("move", r"перенести|переместить|поставить"),
        ("split", r"разделить|разбить"),
        ("join", r"объединить"),
        ("renumber", r"перенумеровать|становится"),
        ("rewrite", r"изложить|сформулировать|переформулировать|уточнить"),
        ("instead", r"вместо(?: слов| слова)?"),
        ("read", r"читать"),
        ("between", r"между"),
        ("with", r"на|словами|словом|текстом|следующим текстом|как(?= N)"),
        ("after", r"после"),
        ("before", r"перед"),
        ("end", r"в конце|в конец"),
        ("start", r"в начале|в начало"),
        ("respectively", r"соответственно"),
        ("new", r"нов(?:ый|ого|ую|ое|ые)|следующ(?:ий|его|ую|ие)(?= (?:пункт|подпункт))"),
        ("second", r"второй(?: пункт)? (?:следующего содержания|в следующей редакции)"),
        ("sentence", r"предложени\w+"),
        ("into", r"на два(?: пункта| подпункта)?"),
        ("title", r"названи[еи]|заголов\w+"),
        ("preamble", r"преамбул[аеуы]"),
        ("operative part", r"постановляющ\w+ част\w+"),
        ("article", r"стать[еиюя]"),
        ("sub", r"подпункт\w*"),
        ("para", r"пункт\w*|абзац\w*"),
        ("annex", r"приложени\w+"),
        ("section", r"раздел\w*"),
        ("and", r"и|а|или|а также"),
        ("of", r"в|во|из"),
        ("", r"слов[аоу]?|содержания|следующего|следующей|редакции|его|ее|их|текст|выражение|к"),
    ),
    ordinals=(
        "перв втор треть четверт пят шест седьм восьм девят десят одиннадцат двенадцат "
        "тринадцат четырнадцат пятнадцат"
    ),
    last=(("предпоследн", -2), ("последн", -1)),
)
_LEXICONS = {"en": _EN, "fr": _FR, "es": _ES, "ru": _RU}


@lru_cache(maxsize=8)
def lexicon_of(language: Language) -> tuple[tuple[str, re.Pattern[str]], ...] | None:
    """Return the signs of a language with their patterns; ``None`` where it has no lexicon."""
    signs = signs_in(language)
    if signs is None:
        return None
    return tuple((sign, re.compile(pattern, re.IGNORECASE)) for sign, pattern in signs)


def signs_in(language: Language) -> tuple[tuple[str, str], ...] | None:
    """Return the signs of a language with their patterns as they are written."""
    lexicon = _LEXICONS.get(language)
    if lexicon is None:
        return None
    endings = r"(?:ый|ой|ий|ого|его|ом|ем|ая|ую|ей|ые|ых|ым|ье|ья|ьего|ьем|ьей|ье)?"
    ends = endings if language == "ru" else ""
    counted = [
        (form, rank)
        for rank, forms in enumerate(lexicon.ordinals.split(), 1)
        for form in forms.split("|")
    ]
    ranks = sorted((*counted, *lexicon.last), key=lambda pair: -len(pair[0]))
    ordinals = tuple((f"#{rank}", rf"{word}{ends}(?![\w-])") for word, rank in ranks)
    signs = tuple(
        (sign, rf"(?:{_at(pattern)})(?:(?<=')|(?![\w-]))") for sign, pattern in lexicon.signs
    )
    seconds = tuple(pair for pair in signs if pair[0] == "second")
    return (*seconds, *ordinals, *(pair for pair in signs if pair[0] != "second"))


def ordinals_of(language: Language) -> tuple[str, ...]:
    """Return the ordinals of a language in words, from the first; none where they are inflected."""
    if language == "ru" or language not in _LEXICONS:
        return ()
    return tuple(forms.split("|")[0] for forms in _LEXICONS[language].ordinals.split())


def _at(pattern: str) -> str:
    """Return a pattern in which ``Q`` ahead is a quotation, and ``N`` a number."""
    return pattern.replace("(?= Q)", rf"(?=\s*{QUOTE})").replace("(?= N)", r"(?=\s*\(?[0-9])")
