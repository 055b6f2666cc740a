"""A tool that is measured: its preparation before the clock, its work on it, its product after.

This module and ``bench.inputs`` import nothing of what is measured, so that a tool's process holds
that tool alone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from bench.inputs import Inputs


class Product(Struct, frozen=True, kw_only=True):
    """Hold what a tool made, in a form that can be compared and judged.

    ``text`` is the result as plain text, with all that it shows, or, for two texts, the revised one
    as it follows from the result; ``wanted`` is then what it ought to be. ``refused`` counts edits
    that were not applied, of those ``asked``; ``fault`` says why there is no text.
    """

    data: bytes
    text: str = ""
    wanted: str = ""
    fault: str = ""
    asked: int = 0
    refused: int = 0


class Tool(Struct, frozen=True, kw_only=True):
    """Name a tool, say what it is given, and how it is run.

    ``prepare`` comes before the clock, ``run`` is measured, ``product`` comes after.
    """

    key: str
    name: str
    given: str
    forms: tuple[str, ...] = ()
    prepare: Callable[[Inputs], Any] = lambda inputs: None
    run: Callable[[Inputs, Any], Any]
    product: Callable[[Inputs, Any], Product] = lambda inputs, made: Product(data=made)
