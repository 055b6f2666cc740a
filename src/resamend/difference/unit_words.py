"""The words by which figures, dates, citations, modals and conjunctions are known.

They are part of the rule set by which regions are found: a region's id depends on them. So a
changed list is a new rule set, with a new number. A text is read with the lists of its own
language, lest "no service" be one thing in English by a Spanish rule; months, nouns of citation
and conjunctions are those of all languages.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

from resamend.model import Language

RULES = 2
"""The number of the rule set; 1 had neither units nor phrases."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _phrases(text: str) -> frozenset[tuple[str, ...]]:
    """Split phrases with bars between into their words; of Chinese each character is one."""
    return frozenset(
        tuple(phrase) if "\u3041" <= phrase[0] <= "\u9fff" else tuple(phrase.split())
        for phrase in text.split("|")
    )


class UnitWords(Struct, frozen=True):
    """Hold the words of one language, all in small letters.

    ``comparators`` stand before a number. A group of a modal and its negation is a word of
    ``negated`` followed by one of ``negations``; or a word of ``before`` and what follows it,
    where that matches ``verbs``; or one of ``pairs``.
    """

    numerals: frozenset[str] = frozenset()
    multipliers: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    binding: frozenset[str] = frozenset()
    comparators: frozenset[tuple[str, ...]] = frozenset()
    negated: frozenset[str] = frozenset()
    negations: frozenset[tuple[str, ...]] = frozenset()
    before: frozenset[str] = frozenset()
    verbs: re.Pattern[str] | None = None
    pairs: frozenset[tuple[str, ...]] = frozenset()
    modals: frozenset[str] = frozenset()


MONTHS = _words(
    "january february march april may june july august september october november december "
    "janvier février fevrier mars avril mai juin juillet août aout septembre octobre novembre "
    "décembre decembre enero febrero marzo abril mayo junio julio agosto septiembre setiembre "
    "octubre noviembre diciembre январь января январе февраль февраля феврале март марта марте "
    "апрель апреля апреле май мая мае июнь июня июне июль июля июле август августа августе "
    "сентябрь сентября сентябре октябрь октября октябре ноябрь ноября ноябре декабрь декабря "
    "декабре يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر"
)
CITATION_NOUNS = _words(
    "resolution resolutions recommendation recommendations decision decisions opinion opinions "
    "résolution résolutions recommandation recommandations décision décisions resolución "
    "resoluciones recomendación recomendaciones decisión decisiones резолюция резолюции резолюцию "
    "резолюцией резолюциями рекомендация рекомендации решение решения решению решением القرار قرار "
    "قراره قرارها مقرر المقرر"
)
CONJUNCTIONS = _words("and or et ou y e o u и или و أو 和 及 或 以及")
CURRENCIES = _words(
    "chf usd eur gbp xdr $ € £ ¥ swiss francs franc dollars dollar euros euro suisses suisse "
    "francos franco suizos suizo dólares dólar швейцарских франков доллара долларов евро دولار "
    "دولارا فرنك سويسري يورو"
)
ENDS = frozenset(";,.:；，。：、؛،")
"""Punctuation at the end of an item."""

UNIT_WORDS: Mapping[str, UnitWords] = {
    "en": UnitWords(
        numerals=_words(
            "one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
            "fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy "
            "eighty ninety hundred thousand dozen half halves third thirds quarter quarters fifth "
            "tenth"
        ),
        multipliers=_words("million millions billion billions"),
        places=_words(
            "paragraph paragraphs article articles section sections chapter chapters annex annexes "
            "goal goals target targets rule rules no"
        ),
        comparators=_phrases(
            "at least|at most|not fewer than|not less than|not more than|no fewer than|no less than"
            "|no more than|up to|more than|fewer than|less than"
        ),
        negated=_words(
            "shall should may must can could will would might do does did is are was were has have "
            "had need"
        ),
        negations=_phrases("not|only|no longer"),
        modals=_words(
            "shall should may might must can cannot could will would ought not no nor never without"
        ),
    ),
    "fr": UnitWords(
        numerals=_words(
            "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize "
            "vingt trente quarante cinquante soixante cent cents mille tiers quart quarts moitié"
        ),
        multipliers=_words("million millions milliard milliards"),
        places=_words(
            "alinéa alinéas paragraphe paragraphes article articles section sections chapitre "
            "annexe annexes numéro"
        ),
        comparators=_phrases(
            "au moins|au plus|plus de|moins de|pas moins de|pas plus de|jusqu ' à"
        ),
        negations=_phrases("pas|plus|jamais|point|aucun|aucune|que"),
        before=_words("ne n"),
        modals=_words(
            "doit doivent devrait devraient peut peuvent pourrait pourraient ne n pas non ni "
            "jamais aucun aucune sans"
        ),
    ),
    "es": UnitWords(
        numerals=_words(
            "dos tres cuatro cinco seis siete ocho nueve diez once doce quince veinte treinta "
            "cuarenta cincuenta sesenta cien ciento mil tercio tercios cuartos mitad"
        ),
        multipliers=_words("millón millones"),
        places=_words(
            "párrafo párrafos artículo artículos sección secciones capítulo apartado anexo número"
        ),
        binding=_words(
            "el la los las un una unos unas de del al a en con por para sobre entre y e o u que se "
            "su sus lo como este esta estos estas"
        ),
        comparators=_phrases(
            "al menos|por lo menos|como mínimo|como máximo|más de|menos de|no menos de|no más de"
            "|hasta"
        ),
        before=_words("no"),
        verbs=re.compile("(?:deb|podr|pued|ser|hab|est|fue|es$|son$)"),
        modals=_words(
            "debe deben deberá deberán debería deberían puede pueden podrá podrán podría podrían "
            "no ni nunca sin"
        ),
    ),
    "ru": UnitWords(
        numerals=_words(
            "два две двух три трех трёх четыре пять шесть семь восемь девять десять двадцать "
            "тридцать сорок пятьдесят сто тысяч тысячи трети четверти половина половины"
        ),
        multipliers=_words("миллион миллиона миллионов миллиард миллиардов млн млрд"),
        places=_words(
            "пункт пункта пункте пункту пункты пунктов статья статьи статье статью раздел раздела "
            "разделе приложение приложения приложении"
        ),
        binding=_words(
            "и в во на с со к ко о об от до по из за для при у а или что как их его её ее это том "
            "числе этой этого"
        ),
        comparators=_phrases(
            "не менее|не более|не менее чем|не более чем|более|менее|более чем|менее чем|до"
        ),
        before=_words("не"),
        verbs=re.compile(""),
        modals=_words(
            "должен должна должно должны следует может могут мог могли бы не ни без нельзя "
            "необходимо"
        ),
    ),
    "zh": UnitWords(
        comparators=_phrases("至少|最多|不少于|不多于|不超过|超过|多于|少于"),
        pairs=_phrases(
            "不得|不应|不可|不能|不会|不予|不再|应当|应该|必须|可以|尚未|并非|没有"
        ),
        modals=_words("应 须 可 不 未 无 非 勿 必 得 能 需 当"),
    ),
    "ar": UnitWords(
        numerals=_words("اثنين ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة عشرون مائة ألف ثلثي"),
        multipliers=_words("مليون ملايين مليار"),
        places=_words("المادة الفقرة القسم الملحق الفصل"),
        binding=_words(
            "في من إلى على عن أن و التي الذي هذه هذا ذلك بين مع ما إذ أو ثم كل"
        ),
        comparators=_phrases(
            "ما لا يقل عن|ما لا يزيد على|ما لا يزيد عن|لا يقل عن|لا يزيد على"
            "|أكثر من|أقل من"
        ),
        before=_words("لا لن لم"),
        verbs=re.compile(""),
        modals=_words("يجب ينبغي يجوز يمكن لا لن لم ليس دون"),
    ),
}  # fmt: skip


def unit_words(language: Language) -> UnitWords:
    """Return the lists of a language; of one that has none no words go together but figures."""
    return UNIT_WORDS.get(language, UnitWords())
