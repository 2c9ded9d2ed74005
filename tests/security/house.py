# SPDX-License-Identifier: GPL-3.0-or-later
"""The house that is attacked: a small retailer on a database of its own, the real server on loopback, and the tools of
those who attack it. Nothing here is sent to any other address."""
import contextlib
import glob
import http.client
import json
import os
import pwd
import shutil
import socket
import sqlite3
import subprocess
import tempfile
import threading
import time
import uuid

HERE = os.path.dirname(os.path.abspath(__file__))
BUILD = os.path.abspath(os.environ.get("RAI_BUILD_DIR") or os.path.join(HERE, "..", "..", "_build"))
SERVER = os.path.join(BUILD, "src", "server", "retailai-server")
PASSWORD = "quiet harbour lamp 47"
# login -> role, sites
PEOPLE = {
    "root": ("admin", "all"),
    "root-s1": ("admin", "S01"),
    "exec": ("executive", "all"),
    "region": ("regional_manager", "S01,S02"),
    "mia": ("store_manager", "S01"),
    "noah": ("store_manager", "S02"),
    "tom": ("associate", "S01"),
}


def is_measurable():
    """Times and memory of a build with sanitizers say nothing."""
    return "libasan" not in subprocess.run(["ldd", SERVER], capture_output=True, text=True).stdout


class Hole(Exception):
    """What the attack reached."""


def check(condition, what):
    if not condition:
        raise Hole(what)


class Reply:
    def __init__(self, status, headers, body, reason):
        self.status, self.headers, self.body, self.reason = status, headers, body, reason

    @property
    def json(self):
        try:
            return json.loads(self.body)
        except ValueError:
            return None

    @property
    def code(self):
        return self.json.get("code") if isinstance(self.json, dict) else None


class Cluster:
    """A PostgreSQL of our own in a scratch folder; None of it outlives the run."""

    def __init__(self, folder):
        self.folder = os.path.join(folder, "cluster")
        binaries = sorted(glob.glob("/usr/lib/postgresql/*/bin"))
        if not binaries:
            raise FileNotFoundError("PostgreSQL is not installed")
        self.binaries = binaries[-1]
        self.user = "postgres" if os.getuid() == 0 else None
        os.makedirs(self.folder)
        if self.user:
            entry = pwd.getpwnam(self.user)
            os.chmod(folder, 0o755)
            os.chown(self.folder, entry.pw_uid, entry.pw_gid)
        self.run("initdb", "-D", self.folder + "/data", "-U", "retailai", "-A", "trust", "--no-sync")
        self.run("pg_ctl", "-D", self.folder + "/data", "-w", "-l", self.folder + "/log", "-o",
                 f"-c listen_addresses= -c unix_socket_directories={self.folder} -c fsync=off", "start")

    def run(self, program, *arguments):
        command = [os.path.join(self.binaries, program), *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, user=self.user,
                       cwd=self.folder)

    def url(self, name):
        self.run("createdb", "-h", self.folder, "-U", "retailai", name)
        return f"postgresql://retailai@/{name}?host={self.folder}"

    def stop(self):
        with contextlib.suppress(subprocess.CalledProcessError):
            self.run("pg_ctl", "-D", self.folder + "/data", "-m", "immediate", "stop")


class House:
    """One server on one database. With `keep` a fresh copy of the filled database is made for each attack."""

    def __init__(self, url, folder, *options):
        self.url, self.folder = url, folder
        self.options = options
        self.process = None
        self.tokens = {}
        self.measurable = is_measurable()

    # ---- the program ----

    def command(self, *arguments, text=None, expect=0):
        run = subprocess.run([SERVER, "--db", self.url, *arguments], input=text, capture_output=True, text=True)
        if expect is not None and run.returncode != expect:
            raise Hole(f"{' '.join(arguments)}: status {run.returncode}: {run.stderr.strip()[:300]}")
        return run

    def fill(self):
        self.command("init")
        self.command("generate", "--size", "small")
        for login, (role, sites) in PEOPLE.items():
            self.command("user", "add", login, "--role", role, "--sites", sites, "--password-stdin", text=PASSWORD)

    def start(self, *options):
        self.process = subprocess.Popen(
            [SERVER, "--db", self.url, "serve", "--listen", "127.0.0.1:0", "--snapshots",
             os.path.join(self.folder, "snapshots"), "--uploads", os.path.join(self.folder, "uploads"), *self.options, *options],
            stdout=subprocess.PIPE, stderr=open(os.path.join(self.folder, "serve.log"), "ab"), text=True)
        line = self.process.stdout.readline()
        if "http://" not in line:
            raise RuntimeError("the server did not start: " + open(os.path.join(self.folder, "serve.log")).read()[-500:])
        self.port = int(line.rsplit(":", 1)[1])
        self.tokens.clear()
        return self

    def stop(self):
        if self.process is not None:
            self.process.terminate()
            self.process.wait(30)
            self.process.stdout.close()
            self.process = None

    def alive(self):
        check(self.process.poll() is None, f"the server ended with status {self.process.poll()}")

    def memory(self, field="VmRSS"):
        """Bytes; VmHWM for the most so far."""
        with open(f"/proc/{self.process.pid}/status") as file:
            for line in file:
                if line.startswith(field + ":"):
                    return int(line.split()[1]) * 1024
        return 0

    # ---- requests ----

    def connect(self, source="127.0.0.1", timeout=20):
        return socket.create_connection(("127.0.0.1", self.port), timeout=timeout, source_address=(source, 0))

    def send(self, method, path, who=None, body=None, headers=None, source="127.0.0.1", timeout=30):
        """body: bytes, text, or anything that becomes JSON."""
        given = dict(headers or {})
        if who is not None:
            given["Authorization"] = "Bearer " + (who if "." in who else self.token(who))
        if body is not None and not isinstance(body, (bytes, str)):
            body = json.dumps(body)
        if isinstance(body, str):
            body = body.encode()
        if body is not None:
            given.setdefault("Content-Type", "application/json")
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout, source_address=(source, 0))
        try:
            connection.request(method, path, body, given)
            answer = connection.getresponse()
            return Reply(answer.status, answer.headers, answer.read(), answer.reason)
        finally:
            connection.close()

    def login(self, login, password=PASSWORD, source="127.0.0.1", **members):
        return self.send("POST", "/v1/auth/login", body={"login": login, "password": password, **members},
                         source=source)

    def token(self, login):
        if login not in self.tokens:
            reply = self.login(login)
            check(reply.status == 200, f"{login} cannot sign in: {reply.status} {reply.body[:200]!r}")
            self.tokens[login] = reply.json["access_token"]
        return self.tokens[login]

    def run_command(self, who, name, arguments, identity=None):
        return self.send("POST", "/v1/commands", who,
                         {"id": identity or str(uuid.uuid4()), "name": name, "arguments": arguments})

    def raw(self, data, source="127.0.0.1", timeout=5):
        """What comes back until the connection is closed or silent."""
        with self.connect(source, timeout) as connection:
            connection.sendall(data)
            answer = b""
            with contextlib.suppress(OSError):
                while True:
                    part = connection.recv(65536)
                    if not part:
                        break
                    answer += part
            return answer

    # ---- the database ----

    def query(self, sql):
        """Rows of a SELECT."""
        if self.url.startswith("sqlite:"):
            with contextlib.closing(sqlite3.connect(self.url.removeprefix("sqlite:"), timeout=30)) as db:
                return db.execute(sql).fetchall()
        run = subprocess.run(["psql", "-X", "-A", "-t", "-F", "\t", "-c", sql, self.url], capture_output=True, text=True,
                             check=True)
        return [tuple(line.split("\t")) for line in run.stdout.splitlines()]

    def number(self, sql):
        rows = self.query(sql)
        return int(rows[0][0]) if rows and rows[0][0] not in (None, "") else 0

    def verify(self):
        run = self.command("verify", expect=None)
        check(run.returncode in (0, 1), f"verify did not end well: {run.returncode} {run.stderr[:200]}")
        return run.returncode == 0


def percentile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * share))] if values else 0.0


class Bystander(threading.Thread):
    """Another user, who asks on and on; tells how long it took."""

    def __init__(self, house, who="noah", path="/v1/sites", pause=0.01):
        super().__init__(daemon=True)
        self.house, self.path, self.pause = house, path, pause
        self.token = house.token(who)
        self.times, self.wrong, self.going = [], [], True

    def run(self):
        while self.going:
            started = time.monotonic()
            try:
                reply = self.house.send("GET", self.path, self.token, source="127.0.0.9")
                if reply.status not in (200, 304):
                    self.wrong.append(reply.status)
            except OSError as error:
                self.wrong.append(repr(error))
            self.times.append(time.monotonic() - started)
            time.sleep(self.pause)

    def end(self):
        self.going = False
        self.join()
        return percentile(self.times, 0.99)


def quiet_p99(house, seconds=1.5):
    bystander = Bystander(house)
    bystander.start()
    time.sleep(seconds)
    return bystander.end()


@contextlib.contextmanager
def neighbourhood():
    """A scratch folder, and a PostgreSQL when there is one."""
    folder = tempfile.mkdtemp(prefix="retailai-security-")
    cluster = None
    try:
        try:
            cluster = Cluster(os.path.join(folder))
        except FileNotFoundError:
            pass
        yield folder, cluster
    finally:
        if cluster is not None:
            cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)
