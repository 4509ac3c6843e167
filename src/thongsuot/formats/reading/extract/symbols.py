"""Signs of symbol fonts (Symbol, Wingdings), which a file keeps as codes without meaning of their own."""


def _table(pairs: str) -> dict[int, str]:
    """From "2D- A3≤": the code in hexadecimal, then the sign."""
    return {0x20: " "} | {int(pair[:2], 16): pair[2:] for pair in pairs.split()}


_SYMBOL = _table("25% 2A* 2B+ 2D- 2F/ 3D= A3≤ AE→ B0° B1± B3≥ B4× B7• B9≠ BB≈ DE⇒")
_WINGDINGS = _table("6C● 6E■ 6F☐ 71☐ 76❖ 77◆ 9F• A7▪ A8☐ D8➢ E0→ E8→ F0⇨ FB✗ FC✓ FD☒ FE☑")
_UNKNOWN = "•"


def sign(font: str, code: str) -> str:
    """The sign a font draws for a code in hexadecimal, as Word keeps it ("F0B7"); a bullet where unknown."""
    try:
        number = int(code[:6], 16)
    except ValueError:
        return ""
    return _drawn(font, number)


def readable(text: str, font: str = "Symbol") -> str:
    """Text in which letters of the private area stand for signs of a symbol font."""
    if not any("\ue000" <= c <= "\uf8ff" for c in text):
        return text
    return "".join(_drawn(font, ord(c)) if "\ue000" <= c <= "\uf8ff" else c for c in text)


def _drawn(font: str, number: int) -> str:
    private = 0xF000 <= number <= 0xF0FF
    code = number - 0xF000 if private else number
    if "wingdings" in font.casefold() or "webdings" in font.casefold():
        return _WINGDINGS.get(code, _UNKNOWN)
    if private or font.casefold() == "symbol":
        return _SYMBOL.get(code, _UNKNOWN)
    return chr(number) if 0x20 <= number < 0xD800 else _UNKNOWN
