"""The folder of a dossier: one text in force, its proposals, and their history.

Only this package and the command line open files. Reading takes no lock and writes nothing;
changing goes through one atomic way to disk, under a lock, all of a command or nothing.
"""

from __future__ import annotations

from resamend.dossier.arrival import Arrival, Request, arrive, base_of, proposal_of, read
from resamend.dossier.changing import Received, add, described, new, withdraw
from resamend.dossier.reading import Dossier, is_dossier, languages, read_dossier

__all__ = [
    "Arrival",
    "Dossier",
    "Received",
    "Request",
    "add",
    "arrive",
    "base_of",
    "described",
    "is_dossier",
    "languages",
    "new",
    "proposal_of",
    "read",
    "read_dossier",
    "withdraw",
]
