"""What to do about an error, in the options and commands of the command line.

The library's advice names its parameters (```language=fr```); here each is the option that sets it,
and what only a command can do is said by the code of the error.
"""

from __future__ import annotations

import re

from resamend.errors import ResamendError

_BY_CODE = {
    "dossier-exists": "Add proposals to it with 'resamend add'.",
    "draft-without-proposals": "Give the chair's draft, which carries them, or the dossier. What a "
    "meeting changed in it comes in by 'resamend import FILE --against DOSSIER'.",
    "no-dossier": "Give the dossier: the folder that 'resamend new DOSSIER --base BASE' makes.",
    "no-draft": "Give a dossier, or what 'resamend consolidate -o draft.xml' wrote.",
    "nobodys-proposal": "Write 'MOD RUS/62/1' in its first line, or 'add' or 'import' it with "
    "--id.",
    "several-proposals": "Part them first: 'resamend import FILE --base BASE -o FOLDER'.",
}
_OF_PARAMETERS = frozenset({"no-text", "wrong-type", "unknown-value"})
_PARAMETER = re.compile(r"`(\w+)=([^`\s]*)`")
_LIMIT = re.compile(r'`raised\(\{"(\w+)": "(\w+)"\}\)`')
_RENAMED = {"language": "lang", "proponents": "proponent", "allowed": "with"}
_NAMED_BY_VALUE = frozenset({"act", "reading"})
"""Parameters each value of which is an option of its own."""


def advice_for(error: ResamendError) -> str:
    """Return what to do about an error of the library on the command line."""
    return _BY_CODE.get(error.code) or with_options(error.advice)


def place_of(error: ResamendError) -> str:
    """Return where it is, unless that is a parameter, which nobody has typed."""
    return "" if error.code in _OF_PARAMETERS else error.where


def with_options(text: str) -> str:
    """Put options in the place of parameters.

    >>> with_options("Give `language=fr`, `id=` or `act=no-change`.")
    'Give --lang fr, --id or --no-change.'
    >>> with_options('Give `raised({"size": "40M"})`.')
    'Give --raise size=40M.'
    """
    text = _LIMIT.sub(r"--raise \1=\2", text.replace("`find(draft)`", "'conflicts --all'"))
    return _PARAMETER.sub(_option, text)


def _option(match: re.Match[str]) -> str:
    name, value = match.groups()
    if name in _NAMED_BY_VALUE:
        return f"--{value}"
    option = f"--{_RENAMED.get(name, name)}".replace("_", "-")
    return f"{option} {value}" if value and value != "True" else option
