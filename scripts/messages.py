"""The Vietnamese messages of each app: ``update``, ``check`` and ``compile``, without system gettext.

    python scripts/messages.py update [APP...]   refresh django.po from the sources, keep the translations
    python scripts/messages.py check [APP...]    fail on anything missing, doubtful, outdated or misquoted
    python scripts/messages.py compile           write the .mo files that are older than their .po

An app is a folder below ``src/thongsuot`` with an ``apps.py``; a message belongs to the nearest one above it,
so a change to a subject touches only that subject's catalogue. Catalogues carry no dates and no line numbers:
two people who translate different messages do not collide.
"""

from __future__ import annotations

import argparse
import io
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "thongsuot"
LOCALE = "vi"
CATALOGUE = Path("locale") / LOCALE / "LC_MESSAGES" / "django.po"

_CALLS: dict[str, Any] = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop")),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
_PLACEHOLDER = re.compile(r"%\((\w+)\)[#0\- +]*[\d.]*[a-zA-Z]|\{(\w+)\}")
_HEADER = "\n".join(
    (
        'msgid ""',
        'msgstr ""',
        '"MIME-Version: 1.0\\n"',
        '"Content-Type: text/plain; charset=utf-8\\n"',
        '"Content-Transfer-Encoding: 8bit\\n"',
        f'"Language: {LOCALE}\\n"',
        '"Plural-Forms: nplurals=1; plural=0;\\n"',
    )
)

type_of_key = tuple[str | None, str | tuple[str, ...]]


def app_folders(package: Path) -> list[Path]:
    """Every folder that is a Django app, in order of path."""
    return sorted(file.parent for file in package.rglob("apps.py"))


def sources(app: Path) -> Iterator[Path]:
    """The Python files and templates of one app, without those of an app inside it."""
    nested = [folder for folder in app_folders(app) if folder != app]
    for file in sorted(app.rglob("*")):
        wanted = file.suffix == ".py" or (file.suffix in {".html", ".txt"} and "templates" in file.parts)
        if wanted and not any(folder in file.parents for folder in nested):
            yield file


def read_catalogue(file: Path) -> Catalog:
    """The catalogue of an app, or an empty one."""
    if not file.exists():
        return _empty_catalogue()
    with file.open("rb") as stream:
        return read_po(stream, locale=LOCALE)


def _empty_catalogue() -> Catalog:
    return read_po(io.BytesIO(_HEADER.encode()), locale=LOCALE)


def extracted(app: Path) -> Catalog:
    """What the sources of the app say today."""
    catalogue = _empty_catalogue()
    for file in sources(app):
        for _line, message, comments, context in extract(
            "python",
            _readable_as_python(file),
            keywords=_CALLS,
            comment_tags=("Translators:",),
            strip_comment_tags=True,
        ):
            catalogue.add(message, auto_comments=comments, context=context)
    return catalogue


def _readable_as_python(file: Path) -> io.BytesIO:
    if file.suffix == ".py":
        return io.BytesIO(file.read_bytes())
    return io.BytesIO(_calls_in_template(file).encode())


def _calls_in_template(file: Path) -> str:
    """The messages of a template as Python calls.

    Django's own ``templatize`` knows its tags, but leaves ``_('…')`` between runs of ``XXX`` that no Python
    tokenizer accepts; only the calls are kept, one a line.
    """
    from django.utils.translation.template import templatize

    text = templatize(file.read_text("utf-8"), origin=str(file))
    literal = r"""u?(?:'(?:[^'\\\n]|\\.|\\\n)*'|"(?:[^"\\\n]|\\.|\\\n)*"|'''.*?'''|\"\"\".*?\"\"\")"""
    call = re.compile(
        rf"\b(gettext|ngettext|pgettext|npgettext|_)\(\s*({literal}(?:\s*,\s*(?:{literal}|count))*)\s*\)",
        re.DOTALL,
    )
    return "\n".join(match.group(0) for match in call.finditer(text))


def updated(app: Path) -> Catalog:
    """Today's messages with the translations that exist: nothing guessed, nothing obsolete kept."""
    old = read_catalogue(app / CATALOGUE)
    new = extracted(app)
    for message in _messages(new):
        known = old.get(_singular(message), message.context)
        if known is not None:
            message.string = known.string
            message.flags |= known.flags & {"fuzzy"}
            message.user_comments = known.user_comments
    return new


def rendered(catalogue: Catalog) -> bytes:
    """The file's content: sorted, without dates, places and obsolete entries."""
    stream = io.BytesIO()
    write_po(
        stream,
        catalogue,
        width=110,
        no_location=True,
        omit_header=True,
        sort_output=True,
        ignore_obsolete=True,
    )
    body = stream.getvalue().decode().strip()
    return (_HEADER + "\n\n" + body).strip().encode() + b"\n"


def faults(app: Path) -> list[str]:
    """Everything wrong with the catalogue of an app, one sentence each."""
    catalogue = updated(app)
    found = [fault for message in _messages(catalogue) for fault in _faults_of(message)]
    file = app / CATALOGUE
    content = file.read_bytes() if file.exists() else b""
    if content != rendered(catalogue) and (content or len(catalogue)):
        known, wanted = _keys(read_catalogue(file)), _keys(catalogue)
        gone = [f"no longer used: {_quoted(key)}" for key in sorted(known - wanted, key=str)]
        found += gone or ([] if found else ["the file is not as 'update' writes it"])
    return found


def _faults_of(message: Message) -> Iterator[str]:
    quoted = _quoted(_key(message))
    strings = [message.string] if isinstance(message.string, str) else list(message.string or ())
    if not all(strings) or not strings:
        yield f"missing: {quoted}"
        return
    if message.fuzzy:
        yield f"fuzzy: {quoted}"
    ids = [message.id] if isinstance(message.id, str) else list(message.id)
    wanted = set().union(*(_placeholders(text) for text in ids))
    for string in strings:
        if _placeholders(string) != wanted:
            yield f'placeholders differ: {quoted} -> "{string}"'


def _placeholders(text: str) -> set[str]:
    return {percent or brace for percent, brace in _PLACEHOLDER.findall(text)}


def _messages(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def _singular(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _key(message: Message) -> type_of_key:
    return message.context, message.id if isinstance(message.id, str) else tuple(message.id)


def _keys(catalogue: Catalog) -> set[type_of_key]:
    return {_key(message) for message in _messages(catalogue)}


def _quoted(key: type_of_key) -> str:
    context, ids = key
    text = ids if isinstance(ids, str) else ids[0]
    return f'"{text}"' + (f" (context: {context})" if context else "")


def compile_catalogues(package: Path) -> int:
    """Write each ``.mo`` that is missing or older than its ``.po``; the number written."""
    written = 0
    for source in sorted(package.rglob(str(CATALOGUE))):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        partial = target.with_suffix(".mo.part")
        with partial.open("wb") as stream:
            write_mo(stream, read_catalogue(source))
        partial.replace(target)
        written += 1
    return written


def update(apps: Iterable[Path]) -> int:
    """Rewrite the catalogues that changed."""
    for app in apps:
        file, content = app / CATALOGUE, rendered(catalogue := updated(app))
        if not len(catalogue) and not file.exists():
            continue
        missing = sum(
            1 for message in _messages(catalogue) if any("missing" in fault for fault in _faults_of(message))
        )
        if not file.exists() or file.read_bytes() != content:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
            print(f"messages: wrote {file.relative_to(PACKAGE.parent.parent)}")
        if missing:
            print(f"messages: {_name(app)}: {missing} of {len(catalogue)} still to translate")
    return 0


def disagreements(apps: Iterable[Path]) -> list[str]:
    """Words that two catalogues translate differently: Django lays all catalogues over each other, one would win."""
    said: dict[type_of_key, dict[str, str]] = {}
    for app in apps:
        if (app / CATALOGUE).exists():
            for message in _messages(read_catalogue(app / CATALOGUE)):
                key = message.context, _singular(message)
                words = message.string if isinstance(message.string, str) else (message.string or ("",))[0]
                said.setdefault(key, {}).setdefault(words, _name(app))
    return [
        f"{' and '.join(by.values())}: {_quoted(key)} is translated differently: give one of them a context"
        for key, by in said.items()
        if len(by) > 1
    ]


def check(apps: Iterable[Path]) -> int:
    """Print every fault; 1 when there is one."""
    apps = list(apps)
    found = [f"{_name(app)}: {fault}" for app in apps for fault in faults(app)]
    found += disagreements(app_folders(PACKAGE))
    for line in found:
        print(f"messages: {line}")
    if found:
        print(f"messages: {len(found)} to mend; 'python scripts/messages.py update' refreshes the files")
    return int(bool(found))


def _name(app: Path) -> str:
    return str(app.relative_to(PACKAGE)) if app.is_relative_to(PACKAGE) else app.name


def _chosen(names: Sequence[str]) -> list[Path]:
    folders = app_folders(PACKAGE)
    unknown = set(names) - {_name(folder) for folder in folders} - {folder.name for folder in folders}
    if unknown:
        raise SystemExit(f"messages: no such app: {', '.join(sorted(unknown))}")
    return [folder for folder in folders if not names or folder.name in names or _name(folder) in names]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one of the three verbs."""
    parser = argparse.ArgumentParser(
        prog="messages.py", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("verb", choices=("update", "check", "compile"))
    parser.add_argument("apps", nargs="*", metavar="APP")
    options = parser.parse_args(arguments)
    if options.verb == "compile":
        if written := compile_catalogues(PACKAGE):
            print(f"messages: compiled {written}")
        return 0
    return (update if options.verb == "update" else check)(_chosen(options.apps))


if __name__ == "__main__":
    sys.exit(main())
