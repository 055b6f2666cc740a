"""The room: the desk, the chair and the wall in a browser, over the folder of a dossier.

Everything that happens is a record or a file of the dossier, written by the functions that
``decide`` and ``add`` call; the server keeps nothing that a restart could lose but what was last
sent to the wall.
"""
