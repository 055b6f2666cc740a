"""Cross-references in a text: recognise them, bind them to provisions, rewrite them.

Resolutions cite their own parts by heading and label: "*resolves* 2 above", "*recognizing c)*",
"le point c) du *considérant*". A reference is recognised in the words, bound to the provision that
bears this label under this heading, and, when provisions are numbered anew, written with the new
label. The words by which a reference is known are data of each language; of a language without such
words only the marks of footnotes are read, and `unread_reason` says so.

Nothing is guessed: what can be bound to no provision, or to several, is kept as it is written and
listed with its reason.
"""

from __future__ import annotations

from resamend.reference.binding import Cited, cited, references, references_in
from resamend.reference.recognising import may_mention, mentions, unread_reason
from resamend.reference.rewriting import rewrite
from resamend.reference.values import Mention, NewLabel, Reason, Reference, Tail, Unresolved
