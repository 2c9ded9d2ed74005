# SPDX-License-Identifier: GPL-3.0-or-later
"""How files look: sizes, licence, format, words."""
import functools
import re
import shutil
import subprocess
import sys

import house

FILE_LINES_MAX = 800
FUNCTION_LINES_MAX = 80
HEADER_LINES_MAX = 200
COLUMNS_MAX = 100
# What may be longer: a text in one piece (SQL, a sentence for people, a URL) and a line of a table in a comment.
STANDS_OUT = re.compile(r'"(?:\\.|[^"\\])*"|https?://|^ \*  ')


def sizes(tree):
    """A file answers one question (800 lines), a function does one thing (80), a header promises little (200)."""
    for path in tree.sources() + tree.files(".c", ".h", under="tests/"):
        text = tree.read(path)
        count = text.count("\n")
        limit = HEADER_LINES_MAX if path.endswith(".h") else FILE_LINES_MAX
        if count > limit:
            yield f"{path}: {count} lines; more than {limit}"
        if not path.startswith("src/"):
            continue
        for name, _, start, end in house.definitions(text):
            length = text.count("\n", start, end) + 1
            if length > FUNCTION_LINES_MAX and not name.endswith("_class_init"):
                yield f"{path}:{house.line_of(text, start)}: {name} has {length} lines; more than {FUNCTION_LINES_MAX}"


def width(tree):
    """Lines end at column 100; only a text in quotes and what is laid out by hand stands out."""
    for path in tree.sources() + tree.files(".c", ".h", under="tests/"):
        by_hand = False
        for number, line in enumerate(tree.read(path).splitlines(), 1):
            by_hand = "clang-format off" in line or (by_hand and "clang-format on" not in line)
            if len(line) > COLUMNS_MAX and not by_hand and not STANDS_OUT.search(line):
                yield f"{path}:{number}: {len(line)} columns; more than {COLUMNS_MAX}"


def licence(tree):
    """Every source names its licence in its first lines."""
    for path in tree.files(".c", ".h", ".py", ".sql", ".ui"):
        if "SPDX-License-Identifier: GPL-3.0-or-later" not in "\n".join(tree.read(path).splitlines()[:3]):
            yield f"{path}: no SPDX-License-Identifier in its first lines"


SYSTEM_CLOCK = re.compile(r"\b(g_get_real_time|g_date_time_new_now\w*|gettimeofday|time (?=\((?:NULL|0|&\w+)\)))")
# The clock itself; what is compared with times that the system or its libraries wrote: a certificate's, a header's, a file's.
SYSTEM_CLOCK_USERS = ("src/util/rai-clock.c", "src/server/rai-uploads.c", "src/sync/rai-sync-client.c",
                      "src/sync/rai-sync-problem.c", "src/sync/rai-sync-server.c")


def clock(tree):
    """One clock tells the time (util/rai-clock), so that tests can set it."""
    for path in tree.sources():
        if path in SYSTEM_CLOCK_USERS:
            continue
        text = house.uncommented(tree.read(path))
        for found in SYSTEM_CLOCK.finditer(text):
            yield f"{path}:{house.line_of(text, found.start())}: {found.group(1)}: the time is rai_now_ms ()'s"


def style(tree):
    """clang-format has nothing to say."""
    tool = shutil.which("clang-format-14") or shutil.which("clang-format")
    if tool is None:
        print("clang-format is not installed")
        sys.exit(77)
    files = tree.sources() + tree.files(".c", ".h", under="tests/")
    for i in range(0, len(files), 50):
        run = subprocess.run([tool, "--dry-run", "--ferror-limit=1", *files[i:i + 50]], cwd=tree.root, capture_output=True,
                             text=True)
        yield from (line for line in run.stderr.splitlines() if "warning:" in line)


def words(tree):
    """Nothing is left open, and types are C's own below the client."""
    for path in tree.files(".c", ".h", ".py", ".ui", ".sql", ".build", ".sh"):
        if path.startswith("tests/lint/"):
            continue
        for number, line in enumerate(tree.read(path).splitlines(), 1):
            if re.search(r"\b(TODO|FIXME|XXX|HACK)\b", line):
                yield f"{path}:{number}: left open: {line.strip()}"
            if path.startswith("src/") and path.endswith((".c", ".h")) and "/client/" not in path:
                yield from glib_types(path, number, line)


def pointers(tree):
    """A pointer is compared with NULL, so that `!x` is a question of true or false."""
    for path in tree.files(".c", under="src/") + tree.files(".c", under="tests/"):
        for line, written in bare_pointers(tree.read(path)):
            yield f"{path}:{line}: {written}: compare a pointer with NULL"


@functools.lru_cache(maxsize=None)
def bare_pointers(text):
    """(line, text) of what asks a parameter or variable that is declared as a pointer as if it were a bool."""
    blank, found = house.code(text), []
    for _, parameters, start, end in house.definitions(text):
        body = blank[start:end]
        names = {match.group(1) for p in parameters if (match := re.search(r"\*\s*(\w+)$", p))}
        names.update(re.findall(r"^ +(?:(?:static|const|struct|unsigned) )*[A-Za-z_]\w* (?:const )?\*+(\w+)(?: =|;|,)", body, re.M))
        names.update(re.findall(r"\bg_auto(?:ptr|list) \(\w+\) (\w+)", body))
        if not names:
            continue
        name = "(?:" + "|".join(sorted(names)) + ")"
        for match in re.finditer(rf"(?<![\w.>!])!\s*{name}\b(?!\s*(?:->|\.|\[|\())|\b(?:if|while) \({name}\)", body):
            found.append((house.line_of(blank, start + match.start()), match.group()))
    return found


def vfuncs(tree):
    """What a class or an interface is given to call has its type's name: `klass->dispose = rai_x_page_dispose`."""
    for path in tree.files(".c", under="src/") + tree.files(".c", under="tests/"):
        text = tree.read(path)
        blank = house.code(text)
        for name, parameters, start, end in house.definitions(text):
            if not any(re.search(r"(?:Class|Iface|Interface) \*\w+$", p) for p in parameters):
                continue
            prefix = name[:-len("class_init")] if name.endswith("_class_init") else "rai_"
            for match in re.finditer(r"->\s*(\w+) =\s*(\w+);", blank[start:end]):
                given = match.group(2)
                if given != "NULL" and not given.startswith(prefix):
                    line = house.line_of(text, start + match.start())
                    yield f"{path}:{line}: {match.group(1)} is {given}: name it {prefix}..."


def glib_types(path, number, line):
    glib = re.search(r"\b(gint|guint|gchar|gdouble|gboolean)\b[ *]", line)
    asked_for = r"G_DEFINE|g_signal|GSource|callback|static gboolean|\(gboolean\)|gboolean \(\*"
    if glib and not re.search(asked_for, line):
        yield f"{path}:{number}: plain C types, not {line.strip()}"
