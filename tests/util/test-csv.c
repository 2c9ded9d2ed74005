/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "util/rai-csv.h"

#include <stdlib.h>
#include <string.h>

static RaiCsv *
open_text (const char *text, ssize_t length, char delimiter) {
  size_t size = length < 0 ? strlen (text) : (size_t) length;
  g_autoptr (GInputStream) stream =
      g_memory_input_stream_new_from_data (g_memdup2 (text, size), (gssize) size, g_free);
  return rai_csv_new (stream, delimiter);
}

/* Every record as "field|field" with its line in front, joined by '/'. */
static char *
read_all (const char *text, ssize_t length, char delimiter) {
  g_autoptr (RaiCsv) csv = open_text (text, length, delimiter);
  g_autoptr (GError) error = NULL;

  GString *all = g_string_new ("");
  const RaiCsvField *fields;
  size_t n;

  while (rai_csv_next (csv, &fields, &n, &error)) {
    g_string_append_printf (all, "%s%" G_GUINT64_FORMAT ":", all->len > 0 ? "/" : "",
                            rai_csv_line (csv));
    for (size_t i = 0; i < n; i++) {
      g_assert_cmpuint (strlen (fields[i].text), ==, fields[i].length);
      g_string_append_printf (all, "%s%s", i > 0 ? "|" : "", fields[i].text);
    }
  }

  if (error != NULL)
    g_string_append_printf (all, " error %s", error->message);
  return g_string_free (all, FALSE);
}

static void
check (const char *text, const char *expected) {
  g_autofree char *all = read_all (text, -1, 0);
  g_assert_cmpstr (all, ==, expected);
}

static void
test_records (void) {
  check ("", "");
  check ("\n\n", "");
  check ("a,b\n1,2\n", "1:a|b/2:1|2");
  check ("a,b\r\n1,2\r\n\r\n3,4", "1:a|b/2:1|2/4:3|4");
  check ("a,b\n1,\n,2\n,\n", "1:a|b/2:1|/3:|2/4:|");
}

static void
test_quotes (void) {
  check ("a,b\n\"x, y\",2\n", "1:a|b/2:x, y|2");
  check ("a,b\n\"say \"\"hi\"\"\",2\n", "1:a|b/2:say \"hi\"|2");
  check ("a,b\n\"two\nlines\",2\n3,4\n", "1:a|b/2:two\nlines|2/4:3|4");
  check ("a,b\n\"\",\"\"\n", "1:a|b/2:|");
  check ("a,b\n1,\"\"\"\"\n", "1:a|b/2:1|\"");
}

/* A quotation mark inside a field is text: it must not swallow the lines behind it. */
static void
test_stray_quotes (void) {
  check ("a,b\n5\" pipe,2\n3,4\n", "1:a|b/2:5\" pipe|2/3:3|4");
  check ("a,b\n\"x\"y,2\n3,4\n", "1:a|b/2:xy|2/3:3|4");
  check ("a,b\n\"x\" \"y,2\n3,4\n", "1:a|b/2:x \"y|2/3:3|4");
}

static void
test_open_quote (void) {
  g_autofree char *all = read_all ("a,b\n1,2\n\"x,3\n4,5\n", -1, 0);
  g_assert_cmpstr (all, ==,
                   "1:a|b/2:1|2 error line 3: a quotation mark is opened and never closed");
}

static void
test_skip_line (void) {
  g_autoptr (RaiCsv) csv = open_text ("a,b\n\"x,3\n4,5\n", -1, 0);
  const RaiCsvField *fields;
  size_t n;

  g_autoptr (GError) error = NULL;
  g_assert_true (rai_csv_next (csv, &fields, &n, &error));
  g_assert_false (rai_csv_next (csv, &fields, &n, &error));
  g_assert_error (error, RAI_CSV_ERROR, RAI_CSV_ERROR_QUOTE);
  g_clear_error (&error);
  g_assert_true (rai_csv_skip_line (csv));
  g_assert_cmpuint (rai_csv_line (csv), ==, 2);
  g_assert_true (rai_csv_next (csv, &fields, &n, &error));
  g_assert_cmpstr (fields[0].text, ==, "4");
  g_assert_cmpuint (rai_csv_line (csv), ==, 3);
  g_assert_false (rai_csv_next (csv, &fields, &n, &error));
  g_assert_no_error (error);
  g_assert_false (rai_csv_skip_line (csv));
}

static void
test_delimiters (void) {
  check ("a;b\n1,5;2\n", "1:a|b/2:1,5|2");
  check ("a\tb\n1\t2\n", "1:a|b/2:1|2");
  check ("a|b,c|d\n1|2|3\n", "1:a|b,c|d/2:1|2|3");
  check ("\"a;b;c\",d\n1,2\n", "1:a;b;c|d/2:1|2");
  g_autofree char *given = read_all ("a;b,c;d\n", -1, ',');
  g_assert_cmpstr (given, ==, "1:a;b|c;d");
}

static void
test_encodings (void) {
  check ("\xef\xbb\xbf"
         "a,b\nä,2\n",
         "1:a|b/2:ä|2");
  check ("a,b\ncaf\xe9,\x80 2\n", "1:a|b/2:café|€ 2");

  static const char little[] = "\xff\xfe"
                               "a\0,\0b\0\n\0\xe4\0,\0002\0\n\0";
  g_autofree char *from_little = read_all (little, sizeof little - 1, 0);

  g_assert_cmpstr (from_little, ==, "1:a|b/2:ä|2");
  static const char big[] = "\xfe\xff\0a\0,\0b\0\n\0\xe4\0,\0002\0\n";
  g_autofree char *from_big = read_all (big, sizeof big - 1, 0);

  g_assert_cmpstr (from_big, ==, "1:a|b/2:ä|2");
}

/* Shapes of other systems and programs. */
static void
test_shapes (void) {
  check ("a,b\r1,2\r3,\"x\ny\"\r", "1:a|b/2:1|2/3:3|x\ny");
  check ("sep=;\r\na;b\r\n1,5;2\r\n", "2:a|b/3:1,5|2");
  check ("\"sep=|\"\na|b\n", "2:a|b");
  check ("sep=\t\ra\tb\r", "2:a|b");
  check ("sep=a title\na,b\n", "1:sep=a title/2:a|b");
  /* Titles do not hide what parts the columns. */
  check ("Sales, net, of shop 1\n\na;b\n1,5;2\n1,5;3\n",
         "1:Sales, net, of shop 1/3:a|b/4:1,5|2/5:1,5|3");

  static const char little[] = "a\0,\0b\0\n\0001\0,\0=\xd8\x00\xde\n\0";
  g_autofree char *from_little = read_all (little, sizeof little - 1, 0);
  g_assert_cmpstr (from_little, ==, "1:a|b/2:1|\U0001f600");
  static const char big[] = "\0a\0,\0b\0\n\0001\0,\xd8=\0x\0\n";
  g_autofree char *from_big = read_all (big, sizeof big - 1, 0);
  g_assert_cmpstr (from_big, ==, "1:a|b/2:1|\ufffdx");
}

static void
test_large_utf16 (void) {
  g_autoptr (GString) text = g_string_new_len ("\xff\xfe"
                                               "a\0,\0b\0\n\0",
                                               10);
  for (int i = 0; i < 100000; i++)
    g_string_append_len (text, "\xe4\0,\0\xac \n\0", 8);

  g_autofree char *all = read_all (text->str, (ssize_t) text->len, 0);
  g_assert_true (g_str_has_suffix (all, "/100000:ä|€/100001:ä|€"));
}

static void
test_wanted_encoding (void) {
  const RaiCsvField *fields;
  size_t n;
  g_autoptr (RaiCsv) dos = open_text ("caf\x82,\x9c\n", -1, 0);
  g_assert_true (rai_csv_set_encoding (dos, "cp850"));
  g_assert_true (rai_csv_next (dos, &fields, &n, NULL));
  g_assert_cmpstr (fields[0].text, ==, "café");
  g_assert_cmpstr (rai_csv_encoding (dos), ==, "CP850");

  g_autoptr (RaiCsv) none = open_text ("a\n", -1, 0);
  g_assert_false (rai_csv_set_encoding (none, "no-such-set"));
  g_assert_false (rai_csv_set_encoding (none, "UTF-32LE"));
  g_autoptr (RaiCsv) found = open_text ("caf\xe9\n", -1, 0);
  g_assert_true (rai_csv_next (found, &fields, &n, NULL));
  g_assert_cmpstr (rai_csv_encoding (found), ==, "Windows-1252");
}

/* What can be looked at without reading more. */
static void
test_at_hand (void) {
  g_autoptr (GString) text = g_string_new ("a,b\n");
  for (int i = 0; i < 100000; i++)
    g_string_append (text, "one,two\n");
  g_autoptr (RaiCsv) csv = open_text (text->str, (ssize_t) text->len, 0);
  const RaiCsvField *fields;
  size_t n, read = 0;

  g_assert_true (rai_csv_next (csv, &fields, &n, NULL));
  while (rai_csv_is_at_hand (csv) && rai_csv_next (csv, &fields, &n, NULL))
    read++;
  g_assert_cmpuint (read, >, 30000);
  g_assert_cmpuint (rai_csv_bytes (csv), <=, 256 * 1024);
  while (rai_csv_next (csv, &fields, &n, NULL))
    read++;
  g_assert_cmpuint (read, ==, 100000);
}

static void
test_binary (void) {
  g_autofree char *nul = read_all ("a,b\n1\0,2\n", 9, 0);
  g_assert_nonnull (strstr (nul, "line 2: holds NUL bytes"));
  g_autofree char *zip = read_all ("PK\003\004rest", -1, 0);
  g_assert_nonnull (strstr (zip, "ZIP archive"));
}

static void
test_decoded_count (void) {
  g_autoptr (RaiCsv) csv = open_text ("a,b\n\xe9,\xe8\n", -1, 0);
  const RaiCsvField *fields;
  size_t n;
  while (rai_csv_next (csv, &fields, &n, NULL))
    ;
  g_assert_cmpuint (rai_csv_n_decoded (csv), ==, 2);
}

/* Records that straddle the buffer's end, and more text than the buffer holds. */
static void
test_large (void) {
  g_autoptr (GString) text = g_string_new ("id,text\n");
  for (int i = 0; i < 40000; i++)
    g_string_append_printf (text, "%d,\"line %d, with \"\"quotes\"\"\nand a break\"\n", i, i);
  g_autoptr (RaiCsv) csv = open_text (text->str, (ssize_t) text->len, 0);
  g_autoptr (GError) error = NULL;

  const RaiCsvField *fields;
  size_t n;
  g_assert_true (rai_csv_next (csv, &fields, &n, &error));

  for (int i = 0; i < 40000; i++) {
    g_assert_true (rai_csv_next (csv, &fields, &n, &error));
    g_assert_cmpuint (n, ==, 2);
    g_assert_cmpint (atoi (fields[0].text), ==, i);
    g_autofree char *expected = g_strdup_printf ("line %d, with \"quotes\"\nand a break", i);
    g_assert_cmpstr (fields[1].text, ==, expected);
    g_assert_cmpuint (rai_csv_line (csv), ==, 2 + 2 * (unsigned) i);
  }

  g_assert_false (rai_csv_next (csv, &fields, &n, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (rai_csv_bytes (csv), ==, text->len);
}

static void
test_long_record (void) {
  g_autoptr (GString) text = g_string_new ("a,b\n\"");
  for (int i = 0; i < 300000; i++)
    g_string_append (text, "1,2,3\n");
  g_autofree char *all = read_all (text->str, (ssize_t) text->len, 0);
  g_assert_nonnull (strstr (all, "error line 2: the line is longer than 1 MiB"));
}

static void
test_column (void) {
  g_autoptr (RaiCsv) csv = open_text ("Store , item,DATE\n", -1, 0);
  const RaiCsvField *fields;
  size_t n;
  g_assert_true (rai_csv_next (csv, &fields, &n, NULL));
  g_assert_cmpint (rai_csv_column (fields, n, "store"), ==, 0);
  g_assert_cmpint (rai_csv_column (fields, n, "Item"), ==, 1);
  g_assert_cmpint (rai_csv_column (fields, n, "date"), ==, 2);
  g_assert_cmpint (rai_csv_column (fields, n, "price"), ==, -1);
}

static void
test_trim (void) {
  g_autoptr (RaiCsv) csv = open_text (" a ,b\t,\" c \",  \n", -1, ',');
  rai_csv_set_trim (csv, true);

  const RaiCsvField *fields;
  size_t n;
  g_assert_true (rai_csv_next (csv, &fields, &n, NULL));
  g_assert_cmpuint (n, ==, 4);
  g_assert_cmpstr (fields[0].text, ==, "a");
  g_assert_cmpstr (fields[1].text, ==, "b");
  g_assert_cmpstr (fields[2].text, ==, "c");
  g_assert_cmpstr (fields[3].text, ==, "");
}

static void
test_append (void) {
  g_autoptr (GString) line = g_string_new ("");
  rai_csv_append (line, "plain", ',');
  g_string_append_c (line, ',');
  rai_csv_append (line, "a,b", ',');
  g_string_append_c (line, ',');
  rai_csv_append (line, "say \"hi\"\n", ',');
  g_assert_cmpstr (line->str, ==, "plain,\"a,b\",\"say \"\"hi\"\"\n\"");
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csv/records", test_records);
  g_test_add_func ("/csv/quotes", test_quotes);
  g_test_add_func ("/csv/stray-quotes", test_stray_quotes);
  g_test_add_func ("/csv/open-quote", test_open_quote);
  g_test_add_func ("/csv/skip-line", test_skip_line);
  g_test_add_func ("/csv/delimiters", test_delimiters);
  g_test_add_func ("/csv/encodings", test_encodings);
  g_test_add_func ("/csv/shapes", test_shapes);
  g_test_add_func ("/csv/large-utf16", test_large_utf16);
  g_test_add_func ("/csv/wanted-encoding", test_wanted_encoding);
  g_test_add_func ("/csv/at-hand", test_at_hand);
  g_test_add_func ("/csv/binary", test_binary);
  g_test_add_func ("/csv/decoded-count", test_decoded_count);
  g_test_add_func ("/csv/large", test_large);
  g_test_add_func ("/csv/long-record", test_long_record);
  g_test_add_func ("/csv/column", test_column);
  g_test_add_func ("/csv/trim", test_trim);
  g_test_add_func ("/csv/append", test_append);

  return g_test_run ();
}
