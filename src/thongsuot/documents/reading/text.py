"""The text of a file in memory: taken out, found harmless or refused, and understood."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

from thongsuot.core.refusals import Refused
from thongsuot.documents.models import Intake
from thongsuot.documents.reading.sentences import OF_THE_READER, REFUSALS, SECRET, sentence_of
from thongsuot.formats.reading import (
    Extracted,
    Notice,
    Page,
    Reading,
    ReadingError,
    extract,
    mark_of,
    understand,
)
from thongsuot.formats.reading.effort import effort_of

logger = logging.getLogger(__name__)


def takes_long(content: bytes) -> bool:
    """Whether reading these bytes is work for the background: a scan, or very many pages."""
    return effort_of(content).is_long


def is_felt(content: bytes) -> bool:
    """Whether reading these bytes keeps a person waiting: what takes long, or has pictures to look at."""
    return effort_of(content).is_felt


def extract_harmless(
    content: bytes,
    name: str,
    *,
    too_large: bool = False,
    any_length: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Extracted:
    """The text of an upload that may be kept, or ``Refused`` with the reader's code; nothing is written or logged.

    A file that takes long is refused, because somebody waits for the answer; with ``any_length`` the caller has
    asked about that or has the time, and can be told of every page.
    """
    if too_large:
        raise Refused(str(REFUSALS["too_large"]), "too_large")
    if not any_length and takes_long(content):
        raise Refused(str(REFUSALS["takes_long"]), "takes_long")
    code = ""
    try:
        extracted = extract(content, name, progress=progress)
    except ReadingError as error:
        code = error.code
    except Exception as error:  # a library's surprise about a hostile file must not show the file in a log
        logger.warning("The reader stopped at an upload: %s", type(error).__name__)
        code = "broken"
    # Raised out here so that no traceback carries the reader's detail, which may quote the text.
    if code:
        raise Refused(sentence_of(code), code)
    if mark_of(extracted):
        raise Refused(str(SECRET), "secret")
    return extracted


def of_the_file(warnings: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    """What was noticed when the text was taken out of the file; what a reader noticed, the next one notices itself."""
    return [warning for warning in warnings if warning["code"] not in OF_THE_READER]


def reading_of(intake: Intake) -> Reading:
    """Read a kept text again, as it was extracted."""
    pages = tuple(Page(**page) for page in intake.pages)
    notices = tuple(Notice(notice["code"], notice["message"]) for notice in of_the_file(intake.warnings))
    media_type = intake.file.media_type if intake.file else ""
    return understand(Extracted(intake.text, pages, media_type, notices))
