"""What docs/rounds.md says is what happens: every command in it is run, in its order."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

PAGE = (Path(__file__).parent.parent / "docs/rounds.md").read_text(encoding="utf-8")


def test_three_rounds_work_from_the_first_command_to_the_last(tmp_path: Path) -> None:
    blocks = re.findall(r"^```sh\n(.*?)^```$", PAGE, flags=re.MULTILINE | re.DOTALL)
    assert len(blocks) == 15
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    bare = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    said = []
    for block in blocks:
        ran = subprocess.run(
            ["sh", "-e", "-c", block],
            cwd=tmp_path,
            env={**bare, "PATH": path, "PYTHONUTF8": "1"},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert ran.returncode == 0, f"{block}\n{ran.stderr}"
        said.append(ran.stdout)
    out = "\n".join(said)
    assert "Point 2 · opposed: the change or no change" in said[3]
    assert "supports: 1 (Women's Network)" in said[3]
    assert "closed\n    record 1, Chair, 5 November 2018, ad hoc, ad referendum" in said[5]
    assert "Cause: no longer asked for (MEX, NOR)" in said[5]
    assert "KEN/62/1\n  What became of it: revision 1\n" in said[5]
    assert "MEX/NOR/64/1\n  What became of it: no longer proposed (MEX, NOR)\n" in said[5]
    assert "reopened\n    record 2, Chair, 6 November 2018" in said[7]
    assert "5 November 2018: Women's Network: supports" in said[8]
    assert "CUB" not in said[8]
    assert "5 November 2018: MEX/NOR/64/1: withdrawn" in said[8]
    assert "reopened" in said[9]
    assert (tmp_path / "meter.csv").read_text("utf-8-sig").startswith("Brackets,res-7@2018-11-05")
    assert "<polyline" in (tmp_path / "meter.svg").read_text("utf-8")
    assert "similar wording" in out or "in part" in out or "not reflected" in out
    assert "the group's own words; record 3, Chair, 7 November 2018" in said[11]
    assert "not on record" not in said[11]
    assert "MEX/NOR/64/1" in said[12]
    assert (tmp_path / "actions.csv").is_file()
    assert "Point 1 · asked of the former text, which said “every year in Geneva”" in said[13]
    assert "meet once a year in Geneva" in (tmp_path / "rev-1-adopted.xml").read_text("utf-8")
    report = (tmp_path / "rev-1/carried-over.en.txt").read_text("utf-8")
    assert "KEN/62/1: 0 carried over, 0 met, 1 in conflict" in report
    assert "MEX/NOR/64/1: 1 carried over, 0 met, 0 in conflict" in report
