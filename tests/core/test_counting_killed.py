"""A process killed while it folds, or while it makes totals anew: nothing is added twice, nothing is lost."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

from tests.cast import Cast, gather
from tests.core.test_counting import counted, totals
from tests.documents.papers import directive
from tests.organizations.test_reorganization_races import ROOT, elsewhere
from thongsuot.documents.counting import bump, fold, rebuild, rebuilding
from thongsuot.documents.counting.progress import Progress
from thongsuot.documents.models import FlowCounter, FlowTotal
from thongsuot.organizations.models import Unit

__all__ = ["elsewhere"]  # a fixture
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

# Says when it is in the middle of a transaction, and waits there to be killed.
IN_THE_MIDDLE = """
import sys
import django
django.setup()
from thongsuot.documents.counting import fold, folding, rebuild, rebuilding
from thongsuot.documents.counting.summing import Summing
from thongsuot.documents.models import FlowCounter, FlowTotal

def wait():
    print("in the middle", flush=True)
    sys.stdin.read()

if sys.argv[1] == "fold":
    add = folding._add_to_ancestors
    folding._add_to_ancestors = lambda *given: (add(*given), wait())
    fold(FlowCounter, FlowTotal)
else:
    rebuilding.MOST, begun = 4, []
    work = Summing.work
    Summing.work = lambda *given: (work(*given), begun.append(1), len(begun) == 3 and wait())
    rebuild(FlowCounter, FlowTotal)
"""


def kill(work: str, surroundings: dict[str, str]) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", IN_THE_MIDDLE, work],
        cwd=ROOT,
        env=surroundings,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"in the middle\n"
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL


@pytest.fixture
def place(transactional_db: None) -> Cast:
    cast = gather()
    everyone = list(Unit.objects.values_list("pk", flat=True))
    for number in (1, 2):
        bump(FlowCounter, unit_ids=everyone, document_id=directive(cast).pk, sent=1, received=number)
    return cast


def test_killed_in_the_middle_and_begun_again(
    place: Cast, elsewhere: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    kill("fold", elsewhere)
    assert not totals()
    assert fold(FlowCounter, FlowTotal) == FlowCounter.objects.count()
    right = counted()
    assert totals() == right

    FlowTotal.objects.update(sent=99)
    kill("rebuild", elsewhere)
    assert 0 < FlowTotal.objects.filter(sent=99).count() < FlowTotal.objects.count()
    assert Progress("rebuild documents.flowtotal").stands_at
    FlowTotal.objects.exclude(sent=99).update(received=77)
    monkeypatch.setattr(rebuilding, "MOST", 4)
    rebuild(FlowCounter, FlowTotal, resume=True)
    # What was done before the end was not done again.
    assert FlowTotal.objects.filter(received=77).exists()
    assert not FlowTotal.objects.filter(sent=99).exists()
    rebuild(FlowCounter, FlowTotal, resume=True)
    assert totals() == right
