# SPDX-License-Identifier: GPL-3.0-or-later
"""Attacks at the edge: bytes, connections, headers, queues."""
import base64
import contextlib
import os
import struct
import subprocess
import threading
import time
import urllib.parse
import uuid

from attack import Attacks
from house import SERVER, Hole, check, quiet_p99

ATTACKS = Attacks()
MIB = 1024 * 1024
GROWTH = 32 * MIB


def overlapping(n):
    return "bytes=" + ",".join("0-" for _ in range(n))


def many(work, n, at_once=8):
    """work(number) n times on some threads; the first failure is raised."""
    failures, numbers, lock = [], iter(range(n)), threading.Lock()

    def one():
        while not failures:
            with lock:
                number = next(numbers, None)
            if number is None:
                return
            try:
                work(number)
            except OSError:
                pass  # cut off: that is an answer too
            except Exception as error:  # a hole, or a fault of the attack: told by the main thread
                failures.append(error)

    threads = [threading.Thread(target=one, daemon=True) for _ in range(at_once)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


def grown(house, before):
    by = max(0, house.memory("VmHWM") - before)
    check(by < GROWTH or not house.measurable, f"memory grew by {by / MIB:.0f} MB")
    return f"memory +{by / MIB:.0f} MB"


@ATTACKS.add("range-public", "overlapping ranges of a public answer, without signing in")
def range_public(house, options):
    plain = len(house.send("GET", "/v1/openapi.json").body)
    before = house.memory("VmHWM")

    def ask(_):
        reply = house.send("GET", "/v1/openapi.json", headers={"Range": overlapping(1200)})
        check(len(reply.body) <= plain, f"{len(reply.body)} bytes for {plain}")
    many(ask, options.requests)
    return grown(house, before)


@ATTACKS.add("range-snapshot", "overlapping ranges of the snapshot; one range still works")
def range_snapshot(house, options):
    whole = house.send("GET", "/v1/sync/snapshot", "mia")
    part = house.send("GET", "/v1/sync/snapshot", "mia", headers={"Range": "bytes=10-19"})
    check(part.status == 206 and part.body == whole.body[10:20], f"one range gives {part.status}")
    before = house.memory("VmHWM")
    for _ in range(min(options.requests, 20)):
        for ranges in (overlapping(500), "bytes=0-,0-1,5-", "bytes=-99999999"):
            reply = house.send("GET", "/v1/sync/snapshot", "mia", headers={"Range": ranges})
            check(reply.status == 429 or len(reply.body) <= len(whole.body),
                  f"{len(reply.body)} bytes for {len(whole.body)}")
    return grown(house, before)


def open_socket(house, who, source="127.0.0.1"):
    """A WebSocket on the live channel, or None when it is refused."""
    connection = house.connect(source)
    key = base64.b64encode(os.urandom(16)).decode()
    connection.sendall((f"GET /v1/live HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n"
                        f"Authorization: Bearer {house.token(who)}\r\n\r\n").encode())
    answer = connection.recv(4096)
    if b" 101 " not in answer.split(b"\r\n", 1)[0]:
        connection.close()
        return None
    return connection


def frame(opcode, payload, final=False):
    head = bytes([opcode | (0x80 if final else 0)])
    mask = b"\0\0\0\0"
    if len(payload) < 126:
        return head + bytes([0x80 | len(payload)]) + mask + payload
    return head + bytes([0x80 | 126]) + struct.pack(">H", len(payload)) + mask + payload


@ATTACKS.add("socket-fragments", "a WebSocket message that never ends, in small fragments")
def socket_fragments(house, options):
    connection = open_socket(house, "mia")
    check(connection is not None, "no WebSocket at all")
    before, sent = house.memory("VmHWM"), 0
    part = b"x" * 1000
    with contextlib.suppress(OSError):
        connection.sendall(frame(1, part))
        while sent < 64 * MIB:
            connection.sendall(frame(0, part) * 16)
            sent += 16 * len(part)
    connection.close()
    check(sent < 16 * MIB, f"{sent / MIB:.0f} MB were taken")
    time.sleep(0.5)
    return grown(house, before)


@ATTACKS.add("socket-stays", "an honest WebSocket that answers pings is kept, and hears of changes")
def socket_stays(house, options):
    connection = open_socket(house, "mia")
    check(connection is not None, "no WebSocket at all")
    for _ in range(20):
        connection.sendall(frame(0xA, b"still here", final=True))
    house.run_command("mia", "stock.count", {"site": 1, "item": 1, "quantity": 5000})
    connection.settimeout(5)
    heard = b""
    while b"revision" not in heard:
        part = connection.recv(4096)
        check(part, "the WebSocket was closed")
        heard += part
    return "kept"


@ATTACKS.add("socket-crowd", "one account opens WebSockets without end")
def socket_crowd(house, options):
    quiet = quiet_p99(house)
    opened, refused = [], 0
    for _ in range(500):
        try:
            connection = open_socket(house, "mia")
        except OSError:
            connection = None
        if connection is None:
            refused += 1
        else:
            opened.append(connection)
    other = open_socket(house, "noah", "127.0.0.9")
    busy = quiet_p99(house)
    for connection in opened:
        connection.close()
    check(refused > 0, "500 were all taken")
    check(other is not None, "another account's WebSocket was refused")
    return f"{len(opened)} open, {refused} refused; another's p99 {busy * 1000:.1f} ms ({quiet * 1000:.1f} quiet)"


@ATTACKS.add("limit-keys", "sign-ins with endless, ever other login names")
def limit_keys(house, options):
    before = house.memory("VmHWM")

    def knock(number):
        source = f"127.0.{1 + number // 200 % 200}.{1 + number % 200}"
        reply = house.login(f"{number}" + "x" * 50000, "wrong", source)
        check(reply.status < 500, f"{reply.status}")
    many(knock, options.requests)
    return grown(house, before)


@ATTACKS.add("idle-crowd", "a thousand silent connections; another user's requests")
def idle_crowd(house, options):
    quiet = quiet_p99(house, 3)
    crowd = []
    for number in range(1000):
        with contextlib.suppress(OSError):
            connection = house.connect(timeout=2)
            if number % 2:
                connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
            crowd.append(connection)
    time.sleep(0.5)
    busy = quiet_p99(house, 3)
    open_now = 0
    for connection in crowd:
        connection.setblocking(False)
        try:
            while connection.recv(65536):
                pass
        except BlockingIOError:
            open_now += 1
        except OSError:
            pass
        connection.close()
    check(busy < 2 * quiet + 0.005 or not house.measurable, f"p99 {quiet * 1000:.1f} -> {busy * 1000:.1f} ms with {open_now} open")
    return f"{open_now} of 1000 stay open; p99 {quiet * 1000:.1f} -> {busy * 1000:.1f} ms"


def receipts(n, lines, prefix):
    now = int(time.time() * 1000) - 60000
    return [{"site": 1, "receipt": f"{prefix}-{i}", "sold_at": now,
             "lines": [{"item": 1 + (i + k) % 20, "quantity": 1000, "amount": 100} for k in range(lines)]}
            for i in range(n)]


@ATTACKS.add("upload-hog", "one store uploads at once what it can; another store's writes wait")
def upload_hog(house, options):
    waits, going = [], True

    def write():
        while going:
            started = time.monotonic()
            reply = house.run_command("noah", "stock.count", {"site": 2, "item": 1, "quantity": 1000})
            check(reply.status in (200, 429), f"another's write: {reply.status}")
            waits.append(time.monotonic() - started)
            time.sleep(0.02)

    house.token("noah")
    house.token("mia")
    other = threading.Thread(target=write, daemon=True)
    other.start()
    bodies = [receipts(min(5000, 20 * options.requests), 8, uuid.uuid4().hex[:8]) for _ in range(4)]
    answers, failures = [], []

    def upload(body):
        try:
            answers.append(house.send("POST", "/v1/sales", "mia", body, timeout=120))
        except OSError as error:
            failures.append(repr(error))
    uploads = [threading.Thread(target=upload, args=(body,), daemon=True) for body in bodies]
    for thread in uploads:
        thread.start()
    for thread in uploads:
        thread.join()
    going = False
    other.join()
    check(not failures, f"uploads without an answer: {failures}")
    check(any(reply.status == 200 for reply in answers), f"none was taken: {[reply.status for reply in answers]}")
    for reply in answers:
        check(reply.status in (200, 413, 429), f"upload: {reply.status} {reply.body[:100]!r}")
    longest = max(waits)
    check(longest < 0.2 or not house.measurable, f"another's write waited {longest * 1000:.0f} ms")
    stored = sum(reply.json.get("added", 0) for reply in answers if reply.status == 200)
    return f"longest wait {longest * 1000:.0f} ms of {len(waits)} writes; {stored} receipts stored"


@ATTACKS.add("many-lines", "one receipt with endless lines, lists without end")
def many_lines(house, options):
    reply = house.send("POST", "/v1/sales", "mia", receipts(1, 200000, "long"), timeout=60)
    check(reply.status == 413 or reply.json.get("rejected") == 1, f"{reply.status} {reply.body[:200]!r}")
    reply = house.run_command("mia", "stock.receive", {"site": 1, "lines": [{"item": 1, "quantity": 1000}] * 100000})
    check(reply.status in (400, 413) or reply.json.get("status") == "rejected", f"{reply.status} {reply.body[:200]!r}")
    return "refused"


@ATTACKS.add("two-lengths", "two Content-Length headers, a length beside chunks, two Host headers")
def two_lengths(house, options):
    body = b'{"login":"mia","password":"x"}'
    for lengths in (b"Content-Length: 5\r\nContent-Length: %d\r\n" % len(body),
                    b"Content-Length: %d\r\nTransfer-Encoding: chunked\r\n" % len(body),
                    b"Content-Length: %d, 5\r\n" % len(body),
                    b"Content-Length: -1\r\n", b"Content-Length: 0x10\r\n", b"Content-Length: +5\r\n"):
        answer = house.raw(b"POST /v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                           + lengths + b"\r\n" + body, timeout=3)
        first = answer.split(b"\r\n", 1)[0]
        check(first.startswith(b"HTTP/1.1 400") or not answer, f"{lengths!r}: {first!r}")
        check(answer.count(b"HTTP/1.1 ") <= 1, f"{lengths!r}: read as more than one request")
    for hosts in (b"Host: x\r\nHost: y\r\n", b"Host: x\r\nHost: x\r\n", b"Host: x, y\r\n"):
        first = house.raw(b"GET /healthz HTTP/1.1\r\n" + hosts + b"\r\n", timeout=3).split(b"\r\n", 1)[0]
        check(first.startswith(b"HTTP/1.1 400"), f"{hosts!r}: {first!r}")
    return "refused"


@ATTACKS.add("pipelined", "a second request behind the first one")
def pipelined(house, options):
    quick = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
    slow = b"GET /v1/sync/changes?since=0 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n\r\n" % (
        house.token("mia").encode())
    for requests in ([quick] * 2, [quick] * 5, [slow, quick], [quick, slow], [slow] * 3):
        answer = house.raw(b"".join(requests), timeout=2)
        answers = answer.count(b"HTTP/1.1 200")
        closed = b"connection: close" in answer.lower()
        check(answers == len(requests) or (answers == 1 and closed),
              f"{answers} of {len(requests)} answered, close said: {closed}")
    return f"all of {len(requests)} answered" if answers > 1 else "the first answered, then closed"


@ATTACKS.add("odd-parameters", "lists and numbers in the address that are none")
def odd_parameters(house, options):
    odd = ("+1", "-1", "1,", ",", ",,", "1,+2", " 1", "1 ", "0x1", "1e3", "9223372036854775808", "99999999999999999999",
           "1" * 3000, "%00", "1%002", "%ff", "'", "1;2", "1,2," * 500, "NaN", "--1", "²", "01")
    paths = ("/v1/item-sparks?site=1&from=2026-01-01&to=2026-02-01&items={}", "/v1/items?site=1&limit={}", "/v1/items?site=1&offset={}",
             "/v1/items?site={}", "/v1/item?site=1&item={}", "/v1/sync/changes?since={}", "/v1/items?site=1&search={}",
             "/v1/site-days?from={}&to=2026-01-01", "/v1/order-lines?order={}", "/v1/items?site=1&sort={}")
    for path in paths:
        for value in odd:
            reply = house.send("GET", path.format(urllib.parse.quote(value, safe="%+,;'")), "mia")
            check(reply.status < 500, f"{path.format(value[:30])}: {reply.status}")
    return f"{len(paths) * len(odd)} answers, none of 500"


@ATTACKS.add("answer-headers", "every answer says what it is, and no version is told to strangers")
def answer_headers(house, options):
    answers = {
        "health": house.send("GET", "/healthz"), "nothing": house.send("GET", "/none"),
        "no sign-in": house.send("GET", "/v1/sites"), "query": house.send("GET", "/v1/sites", "mia"),
        "login": house.login("mia", "wrong"), "too large": house.send("POST", "/v1/auth/login", body="x" * 100000),
        "method": house.send("DELETE", "/v1/sites"), "changes": house.send("GET", "/v1/sync/changes?since=0", "mia"),
        "description": house.send("GET", "/v1/openapi.json"),
        "not modified": house.send("GET", "/v1/sites", "mia",
                                   headers={"If-None-Match": house.send("GET", "/v1/sites", "mia").headers["ETag"]}),
    }
    for name, reply in answers.items():
        check(reply.headers.get("X-Content-Type-Options") == "nosniff", f"{name}: no X-Content-Type-Options")
        check("Server" not in reply.headers, f"{name}: Server: {reply.headers.get('Server')}")
    check("version" not in (house.send("GET", "/readyz").json or {}), "/readyz tells the version")
    return f"{len(answers)} kinds of answer"


@ATTACKS.add("forwarded", "a stranger names another address by X-Forwarded-For")
def forwarded(house, options):
    limited = 0
    for number in range(200):
        reply = house.send("POST", "/v1/auth/login", body={"login": "nobody", "password": "x"},
                           headers={"X-Forwarded-For": f"198.51.100.{number % 250}"}, source="127.0.0.7")
        limited += reply.status == 429
        reason = reply.reason if reply.status == 429 else "Too Many Requests"
        check(reason == "Too Many Requests", f"429 {reason}")
    check(limited > 0, "200 sign-ins from one address, each with another X-Forwarded-For, were all tried")
    reply = house.send("GET", "/metrics", headers={"X-Forwarded-For": "127.0.0.1"})
    check(reply.status in (200, 403), f"metrics: {reply.status}")
    process = subprocess.Popen([SERVER, "--db", house.url, "serve", "--listen", "0.0.0.0:0"], stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, text=True)
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        raise Hole("it listens on every address without TLS in front, untold") from None
    finally:
        process.stdout.close()
        message = process.stderr.read()
        process.stderr.close()
    check(process.returncode == 2 and "--behind-proxy" in message, f"status {process.returncode}: {message[:200]}")
    return f"{limited} of 200 refused; serving openly is refused"
