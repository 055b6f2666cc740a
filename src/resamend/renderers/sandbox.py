"""Run the templates of an organisation: they may lay out a page, and nothing else.

A template is Jinja2 that came from a folder, not code that somebody installed. Names that begin
with an underscore are closed to it, and all but a list of filters and methods; lists do not hold
lists that it made. So all it can spend is steps (a turn of a loop, a call, an item that a filter
looks at) and characters that it writes, and both are counted: no clock, the same answer everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from typing import Any

from jinja2 import TemplateRuntimeError, nodes, pass_context
from jinja2.compiler import CodeGenerator
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

STEPS = 2_000_000
"""Turns of loops, items and things written for one page: about two seconds of work."""
_CALL = 20
"""Steps that a call counts as; a sum or product counts as a fifth of it."""
_AT_ONCE = 500
"""Characters that are worked on in the time of a step."""
WRITTEN = 200_000_000
"""Characters that are written for one page."""
LONGEST = 1_000_000
"""Characters, or items, of one value that a template makes."""
LARGEST = 10**15
"""A whole number that a template makes; more could grow without end."""
_FILTERS = [
    "abs",
    "attr",
    "capitalize",
    "count",
    "d",
    "default",
    "dictsort",
    "e",
    "escape",
    "first",
    "int",
    "items",
    "last",
    "length",
    "list",
    "lower",
    "max",
    "min",
    "reject",
    "rejectattr",
    "reverse",
    "safe",
    "select",
    "selectattr",
    "sort",
    "string",
    "title",
    "trim",
    "unique",
    "upper",
    "wordcount",
]
_METHODS = frozenset(
    [
        "capitalize",
        "endswith",
        "get",
        "items",
        "keys",
        "lower",
        "lstrip",
        "removeprefix",
        "removesuffix",
        "rstrip",
        "split",
        "startswith",
        "strip",
        "title",
        "upper",
        "values",
    ]
)
_HOLDERS = (list, tuple, dict, set, frozenset)
_BUILT_IN = (str, bytes, bytearray, int, float, *_HOLDERS)


class _Counting(CodeGenerator):
    """Count, in what is made of a template, the turns of its loops and what it writes."""

    def visit_Template(self, node: nodes.Template, frame: Any = None) -> None:  # noqa: N802
        """Make the code of a template."""
        for loop in list(node.find_all(nodes.For)):
            if loop.recursive:
                self.fail("a loop cannot be recursive", loop.lineno)
            loop.iter = _through("_turns", loop.iter)
        holder: Any
        for holder in [*node.find_all(nodes.List), *node.find_all(nodes.Tuple)]:
            if getattr(holder, "ctx", "load") == "load":
                holder.items = [
                    member if isinstance(member, nodes.Literal) else _through("_single", member)
                    for member in holder.items
                ]
        for pair in list(node.find_all(nodes.Pair)):
            pair.value = _through("_single", pair.value)
        for concat in list(node.find_all(nodes.Concat)):
            concat.nodes = [_through("_written", part) for part in concat.nodes]
        for output in list(node.find_all(nodes.Output)):
            parts = [p for p in output.nodes if not isinstance(p, nodes.TemplateData)]
            plain = sum(len(p.data) for p in output.nodes if isinstance(p, nodes.TemplateData))
            counted = {id(part): _through("_written", part) for part in parts}
            output.nodes = [counted.get(id(part), part) for part in output.nodes]
            output.nodes.append(_through("_plain", nodes.Const(plain, lineno=output.lineno)))
        super().visit_Template(node, frame)


def _through(name: str, node: Any) -> nodes.Filter:
    """Return an expression whose value goes through one of our filters."""
    return nodes.Filter(node, name, [], [], None, None, lineno=node.lineno)


class Sandbox(ImmutableSandboxedEnvironment):
    """Hold the templates of an organisation, with ours for those that it has not."""

    code_generator_class = _Counting
    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.begin()
        self.filters = {name: self._limited(self.filters[name]) for name in _FILTERS}
        own: dict[str, Callable[[Any], Any]] = {
            "turns": self._turns,
            "single": _single,
            "written": self._written,
            "plain": self._plain,
        }
        for name, function in own.items():
            # a filter with a context is not worked out when a template is compiled
            self.filters[f"_{name}"] = pass_context(_without_context(function))
        self.filters["join"] = self._join
        self.globals = {name: self.globals[name] for name in ("range", "namespace")}

    def begin(self) -> None:
        """Begin a page, with all its steps."""
        self.steps = self.written = 0

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Tell whether a template may see an attribute."""
        closed = isinstance(obj, _BUILT_IN) and callable(value) and attr not in _METHODS
        return not closed and super().is_safe_attribute(obj, attr, value)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return an attribute; a text's ``format`` could make it as long as it likes."""
        if isinstance(obj, str) and attribute.startswith("format"):
            return self.unsafe_undefined(obj, attribute)
        return super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Return an item, or an attribute of that name."""
        if isinstance(obj, str) and isinstance(argument, str):
            return self.getattr(obj, argument)
        return super().getitem(obj, argument)

    def call(self, context: Context, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call what a template calls."""
        own = getattr(obj, "__self__", None)
        self._step(_CALL + (len(own) // _AT_ONCE if isinstance(own, str) else 0))
        return super().call(context, obj, *args, **kwargs)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Work out what could grow without end: sums and products, of numbers and of texts."""
        sizes = [len(part) if hasattr(part, "__len__") else None for part in (left, right)]
        if operator in ("**", "%") and (operator == "**" or sizes[0] is not None):
            raise SecurityError(f"a template may not use the operator {operator} here")
        sized = [size for size in sizes if size is not None]
        if operator == "*" and sized:
            times = right if sizes[1] is None else left
            _bounded(sized[0] * max(times if isinstance(times, int) else 0, 0))
        elif sized:
            _bounded(sum(sized))
        value = super().call_binop(context, operator, left, right)
        self._step(_CALL // 5 + (len(value) // _AT_ONCE if isinstance(value, str) else 0))
        if isinstance(value, int) and abs(value) > LARGEST:
            raise TemplateRuntimeError(f"a number is larger than {LARGEST}")
        return value

    def _step(self, steps: int) -> None:
        self.steps += steps
        if self.steps > STEPS:
            raise TemplateRuntimeError(f"it takes more than {STEPS} steps: a loop may be endless")

    def _turns(self, values: Iterable[Any]) -> Iterator[Any]:
        for value in values:
            self._step(1)
            yield value

    def _plain(self, characters: int) -> Markup:
        self.written += characters
        if self.written > WRITTEN:
            raise TemplateRuntimeError(f"it writes more than {WRITTEN} characters")
        return Markup("")

    def _written(self, value: Any) -> Any:
        """Count what is written; a list as a whole has no words."""
        if isinstance(value, _HOLDERS):
            raise TemplateRuntimeError("a list cannot be written as a whole, only its items")
        characters = len(value) if isinstance(value, str) else 1
        self._step(1 + characters // _AT_ONCE)
        _bounded(characters) if value.__class__ is str else None
        self._plain(characters)
        return value

    def _join(self, values: Iterable[Any], d: str = "") -> Any:
        parts = [self._written(value) for value in self._turns(values)]
        _bounded(sum(len(part) if isinstance(part, str) else 1 for part in parts))
        _bounded(len(d) * len(parts))
        return Markup(d).join(parts)

    def _limited(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return a filter that counts what it looks at."""
        at = int(hasattr(function, "jinja_pass_arg"))

        @wraps(function)
        def limited(*args: Any, **kwargs: Any) -> Any:
            values = list(args)
            if hasattr(values[at], "__len__"):
                size = len(values[at])
                self._step(1 + (size // _AT_ONCE if isinstance(values[at], str) else 3 * size))
            elif hasattr(values[at], "__next__"):
                values[at] = self._turns(values[at])
            return function(*values, **kwargs)

        return limited


def _without_context(function: Callable[[Any], Any]) -> Callable[[Context, Any], Any]:
    return lambda _, value: function(value)


def _single(value: Any) -> Any:
    """Refuse a list in a list: to write or compare such, again and again doubled, has no end."""
    if isinstance(value, _HOLDERS):
        raise TemplateRuntimeError("a list that a template makes cannot hold lists")
    return value


def _bounded(size: int) -> None:
    if size > LONGEST:
        raise TemplateRuntimeError(f"a value would be longer than {LONGEST}")
