"""What a paragraph or a run of an OpenDocument file takes from its styles."""

from dataclasses import dataclass

from lxml import etree

from thongsuot.formats.reading.extract.odt.names import n

_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Look:
    """The properties that change what a reader sees. None: not said here."""

    font: str | None = None
    hidden: bool | None = None
    capitals: bool | None = None
    new_page: bool | None = None
    lists: str | None = None

    def over(self, other: "Look") -> "Look":
        return Look(
            self.font if self.font is not None else other.font,
            self.hidden if self.hidden is not None else other.hidden,
            self.capitals if self.capitals is not None else other.capitals,
            self.new_page if self.new_page is not None else other.new_page,
            self.lists if self.lists is not None else other.lists,
        )


class Styles:
    """Styles of content.xml and styles.xml; the automatic ones of a page header are asked for by their own part."""

    def __init__(self, *roots: etree._Element) -> None:
        self._faces: dict[str, str] = {}
        self._parents: dict[tuple[str, str], str] = {}
        self._looks: dict[tuple[str, str], Look] = {}
        self._defaults: dict[str, Look] = {}
        self._known: dict[tuple[str, str], Look] = {}
        for root in roots:
            for face in root.iter(n("style:font-face")):
                self._faces[face.get(n("style:name"), "")] = face.get(n("svg:font-family"), "")
            for style in root.iter(n("style:style")):
                key = style.get(n("style:family"), ""), style.get(n("style:name"), "")
                self._looks[key] = self._look(style)
                self._parents[key] = style.get(n("style:parent-style-name"), "")
            for style in root.iter(n("style:default-style")):
                self._defaults[style.get(n("style:family"), "")] = self._look(style)

    def paragraph(self, name: str) -> Look:
        return self._resolved("paragraph", name)

    def run(self, name: str, around: Look) -> Look:
        return self._resolved("text", name).over(around) if name else around

    def _resolved(self, family: str, name: str) -> Look:
        key = family, name
        if key not in self._known:
            found, at = Look(), name
            for _ in range(_DEEPEST):
                if (family, at) not in self._looks:
                    break
                found = found.over(self._looks[family, at])
                at = self._parents[family, at]
            self._known[key] = found.over(self._defaults.get(family, Look()))
        return self._known[key]

    def _look(self, style: etree._Element) -> Look:
        text = style.find(n("style:text-properties"))
        paragraph = style.find(n("style:paragraph-properties"))
        display = text.get(n("text:display")) if text is not None else None
        transform = text.get(n("fo:text-transform")) if text is not None else None
        before = paragraph.get(n("fo:break-before")) if paragraph is not None else None
        return Look(
            font=self._font(text),
            hidden=display == "none" if display else None,
            capitals=transform == "uppercase" if transform else None,
            new_page=before == "page" if before else None,
            lists=style.get(n("style:list-style-name")),
        )

    def _font(self, text: etree._Element | None) -> str | None:
        if text is None:
            return None
        name = text.get(n("style:font-name"))
        face = self._faces.get(name, name) if name else text.get(n("fo:font-family"))
        return face.strip("'\"") if face else None
