# SPDX-License-Identifier: GPL-3.0-or-later
"""Functions that a header offers and nobody takes."""
import functools
import re

import house

ALLOWED = "tests/lint/allowed-unused.txt"


def unused(tree):
    """Every function of a header of src is used by another file of src (or by an interface file); else it goes, is
    static, or stands in allowed-unused.txt with its reason."""
    found = dict(unused_functions(tree))
    allowed = house.allowances(tree, ALLOWED)
    for name, problem in found.items():
        if name not in allowed:
            yield problem
    yield from house.check_allowances(tree, ALLOWED, found)


def unused_functions(tree):
    """(name, problem) of each function that no other file uses."""
    users, definers = {}, {}
    for path in tree.sources():
        text = tree.read(path)
        for word in words_and_autos(text):
            users.setdefault(word, set()).add(path)
        if path.endswith(".c"):
            for name, _, start, _ in house.definitions(text):
                if not house.is_static(text, start):
                    definers.setdefault(name, set()).add(path)
    closures = set()
    for path in tree.files(".ui", under="data/"):
        closures.update(re.findall(r'(?:function|handler|type-func)="(\w+)"', tree.read(path)))
    tested = set()
    for path in tree.files(".c", ".h", under="tests/"):
        tested |= house.words_of(tree.read(path))
    for path in tree.files(".h", under="src/"):
        text = tree.read(path)
        for name in house.declarations(text):
            own = definers.get(name, set()) | {path}
            if name in closures or is_boilerplate(name) or users.get(name, set()) - own:
                continue
            if any(users.get(alias, set()) - own for alias in names_that_mean(text, name)):
                continue
            line = house.line_of(text, re.search(rf"\b{name}\b", house.code(text)).start())
            if used_inside(tree, name, own):
                problem = "only its own file uses it: static" + (", but for a test" if name in tested else "")
            else:
                problem = "only a test uses it" if name in tested else "nobody uses it"
            yield name, f"{path}:{line}: {name}: {problem}"


def names_that_mean(text, name):
    """Macros of the header through which others reach the function, and the type that it cleans up."""
    blank = house.code(text)
    names = set(re.findall(rf"^[ \t]*#[ \t]*define (\w+)(?:\([^)]*\))?(?:[^\n\\]|\\\n)*\b{name}\b", blank, re.M))
    return names | {f"auto {kind}" for kind in re.findall(rf"G_DEFINE_AUTO\w*_CLEANUP_\w+ \((\w+), {name}\b", blank)}


@functools.lru_cache(maxsize=None)
def words_and_autos(text):
    """The identifiers of a file, and "auto RaiX" for each type that it has cleaned up by itself."""
    kinds = re.findall(r"\bg_auto(?:ptr|list|slist|queue)? \((\w+)\)", house.code(text))
    return house.words_of(text) | {f"auto {kind}" for kind in kinds}


def is_boilerplate(name):
    """GObject's own names, which macros write."""
    return name.endswith(("_get_type", "_quark"))


def used_inside(tree, name, paths):
    """Whether one of the files calls what it defines itself."""
    for path in paths:
        if path.endswith(".c") and len(re.findall(rf"\b{name}\b", house.code(tree.read(path)))) > 1:
            return True
    return False
