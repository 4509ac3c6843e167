"""Where sign-in lands, my work, the search, the jobs, and a sign of life for the machine room."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from thongsuot.accounts.roles import BuiltIn
from thongsuot.core.access import require
from thongsuot.core.clock import today
from thongsuot.documents.queries import arrived_count
from thongsuot.home import permissions, queries
from thongsuot.organizations.reach import grants_of

# The page each part begins its day with; the first role found counts, in this order.
FIRST_PAGES = {
    BuiltIn.LEADER: "reports:dashboard",
    BuiltIn.CLERK: "documents:list",
    BuiltIn.INSPECTOR: "inspections:list",
    BuiltIn.ADMINISTRATOR: "home:jobs",
}


@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """Send each person to what is theirs: overview, papers, inspections, jobs; all others to their own work."""
    roles = {grant.role for grant in grants_of(request.user)}
    name = next((page for role, page in FIRST_PAGES.items() if role in roles), "home:my_work")
    if name == "documents:list" and arrived_count(request.user):
        # What waits at the door comes before the book.
        name = "documents:inbox"
    return redirect(name)


@require_GET
def my_work(request: HttpRequest) -> HttpResponse:
    context = {
        "work": queries.my_work(request.user),
        "tray": queries.in_tray(request.user),
        "grants": grants_of(request.user),
        "today": today(),
    }
    return render(request, "home/my_work.html", context)


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "").strip()
    groups = queries.search(request.user, text)
    return render(request, "home/search.html", {"text": text, "groups": groups})


@require_GET
def jobs(request: HttpRequest) -> HttpResponse:
    require(permissions.can_see_jobs(request.user))
    context: dict[str, Any] = {"failed": queries.failed_jobs(), "waiting": queries.waiting_jobs()}
    return render(request, "home/jobs.html", context)


@require_POST
def retry(request: HttpRequest, key: str) -> HttpResponse:
    require(permissions.can_see_jobs(request.user))
    name = queries.retry_job(key)
    messages.success(request, _("%(job)s waits to run again.") % {"job": name})
    return redirect("home:jobs")


@never_cache
@login_not_required
@require_GET
def health(request: HttpRequest) -> HttpResponse:
    """ "ok" while the database answers: for a load balancer or a monitor; says nothing else to anybody."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("database unreachable", status=503, content_type="text/plain")
    return HttpResponse("ok", content_type="text/plain")
