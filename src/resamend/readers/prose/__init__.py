"""Amendments in sentences: read, carried out exactly or refused, and echoed as they would read."""

from resamend.readers.prose.carrying_out import Amended, amended_by, amended_in_words

__all__ = ["Amended", "amended_by", "amended_in_words"]
