"""The lists that a secretariat keeps by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

import resamend
from resamend.errors import Contradiction
from resamend.room.hall import Hall
from resamend.room.products import product_of
from tests.dossiers import BASE, RUS, Desk, sat_at


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    desk = sat_at(tmp_path, monkeypatch)
    desk.done("new", "res-7", "--base", "base.en.txt")
    desk.done("add", "res-7", "RUS.en.txt", "--date", "2018-10-01")
    desk.done("add", "res-7", "CHN.en.txt", "--date", "2018-10-09")
    return desk


def test_amendments_are_read_out_as_sentences(desk: Desk) -> None:
    out = desk.done("readout", "res-7", "-f", "csv")
    assert 'resolves 1,RUS,"In resolves 1, replace “every” with “twice a”.",1' in out
    assert '"CHN, RUS","After instructs the Secretary-General 2, insert' in out
    assert "RUS" not in desk.done("readout", "res-7", "--names", "none")


def test_the_register_has_what_was_replaced_and_withdrawn(desk: Desk) -> None:
    again = RUS.replace("twice a year", "thrice a year")
    (desk.path / "again.en.txt").write_text(again, encoding="utf-8")
    desk.done("add", "res-7", "again.en.txt", "--revision", "1", "--date", "2018-10-20")
    desk.done("withdraw", "res-7", "CHN", "--date", "2018-10-21")
    rows = desk.done("register", "res-7", "--deadline", "2018-10-05", "-f", "csv").splitlines()
    assert rows[1:] == [
        "CHN/63/1,CHN,9 October 2018,late,en,withdrawn (21 October 2018),",
        "RUS/62/1,RUS,20 October 2018,late,en,current,revision 0",
        "RUS/62/1,RUS,1 October 2018,,en,replaced by revision 1,",
    ]


@pytest.mark.parametrize("command", ["register", "outcome", "readout", "concord"])
def test_nobody_is_named_where_nobody_may_be(desk: Desk, command: str) -> None:
    for how in (("--names", "none"), ("--names", "number")):
        out = desk.done(command, "res-7", *how)
        assert "RUS" not in out
        assert "CHN" not in out


def test_actions_are_read_from_the_operative_headings(desk: Desk) -> None:
    text = BASE.replace("to publish its report.", "to report by 2022 (Rev. Busan, 2014), and soon.")
    (desk.path / "adopted.en.txt").write_text(text, encoding="utf-8")
    out = desk.done("actions", "adopted.en.txt", "-f", "csv")
    assert "resolves" not in out  # nobody is addressed
    assert (
        "instructs the Secretary-General,instructs the Secretary-General 2,"
        '"to report by 2022 (Rev. Busan, 2014), and soon.",to report by 2022,to report by 2022'
    ) in out


def _in_two_languages(desk: Desk) -> None:
    desk.done("new", "both", "--base", "base.en.txt", "--base", "base.fr.txt")
    desk.done("add", "both", "RUS.en.txt", "CHN.en.txt", "RUS.fr.txt", "CHN.fr.txt")


CHAIR = ("--by", "Chair", "--at", "2018-11-05")


def test_two_languages_that_contradict_each_other_stop_adopting(desk: Desk) -> None:
    _in_two_languages(desk)
    desk.done("decide", "both", "1", "--take", "RUS", "--lang", "en", *CHAIR)
    ran = desk.run("adopt", "both", "--lang", "fr", "-o", "fr.xml")
    assert ran.code == 0
    assert "pending: point 1, resolves 1: recorded in en only (record 1)" in ran.err
    assert "nothing is open" not in ran.err
    desk.done("decide", "both", "1", "--take", "CHN", "--lang", "fr", *CHAIR)
    told = desk.done("status", "both", "--lang", "en")
    assert "Settled differently in two languages: 1\n" in told
    refused = desk.refused(3, "adopt", "both", "--lang", "en", "-o", "en.xml")
    assert "record 1 (en) at resolves 1 against record 2 (fr) at décide 1" in refused
    assert desk.run("check", "both").code == 3
    dossier = resamend.open(desk.path / "both")
    with pytest.raises(Contradiction, match=r"record 1 \(en\).*`pending=True`"):
        dossier.adopt()
    hall = Hall({"both": desk.path / "both"})
    assert product_of(hall, "both", "draft.html")
    with pytest.raises(Contradiction):
        product_of(hall, "both", "adopted.docx")
    assert dossier.adopt(pending=True).text.language == "en"
    desk.done("adopt", "both", "--lang", "en", "--pending", "-o", "en.xml")
    desk.done("decide", "both", "1", "--take", "RUS", "--lang", "fr", *CHAIR)
    desk.done("adopt", "both", "--lang", "en", "-o", "en.xml")


def test_what_one_language_lacks_is_named(desk: Desk) -> None:
    french = (desk.path / "base.fr.txt").read_text(encoding="utf-8")
    (desk.path / "base.fr.txt").write_text(french.replace("1334", "1343"), encoding="utf-8")
    _in_two_languages(desk)
    out = desk.done("check", "both")
    assert "recalling b): figures differ: 1334 against 1343" in out
    desk.done("add", "both", "JOINT.en.txt")
    rows = desk.done("concord", "both", "-f", "csv").splitlines()
    assert 'resolves 1,,"MOD (CHN, RUS)","MOD (CHN, RUS)"' in rows
    assert 'instructs the Secretary-General 1,≠,"MOD (BLR, RUS)",—' in rows
    assert desk.run("concord", "both", "--exit-code").code == 1
