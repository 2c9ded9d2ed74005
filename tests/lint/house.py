# SPDX-License-Identifier: GPL-3.0-or-later
"""What every check reads: the checkout's files and the little of C's grammar that clang-format leaves to be guessed."""
import functools
import os
import re

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
# Bottom up; a folder includes only folders before it. src/README.md has a paragraph for each.
LAYERS = ["util", "core", "forecast", "forecaster", "inventory", "db", "command", "proto", "import", "demo", "planner",
          "sync", "server", "client"]
# Rooms of a layer, bottom up; what lies in none of them stands on top.
ROOMS = {"forecast": ["panel", "methods", "trees", "choice"]}


class Tree:
    """The files of a checkout by their path from the root. Texts are read once; `planted` makes a copy of the tree in
    memory with some files changed, which is how the checks themselves are tested."""

    def __init__(self, root=ROOT):
        self.root = root
        self.texts = {}
        self.paths = set()
        for folder, folders, names in os.walk(root):
            folders[:] = [f for f in folders if not f.startswith(("_", "."))]
            self.paths.update(os.path.relpath(os.path.join(folder, n), root) for n in names)

    def planted(self, changes):
        """changes: path -> text, or None for a file that is gone."""
        tree = Tree.__new__(Tree)
        tree.root = self.root
        tree.texts = {**self.texts, **changes}
        tree.paths = (self.paths | set(changes)) - {p for p, text in changes.items() if text is None}
        return tree

    def files(self, *endings, under=""):
        """Sorted paths with one of the endings, in a folder."""
        return sorted(p for p in self.paths if p.startswith(under) and p.endswith(endings))

    def has(self, path):
        return path in self.paths

    def read(self, path):
        if path not in self.texts:
            with open(os.path.join(self.root, path), encoding="utf-8") as file:
                self.texts[path] = file.read()
        return self.texts[path]

    def sources(self):
        """What is compiled or included below src."""
        return self.files(".c", ".h", under="src/")


def base(path):
    """"rai-x" of "src/layer/rai-x.c"."""
    return os.path.splitext(os.path.basename(path))[0]


def line_of(text, position):
    return text.count("\n", 0, position) + 1


def allowances(tree, path):
    """name -> reason of a list of exceptions: a line "name  reason" each, comments after '#'."""
    names = {}
    for line in tree.read(path).splitlines():
        name, _, reason = line.partition("  ")
        if name and not name.startswith("#"):
            names[name] = reason.strip()
    return names


def check_allowances(tree, path, needed):
    """A list of exceptions may only shrink: each has a reason and is still needed."""
    for name, reason in allowances(tree, path).items():
        if name not in needed:
            yield f"{path}: {name} needs no allowance any more; take the line out"
        elif not reason:
            yield f"{path}: {name} stands without a reason"


_COMMENT_OR_LITERAL = re.compile(r"""/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])+'""", re.S)


def _hidden(match):
    text = match.group()
    inside = re.sub(r"[^\n]", " ", text)
    return inside if text[0] == "/" else text[0] + inside[1:-1] + text[0]


@functools.lru_cache(maxsize=None)
def code(text):
    """C without comments and without what stands in quotes; every character that stays has its old position."""
    return _COMMENT_OR_LITERAL.sub(_hidden, text)


@functools.lru_cache(maxsize=None)
def uncommented(text):
    """C without comments, in the same positions."""
    return _COMMENT_OR_LITERAL.sub(lambda m: _hidden(m) if m.group()[0] == "/" else m.group(), text)


@functools.lru_cache(maxsize=None)
def words_of(text):
    """All identifiers of C code."""
    return frozenset(re.findall(r"[A-Za-z_]\w*", code(text)))


def closing(blank, opening):
    """The position of the bracket that closes the one at `opening`, in text without literals."""
    depth = 0
    for match in re.compile(r"[()\[\]{}]").finditer(blank, opening):
        depth += 1 if match.group() in "([{" else -1
        if depth == 0:
            return match.start()
    return len(blank)


def split_list(blank, first, last):
    """(start, end) of what commas divide between two positions, brackets respected."""
    parts, depth, start = [], 0, first
    for match in re.compile(r"[()\[\]{},]").finditer(blank, first, last):
        if match.group() in "([{":
            depth += 1
        elif match.group() in ")]}":
            depth -= 1
        elif depth == 0:
            parts.append((start, match.start()))
            start = match.end()
    parts.append((start, last))
    return parts


def calls(text, names):
    """(position, name, arguments as written) of each call of one of the functions; definitions too."""
    blank, shown = code(text), uncommented(text)
    if not names:
        return
    for match in re.finditer(r"\b(" + "|".join(map(re.escape, sorted(names))) + r")\s*\(", blank):
        end = closing(blank, match.end() - 1)
        yield match.start(), match.group(1), [shown[a:b].strip() for a, b in split_list(blank, match.end(), end)]


_DEFINITION = re.compile(r"^([a-z_]\w*) \(([^;{}]*?)\) ?\{$", re.M)


@functools.lru_cache(maxsize=None)
def definitions(text):
    """(name, parameters, start, end of the body) of each function; names stand in column 0, so do closing braces."""
    blank, found = code(text), []
    for match in _DEFINITION.finditer(blank):
        end = blank.find("\n}", match.end())
        parameters = [p.strip() for p in match.group(2).split(",")]
        found.append((match.group(1), parameters, match.start(), len(blank) if end < 0 else end + 2))
    return found


@functools.lru_cache(maxsize=None)
def is_static(text, start):
    """Whether the function whose name stands at `start` has internal linkage."""
    head = code(text)[:start].rstrip("\n").rpartition("\n")[2]
    return bool(re.match(r"(?:G_GNUC_\w+ )*(?:static|inline)\b", head))


@functools.lru_cache(maxsize=None)
def declared(text):
    """(name, whether it is inline) of each function that a header declares or defines."""
    blank = re.sub(r"^[ \t]*#(?:[^\n\\]|\\\n|\\.)*", "", code(text), flags=re.M)
    for _ in range(4):
        blank = re.sub(r"\{[^{}]*\}", ";", blank)
    blank = re.sub(r"^\s*G_(?:DECLARE|DEFINE)\w+ \([^()]*\)", "", blank, flags=re.M)
    found = []
    for statement in blank.split(";"):
        match = re.search(r"\b([a-z_]\w*)\s*\((?!\s*\*)", statement)
        if match and not re.match(r"\s*typedef\b", statement):
            found.append((match.group(1), bool(re.search(r"\binline\b", statement))))
    return found


def declarations(text):
    """Names of the functions that a header declares or defines."""
    return [name for name, _ in declared(text)]
