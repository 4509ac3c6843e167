"""A very small browser: keeps cookies, asks as a phone's browser does, and counts what comes over the wire."""

from __future__ import annotations

import gzip
import http.client
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode, urljoin, urlsplit

import brotli

ACCEPTED = "gzip, deflate, br"
_URL_IN_STYLE = re.compile(r"url\(\s*['\"]?([^'\")]+)")


@dataclass(frozen=True)
class Answer:
    """What came back: the status, how many bytes it took with its headers, and what it says."""

    path: str
    status: int
    weight: int
    text: str
    location: str = ""


class _Linked(HTMLParser):
    """The addresses a page makes a browser fetch, and those it offers to a person."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: dict[str, None] = {}
        self.links: dict[str, None] = {}
        self.token = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = {name: value for name, value in attributes if value}
        if found.get("name") == "csrfmiddlewaretoken":
            self.token = self.token or found.get("value", "")
        if tag == "a" and "href" in found:
            self.links[found["href"]] = None
        fetched = {"script": "src", "img": "src", "use": "href", "source": "src"}.get(tag, "")
        if fetched in found:
            self.parts[found[fetched]] = None
        wanted = {"stylesheet", "icon", "manifest", "preload", "apple-touch-icon"}
        if tag == "link" and wanted & set(found.get("rel", "").split()):
            self.parts[found.get("href", "")] = None


@dataclass
class Browser:
    """One person at ``host:port``."""

    host: str
    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, path: str, form: dict[str, str] | None = None) -> Answer:
        """One request over a connection of its own."""
        headers = {
            "Accept-Encoding": ACCEPTED,
            "Accept-Language": "vi",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        connection = http.client.HTTPConnection(self.host, self.port, timeout=30)
        try:
            if form is None:
                connection.request("GET", path, headers=headers)
            else:
                headers["Content-Type"] = "application/x-www-form-urlencoded"
                connection.request("POST", path, urlencode(form), headers)
            answer = connection.getresponse()
            body = answer.read()
        finally:
            connection.close()
        for line in answer.headers.get_all("Set-Cookie", []):
            name, _equals, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        head = sum(len(name) + len(value) + 4 for name, value in answer.headers.items())
        text = _opened(body, answer.headers.get("Content-Encoding", ""))
        return Answer(path, answer.status, head + len(body), text, answer.headers.get("Location", ""))

    def follow(self, path: str) -> Answer:
        """The page at the end of the redirects."""
        answer = self.ask(path)
        for _ in range(5):
            if not answer.location:
                break
            answer = self.ask(answer.location)
        return answer

    def sign_in(self, name: str, password: str) -> None:
        page = self.follow("/")
        form = {"csrfmiddlewaretoken": read(page).token, "login": name, "password": password}
        answer = self.ask(page.path, form)
        if answer.status != 302:
            message = f"{name} could not sign in: the answer was {answer.status}."
            raise RuntimeError(message)


def read(page: Answer) -> _Linked:
    """What a page links."""
    linked = _Linked()
    linked.feed(page.text)
    return linked


def parts_of(page: Answer) -> list[str]:
    """The paths of everything on this site that the page makes a browser fetch, sprites once."""
    found = dict.fromkeys(urljoin(page.path, part).partition("#")[0] for part in read(page).parts)
    return [path for path in found if path and path != page.path and not urlsplit(path).netloc]


def fonts_of(style: Answer) -> list[str]:
    """The fonts a style sheet names."""
    named = (urljoin(style.path, found) for found in _URL_IN_STYLE.findall(style.text))
    return list(dict.fromkeys(path for path in named if path.endswith(".woff2")))


def _opened(body: bytes, encoding: str) -> str:
    if encoding == "gzip":
        body = gzip.decompress(body)
    elif encoding == "br":
        body = brotli.decompress(body)
    return body.decode(errors="replace")
