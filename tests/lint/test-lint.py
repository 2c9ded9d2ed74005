#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plants faults into a copy of the tree in memory, one at a time, and sees each named by its check, and by nothing that
stood there before. `style` is clang-format's own and not tested here."""
import sys

import house
import lint

C = "/* SPDX-License-Identifier: GPL-3.0-or-later */\n"
WIDGET = "src/client/widgets/rai-chip"


class Faults:
    """Each method plants: path -> new text (None: the file goes)."""

    def __init__(self, tree):
        self.tree = tree

    def add(self, path, text):
        return {path: (self.tree.read(path) if self.tree.has(path) else C) + text}

    def swap(self, path, old, new):
        text = self.tree.read(path)
        if old not in text:
            sys.exit(f"test-lint: {path} does not hold {old!r} any more: plant another fault")
        return {path: text.replace(old, new, 1)}

    def without_line(self, path, part):
        lines = self.tree.read(path).splitlines(keepends=True)
        if not any(part in line for line in lines):
            sys.exit(f"test-lint: {path} has no line with {part!r} any more: plant another fault")
        return {path: "".join(line for line in lines if part not in line)}


def faults(tree):
    """(check, what is planted, words of the problem that must be named)."""
    f = Faults(tree)
    return [
        ("direction", f.add("src/util/rai-day.c", '#include "db/rai-db.h"\n'), "util must not know db"),
        ("direction", f.add("src/client/main.c", '#include "server/rai-log.h"\n'), "client must not know server"),
        ("direction", f.add("src/util/rai-day.c", '#include "rai-uuid.h"\n'), "without its folder"),
        ("direction", f.add("src/forecast/methods/rai-ets.c", '#include "forecast/choice/rai-blend.h"\n'),
         "forecast/methods must not know forecast/choice"),
        ("includes", f.swap("src/util/rai-day.c", '#include "util/rai-day.h"\n', '#include "util/rai-csv.h"\n#include "util/rai-day.h"\n'),
         "comes first"),
        ("includes", f.add("src/util/rai-day.c", "#include <string.h>\n#include <math.h>\n"), "not sorted"),
        ("includes", f.add("src/util/rai-day.c", "#include <math.h>\n\n#include \"util/rai-csv.h\"\n"), "before the system's"),
        ("includes", f.swap("tests/util/test-day.c", '#include "util/rai-day.h"', '#include "util/rai-csv.h"\n#include "util/rai-day.h"'),
         'its own header, "util/rai-day.h", comes first'),
        ("pairs", f.add("src/util/rai-lonely.h", "void rai_lonely (void);\n"), "rai-lonely.h: no .c"),
        ("pairs", f.add("src/util/rai-untested.c", ""), "no tests/util/test-untested.c"),
        ("pairs", f.add("tests/util/test-nothing.c", ""), "no src/util/**/rai-nothing.c"),
        ("pairs", f.add("tests/lint/allowed-untested.txt", "src/util/rai-day.c  too short\n"), "needs no allowance"),
        ("pairs", f.add("tests/lint/allowed-untested.txt", "src/util/rai-gone.c  gone\n"), "rai-gone.c needs no allowance"),
        ("unused", f.swap("src/util/rai-uuid.h", "#pragma once\n", "#pragma once\nvoid rai_uuid_in_vain (void);\n"),
         "rai_uuid_in_vain: nobody uses it"),
        ("unused", {**f.swap("src/util/rai-uuid.h", "#pragma once\n", "#pragma once\nint rai_uuid_own (void);\n"),
                    **f.add("src/util/rai-uuid.c", "int\nrai_uuid_own (void) {\n  return rai_uuid_own ();\n}\n")},
         "rai_uuid_own: only its own file uses it: static"),
        ("unused", f.add("tests/lint/allowed-unused.txt", "rai_day_format  everybody does\n"), "needs no allowance"),
        ("lists", f.add("src/util/rai-unbuilt.c", ""), "rai-unbuilt.c: not in src/util/meson.build"),
        ("lists", f.add("tests/util/test-unrun.c", ""), "test-unrun.c: not in tests/util/meson.build"),
        ("lists", f.add("src/attic/rai-old.c", ""), "src/attic: not in LAYERS"),
        ("lists", f.without_line("src/README.md", "- **demo/**"), "src/demo: no - **demo/**"),
        ("lists", f.without_line("src/command/rai-commands.c", "&rai_command_item_edit,"), "rai_command_item_edit is not in the table"),
        ("lists", f.without_line("src/command/rai-commands.h", "rai_command_item_edit;"), "is not in src/command/rai-commands.h"),
        ("lists", f.swap("src/command/rai-command-item.c", '"item.edit"', '"item.alter"'), "no test runs item.alter"),
        ("lists", f.add(WIDGET + ".c", 'static const char *name = "order.forget";\n'), "there is no command order.forget"),
        ("lists", f.add("src/server/rai-cli-attic.c", "const RaiCliCommand rai_cli_attic = {\n};\n"), "rai_cli_attic is not in the table"),
        ("lists", f.add("src/forecast/methods/rai-attic.c", "const RaiForecaster rai_attic = {\n};\n"), "rai_attic is not in the table"),
        ("lists", f.add(WIDGET + ".h", "typedef enum { RAI_CHIP_RED, RAI_CHIP_BLUE, RAI_CHIP_GREEN, RAI_CHIP_N_COLOURS } RaiChipColour;\n")
         | f.add(WIDGET + ".c", 'static const char *const colours[] = {\n  [RAI_CHIP_RED] = "r",\n  [RAI_CHIP_BLUE] = "b",\n};\n'),
         "colours has no row for RAI_CHIP_GREEN"),
        ("lists", f.add("src/client/pages/rai-attic-page.c", ""), "rai-attic-page.c: not in src/client/rai-pages.c"),
        ("lists", f.add("src/client/pages/rai-attic-page.c", ""), "no data/ui/rai-attic-page.ui"),
        ("lists", f.add("data/ui/rai-attic-row.ui", ""), "rai-attic-row.ui: not in data/retailai.gresource.xml"),
        ("lists", f.without_line("data/retailai.gresource.xml", "ui/rai-orders-page.ui"), "rai-orders-page.ui: not in"),
        ("lists", f.add(WIDGET + ".c", 'static void\ngo (RaiPage *page) {\n  rai_page_go (page, "attic", NULL);\n}\n'), "there is no page attic"),
        ("lists", f.add("data/icons/rai-attic-symbolic.svg", ""), "rai-attic-symbolic.svg: not in"),
        ("lists", f.add(WIDGET + ".c", 'const char *icon = "rai-cellar-symbolic";\n'), "there is no icon rai-cellar-symbolic"),
        ("lists", f.add("src/server/handlers/rai-handlers-job.h", "void rai_handle_attic (RaiRequest *request);\n"), "rai_handle_attic is not in"),
        ("lists", f.swap("src/db/rai-queries.c", '.name = "heat"', '.name = "cold"'), "nobody asks for cold"),
        ("lists", f.swap("src/db/rai-queries.c", '.name = "departments"', '.name = "aisles"'), "there is no query departments"),
        ("lists", f.add("src/db/sql/0099-gap.sql", ""), "without a gap"),
        ("lists", f.without_line("src/db/rai-db.gresource.xml", "0002-"), "not in src/db/rai-db.gresource.xml"),
        ("lists", {"tests/data/schema/0001.sql": None}, "tests/data/schema/0001.sql: missing"),
        ("lists", f.without_line("CONTRIBUTING.md", "| `potfiles` |"), "does not tell of potfiles"),
        ("lists", f.add("CONTRIBUTING.md", "See `core/rai-attic.c`.\n"), "CONTRIBUTING.md: there is no core/rai-attic.c"),
        ("lists", f.add("src/README.md", "See `rai-attic`.\n"), "src/README.md: there is no rai-attic"),
        ("lists", f.add("README.md", "See `tests/attic/run`.\n"), "README.md: there is no tests/attic/run"),
        ("lists", f.swap("src/planner/rai-alert-finder.c", "RAI_ALERT_KIND_OVERSTOCK", "RAI_ALERT_KIND_STOCK_OUT"),
         "no finder of planner/ raises RAI_ALERT_KIND_OVERSTOCK"),
        ("lists", f.swap("src/core/rai-alert-kind.c", "  [RAI_ALERT_KIND_JOB_FAILED] = {", '  [RAI_ALERT_KIND_ATTIC] = {\n    .id = "attic",\n  },\n  [RAI_ALERT_KIND_JOB_FAILED] = {'),
         "no finder of planner/ raises RAI_ALERT_KIND_ATTIC"),
        ("lists", f.without_line("src/client/model/rai-words.c", "case RAI_ALERT_KIND_OVERSTOCK:"), "no sentence for RAI_ALERT_KIND_OVERSTOCK"),
        ("lists", f.add("src/planner/rai-drift.c", "static const char sql[] = \"DELETE FROM alert WHERE state = 'resolved'\";\n"),
         "SQL spells 'resolved': bind it"),
        ("columns", f.add(WIDGET + ".c", 'static int64_t\nf (RaiRow *row) {\n  return rai_row_get_int (row, "wpae");\n}\n'), "no query has a column wpae"),
        ("columns", f.add(WIDGET + ".c", 'static int64_t\nf (RaiRow *row, const char *name) {\n  return rai_row_get_int (row, name);\n}\n'
                          'static int64_t\ng (RaiRow *row) {\n  return f (row, "wpae");\n}\n'), "no query has a column wpae"),
        ("columns", f.add("src/client/pages/rai-alerts-page.c", 'static int64_t\nf (RaiRow *row) {\n  return rai_row_get_int (row, "wape");\n}\n'),
         "no query that is asked for here has a column wape"),
        ("columns", f.add("src/client/pages/rai-orders-page.c",
                          'static void\ncame (RaiPage *page, RaiRows *rows) {\n  rai_rows_get_int (rows, 0, "part_safety");\n}\n'
                          'static void\nload (RaiPage *page) {\n  rai_page_load (page, "orders", NULL, came);\n}\n'),
         "orders has no column part_safety"),
        ("columns", f.add("src/client/pages/rai-orders-page.c",
                          'static const Row answers_of[] = {\n  [RAI_ATTIC] = { "orders", 1 },\n  [RAI_CELLAR] = { "order-lines", 1 },\n};\n'
                          'static void\ntell (const RaiRows *rows) {\n  rai_rows_get_int (rows, 0, "part_safety");\n}\n'
                          'static void\nshow (Data *data) {\n  RaiRows *all = data->rows[RAI_ATTIC];\n  tell (all);\n}\n'),
         "orders has no column part_safety"),
        ("potfiles", f.add(WIDGET + ".c", 'const char *word = N_ ("Attic");\n'), "rai-chip.c: has words to translate"),
        ("potfiles", f.add("po/POTFILES", "src/util/rai-day.c\n"), "rai-day.c has no words"),
        ("potfiles", f.add("po/POTFILES", "src/util/rai-gone.c\n"), "rai-gone.c is gone"),
        ("potfiles", f.without_line("po/POTFILES", "data/ui/rai-window.ui"), "rai-window.ui: has words"),
        ("sizes", f.add("src/util/rai-uuid.c", "\n" * 800), "more than 800"),
        ("sizes", f.add("src/util/rai-uuid.c", "void\nrai_long (void) {\n" + "  x ();\n" * 80 + "}\n"), "rai_long has 82 lines"),
        ("width", f.add("src/util/rai-uuid.c", "int " + "x" * 100 + ";\n"), "105 columns"),
        ("words", f.add("src/util/rai-uuid.c", "/* TO" "DO */\n"), "left open"),
        ("words", f.add("src/util/rai-uuid.c", "gint x;\n"), "plain C types"),
        ("clock", f.add("src/util/rai-uuid.c", "static int64_t\nf (void) {\n  return g_get_real_time ();\n}\n"), "the time is rai_now_ms"),
        ("pointers", f.add("src/util/rai-uuid.c", "static int\nf (const char *x) {\n  return !x;\n}\n"), "!x: compare a pointer"),
        ("pointers", f.add("src/util/rai-uuid.c", "static void\nf (void) {\n  char *x = NULL;\n  if (x)\n    f ();\n}\n"), "if (x): compare"),
        ("pointers", f.add("tests/util/test-uuid.c", "static int\nf (const char *x) {\n  return !x;\n}\n"), "!x: compare a pointer"),
        ("vfuncs", f.swap("src/client/widgets/rai-tile.c", "= rai_tile_get_property;", "= get_property;"), "get_property is get_property: name it rai_tile_"),
        ("vfuncs", f.add("tests/util/test-uuid.c", "static void\nlist_init (GListModelInterface *iface) {\n  iface->get_item =\n      item_at;\n}\n"),
         "get_item is item_at: name it rai_"),
        ("licence", {"src/util/rai-bare.c": "int x;\n"}, "rai-bare.c: no SPDX"),
    ]


def main():
    tree = house.Tree()
    planted, before, failed = faults(tree), {}, 0
    for check, changes, words in planted:
        run = lint.CHECKS[check]
        if check not in before:
            before[check] = set(run(tree))
        named = [problem for problem in run(tree.planted(changes)) if problem not in before[check]]
        if not any(words in problem for problem in named):
            failed += 1
            print(f"{check}: {', '.join(changes)}: not named: {words}", *named[:5], sep="\n  ")
    untried = set(lint.CHECKS) - {check for check, _, _ in planted} - {"style"}
    print(*(f"{check}: no fault is planted for it" for check in sorted(untried)), sep="\n", end="" if not untried else "\n")
    print(f"{len(planted)} faults planted, {failed} not named")
    sys.exit(1 if failed or untried else 0)


if __name__ == "__main__":
    main()
