"""Renderers: how a redline looks."""

from __future__ import annotations
