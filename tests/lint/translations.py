# SPDX-License-Identifier: GPL-3.0-or-later
"""What translators get to see."""
import re

import house

POTFILES = "po/POTFILES"
MARKED_IN_C = re.compile(r"\b(?:_|N_|C_|NC_|Q_|n?gettext|d[np]?gettext|g_dgettext|g_dpgettext2?)\s*\(")
MARKED_IN_UI = re.compile(r'\btranslatable="(?:yes|true|1)"')


def potfiles(tree):
    """po/POTFILES lists every file with words for people, and no other."""
    listed = [line.strip() for line in tree.read(POTFILES).splitlines() if line.strip() and not line.startswith("#")]
    for path in sorted(set(listed)):
        if listed.count(path) > 1:
            yield f"{POTFILES}: {path} stands twice"
        if not tree.has(path):
            yield f"{POTFILES}: {path} is gone"
        elif not has_words(tree, path):
            yield f"{POTFILES}: {path} has no words to translate"
    for path in tree.sources() + tree.files(".ui", ".desktop.in", ".metainfo.xml.in", under="data/"):
        if path not in listed and has_words(tree, path):
            yield f"{path}: has words to translate and is not in {POTFILES}"


def has_words(tree, path):
    text = tree.read(path)
    if path.endswith((".c", ".h")):
        return any(not is_macro(line) for line in house.code(text).splitlines() if MARKED_IN_C.search(line))
    if path.endswith(".ui"):
        return bool(MARKED_IN_UI.search(text))
    return path.endswith((".desktop.in", ".metainfo.xml.in"))


def is_macro(line):
    """The definition of a mark is not a text."""
    return bool(re.match(r"\s*#\s*define", line))
