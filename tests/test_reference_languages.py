"""Cross-references in the languages that came later, in the forms that people use."""

from __future__ import annotations

import pytest

from resamend import DecisionKind, DecisionRequest, adopt, find, merge, propose, record, replay
from resamend.conflict import Region
from resamend.languages import References, section
from resamend.matching import ProvisionIndex
from resamend.model import Language, Proponent, Resolution, walk
from resamend.numbering import eids
from resamend.readers.headings import shipped_headings
from resamend.readers.text import read_text
from resamend.reference import Reason, cited, references
from resamend.reference.patterns import begins

TEXTS = {
    "en": (
        "considering\na)\tone;\nb)\ttwo,\n\nresolves\n1\tto begin;\n2\tto go on;\n"
        "3\tto end by:\na)\tasking,\n\n"
        "instructs the Secretary-General\n1\tto act: {};\n2\tto see."
    ),
    "fr": (
        "considérant\na)\tun;\nb)\tdeux,\n\ndécide\n1\tde commencer;\n2\tde continuer;\n"
        "3\tde finir:\na)\ten demandant,\n\n"
        "charge le Secrétaire général\n1\td'agir: {};\n2\tde voir."
    ),
    "es": (
        "considerando\na)\tuno;\nb)\tdos,\n\nresuelve\n1\tempezar;\n2\tcontinuar;\n"
        "3\tterminar:\na)\tpreguntando,\n\n"
        "encarga al Secretario General\n1\tactuar: {};\n2\tver."
    ),
    "ru": (
        "учитывая,\na)\tодно;\nb)\tдва,\n\nрешает\n1\tначать;\n2\tпродолжить;\n"
        "3\tзакончить:\na)\tспросив,\n\n"
        "поручает Генеральному секретарю\n1\tдействовать: {};\n2\tвидеть."
    ),
    "zh": (
        "考虑到\na)\t甲；\nb)\t乙，\n\n做出决议\n1\t开始；\n2\t继续；\n3\t结束：\na)\t询问，\n\n"
        "责成秘书长\n1\t采取行动：{}；\n2\t查看。"
    ),
    "ar": (
        "إذ يضع في اعتباره\nأ)\tالأول؛\nب)\tالثاني،\n\nيقرر\n1\tالبدء؛\n2\tالمواصلة؛\n"
        "3\tالانتهاء:\nأ)\tالسؤال،\n\n"
        "يكلف الأمين العام\n1\tالعمل: {}؛\n2\tالنظر."
    ),
}
HEADS = {
    "en": ("considering", "resolves", "instructs the Secretary-General"),
    "fr": ("considérant", "décide", "charge le Secrétaire général"),
    "es": ("considerando", "resuelve", "encarga al Secretario General"),
    "ru": ("учитывая", "решает", "поручает Генеральному секретарю"),
    "zh": ("考虑到", "做出决议", "责成秘书长"),
    "ar": ("إذ يضع في اعتباره", "يقرر", "يكلف الأمين العام"),
}
P, R, S = range(3)  # which heading: of recitals, of what is resolved, of instructions
NONE: list[tuple[int, str]] = []

CASES = [
    ("en", "under operative paragraph 2 above", Reason.SEVERAL),
    ("en", "under operative paragraph 3 of this Resolution", [(R, "3")]),
    ("en", "under operative paragraph 2 of Resolution 71 (Rev. Busan, 2014)", NONE),
    ("en", "see § 2 above", [(S, "2")]),
    ("en", "see paragraph 3 of the present resolution", [(R, "3")]),
    ("en", "preambular paragraph b)", [(P, "b)")]),
    ("en", "in “resolves” 2 above", [(R, "2")]),
    ("en", "the above-mentioned paragraph 2", [(S, "2")]),
    ("fr", "le § 2 ci-dessus", [(S, "2")]),
    ("fr", "le paragraphe 3 du dispositif", [(R, "3")]),
    ("fr", "le paragraphe 3 de la présente résolution", [(R, "3")]),
    ("fr", "le décide 2 susmentionné", [(R, "2")]),
    ("es", "el *resuelve* 2 anterior", [(R, "2")]),
    ("es", "el resuelve 2 anterior", [(R, "2")]),
    ("es", "el punto 2 del *resuelve*", [(R, "2")]),
    ("es", "los apartados 1 y 2 del resuelve supra", [(R, "1"), (R, "2")]),
    ("es", "*resuelve* 1 a 3", [(R, "1"), (R, "3")]),
    ("es", "el *considerando b)*", [(P, "b)")]),
    ("es", "el párrafo 2 siguiente", [(S, "2")]),
    ("es", "el § 2 anterior", [(S, "2")]),
    ("es", "el párrafo 3 de la parte dispositiva", [(R, "3")]),
    ("es", "el párrafo 3 de la presente Resolución", [(R, "3")]),
    ("es", "*resuelve* 2 de la Resolución 71 (Rev. Busán, 2014)", NONE),
    ("es", "la Resolución 71 (Rev. Busán, 2014), *resuelve* 2", NONE),
    ("es", "*resuelve* 2 de la presente Resolución", [(R, "2")]),
    ("es", "resuelve 2 cuestiones", NONE),
    ("es", "las actividades enumeradas anteriormente en 2014", NONE),
    ("ru", "пункт 2 раздела *решает*", [(R, "2")]),
    ("ru", "в пункте 2 раздела *решает*, выше", [(R, "2")]),
    ("ru", "в пункте 2 раздела решает выше", [(R, "2")]),
    ("ru", "в п. 2 раздела «решает»", [(R, "2")]),
    ("ru", "пунктах 1 и 2 раздела *решает*", [(R, "1"), (R, "2")]),
    ("ru", "пунктами 1–3 раздела *решает*", [(R, "1"), (R, "3")]),
    ("ru", "*решает* 2", [(R, "2")]),
    ("ru", "пункт b) раздела *учитывая*", [(P, "b)")]),
    ("ru", "пункт b) раздела *учитывая* выше", [(P, "b)")]),
    ("ru", "подпункт 3 a) раздела *решает*", [(R, "3 a)")]),
    ("ru", "в пункте 2 выше", [(S, "2")]),
    ("ru", "в вышеуказанном пункте 2", [(S, "2")]),
    ("ru", "§ 2 ниже", [(S, "2")]),
    ("ru", "в пункте 3 постановляющей части", [(R, "3")]),
    ("ru", "в пункте 3 настоящей Резолюции", [(R, "3")]),
    ("ru", "пункт 2 раздела *решает* Резолюции 71 (Пересм. Пусан, 2014 г.)", NONE),
    ("ru", "в Резолюции 71 (Пересм. Пусан, 2014 г.) *решает* 2", NONE),
    ("ru", "пункт 2 раздела *решает* настоящей Резолюции", [(R, "2")]),
    ("ru", "решает 2 вопроса", NONE),
    ("zh", "上述*做出决议*2", [(R, "2")]),
    ("zh", "按照做出决议2", [(R, "2")]),
    ("zh", "按照上述做出决议2的规定", [(R, "2")]),
    ("zh", "做出决议第2段", [(R, "2")]),
    ("zh", "“做出决议”部分第2段", [(R, "2")]),
    ("zh", "做出决议1和2", [(R, "1"), (R, "2")]),
    ("zh", "做出决议第1段和第2段", [(R, "1"), (R, "2")]),
    ("zh", "做出决议第1至3段", [(R, "1"), (R, "3")]),
    ("zh", "*考虑到*b)", [(P, "b)")]),
    ("zh", "上述考虑到b）", [(P, "b）")]),
    ("zh", "上文第2段", [(S, "2")]),
    ("zh", "下述第2段所述", [(S, "2")]),
    ("zh", "执行部分第3段", [(R, "3")]),
    ("zh", "本决议第3段", [(R, "3")]),
    ("zh", "第71号决议（2014年，釜山，修订版）做出决议2", NONE),
    ("zh", "做出决议2个月后", NONE),
    ("zh", "上述第3次会议", NONE),
    ("zh", "第71号决议第2段", NONE),
    ("ar", "*يقرر* 2 أعلاه", [(R, "2")]),
    ("ar", "يقرر 2 أعلاه", [(R, "2")]),
    ("ar", "الفقرة 2 من *يقرر*", [(R, "2")]),
    ("ar", 'الفقرة 2 من "يقرر" أعلاه', [(R, "2")]),
    ("ar", "وفقاً للفقرة 2 من يقرر أعلاه", [(R, "2")]),
    ("ar", "الفقرتين 1 و2 من *يقرر*", [(R, "1"), (R, "2")]),
    ("ar", "الفقرات 1 إلى 3 من *يقرر*", [(R, "1"), (R, "3")]),
    ("ar", "الفقرة ب) من *إذ يضع في اعتباره*", [(P, "ب)")]),
    ("ar", "*إذ يضع في اعتباره* ب)", [(P, "ب)")]),
    ("ar", "الفقرة 2 أدناه", [(S, "2")]),
    ("ar", "بالفقرة 2 أعلاه", [(S, "2")]),
    ("ar", "الفقرة 3 من المنطوق", [(R, "3")]),
    ("ar", "الفقرة 3 من هذا القرار", [(R, "3")]),
    ("ar", "يقرر 2 من القرار 71 (المراجَع في بوسان، 2014)", NONE),
    ("ar", "القرار 71 (المراجَع في بوسان، 2014)، *يقرر* 2", NONE),
    ("ar", "يقرر 2 من هذا القرار", [(R, "2")]),
]


@pytest.mark.parametrize(("code", "phrase", "expected"), CASES)
def test_references_are_recognised_and_bound(
    code: str, phrase: str, expected: list[tuple[int, str]] | Reason
) -> None:
    text = eids(read_text(TEXTS[code].format(phrase).encode(), Language(code)).resolution)
    index = ProvisionIndex(text)
    bound = [
        (r.label_text, cited(index, r.target).path if r.target else f"{r.reason}")
        for r in references(text)
    ]
    if isinstance(expected, Reason):
        assert [why for _, why in bound] == [expected]
        return
    heads = HEADS[code]
    assert bound == [
        (label, f"{heads[head]} {label.replace('）', ')')}") for head, label in expected
    ]


@pytest.mark.parametrize("language", list(Language))
def test_every_known_heading_begins_as_headings_do(language: Language) -> None:
    table, words = shipped_headings().of(language), section(language, References)
    assert words
    assert [h for h in (*table.preambular, *table.operative) if not begins(h, words)] == []


# -- adopting -------------------------------------------------------------------------------------

BASES = {
    "es": ("resuelve\n1\treunirse cada año;\n2\tinformar al Consejo;\n"
           "3\tque el informe mencionado en el {} 2 {} se publique.", "resuelve", "anterior"),
    "fr": ("décide\n1\tde se réunir chaque année;\n2\tde faire rapport au Conseil;\n"
           "3\tque le rapport mentionné au {} 2 {} soit publié.", "décide", "ci-dessus"),
    "ru": ("решает\n1\tпроводить собрания ежегодно;\n2\tпредставлять отчет Совету;\n"
           "3\tопубликовать отчет, упомянутый в разделе {} 2 {}.", "решает", "выше"),
    "zh": ("做出决议\n1\t每年举行会议；\n2\t向理事会提交报告；\n3\t公布{}2{}所述的报告。",
           "做出决议", "中"),
    "ar": ("يقرر\n1\tالاجتماع كل سنة؛\n2\tتقديم تقرير إلى المجلس؛\n"
           "3\tنشر التقرير المشار إليه في {} 2 {}.", "يقرر", "أعلاه"),
}  # fmt: skip
NEW = {
    "es": "establecer un grupo de trabajo;", "fr": "d'établir un groupe de travail;",
    "ru": "создать рабочую группу;", "zh": "成立工作组；", "ar": "إنشاء فريق عمل؛",
}  # fmt: skip


@pytest.mark.parametrize("code", BASES)
def test_what_is_renumbered_is_cited_by_its_new_number(code: str) -> None:
    """RUS inserts a new 2: what cited 2 cites 3 in the adopted text."""
    template, head, tail = BASES[code]
    text = template.format(head, tail)
    base = eids(read_text(text.encode(), Language(code)).resolution)
    second, third = text.index("\n2\t"), text.index("\n3\t")
    revised = (
        f"{text[:second]}\n2\t{NEW[code]}\n3\t{text[second + 3 : third]}\n4\t{text[third + 3 :]}"
    )
    other = read_text(revised.encode(), Language(code)).resolution
    proposal = propose(base, other, id="RUS/1/1", proponents=(Proponent("RUS"),))
    draft = merge(base, [proposal])
    findings = find(draft)
    take = DecisionRequest(act=DecisionKind.TAKE, by="Chair", at="2026-01-01T00:00:00Z")
    records = tuple(
        record(draft, findings, region, _taking(take, region), number=number)
        for number, region in enumerate(_decided(findings.regions), 1)
    )
    adopted = adopt(draft, findings, replay(draft, findings, records))
    assert not adopted.unresolved
    last = _last(adopted.text)
    space = " " if f"{head} 2" in text else ""
    assert f"{head}{space}3" in last and f"{head}{space}2" not in last


def _decided(regions: tuple[Region, ...]) -> list[Region]:
    return [region for region in regions if region.options]


def _taking(take: DecisionRequest, region: Region) -> DecisionRequest:
    from msgspec.structs import replace

    return replace(take, names=(region.options[0].id,))


def _last(text: Resolution) -> str:
    return [p.text for p in walk(text.provisions) if p.text][-1]
