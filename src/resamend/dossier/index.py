"""What ``dossier.json`` holds: what belongs to the dossier, and its history.

It is canonical: the same value is the same bytes, made for ``git diff``; its last keys are the
CRC-32 of what stands before them, and the sha256 of the rest.
"""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections.abc import Mapping

from msgspec import Struct, field

from resamend.conflict import RULES
from resamend.errors import Invalid
from resamend.model import Language

FILE = "dossier.json"
SCHEMA = "resamend/dossier/1"


class Index(Struct, frozen=True, kw_only=True):
    """Hold what belongs to a dossier.

    ``rules`` is the number of the rule set by which its points were found (``conflict.RULES``).
    ``files`` maps each file that counts, by its path inside the folder, to its sha256; ``crc32`` to
    the sum by which ``verify`` finds the place of a damage. ``colours``
    maps a source to the rank of its colour, from 0; ``points`` maps, in each language, the id of an
    outstanding point to its number, from 1. Colours and numbers are kept for ever and never given
    to another. ``document`` says what the published document says of itself, ``decisions`` is the
    sha256 of the last record of ``decisions.jsonl``, ``positions`` that of the last position of
    ``positions.jsonl``.
    """

    rules: int = RULES
    new_resolution: bool = False
    document: Mapping[str, str] = field(default_factory=dict)
    languages: tuple[Language, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    crc32: Mapping[str, str] = field(default_factory=dict)
    colours: Mapping[str, int] = field(default_factory=dict)
    points: Mapping[Language, Mapping[str, int]] = field(default_factory=dict)
    decisions: str = ""
    positions: str = ""
    unknown: Mapping[str, object] = field(default_factory=dict)
    """What a later version wrote beside: it is kept as it is."""


def fingerprint(content: bytes) -> str:
    """Return the sha256 of a file's bytes, in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def crc32(content: bytes) -> str:
    """Return the CRC-32 of bytes, as eight hexadecimal digits.

    >>> crc32(b"123456789")
    'cbf43926'
    """
    return f"{zlib.crc32(content):08x}"


def spell(index: Index) -> bytes:
    """Write an index."""
    fields: dict[str, object] = {
        "schema": SCHEMA,
        "rules": index.rules,
        "newResolution": index.new_resolution,
        "document": dict(sorted(index.document.items())),
        "languages": [str(language) for language in index.languages],
        "files": dict(sorted(index.files.items())),
        "checks": dict(sorted(index.crc32.items())),
        "colours": _by_rank(index.colours),
        "points": {str(code): _by_rank(index.points[code]) for code in sorted(index.points)},
    }
    if index.decisions:
        fields["decisions"] = index.decisions
    if index.positions:
        fields["positions"] = index.positions
    fields |= {key: index.unknown[key] for key in sorted(index.unknown)}
    fields["crc32"] = crc32(_spelled(fields).removesuffix(b"\n}\n"))
    fields["sha256"] = _sum(fields)
    return _spelled(fields)


_SEAL = re.compile(rb',\n  "crc32": "([0-9a-f]{8})",\n  "sha256": "[0-9a-f]{64}"\n}\n')


def sealed(content: bytes) -> tuple[bytes, str] | None:
    """Return what stands before the two sums at the end of a file, and its CRC-32."""
    match = _SEAL.search(content)
    return (content[: match.start()], match[1].decode()) if match else None


def _spelled(fields: Mapping[str, object]) -> bytes:
    return (json.dumps(fields, ensure_ascii=False, indent=2) + "\n").encode()


def parse(content: bytes, where: str) -> Index:
    """Read an index.

    Raises ``Unreadable`` where it is no JSON and ``Invalid`` where it was changed by hand.
    """
    from resamend import safe

    fields = safe.parse_json(content, name=where)
    if isinstance(fields, dict):
        refuse_later(fields.get("schema"), SCHEMA, where)
    if not isinstance(fields, dict) or fields.get("schema") != SCHEMA:
        raise Invalid(f"this is no {SCHEMA} file", where=where, advice="Make it with 'new'.")
    if fields.pop("sha256", None) != _sum(fields):
        raise Invalid(
            "this file was changed by something else than resamend",
            where=where,
            advice="Put the old file back, or remove it: a folder without it is read all the same.",
        )
    try:
        return _index(fields)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise Invalid(f"a part is missing or wrong: {error}", where=where) from error


def refuse_later(schema: object, readable: str, where: str) -> None:
    """Refuse what a later version of resamend wrote in a form that this one cannot read.

    Raises ``Invalid``.
    """
    name, _, number = readable.rpartition("/")
    written, _, later = str(schema).rpartition("/")
    if written == name and later.isdecimal() and int(later) > int(number):
        raise Invalid(
            f"this was written by a later version of resamend ({schema}, not {readable})",
            where=where,
            advice="Install that version: pip install --upgrade resamend. Nothing was changed.",
        )


def is_canonical(content: bytes) -> bool:
    """Tell whether an index is spelt as we spell it, to the byte."""
    from resamend import safe

    return _spelled(safe.parse_json(content, name=FILE)) == content


def _index(fields: Mapping[str, object]) -> Index:
    points = _mapping(fields["points"])
    rules = fields.get("rules", 1)
    if not isinstance(rules, int) or rules > RULES:
        raise ValueError(f"its points were found by rule set {rules}, later than {RULES}")
    return Index(
        rules=rules,
        new_resolution=fields["newResolution"] is True,
        document={k: str(v) for k, v in _mapping(fields["document"]).items()},
        languages=tuple(Language(code) for code in _list(fields["languages"])),
        files={k: str(v) for k, v in _mapping(fields["files"]).items()},
        crc32={k: str(v) for k, v in _mapping(fields.get("checks", {})).items()},
        colours=_numbers(fields["colours"]),
        points={Language(code): _numbers(points[code]) for code in points},
        decisions=str(fields.get("decisions", "")),
        positions=str(fields.get("positions", "")),
        unknown={key: value for key, value in fields.items() if key not in _KEYS},
    )


_KEYS = frozenset(
    ("schema", "rules", "newResolution", "document", "languages", "files", "checks", "colours")
) | {"points", "decisions", "positions", "crc32"}


def _mapping(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise TypeError("an object is wanted")
    return value


def _list(value: object) -> list[str]:
    if not isinstance(value, list):
        raise TypeError("a list is wanted")
    return [str(entry) for entry in value]


def _numbers(value: object) -> Mapping[str, int]:
    numbers: dict[str, int] = {}
    for key, number in _mapping(value).items():
        if not isinstance(number, int):
            raise TypeError("a number is wanted")
        numbers[key] = number
    return numbers


def _by_rank(ranks: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(ranks.items(), key=lambda pair: (pair[1], pair[0])))


def _sum(fields: Mapping[str, object]) -> str:
    rest = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return fingerprint(rest.encode())
