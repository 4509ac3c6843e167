"""Static files: our own and what Python packages bring; no build step, hashed names once collected."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.contrib.staticfiles.apps import StaticFilesConfig
from whitenoise.storage import CompressedManifestStaticFilesStorage

FONT_FOLDER = Path(__file__).parent / "ui" / "static" / "ui" / "fonts"
_SANS = [f"be-vietnam-pro-{s}-{w}-normal" for s in ("latin", "vietnamese") for w in (400, 500, 600, 700)]
_SERIF = [
    f"literata-{s}-{f}" for s in ("latin", "vietnamese") for f in ("400-normal", "700-normal", "400-italic")
]
FONT_FILES = tuple(f"{name}.woff2" for name in _SANS + _SERIF)


def fonts_present() -> bool:
    """True when every typeface file that fonts.css names was fetched; they are optional."""
    return all((FONT_FOLDER / name).exists() for name in FONT_FILES)


def _without_source_maps(patterns: Any) -> Any:
    """Drop the rewriting of source map names: vendor files name maps that they do not ship."""
    return tuple(
        (
            extension,
            tuple(p for p in rules if "sourceMappingURL" not in (p if isinstance(p, str) else p[0])),
        )
        for extension, rules in patterns
    )


class StaticFiles(StaticFilesConfig):
    """Collects what the pages use, and nothing else: compressing takes most of the time."""

    @property
    def ignore_patterns(self) -> list[str]:
        unused = ["CVS", ".*", "*~", "*.map", "*-src.js", "htmx-4*", "htmax-*", "htmx-2.js", "*/ext/*"]
        # Hashing fails on a url() to a missing file, so the sheet that names the fonts goes with them.
        return unused if fonts_present() else [*unused, "fonts.css"]


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Hashed names when the files were collected; plain names, served from the packages, when not yet."""

    patterns = _without_source_maps(CompressedManifestStaticFilesStorage.patterns)

    def url(self, name: str | None, force: bool = False) -> str:
        """Made once for each file: a page names forty, most of them the same picture of signs."""
        known = self.__dict__.setdefault("_known_urls", {})
        # Collecting files anew, in a process that goes on, gives them new names.
        key = (name, force, id(self.hashed_files))
        if key not in known:
            known[key] = super().url(name, force)
        return str(known[key])

    def stored_name(self, name: str) -> str:
        if not self.hashed_files:
            return name
        return str(super().stored_name(name))
