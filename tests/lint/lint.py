#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks of the house that no compiler makes: lint.py CHECK. Each prints what is wrong and where, and exits 1."""
import os
import re
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
LAYERS = ["util", "core", "forecast", "forecaster", "inventory", "db", "command", "proto", "import", "demo", "planner", "sync", "server",
          "client"]
# Rooms of a layer, bottom up; what lies in none of them stands on top.
ROOMS = {"forecast": ["panel", "methods", "trees", "choice"]}
# What a layer may not include although it stands below: the two skins build without each other.
SIBLINGS = {"client": {"server", "planner"}}
FILE_LINES_MAX = 800
FUNCTION_LINES_MAX = 80
HEADER_LINES_MAX = 200
SUFFIXES = ("page", "row", "dialog", "model", "layer", "axis", "engine", "client")


def tracked(*endings):
    """Files of the checkout with one of the endings, as paths from the root."""
    found = []
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [f for f in folders if not f.startswith(("_", ".git"))]
        found += [os.path.relpath(os.path.join(folder, n), ROOT) for n in names if n.endswith(endings)]
    return sorted(found)


def read(path):
    with open(os.path.join(ROOT, path), encoding="utf-8") as file:
        return file.read()


def room(parts):
    """Where a file of a layer stands in ROOMS, from 0; parts: its path from the layer on. None: the layer has no rooms."""
    rooms = ROOMS.get(parts[0])
    return rooms and (rooms.index(parts[1]) if parts[1] in rooms else len(rooms))


def direction():
    """A folder of src includes only what stands above it in src/meson.build, a room only what stands before it in ROOMS."""
    for path in tracked(".c", ".h"):
        parts = path.split(os.sep)
        if parts[0] != "src" or len(parts) < 3:
            continue
        layer = parts[1]
        for number, line in enumerate(read(path).splitlines(), 1):
            include = re.match(r'\s*#include "([^"]+)"', line)
            if not include:
                continue
            to = include.group(1).split("/")
            target = to[0]
            if target.endswith((".h", ".c")) and len(to) == 1:
                yield f'{path}:{number}: includes "{include.group(1)}" without its folder'
            elif target not in LAYERS:
                continue
            elif LAYERS.index(target) > LAYERS.index(layer) or target in SIBLINGS.get(layer, ()):
                yield f"{path}:{number}: {layer} must not know {target}"
            elif target == layer and target in ROOMS and room(to) > room(parts[1:]):
                yield f"{path}:{number}: {'/'.join(parts[1:-1])} must not know {'/'.join(to[:-1])}"


def pairs():
    """Every header of src has its source beside it (rai-x-inner.h may be an inner face of rai-x.c), every test its source,
    and every page its .ui."""
    sources = {os.path.splitext(p)[0] for p in tracked(".c") if p.startswith("src")}
    for path in tracked(".h"):
        base = os.path.splitext(path)[0]
        if path.startswith("src") and base not in sources and base.rpartition("-")[0] not in sources and not header_only(path):
            yield f"{path}: no .c of that name beside it"
    names = {os.path.basename(s).removeprefix("rai-") for s in sources}
    for path in tracked(".c"):
        test = re.match(r"tests/[a-z]+/test-([a-z0-9-]+)\.c$", path)
        if test and test.group(1) not in names and not test.group(1).startswith("flow-"):
            yield f"{path}: no src/*/rai-{test.group(1)}.c; a test is named after its file (or test-flow-...)"
    interfaces = {os.path.basename(p) for p in tracked(".ui")}
    for source in sources:
        name = os.path.basename(source)
        if "/pages/" in source and name.endswith("-page") and name != "rai-page" and name + ".ui" not in interfaces:
            yield f"{source}.c: no data/ui/{name}.ui"


def header_only(path):
    """Headers that only declare types or tables that other files fill."""
    text = read(path)
    return not re.search(r"^[A-Za-z_][^;{}#/]*\([^;{}]*\);", text, re.M)


def functions(text):
    """(name, first line, number of lines) of each function body; bodies open with '{' at a line's end and close in column 0."""
    lines = text.splitlines()
    start = name = None
    for number, line in enumerate(lines, 1):
        if start is None:
            head = re.match(r"([a-z_][a-z0-9_]*) \(", line)
            if head:
                name, start = head.group(1), number
        elif line == "}":
            yield name, start, number - start + 1
            start = None
        elif line.endswith(";") and not line.startswith(" "):
            start = None


def sizes():
    """Files answer one question, functions do one thing."""
    for path in tracked(".c", ".h"):
        if not path.startswith(("src", "tests")):
            continue
        text = read(path)
        count = text.count("\n")
        limit = HEADER_LINES_MAX if path.endswith(".h") else FILE_LINES_MAX
        if count > limit:
            yield f"{path}: {count} lines; more than {limit}"
        if path.startswith("src"):
            for name, line, length in functions(text):
                if length > FUNCTION_LINES_MAX and not name.endswith("_class_init"):
                    yield f"{path}:{line}: {name} has {length} lines; more than {FUNCTION_LINES_MAX}"


def licence():
    """Every source names its licence in its first lines."""
    for path in tracked(".c", ".h", ".py", ".sql", ".ui"):
        if "SPDX-License-Identifier: GPL-3.0-or-later" not in "\n".join(read(path).splitlines()[:3]):
            yield f"{path}: no SPDX-License-Identifier in its first lines"


def style():
    """clang-format has nothing to say."""
    tool = shutil.which("clang-format-14") or shutil.which("clang-format")
    if tool is None:
        print("clang-format is not installed")
        sys.exit(77)
    files = [p for p in tracked(".c", ".h") if p.startswith(("src", "tests"))]
    for i in range(0, len(files), 50):
        run = subprocess.run([tool, "--dry-run", "--ferror-limit=1", *files[i:i + 50]], cwd=ROOT, capture_output=True, text=True)
        for line in run.stderr.splitlines():
            if "warning:" in line:
                yield line


def words():
    """Nothing is left open, and names are the house's."""
    for path in tracked(".c", ".h", ".py", ".ui", ".sql", ".build", ".sh"):
        if path.endswith("lint.py"):
            continue
        for number, line in enumerate(read(path).splitlines(), 1):
            if re.search(r"\b(TODO|FIXME|XXX|HACK)\b", line):
                yield f"{path}:{number}: left open: {line.strip()}"
            if path.startswith("src") and path.endswith((".c", ".h")) and re.search(r"\b(gint|guint|gchar|gdouble|gboolean)\b[ *]", line) \
                    and not re.search(r"G_DEFINE|g_signal|GSource|callback|static gboolean|\(gboolean\)|gboolean \(\*", line) and "/client/" not in path:
                yield f"{path}:{number}: plain C types, not {line.strip()}"


def main():
    checks = {f.__name__: f for f in (direction, pairs, sizes, licence, style, words)}
    if len(sys.argv) != 2 or sys.argv[1] not in checks:
        sys.exit("usage: lint.py " + "|".join(checks))
    problems = list(checks[sys.argv[1]]())
    print(*problems, sep="\n")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
