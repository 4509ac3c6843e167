"""The record of acts at a size: signing, sealing and proving a million acts, and the memory of the proof."""

from __future__ import annotations

import time
from collections.abc import Callable

import psutil

from scripts.bench.table import Line, show

ACTS = 1_000_000
AT_ONCE = 10_000
MEBIBYTE = 1 << 20
MOST_GROWTH = 64  # MiB: pages and one seal, not the record


def run(number: int = ACTS) -> None:
    """Write so many acts as ``record`` would, seal them and prove them."""
    from thongsuot.accounts.models import User
    from thongsuot.audit.proofs import faults_of_record
    from thongsuot.audit.services import seal_acts

    user = User.objects.create_user("bench", display_name="Bench")
    written = _seconds(lambda: _write(user.pk, number))
    sealed = _seconds(seal_acts)
    process = psutil.Process()
    before, peak = process.memory_info().rss, 0
    faults: list[str] = []

    def look(_acts: int) -> None:
        nonlocal peak
        peak = max(peak, process.memory_info().rss)

    proven = _seconds(lambda: faults.extend(faults_of_record(look)))
    growth = (peak - before) / MEBIBYTE
    show(
        f"Record of acts: {number:,} acts",
        ("seconds", "of a processor", "an act"),
        [
            _line("signed and written in sets", written, number),
            _line("sealed", sealed, number),
            _line("proven", proven, number),
            Line("memory the proof adds, MiB", (f"{growth:.0f}", "", ""), growth <= MOST_GROWTH),
            Line("faults", (str(len(faults)), "", ""), not faults),
        ],
    )


def _write(user_id: int, number: int) -> None:
    from thongsuot.audit.digests import SIGNED, act_digest
    from thongsuot.audit.keys import keys
    from thongsuot.audit.models import Act

    for start in range(0, number, AT_ONCE):
        acts = [
            Act(
                by_id=user_id,
                verb="task.extended",
                object_type="tasks.task",
                object_id=str(count),
                unit_id=count % 12_000 + 1,
                reason="Theo đề nghị của đơn vị",
                before={"due": "2026-11-30"},
                after={"due": "2026-12-15"},
                source="web",
                address="203.0.113.0/24",
                key_name=keys().current,
            )
            for count in range(start, min(start + AT_ONCE, number))
        ]
        for act in acts:
            act.digest = act_digest([getattr(act, name) for name in SIGNED], act.key_name)
        Act.objects.bulk_create(acts, batch_size=500)


def _seconds(work: Callable[[], object]) -> tuple[float, float]:
    """By the clock, and of the processor: the first belongs to what else the machine does."""
    start, busy = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - start, time.process_time() - busy


def _line(name: str, taken: tuple[float, float], number: int) -> Line:
    seconds, busy = taken
    return Line(name, (f"{seconds:.1f}", f"{busy:.1f}", f"{busy / number * 1e6:.0f} µs"))
