#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The client's start and its main loop, on the real programs: client-start.py --build DIR [--quick].

Signs in once, then starts the client again and again on its replica, visits the pages, and reads the client's own log:
the time from the program's start to a filled first page, the time of page switches, and stalls of the main loop. Uses
the demo's full retailer when build-aux/demo has made one (_demo/full), else a small one. Prints {"figures": [...]}."""
import argparse
import glob
import json
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
PASSWORD = "eleven sacks of new potatoes\n"
PAGES = "dashboard,inventory,orders,alerts,forecast,dashboard,inventory,orders,alerts,forecast"


def make_shop(server, folder, quick):
    """The database of the bench: a copy of the demo's, or a small one. Returns its URL and a word for its size."""
    path = os.path.join(folder, "retailai.db")
    url = f"sqlite:{path}"
    demo = os.path.join(ROOT, "_demo", "full", "retailai.db")
    size = "small"
    if os.path.exists(demo) and not quick:
        for part in glob.glob(demo + "*"):
            shutil.copy(part, path + part[len(demo):])
        size = "full"
    else:
        for command in (["init"], ["generate", "--size", "small"], ["forecast"], ["plan"]):
            subprocess.run([server, "--db", url, "-q", *command], stdout=subprocess.DEVNULL, check=True)
    user = [server, "--db", url, "-q", "user", "add", "bench", "--role", "store_manager", "--sites", "all", "--password-stdin"]
    subprocess.run(user, input=PASSWORD, text=True, stdout=subprocess.DEVNULL, check=True)
    return url, size


def run_client(client, folder, url, pages, password=None):
    """One run; the lines of its log, split into words."""
    log = os.path.join(folder, "log")
    command = [client, "--data-dir", os.path.join(folder, "client"), "--server", url, "--login", "bench",
               "--stall-log", log, "--pages", pages] + ["--password-stdin"] * bool(password)
    subprocess.run(command, input=password, text=True, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with open(log, encoding="utf-8") as file:
        return [line.split() for line in file]


def stalls_of(lines):
    """The longest stall after the start, in ms."""
    started = next(float(words[2]) for words in lines if words[0] == "filled")
    return max([float(words[1]) for words in lines if words[0] == "stall" and float(words[2]) > started + 300], default=0.0)


def change_rows(db, ended):
    """Every second 10,000 rows are new at the server, until the event comes."""
    rows = sqlite3.connect(db.removeprefix("sqlite:"), timeout=20)
    while not ended.wait(1):
        rows.execute("UPDATE feed SET revision = revision + 1")
        rows.execute("UPDATE stock SET quantity_7 = quantity_7 + 1000, rev = (SELECT revision FROM feed) WHERE rowid IN "
                     "(SELECT rowid FROM stock ORDER BY rev, rowid LIMIT 10000)")
        rows.commit()
    rows.close()


def run_under_load(client, folder, db, url):
    """A run during which rows come in by the thousands. The longest stall."""
    ended = threading.Event()
    changes = threading.Thread(target=change_rows, args=(db, ended))
    changes.start()
    try:
        return stalls_of(run_client(client, folder, url, PAGES))
    finally:
        ended.set()
        changes.join()


def figure(name, value, target):
    return {"group": "client", "name": name, "value": round(value, 1), "unit": "ms", "floor": None, "peer": None,
            "target": target, "ok": value <= target}


def measure(build, quick, folder):
    server = os.path.join(build, "src/server/retailai-server")
    client = os.path.join(build, "src/client/retailai")
    db, size = make_shop(server, folder, quick)
    serve = subprocess.Popen([server, "--db", db, "serve", "--listen", "127.0.0.1:0", "--exit-with-stdin"],
                             stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    url = serve.stdout.readline().split()[-1]
    run_client(client, folder, url, "dashboard", PASSWORD)
    starts, switches, stalls = [], [], []
    for _ in range(3 if quick else 7):
        lines = run_client(client, folder, url, PAGES)
        starts.append(next(float(words[2]) for words in lines if words[0] == "filled"))
        switches += [float(words[2]) for words in lines if words[0] == "switch"]
        stalls.append(stalls_of(lines))
    loaded = [run_under_load(client, folder, db, url) for _ in range(1 if quick else 5)]
    serve.stdin.close()
    serve.wait()
    return [
        figure(f"start to filled dashboard ({size})", statistics.median(starts), 1000),
        figure(f"page switch, median ({size})", statistics.median(switches), 50),
        figure(f"longest stall while switching, median of runs ({size})", statistics.median(stalls), 50),
        figure(f"the same while 10,000 rows a second come in, median of runs ({size})", statistics.median(loaded), 50),
    ]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", default=os.path.join(ROOT, "_build"))
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    if not os.environ.get("RAI_BENCH_HEADLESS"):
        os.environ["RAI_BENCH_HEADLESS"] = "1"
        headless = os.path.join(ROOT, "build-aux", "headless")
        os.execv(headless, [headless, sys.executable, os.path.abspath(__file__), *sys.argv[1:]])
    folder = tempfile.mkdtemp(prefix="retailai-bench-")
    try:
        print(json.dumps({"figures": measure(options.build, options.quick, folder)}))
    finally:
        shutil.rmtree(folder)


main()
