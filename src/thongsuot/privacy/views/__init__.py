from thongsuot.privacy.views.own import mine, my_file, my_readers
from thongsuot.privacy.views.register import of_processing, register_file
from thongsuot.privacy.views.requests import (
    answer,
    ask_for,
    my_requests,
    request_page,
    requests,
    whose,
    withdraw,
)
from thongsuot.privacy.views.start import start

__all__ = [
    "answer",
    "ask_for",
    "mine",
    "my_file",
    "my_readers",
    "my_requests",
    "of_processing",
    "register_file",
    "request_page",
    "requests",
    "start",
    "whose",
    "withdraw",
]
