"""Services over HTTP, asked of a real process that misbehaves on purpose; and no key ever gets out."""

import json
import logging
import pickle
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from threading import Event, Thread

import pytest

pytest.importorskip("httpx", reason="needs textaug-nlp[http]")

from textaug.errors import TextaugError, UsageError
from textaug.models.translation import Failure, Translator, opened
from textaug.models.translation.chat import Chat, Chatting
from textaug.models.translation.libretranslate import Asking, LibreTranslate
from textaug.models.translation.web import GONE, Pace, Service, Web, _seconds

QUICK = {"wait": 0.01, "retries": 2, "timeout": 0.8, "longest_wait": 4.0}
SECRET = "sk-MARKER-0123456789"


class Server:
    def __init__(self, elsewhere=0):
        rude = Path(__file__).with_name("rude.py")
        self.process = subprocess.Popen([sys.executable, str(rude), str(elsewhere)], stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline())
        self.url = f"http://127.0.0.1:{self.port}"

    def seen(self):
        with urllib.request.urlopen(f"{self.url}/seen") as answer:
            return json.load(answer)

    def stop(self):
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()


@pytest.fixture(scope="module")
def elsewhere():
    server = Server()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def server(elsewhere):
    server = Server(elsewhere.port)
    yield server
    server.stop()


@pytest.fixture(autouse=True)
def no_keys(monkeypatch):
    for name in ("LIBRETRANSLATE_API_KEY", "OPENAI_API_KEY"):
        monkeypatch.delenv(name, raising=False)


def libre(server, **given):
    return LibreTranslate(server.url, Asking(**{**QUICK, "texts": 4, **given}))


def chat(server, **given):
    return Chat(f"{server.url}/v1#tiny", Chatting(**{**QUICK, **given}))


BOTH = pytest.mark.parametrize("make", [libre, chat])


@BOTH
def test_texts_come_back_in_order(make, server):
    held = make(server, concurrency=3)
    assert isinstance(held, Translator)
    texts = [f"Text {k} 文" for k in range(23)]
    assert held.translate(texts, "en", "zh") == [text.upper() for text in texts]
    assert held.translate([], "en", "zh") == []


def test_they_are_opened_by_name(server):
    assert opened(f"libretranslate:{server.url}/?texts=2&wait=0.01").translate(["A", "b", "c"], "en", "zh") == [*"ABC"]
    assert opened(f"chat:{server.url}/v1/#m?seed=3").translate(["A b"], "en", "zh") == ["A B"]


@BOTH
@pytest.mark.parametrize(
    "trouble", ["500", "502", "429", "cut", "half", "html", "deep", "close", "null", "slow", "drip", "here"]
)
def test_what_passes_is_tried_again(make, trouble, server):
    text = f"{trouble} {make.__name__}"
    assert make(server).translate(["One", text], "en", "zh") == ["ONE", text.upper()]


@BOTH
@pytest.mark.parametrize(
    ("trouble", "reason"),
    [
        ("500!", "HTTP 500"),
        ("400!", "HTTP 400"),
        ("418!", "HTTP 418"),
        ("later!", "HTTP 429"),
        ("half!", "broken answer"),
        ("html!", "broken answer"),
        ("deep!", "broken answer"),
        ("null!", "broken answer"),
        ("mute!", "broken answer"),
        ("close!", "broken answer"),
        ("cut!", "broken answer"),
        ("slow!", "timeout"),
        ("drip!", "timeout"),
    ],
)
def test_one_text_that_fails_for_good_fails_alone(make, trouble, reason, server):
    texts = ["One", f"{trouble} it", "Three"]
    given = {"texts": 1} if make is libre and trouble == "later!" else {}  # it would be asked again for the others
    results = make(server, retries=1, **given).translate(texts, "en", "zh")
    assert results == ["ONE", Failure(reason), "THREE"]


def test_what_cannot_get_better_is_not_tried_again(server):
    chat(server).translate(["422! once"], "en", "zh")
    assert sum("422! once" in str(seen["body"]) for seen in server.seen()) == 1


def test_an_answer_with_too_few_texts_is_none(server):
    assert libre(server).translate(["One", "few! two", "Three"], "en", "zh") == [
        "ONE",
        Failure("broken answer"),
        "THREE",
    ]


def test_no_service_at_all(server):
    gone = Server()
    gone.stop()
    assert libre(gone).translate(["One", "Two"], "en", "zh") == [Failure("no connection")] * 2


def test_a_service_that_is_gone_is_not_asked_for_every_text():
    gone = Server()
    gone.stop()
    asked = libre(gone)
    for _ in range(GONE - 1):
        assert asked.translate(["One"], "en", "zh") == [Failure("no connection")]
    with pytest.raises(UsageError, match=r"no connection to 127\.0\.0\.1 for 16 requests in a row.*--resume"):
        asked.translate(["One"], "en", "zh")


@BOTH
@pytest.mark.parametrize(("trouble", "least"), [("wait", 0.95), ("date", 0.9)])
def test_it_waits_as_long_as_it_is_told_to(make, trouble, least, server):
    begin, text = time.monotonic(), f"{trouble} for {make.__name__}"
    assert make(server).translate([text], "en", "zh") == [text.upper()]
    assert time.monotonic() - begin >= least


def test_requests_do_not_come_faster_than_allowed(server):
    chat(server, requests_per_second=20.0, concurrency=8).translate([f"Paced {k}" for k in range(8)], "en", "zh")
    times = sorted(seen["at"] for seen in server.seen() if "Paced" in str(seen["body"]))
    assert times[-1] - times[0] >= 7 / 20 - 0.03


def test_waits_grow_and_differ_by_request_and_are_the_same_in_every_run():
    service = Service("http://127.0.0.1:1", Web(wait=1.0, longest_wait=30.0))
    waits = [service._backoff(b"one", attempt) for attempt in range(8)]
    assert all(0.5 * 2**k <= wait <= 2**k for k, wait in enumerate(waits[:5]))
    assert max(waits) <= 30
    assert (
        waits
        == [service._backoff(b"one", attempt) for attempt in range(8)]
        != [service._backoff(b"two", k) for k in range(8)]
    )
    assert (
        _seconds("7") == 7
        and _seconds("soon") == _seconds("") == _seconds("-4") == _seconds("Wed, 21 Oct 2015 07:28:00 GMT") == 0
    )


def test_a_pace_holds_all():
    pace, begin = Pace(0), time.monotonic()
    pace.hold(0.2)
    pace.wait(Event())
    pace.wait(Event())
    assert time.monotonic() - begin >= 0.2


def test_a_pace_holds_those_who_wait_already_and_lets_go_of_all_who_are_to_stop():
    pace, stop = Pace(5), Event()
    pace.wait(stop)
    late = []
    threads = [Thread(target=lambda: (pace.wait(stop), late.append(time.monotonic()))) for _ in range(3)]
    begin = time.monotonic()
    for thread in threads:
        thread.start()
    time.sleep(0.05)
    pace.hold(0.5)
    time.sleep(0.6)
    assert late and min(late) - begin >= 0.5
    stop.set()
    for thread in threads:
        thread.join(5)
    assert len(late) == 3


def test_what_is_sent(server, monkeypatch):
    monkeypatch.setenv("LIBRETRANSLATE_API_KEY", SECRET)
    monkeypatch.setenv("OTHER", SECRET)
    libre(server).translate(["Sent one", "\ud800"], "en", "zh")
    chat(server, key_variable="OTHER", seed=7).translate(["Sent two"], "zh", "en")
    chat(server, seed=-1, temperature=-1.0).translate(["Sent three"], "xx-dialect", "en")
    sent = {
        key: seen for seen in server.seen() for key in ("one", "two", "three") if f"Sent {key}" in str(seen["body"])
    }
    assert sent["one"]["body"] == {
        "q": ["Sent one", "\ud800"],
        "source": "en",
        "target": "zh",
        "format": "text",
        "api_key": SECRET,
    }
    assert sent["one"]["path"] == "/translate"
    assert sent["two"]["path"] == "/v1/chat/completions"
    assert sent["two"]["headers"]["authorization"] == f"Bearer {SECRET}"
    body = sent["two"]["body"]
    assert (body["model"], body["temperature"], body["seed"]) == ("tiny", 0.0, 7)
    assert "from Simplified Chinese to English" in body["messages"][0]["content"]
    assert "authorization" not in sent["three"]["headers"]
    assert not {"seed", "temperature"} & set(sent["three"]["body"])
    assert "from xx-dialect to English" in sent["three"]["body"]["messages"][0]["content"]


def test_answers_of_chat_models(server):
    texts = ["length! a", "filter! b", "think! c", " ", "thought! d", "endless! e"]
    assert chat(server).translate(texts, "en", "zh") == [
        Failure("no end"),
        Failure("refused by the model"),
        "THINK! C",
        Failure("empty answer"),
        "THOUGHT! D",
        Failure("no end"),
    ]


def test_a_mistake_that_holds_for_all_ends_the_tries_of_others(server):
    begin, before = time.monotonic(), len(server.seen())
    with pytest.raises(UsageError, match="HTTP 401"):
        chat(server, concurrency=2, retries=9, wait=5.0).translate(
            ["503! slow", "401! one", *map(str, range(50))], "en", "zh"
        )
    assert time.monotonic() - begin < 4 and len(server.seen()) - before < 40


def test_what_is_for_this_machine_goes_through_no_proxy(server, elsewhere, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", SECRET)
    monkeypatch.setenv("HTTP_PROXY", elsewhere.url)
    monkeypatch.setenv("http_proxy", elsewhere.url)
    assert chat(server).translate(["One"], "en", "zh") == ["ONE"]
    assert not any("MARKER" in str(seen) for seen in elsewhere.seen())


def test_languages_are_written_as_the_service_knows_them(server):
    libre(server).translate(["Written so"], "eng", "zho")
    (body,) = (seen["body"] for seen in server.seen() if "Written so" in str(seen["body"]))
    assert (body["source"], body["target"]) == ("en", "zh")


@BOTH
@pytest.mark.parametrize("trouble", ["401!", "403!", "404!", "405!", "there!"])
def test_mistakes_that_hold_for_all_texts_are_raised(make, trouble, server):
    message = "sends on to another address" if trouble == "there!" else r"HTTP 40\d"
    with pytest.raises(UsageError, match=message):
        make(server).translate([f"{trouble} it", "Two"], "en", "zh")


def test_another_host_gets_neither_key_nor_text(server, elsewhere, monkeypatch):
    monkeypatch.setenv("LIBRETRANSLATE_API_KEY", SECRET)
    monkeypatch.setenv("OPENAI_API_KEY", SECRET)
    for make in (libre, chat):
        with pytest.raises(UsageError, match="if you trust that one"):
            make(server).translate(["there! secret"], "en", "zh")
    assert elsewhere.seen() == []


def _everything(held, texts, caplog, capsys):
    """Return all that can be seen of a translator at work: results, errors, logs, prints, and what it is."""
    parts = [repr(held), str(vars(held)), held.identity, repr(vars(held._service)), repr(held._service.web)]
    for text in texts:
        try:
            parts.append(repr(held.translate([text, "Two"], "en", "zh")))
        except TextaugError as error:
            while error is not None:
                parts += [repr(error), str(error), repr(vars(error))]
                error = error.__cause__ or error.__context__
    parts += [record.getMessage() + str(vars(record)) for record in caplog.records]
    return "\n".join([*parts, *capsys.readouterr()])


@BOTH
def test_the_key_is_never_seen(make, server, monkeypatch, caplog, capsys):
    for name in ("LIBRETRANSLATE_API_KEY", "OPENAI_API_KEY"):
        monkeypatch.setenv(name, SECRET)
    caplog.set_level(logging.DEBUG)
    held = make(server, retries=0)
    troubles = (
        "One",
        "500!",
        "400!",
        "401!",
        "403!",
        "404!",
        "html!",
        "half!",
        "cut!",
        "close!",
        "slow!",
        "there!",
        "few!",
    )
    assert "MARKER" not in _everything(held, [f"{trouble} x" for trouble in troubles], caplog, capsys)
    assert b"MARKER" not in pickle.dumps(held._service.web)
    assert any("MARKER" in str(seen) for seen in server.seen())  # it was there to be seen


@pytest.mark.parametrize("key", [f"{SECRET}\nx", f"{SECRET}é", f"{SECRET}\0"][:2])
def test_a_key_that_cannot_be_sent_is_refused_unseen(key, server, monkeypatch, caplog, capsys):
    monkeypatch.setenv("OPENAI_API_KEY", key)
    seen = _everything(chat(server), ["One"], caplog, capsys)
    assert "characters that no key has" in seen and "MARKER" not in seen


@pytest.mark.parametrize(
    ("argument", "message"),
    [
        (f"https://user:{SECRET}@host/v1#m", "the address of host holds a name, a password"),
        (f"https://{SECRET}@host/v1#m", "the address of host holds a name, a password"),
        (f"https://host/v1?api_key={SECRET}", "no option 'api_key'"),
        (f"https://host/v1?api_key={SECRET}#m?seed=1", "the address of host holds"),
        (f"https://host/v1#m?key_variable={SECRET}", "takes the name of an environment variable"),
        ("https://host/v1#m?key_variable=a3f9MARKER0123", "names an environment variable that is not set"),
        ("ftp://host/v1#m", "begins with http://"),
        ("https://host/v1", "chat needs a model"),
        ("https://host/v1#m?timeout=0", "timeout=0.0: give a number above 0"),
        ("https://host/v1#m?retries=-1", "retries=-1: give 0 or more"),
    ],
)
def test_addresses_with_secrets_and_other_mistakes_are_refused(argument, message):
    with pytest.raises(UsageError, match=message) as caught:
        Chat(argument)
    assert "MARKER" not in str(caught.value)


def test_a_key_does_not_go_over_the_net_in_the_clear(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", SECRET)
    with pytest.raises(UsageError, match="would go to example") as caught:
        Chat("http://example.invalid/v1#m").translate(["One"], "en", "zh")
    assert "MARKER" not in str(caught.value)


def test_identities_name_what_decides_and_nothing_else(server):
    one = Chat("https://host/v1#m")
    assert one.identity.startswith("chat:https://host/v1/chat/completions#m?temperature=0.0,seed=0,prompt=")
    assert one.identity == Chat("https://host/v1#m?timeout=9&concurrency=2").identity
    assert one.identity != Chat("https://host/v1#m?seed=2").identity
    assert LibreTranslate("https://host/?texts=3").identity == "libretranslate:https://host/translate"
