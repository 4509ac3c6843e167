"""The typeface with which tests draw their scans."""

import shutil
import subprocess


def vietnamese_font() -> str:
    """The file of a typeface with Vietnamese letters, or nothing where the machine has none."""
    if shutil.which("fc-match") is None:
        return ""
    command = ["fc-match", "-f", "%{file}", "Noto Serif,DejaVu Serif:lang=vi"]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout
