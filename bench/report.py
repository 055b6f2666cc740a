"""Write what was measured as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bench.bars import Bar, bars
from bench.harness import Figure
from bench.quality import summed
from bench.registry import find_tool
from bench.results import Loss, Measured, Results, Waited, exponent
from bench.tool import Tool
from bench.waiting import CASES, RESOLUTION, of
from bench.word import PROVISIONS, REVISIONS

FLOOR = "floors:floor"
OURS = "ours:consolidate"

_HEAD = """# Benchmarks

Written by `scripts/bench{option}`, which makes the texts, runs every tool on them, and measures
resamend's answers against the truth. Times move with the machine; the ratios of one run hold.
`scripts/bench --scale` measures [3,000 × 300](benchmarks-scale.md), 440 MB of XML,
`python -m bench.page` [the page in a browser](benchmarks-page.md).

![Time against the floor, and how it grows](benchmarks.svg)
"""

_HOW = """## How it is measured

- **The texts** come from a seeded generator (`bench/generate.py`): P provisions of 20 to 90 words
  in a tree, N sources. Each source edits 12 % of the provisions; of its edits 25 % touch what
  another touches, 10 % are another's word for word; they replace, insert and delete words, add,
  strike and move provisions, and all lists are numbered anew. The multiples follow the rates.
- **The floor** is what nothing that reads and writes XML can beat: lxml parses the base and the N
  texts, and writes out one text of the draft's size.
- **Each tool has a process of its own**, run in turns with the others, {limits.rounds} rounds; the
  figure is the median. One that takes over {limits.long:g} s is run once, one that takes over
  {limits.seconds:g} s is stopped. Before the clock starts it does a tiny example, so that imports
  do not count; each process then works once, so that nothing is remembered from the round before.
- **Time** is processor time, with that of the programs a tool runs; **memory** is the most that a
  process held, with Python and what it imports.
- **A true conflict** is judged from the generator's own record of what each source did, without
  resamend's code (`bench/truth.py`, `bench/clashes.py`), by the base words touched.
- **Words lost** are proposed words that are not in the result in their order, wherever they are and
  whatever stands between them: markers of conflicts count for a tool, not against it.
"""


def report(results: Results, *, option: str = "") -> str:
    """Return the whole page."""
    parts = [
        _HEAD.format(option=option),
        _bars(bars(results)),
        _waits(results),
        _stages(results),
        _many(results),
        _pairs(results),
        _sizes(results),
        _quality(results),
        _starts(results),
        _word(results),
        _HOW.format(limits=results.limits),
        _machine(results),
    ]
    return "\n".join(parts)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table, all columns but the first to the right."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def number(value: float) -> str:
    """Write a figure with three digits or so.

    >>> number(0.456), number(3.14159), number(31.4), number(31415)
    ('0.46', '3.1', '31', '31,415')
    """
    if value < 1:
        return f"{value:.2f}"
    return f"{value:.1f}" if value < 10 else f"{value:,.0f}"


def seconds(value: float) -> str:
    """Write a time in the unit that suits it.

    >>> seconds(0.00123), seconds(0.25), seconds(12.3)
    ('1.2 ms', '250 ms', '12 s')
    """
    return f"{number(value * 1000)} ms" if value < 1 else f"{number(value)} s"


def _time(figure: Figure) -> str:
    return f"> {figure.seconds:g} s" if figure.stopped else seconds(figure.seconds)


def _ratio(measured: Measured, tool: str, to: str = FLOOR) -> str:
    more = "> " if measured.of(tool).stopped else ""
    return f"{more}{number(measured.ratio(tool, to))}"


# -- where time goes ------------------------------------------------------------------------------

_TRIED = """What was done about it, and what it brought at 300 × 30:

- Texts that occur once on each side are matched first, by their strings; similarity is asked only
  of what is left, after cheap bounds on what it could be; words are made only of the part of a text
  that differs, and a base text is cut into words once (from 8.2 to 5 × floor).
- Changes that meet no other need no sweep; texts without a figure are not searched for references;
  what cannot be similar is set aside by an exact bound (comparing those pairs word by word took
  80 × floor). Outstanding points are written without a tree.
- Of texts that may be similar only those are compared that have two of their rarest words in
  common; whether a word is too common is asked once (at 3000 × 30 finding takes a third less).
- The questions of units, phrases, gates and composed texts cost finding, alone, 1.8 times what it
  took before them at 300 × 30 (24 ms, now 42 ms) and 1.6 times at 3000 × 30 (0.35 s, now 0.55 s),
  each time in a text in force that was just read (`python -m bench.finding`); the first time in a
  process 2.4 times (32 ms, now 77 ms) and 2.0 times (0.36 s, now 0.73 s). Asked again of the very
  same text it was 4 times: what came before looked up, there, what it had kept beside it.
- Tried and taken out again: reading our own form by patterns, without a parser's tree (a third of
  the time at 300 × 30, nothing that shows on Resolution 140, and five faults); keeping beside the
  base what was made of each provision, which only helps a program that stays open.
- Tried in vain: comparing two texts as long integers instead of by halves (2 µs of 40 for a changed
  text), or by `startswith` (nothing), and hashed names without the JSON encoder (nothing);
  compiling words, matching and comparing with mypyc (15 % of comparing, which is mostly in C
  already). The garbage collector costs 8 to 14 % of the time at 3000 × 30, little at 300 × 30;
  the command line lets it look after 50,000 new objects instead of 700, and so does this
  benchmark, for every tool alike.

What is left is spread thin: when sampled, no function took 7 % of the comparing or the finding.
For 30 texts of 300 provisions there are 9,900 provisions to match, some 820 changed texts to
compare and 590 regions of words to make, 10 to 40 µs each, in Python; the floor, which is all C,
takes half a millisecond for a whole text. Stored proposals spare the matching, but their draft has
as many regions. At 3000 × 30 a provision costs a sixth more than at 300 × 30, and the floor a tenth
less: memory is farther away.
A cold start loads 100 modules of ours in 29 ms, click and what it needs in 30; patterns and enums
are the dearest of ours. A command leaves without taking down what the system frees anyway.
"""


def _stages(results: Results) -> str:
    measured = results.stages
    if measured is None:
        return ""
    rows = [
        [tool.name, _time(measured.of(key)), _ratio(measured, key)]
        for tool, key in ((find_tool(f.tool), f.tool) for f in measured.figures)
    ]
    head = ["", "time", "× floor"]
    return f"## Where time goes, {measured.case}\n\n{_table(head, rows)}\n{_TRIED}"


# -- the bars -------------------------------------------------------------------------------------


def _bars(all_bars: Sequence[Bar]) -> str:
    rows = [[bar.what, _aim(bar), _reached(bar), _verdict(bar)] for bar in all_bars]
    return "## The bars\n\n" + _table(["", "to reach", "reached", ""], rows)


_MISSED = """\
What is missed, and why: a page of Resolution 140 spends half its time in starting and in loading
the engine of its templates; `verify` reads every original again, in two languages, and compiles the
patterns of both; `show` has to find all points to number one; a comparison lays out a redline for
each of 30 proposals, and a Word file holds all its parts until it is written. Typst keeps the
layout of all pages at once, which Chromium does not. The peers' rows fell when our own form was
given to the parser again, and when questions of units and gates were added to what is found.
"""


def _waits(results: Results) -> str:
    """Return all that was measured of the commands, a row each."""
    sizes = (RESOLUTION, *map(str, CASES))
    rows = []
    for name in dict.fromkeys(waited.name for waited in results.waited):
        cells = [of(results.waited, name, size) for size in sizes]
        if any(cells):
            rows.append([name, *(seconds(w.seconds) if w else "–" for w in cells), *_grown(cells)])
    head = ["", *sizes, "exponent", "memory at most, MB"]
    return (
        "## What people wait for\n\nProcessor time of the whole process, byte code present.\n\n"
        + f"{_table(head, rows)}\n{_MISSED}"
    )


def _grown(cells: Sequence[Waited | None]) -> tuple[str, str]:
    small, large = cells[1], cells[2]
    power = "–"
    if small and large:
        ends = [(CASES[0].provisions, small.seconds), (CASES[1].provisions, large.seconds)]
        power = f"{exponent(ends):.2f}"
    return power, number(max(w.memory for w in cells if w))


def _aim(bar: Bar) -> str:
    if not bar.bar:
        return "–"
    sign = "≥" if bar.rising else "≤"
    return f"{sign} {bar.bar:g} {bar.unit}".strip()


def _reached(bar: Bar) -> str:
    if bar.reached is None:
        return "–"
    if bar.unit == "":
        return f"{bar.reached:.4f}".rstrip("0").rstrip(".")
    return f"{bar.reached:.2f}" if bar.unit == "exponent" else number(bar.reached)


def _verdict(bar: Bar) -> str:
    if bar.met is None:
        return "not measured"
    if not bar.bar:
        return ""
    return ("met, and beyond" if bar.exceeded else "met") if bar.met else "**missed**"


# -- N texts --------------------------------------------------------------------------------------


def _many(results: Results) -> str:
    head = [
        f"{results.many.case}", "time", "× floor", "memory, MB", "conflicts reported",
        "words lost", "order changes the result", "each source's text comes back",
    ]  # fmt: skip
    rows = [_many_row(results, figure.tool) for figure in results.many.figures]
    about = (
        f"There are {results.true_conflicts} true conflicts. Nobody but resamend takes more than "
        "one text at a time: the others merge one after another. Order was tried on 300 × 3.\n"
    )
    given = [f"- {tool.name}: {tool.given}." for tool in _tools(results.many)]
    return f"## N texts into one\n\n{about}\n{_table(head, rows)}\n" + "\n".join(given) + "\n"


def _tools(measured: Measured) -> Iterator[Tool]:
    return (find_tool(figure.tool) for figure in measured.figures)


def _many_row(results: Results, tool: str) -> list[str]:
    figure = results.many.of(tool)
    loss = next((each for each in results.many_losses if each.tool == tool), None)
    row = [
        find_tool(tool).name,
        _time(figure),
        _ratio(results.many, tool),
        number(figure.memory) if figure.memory else "–",
    ]
    return row + (_fate(results, loss) if loss else ["–"] * 4)


def _fate(results: Results, loss: Loss) -> list[str]:
    if loss.tool == OURS:
        steady = results.steadiness
        return [
            f"{results.qualities[0].conflicts.reported}",
            f"{loss.lost}",
            "yes" if loss.order_matters else "no",
            "yes" if steady.recovered == steady.runs else "**no**",
        ]
    reported = "–" if loss.conflicts is None else f"{loss.conflicts}"
    if loss.nested:
        reported += f", {loss.nested} inside others"
    if loss.asked:
        reported = f"none; {loss.refused:,} of {loss.asked:,} edits refused"
    order = {None: "–", True: "yes", False: "no"}[loss.order_matters]
    return [reported, "–" if loss.lost is None else f"{loss.lost:,}", order, "no"]


# -- two texts ------------------------------------------------------------------------------------


def _pairs(results: Results) -> str:
    head = ["one revised text"]
    for measured in results.pairs:
        head += [f"P = {measured.case.provisions}", "× floor"]
    head += ["memory, MB", "words lost", "the text comes back"]
    rows = [_pair_row(results, figure.tool) for figure in results.pairs[0].figures]
    given = [
        f"- {tool.name}: {tool.given}."
        for tool in _tools(results.pairs[0])
        if not tool.key.startswith("floor")
    ]
    note = "Memory and what is lost are those of P = 300.\n"
    table = _table(head, rows)
    return f"## Two texts\n\n{note}\n{table}\n" + "\n".join(given) + "\n"


def _pair_row(results: Results, tool: str) -> list[str]:
    row = [find_tool(tool).name]
    for measured in results.pairs:
        row += [_time(measured.of(tool)), _ratio(measured, tool)]
    memory = next(m for m in results.pairs if m.case.provisions == 300).of(tool).memory
    loss = next((each for each in results.pair_losses if each.tool == tool), None)
    if loss is None or loss.lost is None:
        fault = f"no: {loss.fault}" if loss and loss.fault else "–"
        return [*row, number(memory) if memory else "–", "–", fault]
    return [*row, number(memory), f"{loss.lost:,}", "yes" if loss.comes_back else "no"]


# -- resamend by itself ---------------------------------------------------------------------------


def _sizes(results: Results) -> str:
    rows = [_size_row(measured) for measured in results.sizes]
    growth = [
        f"{name}: {results.growth(by, tool):.2f} in {letter}"
        for name, tool in (("resamend", OURS), ("floor", FLOOR))
        for by, letter in (("provisions", "P"), ("sources", "N"))
    ]
    return (
        "## How it grows\n\n"
        + _table(_SIZE_HEAD, rows)
        + f"\nExponents, fitted over P = 300 … 3000 at N = 30 and N = 3 … 300 at P = 300: "
        f"{'; '.join(growth)}.\n"
    )


_SIZE_HEAD = [
    "P × N", "floor", "revised texts to a draft", "× floor", "memory, MB",
    "stored proposals to a draft", "× floor of those",
]  # fmt: skip


def _size_row(measured: Measured) -> list[str]:
    return [
        f"{measured.case}",
        _time(measured.of(FLOOR)),
        _time(measured.of(OURS)),
        _ratio(measured, OURS),
        number(measured.of(OURS).memory),
        _time(measured.of("ours:stored")),
        _ratio(measured, "ours:stored", "floors:floor-stored"),
    ]


def scale_report(measured: Measured) -> str:
    """Return the table of the largest workload."""
    wall = measured.of(OURS).wall
    head = "# Benchmarks: scale\n\nWritten by `scripts/bench --scale`, on one process.\n\n"
    table = _table(_SIZE_HEAD, [_size_row(measured)])
    return (
        f"{head}{table}\nOn the clock: {seconds(wall)}. The texts are read one by one; what is\n"
        "held is their edits, what is found of them, and the draft.\n"
    )


def _quality(results: Results) -> str:
    conflicts = summed([each.conflicts for each in results.qualities])
    identical = summed([each.identical for each in results.qualities])
    moves = summed([each.moves for each in results.qualities])
    exact = sum(each.to_the_word for each in results.qualities)
    steady = results.steadiness
    rows = [
        [
            "conflicts",
            f"{conflicts.true:,}",
            f"{conflicts.recall:.4f}",
            f"{conflicts.precision:.4f}",
        ],
        ["… with the very same words", f"{conflicts.true:,}", f"{exact / conflicts.true:.4f}", "–"],
        ["identical edits as co-sponsored", f"{identical.true:,}", f"{identical.recall:.4f}", "–"],
        ["moves as moves", f"{moves.true:,}", f"{moves.recall:.4f}", f"{moves.precision:.4f}"],
    ]
    return (
        f"## What resamend finds, against the truth\n\n{results.quality_case}, "
        f"{len(results.qualities)} seeds.\n\n"
        + _table(["", "true", "recall", "precision"], rows)
        + f"\nIn {steady.same_in_any_order} of {steady.runs} runs in shuffled orders the draft was "
        f"the same to the byte; from {steady.recovered} of {steady.runs} the base and every "
        "source's text came back exactly.\n"
    )


def _starts(results: Results) -> str:
    if not results.start_up:
        return ""
    first = results.start_up[0].seconds
    rows = [
        [f"`{each.name}`", seconds(each.seconds), number(each.seconds / first)]
        for each in results.start_up
    ]
    about = "Processor time of the whole process; `consolidate` is of 30 × 3, to text.\n"
    return f"## Start-up\n\n{about}\n" + _table(["", "time", "× `python -c pass`"], rows)


def _word(results: Results) -> str:
    if not results.word:
        return ""
    floor = results.word[0].seconds
    rows = [
        [each.name, seconds(each.seconds), number(each.seconds / floor)] for each in results.word
    ]
    about = f"A .docx of {PROVISIONS} provisions with {PROVISIONS * REVISIONS:,} tracked changes.\n"
    return f"## A Word document\n\n{about}\n" + _table(["", "time", "× lxml"], rows)


def _machine(results: Results) -> str:
    machine = results.machine
    told = "; ".join((machine.processor, machine.python, *machine.versions))
    return f"## With what\n\n{told}. Mode: {results.mode}.\n"
