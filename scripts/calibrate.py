"""Count how often each construction of the reader is right on labelled papers, for the confidence it states.

    python -m scripts.calibrate CORPUS [CORPUS ...]

Writes src/thongsuot/formats/reading/confidence.json. Only counts are kept, nothing of the papers.
"""

import json
import sys
from collections import Counter
from pathlib import Path

from scripts.corpus import ROOT, papers_in, rules_of, verdicts
from thongsuot.formats.reading.calibration import keys_of
from thongsuot.formats.reading.understand import READER_VERSION, proposals

TARGET = ROOT / "src" / "thongsuot" / "formats" / "reading" / "confidence.json"


def main(folders: list[Path]) -> int:
    """Exit status 2 where there is nothing to count."""
    seen: Counter[str] = Counter()
    right: Counter[str] = Counter()
    papers = 0
    for folder in folders:
        rules = rules_of(folder)
        for extracted, labels in papers_in(folder):
            papers += 1
            for verdict in verdicts(proposals(extracted), labels, rules):
                for key in keys_of(verdict.kind, verdict.rule, verdict.fit):
                    seen[key] += 1
                    right[key] += verdict.right
    if not papers:
        print("No labelled papers: name their folders.", file=sys.stderr)
        return 2
    lines = ",\n".join(f"  {json.dumps(key)}: [{right[key]}, {seen[key]}]" for key in sorted(seen))
    head = f'{{\n "reader_version": "{READER_VERSION}",\n "papers": {papers},\n'
    TARGET.write_text(f'{head} "counts": {{\n{lines}\n }}\n}}\n', encoding="utf-8")
    print(f"{papers} papers, {len(seen)} counts: {TARGET.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main([Path(name) for name in sys.argv[1:]]))
