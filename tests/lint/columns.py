# SPDX-License-Identifier: GPL-3.0-or-later
"""Columns of queries that C asks for by name."""
import functools
import re

import house
import lists

# Where a column's name enters: function -> position among its arguments. From here the check follows `const char *`
# parameters upwards, so a helper that passes its parameter on is one of these too.
ASKED_BY_NAME = {"rai_rows_column": 1, "rai_rows_get_int": 2, "rai_rows_get_double": 2, "rai_rows_get_text": 2,
                 "rai_rows_get_is_null": 2, "rai_row_get_int": 1, "rai_row_get_double": 1, "rai_row_get_text": 1,
                 "rai_row_is_null": 1}
# rai_page_load (page, query, arguments, loaded): `loaded` gets the rows of that query as its second argument.
LOADS, LOADS_QUERY, LOADS_CALLBACK, CALLBACK_ROWS = "rai_page_load", 1, 3, 1
# Every page sees the stores, which the session has loaded.
ALWAYS_THERE = {"sites", "counts"}


def columns(tree):
    """A column that C asks for by name is one of a query's: of that query where the file shows which, else of any."""
    queries = columns_of_queries(tree)
    asking = follow_names(tree)
    everything = set().union(*queries.values())
    for path in tree.sources():
        text = tree.read(path)
        if not re.search(r"\brai_rows?_", text) and not asking.get(path):
            continue
        room = rooms_columns(tree, path, queries) or everything
        functions = {**asking[None], **asking.get(path, {})}
        for position, name, arguments in house.calls(text, functions):
            for column in literals(arguments, functions[name]):
                if column not in everything:
                    yield f"{path}:{house.line_of(text, position)}: no query has a column {column}"
                elif column not in room:
                    yield f"{path}:{house.line_of(text, position)}: no query that is asked for here has a column {column}"
    yield from answers(tree, queries, asking)


def columns_of_queries(tree):
    """query -> the names of its columns, from the table of queries."""
    text = house.uncommented(tree.read(lists.QUERIES))
    macros = dict(re.findall(r"^#define (\w+_COLUMNS) \\\n((?:.*\\\n)*.*)$", text, re.M))
    found = {}
    parts = re.split(r'^\s*\.name = "([^"]+)"', text, flags=re.M)
    for name, body in zip(parts[1::2], parts[2::2]):
        declared = re.search(r"\.columns = COLUMNS \((.*?)\),\n\s*\.", body, re.S)
        written = re.sub(r"\b\w+_COLUMNS\b", lambda m: macros.get(m.group(), ""), declared.group(1) if declared else "")
        found[name] = set(re.findall(r'(?:\{ |RESULT \(|COST \()"([^"]+)", [A-Z]', written))
    return found


def follow_names(tree):
    """file -> {function -> position of the column's name}; None: those that all files see."""
    asking = {None: dict(ASKED_BY_NAME)}
    texts = [(p, tree.read(p)) for p in tree.files(".c", under="src/") if re.search(r"\bRaiRows?\b|\bRaiDashboard", tree.read(p))]
    grown = True
    while grown:
        grown = False
        for path, text in texts:
            known = {**asking[None], **asking.get(path, {})}
            called = [(position, known[name], arguments) for position, name, arguments in house.calls(text, known)]
            for name, parameters, start, end in house.definitions(text):
                texts_of = {m.group(1): i for i, p in enumerate(parameters) if (m := re.fullmatch(r"const char \*(\w+)", p))}
                if name in known or not texts_of:
                    continue
                for position, at, arguments in called:
                    if start < position < end and len(arguments) > at and arguments[at] in texts_of:
                        scope = path if house.is_static(text, start) else None
                        asking.setdefault(scope, {})[name] = texts_of[arguments[at]]
                        grown = True
                        break
    return asking


def literals(arguments, at):
    """The names at a position: a literal, or the two of a condition."""
    asked = arguments[at] if len(arguments) > at else ""
    if re.fullmatch(r'"[^"]*"|[^"]*\?\s*"[^"]*"\s*:\s*"[^"]*"', asked):
        return re.findall(r'"([^"]*)"', asked)
    return []


def rooms_columns(tree, path, queries):
    """The columns of the queries that a page's files ask for; empty when they ask for none: rows come from elsewhere."""
    room = re.match(r"(src/client/pages/rai-[a-z]+)", path)
    if not room:
        return set()
    named = set()
    for file in tree.files(".c", under=room.group(1)):
        named |= lists.dashed(tree.read(file)) & set(queries)
    return set().union(*(queries[name] for name in named | ALWAYS_THERE)) if named else set()


@functools.lru_cache(maxsize=None)
def bodies(text):
    """function -> (names of its parameters, start, end)."""
    return {name: ([re.search(r"(\w*)(?:\[\w*\])?$", p).group(1) for p in parameters], start, end)
            for name, parameters, start, end in house.definitions(text)}


def slots(tree):
    """A place of the dashboard's answers -> its query, from the table `[SLOT] = { "query", ... }`."""
    found = {}
    for path in tree.files(".c", under="src/client/pages/"):
        found.update(re.findall(r'\[(RAI_\w+)\] = \{\s*"([a-z-]+)"', house.uncommented(tree.read(path))))
    return found


def answers(tree, queries, asking):
    """Where the file shows which query rows come from, their columns are that query's. Rows are followed from there through
    variables and through parameters of functions."""
    texts = {p: tree.read(p) for p in tree.files(".c", under="src/client/")}
    slot = {place: query for place, query in slots(tree).items() if query in queries}
    public = {name: path for path, text in texts.items() for name, (_, start, _) in bodies(text).items()
              if not house.is_static(text, start)}

    def called(path):
        """(position, function it stands in, function that is called, arguments) of what may take rows."""
        return calls_inside(texts[path], frozenset({*bodies(texts[path]), *public, *asking[None], *asking.get(path, ())}))

    known = origins(texts, queries, slot)
    follow_rows(texts, public, known, called)
    for (path, function, rows), of in known.items():
        functions = {**asking[None], **asking.get(path, {})}
        for position, inside, name, arguments in called(path):
            if inside == function and name in functions and rows in arguments:
                yield from missing(path, texts[path], position, literals(arguments, functions[name]), of, queries)
    for path, text in texts.items() if slot else ():
        functions = {**asking[None], **asking.get(path, {})}
        for position, _, name, arguments in calls_inside(text, frozenset(functions)) if "RAI_" in text else ():
            places = {slot[m] for argument in arguments for m in re.findall(r"^(?:.*\[)?(RAI_\w+)\]?$", argument) if m in slot}
            if places:
                yield from missing(path, text, position, literals(arguments, functions[name]), places, queries)


def origins(texts, queries, slot):
    """(file, function, variable) -> the queries whose rows it holds: the second argument of a rai_page_load's callback, and
    what is read from a slot of the dashboard's."""
    known = {}
    for path, text in texts.items():
        functions = bodies(text)
        for _, _, arguments in house.calls(text, [LOADS]):
            query = arguments[LOADS_QUERY].strip('"') if len(arguments) > LOADS_CALLBACK else None
            if query in queries and arguments[LOADS_CALLBACK] in functions:
                names = functions[arguments[LOADS_CALLBACK]][0]
                known.setdefault((path, arguments[LOADS_CALLBACK], names[CALLBACK_ROWS]), set()).add(query)
        for name, (_, start, end) in functions.items() if slot else ():
            for variable, place in re.findall(r"\b(\w+) = [\w>.-]*\[(RAI_\w+)\];", house.code(text)[start:end]):
                if place in slot:
                    known.setdefault((path, name, variable), set()).add(slot[place])
    return known


@functools.lru_cache(maxsize=None)
def calls_inside(text, names):
    found, functions = [], bodies(text)
    for position, name, arguments in house.calls(text, names):
        for inside, (_, start, end) in functions.items():
            if start < position < end:
                found.append((position, inside, name, arguments))
                break
    return found


def follow_rows(texts, public, known, called):
    """Adds to `known` the variables and parameters that rows go on to."""
    waiting = list(known)
    while waiting:
        path, function, rows = key = waiting.pop()
        text = texts[path]
        functions = bodies(text)
        _, start, end = functions[function]
        further = [(path, function, other) for other in
                   re.findall(rf"\b(\w+) = (?:rai_rows_ref \(|rai_row_new \()?{rows}\b(?:[,)][^;]*)?;", house.code(text)[start:end])]
        for _, inside, name, arguments in called(path):
            if inside == function and rows in arguments:
                home = path if name in functions else public.get(name)
                parameters = bodies(texts[home])[name][0] if home else []
                if len(parameters) > arguments.index(rows):
                    further.append((home, name, parameters[arguments.index(rows)]))
        for found in further:
            if not known.get(found, set()) >= known[key]:
                known.setdefault(found, set()).update(known[key])
                waiting.append(found)


def missing(path, text, position, names, of, queries):
    for column in names:
        if not any(column in queries[query] for query in of):
            yield f"{path}:{house.line_of(text, position)}: {' or '.join(sorted(of))} has no column {column}"
