"""The parts of a Word file, read from memory and followed by their relationships, never outside the file.

Not python-docx: it refuses .docm and the strict form, and builds a model of every part, where four parts are needed.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator

from lxml import etree

from thongsuot.formats.reading.errors import Broken
from thongsuot.formats.reading.extract.docx.names import REL_ID, STRICT
from thongsuot.formats.reading.extract.trees import parsed

MOST_PARTS = 1_000  # a paper of a hundred sections has six hundred headers and footers
_NAME = re.compile(r"([a-z]+)\d*\.xml", re.IGNORECASE)
_MAIN = "/officeDocument"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


def _parsed(xml: bytes) -> etree._Element:
    for strict, usual in STRICT:
        xml = xml.replace(strict, usual)
    return parsed(xml)


class Package:
    """Opened once. A missing part is None: styles and numbering are optional."""

    def __init__(self, data: bytes) -> None:
        self.archive = zipfile.ZipFile(io.BytesIO(data))
        self._names = set(self.archive.namelist())
        start = self._relations("")
        self.main_name = next((target for kind, target in start.values() if kind.endswith(_MAIN)), "")
        if self.main_name not in self._names:
            self.main_name = "word/document.xml"
        self._of_main = self._relations(self.main_name)

    def main(self) -> etree._Element:
        root = self._part(self.main_name)
        if root is None:
            raise Broken("no main part")
        return root

    def part(self, kind: str) -> etree._Element | None:
        """The part that the main part calls its styles, numbering, footnotes, endnotes ..."""
        targets = [t for k, t in self._of_main.values() if k.endswith(f"/{kind}")]
        return self._part(targets[0]) if targets else None

    def every_part(self, kinds: tuple[str, ...]) -> Iterator[etree._Element]:
        """The parts of these names in the file, in the order of the names, whether or not anything refers to them."""
        named = [
            (order, name)
            for name in self._names
            if (found := _NAME.fullmatch(posixpath.basename(name)))
            for order, kind in enumerate(kinds)
            if found.group(1).lower() == kind and name != self.main_name
        ]
        for kind in kinds:  # what is called so by the main part may have any name
            named += [
                (kinds.index(kind), target) for k, target in self._of_main.values() if k.endswith(f"/{kind}")
            ]
        for _order, name in sorted(set(named))[:MOST_PARTS]:
            root = self._part(name)
            if root is not None:
                yield root

    def parts_with_pictures(self) -> Iterator[tuple[etree._Element, dict[str, str]]]:
        """Every part that shows pictures, page headers first, with the names of the pictures by their references."""
        found = []
        for name in self._names:
            if name.endswith(".rels") and posixpath.basename(folder := posixpath.dirname(name)) == "_rels":
                part = posixpath.join(
                    posixpath.dirname(folder), posixpath.basename(name).removesuffix(".rels")
                )
                order = (
                    0 if posixpath.basename(part).startswith("header") else 1 if part == self.main_name else 2
                )
                found.append((order, part))
        for _order, part in sorted(found)[:MOST_PARTS]:
            relations = self._relations(part).items()
            pictures = {key: target for key, (kind, target) in relations if kind.endswith("/image")}
            root = self._part(part) if pictures else None
            if root is not None:
                yield root, {key: target for key, target in pictures.items() if target in self._names}

    def referred(self, element: etree._Element) -> etree._Element | None:
        """The part an element points to with r:id, for example a page header."""
        _, target = self._of_main.get(element.get(REL_ID, ""), ("", ""))
        return self._part(target) if target else None

    def _part(self, name: str) -> etree._Element | None:
        return _parsed(self.archive.read(name)) if name in self._names else None

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        folder, name = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        if path not in self._names:
            return {}
        return {
            relation.get("Id", ""): (relation.get("Type", ""), _inside(folder, relation.get("Target", "")))
            for relation in _parsed(self.archive.read(path)).iter(_RELATION)
            if relation.get("TargetMode") != "External"
        }


def _inside(folder: str, target: str) -> str:
    return posixpath.normpath(
        target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
    )
