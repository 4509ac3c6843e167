"""What a paragraph or a run takes from its style: font, hidden text, and the list it belongs to."""

from lxml import etree

from thongsuot.formats.reading.extract.docx.names import PPR, RPR, VAL, w

_OFF = {"0", "false", "off", "none"}
_DEEPEST = 20  # styles based on styles; a ring of styles ends here too


class Styles:
    def __init__(self, root: etree._Element | None) -> None:
        self._styles: dict[str, etree._Element] = {}
        self._default = ""
        self._font = ""
        for style in root.iterchildren(w("style")) if root is not None else ():
            self._styles[style.get(w("styleId"), "")] = style
            if style.get(w("type")) == "paragraph" and style.get(w("default")) in ("1", "true"):
                self._default = style.get(w("styleId"), "")
        defaults = root.find(f"{w('docDefaults')}/{w('rPrDefault')}/{RPR}") if root is not None else None
        if defaults is not None:
            self._font = _font(defaults) or ""
        self._fonts: dict[str, str] = {}
        self._set: dict[tuple[str, str], bool] = {}

    def chain(self, name: str) -> list[etree._Element]:
        """The style and those it is based on, nearest first."""
        found: list[etree._Element] = []
        while name in self._styles and len(found) < _DEEPEST:
            found.append(self._styles[name])
            name = value(self._styles[name], "basedOn") or ""
        return found

    def font(self, run: etree._Element | None, paragraph_style: str) -> str:
        """The name of the font of a run, its own or by style."""
        if run is not None:
            if own := _font(run):
                return own
            if (style := value(run, "rStyle")) and (found := self._font_of_style(style)):
                return found
        return self._font_of_style(paragraph_style or self._default) or self._font

    def is_hidden(self, run: etree._Element | None, paragraph_style: str) -> bool:
        return self._is_set("vanish", run, paragraph_style)

    def is_in_capitals(self, run: etree._Element | None, paragraph_style: str) -> bool:
        return self._is_set("caps", run, paragraph_style)

    def _is_set(self, name: str, run: etree._Element | None, paragraph_style: str) -> bool:
        if run is not None:
            own = run.find(w(name))
            if own is not None:
                return is_on(own)
            if (style := value(run, "rStyle")) and self._is_set_by(name, style):
                return True
        return self._is_set_by(name, paragraph_style or self._default)

    def _font_of_style(self, name: str) -> str:
        if name not in self._fonts:
            runs = (style.find(RPR) for style in self.chain(name))
            self._fonts[name] = next((f for r in runs if r is not None and (f := _font(r))), "")
        return self._fonts[name]

    def _is_set_by(self, name: str, style: str) -> bool:
        if (name, style) not in self._set:
            marks = (element.find(f"{RPR}/{w(name)}") for element in self.chain(style))
            self._set[name, style] = next((is_on(mark) for mark in marks if mark is not None), False)
        return self._set[name, style]

    def numbering(self, name: str) -> tuple[str | None, str | None]:
        """(list, level) a paragraph style gives, each from the nearest style that says so."""
        number = level = None
        for style in self.chain(name or self._default):
            own = style.find(f"{PPR}/{w('numPr')}")
            if own is not None:
                number = number or value(own, "numId")
                level = level or value(own, "ilvl")
        return number, level


def value(element: etree._Element, name: str) -> str | None:
    child = element.find(w(name))
    return child.get(VAL) if child is not None else None


def is_on(element: etree._Element) -> bool:
    return element.get(VAL, "1").lower() not in _OFF


def _font(run: etree._Element) -> str | None:
    fonts = run.find(w("rFonts"))
    if fonts is None:
        return None
    name: str | None = fonts.get(w("ascii")) or fonts.get(w("hAnsi"))
    return name
