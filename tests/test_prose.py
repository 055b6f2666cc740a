"""Amendments in sentences: carried out exactly, or refused with the reason and the candidates.

The text is written for this project; each case is a sentence, and what it makes of the places that
it touches (``-`` for a place that is struck, ``+`` for what stands behind it).
"""

from __future__ import annotations

import pytest

from resamend.amendment import apply, propose
from resamend.dossier.parsing import arrive
from resamend.errors import Invalid
from resamend.library.receiving import receive
from resamend.model import Language, Resolution, walk
from resamend.places import named
from resamend.readers.prose import amended_by, as_sentences

EN = """Draft resolution
Night buses
The General Assembly,
Recalling the report on bakers and nurses,
Noting that most shifts begin before the first bus runs,
Noting also the wishes of drivers,
1.	Welcomes the trial in four towns;
2.	Calls upon local authorities:
(a)	To run a bus in every hour of the night;
(b)	To print its timetable in large type;
3.	Thanks the drivers, the bakers and the nurses;
4.	Decides that a stop shall have a lamp.
"""
FR = """Projet de résolution
Autobus de nuit
L’Assemblée générale,
Rappelant le rapport sur les boulangers,
Notant que le premier autobus part trop tard,
1.	Se félicite de l’essai mené dans quatre villes ;
2.	Invite les communes :
a)	À faire rouler un autobus toutes les heures ;
b)	À imprimer l’horaire ;
3.	Décide qu’un arrêt aura une lampe.
"""
ES = """Proyecto de resolución
Autobuses nocturnos
La Asamblea General,
Recordando el informe sobre los panaderos,
Observando que el primer autobús sale tarde,
1.	Acoge con beneplácito el ensayo de cuatro ciudades;
2.	Invita a los municipios:
a)	A ofrecer un autobús cada hora;
b)	A imprimir el horario;
3.	Decide que cada parada tendrá una lámpara.
"""
RU = """Проект резолюции
Ночные автобусы
Генеральная Ассамблея,
ссылаясь на доклад о пекарях,
отмечая, что первый автобус отправляется поздно,
1.	приветствует опыт четырех городов;
2.	предлагает общинам:
а)	пускать автобус каждый час;
б)	печатать расписание;
3.	постановляет, что на остановке должен быть фонарь.
"""
TEXTS = {"en": EN, "fr": FR, "es": ES, "ru": RU}
THANKS = "Thanks the drivers, the bakers and the nurses;"
LAMP = "Decides that a stop shall have a lamp."
CASES = [
    ("en", "In OP1, replace “four” by “nine”.", {"OP1": ["Welcomes the trial in nine towns;"]}),
    ("en", "In the second preambular paragraph, delete “most”.",
     {"PP2": ["Noting that shifts begin before the first bus runs,"]}),
    ("en", "Delete operative paragraphs 1 and 3.", {"OP1": [], "OP3": []}),
    ("en", "In the last operative paragraph, after “lamp”, insert “and a bench”.",
     {"OP4": ["Decides that a stop shall have a lamp and a bench."]}),
    ("en", "Operative paragraph 4, for “lamp” read “bench”.",
     {"OP4": ["Decides that a stop shall have a bench."]}),
    ("en", "In OP2(b), “large” is replaced by “legible”, and delete OP3.",
     {"OP2(b)": ["To print its timetable in legible type;"], "OP3": []}),
    ("en", "After operative paragraph 4, insert the following paragraph:\n“5. Asks for a report.”",
     {"OP4": [LAMP, "Asks for a report."]}),
    ("en", "Move operative paragraph 3 before operative paragraph 1.",
     {"OP1": [THANKS, "Welcomes the trial in four towns;"], "OP3": []}),
    ("en", "Replace “Noting” with “Observing” throughout the preamble.",
     {"PP2": ["Observing that most shifts begin before the first bus runs,"],
      "PP3": ["Observing also the wishes of drivers,"]}),
    ("en", "In OP1 and OP4, replace “four” and “lamp” with “nine” and “bench”, respectively.",
     {"OP1": ["Welcomes the trial in nine towns;"],
      "OP4": ["Decides that a stop shall have a bench."]}),
    ("fr", "Au deuxième alinéa du préambule, remplacer « trop tard » par « à six heures ».",
     {"PP2": ["Notant que le premier autobus part à six heures,"]}),
    ("fr", "À l’alinéa b) du paragraphe 2, après le mot « horaire », insérer « et le plan ».",
     {"OP2(b)": ["À imprimer l’horaire et le plan ;"]}),
    ("fr", "Supprimer le paragraphe 1 du dispositif.", {"OP1": []}),
    ("es", "En el párrafo 1, sustitúyase «cuatro» por «nueve».",
     {"OP1": ["Acoge con beneplácito el ensayo de nueve ciudades;"]}),
    ("es", "Suprímase el segundo párrafo del preámbulo.", {"PP2": []}),
    ("es", "En el apartado a) del párrafo 2, insértese «gratuito» después de «autobús».",
     {"OP2(a)": ["A ofrecer un autobús gratuito cada hora;"]}),
    ("ru", "В пункте 1 заменить слово «четырех» словом «девяти».",
     {"OP1": ["приветствует опыт девяти городов;"]}),
    ("ru", "Исключить первый пункт преамбулы.", {"PP1": []}),
    ("ru", "В подпункте а) пункта 2 после слова «автобус» добавить слово «бесплатно».",
     {"OP2(а)": ["пускать автобус бесплатно каждый час;"]}),
]  # fmt: skip


def text_in(code: str) -> Resolution:
    text = arrive(TEXTS[code].encode(), language=Language(code)).value
    assert isinstance(text, Resolution)
    return text


def flat(text: Resolution) -> list[str]:
    return [p.text for p in walk(text.provisions) if p.text]


@pytest.mark.parametrize(("code", "sentence", "touched"), CASES)
def test_a_sentence_is_carried_out(code: str, sentence: str, touched: dict[str, list[str]]) -> None:
    base = text_in(code)
    wanted = [t for place in named(base) for t in touched.get(place.name, [place.text]) if t]
    assert flat(amended_by(base, sentence).text) == wanted


@pytest.mark.parametrize(
    ("code", "sentence", "reason"),
    [
        ("en", "In OP9, delete “the”.", "there is no “OP9”"),
        ("en", "In OP1, delete “five”.", "does not stand in OP1"),
        ("en", "In OP3, delete “the”.", r"ambiguous.*OP3"),
        ("en", "Delete “drivers”.", r"ambiguous.*PP3, OP3"),
        ("en", "Line 4: delete “the”.", "names a line"),
        ("en", "Replace OP1 with something about trams.", "gives no words"),
        ("en", "Redraft OP1.", "gives no words.*OP1"),
        ("en", "In OP1, delete “four” and delete OP1.", "contradicts.*OP1"),
        ("en", "In OP1, replace “four” by “nine” unless it rains.", "unless it rains"),
        ("en", "In OP1, delete “Wel”.", "does not stand"),
        ("en", "Merge OP1 and OP3.", "gives no words"),
        ("fr", "Au paragraphe 9, supprimer « villes ».", "there is no"),
        ("fr", "Rédiger le paragraphe 1 autrement.", "cannot be read"),
        ("es", "Suprímase la palabra «autobús».", "ambiguous"),
        ("ru", "В пункте 9 исключить слово «час».", "there is no"),
    ],
)
def test_what_fits_nowhere_or_twice_is_refused(code: str, sentence: str, reason: str) -> None:
    with pytest.raises(Invalid, match=reason):
        amended_by(text_in(code), sentence)


def test_one_sentence_that_does_not_fit_refuses_all() -> None:
    with pytest.raises(Invalid, match="there is no"):
        amended_by(text_in("en"), "1. Delete OP1.\n2. Delete OP9.")


def test_each_sentence_is_echoed_as_the_text_would_read() -> None:
    told = amended_by(text_in("en"), "In OP1, replace “four” by “nine”.").told
    assert told == ("OP1 would read: Welcomes the trial in nine towns;",)


@pytest.mark.parametrize(("code", "sentence", "touched"), CASES)
def test_what_is_written_in_sentences_read_again_is_the_same(
    code: str, sentence: str, touched: dict[str, list[str]]
) -> None:
    base = text_in(code)
    amended = amended_by(base, sentence)
    proposal = propose(base, amended.text, "AAA/1", moved=amended.moved)
    again = amended_by(base, as_sentences(base, proposal))
    assert again.text == apply(base, proposal)


def test_a_proposal_is_written_in_the_form_of_its_body() -> None:
    base = text_in("fr")
    amended = amended_by(base, "Au paragraphe 1, remplacer « quatre » par « neuf ».")
    proposal = propose(base, amended.text, "AAA/1")
    assert as_sentences(base, proposal) == (
        "1. Au paragraphe 1 du dispositif, remplacer «\u00a0quatre\u00a0» par «\u00a0neuf\u00a0».\n"
    )


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        (
            "Move resolves 3 to the beginning of resolves.",
            "resolves 3 would stand before resolves 1",
        ),
        ("Move resolves 3 to the end of recalling.", "resolves 3 would stand after recalling b)"),
    ],
)
def test_the_beginning_of_a_section_is_inside_it(sentence: str, told: str) -> None:
    text = (
        "RESOLUTION 1\nOn buses\nThe Assembly,\nrecalling\na)\tits first;\nb)\tits second one,\n"
        "resolves\n1\tto run buses;\n2\tto run trams;\n3\tto go on.\n"
    )
    base = receive(text.encode(), language=Language.EN).resolution
    assert amended_by(base, sentence).told == (told,)
