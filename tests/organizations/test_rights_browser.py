"""Reorganisations, rights and imports in a real browser: both looks, both languages, narrow, and on paper."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page

from tests.browser import sign_in
from tests.cast import Cast
from tests.organizations.imports.tables import PEOPLE, looked_through
from tests.organizations.reorganizing import draft, founding
from tests.tasks.factory import a_document
from thongsuot.accounts.models import Role
from thongsuot.core import clock
from thongsuot.core.search import searchable
from thongsuot.documents.models import Document
from thongsuot.organizations.reorganization import PartData, StepData

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def pages(cast: Cast) -> list[str]:
    """Every page an administrator opens for rights, accounts, reorganisations and imports."""
    parts = [
        PartData(cast.second_cell, Decimal("0.6"), is_main=True),
        PartData(cast.other_cell, Decimal("0.4")),
    ]
    merge = StepData("merge", target=cast.other_ward, sources=[cast.commune])
    split = StepData("split", unit=cast.cell, parts=parts)
    made = draft(cast, founding(cast.city, "Đảng ủy phường Vàm Cỏ Đông"), merge, split)
    Role.objects.filter(pk__in=["leader", "administrator"]).update(second_step_since=clock.today())
    table = looked_through(
        cast, PEOPLE, {"code": "A1", "name": "Đỗ Thị Mơ", "cell": cast.cell.name}, unit=cast.ward
    )
    document = a_document(cast)
    Document.objects.update(search_text=searchable(document.symbol))
    steps = {step.kind: step.pk for step in made.steps.all()}
    person = cast.person(cast.member).pk

    def at(name: str, *args: object) -> str:
        return reverse(name if ":" in name else f"organizations:{name}", args=args)

    def step(kind: str) -> str:
        return f"{at('add_reorganization_step', made.pk, kind)}?don-vi={cast.ward.pk}"

    return [
        at("reorganizations"),
        f"{at('start_reorganization')}?q={document.symbol}",
        at("reorganization", made.pk),
        at("describe_reorganization", made.pk),
        *(step(kind) for kind in ("found", "rename", "move", "merge", "split", "dissolve")),
        at("reorganization_children", steps["merge"]),
        at("reorganization_members", steps["split"]),
        f"{at('rights:list')}?don-vi={cast.ward.pk}",
        *(at(f"rights:{name}") for name in ("give", "who", "roles", "new_role", "loans")),
        at("rights:without_second_step"),
        at("rights:second_step"),
        at("rights:person", cast.ward_leader.pk),
        f"{at('rights:lend')}?cua={cast.ward_leader.pk}",
        at("rights:role", "leader"),
        at("accounts"),
        at("account", person),
        at("imports"),
        at("import", table.pk),
        at("import_columns", table.pk),
    ]


@pytest.mark.parametrize(
    ("width", "look", "language"), [(1440, "light", "vi"), (360, "dark", "en")], ids=["wide", "narrow"]
)
def test_rights_reorganisations_and_imports_can_be_used_by_all(
    cast: Cast, open_page: Callable[..., Page], live_server: Any, width: int, look: str, language: str
) -> None:
    wanted = pages(cast)
    page = open_page("/tai-khoan/dang-nhap/", signed_in=False, width=width, color_scheme=look)
    sign_in(page.context, cast.administrator, live_server.url)
    page.context.add_cookies([{"name": "django_language", "value": language, "url": live_server.url}])
    faults = []
    for address in wanted:
        answer = page.goto(f"{live_server.url}{address}")
        assert answer is not None
        if answer.status != 200:
            faults.append(f"{address}: {answer.status}")
        assert page.locator("html").get_attribute("lang") == language
        found = Axe().run(page)
        if found.violations_count:
            faults.append(f"{address}: {found.generate_report()}")
        if page.evaluate("document.documentElement.scrollWidth") > width:
            faults.append(f"{address}: wider than the screen")
        page.emulate_media(media="print")
        if page.locator(".btn:visible, .tabs:visible, .filters:visible").count():
            faults.append(f"{address}: what can only be pressed is printed")
        page.emulate_media(media="screen")
    assert not faults, "\n".join(faults)
