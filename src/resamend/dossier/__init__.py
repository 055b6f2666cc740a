"""The folder of a dossier: one text in force, its proposals, and their history.

Only this package and the command line open files. Reading takes no lock and writes nothing;
changing goes through one atomic way to disk, under a lock, all of a command or nothing.

    names      ids, and the names of files
    arrival    bytes → a text, a proposal or a draft
    index      dossier.json
    reading    the folder → a dossier
    disk       the one way to disk
    points     the numbers of outstanding points
    work       one change, gathered, then written whole
    changing   new, add, withdraw
    citing     who cites which resolution
    checking   files and dossiers, what is wrong with them

A command loads only the module it uses, so nothing is imported here.
"""
