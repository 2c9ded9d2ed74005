# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything that is told in more than one place misses none of them: build lists, tables, resources, migrations."""
import functools
import os
import re

import house

COMMANDS = "src/command/rai-commands"
PAGES = "src/client/rai-pages.c"
QUERIES = "src/db/rai-queries.c"
ROUTES = "src/server/rai-routes.c"
CLIENT_RESOURCE = "data/retailai.gresource.xml"
ALERT_KINDS = "src/core/rai-alert-kind.c"
ALERT_WORDS = "src/client/model/rai-words.c"
DB_RESOURCE = "src/db/rai-db.gresource.xml"
MIGRATIONS = "src/db/sql/"
SCHEMAS = "tests/data/schema/"

# Pages that no table lists, with the reason.
OTHER_PAGES = {"rai-sign-in-page": "stands before there is anybody to show the others to"}
# Queries that no page and no program of ours asks for by name, with the reason.
SERVED_ONLY = {
    "site-months": "for programs, over HTTP and the command line's export",
    "policies": "for programs, over HTTP and the command line's export",
    "prices": "for programs, over HTTP and the command line's export",
}
# Functions that take a query's name, and where among their arguments.
ASKING = {"rai_page_load": 1, "rai_page_ask": 1, "rai_query_model_new": 1, "rai_reader_query_async": 1, "rai_reader_count_async": 1,
          "rai_query_find": 0}


def lists(tree):
    """A source, test, command, page, query, method, table row, route, .ui, icon or migration misses no line anywhere."""
    for check in (sources_are_built, tests_are_run, layers_are_everywhere, descriptors_are_listed, tables_cover_their_enum,
                  commands_are_whole, pages_are_whole, interfaces_are_whole, icons_are_whole, routes_are_served,
                  queries_are_asked, alert_kinds_are_raised, ids_are_bound, migrations_are_whole, checks_are_told, told_paths_exist):
        yield from check(tree)


def quoted(text):
    """What a meson.build names, without its comments."""
    return set(re.findall(r"'([^'\n]*)'", re.sub(r"#.*", "", text)))


def meson_of(tree, path):
    """The nearest meson.build at or above a file, and the file's path from there."""
    folder = os.path.dirname(path)
    while folder and not tree.has(folder + "/meson.build"):
        folder = os.path.dirname(folder)
    return folder + "/meson.build", path[len(folder) + 1:]


def sources_are_built(tree):
    for path in tree.files(".c", under="src/"):
        build, name = meson_of(tree, path)
        if name not in quoted(tree.read(build)):
            yield f"{path}: not in {build}"


def tests_are_run(tree):
    for path in tree.files(".c", under="tests/"):
        build, name = meson_of(tree, path)
        kind = re.match(r"(?:test|bench)-", name)
        if not kind:
            continue
        stem, names = name.removesuffix(".c"), quoted(tree.read(build))
        whole = {name, stem} & names
        joined = any(stem == start + rest or name == start + rest for start in names | {kind.group()}
                     if start.startswith(kind.group()) for rest in names)
        if not whole and not joined:
            yield f"{path}: not in {build}"


def layers_are_everywhere(tree):
    found = {p.split("/")[1] for p in tree.sources() if p.count("/") > 1}
    for layer in sorted(found | set(house.LAYERS)):
        if layer not in found:
            yield f"tests/lint/house.py: there is no src/{layer}"
            continue
        if layer not in house.LAYERS:
            yield f"src/{layer}: not in LAYERS of tests/lint/house.py"
        for file, line in (("src/meson.build", f"subdir('{layer}')"), ("tests/meson.build", f"subdir('{layer}')"),
                           ("src/README.md", f"- **{layer}/**")):
            if line not in tree.read(file):
                yield f"src/{layer}: no {line} in {file}"


@functools.lru_cache(maxsize=None)
def descriptors(text):
    """The `const Type x` of a file as (type, name, line), and its tables of pointers to such as (type, names)."""
    blank = house.code(text)
    defined = [(match.group(1), match.group(2), house.line_of(blank, match.start()))
               for match in re.finditer(r"^(?:static )?const (Rai\w+) (\w+) = \{", blank, re.M)]
    listed = [(match.group(1), re.findall(r"&(\w+)", match.group(2)))
              for match in re.finditer(r"^(?:static )?const (Rai\w+) \*const \w+\[\w*\] = \{(.*?)^\};", blank, re.M | re.S)]
    return defined, listed


def descriptors_are_listed(tree):
    """Where a type has a table of pointers, each `const Type x` is in it."""
    found = {path: descriptors(tree.read(path)) for path in tree.files(".c", under="src/")}
    tables, places = {}, {}
    for path, (_, listed) in found.items():
        for kind, names in listed:
            tables.setdefault(kind, set()).update(names)
            places.setdefault(kind, []).append(path)
    for path, (defined, _) in found.items():
        for kind, name, line in defined:
            if kind in tables and name not in tables[kind]:
                yield f"{path}:{line}: {name} is not in the table of {' or '.join(places[kind])}"


@functools.lru_cache(maxsize=None)
def enums(text):
    """The enums of a file: their constants up to the counter, if there is one."""
    found = []
    for match in re.finditer(r"\benum\b[^{};()]*\{([^{}]*)\}", house.code(text)):
        names = re.findall(r"(?:^|,)\s*([A-Z][A-Z0-9_]*)", re.sub(r"=[^,]*", "", match.group(1)))
        counters = [i for i, name in enumerate(names) if re.search(r"(?:^|_)N(?:_|$)|_LAST$", name)]
        found.append(names[:counters[0]] if counters else names)
    return found


@functools.lru_cache(maxsize=None)
def tables_by_enum(text):
    """(name, line, keys) of each table `x[] = { [KEY] = ..., }` that is more than a set of flags."""
    blank, found = house.code(text), []
    for match in re.finditer(r"(\w+)\[[\w +]*\] = \{", blank):
        last = house.closing(blank, match.end() - 1)
        rows = [row.groups() for start, end in house.split_list(blank, match.end(), last)
                if (row := re.match(r"\s*\[(\w+)\]\s*=\s*(.*)", blank[start:end], re.S))]
        if len(rows) > 1 and {value.strip() for _, value in rows} != {"true"}:
            found.append((match.group(1), house.line_of(blank, match.start()), [key for key, _ in rows]))
    return found


def tables_cover_their_enum(tree):
    """A table by enum, `[RAI_X] = ...`, has a row for each of its values but a "none"; a set of flags need not."""
    values = {name: names for path in tree.sources() for names in enums(tree.read(path)) for name in names}
    for path in tree.files(".c", under="src/"):
        for table, line, keys in tables_by_enum(tree.read(path)):
            for name in values.get(keys[0], ()):
                if name not in keys and not name.endswith("_NONE"):
                    yield f"{path}:{line}: {table} has no row for {name}"


def commands_are_whole(tree):
    """Each command is declared, has a test that calls it by its name, and nobody calls one that is not there."""
    declared = house.words_of(tree.read(COMMANDS + ".h"))
    tests = "".join(tree.read(p) for p in tree.files(".c", under="tests/"))
    names = set()
    for path in tree.files(".c", under="src/command/"):
        text = house.uncommented(tree.read(path))
        for match in re.finditer(r'^const RaiCommand (\w+) = \{\s*\.name = "([^"]+)"', text, re.M):
            where = f"{path}:{house.line_of(text, match.start())}"
            names.add(match.group(2))
            if match.group(1) not in declared:
                yield f"{where}: {match.group(1)} is not in {COMMANDS}.h"
            if f'"{match.group(2)}"' not in tests:
                yield f"{where}: no test runs {match.group(2)}"
    nouns = {name.partition(".")[0] for name in names}
    for path in tree.sources():
        for name, line in dotted(tree.read(path)):
            if name.partition(".")[0] in nouns and name not in names:
                yield f"{path}:{line}: there is no command {name}"


@functools.lru_cache(maxsize=None)
def dotted(text):
    """Literals that look like a command's name, with their lines."""
    return [(match.group(1), house.line_of(text, match.start()))
            for match in re.finditer(r'"([a-z]+\.[a-z]+)"', house.uncommented(text))]


def pages_are_whole(tree):
    table = tree.read(PAGES)
    ids = set(re.findall(r'^  \{ "([a-z-]+)"', table, re.M))
    for path in tree.files("-page.c", under="src/client/pages/"):
        name = house.base(path)
        if name not in OTHER_PAGES and name.replace("-", "_") + "_get_type" not in house.words_of(table):
            yield f"{path}: not in {PAGES}"
        if not tree.has(f"data/ui/{name}.ui"):
            yield f"{path}: no data/ui/{name}.ui"
    for path in tree.files(".c", under="src/client/"):
        for page, line in pages_gone_to(tree.read(path)):
            if page not in ids:
                yield f"{path}:{line}: there is no page {page}"


@functools.lru_cache(maxsize=None)
def pages_gone_to(text):
    """Pages that a file shows by their id, with the lines."""
    found = []
    for position, _, arguments in house.calls(text, ["rai_page_go"]):
        page = re.fullmatch(r'"([^"]*)"', arguments[1]) if len(arguments) > 1 else None
        if page:
            found.append((page.group(1), house.line_of(text, position)))
    return found


def interfaces_are_whole(tree):
    """Each .ui is packed, and the source of its name builds its template."""
    packed = set(re.findall(r">ui/([^<]+)<", tree.read(CLIENT_RESOURCE)))
    sources = {house.base(p): p for p in tree.files(".c", under="src/client/")}
    for path in tree.files(".ui", under="data/ui/"):
        name = house.base(path)
        if name + ".ui" not in packed:
            yield f"{path}: not in {CLIENT_RESOURCE}"
        if name not in sources:
            yield f"{path}: no src/client/**/{name}.c"
        elif f"/{name}.ui" not in tree.read(sources[name]):
            yield f"{sources[name]}: does not use {path}"
    for name in sorted(packed):
        if not tree.has("data/ui/" + name):
            yield f"{CLIENT_RESOURCE}: there is no data/ui/{name}"


def icons_are_whole(tree):
    """Each icon is packed and shown somewhere, and each of ours that is asked for is there."""
    resource = tree.read(CLIENT_RESOURCE)
    users = {p: tree.read(p) for p in tree.files(".c", under="src/client/") + tree.files(".ui", ".css", ".in", under="data/")}
    for path in tree.files(".svg", under="data/icons/"):
        name = house.base(path)
        if f">icons/{name}.svg<" not in resource:
            yield f"{path}: not in {CLIENT_RESOURCE}"
        if name.startswith("rai-") and not any(name in text for text in users.values()):
            yield f"{path}: nothing shows it"
    for path, text in users.items():
        for name in set(re.findall(r'[">](rai-[a-z-]+-symbolic)\b', text)):
            if not tree.has(f"data/icons/{name}.svg"):
                yield f"{path}: there is no icon {name}"


def routes_are_served(tree):
    """Each handler is in the table of routes."""
    table = house.words_of(tree.read(ROUTES))
    for path in tree.files(".h", under="src/server/handlers/"):
        for name in house.declarations(tree.read(path)):
            if name.startswith("rai_handle_") and name not in table:
                yield f"{path}: {name} is not in {ROUTES}"


def query_names(tree):
    return re.findall(r'^\s*\.name = "([^"]+)"', house.uncommented(tree.read(QUERIES)), re.M)


def queries_are_asked(tree):
    """Each query is asked for by a page or a program of ours, or SERVED_ONLY says why not; none is asked for that is not
    there."""
    names = query_names(tree)
    for name in sorted({n for n in names if names.count(n) > 1}):
        yield f"{QUERIES}: {name} stands twice"
    literals = set()
    for layer in ("client", "server", "sync"):
        for path in tree.files(".c", under=f"src/{layer}/"):
            literals |= dashed(tree.read(path))
            for asked, line in asked_queries(tree.read(path)):
                if asked not in names:
                    yield f"{path}:{line}: there is no query {asked}"
    for name in names:
        if name not in literals and name not in SERVED_ONLY:
            yield f"{QUERIES}: nobody asks for {name}"
    for name in SERVED_ONLY:
        if name in literals or name not in names:
            yield f"tests/lint/lists.py: {name} needs no line in SERVED_ONLY any more"


@functools.lru_cache(maxsize=None)
def dashed(text):
    """Literals that look like a query's name."""
    return frozenset(re.findall(r'"([a-z-]+)"', house.uncommented(text)))


@functools.lru_cache(maxsize=None)
def asked_queries(text):
    """Queries that a file asks for in so many words, with their lines."""
    found = []
    for position, function, arguments in house.calls(text, ASKING):
        asked = re.fullmatch(r'"([^"]*)"', arguments[ASKING[function]]) if len(arguments) > ASKING[function] else None
        if asked:
            found.append((asked.group(1), house.line_of(text, position)))
    return found


def alert_kinds_are_raised(tree):
    """Each kind of alert is raised by the planner and has its sentence."""
    table, words = house.uncommented(tree.read(ALERT_KINDS)), house.words_of(tree.read(ALERT_WORDS))
    raised = {word for path in tree.files(".c", under="src/planner/") for word in house.words_of(tree.read(path))}
    for kind in re.findall(r"\[(RAI_ALERT_KIND_\w+)\] = \{", table):
        if kind not in raised:
            yield f"{ALERT_KINDS}: no finder of planner/ raises {kind}"
        if kind not in words:
            yield f"{ALERT_WORDS}: no sentence for {kind}"


def ids_are_bound(tree):
    """SQL outside db/ binds the ids that core/ has an enum for, and spells none."""
    ids = set()
    for path in tree.files(".c", under="src/core/"):
        ids.update(re.findall(r'\[RAI_\w+\] = (?:\{\s*(?:\.id = )?)?"([a-z_-]+)"', house.uncommented(tree.read(path))))
    for path in tree.files(".c", under="src/"):
        if path.startswith(("src/core/", "src/db/")):
            continue
        text = house.uncommented(tree.read(path))
        for literal in re.finditer(r'"(?:\\.|[^"\\\n])*"', text):
            for name in re.findall(r"'([a-z_-]+)'", literal.group()):
                if name in ids:
                    yield f"{path}:{house.line_of(text, literal.start())}: SQL spells '{name}': bind it"


def migrations_are_whole(tree):
    """Numbered without a gap, packed, and each version but the newest is stored for the test that upgrades it."""
    resource, numbers = tree.read(DB_RESOURCE), []
    for path in tree.files(".sql", under=MIGRATIONS):
        name = os.path.basename(path)
        number = re.match(r"(\d{4})-[a-z0-9-]+\.sql$", name)
        if not number:
            yield f"{path}: migrations are named NNNN-what.sql"
            continue
        numbers.append(int(number.group(1)))
        if f">sql/{name}<" not in resource:
            yield f"{path}: not in {DB_RESOURCE}"
    if numbers != list(range(1, len(numbers) + 1)):
        yield f"{MIGRATIONS}: numbered {numbers}; 1, 2, 3, ... without a gap"
    stored = {p for p in tree.files(".sql", under=SCHEMAS)}
    wanted = {f"{SCHEMAS}{number:04d}.sql" for number in numbers[:-1]}
    for path in sorted(wanted - stored):
        yield f"{path}: missing; what this version added, for test-migration.c"
    for path in sorted(stored - wanted):
        yield f"{path}: there is no newer version"


def checks_are_told(tree):
    """Each check of tests/lint runs in the suite and stands in CONTRIBUTING.md."""
    entry, build, law = (tree.read(p) for p in ("tests/lint/lint.py", "tests/lint/meson.build", "CONTRIBUTING.md"))
    for name in re.findall(r"\b(?:placement|lists|unused|columns|translations|form)\.(\w+)", entry.partition("CHECKS")[2]):
        if f"'{name}'" not in build:
            yield f"tests/lint/meson.build: does not run {name}"
        if f"| `{name}` |" not in law:
            yield f"CONTRIBUTING.md: does not tell of {name}"


def told_paths_exist(tree):
    """What the law and the map name in `this` way is there: leading folders and the ending of a C file may be left out."""
    there = set()
    for path in tree.paths:
        parts = path.removesuffix(".c").removesuffix(".h").split("/")
        there.update("/".join(parts[first:last]) for last in range(1, len(parts) + 1) for first in range(last))
    for document in ("CONTRIBUTING.md", "README.md", "src/README.md"):
        text = re.sub(r"```.*?```", "", tree.read(document), flags=re.S)
        for name in sorted(set(re.findall(r"`([a-z][\w.-]*/[\w./-]*|rai-[a-z0-9-]+)`", text))):
            stem = re.sub(r"\.[ch]$", "", name.rstrip("/"))
            if stem not in there and not re.search(r"(?:^|[/-])(?:x|NNNN)\b", stem):
                yield f"{document}: there is no {name}"
