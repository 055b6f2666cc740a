"""A folder of dossiers: the same drafts by one process, by several and by a cluster."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.dossiers import Desk, sat_at
from tests.programs import module

CLUSTER = """
import sys
from distributed import LocalCluster

if __name__ == "__main__":
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        print(cluster.scheduler_address, flush=True)
        sys.stdin.read()
"""


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Return a folder with a conference of three dossiers, one of which cannot be read."""
    desk = Desk(tmp_path, monkeypatch)
    (tmp_path / "files").mkdir()
    files = sat_at(tmp_path / "files", monkeypatch)
    rus, chn = "RUS.en.txt", "CHN.en.txt"
    for name, proposals in (("one", (rus,)), ("two", (rus, chn)), ("broken", (rus,))):
        folder = files.dossier(*proposals, name=name)
        target = tmp_path / "conference" / ("week" if name == "two" else "") / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(folder, target)
    (tmp_path / "conference" / "broken" / "dossier.json").write_text("{", encoding="utf-8")
    return desk


def drafts(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """Run a scheduler with two workers, and yield its address."""
    script = folder / "cluster.py"
    script.write_text(CLUSTER, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout and running.stdin
        yield running.stdout.readline().strip()
        running.stdin.close()


def test_each_dossier_is_drafted_as_by_itself_and_one_that_fails_is_named(desk: Desk) -> None:
    ran = desk.run("consolidate", "conference", "-f", "html", "-o", "drafts")
    assert ran.code == 3
    assert "resamend: broken failed: broken/dossier.json" in ran.err
    assert "2 of 3 drafts written to drafts" in ran.err
    desk.done("consolidate", "conference/week/two", "-o", "alone.html")
    written = drafts(desk.path / "drafts")
    assert set(written) == {"one.html", "week-two.html"}
    assert written["week-two.html"] == (desk.path / "alone.html").read_bytes()


def test_several_processes_write_the_same(desk: Desk) -> None:
    alone = desk.run("consolidate", "conference", "-f", "html", "-o", "alone")
    several = desk.run("consolidate", "conference", "-f", "html", "-o", "several", "--jobs", "2")
    assert (alone.code, alone.err.replace("alone", "several")) == (several.code, several.err)
    assert drafts(desk.path / "alone") == drafts(desk.path / "several")


def test_a_cluster_writes_the_same_without_seeing_the_folder(desk: Desk) -> None:
    module("distributed")
    alone = desk.run("consolidate", "conference", "-f", "html", "-o", "alone")
    with cluster(desk.path) as address:
        command = [sys.executable, "-m", "resamend", "consolidate", "conference", "-f", "html"]
        ran = subprocess.run(
            [*command, "-o", "far", "--scheduler", address],
            cwd=desk.path,
            capture_output=True,
            text=True,
        )
    assert ran.returncode == alone.code == 3
    assert "broken failed: broken/dossier.json" in ran.stderr
    assert drafts(desk.path / "alone") == drafts(desk.path / "far")


def test_where_to_and_in_which_form_has_to_be_said(desk: Desk) -> None:
    assert "in which form" in desk.refused(2, "consolidate", "conference", "-o", "drafts")
    assert "one of the dossiers in it" in desk.refused(3, "consolidate", "conference")
    one = ("consolidate", "conference/one", "--scheduler", "tcp://127.0.0.1:9")
    assert "for a folder of dossiers" in desk.refused(2, *one)
