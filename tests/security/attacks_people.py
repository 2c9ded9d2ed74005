# SPDX-License-Identifier: GPL-3.0-or-later
"""Attacks by people: who may what, locking out, tokens, files."""
import base64
import contextlib
import glob
import json
import os
import shutil
import sqlite3
import subprocess
import threading
import time
import uuid

from attack import Attacks
from house import PASSWORD, SERVER, Hole, check

ATTACKS = Attacks()


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@ATTACKS.add("forged-tokens", "access tokens made up, changed, or of another algorithm")
def forged_tokens(house, options):
    head, body, signature = house.token("mia").split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "=="))
    none = base64url(b'{"alg":"none","typ":"at+jwt"}')
    forged = [f"{none}.{body}.", f"{none}.{body}.{signature}", f"{head}.{body}.", f"{head}.{body}.{signature[:-2]}AA",
              f"{head}.{base64url(json.dumps({**claims, 'exp': claims['exp'] + 99999}).encode())}.{signature}",
              f"{head}.{base64url(json.dumps({**claims, 'sub': '1'}).encode())}.{signature}", "a.b.c", "..", "x" * 5000 + ".x.x"]
    for algorithm in ("HS512", "RS256", "ES256", "hs256", ""):
        forged.append(f"{base64url(json.dumps({'alg': algorithm, 'typ': 'at+jwt'}).encode())}.{body}.{signature}")
    for token in forged:
        reply = house.send("GET", "/v1/account", token)
        check(reply.status in (400, 401), f"{token[:40]}: {reply.status}")
    return f"{len(forged)} refused"


@ATTACKS.add("lock-out", "a stranger tries passwords of the manager, who signs in meanwhile")
def lock_out(house, options):
    proof = house.login("mia", source="127.0.0.21").json.get("device_proof")
    going = True

    def knock():
        while going:
            house.login("mia", "wrong password", source="127.0.0.66")
            time.sleep(0.2)
    strangers = [threading.Thread(target=knock, daemon=True) for _ in range(2)]
    for thread in strangers:
        thread.start()
    time.sleep(5)
    known = [house.login("mia", source="127.0.0.21").status for _ in range(15)]
    moved = [house.login("mia", source=f"127.0.0.{30 + i}", device_proof=proof).status for i in range(15)]
    forged = [house.login("mia", "wrong", source=f"127.0.0.{100 + i}", device_proof="x" * 90).status for i in range(40)]
    going = False
    for thread in strangers:
        thread.join()
    check(known.count(200) == 15, f"from where she always is: {known.count(200)} of 15")
    check(moved.count(200) == 15, f"elsewhere, by her device's proof: {moved.count(200)} of 15")
    check(forged.count(429) > 0, "a made-up proof has no limit")
    return f"{known.count(200)} of 15 and {moved.count(200)} of 15 right passwords get in"


@ATTACKS.add("timing", "whether a login exists, by the time a refusal takes")
def timing(house, options):
    times = {"mia": [], "nobody": []}
    for number in range(12):
        for login in times:
            started = time.monotonic()
            house.login(login, "wrong password", source=f"127.0.3.{number + 1}")
            times[login].append(time.monotonic() - started)
    middle = {login: sorted(values)[len(values) // 2] for login, values in times.items()}
    ratio = max(middle.values()) / min(middle.values())
    check(ratio < 1.6 or not house.measurable, f"{middle}")
    return f"ratio {ratio:.2f}"


@ATTACKS.add("refresh-again", "a refresh token that was used comes back")
def refresh_again(house, options):
    first = house.login("mia").json["refresh_token"]
    second = house.send("POST", "/v1/auth/refresh", body={"refresh_token": first, "device": "till"})
    check(second.status in (200, 401), f"{second.status}")
    fresh = house.login("mia", device="one").json["refresh_token"]
    after = house.send("POST", "/v1/auth/refresh", body={"refresh_token": fresh, "device": "one"}).json["refresh_token"]
    house.send("POST", "/v1/auth/refresh", body={"refresh_token": after, "device": "one"})
    stolen = house.send("POST", "/v1/auth/refresh", body={"refresh_token": fresh, "device": "thief"})
    check(stolen.status == 401, f"the stolen one: {stolen.status}")
    rest = house.send("POST", "/v1/auth/refresh", body={"refresh_token": after, "device": "one"})
    check(rest.status == 401, f"the family goes on: {rest.status}")
    return "the family ends"


@ATTACKS.add("small-admin", "an administrator of one store acts as one of all")
def small_admin(house, options):
    root = house.number("SELECT id FROM account WHERE login = 'root'")
    mia = house.number("SELECT id FROM account WHERE login = 'mia'")
    noah = house.number("SELECT id FROM account WHERE login = 'noah'")
    tries = {
        "make an administrator of all": ("user.add", {"login": "evil", "name": "E", "role": "admin", "all_sites": True}),
        "make one of store 2": ("user.add", {"login": "evil2", "name": "E", "role": "store_manager", "sites": [{"site": 2}]}),
        "make an executive of all": ("user.add", {"login": "evil3", "name": "E", "role": "executive", "all_sites": True}),
        "widen oneself": ("user.set_role", {"account": house.number("SELECT id FROM account WHERE login = 'root-s1'"),
                                               "role": "admin", "all_sites": True}),
        "move store 2's manager": ("user.set_role", {"account": noah, "role": "associate", "sites": [{"site": 1}]}),
        "disable the administrator": ("user.disable", {"account": root}),
        "disable store 2's manager": ("user.disable", {"account": noah}),
        "a rule of the company": ("policy.set", {"key": "service_target", "value": 0.5, "scope": "company"}),
    }
    for what, (name, arguments) in tries.items():
        reply = house.run_command("root-s1", name, arguments)
        check(reply.status == 200 and reply.json["status"] == "rejected", f"{what}: {reply.body[:200]!r}")
    for account in (root, noah):
        reply = house.send("POST", f"/v1/accounts/{account}/secret", "root-s1")
        check(reply.status in (403, 404), f"a secret for account {account}: {reply.status}")
    reply = house.send("POST", f"/v1/accounts/{mia}/secret", "root-s1")
    check(reply.status == 200, f"a secret for one of the own store's: {reply.status} {reply.body[:200]!r}")
    return f"{len(tries) + 2} tries refused"


@ATTACKS.add("company-items", "a manager of some stores changes what all stores share")
def company_items(house, options):
    for who in ("mia", "region"):
        reply = house.run_command(who, "item.edit", {"item": 1, "price": 1})
        check(reply.json["status"] == "rejected", f"{who}: {reply.body[:200]!r}")
    return "refused"


def all_queries(house):
    """Paths of the API's queries, with something for each parameter that is needed."""
    defaults = {"site": "1", "item": "1", "from": "2025-01-01", "to": "2027-01-01", "items": "1", "level": "site",
                "order": str(uuid.uuid4()), "supplier": "1", "day": "2026-06-01", "search": "a", "node": "1"}
    for path, methods in json.loads(house.send("GET", "/v1/openapi.json").body)["paths"].items():
        if "get" not in methods or path.startswith("/v1/sync") or not path.startswith("/v1/"):
            continue
        needed = [p["name"] for p in methods["get"].get("parameters", []) if p.get("required")]
        yield path, path + "?" + "&".join(f"{n}={defaults.get(n, '1')}" for n in needed)


def replica(house, who):
    """A file with what the account's replica holds."""
    packed = os.path.join(house.folder, who + ".zst")
    with open(packed, "wb") as file:
        file.write(house.send("GET", "/v1/sync/snapshot", who).body)
    subprocess.run(["zstd", "-q", "-d", "-f", packed, "-o", packed + ".db"], check=True)
    return packed + ".db"


def changes(house, who, since):
    """The text of a page of changes, and the revision that it ends at."""
    def page(path):
        packed = house.send("GET", path, who).body
        return subprocess.run(["zstd", "-q", "-d"], input=packed, capture_output=True, check=True).stdout
    head = json.loads(page("/v1/sync/changes?since=0"))
    text = page(f"/v1/sync/changes?since={since}&scope={head['scope']}&epoch={head['epoch']}")
    check(json.loads(text).get("snapshot") is None, f"{who}: {text[:200]!r}")
    return text, json.loads(text)["revision"]


@ATTACKS.add("strangers-names", "somebody of store 1 looks for the names of store 2's people")
def strangers_names(house, options):
    noah, revision, tried = house.number("SELECT id FROM account WHERE login = 'noah'"), 0, 0
    house.run_command("noah", "stock.count", {"site": 2, "item": 1, "quantity": 5000})
    for who in ("mia", "tom", "root-s1"):
        for _, path in all_queries(house):
            tried += 1
            check(b'"noah"' not in house.send("GET", path, who).body, f"{who} {path} tells of noah")
        with open(replica(house, who), "rb") as file:
            check(b"noah" not in file.read(), f"the replica of {who} holds noah's name")
        with contextlib.closing(sqlite3.connect(replica(house, who))) as db:
            n = db.execute("SELECT count(*) FROM person WHERE id = ?", (noah,)).fetchone()[0]
            check(n == 0, f"the replica of {who} holds noah's id")
        text, revision = changes(house, who, 0)
        check(b'"noah"' not in text, f"the changes of {who} tell of noah")
    root = {"account": noah, "role": "store_manager"}
    for site, told in ((1, True), (2, False)):
        moved = house.run_command("root", "user.set_role", {**root, "sites": [{"site": site}]})
        check(moved.json["status"] == "applied", f"{moved.body[:200]!r}")
        text, revision = changes(house, "mia", revision)
        check((b'"noah"' in text) == told, f"noah at store {site}: {text[:300]!r}")
        count = house.run_command("noah", "stock.count", {"site": site, "item": 1, "quantity": 5000 + 1000 * site})
        check(count.json.get("status") == "applied", f"noah counts at store {site}: {count.body[:200]!r}")
    counts = house.send("GET", "/v1/movements?site=1&kind=count", "mia").json["rows"]
    check([row["account"] for row in counts].count("noah") == 1, f"who counted here is not named: {counts[:3]}")
    accounts = house.send("GET", "/v1/accounts", "root-s1").body
    check(b'"noah"' not in accounts, f"root-s1 is told of an account of store 2: {accounts[:300]!r}")
    return f"{tried} queries and the replicas of 3 accounts tell nothing; named from the day of coming on"


@ATTACKS.add("costs", "an associate adds up revenue, or sees costs")
def costs(house, options):
    told = []
    words = ("cost", "margin", "revenue", "total", "protect", "money", "amount")
    for path, asked in all_queries(house):
        reply = house.send("GET", asked, "tom")
        if reply.status == 200 and isinstance(reply.json, dict):
            for row in reply.json.get("rows", []):
                told += [f"{path}: {name}" for name, value in row.items()
                         if any(word in name for word in words) and value not in (None, 0)]
    check(not told, "told: " + ", ".join(sorted(set(told))[:8]))
    with sqlite3.connect(replica(house, "tom")) as db:
        for table, column in (("item", "cost"), ("site_day", "revenue"), ("site_day", "cost"), ("item_day", "revenue"),
                              ("stock", "revenue_28"), ("purchase_order", "total"), ("order_line", "cost"),
                              ("site_month", "revenue"), ("department_day", "revenue"), ("proposal", "margin"),
                              ("alert", "money"), ("movement", "cost"), ("plan", "margin")):
            try:
                n = db.execute(f"SELECT count(*) FROM {table} WHERE coalesce({column}, 0) <> 0").fetchone()[0]
            except sqlite3.OperationalError:
                continue
            check(n == 0, f"the replica of an associate holds {n} rows with {table}.{column}")
        # The class of an item ranks it by revenue.
        n = db.execute("SELECT count(*) FROM plan WHERE abc <> ''").fetchone()[0]
        check(n == 0, f"the replica of an associate holds {n} rows with plan.abc")
    return "neither the queries nor the replica tell"


@ATTACKS.add("company-forecasts", "the company's forecast is for who sees all stores")
def company_forecasts(house, options):
    for who in ("mia", "region"):
        for path in ("/v1/forecast?level=company", "/v1/forecast?level=company&site=0", "/v1/accuracy?level=company"):
            reply = house.send("GET", path, who)
            rows = (reply.json or {}).get("rows", []) if reply.status == 200 else []
            check(not rows, f"{who} {path}: {len(rows)} rows")
    return "not told"


@ATTACKS.add("role-at-once", "what was taken away counts from the next request on")
def role_at_once(house, options):
    mia = house.number("SELECT id FROM account WHERE login = 'mia'")
    check(house.send("GET", "/v1/site-days?site=1&from=2026-01-01&to=2026-12-31", "mia").status == 200, "before")
    reply = house.run_command("root", "user.set_role", {"account": mia, "role": "associate", "sites": [{"site": 2}]})
    check(reply.json["status"] == "applied", f"{reply.body[:300]!r}")
    reply = house.send("GET", "/v1/site-days?site=1&from=2026-01-01&to=2026-12-31", "mia")
    check(reply.status == 403 or not (reply.json or {}).get("rows"), f"after: {reply.status}")
    reply = house.run_command("mia", "stock.count", {"site": 1, "item": 1, "quantity": 1000})
    check(reply.json["status"] == "rejected", f"count after: {reply.body[:200]!r}")
    return "at once"


STORED = "SELECT count(*) FROM receipt WHERE number LIKE 'flood-%'"


def flood(house, answers, prefix):
    now = int(time.time() * 1000) - 60000
    body = [{"site": 1, "receipt": f"flood-{prefix}-{i}", "sold_at": now,
             "lines": [{"item": 1 + k, "quantity": 1000, "amount": 100} for k in range(8)]} for i in range(5000)]
    thread = threading.Thread(target=lambda: answers.append(house.send("POST", "/v1/sales", "mia", body, timeout=120)))
    thread.start()
    return thread


@ATTACKS.add("role-while-uploading", "a long upload goes on after its sender may no longer")
def role_while_uploading(house, options):
    mia = house.number("SELECT id FROM account WHERE login = 'mia'")
    figures = []
    for name, arguments in (("user.set_role", {"role": "associate", "sites": [{"site": 2}]}), ("user.disable", {})):
        house.token("mia")
        before, answers = house.number(STORED), []
        thread = flood(house, answers, name)
        while house.number(STORED) == before and thread.is_alive():
            time.sleep(0.01)
        reply = house.run_command("root", name, {"account": mia, **arguments})
        stored = house.number(STORED)
        check(reply.json["status"] == "applied", f"{name}: {reply.body[:200]!r}")
        thread.join()
        more = house.number(STORED) - stored
        check(more == 0, f"{name}: {more} receipts after it was answered, {stored} before")
        reply = answers[0]
        check(reply.status == 403, f"{name}: the upload is answered {reply.status} {reply.body[:200]!r}")
        check(f"{stored - before} of 5000 are stored" in reply.json["detail"], f"{name}: {reply.json['detail']}")
        figures.append(f"{stored - before}")
        house.command("user", "role", "mia", "--role", "store_manager", "--sites", "S01")
        house.tokens.pop("mia")
    check(house.verify(), "verify finds what does not agree")
    return f"stopped at {' and '.join(figures)} of 5000, 403"


@ATTACKS.add("old-sign-ins", "sign-ins of before come back when the account is enabled again")
def old_sign_ins(house, options):
    tom = house.number("SELECT id FROM account WHERE login = 'tom'")
    old = house.login("tom", device="till").json
    check(house.run_command("root", "user.disable", {"account": tom}).json["status"] == "applied", "disable")
    check(house.run_command("root", "user.enable", {"account": tom}).json["status"] == "applied", "enable")
    reply = house.send("GET", "/v1/sites", old["access_token"])
    check(reply.status == 401, f"the old access token: {reply.status}")
    reply = house.send("POST", "/v1/auth/refresh", body={"refresh_token": old["refresh_token"], "device": "till"})
    check(reply.status == 401, f"the old refresh token: {reply.status}")
    check(house.login("tom").status == 200, "tom cannot sign in again")
    return "they have ended"


@ATTACKS.add("password-at-once", "one secret, or one old password, used by several at once")
def password_at_once(house, options):
    def at_once(login, password, n):
        answers = []
        threads = [threading.Thread(target=lambda i=i: answers.append(
            house.login(login, password, f"127.0.14.{i + 1}", new_password=f"{login} and apple tree {i}")))
            for i in range(n)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        statuses = sorted(reply.status for reply in answers)
        check(statuses.count(200) == 1, f"{login}: {statuses}")
        check(all(status in (200, 401, 409, 429) for status in statuses), f"{login}: {statuses}")
        return statuses

    noah = house.number("SELECT id FROM account WHERE login = 'noah'")
    secret = house.send("POST", f"/v1/accounts/{noah}/secret", "root").json["secret"]
    by_secret = at_once("noah", secret, 6)
    by_password = at_once("region", PASSWORD, 8)
    return f"{by_secret.count(200)} of 6 and {by_password.count(200)} of 8"


COUNTS = "SELECT count(*) FROM command_log WHERE name = 'stock.count'"


def kept(house):
    return sorted(name for name in os.listdir(house.folder) if ".before-restore-" in name)


@ATTACKS.add("restore-running", "a backup is put back under a running service")
def restore_running(house, options):
    backup = os.path.join(house.folder, "backup")
    house.command("backup", backup)
    reply = house.run_command("mia", "stock.count", {"site": 1, "item": 1, "quantity": 77000})
    check(reply.json["status"] == "applied", "the count")
    run = house.command("restore", "--force", backup, expect=None)
    check(run.returncode != 0, "it was restored under the running service")
    check(not kept(house), f"nothing was replaced, and {kept(house)} is left")
    again = house.run_command("mia", "stock.count", {"site": 1, "item": 1, "quantity": 78000})
    check(again.json["status"] == "applied", f"{again.body[:200]!r}")
    house.stop()
    check(house.number(COUNTS) >= 2, "an acknowledged count is gone")
    house.command("restore", "--force", backup)
    check(len(kept(house)) == 1, "what was replaced is not kept: " + ", ".join(os.listdir(house.folder)))
    check(house.number(COUNTS) == 0, "it is not as it was in the backup")
    house.start()
    return "refused; later kept"


@ATTACKS.add("restore-twice", "two restores within a second: what was kept is kept")
def restore_twice(house, options):
    backup = os.path.join(house.folder, "backup")
    house.command("backup", backup)
    for _ in range(3):
        house.run_command("mia", "stock.count", {"site": 1, "item": 1, "quantity": 77000})
    house.stop()
    counts = house.number(COUNTS)
    check(counts == 3, f"{counts} counts")
    time.sleep(1 - time.time() % 1)
    for _ in range(2):
        house.command("restore", "--force", backup)
    check(len(kept(house)) == 2, f"two restores, kept: {kept(house)}")
    house.command("restore", "--force", os.path.join(house.folder, kept(house)[0]))
    check(house.number(COUNTS) == counts, f"of {counts} counts {house.number(COUNTS)} are kept")
    at_once = [subprocess.Popen([SERVER, "--db", house.url, "restore", "--force", backup], stderr=subprocess.DEVNULL)
               for _ in range(4)]
    done = [process.wait(60) for process in at_once].count(0)
    check(len(kept(house)) == 3 + done, f"{done} of four at once, kept: {kept(house)}")
    check(house.verify(), "verify finds what does not agree")
    house.start()
    return f"each kept; of four at once {done} restored"


def wrong_files(house, backup):
    """Name -> path of what is no whole backup of ours."""
    def at(name):
        return os.path.join(house.folder, "wrong-" + name.replace(" ", "-"))

    def sqlite(name, *statements, start=backup):
        if start:
            shutil.copy(start, at(name))
        with contextlib.closing(sqlite3.connect(at(name))) as db:
            for statement in statements:
                db.execute(statement)
            db.commit()

    def postgresql(name, *arguments):
        subprocess.run(["pg_dump", "-Fc", *arguments, "-f", at(name), house.url], check=True)

    if house.url.startswith("sqlite:"):
        sqlite("one table", "CREATE TABLE account (id INTEGER)", "INSERT INTO account VALUES (1)", start=None)
        sqlite("newer", "INSERT INTO migration SELECT number + 1000, name, checksum, applied_at FROM migration")
        sqlite("no meta", "DROP TABLE meta")
        sqlite("no account", "DELETE FROM account")
        sqlite("trigger", "CREATE TRIGGER evil AFTER INSERT ON command_log BEGIN DELETE FROM account; END")
        sqlite("view", "DROP TABLE policy", "CREATE VIEW policy AS SELECT 1 AS x")
        sqlite("sums", "UPDATE site_day SET revenue = revenue + 1")
        sqlite("text", "UPDATE stock SET on_hand = 'x'")
    else:
        postgresql("one table", "-t", "account")
        postgresql("schema", "-s")
        postgresql("data", "-a")
        postgresql("nothing", "-t", "meta", "-s")
        postgresql("most", "-T", "receipt_line")
        postgresql("no data of one", "--exclude-table-data=receipt_line")
    data = open(backup, "rb").read()
    for name, content in {"empty": b"", "half": data[:len(data) // 2], "junk": b"\x1b[31m\0junk" * 999}.items():
        with open(at(name), "wb") as file:
            file.write(content)
    names = [name for name in os.listdir(house.folder) if name.startswith("wrong-")]
    return {name: os.path.join(house.folder, name) for name in names} | {"shadow": "/etc/shadow", "folder": "/tmp"}


@ATTACKS.add("restore-wrong", "restore --force of what is no whole backup of ours")
def restore_wrong(house, options):
    backup = os.path.join(house.folder, "backup")
    house.command("backup", backup)
    house.run_command("mia", "stock.count", {"site": 1, "item": 1, "quantity": 77000})
    house.stop()
    files = wrong_files(house, backup)
    for name, path in files.items():
        run = subprocess.run([SERVER, "--db", house.url, "restore", "--force", path], capture_output=True)
        check(run.returncode != 0, f"{name}: restored")
        check(b"nothing was replaced" in run.stderr and b"\x1b" not in run.stderr, f"{name}: {run.stderr[:300]!r}")
        check(house.number(COUNTS) == 1, f"{name}: the database is another")
        left = glob.glob(path + ".*") + kept(house)
        check(not left, f"{name}: leaves {left}")
    check(house.verify(), "verify finds what does not agree")
    house.start()
    return f"{len(files)} refused, nothing replaced"


@ATTACKS.add("backup-twice", "two backups to one path at once; one that is killed")
def backup_twice(house, options):
    path = os.path.join(house.folder, "same")
    runs = [subprocess.Popen([SERVER, "--db", house.url, "backup", path], stderr=subprocess.PIPE) for _ in range(4)]
    said = [run.communicate()[1] for run in runs]
    done = [run.returncode for run in runs].count(0)
    check(done == 1, f"{done} of four are done: {said}")
    check(not any(b"disk" in text for text in said), f"{said}")
    check(os.listdir(house.folder).count("same.partial") == 0, "a part is left")
    for number in range(4):
        run = subprocess.Popen([SERVER, "--db", house.url, "backup", path + str(number)], stderr=subprocess.DEVNULL)
        time.sleep(0.05 * number)
        run.kill()
        run.wait()
        if os.path.exists(path + str(number)):
            path = path + str(number)
    house.stop()
    house.command("restore", "--force", path)
    house.start()
    return "one is done, whole"


@ATTACKS.add("read-only", "a database that may only be read, and options that are none")
def read_only(house, options):
    for arguments in (["--listen", "127.0.0.1:"], ["--listen", "nowhere"], ["--snapshots", SERVER]):
        run = subprocess.run([SERVER, "--db", house.url, "serve", *arguments], capture_output=True, text=True, timeout=20)
        check(run.returncode == 2, f"serve {arguments}: status {run.returncode} {run.stderr[:200]}")
    run = subprocess.run([SERVER, "--db", "mysql://x", "verify"], capture_output=True, text=True)
    check(run.returncode == 2, f"a database of another kind: status {run.returncode}")
    if not house.url.startswith("sqlite:"):
        return "four refused as wrong usage"
    house.stop()
    folder = os.path.join(house.folder, "fixed")
    os.mkdir(folder)
    path = os.path.join(folder, "a?b #.db")
    shutil.copy(house.url.removeprefix("sqlite:"), path)
    os.chmod(path, 0o444)
    for place, mode in ((folder, 0o555), (house.folder, 0o755), (os.path.dirname(house.folder), 0o755)):
        os.chmod(place, mode)
    other = "nobody" if os.getuid() == 0 else None
    for command in (["verify"], ["export", "items", "site=1"]):
        run = subprocess.run([SERVER, "--db", "sqlite:" + path, *command], capture_output=True, text=True, user=other)
        check(run.returncode == 0, f"{command[0]}: {run.stderr[:300]}")
    os.chmod(folder, 0o755)
    house.start()
    return "read; four refused as wrong usage"


@ATTACKS.add("formulas", "an item's name is a formula in somebody's spreadsheet")
def formulas(house, options):
    for number, name in enumerate(('=HYPERLINK("http://x","y")', "+1+1", "-1+1", "@SUM(A1)", "\uff1d1+1")):
        house.run_command("root", "item.edit", {"item": number + 1, "name": name})
    run = house.command("export", "items", "site=1")
    for line in run.stdout.splitlines():
        for cell in line.split(","):
            check(not cell.strip('"').startswith(("=", "+", "@")), f"{cell[:60]!r}")
    return "defused"


@ATTACKS.add("snapshot-storm", "one account asks for snapshots and heavy queries without end")
def snapshot_storm(house, options):
    statuses = []
    lock = threading.Lock()

    def ask():
        for _ in range(20):
            reply = house.send("GET", "/v1/sync/snapshot", "mia", timeout=60)
            with lock:
                statuses.append(reply.status)
    threads = [threading.Thread(target=ask, daemon=True) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    check(statuses.count(429) > 0, f"{len(statuses)} snapshots were all made")
    files = os.listdir(os.path.join(house.folder, "snapshots"))
    check(len(files) <= 4, f"{len(files)} snapshot files")
    return f"{statuses.count(200)} of {len(statuses)} given, {len(files)} files"
