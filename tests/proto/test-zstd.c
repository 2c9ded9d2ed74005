/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proto/rai-zstd.h"

#include <string.h>

static GBytes *
make_text (size_t size) {
  char *text = g_malloc (size);
  for (size_t i = 0; i < size; i++)
    text[i] = (char) ('a' + i % 23 + (i % 1000 == 0));
  return g_bytes_new_take (text, size);
}

static GBytes *
read_whole (GInputStream *stream, GError **error) {
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  if (g_output_stream_splice (memory, stream, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, error) < 0)
    return NULL;
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

static GBytes *
read_any (GBytes *bytes, GError **error) {
  g_autoptr (GInputStream) memory = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (GInputStream) stream = rai_zstd_open_any (memory, error);
  return stream != NULL ? read_whole (stream, error) : NULL;
}

static void
test_there_and_back (void) {
  static const size_t sizes[] = { 0, 1, 1000, 3000000 };
  for (size_t i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) text = make_text (sizes[i]);
    g_autoptr (GBytes) packed = rai_zstd_compress (text, 3, &error);
    g_assert_no_error (error);
    g_autoptr (GBytes) back = rai_zstd_decompress (packed, sizes[i], &error);
    g_assert_no_error (error);
    g_assert_true (g_bytes_equal (text, back));
    g_autoptr (GBytes) streamed = read_any (packed, &error);
    g_assert_no_error (error);
    g_assert_true (g_bytes_equal (text, streamed));
  }
}

static void
test_bound (void) {
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) text = make_text (1000000);
  g_autoptr (GBytes) packed = rai_zstd_compress (text, 3, NULL);
  g_assert_null (rai_zstd_decompress (packed, 999999, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
}

static void
check_damaged (GBytes *packed) {
  g_autoptr (GError) error = NULL;
  g_assert_null (rai_zstd_decompress (packed, 10000000, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_clear_error (&error);
  g_assert_null (read_any (packed, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
}

static void
test_damaged (void) {
  g_autoptr (GBytes) text = make_text (1000000);
  g_autoptr (GBytes) packed = rai_zstd_compress (text, 3, NULL);
  g_autoptr (GBytes) half = g_bytes_new_from_bytes (packed, 0, g_bytes_get_size (packed) / 2);
  check_damaged (half);

  size_t size;
  g_autofree char *bytes = g_memdup2 (g_bytes_get_data (packed, &size), g_bytes_get_size (packed));
  memset (bytes + 8, 0xee, size - 8);
  g_autoptr (GBytes) noise = g_bytes_new (bytes, size);
  check_damaged (noise);
}

static void
test_frames (void) {
  g_autoptr (GBytes) text = make_text (500);
  g_autoptr (GBytes) packed = rai_zstd_compress (text, 3, NULL);
  g_autoptr (GByteArray) two = g_byte_array_new ();
  for (int i = 0; i < 2; i++)
    g_byte_array_append (two, g_bytes_get_data (packed, NULL),
                         (unsigned) g_bytes_get_size (packed));

  g_autoptr (GBytes) bytes = g_bytes_new (two->data, two->len);
  g_autoptr (GBytes) back = rai_zstd_decompress (bytes, 1000, NULL);
  g_assert_cmpuint (g_bytes_get_size (back), ==, 1000);
  g_autoptr (GBytes) streamed = read_any (bytes, NULL);
  g_assert_true (g_bytes_equal (back, streamed));
}

static void
test_other_formats (void) {
  g_autoptr (GBytes) text = make_text (70000);
  g_autoptr (GBytes) plain = read_any (text, NULL);
  g_assert_true (g_bytes_equal (text, plain));
  g_autoptr (GInputStream) memory = g_memory_input_stream_new_from_bytes (text);
  g_autoptr (GZlibCompressor) gzip = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 6);
  g_autoptr (GInputStream) packing = g_converter_input_stream_new (memory, G_CONVERTER (gzip));
  g_autoptr (GBytes) packed = read_whole (packing, NULL);
  g_autoptr (GBytes) back = read_any (packed, NULL);
  g_assert_true (g_bytes_equal (text, back));

  /* Two that were put one behind the other are both read; a cut one is no end. */
  g_autoptr (GByteArray) two = g_byte_array_new (), twice = g_byte_array_new ();
  for (int i = 0; i < 2; i++) {
    g_byte_array_append (two, g_bytes_get_data (packed, NULL), (guint) g_bytes_get_size (packed));
    g_byte_array_append (twice, g_bytes_get_data (text, NULL), (guint) g_bytes_get_size (text));
  }
  g_autoptr (GBytes) both = g_bytes_new (two->data, two->len);
  g_autoptr (GBytes) expected = g_bytes_new (twice->data, twice->len);
  g_autoptr (GBytes) got = read_any (both, NULL);
  g_assert_true (g_bytes_equal (expected, got));

  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) cut = g_bytes_new (two->data, two->len - 20);
  g_assert_null (read_any (cut, &error));
  g_assert_nonnull (error);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/zstd/there-and-back", test_there_and_back);
  g_test_add_func ("/zstd/bound", test_bound);
  g_test_add_func ("/zstd/damaged", test_damaged);
  g_test_add_func ("/zstd/frames", test_frames);
  g_test_add_func ("/zstd/other-formats", test_other_formats);
  return g_test_run ();
}
