#!/usr/bin/env python3
"""Measure the reader on the development corpus: run it on every document, then print the figures of score.py.

    read_score.py [CORPUS] [score.py options ...]

CORPUS is a folder of NNN.txt + NNN.json (and NNN.docx, .htm, .pdf), by default $THONGSUOT_CORPUS or
`../shared/corpus/dev` beside the checkout; score.py stands in the folder above it.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from thongsuot.formats.reading import Extracted, ReadingError, extract, to_json, understand  # noqa: E402


def main(argv: list[str]) -> int:
    named = [Path(argv.pop(0))] if argv and not argv[0].startswith("-") else []
    corpus = (named or [Path(os.environ.get("THONGSUOT_CORPUS", ROOT.parent / "shared" / "corpus" / "dev"))])[
        0
    ]
    texts = sorted(corpus.glob("[0-9]*.txt"))
    if not texts:
        print(
            f"No documents in {corpus}. Name the folder of the corpus or set THONGSUOT_CORPUS.",
            file=sys.stderr,
        )
        return 2
    with tempfile.TemporaryDirectory() as folder:
        for path in texts:
            _predict(path, Path(folder))
        result = subprocess.run(
            [sys.executable, str(corpus.parent / "score.py"), str(corpus), folder, *argv], check=False
        )
    for path in sorted(p for p in corpus.iterdir() if p.suffix in (".docx", ".htm", ".pdf")):
        print(_binary(path))
    return result.returncode


def _predict(path: Path, folder: Path) -> None:
    """Spans are relative to the text of the corpus, so it is understood as it stands."""
    text = path.read_text(encoding="utf-8")
    try:
        extract(path.read_bytes(), path.name)  # a garbage text layer has to be refused
    except ReadingError as error:
        print(f"{path.name}: {error.message} [{error.code}]")
        return
    reading = understand(Extracted(text=text, pages=(), media_type="text/plain"))
    (folder / f"{path.stem}.json").write_text(
        json.dumps(to_json(reading), ensure_ascii=False), encoding="utf-8"
    )


def _binary(path: Path) -> str:
    try:
        reading = understand(extract(path.read_bytes(), path.name))
    except ReadingError as error:
        return f"{path.name}: {error.message} [{error.code}]"
    data = to_json(reading)["metadata"]
    counts = f"{len(reading.tasks)} tasks, {len(reading.references)} references"
    return f"{path.name}: read; {data['doc_type']}, {data['date']}, {counts}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
