"""What may stand in a document: letters, not orders to the program that shows them."""

import unicodedata

# They turn the direction of what follows, so that a reader sees other words than stand there.
_TURNS_DIRECTION = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def without_control_characters(text: str) -> str:
    """The composed text without what XML 1.0 forbids or a reader cannot see; a line break is kept, a tab is a space."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(" " if character == "\t" else character for character in composed if _may_stand(character))


def _may_stand(character: str) -> bool:
    if character in "\n\t":
        return True
    # Cc: control, Cs: half of a pair, Cn: not a character at all (U+FFFE, U+FFFF).
    return unicodedata.category(character) not in ("Cc", "Cs", "Cn") and character not in _TURNS_DIRECTION
