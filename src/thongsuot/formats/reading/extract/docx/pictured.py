"""The pictures of a Word file: those of page headers first, then in the order of the text, then any other."""

from lxml import etree

from thongsuot.formats.reading.extract.docx.package import Package
from thongsuot.formats.reading.extract.insets.archived import add_the_others
from thongsuot.formats.reading.extract.insets.gathered import Inches, Insets
from thongsuot.formats.reading.extract.insets.sizes import in_parts, of_style

_SHOWN = ("{*}blip", "{*}imagedata", "{*}fill")
_REFERS = "}embed", "}id", "}relid", "}pict"
_EMU = 914_400  # to the inch
_NEAR = 8  # elements above a picture that may say its size


def insets_of(package: Package) -> Insets:
    insets, shown = Insets(), set[str]()
    for root, pictures in package.parts_with_pictures():
        for element in root.iter(*_SHOWN):
            names = (pictures.get(value, "") for key, value in element.items() if key.endswith(_REFERS))
            for name in names:
                if name and name not in shown:
                    shown.add(name)
                    insets.add(package.archive.read(name), _inches(element))
    add_the_others(insets, package.archive, shown)
    return insets


def _inches(element: etree._Element) -> Inches:
    for around in [element, *list(element.iterancestors())[:_NEAR]]:
        size = around.find("{*}spPr/{*}xfrm/{*}ext")
        if size is None:
            size = around.find("{*}extent")
        if size is not None:
            return in_parts(size.get("cx"), size.get("cy"), _EMU)
        if style := around.get("style"):
            return of_style(style)
    return 0.0, 0.0
