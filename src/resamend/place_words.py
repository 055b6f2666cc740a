"""The words of the names of places, in each language: ``annex section A`` is *annexe section A*."""

from __future__ import annotations

import re

_WORDS = {
    "number": "number line|numéro|número|номер|编号|رقم القرار",
    "title": "title|titre|título|название|标题|العنوان",
    "formula": "enacting clause|formule introductive|fórmula introductoria|вступительная формула|"
    "起首语|الصيغة الافتتاحية",
    "front": "front matter|en-tête|encabezamiento|заголовочная часть|文首|المقدمة",
    "end": "end|clôture|cierre|заключение|文末|الخاتمة",
    "section": "section|section|sección|раздел|节|الفرع",
    "heading": "heading|intertitre|subtítulo|подзаголовок|小标题|العنوان الفرعي",
    "annex": "annex|annexe|anexo|приложение|附件|المرفق",
    "schedule": "schedule|annexe|anexo|приложение|附表|الجدول",
    "part": "part|partie|parte|часть|部分|الجزء",
    "chapter": "chapter|chapitre|capítulo|глава|章|الفصل",
    "art.": "Art.|art.|art.|ст.|条|المادة",
    "clause": "clause|paragraphe|apartado|пункт|条款|البند",
    "recital": "recital|considérant|considerando|пункт преамбулы|前言段|الحيثية",
    "citation": "citation|visa|visto|ссылка|援引段|الإشارة",
    "table": "table|tableau|cuadro|таблица|表|جدول",
    "row": "row|ligne|fila|строка|行|الصف",
    "column": "column|colonne|columna|столбец|列|العمود",
    "footnote": "footnote|note|nota|сноска|脚注|حاشية",
    "bullet": "bullet|tiret|guion|тире|项目|النقطة",
    "placeholder": "placeholder|emplacement|espacio reservado|место для текста|占位文字|مكان النص",
}
"""The words of names, in the order of `Language`."""
_ORDER = ("en", "fr", "es", "ru", "zh", "ar")
_WORD = re.compile(r"[^\W\d_]+\.?")


def said(name: str, language: str) -> str:
    """Say the name of a place in the words of a language.

    >>> said("annex section A", "fr"), said("Art. 4(1)", "ru")
    ('annexe section A', 'ст. 4(1)')
    """

    if language not in _ORDER:
        return name

    def word(match: re.Match[str]) -> str:
        forms = _WORDS.get(match[0].lower(), "")
        return forms.split("|")[_ORDER.index(language)] if forms else match[0]

    return _WORD.sub(word, name)
