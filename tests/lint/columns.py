# SPDX-License-Identifier: GPL-3.0-or-later
"""Columns of queries that C asks for by name."""
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
        yield from answers(path, text, queries, functions)


def columns_of_queries(tree):
    """query -> the names of its columns, from the table of queries."""
    text = house.uncommented(tree.read(lists.QUERIES))
    macros = dict(re.findall(r"^#define (\w+_COLUMNS) \\\n((?:.*\\\n)*.*)$", text, re.M))
    found = {}
    parts = re.split(r'^\s*\.name = "([^"]+)"', text, flags=re.M)
    for name, body in zip(parts[1::2], parts[2::2]):
        declared = re.search(r"\.columns = COLUMNS \((.*?)\),\n", body, re.S)
        written = re.sub(r"\b\w+_COLUMNS\b", lambda m: macros.get(m.group(), ""), declared.group(1) if declared else "")
        found[name] = set(re.findall(r'\{ "([^"]+)", RAI_VALUE_', written))
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


def answers(path, text, queries, functions):
    """What the callback of a rai_page_load asks of its rows, itself or through functions of its file, is in that query."""
    bodies = {name: (parameters, start, end) for name, parameters, start, end in house.definitions(text)}
    loaded = {}
    for _, _, arguments in house.calls(text, [LOADS]):
        query = arguments[LOADS_QUERY].strip('"') if len(arguments) > LOADS_CALLBACK else None
        if query in queries and arguments[LOADS_CALLBACK] in bodies:
            loaded.setdefault(arguments[LOADS_CALLBACK], set()).add(query)
    inside = [(p, n, a) for p, n, a in house.calls(text, set(functions) | set(bodies))]
    for callback, asked in loaded.items():
        seen, waiting = set(), [(callback, CALLBACK_ROWS)]
        while waiting:
            function, at = waiting.pop()
            parameters, start, end = bodies[function]
            rows = re.search(r"(\w+)$", parameters[at]) if len(parameters) > at else None
            if (function, at) in seen or rows is None:
                continue
            seen.add((function, at))
            for position, name, arguments in inside:
                if not start < position < end or rows.group(1) not in arguments:
                    continue
                if name in functions:
                    for column in literals(arguments, functions[name]):
                        if not any(column in queries[query] for query in asked):
                            where = f"{path}:{house.line_of(text, position)}"
                            yield f"{where}: {' or '.join(sorted(asked))} has no column {column}"
                if name in bodies and name not in functions:
                    waiting.append((name, arguments.index(rows.group(1))))
