"""The components, as template tags. Settings load this library into every template; see README.md beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BoundField, CheckboxInput, FileInput
from django.template import Context
from django.template.loader_tags import BlockNode
from django.templatetags.static import static
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from thongsuot.core import clock
from thongsuot.core.static import fonts_present
from thongsuot.core.ui import words
from thongsuot.core.ui.context import theme_of
from thongsuot.core.ui.items import STATES, Figure, Tab, Text, TimelineEntry, segments
from thongsuot.core.ui.panels import drawn

register = template.Library()

PAGE_KEY = "trang"  # as core.pages.paginate reads it


# ---------- numbers and dates ----------


@register.filter
def day(value: date | datetime | None) -> str:
    return words.day(value)


@register.filter
def moment(value: datetime | None) -> str:
    return words.moment(value)


@register.filter
def long_day(value: date | datetime | None) -> str:
    return words.long_day(value) if value else ""


@register.filter
def count(value: int | None) -> str:
    return "" if value is None else words.count(value)


@register.filter
def quantity(value: Decimal | float | int | None, places: int | None = None) -> str:
    return "" if value is None else words.quantity(value, places)


@register.filter
def initials(name: str) -> str:
    return words.initials(str(name))


@register.simple_tag
def percent(part: int, whole: int) -> str:
    return words.percent(part, whole)


# ---------- small marks ----------


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    return format_html(
        '<svg class="ic{}" aria-hidden="true"><use href="{}#{}"/></svg>',
        f" {size}" if size else "",
        static("ui/sprite.svg"),
        name,
    )


@register.simple_tag
def badge(state: str, label: Text) -> SafeString:
    if state not in STATES:
        raise template.TemplateSyntaxError(f"badge: {state!r} is not one of {', '.join(STATES)}")
    return format_html('<span class="st is-{}">{}</span>', state, label)


@register.simple_tag
def due(deadline: date | None, done_on: date | None = None, soon_days: int = clock.SOON_DAYS) -> SafeString:
    deadline = words.local_day(deadline) if deadline else None
    done_on = words.local_day(done_on) if done_on else None
    standing = words.standing(deadline, done_on, clock.today(), soon_days)
    return badge(standing.state, standing.text)


@register.simple_tag
def face(name: str) -> SafeString:
    return format_html('<span class="face" aria-hidden="true">{}</span>', words.initials(str(name)))


@register.inclusion_tag("ui/parts/ratio.html")
def ratio(part: int, whole: int, label: str = "", bar: bool = True) -> dict[str, object]:
    """A count with its base, its percentage, and a bar."""
    share = min(max(part / whole, 0), 1) * 100 if whole else 0
    return {
        "part": words.count(part),
        "whole": words.count(whole),
        "percent": words.percent(part, whole),
        "width": f"{share:.1f}",
        "label": label,
        "bar": bar,
    }


@register.inclusion_tag("ui/parts/share_bar.html")
def share_bar(done: int, run: int, soon: int, late: int) -> dict[str, object]:
    """One bar of four parts, with the same numbers in words."""
    said = [
        (done, ngettext("%(count)s done", "%(count)s done", done)),
        (run, ngettext("%(count)s in time", "%(count)s in time", run)),
        (soon, ngettext("%(count)s due soon", "%(count)s due soon", soon)),
        (late, ngettext("%(count)s overdue", "%(count)s overdue", late)),
    ]
    text = ", ".join(sentence % {"count": words.count(number)} for number, sentence in said if number)
    parts = segments([("done", done), ("run", run), ("soon", soon), ("late", late)])
    return {
        "text": text or _("nothing yet"),
        "segments": [{"state": p.state, "x": f"{p.start}", "width": f"{p.length}"} for p in parts],
    }


# ---------- the page ----------


@register.simple_tag(takes_context=True)
def slot(context: Context, name: str) -> SafeString:
    """The text of a block that a page may fill, so that the frame can leave out what is empty or say it twice."""
    return mark_safe(BlockNode(name, template.NodeList()).render(context).strip())  # noqa: S308 - rendered block


@register.simple_tag(takes_context=True)
def theme(context: Context) -> str:
    return theme_of(context.get("request"))


@register.simple_tag
def today_long() -> str:
    """The day in Việt Nam, as the top of a page says it."""
    return words.long_day(clock.today())


@register.simple_tag
def fonts_link() -> SafeString:
    """The sheet that names our own typefaces; without the files the page uses what the machine has."""
    if not fonts_present():
        return mark_safe("")
    try:
        return format_html('<link rel="stylesheet" href="{}">', static("ui/fonts.css"))
    except ValueError:  # fetched after the static files were collected: the next collection takes them in
        return mark_safe("")


@register.simple_tag(takes_context=True)
def panels(context: Context, place: str, subject: object = None) -> SafeString:
    return drawn(place, context["request"], subject)


@register.simple_tag(takes_context=True)
def query_with(context: Context, **changes: object) -> str:
    """The address of this page with some of its questions changed; a new question starts at the first page."""
    query = context["request"].GET.copy()
    if PAGE_KEY not in changes:
        query.pop(PAGE_KEY, None)
    for key, value in changes.items():
        if value is None or value == "":
            query.pop(key, None)
        else:
            query[key] = str(value)
    return f"?{query.urlencode()}"


@register.inclusion_tag("ui/parts/figures.html")
def figures(items: Sequence[Figure]) -> dict[str, object]:
    return {"items": items}


@register.inclusion_tag("ui/parts/tabs.html")
def tabs(items: Sequence[Tab], label: str = "") -> dict[str, object]:
    return {"items": items, "label": label}


@register.inclusion_tag("ui/parts/empty_state.html")
def empty_state(
    title: Text, text: Text = "", url: str = "", act: Text = "", icon: str = "inbox"
) -> dict[str, object]:
    return {"title": title, "text": text, "url": url, "act": act, "icon": icon}


@register.inclusion_tag("ui/parts/timeline.html")
def timeline(entries: Sequence[TimelineEntry]) -> dict[str, object]:
    return {"entries": entries}


@register.inclusion_tag("ui/parts/progress.html")
def progress_bar(
    done: int, total: int, url: str = "", label: Text = "", left: Text = ""
) -> dict[str, object]:
    """Long work: a count, the time left, and a fragment that asks again by itself until all is done."""
    return {
        "done": done,
        "total": total,
        "url": url,
        "label": label,
        "left": left,
        "running": bool(url) and done < total,
    }


@register.inclusion_tag("ui/parts/pager.html", takes_context=True)
def pager(context: Context, page: Page[Any], target: str = "") -> dict[str, object]:
    """The pages of a list; with ``target`` (a selector) htmx changes only that part."""

    def address(number: int) -> str:
        return query_with(context, **{PAGE_KEY: number})

    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    links = [
        {"number": number, "url": address(number), "current": number == page.number}
        if isinstance(number, int)
        else {"number": "", "url": "", "current": False}
        for number in numbers
    ]
    return {
        "page": page,
        "target": target,
        "links": links,
        "previous": address(page.number - 1) if page.has_previous() else "",
        "next": address(page.number + 1) if page.has_next() else "",
    }


# ---------- forms ----------


@register.inclusion_tag("ui/parts/field.html")
def field(
    form_field: BoundField, label: Text = "", help: Text = "", **attrs: str | bool
) -> dict[str, object]:
    """One control with its label, help and errors tied together; further arguments become attributes."""
    if help:
        form_field.help_text = str(help)
    widget = form_field.field.widget
    named = {name.rstrip("_").replace("_", "-"): value for name, value in attrs.items()}
    return {
        "field": form_field,
        "label": label or form_field.label,
        "control": form_field.as_widget(attrs=named),
        "check": isinstance(widget, CheckboxInput),
        "drop": isinstance(widget, FileInput),
    }


@register.inclusion_tag("ui/parts/form_errors.html")
def form_errors(form: Any, focus: bool = True) -> dict[str, object]:
    """What is wrong with the whole form, and links to the fields that need a second look; read out first."""
    wrong = [form[name] for name in form.errors if name in form.fields]
    return {"general": form.non_field_errors(), "wrong": wrong, "focus": focus}


# ---------- wrappers ----------


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
