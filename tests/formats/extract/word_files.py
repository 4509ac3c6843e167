"""Small Word files made of hand-written XML, for what no word processor can be asked to write."""

from tests.formats.samples import zip_file

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_RELATIONS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
_MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
STRICT_W = "http://purl.oclc.org/ooxml/wordprocessingml/main"
STRICT_R = "http://purl.oclc.org/ooxml/officeDocument/relationships"


def paragraph(words: str, *, style: str = "", number: str = "", level: int = 0, properties: str = "") -> str:
    if style:
        properties = f'<w:pStyle w:val="{style}"/>' + properties
    if number:
        properties += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(words)}</w:p>"


def run(words: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def cell(words: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(words)}</w:tc>"


def word_file(
    body: str, *, main: str = "word/document.xml", content_type: str = _MAIN_TYPE, **parts: str
) -> bytes:
    """A file of a body and of parts by their kind: ``styles``, ``numbering``, ``footnotes``, ``header`` ..."""
    relations = "".join(
        f'<Relationship Id="{kind}" Type="{R}/{kind}" Target="{kind}.xml"/>' for kind in parts
    )
    folder, name = main.rsplit("/", 1)
    members = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/{main}" ContentType="{content_type}"/></Types>',
        "_rels/.rels": f'<Relationships {_RELATIONS}><Relationship Id="a" Type="{R}/officeDocument" '
        f'Target="{main}"/></Relationships>',
        main: f"<w:document {_NAMES}><w:body>{body}</w:body></w:document>",
        f"{folder}/_rels/{name}.rels": f"<Relationships {_RELATIONS}>{relations}</Relationships>",
    }
    roots = {"header": "hdr", "footer": "ftr"}
    for kind, content in parts.items():
        root = f"w:{roots.get(kind, kind)}"
        members[f"{folder}/{kind}.xml"] = f"<{root} {_NAMES}>{content}</{root}>"
    return zip_file({name: content.encode() for name, content in members.items()})


def numbering(*levels: str, extra: str = "", overrides: str = "", abstract: str = "") -> str:
    """One list, numId 1 (and what ``extra`` adds), of levels made by ``level``."""
    listed = "".join(text.replace("<w:lvl>", f'<w:lvl w:ilvl="{i}">') for i, text in enumerate(levels))
    return (
        f'<w:abstractNum w:abstractNumId="0">{abstract}{listed}</w:abstractNum>{extra}'
        f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{overrides}'
    )


def level(form: str, pattern: str, *, start: int = 1, more: str = "") -> str:
    return f'<w:lvl><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{pattern}"/></w:lvl>'
