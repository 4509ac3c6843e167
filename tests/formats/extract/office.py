"""Real files made by LibreOffice from ours, for tests that want what offices produce."""

import os
import shutil
import subprocess
import tempfile
import warnings
from pathlib import Path

import pytest


def converted(data: bytes, kind: str, *, source: str = "docx") -> bytes:
    """The same paper in another format ("pdf", "odt", "rtf", "doc", "html").

    Without LibreOffice the test is skipped with a warning, and fails on the build server.
    """
    program = shutil.which("soffice")
    if program is None:
        if os.environ.get("CI") == "true":
            pytest.fail("the build server lacks LibreOffice")
        warnings.warn(UserWarning("LibreOffice is missing: files it makes are not tested"), stacklevel=2)
        pytest.skip("LibreOffice is missing")
    with tempfile.TemporaryDirectory(prefix="thongsuot-office-") as folder:
        (Path(folder) / f"paper.{source}").write_bytes(data)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = [
            program,
            profile,
            "--headless",
            "--convert-to",
            kind,
            "--outdir",
            folder,
            f"{folder}/paper.{source}",
        ]
        subprocess.run(command, capture_output=True, check=True, timeout=120)
        return (Path(folder) / f"paper.{kind}").read_bytes()
