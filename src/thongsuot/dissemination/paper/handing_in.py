"""Several pages at once: read beside the answer, picture by picture, each put before a person as soon as it is read."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q

from thongsuot.core.beside import place_beside
from thongsuot.core.clock import now
from thongsuot.core.pulse import WITHOUT_A_SIGN, Progress, Withdrawn, pulse
from thongsuot.dissemination.models import BeingReadState, PaperHandIn
from thongsuot.dissemination.paper.receiving import put_before_a_person, refusal_code
from thongsuot.formats.reading.errors import ReadingError
from thongsuot.formats.signed import MOST_PAGES, Picture, read_signed

if TYPE_CHECKING:
    from thongsuot.accounts.models import User
    from thongsuot.dissemination.models.handed_in import PaperHandInQuerySet

logger = logging.getLogger(__name__)


def hand_in(*, by: User, files: Sequence[bytes]) -> PaperHandIn:
    """Begin to read these files in the memory of this process. Neither photograph nor scan is kept.

    The same files once more go on where they stopped; while they are being read, nothing is begun anew. ``Refused``
    with code "busy" when this process has as much to read as it bears.
    """
    sha256 = hashlib.sha256(b"".join(hashlib.sha256(content).digest() for content in files)).hexdigest()
    same = PaperHandIn.objects.filter(received_by=by, sha256=sha256).order_by("-received_at", "-pk")
    alive = Q(state=BeingReadState.READING, beat_at__gte=now() - WITHOUT_A_SIGN)
    if found := same.filter(alive).first():
        return found
    with place_beside() as place:
        # Durable, because the thread begins at once and has to find the row.
        with transaction.atomic(durable=True):
            row = same.exclude(alive).exclude(state=BeingReadState.DONE).first()
            if row is None or not _taken_up_again(row):
                row = PaperHandIn.objects.create(received_by=by, sha256=sha256, read=[0] * len(files))
        place.begin(lambda: _Reading(row, files).run(), f"sheets-{row.pk}")
    return row


def _taken_up_again(row: PaperHandIn) -> bool:
    """Of two who hand the same in at once, one goes on."""
    as_seen = PaperHandIn.objects.filter(pk=row.pk, state=row.state, beat_at=row.beat_at)
    row.state, row.beat_at, row.refused = BeingReadState.READING, now(), []
    return bool(as_seen.update(state=row.state, beat_at=row.beat_at, refused=[]))


class _Reading:
    """The files of one hand-in, as long as they are read."""

    def __init__(self, row: PaperHandIn, files: Sequence[bytes]) -> None:
        self.row, self.files = row, files
        self.mine: PaperHandInQuerySet = PaperHandIn.objects.filter(pk=row.pk, state=BeingReadState.READING)

    def run(self) -> None:
        try:
            with pulse(self.mine, str(self.row.pk)) as progress:
                for place in range(len(self.files)):
                    self._read(place, progress)
            done = self.row.pictures_read
            self.mine.update(state=BeingReadState.DONE, pages_done=done, pages_all=done)
        except Withdrawn:
            logger.info("The reading of %s was given up: its row is gone.", self.row.pk)
        except Exception as error:  # what was read is kept; what an error says may quote the picture
            logger.error("The reading of %s stopped: %s", self.row.pk, type(error).__name__)
            self.mine.update(state=BeingReadState.STOPPED)

    def _read(self, place: int, progress: Progress) -> None:
        before = sum(self.row.read[:place])

        def each(picture: Picture) -> None:
            self._keep(place, before, picture)
            progress(before + picture.number, before + picture.total + len(self.files) - place - 1)

        try:
            after = self.row.read[place]
            read_signed(self.files[place], each, after=after, most=max(0, MOST_PAGES - before))
        except ReadingError as error:
            self.row.refused.append([place + 1, refusal_code(error)])
            self.mine.update(refused=self.row.refused)

    @transaction.atomic
    def _keep(self, place: int, before: int, picture: Picture) -> None:
        """What was found and how far it is are known together: a picture is put before a person once."""
        found: list[list[Any]] = [
            [before + one.picture, one.outcome, one.sheet.code if one.sheet else 0, one.page]
            for one in put_before_a_person(by=self.row.received_by, picture=picture)
        ]
        self.row.arrived += found
        self.row.read[place] = picture.number
        self.mine.update(arrived=self.row.arrived, read=self.row.read)
