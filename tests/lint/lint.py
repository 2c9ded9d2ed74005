#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks of the house that no compiler makes: lint.py CHECK. Each prints what is wrong and where, and exits 1; without
a check all that there are, a line each."""
import sys

import columns
import form
import house
import lists
import placement
import translations
import unused

CHECKS = {check.__name__: check for check in (
    placement.direction, placement.includes, placement.pairs, lists.lists, unused.unused, columns.columns,
    translations.potfiles, form.sizes, form.width, form.words, form.clock, form.pointers, form.vfuncs,
    form.licence, form.style)}


def main():
    if len(sys.argv) != 2 or sys.argv[1] not in CHECKS:
        for name, check in CHECKS.items():
            print(f"{name:12}{' '.join(check.__doc__.split())}")
        sys.exit(2)
    problems = list(CHECKS[sys.argv[1]](house.Tree()))
    print(*problems, sep="\n")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
