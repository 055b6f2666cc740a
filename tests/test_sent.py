"""What was sent, and no more: nothing is taken for a wish to strike what it does not show."""

from __future__ import annotations

from pathlib import Path

import pytest

from resamend.amendment import apply
from resamend.amendment.omissions import is_omission
from resamend.dossier.parsed_input import ProposalInfo
from resamend.dossier.parsing import arrivals, form_like
from resamend.dossier.proposing import proposal_and_queries
from resamend.errors import Invalid
from resamend.model import Resolution
from resamend.places import named
from tests.dossiers import Desk
from tests.test_forms import text_of

FORMS = Path(__file__).parent / "forms"
ITU = "RESOLUTION 12 (KESSEL, 2030)\nClocks on towers\n"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(tmp_path, monkeypatch)


def sent(base: Resolution, data: str, **said: str) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return the places of a text as a submission wants it, and what is told."""
    (arrival,) = arrivals(data.encode(), name="sent.txt", usual=base.language, form=form_like(base))
    request = ProposalInfo(id="" if arrival.id else "AAA/1", **said)  # type: ignore[arg-type]
    proposal, told = proposal_and_queries(arrival, base, request)
    wanted = apply(base, proposal)
    return {place.name: place.text for place in named(wanted)}, told


def itu() -> Resolution:
    return text_of(FORMS / "itu.en.txt")


def un() -> Resolution:
    return text_of(FORMS / "un.en.txt")


@pytest.mark.parametrize("mark", ["…", "...", "[…]", "[...]", "(...)", "***", "* * *"])
def test_a_mark_of_omission_says_that_the_rest_stays(mark: str) -> None:
    base = itu()
    places, _ = sent(base, f"{ITU}{mark}\nresolves\n{mark}\n2\tthat its keeper must:\n{mark}\n")
    assert places == {p.name: p.text for p in named(base)} | {"resolves 2": "that its keeper must:"}


def test_words_that_end_in_dots_are_no_mark() -> None:
    assert not is_omission("and so on …")


def test_the_rest_of_a_paragraph_that_is_shown_in_part_stays() -> None:
    places, _ = sent(un(), "[...]\n3.\tDecides firmly that a stop shall […]\n[...]\n")
    assert places["OP3"] == "Decides firmly that a stop shall have a lamp."


def test_much_is_not_struck_in_silence() -> None:
    data = f"{ITU}The Plenipotentiary Conference (Kessel, 2030),\nresolves\n2\tto wait.\n"
    with pytest.raises(Invalid, match="does not show"):
        sent(itu(), data)
    places, _ = sent(itu(), data, reading="extract")
    assert places["recalling a)"] == "that clocks stop;"
    places, _ = sent(itu(), data, reading="whole")
    assert "recalling a)" not in places


def test_a_paragraph_sent_by_itself_is_its_paragraph() -> None:
    places, _ = sent(un(), "Amendment by Chad\n3.\tDecides that a stop shall have two lamps.\n")
    assert places["OP3"] == "Decides that a stop shall have two lamps."
    assert places["PP1"] == un_place("PP1")


def un_place(name: str) -> str:
    return next(place.text for place in named(un()) if place.name == name)


def test_a_paragraph_below_a_heading_is_found_by_its_number_alone() -> None:
    places, _ = sent(un(), "3.\tAsks for rain.\n", reading="extract")
    names = list(dict.fromkeys(place.name for place in named(un())))
    assert list(places) == names
    assert places["OP3"] == "Asks for rain."


@pytest.mark.parametrize("head", ["", "Timetables\n"])
def test_a_mark_or_a_heading_below_a_recital_is_no_body(head: str) -> None:
    shown = "The General Assembly,\n" if not head else ""
    places, _ = sent(un(), f"{shown}…\nNoting with joy,\n…\n{head}3.\tAsks for rain.\n…\n")
    assert places["OP3"] == "Asks for rain." and places["formula"] == "The General Assembly,"
    assert "end #3" not in places


def test_the_front_of_an_extract_is_the_front() -> None:
    front = "Draft resolution\nNight buses for shift workers\n"
    places, _ = sent(un(), f"{front}[...]\n1.\tThanks all;\n")
    assert places["OP1"] == "Thanks all;"
    assert places["title"] == "Night buses for shift workers"


def test_lines_that_name_their_place_are_amendments() -> None:
    places, _ = sent(un(), "OP3: Decides to wait.\nPP1 bis: Aware of the rain,\n")
    assert places["OP3"] == "Decides to wait."
    assert places["PP2"] == "Aware of the rain,"


@pytest.mark.parametrize(
    ("symbol", "id", "revision"),
    [
        ("KEN/62(Rev.2)/1", "KEN/62/1", 2),
        ("KEN/62/Rev.1/1", "KEN/62/1", 1),
        ("KEN/62(Corr.1)/1", "KEN/62/1", 1),
        ("KEN/62(Add.3)/1", "KEN/62A3/1", 0),
    ],
)
def test_editions_in_a_symbol_are_understood(symbol: str, id: str, revision: int) -> None:
    base = itu()
    data = f"MOD\t{symbol}\nresolves\n1\tthat a clock shall be wound each week;\n".encode()
    (arrival,) = arrivals(data, name="sent.txt", usual=base.language, form="itu")
    proposal, _ = proposal_and_queries(arrival, base)
    assert (proposal.id, proposal.revision) == (id, revision)


def test_several_proposals_in_a_text_are_parted() -> None:
    data = "MOD\tA/1/1\nresolves\n1\tto go;\nMOD\tB/1/1\nresolves\n1\tto stay;\n"
    found = arrivals(data.encode(), name="sent.txt", usual=itu().language, form="itu")
    assert [arrival.id for arrival in found] == ["A/1/1", "B/1/1"]


def test_the_dossier_of_an_assembly_goes_the_whole_road(desk: Desk) -> None:
    """Sentences, an extract and a Word document: consolidated, decided, adopted, proved."""
    originals = Path(__file__).parents[1] / "resolutions" / "night-buses" / "originals"
    for file in originals.iterdir():
        (desk.path / file.name).write_bytes(file.read_bytes())
    desk.done("new", "buses", "--base", "base.en.txt")
    files = ("ARC-sample-1.en.txt", "BRU-sample-1.en.txt", "COR-sample-1.en.docx")
    told = desk.run("add", "buses", *files)
    assert "PP2 would read: Recognizing that bakers, nurses, cleaners and guards" in told.err
    assert "what it does not show is taken to stay" in told.err
    assert "OP4" in desk.run("conflicts", "buses").out
    for form in ("text", "html", "json"):
        assert "taxi drivers" in desk.run("consolidate", "buses", "-f", form).out
    desk.done("consolidate", "buses", "-o", "draft.docx")
    assert "OP2(a)" in desk.run("compare", "buses", "-f", "text").out
    desk.done("decide", "buses", "OP4", "--take", "BRU", "--by", "Chair")
    desk.done("decide", "buses", "op 2 (a)", "--take", "ARC", "--by", "Chair")
    assert "Recorded: 2" in desk.run("status", "buses").out
    desk.done("adopt", "buses", "-o", "adopted.xml")
    prose = desk.run("extract", "buses", "--as", "COR", "-f", "prose").out
    assert "1. Delete the fourth preambular paragraph." in prose
    (desk.path / "again.txt").write_text(prose, encoding="utf-8")
    desk.done("import", "again.txt", "--against", "buses", "--id", "COR/sample/1", "-o", "x.xml")
    wanted = desk.run("extract", "buses", "--as", "COR").out
    desk.done("import", "base.en.txt", "-o", "base.xml")
    assert "Bearing in mind" not in wanted
    assert "Proved" in desk.run("verify", "buses").out


UNSHOWN = "The Assembly,\nNoting the rain,\nNoting the wind,\n"
WHOLE_TEXT = UNSHOWN + "".join(f"{n}.\tDecides on matter {n};\n" for n in range(1, 7))
SHORT_TEXT = UNSHOWN + "1.\tDecides on matter 1 alone;\n2.\tDecides on matter 2;\n"


@pytest.mark.parametrize("reading", ["extract", "whole"])
def test_a_dossier_keeps_who_said_how_a_text_is_to_be_read(desk: Desk, reading: str) -> None:
    desk.path.joinpath("base.en.txt").write_text(WHOLE_TEXT)
    desk.path.joinpath("AAA-1-1.en.txt").write_text(SHORT_TEXT)
    desk.done("new", "d", "--base", "base.en.txt")
    assert "--extract" in desk.refused(3, "add", "d", "AAA-1-1.en.txt")
    desk.done("add", "d", "AAA-1-1.en.txt", f"--{reading}", "--by", "Ms Rho")
    how = {"extract": "what it does not show stays", "whole": "what it does not show is struck"}
    for shown in (desk.done("status", "d"), desk.done("show", "d", "OP1")):
        assert "AAA/1/1" in shown and how[reading] in shown and "according to Ms Rho" in shown
    assert desk.run("verify", "d").code == 0


def test_bare_files_are_read_as_somebody_says(desk: Desk) -> None:
    desk.path.joinpath("base.en.txt").write_text(WHOLE_TEXT)
    desk.path.joinpath("AAA-1-1.en.txt").write_text(SHORT_TEXT)
    files = ("base.en.txt", "AAA-1-1.en.txt")
    assert "--extract" in desk.refused(3, "consolidate", *files)
    assert "--extract" in desk.refused(3, "diff", *files)
    for command in ("consolidate", "compare", "matrix", "conflicts"):
        desk.done(command, *files, "--whole")
    assert "delete" not in desk.done("matrix", *files, "--extract")
    assert "delete" in desk.done("matrix", *files, "--whole")
    desk.done("diff", *files, "--extract", "-o", "AAA.xml")
    assert 'reading="extract"' in desk.path.joinpath("AAA.xml").read_text()
    assert "when you add them" in desk.refused(2, "consolidate", "AAA.xml", "--extract")


@pytest.mark.parametrize(
    "letter",
    [
        # a letter around amendments, an instruction behind its place, a table as it is pasted
        "Dear Chair,\nMy delegation proposes:\n1. In OP1, replace “trial” with “pilot”.\n"
        "With best regards,\nRuritania\n",
        "OP1: replace “trial” with “pilot”.\n",
        "In force\tProposed\n1. Welcomes the trial;\t1. Welcomes the pilot;\n",
    ],
)
def test_what_is_sent_is_read_for_what_it_is(letter: str) -> None:
    base = un()
    wanted = {p.name: p.text for p in named(base)} | {"OP1": "Welcomes the pilot;"}
    assert sent(base, letter)[0] == wanted


@pytest.mark.parametrize(
    "letter",
    [
        "General comments\nWe welcome the trial. It is balanced.\nParagraph 1: stronger words?\n",
        "OP1: no change\n",
        "Excellency,\nI have the honour to inform you that my Government likes buses.\n",
    ],
)
def test_what_is_no_text_is_not_taken_for_one(letter: str) -> None:
    with pytest.raises(Invalid):
        sent(un(), letter)


ASSEMBLIES = {
    "en": "The Assembly,\nNoting the rain,\n1. Welcomes the trial;\n2. Requests two lamps.\n",
    "fr": "L'Assemblée,\nNotant la pluie,\n1. Accueille l'essai;\n2. Prie les villes d'agir.\n",
    "es": "La Asamblea,\nObservando la lluvia,\n1. Acoge el ensayo;\n2. Solicita dos lámparas.\n",
    "ru": "Ассамблея,\nотмечая дождь,\n1. приветствует опыт;\n2. просит две лампы.\n",
    "zh": "大会，\n注意到下雨，\n1. 欢迎试验；\n2. 请各市装两盏灯。\n",
    "ar": "إن الجمعية العامة،\nإذ تلاحظ المطر،\n1 - ترحب بالتجربة؛\n2 - تطلب مصباحين.\n",
}


@pytest.mark.parametrize(
    ("language", "letter"),
    [
        ("en", "Dear Chair,\nThree remarks:\n1. The preamble is long.\n2. Lamps cost money.\n"),
        (
            "en",
            "Excellency,\nOur extract:\n[...]\n2. Requests four lamps.\n[...]\nYours sincerely,\nA",
        ),
        ("en", "The Permanent Mission presents its compliments.\n1. Ruritania is content.\n"),
        ("en", "2. Requests four lamps.\nWith best regards,\nRuritania\n"),
        ("fr", "Madame la Présidente,\n[...]\n2. Prie les villes de dormir.\n[...]\n"),
        ("fr", "2. Prie les villes de dormir.\nVeuillez agréer l'assurance de ma considération.\n"),
        ("es", "Excelencia:\n[...]\n2. Solicita cuatro lámparas.\n[...]\nAtentamente,\nA\n"),
        ("ru", "Уважаемый господин Председатель,\n1. Преамбула длинна.\n2. Лампы дороги.\n"),
        ("zh", "主席先生：\n1. 序言太长。\n2. 灯很贵。\n此致\n敬礼\n"),
        ("ar", "السيد الرئيس،\n1 - الديباجة طويلة.\n2 - المصابيح غالية.\n"),
    ],
)
def test_a_letter_is_refused_as_a_letter(language: str, letter: str) -> None:
    base = arrivals(ASSEMBLIES[language].encode(), name=f"base.{language}.txt")[0].value
    assert isinstance(base, Resolution) and base.metadata.form == "un"
    with pytest.raises(Invalid, match="this is a letter"):
        sent(base, letter)
    with pytest.raises(Invalid, match="this is a letter"):
        sent(base, letter, reading="extract")


@pytest.mark.parametrize(
    ("language", "comments"),
    [
        ("en", "[...]\n1. We would like stronger words\n[...]\n"),
        ("en", "[...]\n2. Who pays for the lamps?\n[...]\n"),
        ("en", "OP1: too weak\n"),
        ("en", "OP2: Ruritania supports this paragraph.\n"),
        ("en", "[...]\n2. Deleted\n[...]\n"),
        ("en", "1. Agreed.\n2. Needs discussion.\n"),
        (
            "en",
            "The Assembly,\nNoting the rain,\n1. Welcomes the trial;\n2. Please say who pays.\n",
        ),
        ("fr", "[...]\n2. Nous préférerions deux lampes.\n[...]\n"),
        ("es", "[...]\n2. No podemos aceptar esto.\n[...]\n"),
        ("ru", "[...]\n2. Мы хотели бы иного.\n[...]\n"),
        ("zh", "[...]\n2. 我们希望更强。\n[...]\n"),
        ("ar", "[...]\n2 - نود صياغة أقوى.\n[...]\n"),
        # amendments in sentences, in languages in which none are read
        ("zh", "OP2: 将“两盏”改为“四盏”。\n"),
        ("ar", "OP2: يستعاض عن كلمة “مصباحين” بعبارة “أربعة مصابيح”.\n"),
    ],
)
def test_a_comment_is_never_taken_for_the_text_that_it_speaks_of(
    language: str, comments: str
) -> None:
    base = arrivals(ASSEMBLIES[language].encode(), name=f"base.{language}.txt")[0].value
    assert isinstance(base, Resolution)
    with pytest.raises(Invalid, match="comment"):
        sent(base, comments)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Thanks the drivers."),
        ("en", "Warmly hails all who drive;"),
        ("fr", "Remercie les chauffeurs."),
        ("es", "Da las gracias a los conductores."),
        ("ru", "благодарит водителей."),
        ("zh", "感谢司机。"),
        ("ar", "تشكر السائقين."),
    ],
)
def test_a_new_text_is_no_comment(language: str, words: str) -> None:
    base = arrivals(ASSEMBLIES[language].encode(), name=f"base.{language}.txt")[0].value
    assert isinstance(base, Resolution)
    label = "2 -" if language == "ar" else "2."
    assert sent(base, f"[...]\n{label} {words}\n[...]\n")[0]["OP2"] == words
    assert sent(base, f"OP2: {words}\n")[0]["OP2"] == words


@pytest.mark.parametrize(
    ("instruction", "changed"),
    [
        # a sentence behind a place is no text for it
        ("OP1: after “trial” add “of May”.", {"OP1": "Welcomes the trial of May;"}),
        ("PP2: before “most” insert “nearly”.", {"PP2": "nearly most shifts"}),
        ("OP3: Asks all to add “lamps” to stops.", {"OP3": "Asks all to add “lamps” to stops."}),
        # what is added under the name of a recital stands in its place
        ("Insert as PP1: “Alarmed by the dark,”", {"PP1": "Alarmed by the dark,"}),
        ("Add a new second preambular paragraph: “Alarmed by fog,”", {"PP2": "Alarmed by fog,"}),
        ("Add the following to the preamble: “Alarmed by fog,”", {"PP5": "Alarmed by fog,"}),
        # paragraphs are numbered through: none is inside the one before
        ("In paragraph 1, delete “the”. In paragraph 3, delete “shall”.", {"OP3": "a stop have"}),
        ("Delete paragraph 3 and renumber accordingly.", {"OP1": "Welcomes the trial;"}),
    ],
)
def test_a_sentence_is_read_as_it_is_meant(instruction: str, changed: dict[str, str]) -> None:
    places, _ = sent(un(), instruction)
    for name, words in changed.items():
        assert words in places[name]


@pytest.mark.parametrize(
    ("instruction", "reason"),
    [
        ("OP1: after trial, add its costs", "cannot be read"),
        ("Add a new OP2: “Thanks all;”", "on which side"),
        ("Add the following paragraph: “Noting the fog,”", "adds a recital"),
        ("Delete OP3?", "not plain"),
        ("OP3 could be deleted.", "not plain"),
        ("Delete OP3, unless a lamp is there.", "not plain"),
    ],
)
def test_a_sentence_that_may_mean_two_things_is_refused(instruction: str, reason: str) -> None:
    with pytest.raises(Invalid, match=reason):
        sent(un(), instruction)


def test_a_declaration_speaks_as_its_people_do() -> None:
    text = b"The Heads of State,\nMeeting here,\n1. We affirm peace;\n2. We wait.\n"
    base = arrivals(text, name="base.en.txt")[0].value
    assert isinstance(base, Resolution)
    assert sent(base, "[...]\n2. We shall act.\n[...]\n")[0]["OP2"] == "We shall act."


def test_a_refusal_calls_the_text_by_what_it_is() -> None:
    with pytest.raises(Invalid, match="in the draft as submitted"):
        sent(un(), "In OP9, delete “x”.\n")


@pytest.mark.parametrize("reading", ["", "extract"])
def test_the_courtesies_of_a_letter_are_not_what_a_state_proposes(reading: str) -> None:
    letter = (
        "Excellency,\nI have the honour to convey, on behalf of my Government, these proposals.\n"
        "In operative paragraph 2, replace “one word” by “another one”.\n"
        "Please accept, Excellency, the assurances of my highest consideration.\n"
        "The Permanent Representative of Chad to the United Nations\n"
    )
    with pytest.raises(Invalid, match="this is a letter") as refused:
        sent(un(), letter, reading=reading)
    assert "Send what it proposes alone" in refused.value.advice
    places, _ = sent(un(), "Stresses that no child waits;\n", reading="extract")  # no letter
    assert "Stresses that no child waits;" in places.values()
