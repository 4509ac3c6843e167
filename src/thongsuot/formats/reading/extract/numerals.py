"""The figures of automatic lists: 3 as "3", "03", "c", "III", "ba" ..."""

from functools import cache

_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_WORDS = ("", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
LARGEST_ROMAN = 3_999
# The signs a bullet may be. A plus or an asterisk tells a second level; any other sign is a dash here.
_KEPT_BULLETS = {"+": "+", "*": "*"}


@cache
def figure(number: int, form: str) -> str:
    """A number in a form named as Word names it (ECMA-376, 17.18.59); unknown forms are plain figures."""
    if number <= 0:
        return str(number)
    if form in ("lowerLetter", "upperLetter") and number <= 26 * 10:
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters.upper() if form == "upperLetter" else letters
    if form in ("lowerRoman", "upperRoman") and number <= LARGEST_ROMAN:
        return _roman(number).upper() if form == "upperRoman" else _roman(number)
    if form in ("vietnameseCounting", "cardinalText"):
        return _in_words(number)
    return f"{number:02d}" if form == "decimalZero" else str(number)


def bullet(sign: str) -> str:
    return _KEPT_BULLETS.get(sign.strip()[:1], "-") + " "


def _roman(number: int) -> str:
    roman = ""
    for value, sign in _ROMAN:
        times, number = divmod(number, value)
        roman += sign * times
    return roman


def _in_words(number: int) -> str:
    """Up to ninety-nine, as far as any list counts."""
    tens, ones = divmod(number, 10)
    if number <= 10 or tens > 9:
        return _WORDS[number] if number <= 10 else str(number)
    last = {1: "mốt" if tens > 1 else "một", 5: "lăm"}.get(ones, _WORDS[ones])
    return f"{'mười' if tens == 1 else _WORDS[tens] + ' mươi'} {last}".strip()
