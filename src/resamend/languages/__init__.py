"""What the program knows of each language: one file a language, beside this module.

The name of a file is the BCP 47 code of its language (``fr.toml``). To add a language is to write
such a file; nothing in the code names the languages there are. Files are part of the program and
are read like its modules, so this package may list its own folder.
"""

from __future__ import annotations

from resamend.languages.files import codes, header, phrases_of, section
from resamend.languages.values import (
    AmendmentWords,
    Citations,
    CommentWords,
    Dates,
    FormWords,
    Headings,
    LanguageHeader,
    PlaceNames,
    Places,
    References,
    SentenceForms,
    Similarity,
    UnitLists,
    Wordings,
)
