"""Asking a service over HTTP: patient with it, careful with the key, and never louder than a short reason.

What a service answers never gets into a message, nor do the exceptions of httpx: both can hold the key.
"""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from hashlib import blake2b
from threading import Event, Lock
from typing import Any, NamedTuple, TypeVar
from urllib.parse import urljoin, urlsplit

from textaug.errors import UsageError, missing
from textaug.models.translation.protocol import Failure

T = TypeVar("T")
R = TypeVar("R")

LARGEST = 64 << 20  # bytes of an answer
FEW = 64  # texts after which answers are kept: they may have cost something
GONE = 16  # requests in a row for which no connection is made, after all tries: there is no service
NO_CONNECTION = "no connection"
_AGAIN = frozenset((408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 529))
_MOVED = frozenset((301, 302, 307, 308))
_LOOPBACK = re.compile(r"localhost|127(\.\d+){3}|::1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Web:
    """How a service is asked.

    Args:
        timeout: seconds until an answer must be there.
        retries: how many times more it is asked after a failure that may pass.
        wait: seconds before the second try; twice as many before each further one.
        longest_wait: the most seconds before a try; a service that wants more time is given up for this text.
        requests_per_second: the most requests in a second, over all threads of a process; 0 for any number.
        concurrency: how many requests are under way at once.
        key_variable: the environment variable that holds the key; empty for no key.
    """

    timeout: float = 60.0
    retries: int = 5
    wait: float = 1.0
    longest_wait: float = 60.0
    requests_per_second: float = 0.0
    concurrency: int = 4
    key_variable: str = field(default="", repr=False)  # someone will write the key itself here

    def __post_init__(self) -> None:
        for name in ("timeout", "concurrency"):
            if not getattr(self, name) > 0:
                raise UsageError(f"{name}={getattr(self, name)}: give a number above 0")
        for name in ("retries", "wait", "longest_wait", "requests_per_second"):
            if not getattr(self, name) >= 0:
                raise UsageError(f"{name}={getattr(self, name)}: give 0 or more")
        if self.key_variable and not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", self.key_variable):
            raise UsageError("key_variable takes the name of an environment variable that holds the key, not the key")


class Pace:
    """Lets requests begin no faster than a rate, and none before a service wants to be asked again."""

    def __init__(self, per_second: float) -> None:
        self._gap = 1 / per_second if per_second else 0.0
        self._next, self._lock = 0.0, Lock()

    def hold(self, seconds: float) -> None:
        """Let nothing begin for so many seconds."""
        with self._lock:
            self._next = max(self._next, time.monotonic() + seconds)

    def wait(self, stop: Event) -> None:
        """Sleep until it is this request's turn, which a service may put off meanwhile; or until all is to stop."""
        while not stop.is_set():
            with self._lock:
                now = time.monotonic()
                if now >= self._next:
                    self._next = now + self._gap
                    return
                left = self._next - now
            stop.wait(left)


class Line(NamedTuple):
    """What requests of one call have in common.

    Attributes:
        client: a client of httpx.
        stop: set when nothing more is to be asked.
    """

    client: Any
    stop: Event


class _Trouble(Exception):
    """A try that failed: why, and when the next may come if the service said so; None if none may."""

    def __init__(self, reason: str, after: float | None = 0.0) -> None:
        super().__init__(reason)
        self.reason, self.after = reason, after


class Service:
    """An address that JSON is posted to.

    Args:
        url: the address; it has no name, password or query in it, since it is part of identities.
        web: how it is asked.
    """

    def __init__(self, url: str, web: Web) -> None:
        self.url, self.web = url, web
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise UsageError("a service needs an address that begins with http:// or https://")
        if parts.username is not None or parts.password is not None or parts.query:
            raise UsageError(
                f"the address of {parts.hostname} holds a name, a password or a query; a key belongs into an "
                "environment variable (key_variable)"
            )
        self.host = parts.hostname
        if web.key_variable not in ("", type(web)().key_variable, *os.environ):
            raise UsageError("key_variable names an environment variable that is not set; set it to the key")
        self._pace = Pace(web.requests_per_second)
        self._unconnected = 0
        _httpx()

    def key(self) -> str:
        """Return the key, "" for none; it is read when it is needed, and held by no object.

        Raises:
            UsageError: it cannot be sent: it has characters that no key has, or would go over the net in the clear.
        """
        key = os.environ.get(self.web.key_variable, "").strip() if self.web.key_variable else ""
        if key and not (key.isascii() and key.isprintable()):
            raise UsageError("the key has characters that no key has; look at the environment variable that holds it")
        if key and urlsplit(self.url).scheme == "http" and not _LOOPBACK.fullmatch(self.host):
            raise UsageError(
                f"the key would go to {self.host} in the clear: give an https address, or no key (key_variable=)"
            )
        return key

    def each(self, ask: Callable[[Line, T], R], jobs: Sequence[T]) -> list[R]:
        """Do jobs at the same time, in order of their results; the first argument is what `post` takes.

        A client lasts for one call: its connections must not get into a process that is forked later. What is for this
        machine goes through no proxy. When a job raises, or the user stops, the others do not try again.
        """
        open_net = not _LOOPBACK.fullmatch(self.host)
        with _httpx().Client(timeout=self.web.timeout, follow_redirects=False, trust_env=open_net) as client:
            line = Line(client, Event())
            pool = ThreadPoolExecutor(min(self.web.concurrency, len(jobs) or 1), "textaug-translate")
            made = [pool.submit(ask, line, job) for job in jobs]
            try:
                for done in as_completed(made):
                    done.result()
                return [done.result() for done in made]
            finally:
                line.stop.set()
                pool.shutdown(cancel_futures=True)

    def post(self, line: Line, body: dict[str, Any], headers: dict[str, str], read: Callable[[Any], R]) -> R | Failure:
        """Post JSON until the answer can be read, or the tries are used up.

        Args:
            line: what `each` gives.
            body: what is posted.
            headers: with the key, where it goes there.
            read: makes the result of the answer; raises one of the errors of looking things up if it is none.

        Raises:
            UsageError: no text can be translated like this: the key, the address or the model is wrong, or the service
                is gone.
        """
        content = json.dumps(body).encode()
        for attempt in range(self.web.retries + 1):
            self._pace.wait(line.stop)
            if line.stop.is_set():
                return Failure("stopped")
            try:
                answer = self._answer(line.client, content, headers)
                self._unconnected = 0
                return read(answer)
            except _Trouble as trouble:
                reason, after = trouble.reason, trouble.after
            except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError):
                reason, after = "broken answer", 0.0
            if after is None or attempt == self.web.retries:
                break
            if after:
                self._pace.hold(after)
            else:
                line.stop.wait(self._backoff(content, attempt))
        self._unconnected = self._unconnected + 1 if reason == NO_CONNECTION else 0
        if self._unconnected >= GONE:
            raise UsageError(
                f"no connection to {self.host} for {GONE} requests in a row; start the service, then run again with "
                "--resume: what was answered before is kept, but for the last few"
            )
        return Failure(reason)

    def _backoff(self, content: bytes, attempt: int) -> float:
        """Return how long to wait: about twice as long each time, a bit different for each request."""
        digest = blake2b(attempt.to_bytes(8, "little") + content, digest_size=4).digest()
        share = int.from_bytes(digest, "little") / 2**32
        return min(self.web.longest_wait, self.web.wait * 2.0**attempt) * (0.5 + share / 2)

    def _answer(self, client: Any, content: bytes, headers: dict[str, str]) -> Any:
        """Post once and return the JSON of the answer; follow it where it moved to on the same host."""
        url = self.url
        for _ in range(4):
            status, got, answer = self._once(client, url, content, headers)
            if status not in _MOVED:
                break
            moved = urlsplit(urljoin(url, got.get("location", "")))
            if moved[:2] != urlsplit(url)[:2]:  # the key and the texts stay with whom they are meant for
                raise UsageError(f"{self.host} sends on to another address; if you trust that one, name it instead")
            url = moved.geturl()
        if status != 200:
            raise self._refused(status, got)
        return json.loads(answer)

    def _once(self, client: Any, url: str, content: bytes, headers: dict[str, str]) -> tuple[int, Any, bytes]:
        httpx, deadline, answer = _httpx(), time.monotonic() + self.web.timeout, bytearray()
        try:
            send = {"content-type": "application/json", **headers}
            with client.stream("POST", url, content=content, headers=send) as response:
                for block in response.iter_bytes():
                    answer += block
                    if time.monotonic() > deadline:  # httpx counts from byte to byte
                        raise _Trouble("timeout")
                    if len(answer) > LARGEST:
                        raise _Trouble("answer too large", None)
                return response.status_code, response.headers, bytes(answer)
        except (httpx.ConnectError, httpx.ConnectTimeout):
            reason = NO_CONNECTION
        except httpx.TimeoutException:
            reason = "timeout"
        except (httpx.HTTPError, httpx.InvalidURL):
            reason = "broken answer"
        raise _Trouble(reason)

    def _refused(self, status: int, headers: Any) -> Exception:
        """Return what to raise for a status: the caller's mistake, or a trouble that may pass or not."""
        if status in (401, 403):
            return UsageError(f"{self.host} does not accept the key (HTTP {status}); set its environment variable")
        if status in (404, 405):
            return UsageError(f"{self.host} has nothing at this address, or not this model (HTTP {status})")
        if status not in _AGAIN:
            return _Trouble(f"HTTP {status}", None)
        after = _seconds(headers.get("retry-after", ""))
        return _Trouble(f"HTTP {status}", None if after > self.web.longest_wait else after)


def _seconds(text: str) -> float:
    """Return how many seconds `Retry-After` asks for: a number, or a date; 0 for what is neither."""
    if re.fullmatch(r"\d{1,9}(\.\d+)?", text.strip()):
        return float(text)
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return 0.0


def _httpx() -> Any:
    try:
        import httpx
    except ImportError:
        raise missing("httpx", "http", "translation services") from None
    return httpx
