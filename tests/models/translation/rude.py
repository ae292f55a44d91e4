"""A translation service that misbehaves on purpose, as a process: `python rude.py`; it prints its port.

What it does to a request, the text says: "429 good" is refused once and then translated, "500! bad" is always refused.
A translation is the text's words in capitals. `/seen` gives all requests it got.
"""

import json
import re
import sys
import threading
import time
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SEEN, COUNTS, LOCK = [], {}, threading.Lock()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *given):
        pass

    def do_GET(self):
        with LOCK:
            self._send(200, json.dumps(SEEN).encode())

    def do_POST(self):
        raw = self.rfile.read(int(self.headers["content-length"]))
        body = json.loads(raw)
        texts = body["q"] if "q" in body else [body["messages"][-1]["content"]]
        with LOCK:
            SEEN.append({"path": self.path, "headers": dict(self.headers), "body": body, "at": time.monotonic()})
            COUNTS[raw] = COUNTS.get(raw, 0) + 1
            first = COUNTS[raw] == 1
        trouble = next((m for text in texts if (m := re.match(r"([a-z0-9]+)(!?) ", text))), None)
        if trouble and (trouble[2] or first) and hasattr(self, f"do_{trouble[1]}"):
            return getattr(self, f"do_{trouble[1]}")(texts)
        if trouble and trouble[1].isdigit() and (trouble[2] or first):
            return self._send(int(trouble[1]), raw)  # services do echo what they got, keys too
        return self._answer(texts)

    def do_wait(self, texts):
        self._send(429, b"{}", {"Retry-After": "1"})

    def do_date(self, texts):
        self._send(503, b"{}", {"Retry-After": formatdate(time.time() + 2, usegmt=True)})

    def do_later(self, texts):
        self._send(429, b"{}", {"Retry-After": "3600"})

    def do_slow(self, texts):
        time.sleep(1.5)
        self._answer(texts)

    def do_drip(self, texts):
        self.send_response(200)
        self.send_header("content-length", "1000")
        self.end_headers()
        for _ in range(30):
            self.wfile.write(b" ")
            self.wfile.flush()
            time.sleep(0.1)

    def do_cut(self, texts):
        self.send_response(200)
        self.send_header("content-length", "1000")
        self.end_headers()
        self.wfile.write(b'{"translatedText": ["')
        self.close_connection = True

    def do_half(self, texts):
        self._send(200, b'{"translatedText": ["never clo')

    def do_html(self, texts):
        self._send(200, b"<html>welcome</html>")

    def do_deep(self, texts):
        self._send(200, b"[" * 200_000)

    def do_close(self, texts):
        self.close_connection = True

    def do_few(self, texts):
        self._answer(texts[1:])

    def do_null(self, texts):
        self._send(200, b'{"translatedText": null, "choices": [{"message": {"content": null}}]}')

    def do_mute(self, texts):
        self._send(200, b'{"translatedText": "words", "choices": [{"message": null, "finish_reason": "error"}]}')

    def do_here(self, texts):
        self._send(307, b"", {"Location": "/moved" + self.path})

    def do_there(self, texts):
        self._send(308, b"", {"Location": f"http://localhost:{sys.argv[1]}/stolen"})

    def do_length(self, texts):
        self._answer(texts, finish_reason="length")

    def do_filter(self, texts):
        self._answer(texts, finish_reason="content_filter")

    def do_think(self, texts):
        said = {"role": "assistant", "content": f"<think>hm,\n{texts[0]}?</think>\n\n{texts[0].upper()}"}
        self._answer(texts, message=said)

    def do_thought(self, texts):
        said = {"role": "assistant", "content": f"hm,\n{texts[0]}?</think>\n\n{texts[0].upper()}"}
        self._answer(texts, message=said)

    def do_endless(self, texts):
        self._answer(texts, message={"role": "assistant", "content": f"<think>hm, {texts[0]}? hm"})

    def _answer(self, texts, **more):
        made = [text.upper() for text in texts]
        choice = {"message": {"role": "assistant", "content": made[0] if made else ""}, "finish_reason": "stop", **more}
        self._send(200, json.dumps({"translatedText": made, "choices": [choice]}).encode())

    def _send(self, status, answer, headers=None):
        self.send_response(status)
        for name, value in {"content-length": str(len(answer)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer)


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(server.server_address[1], flush=True)
    server.serve_forever()
