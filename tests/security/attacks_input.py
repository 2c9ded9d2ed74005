# SPDX-License-Identifier: GPL-3.0-or-later
"""Attacks by what is sent: numbers, times, texts, JSON."""
import json
import os
import random
import time
import uuid

from attack import Attacks
from house import PASSWORD, check

ATTACKS = Attacks()
HUGE = (2**63 - 1, -(2**63), 2**62, 10**18, 10**15)
DAY_MS = 24 * 60 * 60 * 1000


def now_ms():
    return int(time.time() * 1000)


def receipt(number=None, sold_at=None, quantity=1000, amount=199, item=1, site=1, **more):
    return {"site": site, "receipt": number or uuid.uuid4().hex, "sold_at": sold_at or now_ms() - 60000,
            "lines": [{"item": item, "quantity": quantity, "amount": amount}], **more}


def sales(house, *receipts, who="mia", **arguments):
    return house.send("POST", "/v1/sales", who, list(receipts), **arguments)


def rollups_are_whole(house):
    if not house.url.startswith("sqlite:"):
        return
    for table, columns in {"site_day": ("quantity", "revenue", "cost"), "item_day": ("quantity", "revenue"),
                           "department_day": ("quantity", "revenue"), "site_month": ("revenue",),
                           "stock": ("on_hand", "quantity_28", "revenue_28"), "receipt": ("total",)}.items():
        for column in columns:
            wrong = house.number(f"SELECT count(*) FROM {table} WHERE typeof({column}) <> 'integer'")
            check(wrong == 0, f"{wrong} rows of {table}.{column} are no whole numbers any more")


@ATTACKS.add("huge-receipts", "receipts whose quantities, amounts and sums do not fit")
def huge_receipts(house, options):
    honest = receipt("honest")
    reply = sales(house, honest, *[receipt(quantity=q, amount=a) for q in (*HUGE, 1000) for a in (*HUGE, 100)
                                   if (q, a) != (1000, 100)])
    check(reply.status == 200, f"one upload with an honest receipt among them: {reply.status} {reply.body[:200]!r}")
    check(reply.json["added"] == 1, f"{reply.json['added']} were added, of which one was honest")
    line = {"item": 1, "quantity": 1000, "amount": 10**12}
    for _ in range(3):
        reply = sales(house, {**receipt(), "lines": [line] * 1000})
        check(reply.status == 200, f"{reply.status}")
    rollups_are_whole(house)
    check(house.verify(), "verify finds what does not agree")
    return "one honest receipt added, verify agrees"


@ATTACKS.add("huge-commands", "commands whose numbers do not fit")
def huge_commands(house, options):
    house.command("forecast", "--site", "S01")
    house.command("plan", "--site", "S01")
    order = house.query("SELECT id FROM purchase_order WHERE site_id = 1 AND status = 'proposed' LIMIT 1")
    check(order, "no order is proposed: nothing to try order.edit on")
    line = house.query(f"SELECT item_id FROM order_line WHERE order_id = '{order[0][0]}' LIMIT 1")
    day = time.strftime("%Y-%m-%d")
    override = {"site": 1, "item": 1, "first_day": day, "last_day": day, "percent": 110, "reason": "x"}
    edit = {"order": order[0][0], "item": int(line[0][0]), "quantity": 1000}
    for name, arguments in (("forecast.override", override), ("order.edit", edit)):
        reply = house.run_command("mia", name, arguments)
        check(reply.json["status"] == "applied", f"an honest {name}: {reply.body[:200]!r}")
    tries = 0
    for number in (*HUGE, 1.5, 1e300, True, "7", None, [], {}):
        for who, name, arguments in (
                ("mia", "stock.count", {"site": 1, "item": 1, "quantity": number}),
                ("mia", "stock.waste", {"site": 1, "item": 1, "quantity": number}),
                ("mia", "stock.receive", {"site": 1, "lines": [{"item": 1, "quantity": number}]}),
                ("mia", "order.edit", {**edit, "quantity": number}),
                ("root", "item.edit", {"item": 1, "price": number}), ("root", "item.edit", {"item": 1, "cost": number}),
                ("root", "item.edit", {"item": 1, "pack": number}),
                ("root", "item.edit", {"item": 1, "shelf_life": number}),
                ("root", "policy.set", {"key": "service_target", "value": number, "scope": "company"}),
                ("mia", "forecast.override", {**override, "percent": number})):
            reply = house.run_command(who, name, arguments)
            tries += 1
            check(reply.status == 200, f"{name} {number}: {reply.status} {reply.body[:160]!r}")
    for odd in ("0001-01-01", "1999-12-31", "2100-01-01", "9999-12-31"):
        reply = house.run_command("mia", "forecast.override", {**override, "first_day": odd, "last_day": odd})
        check(reply.json["status"] == "rejected", f"an override on {odd}: {reply.body[:200]!r}")
    rollups_are_whole(house)
    check(house.verify(), "verify finds what does not agree")
    return f"{tries} tries, verify agrees"


@ATTACKS.add("odd-times", "receipts of 2099, of 1970 and of never; today stays today")
def odd_times(house, options):
    before = house.query("SELECT last_day FROM site WHERE id = 1")
    now = now_ms()
    odd = [receipt(f"odd-{t}", sold_at=t) for t in
           (now + 73 * 365 * DAY_MS, now + 3 * DAY_MS, now + 3 * 60 * 60 * 1000, 1, 1000, -1, 946684799999, 2**53, 2**63 - 1)]
    reply = sales(house, receipt("soon", sold_at=now + 60 * 60 * 1000), *odd)
    check(reply.status == 200, f"{reply.status} {reply.body[:200]!r}")
    check(reply.json["added"] == 1, f"{reply.json['added']} added; only the one an hour ahead counts as now")
    future = house.number(f"SELECT count(*) FROM receipt WHERE sold_at > {now + 2 * 60 * 60 * 1000} OR sold_at < 946684800000")
    check(future == 0, f"{future} receipts of no time at all are stored as sales")
    check(house.number("SELECT coalesce(last_day, 0) FROM site WHERE id = 1") <= now // DAY_MS + 1,
          f"the newest day of sales moved from {before}")
    kept = house.send("GET", "/v1/sales-set-aside?site=1", "mia")
    check(kept.status == 200 and len(kept.json["rows"]) >= 4, f"set aside: {kept.status} {kept.body[:200]!r}")
    return f"{len(odd)} set aside or refused, {len(kept.json['rows'])} listed"


@ATTACKS.add("json-twice", "JSON that two readers take differently")
def json_twice(house, options):
    bodies = {
        "a comment": '{"login":"mia",/* x */"password":"quiet harbour lamp 47"}',
        "a member twice": '{"login":"tom","login":"mia","password":"quiet harbour lamp 47"}',
        "a NUL": '{"login":"mia","password":"quiet harbour lamp 47\\u0000anything"}',
        "a second value": '{"login":"mia","password":"quiet harbour lamp 47"} {}',
        "single quotes": "{'login':'mia','password':'quiet harbour lamp 47'}",
        "a trailing comma": '{"login":"mia","password":"quiet harbour lamp 47",}',
        "half a pair": '{"login":"mia\\ud800","password":"quiet harbour lamp 47"}',
        "a byte order mark": '﻿{"login":"mia","password":"quiet harbour lamp 47"}',
        "bare": 'mia', "nothing": '', "deep": "[" * 50000, "no number": '{"login":NaN}',
        "latin 1": '{"login":"mia","password":"\xe9"}'.encode("latin-1"),
    }
    for name, body in bodies.items():
        reply = house.send("POST", "/v1/auth/login", body=body)
        check(reply.status == 400, f"{name}: {reply.status}")
    for number in (2**64 + 1000, 2**63, -(2**63) - 1, 10**40):
        body = json.dumps(receipt("big")).replace("1000,", f"{number},", 1)
        reply = house.send("POST", "/v1/sales", "mia", body)
        check(reply.status == 400 or reply.json.get("added") == 0, f"{number}: {reply.status} {reply.body[:100]!r}")
    body = '{"id":"%s","name":"stock.count","arguments":{"site":1,"item":1,"quantity":1000,"quantity":9000}}' % uuid.uuid4()
    check(house.send("POST", "/v1/commands", "mia", body).status == 400, "an argument twice")
    return f"{len(bodies) + 5} bodies refused"


@ATTACKS.add("wrong-type", "bodies under another content type; lines read by their first only")
def wrong_type(house, options):
    lines = "\n".join(json.dumps(receipt(f"line-{i}")) for i in range(5))
    for kind in ("application/json", "text/plain", "application/x-www-form-urlencoded", "text/json", ""):
        reply = house.send("POST", "/v1/sales", "mia", lines, headers={"Content-Type": kind})
        check(reply.status in (400, 415), f"{kind or 'no type'}: {reply.status} {reply.body[:100]!r}")
    check(house.number("SELECT count(*) FROM receipt WHERE number LIKE 'line-%'") == 0, "some of the lines are stored")
    reply = house.send("POST", "/v1/sales", "mia", lines, headers={"Content-Type": "application/x-ndjson"})
    check(reply.status == 200 and reply.json["added"] == 5, f"as lines: {reply.status} {reply.body[:200]!r}")
    nul = json.dumps(receipt("nul-1")) + "\n\0\n" + json.dumps(receipt("nul-2"))
    reply = house.send("POST", "/v1/sales", "mia", nul, headers={"Content-Type": "application/x-ndjson"})
    check(reply.status == 200 and reply.json["read"] == 3, f"lines behind a NUL are lost: {reply.body[:200]!r}")
    reply = house.send("POST", "/v1/auth/login", body='{"login":"mia","password":"x"}', headers={"Content-Type": "text/plain"})
    check(reply.status == 415, f"a sign-in as text/plain: {reply.status}")
    return "refused; as lines all five are stored"


@ATTACKS.add("unknown-commands", "commands that there are not, with long names, for ever in the log")
def unknown_commands(house, options):
    before = house.number("SELECT count(*) FROM command_log")
    for name in ("x" * 15000000, "no.such", "stock.count\n", "", "ünï", "a" * 201):
        reply = house.run_command("mia", name, {})
        check(reply.status in (200, 400, 413, 429), f"{name[:20]!r}: {reply.status}")
        check(reply.status != 200 or reply.json["status"] == "rejected", f"{name[:20]!r} was applied")
    for _ in range(min(options.requests, 200)):
        house.run_command("mia", f"no.such.{uuid.uuid4()}", {"x": "y" * 1000})
    stored = house.number("SELECT count(*) FROM command_log") - before
    check(stored == 0, f"{stored} unknown commands are stored")
    check(b"retailai_unknown_commands" in house.send("GET", "/metrics").body, "they are not counted")
    return "counted, not stored"


@ATTACKS.add("same-id", "the same command id with other arguments, and in other letters")
def same_id(house, options):
    one = str(uuid.uuid4())
    first = house.run_command("mia", "stock.count", {"site": 1, "item": 1, "quantity": 5000}, one)
    check(first.json["status"] == "applied", f"{first.body[:200]!r}")
    again = house.run_command("mia", "stock.count", {"quantity": 5000, "item": 1, "site": 1}, one.upper())
    check(again.json["status"] == "applied" and again.json["repeated"], f"the same again: {again.body[:200]!r}")
    for name, arguments in (("stock.count", {"site": 1, "item": 1, "quantity": 9000}),
                            ("stock.waste", {"site": 1, "item": 1, "quantity": 1000})):
        for identity in (one, one.upper()):
            other = house.run_command("mia", name, arguments, identity)
            check(other.json["status"] in ("conflict", "rejected") and not other.json.get("repeated"),
                  f"{name}: {other.body[:200]!r}")
    stranger = house.run_command("noah", "stock.count", {"site": 2, "item": 1, "quantity": 5000}, one)
    check(stranger.json["status"] != "applied" and "Count" not in stranger.json["summary"],
          f"another's answer is told: {stranger.body[:200]!r}")
    movements = house.number(f"SELECT count(*) FROM movement WHERE id = '{one}'")
    check(movements <= 1, f"{movements} movements")
    return "a conflict"


@ATTACKS.add("control-characters", "names with control characters, and of megabytes")
def control_characters(house, options):
    for name in ("a\nb", "\x1b[31mred", "a\rb", "a\tb\x7f", "\u202egnp", "x" * 1000000, "", " "):
        reply = house.run_command("root", "item.edit", {"item": 1, "name": name})
        check(reply.status == 413 or (reply.status == 200 and reply.json["status"] != "applied"),
              f"{name[:12]!r}: {reply.status} {reply.body[:100]!r}")
    for device in ("x" * 100000, "a\nb"):
        check(house.login("mia", device=device).status in (400, 413), f"device {device[:8]!r}")
    return "refused"


@ATTACKS.add("noise", "bytes without sense, to every route")
def noise(house, options):
    dice = random.Random(5)
    good = json.dumps([receipt()])
    wrong = 0
    for number in range(options.requests):
        body = bytearray(good.encode() if number % 2 else os.urandom(dice.randrange(1, 300)))
        for _ in range(dice.randrange(1, 6)):
            body[dice.randrange(len(body))] = dice.randrange(256)
        path = dice.choice(("/v1/sales", "/v1/commands", "/v1/auth/login", "/v1/auth/refresh", "/v1/jobs"))
        reply = house.send("POST", path, "mia", bytes(body))
        check(reply.status < 500, f"{path}: {reply.status} for {bytes(body)[:60]!r}")
        wrong += reply.status >= 400
    return f"{wrong} of {options.requests} refused, none of 500"


def begin_upload(house, who="boss", name="till.csv", size=10):
    return house.send("POST", "/v1/uploads", who, {"name": name, "size": size})


def send_piece(house, upload, offset, body, who="boss", **headers):
    return house.send("PATCH", f"/v1/uploads/{upload}", who, body,
                      {"Content-Type": "application/octet-stream", "Upload-Offset": str(offset), **headers})


@ATTACKS.add("odd-uploads", "pieces at strange places, files of others, names that are paths, more than the disk holds")
def odd_uploads(house, options):
    for login in ("boss", "rival"):
        house.command("user", "add", login, "--role", "regional_manager", "--sites", "all", "--password-stdin", text=PASSWORD)
    upload = begin_upload(house).json["id"]
    tries = 0
    for offset in ("", "-1", "+0", "0x0", "1e0", " 0", "0,0", "5", "9", "10", "11", "99999999999", "9" * 30, "NaN"):
        reply = send_piece(house, upload, offset, b"abc")
        check(reply.status in (400, 409), f"offset {offset!r}: {reply.status}") if offset.strip() != "0" else None
        tries += 1
    upload = begin_upload(house).json["id"]
    check(send_piece(house, upload, 0, b"x" * 11).status == 413, "more than was announced is taken")
    check(send_piece(house, upload, 0, b"x" * (9 << 20)).status == 413, "a piece of 9 MB is taken")
    check(send_piece(house, upload, 0, b"abc", **{"Content-Type": "text/csv"}).status == 415, "another type is taken")
    for who in ("rival", "mia"):
        for method, path in (("GET", ""), ("DELETE", ""), ("PATCH", "")):
            reply = house.send(method, f"/v1/uploads/{upload}{path}", who, b"abc" if method == "PATCH" else None,
                               {"Content-Type": "application/octet-stream", "Upload-Offset": "0"})
            check(reply.status in (403, 404), f"{who} {method}: {reply.status}")
            tries += 1
        job = house.send("POST", "/v1/imports", who, {"id": str(uuid.uuid4()), "upload": upload, "kind": "receipts"})
        check(job.status in (403, 404), f"{who} brings in the file of somebody else: {job.status}")
    for path in ("..%2f..%2fetc%2fpasswd", "%2e%2e", upload + ".about", upload + "%00", "*", upload.upper()):
        check(house.send("GET", f"/v1/uploads/{path}", "boss").status in (400, 404), f"{path} is found")
        tries += 1
    for size in (0, -1, 2**31 + 1, 2**63 - 1, 1.5, "10", True, None, [10]):
        check(begin_upload(house, size=size).status in (400, 413), f"a size of {size!r} is taken")
        tries += 1
    for name in ("", "a\nb", "x" * 300, 5, None, "folder/", "nul\0"):
        check(begin_upload(house, name=name).status == 400, f"the name {name!r} is taken")
        tries += 1
    for kind in ("--help", "--rejects=/tmp/x", "receipts\n"):
        whole = begin_upload(house, size=3).json["id"]
        send_piece(house, whole, 0, b"a,b")
        body = {"id": str(uuid.uuid4()), "upload": whole, "kind": kind, "site": "--db=sqlite:/tmp/other"}
        reply = house.send("POST", "/v1/imports", "boss", body)
        check(reply.status in (202, 400), f"kind {kind!r}: {reply.status}")
        for _ in range(100 if reply.status == 202 else 0):
            state = house.send("GET", f"/v1/imports/{body['id']}", "boss").json["state"]
            if state in ("failed", "done"):
                break
            time.sleep(0.1)
        check(reply.status == 400 or state == "failed", f"kind {kind!r} is brought in: {state}")
    begun = [begin_upload(house, "rival").status for _ in range(30)]
    check(begun.count(201) <= 20 and 429 in begun, f"{begun.count(201)} of 30 uploads are begun")
    house.alive()
    return f"{tries} refused; {begun.count(201)} of 30 begun"


@ATTACKS.add("void", "a wrong receipt is taken back, once, and stays told")
def void(house, options):
    on_hand = "SELECT on_hand FROM stock WHERE site_id = 1 AND item_id = 1"
    before = house.number(on_hand)
    check(sales(house, receipt("wrong", quantity=7000, amount=700)).json["added"] == 1, "the receipt was not added")
    reply = house.run_command("mia", "sales.void", {"site": 1, "receipt": "wrong", "reason": "test"})
    check(reply.json["status"] == "applied", f"{reply.body[:300]!r}")
    check(house.number(on_hand) == before, "the stock is not what it was")
    again = house.run_command("mia", "sales.void", {"site": 1, "receipt": "wrong", "reason": "test"})
    check(again.json["status"] != "applied", "it was voided twice")
    other = house.run_command("noah", "sales.void", {"site": 1, "receipt": "wrong", "reason": "test"})
    check(other.json["status"] != "applied", "another store's manager voided it")
    check(house.verify(), "verify finds what does not agree")
    return "taken back, verify agrees"
