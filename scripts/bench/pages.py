"""The pages of the walk, each seen by the person whose page it is, with 20 rows and with 2,000."""

from __future__ import annotations

import re
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from .crowd import Crowd, crowd_of, fill
from .place import size_of
from .subjects import Subjects, large, small
from .table import Line, show

if TYPE_CHECKING:
    from thongsuot.demo.place import Place

FEW, MANY = 20, 2000
MOST_QUERIES = 12
ROUNDS = 5
_IN = re.compile(r"IN \([^()]*\)")
_VALUE = re.compile(r"'[^']*'|\b\d+\b")


@dataclass(frozen=True)
class Page:
    """An address of the walk. ``subject`` names what it is about where it is about one thing."""

    name: str
    person: str
    query: str = ""
    subject: str = ""
    label: str = ""
    is_list: bool = True

    def address(self, subjects: Subjects) -> str:
        arguments = [getattr(subjects, self.subject)] if self.subject else []
        return reverse(self.name, args=arguments) + self.query

    @property
    def title(self) -> str:
        return f"{self.name} {self.label}".strip()


WALK = (
    Page("reports:dashboard", "bithu"),
    Page("reports:dashboard", "bithu.cauvan", label="(a ward)"),
    Page("reports:units", "bithu"),
    Page("reports:units", "bithu", "?co-cau=khi-do&ngay=2026-10-01", label="(as of a day)"),
    Page("documents:list", "vanthu.cauvan", "?book=incoming", label="(incoming)"),
    Page("documents:list", "vanthu", "?book=outgoing", label="(outgoing)"),
    Page("documents:list", "vanthu", "?book=all", label="(all)"),
    Page("documents:list", "vanthu", "?book=all&q=giu+sach", label="(by words)"),
    Page("documents:inbox", "vanthu.gobuoi"),
    Page("documents:inbox", "vanthu.cauvan", "?state=received", label="(received)"),
    Page("documents:deliveries", "vanthu", subject="everywhere"),
    Page("tasks:list", "bithu.cauvan", "?xem=toi", label="(mine)"),
    Page("tasks:list", "bithu", "?xem=don-vi", label="(unit and below)"),
    Page("tasks:list", "bithu", "?xem=giao", label="(given)"),
    Page("dissemination:list", "bithu", label="(documents)"),
    Page("dissemination:list", "bithu.cauvan", "?muc=buoi", label="(coming sessions)"),
    Page("dissemination:list", "bithu.cauvan", "?muc=da-hop", label="(past sessions)"),
    Page("dissemination:list", "dangvien11.cauvan", "?muc=cua-toi", label="(a member's)"),
    Page("dissemination:coverage", "bithu", subject="document"),
    Page("dissemination:coverage", "bithu", "?co-cau=khi-do&ngay=2026-10-01", "document", "(as of a day)"),
    Page("inspections:list", "kiemtra"),
    Page("home:my_work", "dangvien11.cauvan", label="(a member)"),
    Page("home:my_work", "bithu.cauvan", label="(a leader)"),
    Page("home:search", "bithu", "?q=giu+sach"),
    Page("reports:flow", "bithu", subject="document", is_list=False),
    Page("documents:document", "vanthu", subject="document", is_list=False),
    Page("tasks:task", "bithu.cauvan", subject="task", is_list=False),
    Page("dissemination:session", "bithu", subject="session", is_list=False),
    Page("dissemination:read", "dangvien11.cauvan", subject="document", is_list=False),
    Page("inspections:inspection", "kiemtra", subject="inspection", is_list=False),
)


@dataclass
class Figure:
    """What a page costs in one state of the database."""

    statements: list[str] = field(default_factory=list)
    milliseconds: float = 0.0
    kilobytes: float = 0.0
    status: int = 200

    @property
    def queries(self) -> int:
        return len(self.statements)

    @property
    def repeated(self) -> list[tuple[str, int]]:
        """Statements of one shape asked more than once."""
        shapes = Counter(shape_of(statement) for statement in self.statements)
        return [(shape, times) for shape, times in shapes.most_common() if times > 1]


def shape_of(statement: str) -> str:
    """A statement without its values: what is asked in a loop has one shape."""
    return _IN.sub("IN (…)", _VALUE.sub("?", statement))


def measured(client: Client, address: str, rounds: int = ROUNDS) -> Figure:
    """One page: the queries of a warm request, the best time of a few more, the answer as a browser takes it."""

    def ask() -> tuple[int, int]:
        answer = client.get(address, headers={"accept-encoding": "gzip, br"})
        return answer.status_code, len(answer.content)

    status, _bytes = ask()
    if status != 200:
        return Figure(status=status)
    with CaptureQueriesContext(connection) as asked:
        _status, size = ask()
    # Read now: the next request begins a new log.
    statements = [row["sql"] for row in asked]
    times = []
    for _ in range(rounds):
        begin = time.perf_counter()
        ask()
        times.append((time.perf_counter() - begin) * 1000)
    return Figure(statements, min(times), size / 1000)


def look_at(place: Place, subjects: Subjects, rounds: int = ROUNDS) -> dict[str, Figure]:
    """Every page of the walk as it is now."""
    clients: dict[str, Client] = {}
    figures = {}
    for page in WALK:
        if page.person not in clients:
            clients[page.person] = Client(raise_request_exception=False)
            clients[page.person].force_login(place.users[page.person])
        figures[page.title] = measured(clients[page.person], page.address(subjects), rounds)
    return figures


def run(place: Place, *, explain: str = "") -> Crowd:
    """Fill, look, fill more, look again; print the table, and what repeats where a list asks too much."""
    crowd = crowd_of(place)
    fill(crowd, to=FEW)
    few = look_at(place, small(crowd))
    fill(crowd, to=MANY)
    many = look_at(place, large(crowd))
    title = f"Pages ({connection.vendor}): {size_of(place)}; lists of {FEW} and of {MANY:,} rows"
    heads = ("person", f"queries {FEW}", f"queries {MANY}", "limit", f"ms {FEW}", f"ms {MANY}", "kB")
    show(title, heads, [_line(page, few[page.title], many[page.title]) for page in WALK])
    for page in WALK:
        figure = many[page.title]
        over = page.is_list and figure.queries > MOST_QUERIES
        if over or figure.queries != few[page.title].queries or (explain and explain in page.title):
            _explain(page, few[page.title], figure, everything=bool(explain))
    return crowd


def _line(page: Page, few: Figure, many: Figure) -> Line:
    if 200 not in (few.status, many.status) or few.status != many.status:
        return Line(page.title, (page.person, f"answers {few.status}, {many.status}", *[""] * 5), ok=False)
    same = few.queries == many.queries
    return Line(
        page.title,
        (
            page.person,
            str(few.queries),
            str(many.queries),
            str(MOST_QUERIES) if page.is_list else "the same",
            f"{few.milliseconds:.0f}",
            f"{many.milliseconds:.0f}",
            f"{many.kilobytes:.1f}",
        ),
        ok=same and (not page.is_list or many.queries <= MOST_QUERIES),
    )


def _explain(page: Page, few: Figure, many: Figure, *, everything: bool) -> None:
    print(f"\n  {page.title}: {few.queries} and {many.queries} queries; asked more than once:")
    for shape, times in many.repeated:
        print(f"    {times} x {shape[:220]}")
    if everything:
        for statement in many.statements:
            print(f"      {statement[:400]}")
