"""Goes through the groups and control words of an RTF file once, in order (RTF 1.9.1)."""

import re
from dataclasses import dataclass, replace

from thongsuot.formats.reading.errors import Broken, TooLarge
from thongsuot.formats.reading.extract.legacy import Fonts, encoding_of_font
from thongsuot.formats.reading.extract.measure import Measure
from thongsuot.formats.reading.extract.rtf.words import (
    ASIDE,
    BOXES,
    CODE_PAGES,
    FOOTERS,
    HEADERS,
    KEPT,
    LEFT_OUT,
    LISTED,
    PARAGRAPH_ENDS,
    SIGNS,
    SYMBOL_SET,
)
from thongsuot.formats.reading.extract.story import Story, list_mark
from thongsuot.formats.reading.extract.tidy import PAGE_BREAK

MOST_TOKENS = 6_000_000  # of a page about 3,000
DEEPEST = 2_000
MOST_DRAWN = 5_000
_TOKEN = re.compile(
    r"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<code>[0-9a-fA-F]{2})|\\(?P<sign>[^a-zA-Z])"
    r"|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)"
)


@dataclass(frozen=True, slots=True)
class State:
    """What a group hands down to the groups inside it."""

    where: str = (
        "text"  # "text", or the group whose words go elsewhere: "out", "fonttbl", "listtext", "fldinst"
    )
    story: int = 0
    font: int = -1
    hidden: bool = False
    deleted: bool = False
    capitals: bool = False
    skip: int = 1  # how many characters follow \u for programs that know no Unicode


class Reader:
    def __init__(self, source: str, fonts: Fonts) -> None:
        self._source = source
        self._fonts_read = fonts
        self._measure = Measure()
        self.stories = [Story("body", fonts, self._measure)]
        self.notes: list[Story] = []
        self.drawn: list[str] = []  # words among the properties of drawings
        self._state = State()
        self._stack: list[State] = []
        self._page = "cp1252"
        self._fonts: dict[int, tuple[str, str]] = {}  # number: (name, code page)
        self._default_font = 0
        self._name: list[str] = []  # of the font that is being told
        self._pending = bytearray()
        self._to_skip = 0
        self._starred = False
        self._listed: list[str] = []
        self._edges: list[int] = []
        self._continues: set[int] = set()

    def read(self) -> None:
        position, tokens = 0, 0
        while match := _TOKEN.search(self._source, position):
            position = match.end()
            tokens += 1
            if tokens > MOST_TOKENS:
                raise TooLarge("control words")
            if match["text"] is not None:
                self._plain(match["text"].encode("latin-1"))
            elif match["code"] is not None:
                self._plain(bytes([int(match["code"], 16)]))
            elif match["brace"] is not None:
                self._flush()
                self._to_skip = 0
                self._open() if match["brace"] == "{" else self._close()
            elif match["sign"] is not None:
                self._sign(match["sign"])
            elif match["word"] == "bin":
                position += max(int(match["number"] or 0), 0)
            else:
                number = int(match["number"]) if match["number"] else None
                self._word(match["word"], number)
        self._flush()
        while len(self._stack):
            self._close()

    @property
    def story(self) -> Story:
        return self.stories[self._state.story]

    def _open(self) -> None:
        if len(self._stack) >= DEEPEST:
            raise Broken("nested groups")
        self._stack.append(self._state)
        self._starred = False

    def _close(self) -> None:
        if not self._stack:
            return
        ended, self._state = self._state, self._stack.pop()
        if ended.where == "fonttbl" and self._name:
            self._end_font(ended.font)
        if ended.where == "drawn" and len(self.drawn) < MOST_DRAWN:
            self.drawn.append("\n")
        if ended.where == "listtext" and self._state.where != "listtext":
            self.story.mark = list_mark("".join(self._listed))
            self._listed.clear()
        if ended.story != self._state.story and self.stories[ended.story].kind == "box":
            box = self.stories[ended.story]
            self.story.lines += box.finished()
            self.story.apart += box.apart

    def _plain(self, codes: bytes) -> None:
        """Bytes in the code page of the font, or the stand-in for a character already given by its number."""
        if self._to_skip:
            skipped = min(self._to_skip, len(codes))
            self._to_skip -= skipped
            codes = codes[skipped:]
        if self._state.where != "out":
            self._pending += codes

    def _flush(self) -> None:
        if self._pending:
            codes = bytes(self._pending)
            self._pending.clear()
            self._say(_decoded(codes, *self._font()))

    def _font(self) -> tuple[str, str]:
        number = self._state.font if self._state.font >= 0 else self._default_font
        name, page = self._fonts.get(number, ("", ""))
        return name, page or self._page

    def _say(self, text: str) -> None:
        state = self._state
        if state.where == "fonttbl":
            self._name.append(text)
            if ";" in text:
                self._end_font(state.font)
        elif state.where == "listtext":
            self._listed.append(text)
        elif state.where == "drawn" and len(self.drawn) < MOST_DRAWN:
            self.drawn.append(text)
        elif state.where == "fldinst":
            self.story.is_contents_line |= "PAGEREF _Toc" in text
        elif state.where == "text" and not state.deleted:
            if state.hidden:
                self.story.hidden.append(text)
            else:
                self.story.runs.append((text.upper() if state.capitals else text, self._font()[0]))

    def _end_font(self, number: int) -> None:
        name = "".join(self._name).split(";")[0].strip()
        self._name.clear()
        self._fonts[number] = (name, self._fonts.get(number, ("", ""))[1])

    def _sign(self, sign: str) -> None:
        if sign == "*":
            self._starred = True
        elif sign in "\\{}":
            self._plain(sign.encode())
        elif sign in "\r\n":
            self._word("par", None)
        elif sign in SIGNS:
            self._flush()
            self._say(SIGNS[sign])

    def _word(self, word: str, number: int | None) -> None:
        if word == "u" and number is not None:
            self._flush()
            self._to_skip = 0
            if self._state.where != "out":
                self._say(chr(number % 0x10000))
            self._to_skip = self._state.skip
            return
        self._flush()
        if self._to_skip:
            self._to_skip -= 1
            return
        starred, self._starred = self._starred, False
        if self._state.where == "out" and word not in KEPT:
            return
        if self._destination(word, starred) or self._format(word, number) or self._state.where != "text":
            return
        if not (self._state.deleted and word in PARAGRAPH_ENDS):
            self._structure(word, number)

    def _destination(self, word: str, starred: bool) -> bool:
        """Groups whose words belong elsewhere or nowhere."""
        state = self._state
        if word in LISTED:
            self._state = replace(state, where="listtext")
        elif word == "fldinst":
            self._state = replace(state, where="fldinst")
        elif word == "fonttbl":
            self._state = replace(state, where="fonttbl")
        elif word in HEADERS or word in FOOTERS:
            self._begin("header" if word in HEADERS else "footer")
        elif word == "footnote":
            self._begin("note")
            self.notes.append(self.story)
            self.stories[state.story].runs.append((f"[{len(self.notes)}]", ""))
        elif word in ASIDE and not state.deleted:
            self._begin("aside")
        elif word in BOXES:
            self._begin("box")
        elif word == "sv":  # the value of a property of a drawing: of a decorated word, the word
            self._state = replace(state, where="drawn")
        elif word == "upr":  # the same words twice: the second time, under \\ud, in Unicode
            self._state = replace(state, where="upr")
        elif word == "ud":
            self._state = replace(state, where="text" if state.where == "upr" else state.where)
        elif word in LEFT_OUT or word == "shpinst" or (starred and word not in KEPT):
            self._state = replace(state, where="out")
        else:
            return False
        return True

    def _begin(self, kind: str) -> None:
        if len(self.stories) > DEEPEST:
            if kind != "aside":
                raise Broken("stories")
            self._state = replace(self._state, where="out")
            return
        self.stories.append(Story(kind, self._fonts_read, self._measure))
        self._state = replace(self._state, where="text", story=len(self.stories) - 1)

    def _format(self, word: str, number: int | None) -> bool:
        on = number != 0
        if word == "f":
            self._state = replace(self._state, font=number or 0)
        elif word == "uc":
            self._state = replace(self._state, skip=min(max(number or 0, 0), 16))
        elif word == "plain":
            self._state = replace(self._state, font=-1, hidden=False, capitals=False, deleted=False)
        elif word == "v":
            self._state = replace(self._state, hidden=on)
        elif word == "deleted":
            self._state = replace(self._state, deleted=on)
        elif word == "caps":
            self._state = replace(self._state, capitals=on)
        elif word == "fcharset":
            page = "symbol" if number == SYMBOL_SET else CODE_PAGES.get(number or 0, "")
            self._fonts[self._state.font] = ("", page)
        elif word == "ansicpg" and number and 0 < number < 100_000:
            self._page = _known_page(f"cp{number}")
        elif word == "deff":
            self._default_font = number or 0
        else:
            return False
        return True

    def _structure(self, word: str, number: int | None) -> None:
        story = self.story
        if word in PARAGRAPH_ENDS:
            story.end_paragraph()
        elif word == "pard":
            story.in_table = False
        elif word == "intbl":
            story.in_table = True
        elif word == "cell":
            story.end_cell()
        elif word == "row":
            story.end_row(self._edges, self._continues)
        elif word == "trowd":
            self._edges, self._continues = [], set()
        elif word == "clvmrg":
            self._continues.add(len(self._edges))
        elif word == "cellx" and number is not None and len(self._edges) < 64:
            self._edges.append(number)
        elif word == "page":
            story.runs.append((PAGE_BREAK, ""))
        elif word in SIGNS:
            self._say(SIGNS[word])


def _decoded(codes: bytes, font: str, page: str) -> str:
    if page == "symbol":
        return "".join(chr(0xF000 + code) if code >= 0x20 else "" for code in codes)
    if encoding_of_font(font):  # such a font has letters where the code page has nothing
        return "".join(bytes([c]).decode("cp1252", "ignore") or chr(c) for c in codes)
    return codes.decode(page, "replace")


def _known_page(name: str) -> str:
    try:
        "".encode(name)
    except LookupError:
        return "cp1252"
    return name
