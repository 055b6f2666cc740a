"""A draft carries its outstanding points for other programs, and is read back without them."""

from __future__ import annotations

from pathlib import Path

from resamend import akn
from resamend.conflict import find
from resamend.consolidation import merge
from resamend.redlines import redline

FOLDER = Path(__file__).parent.parent / "resolutions/140"


def test_points_stand_in_the_draft_and_change_nothing_in_it() -> None:
    base = akn.read((FOLDER / "base.en.xml").read_bytes()).value
    proposals = [
        akn.read(path.read_bytes()).value for path in (FOLDER / "proposals").glob("*.en.xml")
    ]
    draft = merge(base, proposals)  # type: ignore[arg-type]
    shown = redline(draft, find(draft))
    points = akn.point_elements(shown.findings, shown.numbers, draft.sources)
    written = akn.write_consolidated(draft, findings=points)
    assert written.count(b"<rs:point ") == len(shown.findings.outstanding) > 20
    assert not akn.check_schema(written)
    again = akn.read(written)
    assert again.value == draft
    assert again.numbers == shown.numbers
