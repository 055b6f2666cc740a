"""Amendments in sentences: read, carried out exactly or refused, and echoed as they would read."""

from resamend.readers.prose.amending import (
    AmendedText,
    amended_by,
    amended_in_words,
    is_prose,
)
from resamend.readers.prose.writing import as_sentences
