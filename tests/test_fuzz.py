"""Whatever bytes come, a reader reads them or refuses them with a reason, in bounded time.

``scripts/fuzz`` does the same for longer, guided by what the inputs make the code do.
"""

from __future__ import annotations

import re
import resource
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from fuzz.mutators import mutated
from fuzz.seeds import seeds
from fuzz.targets import TARGETS
from hypothesis import given, settings
from hypothesis import strategies as st

from resamend import akn
from resamend.errors import InputError
from tests.effort import tries

ROOT = Path(__file__).parent.parent
SEEDS = seeds()
XML = SEEDS["xml"]


def test_every_target_has_seeds_and_they_are_kept() -> None:
    assert set(SEEDS) == set(TARGETS)
    for target, inputs in SEEDS.items():
        kept = {path.name: path.read_bytes() for path in (ROOT / "fuzz/corpus" / target).iterdir()}
        assert set(inputs) <= set(kept)
        for data in inputs.values():
            TARGETS[target](data)


@pytest.mark.parametrize("target", TARGETS)
@settings(max_examples=tries(60))
@given(data=st.data())
def test_changed_inputs(target: str, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(SEEDS[target])))
    dice = Random(data.draw(st.integers(0, 1 << 32)))
    TARGETS[target](mutated(SEEDS[target][name], dice))


@pytest.mark.parametrize("target", TARGETS)
@settings(max_examples=tries(60))
@given(data=st.binary(max_size=200))
def test_any_bytes(target: str, data: bytes) -> None:
    TARGETS[target](data)


def _narrow() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
    resource.setrlimit(resource.RLIMIT_CPU, (20, 20))


@pytest.mark.parametrize("target", TARGETS)
def test_in_little_memory_and_time(target: str) -> None:
    """A gigabyte, and twenty seconds of the processor for what is tried in one."""
    ran = subprocess.run(
        [sys.executable, "-m", "fuzz", target, "--plain", "--seconds", "1", "--seed", "1"],
        cwd=ROOT,
        capture_output=True,
        check=False,
        preexec_fn=_narrow,
    )
    assert ran.returncode == 0, ran.stderr.decode()


# -- what was found ---------------------------------------------------------------------------


def read_or_refused(data: bytes) -> None:
    try:
        akn.read(data, name="x.xml")
    except InputError as refused:
        assert str(refused)


def test_a_comment_among_modifications() -> None:
    data = XML["RUS-62-1"]
    read_or_refused(data.replace(b"<activeModifications>", b"<activeModifications><!--x-->"))
    commented = data.replace(b'"><source href=', b'"><!--x--><source href=')
    assert commented != data
    assert akn.read(commented).value == akn.read(data).value


def test_a_comment_beside_the_text_of_another_form() -> None:
    data = XML["base"].replace(b'rs:form="1"', b"")
    read_or_refused(data.replace(b"<meta>", b"<!-- between --><meta>", 1))
    read_or_refused(data.replace(b"</statement>", b"<!-- at the end --></statement>"))


@pytest.mark.parametrize("half", ["<content>", "</content>"])
def test_half_a_content_is_not_well_formed_on_a_line_either(half: str) -> None:
    data = XML["base"].decode()
    line = next(line for line in data.split("\n") if "<content>" in line)
    with pytest.raises(InputError, match="not well-formed"):
        akn.read(data.replace(line, line.replace(half, "")).encode())


def test_a_record_without_a_place_is_refused() -> None:
    import json

    from fuzz.targets import _resealed

    from resamend.dossier.log import read_log

    told = json.loads(SEEDS["decisions"]["three"].splitlines()[0])
    data = _resealed(json.dumps({**told, "places": []}).encode())
    with pytest.raises(InputError, match=r"x, line 1: .*names no place"):
        read_log(data, "x")


def test_what_is_moved_must_be_named() -> None:
    data = SEEDS["draft"]["two"]
    refused = 0
    for tag in (b"<paragraph ", b"<item ", b"<recital "):
        for at in (found.end() for found in re.finditer(tag, data)):
            try:
                akn.read(data[:at] + b'rs:moved="" ' + data[at:])
            except InputError as error:
                refused += "does not say what" in error.what
    assert refused


def test_a_tag_spoilt_anywhere_in_a_proposal_is_refused() -> None:
    data = XML["RUS-62-1"]
    for at in [tag.start() for tag in re.finditer(b"<", data)]:
        with pytest.raises(InputError, match="not well-formed"):
            akn.read(data[:at] + b"<" + data[at:], name="x.xml")
        TARGETS["proposal"](data[:at] + b"=" + data[at + 1 :])


@pytest.mark.parametrize("between", ["", " ", "lost?"])
def test_a_line_that_ends_one_provision_and_opens_the_next(between: str) -> None:
    data = XML["base"].decode()
    joined = re.sub(r"(</paragraph>)\n +(<paragraph [^\n]*</num>)\n", rf"\1{between}\2\n", data)
    assert joined != data
    TARGETS["xml"](joined.encode())
    read = akn.read(joined.encode(), name="x.xml").value
    assert between or read == akn.read(data.encode()).value
