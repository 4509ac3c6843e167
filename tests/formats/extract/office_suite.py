"""Real files of other programs, made by LibreOffice from ours. Without it: a failure in the build, elsewhere a skip."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

KINDS = ("odt", "rtf", "doc", "html", "pdf")
MINUTES = 240  # seconds for one start, on a busy machine


def made_by_libreoffice(files: dict[str, bytes], folder: Path) -> dict[tuple[str, str], bytes]:
    """(name, kind): the bytes of each Word file in every other kind."""
    program = shutil.which("soffice")
    if program is None:
        words = "LibreOffice (libreoffice-writer-nogui) is missing: files of other programs are not tried."
        if os.environ.get("CI") == "true":
            pytest.fail(words)
        pytest.skip(words)
    paths = []
    for name, data in files.items():
        path = folder / f"{name}.docx"
        path.write_bytes(data)
        paths.append(str(path))
    for kind in KINDS:
        subprocess.run(
            [
                *(program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"),
                *("--convert-to", kind, "--outdir", str(folder), *paths),
            ],
            check=True,
            timeout=MINUTES,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    return {(name, kind): (folder / f"{name}.{kind}").read_bytes() for name in files for kind in KINDS}
