"""Numbered lists of an OpenDocument file, counted and printed as its list styles say (ODF 1.3, 16.30)."""

import re
from dataclasses import dataclass, field

from lxml import etree

from thongsuot.formats.reading.extract.numerals import bullet, figure
from thongsuot.formats.reading.extract.odt.names import n

_FORMS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_PLACEHOLDER = re.compile(r"%(\d{1,2})%")
_HIGHEST = 32_767
_LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}num-list-format"


@dataclass(frozen=True, slots=True)
class Level:
    form: str  # "" shows no figure
    prefix: str
    suffix: str
    shown: int  # how many levels the figure shows, this one included
    start: int
    pattern: str  # "%1%.%2%)" where the file says it in full
    sign: str  # of a bullet


@dataclass(slots=True)
class Run:
    """A list as it stands in the text: its style, and how far each level has counted."""

    style: str
    counts: dict[int, int] = field(default_factory=dict)


class Lists:
    def __init__(self, *roots: etree._Element) -> None:
        self._styles: dict[str, dict[int, Level]] = {}
        for root in roots:
            for style in (*root.iter(n("text:list-style")), *root.iter(n("text:outline-style"))):
                name = style.get(n("style:name"), "")
                self._styles[name] = {int_of(level.get(n("text:level")), 1): _level(level) for level in style}
                if style.tag == n("text:outline-style"):
                    self._styles[""] = self._styles[name]
        self._by_id: dict[str, Run] = {}
        self._latest: dict[str, Run] = {}
        self.outline = Run("")

    def begin(self, element: etree._Element, around: Run | None, style: str) -> Run:
        """The run that this list starts or continues."""
        if around is not None:
            return around if not style or style == around.style else Run(style, around.counts)
        run = Run(style)
        if element.get(n("text:continue-list")) in self._by_id:
            run.counts = self._by_id[element.get(n("text:continue-list"), "")].counts
        elif element.get(n("text:continue-numbering")) == "true" and style in self._latest:
            run.counts = self._latest[style].counts
        self._by_id[element.get(n("xml:id"), "")] = run
        self._latest[style] = run
        return run

    def mark(self, run: Run, depth: int, start: str | None = None) -> str:
        """The mark of the next item of this level (1 is the outermost); counts it."""
        levels = self._styles.get(run.style, {})
        level = levels.get(depth)
        if level is None:
            return ""
        count = run.counts.get(depth, level.start - 1) + 1
        run.counts[depth] = min(int_of(start, count), _HIGHEST)
        for deeper in [d for d in run.counts if d > depth]:
            del run.counts[deeper]
        if level.sign:
            return bullet(level.sign)
        if not level.form:
            return ""
        return self._printed(run, levels, depth) + " "

    def _printed(self, run: Run, levels: dict[int, Level], depth: int) -> str:
        def at(which: int) -> str:
            level = levels.get(which)
            if level is None or not level.form:
                return ""
            return figure(run.counts.get(which, level.start), level.form)

        own = levels[depth]
        if own.pattern:
            return _PLACEHOLDER.sub(lambda match: at(int(match.group(1))), own.pattern)
        figures = [at(which) for which in range(max(depth - own.shown + 1, 1), depth + 1)]
        return own.prefix + ".".join(filter(None, figures)) + own.suffix


def _level(level: etree._Element) -> Level:
    form = level.get(n("style:num-format"), "")
    return Level(
        form=_FORMS.get(form, "decimal" if form else ""),
        prefix=level.get(n("style:num-prefix"), "")[:40],
        suffix=level.get(n("style:num-suffix"), "")[:40],
        shown=int_of(level.get(n("text:display-levels")), 1),
        start=int_of(level.get(n("text:start-value")), 1),
        pattern=level.get(_LOEXT, "")[:60],
        sign=level.get(n("text:bullet-char"), "")[:1],
    )


def int_of(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) <= 5 else otherwise
