"""When something is due: dates, months, quarters, years, ranges, periods and events as they are written.

`deadlines_in` finds deadlines inside a sentence, where only words of obligation make a date a deadline (trước ngày,
chậm nhất, hoàn thành ... trong). `deadline_of_field` reads a time field or table cell, where everything is a deadline.
`last_day` says which day that is. The codes of `Deadline.note` are listed in `clock`.
"""

from thongsuot.formats.reading.deadlines.clock import iso_date
from thongsuot.formats.reading.deadlines.days import last_day
from thongsuot.formats.reading.deadlines.fields import deadline_of_field
from thongsuot.formats.reading.deadlines.running import Found, deadlines_in

__all__ = ["Found", "deadline_of_field", "deadlines_in", "iso_date", "last_day"]
