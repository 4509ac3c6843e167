"""The control words of RTF 1.9.1 that matter for the words on paper, as data."""

# The code page that the character set of a font stands for; 2 is a symbol font.
CODE_PAGES = {
    **dict.fromkeys((0, 1), ""),
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    134: "gbk",
    136: "cp950",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
}
SYMBOL_SET = 2

SIGNS = {
    "tab": "\t",
    "line": "\n",
    "emdash": "—",
    "endash": "–",
    "bullet": "•",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
    "~": "\u00a0",
    "_": "-",
    "lbr": "\n",
    "softline": "\n",
    "nestcell": "\n",
    "column": "\n",
}
PARAGRAPH_ENDS = {"par", "sect"}

# Groups whose text is not on the paper. Groups that begin with \* are left out unless they are in KEPT.
LEFT_OUT = {
    *("colortbl", "stylesheet", "info", "pict", "atnid", "atnauthor", "listtable", "pnseclvl"),
    *("listoverridetable", "revtbl", "rsidtbl", "filetbl", "generator", "themedata", "colorschememapping"),
    *("datastore", "latentstyles", "nonesttables", "shprslt", "objdata", "objclass", "nextfile", "template"),
    *("xe", "tc", "tcn", "rxe", "bkmkstart", "bkmkend", "do", "ftnsep", "ftnsepc", "aftnsep", "aftnsepc"),
    *("formfield", "datafield", "fontemb", "ftncn", "aftncn", "panose", "falt", "sp", "shpgrp", "sn"),
}
KEPT = {"shpinst", "ud", "shptxt", "background", "sv", "annotation", "dptxbxtext"}
HEADERS = {"header", "headerf", "headerr", "headerl"}
FOOTERS = {"footer", "footerf", "footerr", "footerl"}
LISTED = {"listtext", "pntext"}
BOXES = {"shptxt"}
# Remarks, and the boxes of old drawings, which newer writers put beside their own for older readers.
ASIDE = {"annotation", "dptxbxtext"}
