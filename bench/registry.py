"""Where each group of tools is; a process loads the group of its tool only."""

from __future__ import annotations

from importlib import import_module

from bench.tool import Tool


def group(name: str) -> tuple[Tool, ...]:
    """Load the tools of one module: floors, ours, stages, pairs, nway or hostile."""
    tools: tuple[Tool, ...] = import_module(f"bench.{name}").TOOLS
    return tools


def find_tool(name: str) -> Tool:
    """Load one tool by its group and key, such as ``pairs:difflib``.

    Raises ``KeyError`` where there is none.
    """
    module, key = name.split(":")
    return {tool.key: tool for tool in group(module)}[key]
