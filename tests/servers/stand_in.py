"""A small server with the manners of the register, to try what starts, stops and looks at servers."""

import os
import signal
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'"
GOOD = "<main><h1>Entries</h1><p>There are none.</p></main>"
PAGES = {
    "/": GOOD,
    "/script": f'<script src="/script.js" defer></script>{GOOD}',
    "/failing": f'<script src="/failing.js" defer></script>{GOOD}',
    "/inline": f"{GOOD}<script>document.title = 'changed'</script>",
    "/elsewhere": f'{GOOD}<img src="http://register.example/logo.png" alt="Elsewhere">',
    "/faulty": '<main><h1>Entries</h1><img src="data:,"><input type="text"></main>',
    "/small": '<main><h1>Targets</h1><a class="s" href="/1">1</a><a class="s" href="/2">2</a></main>',
}
FILES = {
    "/script.js": ("text/javascript", "document.querySelector('h1').textContent = 'Changed'"),
    "/failing.js": ("text/javascript", "missing()"),
    "/style.css": ("text/css", ".s { display: block; width: 9px; height: 9px; font-size: 8px; overflow: hidden }"),
}


class Answers(BaseHTTPRequestHandler):
    """Pages under a strict policy, and whether the server is ready: not the first time that it is asked."""

    asked = 0

    def do_GET(self) -> None:
        """Answer a request."""
        if self.path == "/health/ready":
            Answers.asked += 1
            self._answer(200 if Answers.asked > 1 else 503, "text/plain", "")
        elif self.path == "/crash":
            os._exit(9)
        elif self.path in FILES:
            self._answer(200, *FILES[self.path])
        elif self.path in PAGES:
            self._answer(200, "text/html", self._page(PAGES[self.path]))
        else:
            self._answer(404, "text/html", self._page("<main><h1>Not here</h1></main>"))

    def _page(self, body: str) -> str:
        head = '<meta charset="utf-8"><title>Stand-in</title><link rel="stylesheet" href="/style.css">'
        return f'<!doctype html><html lang="en-GB"><head>{head}</head><body>{body}</body></html>'

    def _answer(self, status: int, kind: str, text: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing of each request."""


def main() -> None:
    """Serve until a signal comes; end with the exit code that is asked for."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(int(sys.argv[1])))
    address = (os.environ["FIRMPATH_HOST"], int(os.environ["FIRMPATH_PORT"]))
    with ThreadingHTTPServer(address, Answers) as server:
        names = ("FIRMPATH_DATA_DIR", "DATABASE_URL", "DJANGO_SETTINGS_MODULE")
        print({name: os.environ.get(name) for name in names}, flush=True)
        server.serve_forever()


if __name__ == "__main__":
    main()
