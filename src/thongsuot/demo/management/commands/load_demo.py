from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from thongsuot.demo.loading import load


class Command(BaseCommand):
    help = "Load the demonstration place (thành phố Vàm Cỏ) into an empty database; a second run changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        if load():
            self.stdout.write("Đã dựng thành phố Vàm Cỏ minh họa.")
        else:
            self.stdout.write("Đã có dữ liệu, không thay đổi gì.")
