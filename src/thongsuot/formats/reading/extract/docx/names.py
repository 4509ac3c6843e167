"""The names of WordprocessingML (ECMA-376). The strict form of the standard has other namespaces for the same."""

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_M = "http://schemas.openxmlformats.org/officeDocument/2006/math"

STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W.encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", _R.encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", _M.encode()),
)


def w(name: str) -> str:
    return f"{{{W}}}{name}"


REL_ID = f"{{{_R}}}id"
CHOICE, FALLBACK = f"{{{_MC}}}Choice", f"{{{_MC}}}Fallback"
ALTERNATIVES = f"{{{_MC}}}AlternateContent"
MATH_TEXT = f"{{{_M}}}t"
DRAWN_TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
DRAWN_WORD = "{urn:schemas-microsoft-com:vml}textpath"

VAL = w("val")
P, TBL, TR, TC, SDT = w("p"), w("tbl"), w("tr"), w("tc"), w("sdt")
PPR, RPR, TRPR, TCPR, SDTPR, SDT_CONTENT = (
    *(w("pPr"), w("rPr"), w("trPr"), w("tcPr")),
    *(w("sdtPr"), w("sdtContent")),
)
RUN, TEXT, BOX, ALT_CHUNK = w("r"), w("t"), w("txbxContent"), w("altChunk")
