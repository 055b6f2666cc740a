"""From one round to the next: what changed between two drafts, and what became of a proposal.

A draft is taken as it stands: the text in force with what is recorded, and with the changes that
have no competing proposal. That is what a reader sees as its text; it is nobody's decision, and
every difference between two such texts is put down to a record, to the proposals that ask for it,
or to nothing on record.
"""
