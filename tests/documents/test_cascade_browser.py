"""The pages around sending, changing and recalling in a real browser: axe, and nothing sticks out on a phone."""

from __future__ import annotations

import datetime as dt

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from tests.cast import Cast
from tests.documents.conftest import Open
from tests.documents.papers import TEXT, delivery_of, directive, plan_for, send
from thongsuot.core.clock import today
from thongsuot.documents.models import DocumentRelation
from thongsuot.documents.services import (
    add_to_theme,
    ask_back,
    publish_version,
    receive_delivery,
    save_group,
    save_theme,
)
from thongsuot.documents.whom import Whom

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_axe_finds_nothing_and_nothing_sticks_out(open_as_clerk: Open, cast: Cast) -> None:
    document, new = directive(cast), directive(cast, subject="Thay thế")
    relation = DocumentRelation.objects.create(document=new, target=document, relation="replaces")
    send(cast, document, cast.communes[:2], receive_by=today() - dt.timedelta(days=1), plan_by=today())
    receive_delivery(by=cast.ward_clerk, delivery=delivery_of(document, cast.ward))
    plan_for(cast.ward_clerk, cast.ward, document)
    group = save_group(
        by=cast.city_clerk, unit=cast.city, name="Điểm", whom=Whom(levels=frozenset({"cells"}))
    )
    theme = save_theme(by=cast.city_clerk, unit=cast.city, name="Nghị quyết đại hội")
    add_to_theme(by=cast.city_clerk, theme=theme, document=document)
    publish_version(
        by=cast.city_clerk, document=document, text=TEXT + "\nMới", material=True, what_changed="Thêm ý"
    )
    pages = ("send", "recall", "urge", "publish", "versions", "missing", "deliveries", "document")
    addresses = [reverse(f"documents:{name}", args=[document.pk]) for name in pages]
    addresses += [
        reverse("documents:group", args=[group.pk]),
        reverse("documents:settle", args=[relation.pk]),
        reverse("documents:themes"),
        reverse("documents:theme", args=[theme.pk]) + "?q=2026",
    ]
    page = open_as_clerk(addresses[0], width=360)
    for address in addresses:
        page.goto(page.url.split("/van-ban/")[0] + address)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        found = Axe().run(page)
        assert found.violations_count == 0, f"{address}: {found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, address
    # The number follows the ticks by itself.
    page.goto(page.url.split("/van-ban/")[0] + addresses[0])
    page.locator("details.rules > summary").click()
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.locator("[name=levels][value=cells]").check()
    page.wait_for_selector("[name=expected][value='7']", state="attached")
    ask_back(by=cast.city_clerk, document=document, unit=cast.city, reason="Sai căn cứ")
    page.goto(page.url.split("/van-ban/")[0] + reverse("documents:deliveries", args=[document.pk]))
    assert Axe().run(page).violations_count == 0
