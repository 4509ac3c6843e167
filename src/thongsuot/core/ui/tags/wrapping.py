"""What is put around content: tables, titled parts, dialogs, the bars of a list."""

from __future__ import annotations

from django import template
from django.template import Context
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from thongsuot.core.ui import words
from thongsuot.core.ui.items import Text
from thongsuot.core.ui.tags.marks import icon

register = template.Library()


@register.simple_block_tag(end_name="endtable")
def table(content: str, caption: Text, css: str = "") -> SafeString:
    """A table that scrolls inside its box and becomes cards on a phone (give every cell a data-label)."""
    return format_html(
        '<div class="tblbox"><table class="tbl {}"><caption class="vh">{}</caption>{}</table></div>',
        css,
        caption,
        content,
    )


@register.simple_block_tag(end_name="endpanel")
def panel(
    content: str, title: Text, note: Text = "", url: str = "", act: Text = "", css: str = ""
) -> SafeString:
    """A titled part of a page, with a remark beside the title and a link at its end."""
    remark = format_html("<p>{}</p>", note) if note else ""
    link = format_html('<a class="end" href="{}">{}</a>', url, act) if url else ""
    return format_html(
        '<section class="part {}"><div class="sec"><h2>{}</h2>{}{}</div>{}</section>',
        css,
        title,
        remark,
        link,
        content,
    )


@register.simple_block_tag(end_name="enddialog")
def dialog(content: str, id: str, title: Text) -> SafeString:
    """A native dialog, opened by any element with data-dialog="id"; its link leads to a page without script."""
    return format_html(
        '<dialog id="{0}" class="dialog" aria-labelledby="{0}-title"><div class="dialoghead">'
        '<h2 id="{0}-title">{1}</h2><form method="dialog"><button class="iconbtn" aria-label="{2}">{3}</button>'
        "</form></div>{4}</dialog>",
        id,
        title,
        _("Close"),
        icon("x"),
        content,
    )


@register.simple_block_tag(end_name="endfilterbar", takes_context=True)
def filterbar(context: Context, content: str, label: Text, reset: str = "", target: str = "") -> SafeString:
    """A GET form that reads as a sentence; with script each change asks at once, for ``target`` alone if given."""
    path = context["request"].path
    back = format_html('<a class="btn bare sm" href="{}">{}</a>', reset, _("Clear filters")) if reset else ""
    htmx = format_html(' hx-get="{}" hx-target="{}" hx-push-url="true"', path, target) if target else ""
    return format_html(
        '<form class="filters" method="get" action="{}" role="search" aria-label="{}" data-autosubmit{}>{}'
        '<span class="filteracts"><button class="btn sm">{}</button>{}</span></form>',
        path,
        label,
        htmx,
        content,
        _("Filter"),
        back,
    )


@register.simple_block_tag(end_name="endbulkbar")
def bulkbar(content: str, total: int = 0) -> SafeString:
    """The acts on the rows ticked above, inside the same form; offers all matching rows when ``total`` is given."""
    everything = ""
    if total:
        words_all = ngettext("All %(count)s matching", "All %(count)s matching", total)
        everything = format_html(
            '<label class="tick"><input type="checkbox" name="all_matching" value="1" data-all-matching> {}</label>',
            words_all % {"count": words.count(total)},
        )
    return format_html(
        '<div class="bulk" data-bulk><span class="bulkcount" data-bulk-count data-text="{}" role="status"></span>{}'
        '<span class="acts">{}</span></div>',
        _("Chosen: %(count)s") % {"count": "{n}"},
        everything,
        conditional_escape(content),
    )
