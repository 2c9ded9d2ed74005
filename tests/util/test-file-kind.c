/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "util/rai-file-kind.h"

#include <glib.h>
#include <string.h>

static void
check (const char *bytes, size_t n, const char *part) {
  const char *fault = rai_file_kind_fault (bytes, n);
  if (part == NULL)
    g_assert_null (fault);
  else
    g_assert_nonnull (fault != NULL ? strstr (fault, part) : NULL);
}

static void
test_kinds (void) {
  check ("site,item\n", 10, NULL);
  check ("", 0, NULL);
  check ("PK,item\n", 8, NULL);
  check ("PK\003\004....[Content_Types].xml", 27, "Excel workbook: save it as CSV");
  check ("PK\003\004....docProps/app.xml...xl/workbook.xml", 42, "Excel workbook");
  check ("PK\003\004....sales.csv", 17, "ZIP archive: unpack it");
  check ("PK\003\004....mimetypeapplication/vnd.oasis.opendocument.spreadsheet", 62, "LibreOffice");
  check ("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8, "Excel workbook");
  check ("\xff\xd8\xff\xe0", 4, "an image");
  check ("\x89PNG\r\n\x1a\n", 8, "an image");
  check ("....ftypheic", 12, "an image");
  check ("%PDF-1.7", 8, "PDF");
  check ("<html>", 6, "web page");
  /* Cut short it may be anything. */
  check ("\x89PNG", 4, NULL);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/file-kind/kinds", test_kinds);
  return g_test_run ();
}
