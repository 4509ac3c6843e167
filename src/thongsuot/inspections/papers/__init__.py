"""The two official papers of an inspection: the unit's self-report and the notice of conclusion.

Their text is Vietnamese whatever language the screen speaks: it is what an official signs.
"""

from thongsuot.inspections.papers.notice import notice_of_conclusion
from thongsuot.inspections.papers.report import self_report
from thongsuot.inspections.papers.words import Letterhead, letterhead_of, list_of, reference_to

__all__ = [
    "Letterhead",
    "letterhead_of",
    "list_of",
    "notice_of_conclusion",
    "reference_to",
    "self_report",
]
