# SPDX-License-Identifier: GPL-3.0-or-later
"""Where files stand, what they may include, and what stands beside them."""
import re

import house

# What a layer may not include although it stands below: the two skins build without each other.
SIBLINGS = {"client": {"server", "planner"}}
UNTESTED = "tests/lint/allowed-untested.txt"


def room(parts):
    """Where a file stands among the rooms of its layer, from 0; parts: its path from the layer on."""
    rooms = house.ROOMS[parts[0]]
    return rooms.index(parts[1]) if parts[1] in rooms else len(rooms)


def direction(tree):
    """A folder of src includes only folders below it, a room only rooms below it, and always by "folder/rai-x.h"."""
    for path in tree.sources():
        parts = path.split("/")
        if len(parts) < 3:
            continue
        layer = parts[1]
        text = tree.read(path)
        for include in re.finditer(r'^\s*#include "([^"]+)"', text, re.M):
            number = house.line_of(text, include.start(1))
            to = include.group(1).split("/")
            target = to[0]
            if len(to) == 1:
                yield f'{path}:{number}: includes "{include.group(1)}" without its folder'
            elif target not in house.LAYERS:
                continue
            elif house.LAYERS.index(target) > house.LAYERS.index(layer) or target in SIBLINGS.get(layer, ()):
                yield f"{path}:{number}: {layer} must not know {target}"
            elif target == layer and target in house.ROOMS and room(to) > room(parts[1:]):
                yield f"{path}:{number}: {'/'.join(parts[1:-1])} must not know {'/'.join(to[:-1])}"


def includes(tree):
    """A file includes its own header first, then the project's, then the system's; each sorted, each a paragraph."""
    for path in tree.files(".c", ".h", under="src/") + tree.files(".c", ".h", under="tests/"):
        runs, last, depth = [], None, 0
        for number, line in enumerate(tree.read(path).splitlines(), 1):
            if "#" not in line:
                continue
            if re.match(r"\s*#\s*if", line):
                depth += 1
            elif re.match(r"\s*#\s*endif", line):
                depth -= 1
            include = re.match(r'#include (["<])([^">]+)[">]', line)
            if not include or depth > 0:
                continue
            if last is None or number != last + 1:
                runs.append([])
            runs[-1].append((number, include.group(1), include.group(2)))
            last = number
        yield from order_of_includes(tree, path, runs)


def order_of_includes(tree, path, runs):
    own = own_header(tree, path)
    everything = [entry for run in runs for entry in run]
    if own and everything and everything[0][2] != own and any(name == own for _, _, name in everything):
        yield f'{path}:{everything[0][0]}: its own header, "{own}", comes first'
    system = False
    for number, mark, name in everything:
        if system and mark == '"':
            yield f'{path}:{number}: "{name}" comes before the system\'s headers'
        system = system or mark == "<"
    for run in runs:
        names = [name for _, _, name in run if name != own]
        if len({mark for _, mark, _ in run}) > 1:
            yield f"{path}:{run[0][0]}: a blank line stands between the project's headers and the system's"
        elif names != sorted(names):
            yield f"{path}:{run[0][0]}: these includes are not sorted"


def own_header(tree, path):
    """What a source is about: the header of its name; what a test is about: the header of what it tests."""
    test = re.match(r"tests/([a-z]+)/test-([a-z0-9-]+)\.c$", path)
    if test:
        headers = [p for p in tree.files(f"/rai-{test.group(2)}.h", under=f"src/{test.group(1)}/")]
    else:
        headers = [p for p in [re.sub(r"\.c$", ".h", path)] if path.endswith(".c") and tree.has(p)]
    return headers[0].removeprefix("src/") if headers and headers[0].startswith("src/") else None


def pairs(tree):
    """Every header of src has its source beside it (rai-x-inner.h may be an inner face of rai-x.c), every test its source,
    and every source its test, or a line of allowed-untested.txt that says why not."""
    sources = {p.removesuffix(".c") for p in tree.files(".c", under="src/")}
    for path in tree.files(".h", under="src/"):
        stem = path.removesuffix(".h")
        elsewhere = any(not inline for _, inline in house.declared(tree.read(path)))
        if elsewhere and stem not in sources and stem.rpartition("-")[0] not in sources:
            yield f"{path}: no .c of that name beside it"
    places = {(s.split("/")[1], house.base(s).removeprefix("rai-")) for s in sources if s.count("/") > 1}
    for path in tree.files(".c", under="tests/"):
        test = re.match(r"tests/([a-z]+)/test-([a-z0-9-]+)\.c$", path)
        if test and test.groups() not in places and not test.group(2).startswith("flow-"):
            yield f"{path}: no src/{test.group(1)}/**/rai-{test.group(2)}.c; a test is named after its file, or test-flow-..."
    untested, allowed = untested_sources(tree), house.allowances(tree, UNTESTED)
    yield from (problem for path, problem in untested.items() if path not in allowed)
    yield from house.check_allowances(tree, UNTESTED, untested)
    tests = {house.base(p) for p in tree.files(".c", under="tests/")}
    for path, reason in allowed.items():
        for name in re.findall(r"\btest-[a-z-]+\b", reason):
            if name not in tests:
                yield f"{UNTESTED}: {path} is tested by {name}, which is not there"


def untested_sources(tree):
    """Sources without a test file of their name -> the problem."""
    untested = {}
    for source in tree.files(".c", under="src/"):
        layer, name = source.split("/")[1], house.base(source).removeprefix("rai-")
        if name != "main" and not tree.has(f"tests/{layer}/test-{name}.c"):
            untested[source] = f"{source}: no tests/{layer}/test-{name}.c"
    return untested
