"""The components, as template tags. Settings load this library into every template; see README.md beside it.

Other tag libraries may build on the marks: ``from thongsuot.core.ui.templatetags.ui import badge, due, icon``.
"""

from django import template

from thongsuot.core.ui.tags import forms, marks, once, page, wrapping
from thongsuot.core.ui.tags.marks import badge, due, face, icon

__all__ = ["badge", "due", "face", "icon", "register"]

register = template.Library()
for part in (marks, page, forms, once, wrapping):
    register.tags.update(part.register.tags)
    register.filters.update(part.register.filters)
