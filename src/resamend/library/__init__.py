"""The doors that only the library has: what comes in, a dossier as a value, one way to write.

The command line goes through them where it does the same.
"""
