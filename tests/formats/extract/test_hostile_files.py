"""Files made to hurt end in one of the reader's codes: no crash, no connection, no endless work."""

import io
import socket
import threading
import zipfile
from collections.abc import Callable, Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.formats.extract import hostile
from tests.formats.extract.paper import Sheet, grid, lines, pdf
from tests.formats.samples import STATE_PLAN, docx_file
from thongsuot.formats.reading import ERRORS, Extracted, ReadingError, extract, understand
from thongsuot.formats.reading.extract import confined, ocr, pictures
from thongsuot.formats.reading.extract.pdf import pdf_text

INVOICE = """INVOICE No. 2026/118
Bill to: ACME Ltd., 12 High Street, London
Description | Qty | Unit price | Total
Paper A4, 80 g | 20 | 4.50 | 90.00
Toner | 2 | 61.20 | 122.40
Total due: 212.40 GBP. Payment within 30 days.
"""


def code_of(data: bytes, name: str = "") -> str:
    with pytest.raises(ReadingError) as caught:
        extract(data, name)
    return caught.value.code


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (hostile.of_pages(10_000), "too_large"),
        (hostile.deep_tree(20_000), "broken"),
        (hostile.circular_tree(), "broken"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 50, "broken"),
        (b"%PDF-1.4\n%%EOF", "broken"),
    ],
    ids=["10,000 pages", "deep tree", "circular tree", "noise", "nothing"],
)
def test_a_pdf_without_measure_is_refused(data: bytes, code: str) -> None:
    assert code_of(data, "a.pdf") == code


@pytest.mark.parametrize(
    "data",
    [hostile.of_forms(25, 4), hostile.of_forms(9, 10), hostile.of_text(300)],
    ids=["deep drawings", "wide drawings", "300 MB on a page"],
)
def test_a_page_of_endless_work_ends(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(confined, "PAGE_SECONDS", 3.0)
    assert code_of(data, "a.pdf") == "too_large"


@pytest.mark.parametrize("side", [20_000, 60_000])
@pytest.mark.usefixtures("_recognises_nothing")
def test_a_picture_of_billions_of_dots_is_not_unpacked(side: int) -> None:
    with pytest.raises(ReadingError) as caught:
        pictures.picture_text(hostile.huge_png(side), lambda done, pages: None)
    assert caught.value.code == "too_large"


@pytest.mark.usefixtures("_recognises_nothing")
@pytest.mark.parametrize(
    ("data", "code"),
    [(hostile.many_pictures(300), "too_large"), (hostile.circular_tiff(), "scan_without_text")],
)
def test_a_picture_of_endless_pages_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(ReadingError) as caught:
        pictures.picture_text(data, lambda done, pages: None)
    assert caught.value.code == code


@pytest.fixture
def _recognises_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Decoding is looked at here, on every machine; recognition takes its time elsewhere."""
    nothing = ocr.Recognised([], [], 0.0)
    monkeypatch.setattr(ocr, "can_recognise", lambda: True)
    monkeypatch.setattr(ocr, "recognise", lambda picture, dots: nothing)


@pytest.fixture
def listener() -> Iterator[tuple[str, list[bool]]]:
    """An address that notes whether anybody comes."""
    came: list[bool] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        stop = threading.Event()

        def wait() -> None:
            while not stop.is_set():
                try:
                    server.accept()[0].close()
                    came.append(True)
                except TimeoutError:
                    continue

        thread = threading.Thread(target=wait)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/x", came
        stop.set()
        thread.join()


def test_nothing_in_a_file_is_run_or_fetched(listener: tuple[str, list[bool]]) -> None:
    address, came = listener
    assert "Một câu bình thường" in extract(hostile.active(address), "a.pdf").text
    page = f'<html><body><img src="{address}"><link rel=stylesheet href="{address}"><p>Một câu.</p></body></html>'
    assert "Một câu." in extract(page.encode(), "a.html").text
    remote = f'<w:t>Nội dung</w:t><w:altChunk xmlns:r="r" r:id="{address}"/>'.encode()
    word = edited(docx_file(body=["Nội dung"]), b"<w:t>N\xe1\xbb\x99i dung</w:t>", remote)
    read_or_refused(lambda: extract(word, "a.docx"))
    assert came == []
    with socket.create_connection(("127.0.0.1", int(address.split(":")[2][:-2]))):
        pass  # the listener does hear who comes


def read_or_refused(read: Callable[[], object]) -> object | None:
    """What is read, or None for one of the reader's refusals; anything else fails the test."""
    try:
        return read()
    except tuple(ERRORS):
        return None


def edited(data: bytes, old: bytes, new: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(old, new))
    return out.getvalue()


@pytest.mark.parametrize("text", [INVOICE, "The quick brown fox jumps over the lazy dog.\n" * 40])
def test_papers_of_another_kind_are_read_and_promise_nothing(text: str) -> None:
    for data, name in [(text.encode(), "a.txt"), (pdf(Sheet(lines(text.splitlines()[:40]))), "a.pdf")]:
        reading = understand(extract(data, name))
        assert reading.metadata.number is None
        assert not reading.tasks


def samples() -> dict[str, bytes]:
    """A small sound file of every kind that is taken apart."""
    sheet = Sheet([*lines(["Ủy ban nhân dân xã", "Điều 1."]), (65, 320, "1"), (120, 320, "Việc")])
    sheet.rules = grid((60, 100, 300), (300, 330, 360))
    sheet.comments = ["Lời bình"]
    found = {
        "docx": docx_file(numbered=["Một"]),
        "pdf": pdf(sheet, Sheet(picture=Image.new("L", (20, 30), 128))),
        "html": f"<html><body><table><tr><td>{STATE_PLAN}</td></tr></table></body></html>".encode(),
        "txt": STATE_PLAN.encode(),
    }
    for kind in ("png", "jpeg", "tiff"):
        stream = io.BytesIO()
        Image.linear_gradient("L").resize((60, 80)).save(stream, kind)
        found[kind] = stream.getvalue()
    return found


SAMPLES = samples()
READERS: dict[str, Callable[[bytes], object]] = {
    "pdf": lambda data: pdf_text(data, lambda done, pages: None),
    **dict.fromkeys(
        ("png", "jpeg", "tiff"), lambda data: pictures.picture_text(data, lambda done, pages: None)
    ),
}


@st.composite
def damaged(draw: st.DrawFn, kind: str) -> bytes:
    """The sample cut, with bytes turned, or with a piece of itself or of another kind put in."""
    data = bytearray(SAMPLES[kind])
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(len(data) - 1, 0)))
        match draw(st.sampled_from(("cut", "turn", "put", "repeat"))):
            case "cut":
                del data[at : at + draw(st.integers(1, 2_000))]
            case "turn":
                data[at : at + 1] = bytes([draw(st.integers(0, 255))])
            case "put":
                other = SAMPLES[draw(st.sampled_from(sorted(SAMPLES)))]
                start = draw(st.integers(0, len(other) - 1))
                data[at:at] = other[start : start + draw(st.integers(1, 500))]
            case "repeat":
                data[at:at] = bytes(data[at : at + 400]) * draw(st.integers(1, 5))
    return bytes(data)


@pytest.mark.usefixtures("_recognises_nothing")
@pytest.mark.parametrize("kind", sorted(SAMPLES))
def test_a_damaged_file_is_read_or_refused_and_nothing_else(kind: str) -> None:
    @settings(
        max_examples=60,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
        deadline=None,
    )
    @given(damaged(kind))
    def check(data: bytes) -> None:
        found = read_or_refused(lambda: READERS.get(kind, lambda d: extract(d, f"a.{kind}"))(data))
        if isinstance(found, Extracted):
            understand(found)

    check()
