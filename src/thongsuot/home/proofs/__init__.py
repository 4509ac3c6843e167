"""Proofs that the data is what its rows say. Slow and independent of the code that writes, on purpose.

Each proof reads in the order of the key and never holds the rows, only what it sums. Faults name keys, never
people or the words of a document. A subject with a claim of its own adds a line to ``PROOFS``.
"""

from __future__ import annotations

from django.utils.translation import gettext_noop

from thongsuot.audit.proofs import faults_of_record
from thongsuot.core.crypto.rotating import faults_of_encrypted
from thongsuot.dissemination.models import CoverageDayTotal, CoverageTotal, QuestionTotal, ResponseTotal
from thongsuot.documents.models import FlowTotal
from thongsuot.home.proofs import counting, people, registers, tree, work
from thongsuot.home.proofs.counting import repair
from thongsuot.home.proofs.model import Proof
from thongsuot.privacy.breaches.proofs import faults_of_breaches

__all__ = ["PROOFS", "Proof", "repair"]

PROOFS = (
    Proof(gettext_noop("Units: path, depth and parent agree"), tree.tree),
    Proof(gettext_noop("Units: none outlives the one above it"), tree.units_in_force),
    Proof(gettext_noop("Units: one answer for every day"), tree.versions),
    Proof(gettext_noop("Units: what ended hangs below who took over"), tree.successions),
    Proof(gettext_noop("Memberships: one cell at a time"), people.memberships),
    Proof(gettext_noop("Positions and roles: held once at a time"), people.doubles),
    Proof(gettext_noop("Memberships, positions and roles: none outlives its unit"), people.holdings),
    Proof(gettext_noop("Accounts: somebody may look after them"), people.administrators),
    Proof(gettext_noop("Registers: numbers without gaps or doubles"), registers.registers),
    Proof(gettext_noop("Tasks: what is open is in the hands of a unit in force"), work.open_tasks),
    Proof(gettext_noop("Flow: counters equal deliveries"), counting.flow_counters, counts=True),
    Proof(gettext_noop("Flow: totals equal counters"), lambda: counting.totals(FlowTotal), counts=True),
    Proof(gettext_noop("Flow map: days in counters equal the rows"), counting.days, counts=True),
    Proof(gettext_noop("Flow map: days summed up equal the counters"), counting.summed_days, counts=True),
    Proof(gettext_noop("Dissemination: counters equal receipts"), counting.coverage_counters, counts=True),
    Proof(
        gettext_noop("Dissemination: totals equal counters"),
        lambda: counting.totals(CoverageTotal),
        counts=True,
    ),
    Proof(gettext_noop("Dissemination: days equal receipts"), counting.coverage_days, counts=True),
    Proof(
        gettext_noop("Dissemination: totals of days equal days"),
        lambda: counting.totals(CoverageDayTotal),
        counts=True,
    ),
    Proof(
        gettext_noop("Dissemination: residents reached equal the numbers entered"),
        counting.residents,
        counts=True,
    ),
    Proof(gettext_noop("Dissemination: cells that met equal attendance"), counting.meetings, counts=True),
    Proof(gettext_noop("Checks and papers: counters equal rows"), counting.responses, counts=True),
    Proof(
        gettext_noop("Checks and papers: totals equal counters"),
        lambda: counting.totals(ResponseTotal),
        counts=True,
    ),
    Proof(gettext_noop("Questions of checks: counters equal answers"), counting.questions, counts=True),
    Proof(
        gettext_noop("Questions of checks: totals equal counters"),
        lambda: counting.totals(QuestionTotal),
        counts=True,
    ),
    Proof(gettext_noop("Sessions: counts equal attendance"), counting.attendance, counts=True),
    Proof(gettext_noop("Bridge points: counts equal attendance"), counting.bridge_points, counts=True),
    Proof(gettext_noop("Breaches: what is shown equals what was written down"), faults_of_breaches),
    Proof(
        gettext_noop("Encrypted values: every one opens, none under an old key"),
        faults_of_encrypted,
        long=True,
    ),
    Proof(gettext_noop("Record of acts: nothing changed, added or removed"), faults_of_record, long=True),
)
