"""Pictures in the archive of a DOCX or ODT file that nothing shows, or in a way unknown to us."""

import re
import zipfile

from thongsuot.formats.reading.extract.insets.gathered import Insets, is_dotted, is_drawing

_TEXTS = (".xml", ".rels", "mimetype")
_OF_THE_WHOLE = ("docProps/", "Thumbnails/")  # the paper itself in small
_FOLDERS = re.compile(r"(?:word/media|Pictures|media)/.")
_ALSO_AS_DOTS = ".svg"  # writers put the same picture in dots beside it


def add_the_others(insets: Insets, archive: zipfile.ZipFile, shown: set[str]) -> None:
    """The members that are pictures by their content, whatever their names, without those ``shown`` already."""
    for member in archive.infolist():
        name = member.filename
        if name in shown or name.endswith(_TEXTS) or name.startswith(_OF_THE_WHOLE) or member.is_dir():
            continue
        with archive.open(member) as stream:
            head = stream.read(44)
        if is_dotted(head) or is_drawing(head):
            insets.add(archive.read(member))
        elif _FOLDERS.match(name) and not name.lower().endswith(_ALSO_AS_DOTS):
            insets.unseen = True
