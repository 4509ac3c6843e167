"""One sentence for each thing that can become of a picture, whatever their number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MOST_NUMBERS = 20  # of pictures named in a sentence
Found = Sequence[tuple[int, str]]


def read_sentence(found: Found) -> str:
    """How many pages wait to be looked at; nothing when none does."""
    fresh = sum(outcome in ("waiting", "replaced", "again") for _picture, outcome in found)
    if not fresh:
        return ""
    sentence = ngettext(
        "%(count)s page was read. Look at the rows and confirm.",
        "%(count)s pages were read. Look at the rows and confirm.",
        fresh,
    )
    return sentence % {"count": fresh}


def warnings_of(found: Found) -> list[str]:
    """What whoever handed the pictures in has to know, or to do again."""
    pictures: dict[str, list[int]] = defaultdict(list)
    for picture, outcome in found:
        pictures[outcome].append(picture)
    said = {
        "replaced": _("A page was handed in again: the later picture counts."),
        "again": _("A page had been confirmed before. Nobody is counted twice; confirm only what is new."),
        "silent": _(
            "Picture %(pictures)s: no sheet could be recognised. Photograph the whole page with its corners in better "
            "light, or type the code of the sheet and tick the rows by hand."
        ),
        "unknown": _(
            "Picture %(pictures)s: this sheet belongs to a cell you do not look after. Nothing of it was kept."
        ),
        "no_page": _("Picture %(pictures)s: the sheet has no such page. Nothing of it was kept."),
        "unplaced": _(
            "Picture %(pictures)s: the sheet was recognised, but too many of its corners are covered or blurred. "
            "Photograph it again, or tick the rows by hand."
        ),
    }
    return [
        sentence % {"pictures": _numbers(pictures[outcome])}
        for outcome, sentence in said.items()
        if pictures[outcome]
    ]


def _numbers(pictures: list[int]) -> str:
    named = ", ".join(map(str, sorted(set(pictures))[:MOST_NUMBERS]))
    return f"{named}, …" if len(set(pictures)) > MOST_NUMBERS else named
