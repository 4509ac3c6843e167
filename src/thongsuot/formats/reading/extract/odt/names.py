"""The names of OpenDocument (OASIS, ODF 1.3 part 3; ISO/IEC 26300)."""

_SPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
    "xml": "http://www.w3.org/XML/1998/namespace",
}


def n(name: str) -> str:
    """``text:p`` as the tag that the parser knows."""
    prefix, _, local = name.partition(":")
    return f"{{{_SPACES[prefix]}}}{local}"


P, H, LIST, TABLE = n("text:p"), n("text:h"), n("text:list"), n("table:table")
FRAMES = {n("draw:text-box"), n("draw:custom-shape"), n("draw:rect"), n("draw:ellipse")}
# What is no part of the printed words: changes taken back, remarks, descriptions, indexes, forms, embedded files.
SKIPPED = {
    *map(n, ("text:tracked-changes", "office:annotation", "office:forms", "svg:title", "svg:desc")),
    *map(n, ("text:table-of-content", "text:ruby-text", "text:number", "text:sequence-decls")),
    *map(n, ("text:hidden-text", "text:hidden-paragraph", "draw:object", "draw:object-ole", "draw:image")),
    *map(n, ("text:index-title-template", "text:variable-decls", "text:user-field-decls", "text:script")),
}
