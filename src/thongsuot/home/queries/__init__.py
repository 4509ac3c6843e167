"""What a person sees first, composed from the subjects below; nothing is kept here."""

from thongsuot.home.queries.jobs import FailedJob, WaitingJob, failed_jobs, retry_job, waiting_jobs
from thongsuot.home.queries.search import SearchGroup, search
from thongsuot.home.queries.work import MyWork, TrayLine, in_tray, my_work, overdue_count

__all__ = [
    "FailedJob",
    "MyWork",
    "SearchGroup",
    "TrayLine",
    "WaitingJob",
    "failed_jobs",
    "in_tray",
    "my_work",
    "overdue_count",
    "retry_job",
    "search",
    "waiting_jobs",
]
