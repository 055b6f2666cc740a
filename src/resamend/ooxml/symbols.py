"""The characters that Word's symbol fonts show: a code of theirs is no letter of Unicode.

Sources: Unicode's mapping tables for Adobe's Symbol and, for Wingdings, the characters of its
Basic Multilingual Plane, which common fonts have; what has none there stays the font's own code.
"""

from __future__ import annotations

_SYMBOL: dict[int, str] = dict(
    zip(
        (*range(0x20, 0x7F), *range(0xA0, 0xFF)),
        " !∀#∃%&∍()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾"
        "αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
        "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪"
        "\uf8ff〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭",
        strict=True,
    )
)
_WINGDINGS: dict[int, str] = {
    0x20: " ",
    **dict(zip(range(0x6C, 0x79), "●❍■□□❑❒⬧⧫◆❖⬥⌧", strict=True)),
    **dict(zip(range(0x80, 0x96), "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿", strict=True)),
    0x9E: "·",
    0x9F: "•",
    0xA1: "○",
    0xA4: "◉",
    0xA5: "◎",
    0xA7: "▪",
    0xA8: "◻",
    0xAA: "✦",
    0xAB: "★",
    0xAC: "✶",
    0xD8: "➢",
    0xDC: "➲",
    0xE8: "➔",
    0xEF: "⇦",
    0xF0: "⇨",
    0xF1: "⇧",
    0xF2: "⇩",
    0xF9: "▭",
    0xFA: "▫",
    0xFB: "✗",
    0xFC: "✓",
    0xFD: "☒",
    0xFE: "☑",
}
_UNNAMED = {**_SYMBOL, **_WINGDINGS, 0xB7: "•", 0x2D: "–", 0xA0: "\u00a0"}
"""Where no font is named: the bullets of both, which are what is met there."""


def shown_symbol(code: int, font: str = "") -> str:
    """Return the character that a font shows for a code, or the code's own where none is known.

    Word adds 0xF000 to the codes of these fonts.

    >>> shown_symbol(0xF062, "Symbol"), shown_symbol(0xF0FC, "Wingdings"), shown_symbol(0x41)
    ('β', '✓', 'A')
    """
    if 0xF000 <= code <= 0xF0FF:
        table = {"symbol": _SYMBOL, "wingdings": _WINGDINGS, "": _UNNAMED}.get(font.casefold(), {})
        return table.get(code - 0xF000, chr(code))
    if font.casefold() == "symbol":
        return _SYMBOL.get(code, chr(code))
    usable = 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE
    return chr(code) if usable else "\ufffd"
