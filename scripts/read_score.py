"""Measure the reader on labelled papers: the figures of their score.py, and whether its confidence keeps its word.

    python -m scripts.read_score [CORPUS] [score.py options ...]

CORPUS is a folder of NNN.txt + NNN.json (and NNN.docx, .htm, .pdf), by default $THONGSUOT_CORPUS or
`../shared/corpus/dev` beside the checkout; score.py stands in the folder above it.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from scripts.corpus import Verdict, folder_of, papers_in, rules_of, text_of, verdicts
from thongsuot.formats.reading import ReadingError, extract, to_json, understand

STATED = (0.95, 0.9, 0.8, 0.6, 0.0)


def main(argv: list[str]) -> int:
    folder = folder_of(argv)
    texts = sorted(folder.glob("[0-9]*.txt"))
    if not texts:
        print(
            f"No documents in {folder}. Name the folder of the corpus or set THONGSUOT_CORPUS.",
            file=sys.stderr,
        )
        return 2
    with tempfile.TemporaryDirectory() as said:
        for path in texts:
            _predict(path, Path(said))
        score = [sys.executable, str(folder.resolve().parent / "score.py"), str(folder), said, *argv]
        status = subprocess.run(score, check=False).returncode
    _confidence(folder)
    for path in sorted(p for p in folder.iterdir() if p.suffix in (".docx", ".htm", ".pdf")):
        print(_original(path))
    return status


def _predict(path: Path, folder: Path) -> None:
    try:
        reading = understand(text_of(path))
    except ReadingError as error:  # a garbage text layer has to be refused
        print(f"{path.name}: {error.message} [{error.code}]")
        return
    said = json.dumps(to_json(reading), ensure_ascii=False)
    (folder / f"{path.stem}.json").write_text(said, encoding="utf-8")


def _confidence(folder: Path) -> None:
    """Of the items called so sure, how many are right: all kinds together, then tasks, then fields."""
    rules = rules_of(folder)
    found = [
        verdict
        for extracted, labels in papers_in(folder)
        for verdict in verdicts(understand(extracted), labels, rules)
    ]
    items = {"task", "reference", "target"}
    print("\nconfidence            stated   right     n")
    _bands("all", found)
    _bands("tasks", [v for v in found if v.kind == "task"])
    _bands("references, targets", [v for v in found if v.kind in items - {"task"}])
    _bands("metadata", [v for v in found if v.kind not in items])


def _bands(name: str, found: list[Verdict]) -> None:
    upper = 1.01
    for lower in STATED:
        band = [v for v in found if lower <= v.fit < upper]
        if band:
            stated = sum(v.fit for v in band) / len(band)
            right = sum(v.right for v in band) / len(band)
            print(f"  {name:<20}{stated:6.3f}  {right:6.3f}  {len(band):5d}")
        upper = lower
        name = ""


def _original(path: Path) -> str:
    try:
        reading = understand(extract(path.read_bytes(), path.name))
    except ReadingError as error:
        return f"{path.name}: {error.message} [{error.code}]"
    data = to_json(reading)["metadata"]
    counts = f"{len(reading.tasks)} tasks, {len(reading.references)} references"
    return f"{path.name}: read; {data['doc_type']}, {data['date']}, {counts}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
