"""The pages of an import: the file, its columns, the preview, the decision, the copy with remarks."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast
from tests.organizations.imports.tables import PEOPLE, UNITS, looked_through, table
from tests.pages import assert_whole
from thongsuot.audit.models import Reading
from thongsuot.core import jobs as queue
from thongsuot.formats.tables import read_table
from thongsuot.organizations.columns import PEOPLE_COLUMNS
from thongsuot.organizations.imports import reading, services
from thongsuot.organizations.models import Import, ImportFile, ImportState, Person

LIST = reverse("organizations:imports")


def somebody(cast: Cast, code: str, **more: str) -> dict[str, str]:
    return {"code": code, "name": f"Lê Văn {code}", "cell": cast.cell.name} | more


def sent(client: Client, cast: Cast, content: bytes, subject: str = PEOPLE) -> Any:
    client.force_login(cast.administrator)
    file = SimpleUploadedFile("tệp.csv", content)
    return client.post(LIST, {"subject": subject, "unit": cast.city.pk, "file": file})


def test_from_the_file_to_the_people_without_script(client: Client, cast: Cast) -> None:
    answer = sent(client, cast, table(PEOPLE, [somebody(cast, "A1"), somebody(cast, "A2", email="x")]))
    batch = Import.objects.get()
    assert answer.url == reverse("organizations:import_columns", args=[batch.pk])
    html = assert_whole(client.get(answer.url))
    assert "Lê Văn A1" in html
    chosen = {f"c_{name}": at for name, at in batch.columns.items()}
    answer = client.post(answer.url, {"since": "2026-10-01", **chosen}, follow=True)
    html = assert_whole(answer)
    assert "“x” không phải địa chỉ thư điện tử." in html
    client.post(reverse("organizations:import_carry_out", args=[batch.pk]))
    assert not Person.objects.filter(code="A1").exists()  # the wrong row was not left out yet
    client.post(reverse("organizations:import_carry_out", args=[batch.pk]), {"skip_wrong": "1"})
    assert Person.objects.filter(code="A1").exists()
    assert "Hoàn tác lần nhập này" in assert_whole(client.get(batch.get_absolute_url()))
    client.post(reverse("organizations:import_undo", args=[batch.pk]))
    assert not Person.objects.filter(code="A1").exists()
    assert "đã hoàn tác" in assert_whole(client.get(LIST))
    assert set(Reading.objects.values_list("what", flat=True)) == {"people.import"}


def test_a_large_file_is_read_in_the_background(
    client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "READ_AT_ONCE", 10)
    # Read at once here: the job runs in line.
    sent(client, cast, table(PEOPLE, [somebody(cast, "A1"), somebody(cast, "A2")]))
    batch = Import.objects.get()
    assert (batch.state, batch.total, batch.columns["code"]) == (ImportState.MAPPING, 2, 0)
    assert not ImportFile.objects.exists()
    # Nobody waits for it: the page shows that it is being read, and leads on when it has been.
    monkeypatch.setattr(services, "enqueue", lambda *_: None)
    answer = sent(client, cast, b"%PDF-1.7 no table")
    waiting = Import.objects.get(state=ImportState.READING)
    assert answer.url == reverse("organizations:import_columns", args=[waiting.pk])
    html = assert_whole(client.get(answer.url, follow=True))
    assert "<progress" in html
    assert "đang đọc tệp" in html
    reading.read_kept_file(waiting.pk)
    assert "Đây không phải tệp bảng" in assert_whole(client.get(waiting.get_absolute_url()))
    assert not ImportFile.objects.exists()
    reading.read_kept_file(waiting.pk)


def test_a_refused_file_stays_on_the_page_with_the_sentence(client: Client, cast: Cast) -> None:
    answer = sent(client, cast, b"%PDF-1.7")
    assert "Đây không phải tệp bảng" in assert_whole(answer, 422)
    assert not Import.objects.exists()


def test_too_large_a_file_is_refused_in_words(client: Client, cast: Cast, settings: Any) -> None:
    settings.UPLOAD_LIMIT = 10
    assert "Hãy chia thành nhiều tệp" in assert_whole(sent(client, cast, b"x" * 100), 422)


def test_columns_that_were_corrected_once_are_known_the_next_time(client: Client, cast: Cast) -> None:
    content = f"Danh xưng;{PEOPLE_COLUMNS['cell']}\nLê Văn Ba;{cast.cell.name}\n".encode()
    sent(client, cast, content)
    batch = Import.objects.get()
    assert "name" not in batch.columns
    services.choose_columns(
        by=cast.administrator, batch=batch, columns={"name": 0, "cell": 1}, since=batch.since
    )
    sent(client, cast, content)
    assert Import.objects.latest("pk").columns == {"name": 0, "cell": 1}


def test_one_column_is_not_chosen_twice(client: Client, cast: Cast) -> None:
    sent(client, cast, table(PEOPLE, [somebody(cast, "A1")]))
    batch = Import.objects.get()
    address = reverse("organizations:import_columns", args=[batch.pk])
    answer = client.post(address, {"since": "2026-10-01", "c_name": "0", "c_code": "0"})
    assert "Mỗi cột chỉ được chọn một lần." in assert_whole(answer, 422)


def test_the_copy_names_the_row_and_its_remark_and_starts_no_formula(client: Client, cast: Cast) -> None:
    wrong = somebody(cast, "A2", email="=cmd|'x'")
    batch = looked_through(cast, PEOPLE, somebody(cast, "A1"), wrong)
    client.force_login(cast.administrator)
    answer = client.get(reverse("organizations:import_copy", args=[batch.pk]))
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    copy = read_table(content)
    assert copy.formulas == 0
    assert [row[0] for row in copy.rows] == ["Hàng", "3"]
    assert "không phải địa chỉ thư điện tử" in copy.rows[1][-1]
    every = client.get(reverse("organizations:import_copy", args=[batch.pk]), {"dong": "tat-ca"})
    assert len(read_table(b"".join(every.streaming_content)).rows) == 3  # type: ignore[attr-defined]


@pytest.mark.parametrize("subject", [UNITS, PEOPLE])
def test_a_template_filled_in_is_understood(client: Client, cast: Cast, subject: str) -> None:
    client.force_login(cast.administrator)
    answer = client.get(reverse("organizations:import_template", args=[subject]))
    template = read_table(io.BytesIO(answer.content).getvalue())
    assert template.left_out == ("Giá trị cho phép",)
    header = ";".join(template.rows[0])
    sent(client, cast, f"{header}\nX1;một\n".encode(), subject)
    assert sorted(Import.objects.get().columns.values()) == list(range(len(template.rows[0])))


def test_the_page_costs_the_same_for_two_rows_and_for_twenty(client: Client, cast: Cast) -> None:
    client.force_login(cast.administrator)

    def queries(number: int) -> int:
        batch = looked_through(cast, PEOPLE, *[somebody(cast, f"{number}-{n}") for n in range(number)])
        with CaptureQueriesContext(connection) as caught:
            assert_whole(client.get(batch.get_absolute_url()))
        return len(caught)

    assert queries(2) == queries(20)


def test_while_it_works_the_page_shows_how_far_it_is(
    client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = looked_through(cast, PEOPLE, somebody(cast, "A1"))
    monkeypatch.setattr(queue, "enqueue", lambda *_: None)
    Import.objects.filter(pk=batch.pk).update(state=ImportState.RUNNING, done=0)
    client.force_login(cast.administrator)
    assert "<progress" in assert_whole(client.get(batch.get_absolute_url()))
    progress = reverse("organizations:import_progress", args=[batch.pk])
    assert "<progress" in client.get(progress).content.decode()
    Import.objects.filter(pk=batch.pk).update(state=ImportState.DONE)
    answer = client.get(progress, headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"] == batch.get_absolute_url()


def test_the_rows_of_each_result_stand_together(client: Client, cast: Cast) -> None:
    rows = [somebody(cast, f"A{n}", email="x" if n % 2 else "") for n in range(120)]
    batch = looked_through(cast, PEOPLE, *rows)
    client.force_login(cast.administrator)
    page = client.get(batch.get_absolute_url(), {"loai": "wrong", "trang": "2"}).context["page"]
    assert [line.number for line in page.object_list] == [103 + 2 * n for n in range(10)]
