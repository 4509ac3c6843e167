"""The frame of a document: letterhead, number, date, title, addressees, signature, recipients."""

from thongsuot.formats.reading.frame.metadata import Frame, frame_of

__all__ = ["Frame", "frame_of"]
