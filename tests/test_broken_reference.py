"""References that break: what one source does to a provision that a text cites."""

from __future__ import annotations

import json

from hypothesis import given

from resamend.conflict import ConflictKind, Findings, OptionKind, Severity, Standing, find
from resamend.consolidation import merge
from resamend.redlines import redline
from resamend.renderers.json import conflicts_json
from tests.build import laid, proposal, resolution
from tests.strategies import Draft, drafts

BASE = ("resolves", "1 to begin;", "2 to go on;", "3 to end,", "requests", "1 to see resolves 2;")


def told(found: Findings) -> list[tuple[str, str, list[tuple[str, str, str]]]]:
    """Return where each reference stands, what it cites, and who does what to that."""
    return [
        (
            warning.path,
            warning.cites,
            [(o.deed.value, ", ".join(o.sources), o.place) for o in warning.options],
        )
        for warning in found.warnings
    ]


def warned(**wanted: tuple[str, ...]) -> list[tuple[str, str, list[tuple[str, str, str]]]]:
    return told(laid(resolution(*BASE), **wanted)[1])


def test_what_is_cited_in_force_is_struck() -> None:
    struck = ("resolves", "1 to begin;", "3 to end,", "requests", "1 to see resolves 2;")
    assert warned(RUS=struck) == [("requests 1", "resolves 2", [("suppress", "RUS/1/1", "")])]


def test_who_strikes_and_mends_the_reference_breaks_nothing() -> None:
    mended = ("resolves", "1 to begin;", "3 to end,", "requests", "1 to see resolves 3;")
    gone = ("resolves", "1 to begin;", "3 to end,", "requests", "1 to look;")
    assert warned(RUS=mended) == warned(RUS=gone) == []


def test_what_is_cited_is_renumbered() -> None:
    again = ("resolves", "1 to go on;", "2 to end,", "requests", "1 to see resolves 2;")
    assert warned(RUS=again) == [("requests 1", "resolves 2", [("label", "RUS/1/1", "resolves 1")])]


def test_who_renumbers_and_mends_the_reference_breaks_nothing() -> None:
    again = ("resolves", "1 to go on;", "2 to end,", "requests", "1 to see resolves 1;")
    assert warned(RUS=again) == []


def test_what_is_cited_is_moved_under_another_heading() -> None:
    moved = (
        "resolves", "1 to begin;", "3 to end,",
        "requests", "1 to see resolves 2;", "2 to go on;",
    )  # fmt: skip
    assert warned(RUS=moved) == [("requests 1", "resolves 2", [("move", "RUS/1/1", "requests 2")])]


def test_what_is_cited_is_joined() -> None:
    long = "that the secretariat should keep all of its records in one open place"
    rest = "and that everybody should be able to read them there at any time"
    base = resolution("resolves", f"1 {long};", f"2 {rest};", "requests", "1 to see resolves 2;")
    joined = ("resolves", f"1 {long}; {rest};", "requests", "1 to see resolves 2;")
    assert told(laid(base, RUS=joined)[1]) == [
        ("requests 1", "resolves 2", [("join", "RUS/1/1", "resolves 1")])
    ]


def test_what_a_source_writes_cites_what_another_strikes() -> None:
    citing = (*BASE, "2 to heed resolves 1 and 3 above;")
    struck = ("resolves", "1 to begin;", "2 to go on;", "requests", "1 to see resolves 2;")
    assert warned(RUS=citing, CHN=citing, USA=struck) == [
        (
            "requests 2",
            "resolves 3",
            [("words", "CHN/1/1, RUS/1/1", ""), ("suppress", "USA/1/1", "")],
        )
    ]


def test_what_a_source_writes_holds_by_its_own_numbers() -> None:
    """RUS renumbers and cites by the new number; USA, who leaves the numbers, breaks nothing."""
    again = ("resolves", "1 to go on;", "2 to end,", "requests", "1 to see resolves 1 and 2;")
    assert warned(RUS=again, USA=(*BASE, "2 to look;")) == []


def test_the_additions_of_others_are_not_missed() -> None:
    added = (*BASE[:4], "4 to rest;", *BASE[4:], "2 to heed resolves 4;")
    assert warned(RUS=added, USA=(*BASE, "2 to look;")) == []


def test_a_warning_is_no_point_and_no_change() -> None:
    base = resolution(*BASE)
    struck = ("resolves", "1 to begin;", "3 to end,", "requests", "1 to see resolves 2;")
    draft = merge(base, [proposal(base, "RUS", *struck)])
    found = find(draft)
    (warning,) = found.warnings
    assert (warning.standing, warning.severity) == (Standing.WARNING, Severity.WARNING)
    assert not found.outstanding and warning not in found.regions
    value = json.loads(conflicts_json(redline(draft, found)))
    assert value["conflicts"] == []
    assert [(w["kind"], w["severity"], w["cites"], w["base"]) for w in value["warnings"]] == [
        ("broken-reference", "warning", "resolves 2", "resolves 2")
    ]


@given(drafts())
def test_a_warning_says_who_cites_and_who_breaks_it(draft: Draft) -> None:
    found = find(merge(draft.base, draft.proposals))
    again = find(merge(draft.base, reversed(draft.proposals)))
    assert again.warnings == found.warnings
    ids = [warning.id for warning in found.warnings]
    assert len(ids) == len(set(ids))
    for warning in found.warnings:
        assert warning.kinds == (ConflictKind.BROKEN_REFERENCE,)
        citers = {s for o in warning.options if o.deed is OptionKind.WORDS for s in o.sources}
        breakers = {s for o in warning.options if o.deed is not OptionKind.WORDS for s in o.sources}
        assert breakers and not citers & breakers
        assert set(warning.sources) == citers | breakers
        assert bool(warning.base) != bool(citers)
