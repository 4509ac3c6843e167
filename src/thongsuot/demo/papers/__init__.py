"""The papers of the demonstration place. All are invented and say so: *văn bản minh họa*.

Days are counted from the day the place is loaded (0 is today, -21 three weeks ago), so that the place is always
as fresh as the day it is looked at.
"""

from thongsuot.demo.papers.above import FROM_ABOVE
from thongsuot.demo.papers.current import CURRENT
from thongsuot.demo.papers.earlier import EARLIER
from thongsuot.demo.papers.model import Goal, Letter, Paper, Work

__all__ = ["CURRENT", "EARLIER", "FROM_ABOVE", "Goal", "Letter", "Paper", "Work"]
