"""Readers: bytes of a form that is not ours, made into a resolution and a balance sheet."""
