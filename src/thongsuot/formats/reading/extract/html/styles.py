"""What a web page says about fonts, hidden words and lists: attributes, and the simplest rules of its style sheets."""

import re

from lxml import etree

_RULE = re.compile(r"([^{}@;]{1,300})\{([^{}]{0,4000})\}")
_SELECTOR = re.compile(r"\s*([a-z0-9]*)((?:\.[\w-]+)?)\s*", re.IGNORECASE)
_LONGEST_SHEET = 200_000
MOST_RULES = 5_000
_LISTS = {
    "decimal": "decimal",
    "1": "decimal",
    "decimal-leading-zero": "decimalZero",
    "none": "none",
    "a": "lowerLetter",
    "lower-alpha": "lowerLetter",
    "lower-latin": "lowerLetter",
    "A": "upperLetter",
    "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter",
    "i": "lowerRoman",
    "lower-roman": "lowerRoman",
    "I": "upperRoman",
    "upper-roman": "upperRoman",
}


class Styles:
    def __init__(self, root: etree._Element) -> None:
        self._rules: dict[str, dict[str, str]] = {}
        for sheet in root.iter("style"):
            for match in _RULE.finditer((sheet.text or "")[:_LONGEST_SHEET]):
                said = _declarations(match.group(2))
                for selector in match.group(1).split(","):
                    part = _SELECTOR.fullmatch(selector)
                    if part and len(self._rules) < MOST_RULES:
                        key = (part.group(1) + part.group(2)).lower()
                        self._rules[key] = self._rules.get(key, {}) | said

    def of(self, element: etree._Element) -> dict[str, str]:
        """The properties of an element, its own before those of its class and its tag."""
        said: dict[str, str] = {}
        classes = [f".{name}".lower() for name in element.get("class", "").split()[:8]]
        if self._rules:
            for key in (element.tag, *classes, *(element.tag + name for name in classes)):
                said |= self._rules.get(key, {})
        return said | _declarations(element.get("style", "")[:2_000])


def font_of(element: etree._Element, said: dict[str, str]) -> str:
    """The first font the element names, "" where it names none."""
    names = said.get("font-family") or (element.get("face", "") if element.tag == "font" else "")
    return names.split(",")[0].strip().strip("'\"")


def is_hidden(element: etree._Element, said: dict[str, str]) -> bool:
    return (
        said.get("display") == "none"
        or said.get("mso-hide") == "all"
        or said.get("visibility") == "hidden"
        or element.get("hidden") is not None
    )


def keeps_breaks(said: dict[str, str]) -> bool:
    return said.get("white-space", "").lower().startswith(("pre", "break-spaces"))


def list_form(element: etree._Element, said: dict[str, str]) -> str:
    """The form of the figures of a list, as Word names it; "bullet" for lists without figures."""
    form = said.get("list-style-type") or said.get("list-style", "").split(" ")[0] or element.get("type", "")
    if form in _LISTS:
        return _LISTS[form]
    return "decimal" if element.tag == "ol" else "bullet"


def _declarations(text: str) -> dict[str, str]:
    pairs = (part.partition(":") for part in text.split(";"))
    return {name.strip().lower(): value.strip() for name, _, value in pairs if value}
