"""What a template of somebody's folder cannot do: run, read, or go on without end."""

from __future__ import annotations

from pathlib import Path

import pytest

from resamend.errors import InputError
from resamend.page.options import RenderOptions
from resamend.renderers import sandbox
from resamend.renderers.html import render_html
from tests.test_render_html import example

LOOP = "{% for a in range(9999) %}{% for b in range(9999) %}WORDS{% endfor %}{% endfor %}"
GROWING = "{% set n = namespace(s='ab') %}{% for i in range(99) %}{% set n.s = NEXT %}{% endfor %}"
REFUSED = {
    "{{ lipsum.__globals__['os'].popen('id').read() }}": "'lipsum' is undefined",
    "{{ range.__globals__ }}": "__globals__",
    "{{ say.__init__ }}": "__init__",
    "{{ 'a'|attr('__class__') }}": "__class__",
    "{{ 'a'['__class__'] }}": "__class__",
    "{% include '/etc/passwd' %}": "no template '/etc/passwd'",
    "{% include '../../../../etc/passwd' %}": "no template",
    "{% include 'own.html.j2' %}": "no template 'own.html.j2'",
    "{% import 'draft.css' as x %}": "no template 'draft.css'",
    "{% for i in range(1000000000) %}{% endfor %}": "Range too big",
    LOOP.replace("WORDS", ""): "more than 20000 steps",
    LOOP.replace("WORDS", "x" * 999): "more than 900000 characters",
    "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(60) }}": (
        "more than 20000 steps"
    ),
    "{% set s = 'ab' * 400000 %}{% for a in range(99) %}{{ s|upper|length }}{% endfor %}": (
        "more than 20000 steps"
    ),
    "{% set s = 'ab' * 400000 %}{% for a in range(99) %}{{ s.upper() is none }}{% endfor %}": (
        "more than 20000 steps"
    ),
    "{% for a in range(9999) %}{% set x = a + a * a - a %}{% endfor %}": "more than 20000 steps",
    "{% for i in range(99) %}{% set x = range(9999)|list %}{% endfor %}": "more than 20000 steps",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}": "without end",
    "{% include 'annexes.html.j2' %}": "without end",
    "{% for a in [1] recursive %}{{ loop([1]) }}{% endfor %}": "cannot be recursive",
    GROWING.replace("NEXT", "n.s ~ n.s"): "more than 900000 characters",
    GROWING.replace("NEXT", "n.s + n.s"): "longer than",
    GROWING.replace("NEXT", "[n.s, n.s]"): "cannot hold lists",
    GROWING.replace("'ab'", "9").replace("NEXT", "n.s * n.s"): "larger than",
    "{{ 'a' * 1000000000 }}": "longer than",
    "{{ 10 ** 10 ** 10 }}": "operator **",
    "{{ '%1000000000d' % 1 }}": "operator %",
    "{{ '{:1000000000}'.format(1) }}": "'format'",
    "{{ 'a'.ljust(1000000000) }}": "'ljust'",
    "{{ 'a'|center(1000000000) }}": "center",
    "{{ range(999)|join('x' * 9999) }}": "longer than",
    "{{ [1, 2] }}": "a list cannot be written",
    "{{ 1 / 0 }}": "ZeroDivisionError",
    "{{ title.nothing }}": "nothing",
}


@pytest.fixture
def bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lower what a page may take: that it is counted is tested, not how long it may last."""
    monkeypatch.setattr(sandbox, "STEPS", 20_000)
    monkeypatch.setattr(sandbox, "WRITTEN", 900_000)


@pytest.mark.usefixtures("bounds")
@pytest.mark.parametrize("template", REFUSED)
def test_what_is_refused_is_named_with_template_and_line(template: str, tmp_path: Path) -> None:
    (tmp_path / "own.html.j2").write_text("own")
    (tmp_path / "annexes.html.j2").write_text(f"\n\n{template}")
    with pytest.raises(InputError, match=r"annexes\.html\.j2, line 3") as refused:
        render_html(example(), RenderOptions(templates=str(tmp_path)))
    assert REFUSED[template] in refused.value.what
    assert refused.value.where == str(tmp_path)


@pytest.mark.usefixtures("bounds")
def test_each_page_begins_with_all_its_steps(tmp_path: Path) -> None:
    (tmp_path / "annexes.html.j2").write_text("{% for i in range(9999) %}{% endfor %}")
    for _ in range(3):
        render_html(example(), RenderOptions(templates=str(tmp_path)))


def test_our_own_templates_make_the_same_page_in_the_sandbox(tmp_path: Path) -> None:
    page = render_html(example(), RenderOptions(templates=str(tmp_path)))
    assert page == render_html(example())


def test_what_a_template_is_for_stays_possible(tmp_path: Path) -> None:
    words = "{{ [1, 2]|join(', ') }}|{{ 'a' ~ 1 }}|{{ '=' * 3 }}|{{ 'x/y'.split('/')|last }}"
    (tmp_path / "annexes.html.j2").write_text(words)
    assert "1, 2|a1|===|y" in render_html(example(), RenderOptions(templates=str(tmp_path)))
