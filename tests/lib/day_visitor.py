"""A person at the pages while the web server is killed: reads, and lets warnings pass."""

import http.client
import ssl
import threading
from collections import Counter
from pathlib import Path
from typing import Self

PAGES = ("/", "/claims/", "/work/", "/deposits/", "/reports/ageing/", "/edits/")


class Visitor:
    """Asks for pages one after the other, and lets each warning pass until it is told so.

    Args:
        port: Where the pages are.
        authority: The certificate to trust.
        session: The key of a signed-in session.
        warnings: Ids of the findings to let pass.
    """

    def __init__(self, port: int, authority: Path, session: str, warnings: list[str]) -> None:
        self.port, self.authority = port, authority
        self.cookies = {"__Host-session": session}
        self.warnings = warnings
        self.passed: list[str] = []
        self.answers: Counter[str] = Counter()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._visit, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join(60)

    def _visit(self) -> None:
        turn = 0
        while not self._over.is_set():
            left = [one for one in self.warnings if one not in self.passed]
            page = PAGES[turn % len(PAGES)]
            turn += 1
            try:
                status = self._ask("GET", page)
                if left and self._ask("POST", f"/findings/{left[0]}/override/") == 302:
                    self.passed.append(left[0])
            except (OSError, http.client.HTTPException):
                self.answers["nobody there"] += 1
                self._over.wait(0.5)
            else:
                self.answers[str(status)] += 1
                self._over.wait(0.1)

    def _ask(self, method: str, path: str) -> int:
        context = ssl.create_default_context(cafile=str(self.authority))
        way = http.client.HTTPSConnection("localhost", self.port, timeout=20, context=context)
        origin = f"https://localhost:{self.port}"
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "X-CSRFToken": self.cookies.get("__Host-csrf", ""),
            "Referer": f"{origin}/",
            "Origin": origin,
            "Content-Length": "0",
        }
        try:
            way.request(method, path, headers=headers)
            answer = way.getresponse()
            answer.read()
        finally:
            way.close()
        for text in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = text.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status
