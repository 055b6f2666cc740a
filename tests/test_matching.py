"""Defects that were found in matching, each with the text that showed it."""

from __future__ import annotations

from resamend.amendment import apply, propose
from resamend.model import Kind, Language, Provision, Resolution
from resamend.numbering import eids


def group(*items: tuple[str, str]) -> Provision:
    children = tuple(Provision(id="?", kind=Kind.ITEM, label=lb, text=text) for lb, text in items)
    return Provision(id="?", kind=Kind.OPERATIVE, text="resolves", children=children)


def resolution(*groups: Provision) -> Resolution:
    whole = Provision(id="?", kind=Kind.RESOLUTION, children=groups)
    return eids(Resolution(language=Language.EN, provisions=(whole,)))


def test_a_provision_is_joined_into_one_other_only() -> None:
    one, two = "to report to the Council each year,", "and to publish its report in six languages;"
    base = resolution(
        group(("a)", two), ("b)", one), ("c)", one)), group(("1", one), ("2", two), ("3", two))
    )
    revised = resolution(
        group(("b)", one), ("c)", one)), group(("1", f"{one} {two}"), ("3", f"{two} {two}"))
    )
    assert apply(base, propose(base, revised, "RUS/1/1")) == revised
