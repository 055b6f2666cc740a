"""What is asked for wrongly fails at once, by name, with a code; nothing is done in silence."""

from __future__ import annotations

import pytest

import resamend
from resamend import Language, Resolution, UsageError

TEXT = "RESOLUTION 1\nMeetings\nresolves\n1\tto meet every year in Geneva;"


def text_of(words: str = "every year") -> Resolution:
    return resamend.read(TEXT.replace("every year", words), Resolution, language=Language.EN)


def draft_of(**wishes: str) -> resamend.Consolidated:
    base = text_of()
    return resamend.merge(
        base,
        [resamend.propose(base, text_of(words), f"{who}/62/1") for who, words in wishes.items()],
    )


DRAFT = draft_of(RUS="twice a year", CHN="each spring")


# -- sources --------------------------------------------------------------------------------------


def test_a_source_is_left_out_by_its_id_or_its_proponent() -> None:
    for names in (["RUS/62/1"], ["RUS"], ("RUS", "RUS/62/1"), {"RUS"}):
        assert resamend.without(DRAFT, names).sources == ("CHN/62/1",)
    assert resamend.without(DRAFT, []) == DRAFT
    assert resamend.project(DRAFT, "RUS") == resamend.project(DRAFT, "RUS/62/1")


@pytest.mark.parametrize("names", ["RUS/62/1", "RUS", "", ["FRA"], ["RUS", "FRA/1/1"]])
def test_a_source_that_is_not_there_is_not_left_out_in_silence(names: str | list[str]) -> None:
    with pytest.raises(UsageError, match=r"no source|is one string"):
        resamend.without(DRAFT, names)
    with pytest.raises(UsageError) as refused:
        resamend.project(DRAFT, "FRA")
    assert refused.value.code == "unknown-source"
