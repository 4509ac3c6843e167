"""Damaged files of every word processor: an answer or one of the reader's codes, whatever bytes were changed."""

import io
import zipfile
from collections.abc import Callable
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.formats.extract import papers
from tests.formats.extract.office_suite import made_by_libreoffice
from tests.formats.samples import zip_file
from thongsuot.formats.reading import ReadingError, extract

KINDS = ("docx", "odt", "rtf", "doc", "html")
EXAMPLES = settings(max_examples=60, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    word = papers.everything()
    made = made_by_libreoffice({"a": word}, tmp_path_factory.mktemp("offices"))
    return {kind: made["a", kind] for kind in KINDS if kind != "docx"} | {"docx": word}


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def in_the_main_part(data: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """The archive with its text changed: a flip in packed bytes would only break the packing."""
    parts = members(data)
    name = "word/document.xml" if "word/document.xml" in parts else "content.xml"
    return zip_file(parts | {name: change(parts[name])})


@cache
def cuts(length: int) -> st.SearchStrategy[tuple[int, bytes]]:
    return st.tuples(st.integers(0, length - 1), st.binary(max_size=8))


def code_or_text(data: bytes) -> str:
    try:
        return extract(data).text
    except ReadingError as error:
        return error.code


@pytest.mark.parametrize("kind", KINDS)
def test_any_damage_has_an_answer(files: dict[str, bytes], kind: str) -> None:
    data = files[kind]
    packed = data[:2] == b"PK"
    length = max(map(len, members(data).values())) if packed else len(data)

    @EXAMPLES
    @given(st.lists(cuts(length), min_size=1, max_size=4), st.sampled_from(("write", "cut", "double")))
    def tried(places: list[tuple[int, bytes]], how: str) -> None:
        def change(source: bytes) -> bytes:
            for place, new in places:
                at = place % max(len(source), 1)
                if how == "write":
                    source = source[:at] + new + source[at + len(new) :]
                elif how == "cut":
                    source = source[:at] + source[at + 4 * len(new) :]
                else:
                    source = source[:at] + source[at // 2 :]
            return source[:2_000_000]

        code_or_text(in_the_main_part(data, change) if packed else change(data))

    tried()


def test_a_locked_old_file_and_one_of_before_1997(files: dict[str, bytes]) -> None:
    at = files["doc"].index(b"\xec\xa5")
    for place, new, code in (
        (0x0B, b"\x13", "encrypted"),
        (2, b"\x65\0", "not_supported"),
        (0, b"\0", "broken"),
    ):
        changed = files["doc"][: at + place] + new + files["doc"][at + place + len(new) :]
        assert code_or_text(changed) == code
