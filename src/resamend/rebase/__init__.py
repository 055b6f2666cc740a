"""Carry proposals, and what was decided of them, over to a new text in force."""

from __future__ import annotations

from resamend.rebase.carrying import Carrier, carry
from resamend.rebase.drafts import CarriedDraft, carry_draft
from resamend.rebase.values import NEW, Amended, Carried, Fate
